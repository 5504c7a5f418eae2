"""Respondents' pages. What is the same for everyone is drawn once and remembered with the audience.

A class's link and a person's own lead to the same pages: they are drawn with a mark in the place of the link.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from surveys.answers import in_words
from surveys.audiences import OpenAudience
from surveys.definition import Page
from surveys.locking import notices
from surveys.path import answered_path
from surveys.piping import piped
from surveys.question_types import Question
from surveys.receipts import plain_receipt
from surveys.rendering import questions_html
from surveys.respondent import form_token
from surveys.responding import LoadedDraft
from surveys.views.respondent_request import secret
from surveys.walking import Mending, Walk

TOKEN_MARK, QUESTIONS_MARK = Markup("<!--token-->"), Markup("<!--questions-->")
MOST_DRAWN = 400  # of some 20 KB; ways through a questionnaire with conditions may be countless
RECEIPT_MARK = Markup("<!--receipt-->")
LINK_MARK = "-the-link-"
COUNT_MARK, ANSWER_MARK = Markup("<!--count-->"), Markup("<!--answer-->")


def survey_page(name: str, audience: OpenAudience, *, draft: LoadedDraft | None = None, **more: Any) -> str:
    """A page about the survey: start, check, thanks, who, stale, closed."""
    if draft is None and not more:
        return _once(audience, (name, g.language), lambda alike: _drawn(name, alike))
    token = form_token(secret(), draft.key) if draft else ""
    return _drawn(name, audience, draft=draft, form_token=token, **more)


def thanks_page(audience: OpenAudience, receipt: str) -> str:
    """Thanks, with the receipt of what was just sent where there is one; it is shown as it is only if it is one."""
    if not (receipt := plain_receipt(receipt)):
        return survey_page("thanks", audience)
    drawn = _once(
        audience, ("thanks with receipt", g.language), lambda alike: _drawn("thanks", alike, receipt=RECEIPT_MARK)
    )
    return drawn.replace(RECEIPT_MARK, receipt)


def questions_page(
    audience: OpenAudience,
    draft: LoadedDraft,
    walk: Walk,
    place: int,
    *,
    typed: Mapping[str, Any] | None = None,
    mending: Mending | None = None,
) -> str:
    """A page of questions with the answers so far; `typed` stands before them, `mending` says what to look at."""
    here, language = walk.pages[place], g.language
    messages = {key: problem.said(_, language) for key, problem in mending.problems.items()} if mending else {}
    span = walk.span(place)
    numbers = {"page": here, "place": place, "pages": len(walk.pages), "layout": draft.layout}
    numbers |= {"messages": messages, "sure": mending.sure if mending else ()}
    numbers["about"] = _which_time(audience, here, language)
    numbers["notices"] = notices(audience.questionnaire, frozenset(each.key for each in here.questions), language)
    numbers |= dict(zip(("first", "last", "total"), span, strict=True))

    def draw(alike: OpenAudience) -> str:
        return _drawn("page", alike, form_token=TOKEN_MARK, questions=QUESTIONS_MARK, **numbers)

    depends = ("page", here.key, numbers["notices"], language, draft.layout, place, len(walk.pages), *span)
    shell = draw(audience) if messages else _once(audience, depends, draw)
    shown = {**draft.answers, **typed} if typed else draft.answers
    counted = draft.answers if not audience.questionnaire.piping else _counted(audience, draft)
    questions = questions_html(audience.questionnaire, here, language, shown, messages, counted)
    if audience.questionnaire.piping:
        shell = str(piped(shell, audience.questionnaire.by_key, counted, language))
    return shell.replace(TOKEN_MARK, form_token(secret(), draft.key), 1).replace(QUESTIONS_MARK, str(questions), 1)


def check_page(audience: OpenAudience, draft: LoadedDraft, walk: Walk) -> str:
    """All answers on one page, each with a way back to it."""
    language = g.language
    asked = [(place, question) for place, page in enumerate(walk.pages) for question in _answerable(page)]

    def draw(alike: OpenAudience) -> str:
        lines = [
            (
                _named(alike, walk.pages[place], question, language),
                f"{page_address(alike, walk, place)}#{question.key}",
            )
            for place, question in asked
        ]
        back = page_address(alike, walk, len(walk.pages) - 1)
        marks = {"form_token": TOKEN_MARK, "count": COUNT_MARK, "answer": ANSWER_MARK}
        return _drawn("check", alike, lines=lines, back=back, **marks)

    depends = ("check", language, draft.layout, *(question.key for _place, question in asked))
    drawn = _once(audience, depends, draw)
    if audience.questionnaire.piping:
        drawn = str(piped(drawn, audience.questionnaire.by_key, _counted(audience, draft), language))
    pieces = drawn.split(ANSWER_MARK)
    words = [in_words(question, draft.answers, language) for _place, question in asked]
    pieces[0] = pieces[0].replace(COUNT_MARK, str(escape(_how_many(sum(map(bool, words)), len(words)))), 1)
    pieces[-1] = pieces[-1].replace(TOKEN_MARK, form_token(secret(), draft.key))
    unanswered = _("Not answered")
    missing = f'<dd class="unanswered">{escape(unanswered)}</dd>'
    shown = (f'<dd dir="auto">{escape(each)}</dd>' if each else missing for each in words)
    return pieces[0] + "".join(answer + piece for answer, piece in zip(shown, pieces[1:], strict=True))


def _counted(audience: OpenAudience, draft: LoadedDraft) -> Mapping[str, Any]:
    """The draft's answers to what is shown: no others are taken up in texts."""
    return answered_path(audience.questionnaire, draft.answers, draft.draw)


