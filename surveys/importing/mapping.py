"""Which column of a foreign table answers which question: proposed by name, corrected by a mapping file. Pure."""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from stakeholder.errors import Invalid
from surveys.definition import Questionnaire
from surveys.question_types.base import Part, Question

LANGUAGE_TARGET = "language"
_NOT_WORDS = re.compile(r"[\W_]+", re.UNICODE)


@dataclass(frozen=True)
class Field:
    """One form field that a column can fill: a question, or one row or option of it.

    codes   what may stand in the cells, folded, and the code it means; empty for free text and numbers
    row     the place in the answer that it fills, empty for the whole answer
    ticked  the cell says only whether this option was chosen
    """

    name: str
    question: str
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    names: frozenset[str] = frozenset()
    row: str = ""
    ticked: str = ""


@dataclass(frozen=True)
class ColumnPlan:
    """What happens to one column: `field` None means that it is left out, and `why` says why."""

    column: str
    field: Field | None
    how: str
    values: Mapping[str, str | None] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class ImportPlan:
    """The whole plan for a table."""

    columns: tuple[ColumnPlan, ...]
    language: str = "en"
    language_column: str | None = None


def fold(text: str) -> str:
    """Text as it is compared: case, spaces and punctuation do not count.

    >>> fold("  Strongly Agree! ")
    'strongly agree'
    """
    return _NOT_WORDS.sub(" ", text.replace("\u2019", "'").casefold()).strip()


def fields_of(questionnaire: Questionnaire) -> dict[str, Field]:
    """Every field that a column may fill, by name."""
    fields: dict[str, Field] = {}
    for question in questionnaire.questions:
        for made in _fields_of_question(question):
            fields[made.name] = made
    return fields


def propose(header: Iterable[str], questionnaire: Questionnaire, wishes: Mapping[str, Any] | None = None) -> ImportPlan:
    """A plan for every column: the mapping file's wishes first, else the field whose key or words it bears.

    wishes   a mapping file's content: {"columns": {column: {"question", "values"}}, "ignore": [...], "language"}
    Raises Invalid when a wish names a column, question or code that there is not.
    """
    wishes = wishes or {}
    header, fields = tuple(header), fields_of(questionnaire)
    asked: Mapping[str, Any] = wishes.get("columns") or {}
    ignored = set(wishes.get("ignore") or ())
    _refuse_unknown_columns(header, [*asked, *ignored])
    by_name = _by_name(fields)
    plans = tuple(
        _left_out(column, "the mapping leaves it out")
        if column in ignored
        else _wished(column, asked[column], fields)
        if column in asked
        else _guessed(column, by_name)
        for column in header
    )
    _refuse_doubles(plans)
    language = wishes.get("language") or "en"
    if isinstance(language, Mapping):
        return ImportPlan(plans, language_column=str(language.get("column")))
    return ImportPlan(plans, language=str(language))


def load_wishes(text: str, source: str) -> Mapping[str, Any]:
    """Read a mapping file. Raises Invalid with file, place, found and expected."""
    try:
        content = yaml.safe_load(text) or {}
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise Invalid(
            f"{source}{place}: this is not YAML that can be read: {getattr(problem, 'problem', problem)}."
        ) from problem
    if not isinstance(content, dict):
        raise Invalid(f"{source}: found {type(content).__name__}, expected 'columns:', 'ignore:' or 'language:'.")
    strange = set(content) - {"columns", "ignore", "language"}
    if strange:
        raise Invalid(f"{source}: '{sorted(map(str, strange))[0]}' is not known here. Use columns, ignore, language.")
    return content


def dump_mapping(mapping: ImportPlan) -> str:
    """The plan as a mapping file, to correct by hand."""
    columns = {plan.column: {"question": plan.field.name} for plan in mapping.columns if plan.field}
    ignored = [plan.column for plan in mapping.columns if plan.field is None]
    return yaml.safe_dump(
        {"columns": columns, "ignore": ignored, "language": mapping.language}, allow_unicode=True, sort_keys=False
    )


