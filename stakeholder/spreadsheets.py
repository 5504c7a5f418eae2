"""Texts that people wrote, in tables that other programs open. Pure."""

STARTS_A_FORMULA = "=+-@\t\r"


def harmless(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless("Sam"), harmless(-3)
    ("'=1+1", 'Sam', -3)
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in STARTS_A_FORMULA and value else value
