"""An SVG as it grows: shapes and words with presentation attributes only, so that no style need be allowed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from markupsafe import Markup, escape

from analysis.figures.lettering import Lettering, leading, runs_right_to_left, width, wrap
from analysis.figures.palette import CONTROL, HATCH, WHITE

_FAMILY = "Lexend, 'Noto Nastaliq Urdu', 'Noto Naskh Arabic', system-ui, sans-serif"
_BASELINE = 0.36


class Drawing:
    """Shapes in a space `width` units wide that grows downwards; `height` is how far it has come."""

    def __init__(self, key: str, width: float) -> None:
        self.key, self.width, self.height = key, width, 0.0
        self._parts: list[Markup] = []

    def down(self, by: float) -> None:
        """Go on further down."""
        self.height += by

    def rect(self, x: float, y: float, width: float, height: float, **look: object) -> None:
        """A rectangle from its upper left corner."""
        self._parts.append(element("rect", x=x, y=y, width=width, height=height, **look))

    def line(self, start: tuple[float, float], end: tuple[float, float], **look: object) -> None:
        """A straight line."""
        self._parts.append(element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **look))

    def shape(self, points: Sequence[tuple[float, float]], **look: object) -> None:
        """A closed polygon."""
        corners = " ".join(f"{_plain(x)},{_plain(y)}" for x, y in points)
        self._parts.append(element("polygon", points=corners, **look))

    def circle(self, x: float, y: float, radius: float, **look: object) -> None:
        """A circle around its middle."""
        self._parts.append(element("circle", cx=x, cy=y, r=radius, **look))

    def text(
        self,
        x: float,
        middle: float,
        words: str,
        lettering: Lettering,
        anchor: str = "start",
        *,
        halo: bool = False,
    ) -> None:
        """One line, its middle at height `middle`; `anchor` is meant by place (start is left) for every script.

        halo  white behind the words, so that lines of the drawing do not cross them
        """
        if halo:
            wide = width(words, lettering) + 4
            start = x - {"start": 2.0, "middle": wide / 2, "end": wide - 2}[anchor]
            self.rect(start, middle - 0.5 * lettering.size, wide, lettering.size, fill=WHITE)
        way: dict[str, object] = {}
        if runs_right_to_left(words):
            way = {"direction": "rtl", "unicode_bidi": "isolate"}
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        placed: dict[str, object] = {} if anchor == "start" else {"text_anchor": anchor}
        self._parts.append(
            element(
                "text",
                escape(words),
                x=x,
                y=middle + _BASELINE * lettering.size,
                font_size=lettering.size,
                font_weight=lettering.weight,
                fill=lettering.colour,
                **placed,
                **way,
            )
        )

    def block(
        self,
        x: float,
        middle: float,
        words: str,
        lettering: Lettering,
        *,
        within: float,
        anchor: str = "",
    ) -> None:
        """Wrapped lines around `middle` in a column; without an anchor at the edge where their script begins."""
        anchor = anchor or ("end" if runs_right_to_left(words) else "start")
        place = {"start": x, "middle": x + within / 2, "end": x + within}[anchor]
        step, lines = leading(words, lettering), wrap(words, lettering, within=within)
        for number, line in enumerate(lines):
            self.text(place, middle + (number - (len(lines) - 1) / 2) * step, line, lettering, anchor)

    def hatched(self, x: float, y: float, width: float, height: float) -> None:
        """A surface that shows that there is no figure here."""
        self.rect(x, y, width, height, fill=f"url(#{self.key}-hatch)", stroke=CONTROL, stroke_dasharray="4 3", rx=4)

    def put(self, inside: Markup) -> None:
        """Another drawing, placed by itself."""
        self._parts.append(inside)

    @contextmanager
    def group(self, **look: object) -> Iterator[None]:
        """What is drawn inside belongs together."""
        outer, self._parts = self._parts, []
        yield
        outer.append(element("g", Markup("").join(self._parts), **look))
        self._parts = outer

    def svg(self, *, title: str, summary: str) -> Markup:
        """The whole drawing, named and described for those who cannot see it."""
        names = f"{self.key}-title {self.key}-summary"
        inside = Markup("").join(
            (
                element("title", escape(title), id=f"{self.key}-title"),
                element("desc", escape(summary), id=f"{self.key}-summary"),
                element("defs", self._hatch()),
                *self._parts,
            )
        )
        box = f"0 0 {_plain(self.width)} {_plain(self.height)}"
        return element(
            "svg",
            inside,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=box,
            width=self.width,
            height=self.height,
            role="img",
            aria_labelledby=names,
            direction="ltr",
            font_family=_FAMILY,
            focusable="false",
        )

    def _hatch(self) -> Markup:
        stripes = element("rect", width=8, height=8, fill=WHITE) + element("rect", width=4, height=8, fill=HATCH)
        return element(
            "pattern",
            stripes,
            id=f"{self.key}-hatch",
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )


def block_height(words: str, lettering: Lettering, *, within: float) -> float:
    """Height that `Drawing.block` takes."""
    return leading(words, lettering) * len(wrap(words, lettering, within=within))


def element(name: str, inside: Markup | None = None, /, **attributes: object) -> Markup:
    """One element, its attributes escaped; an underscore in a name stands for a hyphen."""
    said = "".join([f' {_hyphened(key)}="{_plain(value)}"' for key, value in attributes.items()])
    ending = "/>" if inside is None else f">{escape(inside)}</{name}>"
    return Markup(f"<{name}{said}{ending}")  # noqa: S704 - names are ours, values are escaped


@cache
def _hyphened(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _plain(value: object) -> str:
    """Numbers to a hundredth of a unit, without zeros at the end; words escaped."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value) if isinstance(value, int) else str(escape(str(value)))
