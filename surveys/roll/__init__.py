"""The roll: who is at the school and may be asked, kept in step with the school's management system.

It gives the numbers of people asked and the names that comments must not show; it is never joined to an answer.
"""
