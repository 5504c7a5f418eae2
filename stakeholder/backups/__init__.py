"""Backups: copies of the database sealed to an off-line key, copies of keys apart from them, and the way back."""
