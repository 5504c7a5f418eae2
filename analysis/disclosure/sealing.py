"""The only maker of `Reportable`: for the edition's builder, which has audited the cell, and for its loader."""

from analysis.disclosure.reportable import Kind, OptionCount, Reportable, Slice, Status


def sealed(
    kind: Kind,
    subject: str,
    label: str,
    wave: str,
    slice: Slice,  # noqa: A002 - the field's name
    status: Status,
    options: tuple[OptionCount, ...] = (),
    n: int = 0,
    unscored: int = 0,
    *,
    agreeing: int | None = None,
    invited: int | None = None,
    mean: float | None = None,
    sd: float | None = None,
    reverse: bool = False,
    focus: str = "",
    reason: str = "",
    figures: tuple[tuple[str, float], ...] = (),
    question: str = "",
    asked: str = "",
    shape: str = "",
    shown_to: int | None = None,
    parallel: str = "",
) -> Reportable:
    """A result with these fields, as `Reportable` describes them."""
    given = locals()
    result = object.__new__(Reportable)
    vars(result).update(given)  # an edition has thousands: setting each field by itself takes five times as long
    return result
