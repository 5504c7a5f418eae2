"""Results as files: tables, codebooks, and data for other programs; all of it from a frozen edition."""
