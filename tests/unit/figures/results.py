"""Invented results for tests of figures."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from analysis.disclosure.reportable import Kind, OptionCount, Reportable, Slice, Status
from analysis.disclosure.sealing import sealed

AGREE = (
    ("strongly_disagree", "Strongly disagree"),
    ("disagree", "Disagree"),
    ("neither", "Neither agree nor disagree"),
    ("agree", "Agree"),
    ("strongly_agree", "Strongly agree"),
)
FAVOURABLE = frozenset({"agree", "strongly_agree", "mostly", "yes"})


def item(label: str, counts: Sequence[int], *, options: Sequence[tuple[str, str]] = AGREE, **more: Any) -> Reportable:
    """A shown statement with people per option."""
    favourable = more.pop("favourable", FAVOURABLE)
    counted = tuple(
        OptionCount(code, words, people, favourable=code in favourable)
        for (code, words), people in zip(options, counts, strict=True)
    )
    return result("item", label, options=counted, n=sum(counts), **more)


def theme(label: str, negative: int, neutral: int, positive: int, **more: Any) -> Reportable:
    """A shown theme of comments."""
    counted = (
        OptionCount("negative", "Negative", negative),
        OptionCount("neutral", "Neutral", neutral),
        OptionCount("positive", "Positive", positive, favourable=True),
    )
    return result("theme", label, options=counted, n=negative + neutral + positive, **more)


def score(
    label: str,
    mean: float | None,
    *,
    wave: str = "2026",
    n: int = 600,
    sd: float = 20.0,
    status: Status = "shown",
    reason: str = "",
) -> Reportable:
    """A score of one wave."""
    return sealed(
        "score",
        label.lower(),
        label,
        wave,
        Slice("student"),
        status,
        n=n,
        mean=mean,
        sd=None if mean is None else sd,
        reason=reason,
    )


def result(kind: Kind, label: str, *, status: Status = "shown", **more: Any) -> Reportable:
    """Any result of all students."""
    return sealed(kind, label.lower().replace(" ", "_"), label, "2026", Slice("student"), status, **more)


def hidden(label: str, kind: Kind = "item") -> Reportable:
    """A result that must not be shown, so without any number."""
    return result(kind, label, status="hidden", reason="Too few people answered to keep them safe.")


def changed(earlier: Reportable, **more: Any) -> Reportable:
    """A result with some fields changed."""
    return sealed(**{each.name: getattr(earlier, each.name) for each in fields(earlier)} | more)
