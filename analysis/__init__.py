"""WHAT it means: comments read, measures, disclosure control, figures and dashboards."""
