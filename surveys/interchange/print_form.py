"""The whole questionnaire on paper: an accessible page to print, and a PDF with tags (PDF/UA-1). Pure.

Every answer carries its code in small letters, so that answers on paper can be typed in.
"""

from collections.abc import Callable
from html import escape

from stakeholder.errors import Invalid
from stakeholder.localised import Localised, direction
from surveys.conditions import Condition
from surveys.definition import Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked, Choice, asked_in, outline, plain
from surveys.interchange.own import parts_of
from surveys.interchange.saying import SIGNS
from surveys.question_types import Question

STYLE = """
@page { size: A4; margin: 18mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt } }
body { font-family: Lexend, "DejaVu Sans", "Noto Naskh Arabic", sans-serif; font-size: 11pt; line-height: 1.4 }
h1 { font-size: 18pt } h2 { font-size: 14pt; border-block-end: 1pt solid #333; break-after: avoid }
section.question { break-inside: avoid; margin-block: 0 14pt } h3 { font-size: 11.5pt; margin-block: 0 3pt }
ul { list-style: none; padding: 0; margin: 0 } li { margin-block: 3pt } .box { display: inline-block; inline-size: 10pt;
block-size: 10pt; border: 1pt solid #000; margin-inline-end: 5pt } .round { border-radius: 50% }
code { font-size: 8pt; color: #444 } .hint, .rule { font-size: 9.5pt; color: #333; margin-block: 0 4pt }
table { border-collapse: collapse; inline-size: 100% } th, td { border: .5pt solid #777; padding: 3pt; font-size: 9.5pt;
text-align: center } tbody th { text-align: start; font-weight: normal } .line { border-block-end: 1pt solid #000;
block-size: 18pt } .several { margin-block: 0 2pt }
"""
WORDS = {
    "one": "Choose one.",
    "several": "Choose all that apply.",
    "ranking": "Number them: 1 comes first.",
    "allocation": "Share out",
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
    except (ImportError, OSError) as problem:
        raise Invalid("A PDF needs the extra 'documents' of this software. Print the HTML form instead.") from problem
    content, report = write_html(questionnaire, language)
    pdf = HTML(string=content.decode(), url_fetcher=_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return bytes(pdf), report


def _nothing(url: str) -> dict[str, object]:
    raise ValueError(f"A form fetches nothing, not even {url[:60]}.")


def _page(questionnaire: Questionnaire, language: str) -> str:
    title = _words(questionnaire.title, language)
    number, parts = 0, []
    for at, page in enumerate(questionnaire.pages, 1):
        heading = _words(page.title, language) if page.title else f"{at}"
        parts.append(f"<h2>{heading}</h2>{_rule(questionnaire, page.show_if, language)}")
        for question in page.questions:
            number += question.counts_as_question
            asked = outline(question)
            parts.append(_question(questionnaire, asked, number, language))
    intro = f"<p>{_words(questionnaire.intro, language)}</p>" if questionnaire.intro else ""
    head = (
        f'<meta charset="utf-8"><title>{title}</title><meta name="description" content="{title}"><style>{STYLE}</style>'
    )
    return (
        f'<!doctype html><html lang="{escape(language)}" dir="{direction(language)}"><head>{head}</head>'
        f"<body><h1>{title}</h1>{intro}{''.join(parts)}</body></html>"
    )


def _words(text: Localised | None, language: str) -> str:
    return escape(text.in_(language)).replace("\n", "<br>") if text else ""


def _question(questionnaire: Questionnaire, asked: Asked, number: int, language: str) -> str:
    question = asked.question
    if question.type == "calculated":
        return ""
    shown = f"{number}. " if question.counts_as_question else ""
    heading = f"<h3>{shown}{_words(question.prompt, language)} <code>{escape(asked.key)}</code></h3>"
    hint = f'<p class="hint">{_words(question.hint, language)}</p>' if question.hint else ""
    body = _BODIES.get(asked.group, _line)(asked, language)
    return (
        f'<section class="question">{heading}{_rule(questionnaire, question.show_if, language)}{hint}{body}</section>'
    )


def _rule(questionnaire: Questionnaire, condition: Condition | None, language: str) -> str:
    """Whom a question is for, in words, since paper skips nothing by itself."""
    return f'<p class="rule">Only if: {escape(_said(questionnaire, condition, language))}</p>' if condition else ""


def _said(questionnaire: Questionnaire, condition: Condition, language: str) -> str:
    if condition.not_:
        return f"not ({_said(questionnaire, condition.not_, language)})"
    for inner, word in ((condition.all_, " and "), (condition.any_, " or ")):
        if inner:
            return word.join(_said(questionnaire, each, language) for each in inner)
    question = questionnaire.by_key.get(condition.question or "")
    name = f"{question.prompt.in_(language) if question else condition.question} [{condition.question}]"
    if condition.answered is not None:
        return f"{name} {'is answered' if condition.answered else 'is left out'}"
    for compared, sign in SIGNS.items():
        if (bound := getattr(condition, compared)) is not None:
            return f"{name} {sign} {getattr(bound, 'answer', bound)}"
    codes = [value for value in (condition.is_, condition.includes, *(condition.one_of or ())) if value is not None]
    labels = _labels(question, language)
    if codes:
        return f"{name}: {' / '.join(labels.get(str(code), str(code)) for code in codes)}"
    if condition.is_not is not None:
        return f"{name} is not: {labels.get(str(condition.is_not), str(condition.is_not))}"
    return f"{name}: number chosen"


def _labels(question: Question | None, language: str) -> dict[str, str]:
    return {each.code: each.label.in_(language) for each in parts_of(question, "options")} if question else {}


def _in(part: Choice, language: str) -> str:
    return escape(part.words.get(language) or part.words.get("en") or part.code)


def _listed(asked: Asked, language: str) -> str:
    round_box = " round" if asked.group == "one" else ""
    items = "".join(
        f'<li><span class="box{round_box}"></span>{_in(option, language)}'
        f" <code>{escape(option.code)}</code>{' ______________' if option.other else ''}</li>"
        for option in asked.options
    )
    total = f" {asked.get('total')}" if asked.group == "allocation" else ""
    return f'<p class="hint">{WORDS[asked.group]}{total}</p><ul>{items}</ul>'


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
