"""Watching a wave while it is open: how many have answered, of whom, and how far that speaks for all. Never who."""
