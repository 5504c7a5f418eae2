"""Answers from other tools' exports: read the table, understand its columns, store all or nothing."""
