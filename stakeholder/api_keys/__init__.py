"""Keys with which other programs use the interface: each for a few things, for a time, and ended at once."""
