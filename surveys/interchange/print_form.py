"""The whole questionnaire on paper: an accessible page to print, and a PDF with tags (PDF/UA-1). Pure.

Every answer carries its code in small letters, so that answers on paper can be typed in.
"""

import base64
from collections.abc import Callable
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import stakeholder
from stakeholder.errors import Invalid
from stakeholder.localised import Localised, direction
from surveys.conditions import AnswerOf, Condition
from surveys.definition import Questionnaire
from surveys.interchange import print_words
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked, Choice, asked_in, outline, plain
from surveys.interchange.own import parts_of
from surveys.interchange.planning import Plan, Planned
from surveys.interchange.saying import SIGNS
from surveys.piping import without_answers
from surveys.question_types import Question

STYLE = """
@page { size: A4; margin: 18mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt } }
body { font-family: Lexend, "Noto Naskh Arabic", "DejaVu Sans", sans-serif; font-size: 11pt; line-height: 1.4 }
h1 { font-size: 18pt } h2 { font-size: 14pt; border-block-end: 1pt solid #333; break-after: avoid }
section.question { break-inside: avoid; margin-block: 0 14pt } h3 { font-size: 11.5pt; margin-block: 0 3pt }
ul { list-style: none; padding: 0; margin: 0 } li { margin-block: 3pt } .box { display: inline-block; inline-size: 10pt;
block-size: 10pt; border: 1pt solid #000; margin-inline-end: 5pt } .round { border-radius: 50% }
code { font-size: 8pt; color: #444 } .hint, .rule { font-size: 9.5pt; color: #333; margin-block: 0 4pt }
table { border-collapse: collapse; inline-size: 100% } th, td { border: .5pt solid #777; padding: 3pt; font-size: 9.5pt;
text-align: center } tbody th { text-align: start; font-weight: normal } .line { border-block-end: 1pt solid #000;
block-size: 18pt } .several { margin-block: 0 2pt }
"""
FONTS = Path(stakeholder.__file__).parent / "static" / "fonts"
LATIN, FURTHER = "U+0000-00FF, U+2000-206F, U+20AC", "U+0100-02BA, U+1E00-1EFF"
FACES = (
    ("Lexend", "100 900", LATIN, "lexend-latin-wght-normal.woff2"),
    ("Lexend", "100 900", FURTHER, "lexend-latin-ext-wght-normal.woff2"),
    ("Noto Naskh Arabic", "400", "U+0600-06FF", "noto-naskh-arabic-regular.woff2"),
    ("Noto Naskh Arabic", "700", "U+0600-06FF", "noto-naskh-arabic-bold.woff2"),
)
LINES_TO_CHOOSE = {
    "one": print_words.ONE,
    "several": print_words.SEVERAL,
    "ranking": print_words.RANKING,
    "allocation": print_words.ALLOCATION,
}


def write_html(questionnaire: Questionnaire, language: str = "en") -> tuple[bytes, LossReport]:
    """A page of HTML that needs nothing from elsewhere."""
    report = LossReport()
    for asked in asked_in(questionnaire):
        report.mapped(f"question {asked.key}", "is on the form.")
    return _page(questionnaire, language).encode(), report


def write_pdf(questionnaire: Questionnaire, language: str = "en") -> tuple[bytes, LossReport]:
    """A tagged PDF. Raises Invalid where the software that makes it is not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as problem:
        raise Invalid("A PDF needs the extra 'documents' of this software. Print the HTML form instead.") from problem

    class Nothing(URLFetcher):  # type: ignore[misc]
        """Reads the fonts inside the page, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """What the page holds itself. Raises ValueError for any address."""
            if not url.startswith("data:font/"):
                raise ValueError(f"A form fetches nothing, not even {url[:60]}.")
            return super().fetch(url, headers)

    content, report = write_html(questionnaire, language)
    page = content.decode().replace("</style>", f"{_fonts()}</style>", 1)
    return bytes(HTML(string=page, url_fetcher=Nothing()).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)), report


@lru_cache(maxsize=1)
def _fonts() -> str:
    """The product's fonts, so that every language of a form can be read wherever it is made."""
    return "".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; unicode-range: {letters}; "
        f"src: url(data:font/woff2;base64,{base64.b64encode((FONTS / name).read_bytes()).decode()}) format('woff2') }}"
        for family, weight, letters, name in FACES
    )


