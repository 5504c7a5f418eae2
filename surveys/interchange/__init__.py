"""Questionnaires to and from other tools: one file for each foreign format, and what they share."""
