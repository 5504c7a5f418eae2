"""Designing questionnaires: sketches that people change together, and that are published in the end."""
