"""Questions without a good side, put together from the results of their options."""

from analysis.disclosure.reportable import Reportable
from analysis.editions import EditionView


def choices(edition: EditionView, audience: str) -> list[tuple[Reportable, ...]]:
    """Questions without a good side, in order: the results of one question's options stand together."""
    found: dict[str, list[Reportable]] = {}
    for result in edition.of("choice", audience, ()):
        apart = result.shape in {"one", "range"}
        found.setdefault(result.subject if apart else result.question, []).append(result)
    return [tuple(each) for each in found.values()]