def _which_time(audience: OpenAudience, page: Page, language: str) -> str:
    """The heading that tells one time of a repeated section from another ("Child 2"), empty elsewhere."""
    is_repeated = page.section in audience.questionnaire.repeated
    return page.title.in_(language) if page.title and is_repeated else ""


def _named(audience: OpenAudience, page: Page, question: Question, language: str) -> str:
    """What was asked, as the check page names it."""
    return ": ".join(filter(None, (_which_time(audience, page, language), question.prompt.in_(language))))


def _answerable(page: Page) -> list[Question]:
    return [question for question in page.questions if question.counts_as_question]


def _how_many(answered: int, total: int) -> str:
    if not answered:
        return _("You have not answered any question yet. You can still send, or go back and answer some.")
    return _(
        "You answered %(answered)s of %(total)s questions. You can change any of them. Nothing is sent yet.",
        answered=answered,
        total=total,
    )


def page_address(audience: OpenAudience, walk: Walk, place: int) -> str:
    """Address of the page at this place of the walk."""
    return address(audience, "page", page_key=walk.pages[place].key)


def address(audience: OpenAudience, view: str, **more: Any) -> str:
    """Address of a respondent's page, made once."""
    depends = ("address", view, *more.values())
    return _once(audience, depends, lambda alike: url_for(f"runner.{view}", token=alike.token, **more))


def given_back(audience: OpenAudience, answers: Mapping[str, Any]) -> dict[str, str]:
    """What someone wrote in words, by question: worth giving back when it cannot be kept."""
    questions = audience.questionnaire.by_key
    return {
        key: value
        for key, value in answers.items()
        if isinstance(value, str) and value.strip() and key in questions and questions[key].is_comment
    }


def _once(audience: OpenAudience, depends: tuple[Any, ...], draw: Callable[[OpenAudience], str]) -> str:
    """What `draw` makes of an audience without a link, drawn once, with this audience's link put in."""
    page = audience.drawn.get(depends)
    if page is None:
        if len(audience.drawn) >= MOST_DRAWN:
            audience.drawn.clear()
        page = audience.drawn[depends] = draw(replace(audience, token=LINK_MARK))
    return page.replace(LINK_MARK, audience.token)


def _drawn(name: str, audience: OpenAudience, **more: Any) -> str:
    contacts = [
        contact for contact in audience.contacts if not contact.get("groups") or audience.group in contact["groups"]
    ]
    return render_template(
        f"surveys/{name}.html",
        audience=audience,
        questionnaire=audience.questionnaire,
        contacts=contacts,
        **{"draft": None, "form_token": "", **more},
    )
