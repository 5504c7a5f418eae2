"""What an import understood and what it leaves out, in words for the person who runs it. Pure."""

from collections.abc import Iterator

from surveys.importing.converting import LongText, Report
from surveys.importing.mapping import ImportPlan

NAMES_SHOWN, VALUES_SHOWN = 12, 5
LONG_TEXTS_SHOWN = 10


def plan_lines(plan: ImportPlan) -> Iterator[str]:
    """Which column answers which question, and which are left out and why."""
    used = [column for column in plan.columns if column.field]
    yield f"{len(used)} of {len(plan.columns)} columns answer a question:"
    for column in used:
        yield f"  {column.column[:38]:38} -> {column.field.name if column.field else '':28} ({column.how})"
    left = [column for column in plan.columns if column.field is None]
    if left:
        yield f"{len(left)} columns are left out:"
        for column in left:
            yield f"  {column.column[:38]:38}    {column.how}"


def report_lines(report: Report) -> Iterator[str]:
    """How many rows and answers, and every value that was dropped."""
    yield f"{report.rows:,} rows: {report.rows - report.empty_rows:,} with answers, {report.empty_rows:,} without any."
    yield f"{report.answers:,} answers understood, {sum(report.missing.values()):,} empty cells."
    if report.dropped:
        total = sum(sum(values.values()) for values in report.dropped.values())
        yield f"{total:,} cells were dropped because their value is no answer to the question:"
    for column, values in sorted(report.dropped.items()):
        shown = ", ".join(f"'{value}' ({times:,})" for value, times in values.most_common(VALUES_SHOWN))
        more = f" and {len(values) - VALUES_SHOWN} more values" if len(values) > VALUES_SHOWN else ""
        yield f"  {column[:38]:38} {shown}{more}"
    if report.not_shown:
        total = sum(report.not_shown.values())
        yield f"{total:,} answers were dropped because their question is not shown after the other answers of the row:"
        yield f"  {', '.join(sorted(report.not_shown)[:NAMES_SHOWN])}"


def too_long_words(name: str, report: Report) -> str:
    """Why a file with texts that are too long is refused: where they are, what can be kept, what to do."""
    shown = "\n".join(f"  {_long_line(text)}" for text in report.too_long[:LONG_TEXTS_SHOWN])
    hidden = report.too_long_cells - min(LONG_TEXTS_SHOWN, len(report.too_long))
    more = f"\n  and {hidden:,} more" if hidden else ""
    return (
        f"{name}: {_counted(report.too_long_cells)} longer than the question can keep, so nothing is imported:\n"
        f"{shown}{more}\nShorten them, or raise 'max_length' of the question, or leave the column out with 'ignore:' "
        "in a mapping file. Then import again."
    )


def _counted(cells: int) -> str:
    return "1 text is" if cells == 1 else f"{cells:,} texts are"


def _long_line(text: LongText) -> str:
    return (
        f"line {text.line:,}, column '{text.column[:38]}': {text.count:,} characters, at most {text.limit:,} are kept"
    )
