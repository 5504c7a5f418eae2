"""WHAT is asked: frameworks, questionnaires, waves, responses and comments."""
