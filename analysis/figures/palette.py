"""Colours of all drawings: told apart by colour-blind eyes, and never the only sign of a difference."""

INK, INK_2, WHITE = "#1b2733", "#4d5b68", "#ffffff"
TEAL, ORANGE, STONE, PLUM = "#0b5d66", "#a6480f", "#dcd8cf", "#6a4fb3"
GRID, CONTROL, HATCH = "#e6e1d6", "#5f6e7a", "#efe9dc"
AGAINST = (ORANGE, "#eba25c", "#f5d0ab")
FOR = ("#b9dadb", "#6fb3b5", TEAL)
FALLING, DARK = "#b4490f", frozenset({ORANGE, TEAL})


def against(steps: int) -> tuple[str, ...]:
    """Shades of unfavourable options, the strongest first."""
    return tuple(AGAINST[min(step, len(AGAINST) - 1)] for step in range(steps))


def favouring(steps: int) -> tuple[str, ...]:
    """Shades of favourable options, the strongest last."""
    return tuple(FOR[max(len(FOR) - steps + step, 0)] for step in range(steps))


def on(fill: str) -> str:
    """The colour of a number on a coloured surface: white on the two darkest, ink elsewhere."""
    return WHITE if fill in DARK else INK
