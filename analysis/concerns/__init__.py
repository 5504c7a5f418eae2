"""Concerns: words that a person must see today, apart from every result and every other view."""