def _page(questionnaire: Questionnaire, language: str) -> str:
    title = _words(questionnaire.title, language)
    number, parts = 0, []
    plan = Plan(questionnaire, "paper", frozenset({"ends", "repeats"}), lambda _key, _kind: "…")
    for at, planned in enumerate(plan.pages(), 1):
        page = planned.page
        heading = _words(page.title, language) if page.title else f"{at}"
        rule = _rule(questionnaire, planned.condition, language, print_words.ONLY_IF)
        parts.append(f"<h2>{heading}</h2>{_repeat(planned, language)}{rule}")
        for question in page.questions:
            number += question.counts_as_question
            asked = outline(question)
            parts.append(_question(questionnaire, asked, number, language))
        parts.append(_rule(questionnaire, page.skip_to_end_if, language, print_words.END))
    intro = f"<p>{_words(questionnaire.intro, language)}</p>" if questionnaire.intro else ""
    head = (
        f'<meta charset="utf-8"><title>{title}</title><meta name="description" content="{title}"><style>{STYLE}</style>'
    )
    return (
        f'<!doctype html><html lang="{escape(language)}" dir="{direction(language)}"><head>{head}</head>'
        f"<body><h1>{title}</h1>{intro}{''.join(parts)}</body></html>"
    )


def _words(text: Localised | None, language: str) -> str:
    return escape(without_answers(text.in_(language))).replace("\n", "<br>") if text else ""


def _question(questionnaire: Questionnaire, asked: Asked, number: int, language: str) -> str:
    question = asked.question
    if question.type == "calculated":
        return ""
    shown = f"{number}. " if question.counts_as_question else ""
    heading = f"<h3>{shown}{_words(question.prompt, language)} <code>{escape(asked.key)}</code></h3>"
    hint = f'<p class="hint">{_words(question.hint, language)}</p>' if question.hint else ""
    needed = f'<p class="hint">{escape(print_words.NEEDED.in_(language))}</p>' if question.required else ""
    rule = _rule(questionnaire, question.show_if, language, print_words.ONLY_IF)
    body = _BODIES.get(asked.group, _line)(asked, language)
    return f'<section class="question">{heading}{rule}{hint}{needed}{body}</section>'


def _repeat(planned: Planned, language: str) -> str:
    """How often the page is to be answered, for paper has one copy of it."""
    repeat = planned.section.repeat if planned.section else None
    if repeat is None:
        return ""
    label = repeat.label.in_(language).replace("{number}", "…")
    return f'<p class="rule">{escape(print_words.REPEAT.in_(language).format(most=repeat.most, label=label))}</p>'


def _rule(questionnaire: Questionnaire, condition: Condition | None, language: str, words: Localised) -> str:
    """Whom a part is for, or who may stop, in words: paper skips nothing by itself."""
    if condition is None:
        return ""
    said = _said(questionnaire, condition, language)
    return f'<p class="rule">{escape(words.in_(language).format(rule=said))}</p>'


def _said(questionnaire: Questionnaire, condition: Condition, language: str) -> str:
    if condition.not_:
        return print_words.NOT.in_(language).format(rule=_said(questionnaire, condition.not_, language))
    for inner, word in ((condition.all_, print_words.AND), (condition.any_, print_words.OR)):
        if inner:
            return word.in_(language).join(_said(questionnaire, each, language) for each in inner)
    question = questionnaire.by_key.get(condition.question or "")
    prompt = without_answers(question.prompt.in_(language)) if question else condition.question
    return _test(condition, f"{prompt} [{condition.question}]", _labels(question, language), language)