def _fields_of_question(question: Question) -> list[Field]:
    if not question.counts_as_question:
        return []
    made = []
    for part in question.parts():
        own = part.key.removeprefix(question.key).lstrip(".")
        words = [*part.label.root.values(), own] if own else [*question.prompt.root.values()]
        names = _names(part.key, words)
        made.append(Field(part.key, question.key, _codes(part), names, part.row, part.ticked))
    if made[0].ticked and not made[0].row:
        labels = {code: field_.ticked for field_ in made for code in field_.names}
        made.append(Field(question.key, question.key, labels, _names(question.key, question.prompt.root.values())))
    made += [Field(text.key, text.key, names=_names(text.key, ())) for text in question.companions]
    return made


def _codes(part: Part) -> dict[str, str]:
    """Everything a cell may hold for a column of options: code, label in any language, number."""
    codes: dict[str, str] = {}
    for option in part.options:
        for words in (option.code, *option.label.root.values()):
            codes.setdefault(fold(words), option.code)
    for option in part.options:
        if option.value is not None:
            codes.setdefault(fold(f"{option.value:g}"), option.code)
    return codes


def _names(key: str, words: Iterable[str]) -> frozenset[str]:
    return frozenset({fold(key), *(fold(text) for text in words)} - {""})


def _by_name(fields: Mapping[str, Field]) -> dict[str, Field | None]:
    """Fields by every name they bear; a name borne by two decides nothing."""
    found: dict[str, Field | None] = {}
    for made in fields.values():
        for name in made.names:
            found[name] = None if name in found and found[name] is not made else made
    for made in fields.values():
        found[fold(made.name)] = made
    return found


def _guessed(column: str, by_name: Mapping[str, Field | None]) -> ColumnPlan:
    folded = fold(column)
    if folded in by_name:
        made = by_name[folded]
        return (
            ColumnPlan(column, made, "same name or words") if made else _left_out(column, "its name fits two questions")
        )
    return _left_out(column, "no question has this key or these words")


def _wished(column: str, wish: Any, fields: Mapping[str, Field]) -> ColumnPlan:
    wish = {"question": wish} if isinstance(wish, str) else wish
    if not isinstance(wish, Mapping) or "question" not in wish:
        raise Invalid(f"Mapping, column '{column}': found {wish!r}, expected 'question: KEY'.")
    made = fields.get(str(wish["question"]))
    if made is None:
        raise Invalid(
            f"Mapping, column '{column}': there is no question '{wish['question']}'. There are: {', '.join(fields)}."
        )
    values = {fold(str(raw)): _code(column, made, code) for raw, code in (wish.get("values") or {}).items()}
    return ColumnPlan(column, made, "as the mapping says", values)


def _code(column: str, made: Field, code: Any) -> str | None:
    if code is None:
        return None
    found = made.codes.get(fold(str(code)))
    if found is None:
        raise Invalid(
            f"Mapping, column '{column}': '{code}' is no answer to '{made.name}'. Use one of: "
            f"{', '.join(sorted(set(made.codes.values())))}, or null to leave it out."
        )
    return found


def _left_out(column: str, why: str) -> ColumnPlan:
    return ColumnPlan(column, None, why)


def _refuse_unknown_columns(header: tuple[str, ...], named: Iterable[str]) -> None:
    for column in named:
        if column not in header:
            raise Invalid(f"Mapping: the file has no column '{column}'. Its columns are: {', '.join(header[:40])}.")


def _refuse_doubles(plans: tuple[ColumnPlan, ...]) -> None:
    seen: dict[str, str] = {}
    for plan in plans:
        if plan.field is None:
            continue
        if plan.field.name in seen:
            raise Invalid(
                f"Columns '{seen[plan.field.name]}' and '{plan.column}' both answer '{plan.field.name}'. "
                "Leave one out with 'ignore:' in a mapping file."
            )
        seen[plan.field.name] = plan.column