def _test(test: Condition, name: str, labels: dict[str, str], language: str) -> str:
    """One test on the answer to the question of this name."""
    if test.answered is not None:
        return (print_words.ANSWERED if test.answered else print_words.LEFT_OUT).in_(language).format(name=name)
    for compared, sign in SIGNS.items():
        if (bound := getattr(test, compared)) is not None:
            return f"{name} {sign} {_value(bound, labels)}"
    for count, words in (
        (test.chosen_at_least, print_words.CHOSEN_AT_LEAST),
        (test.chosen_at_most, print_words.CHOSEN_AT_MOST),
    ):
        if count is not None:
            return words.in_(language).format(name=name, count=count)
    if test.is_not is not None:
        return print_words.IS_NOT.in_(language).format(name=name, words=_value(test.is_not, labels))
    values = [value for value in (test.is_, test.includes, *(test.one_of or ())) if value is not None]
    return f"{name}: {' / '.join(_value(value, labels) for value in values)}"


def _value(value: object, labels: dict[str, str]) -> str:
    """An answer in words, a number, or the other question that is compared with."""
    if isinstance(value, AnswerOf):
        return f"[{value.answer}]"
    return plain(value) if isinstance(value, float) else labels.get(str(value), str(value))


def _labels(question: Question | None, language: str) -> dict[str, str]:
    parts = parts_of(question, "options") if question else ()
    return {each.code: without_answers(each.label.in_(language)) for each in parts}


def _in(part: Choice, language: str) -> str:
    return escape(without_answers(part.words.get(language) or part.words.get("en") or part.code))


def _listed(asked: Asked, language: str) -> str:
    round_box = " round" if asked.group == "one" else ""
    items = "".join(
        f'<li><span class="box{round_box}"></span>{_in(option, language)}'
        f" <code>{escape(option.code)}</code>{' ______________' if option.other else ''}</li>"
        for option in asked.options
    )
    return f'<p class="hint">{_how_to_choose(asked, language)}</p><ul>{items}</ul>'


def _how_to_choose(asked: Asked, language: str) -> str:
    most = asked.get("max") if asked.group == "several" else None
    words = print_words.AT_MOST if most else LINES_TO_CHOOSE[asked.group]
    unit = asked.get("unit").in_(language) if asked.get("unit") else ""
    return escape(words.in_(language).format(most=most, total=f"{asked.get('total')} {unit}".strip()))


def _grid(asked: Asked, language: str) -> str:
    heads = "".join(
        f'<th scope="col">{_in(option, language)}<br><code>{escape(option.code)}</code></th>'
        for option in asked.options
    )
    cells = '<td><span class="box"></span></td>' * len(asked.options)
    rows = "".join(
        f'<tr><th scope="row">{_in(row, language)} <code>{escape(row.code)}</code></th>{cells}</tr>'
        for row in asked.rows
    )
    return (
        f'<table><thead><tr><th scope="col">{escape(asked.key)}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _scale(asked: Asked, language: str) -> str:
    low, high = asked.get("min"), asked.get("max")
    ends = [_words(asked.get(each), language) for each in ("start_label", "end_label")]
    if asked.group == "rating" and high - low <= 20:
        boxes = " ".join(f'<span class="box"></span>{each}' for each in range(int(low), int(high) + 1))
        return f"<p>{ends[0]} {boxes} {ends[1]}</p>"
    return f'<p class="hint">{plain(low)} {ends[0]} – {plain(high)} {ends[1]}</p><p class="line"></p>'


def _line(asked: Asked, language: str) -> str:
    unit = _words(asked.get("unit"), language)
    return f'<p class="line"></p>{f"<p>{unit}</p>" if unit else ""}'


def _paragraph(_asked: Asked, _language: str) -> str:
    return '<p class="line"></p>' * 4


def _display(asked: Asked, language: str) -> str:
    return f"<p>{_words(asked.get('body'), language)}</p>" if asked.get("body") else ""


def _consent(asked: Asked, language: str) -> str:
    statement = _words(asked.get("statement"), language)
    choices = "".join(
        f'<li><span class="box"></span>{_in(option, language)} <code>{escape(option.code)}</code></li>'
        for option in asked.options
    )
    return f"<p>{statement}</p><ul>{choices}</ul>"


_BODIES: dict[str, Callable[[Asked, str], str]] = {
    "one": _listed,
    "several": _listed,
    "ranking": _listed,
    "allocation": _listed,
    "grid": _grid,
    "rating": _scale,
    "slider": _scale,
    "paragraph": _paragraph,
    "display": _display,
    "consent": _consent,
}
