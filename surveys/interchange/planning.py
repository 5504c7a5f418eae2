"""A questionnaire of ours as the writers go through it: pages with all their rules, checks, answers in texts. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from surveys.conditions import Condition
from surveys.definition import Page, Questionnaire
from surveys.flow import AnswerCheck, Repeat, Section
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked, outline
from surveys.interchange.rules import NotExpressible
from surveys.interchange.saying import Speech
from surveys.interchange.sketch import Texts
from surveys.piping import PIPE

Pipe = Callable[[str, str], str]


@dataclass(frozen=True)
class Planned:
    """One page, its questions, and all that decides whether it is shown.

    condition  the section's and the page's own, and that nobody has left before where the tool knows no end
    section    it belongs to, None for none
    """

    page: Page
    questions: tuple[Asked, ...]
    condition: Condition | None = None
    section: Section | None = None

    @property
    def repeats(self) -> bool:
        """Whether its section is asked several times."""
        return self.section is not None and self.section.repeat is not None


@dataclass
class Plan:
    """Everything the writers share.

    can   what the tool has: "ends", "repeats", "blocks", "quotas", "checks", "page order", "section order"
    """

    questionnaire: Questionnaire
    tool: str
    can: frozenset[str]
    pipe: Pipe
    report: LossReport = field(default_factory=LossReport)

    def pages(self) -> Iterator[Planned]:
        """The pages in order."""
        whole = self.questionnaire
        sections = {section.key: section for section in whole.sections}
        left: list[Condition] = []
        for page in whole.pages:
            section = sections.get(page.section)
            stays = [] if "ends" in self.can else [Condition.model_construct(not_=each) for each in left]
            condition = joined([section.show_if if section else None, page.show_if, *stays])
            asked = tuple(self._asked(page, outline(question, whole.languages)) for question in page.questions)
            yield Planned(page, asked, condition, section)
            if page.skip_to_end_if is not None:
                left.append(left_after(page, condition, page.skip_to_end_if))

    def _asked(self, page: Page, asked: Asked) -> Asked:
        """The question with its answers in texts in the tool's own way."""
        if asked.key not in self.questionnaire.piping:
            return asked
        here = {question.key for question in page.questions}
        known = {each.key for each in self.questionnaire.questions} - here

        def words(texts: Texts) -> Texts:
            return {
                each: PIPE.sub(lambda found: self._put(found[1], found[2], known), text) for each, text in texts.items()
            }

        options, rows = (
            tuple(replace(part, words=words(part.words)) for part in parts) for parts in (asked.options, asked.rows)
        )
        self.report.approximated(
            f"answers in texts of question {asked.key}", "are put in there too; the words for those without one go."
        )
        return replace(asked, words=words(asked.words), hint=words(asked.hint), options=options, rows=rows)

    def _put(self, key: str, otherwise: str | None, known: set[str]) -> str:
        question = self.questionnaire.by_key.get(key)
        return self.pipe(key, question.type) if question is not None and key in known else otherwise or "…"

    def checks(self) -> dict[str, AnswerCheck]:
        """The hard check beside each question; soft ones and second ones are told to be lost."""
        order = {question.key: at for at, question in enumerate(self.questionnaire.questions)}
        found: dict[str, AnswerCheck] = {}
        for check in self.questionnaire.checks:
            at = check.at or max(check.wrong_if.questions, key=lambda key: order.get(key, -1))
            if check.soft or at in found or "checks" not in self.can:
                why = "It asks 'are you sure?', which there is not there." if check.soft else "There is one already."
                self.report.dropped(f"check {check.key}", why if "checks" in self.can else f"{self.tool} has none.")
            else:
                found[at] = check
        return found

    def condition(self, condition: Condition | None, speech: Speech, name: str) -> str:
        """A condition in the tool's words; empty, and told, where it cannot say it."""
        if condition is None:
            return ""
        try:
            said = speech.said(condition)
        except NotExpressible as problem:
            self.report.dropped(f"condition of {name}", f"It is always shown there: {problem}")
            return ""
        self.report.mapped(f"condition of {name}", "is a condition.")
        return said

    def fits(self, check: AnswerCheck, speech: Speech) -> str:
        """What an answer must meet; empty, and told, where the tool cannot say it."""
        try:
            said = speech.no.format(speech.said(check.wrong_if))
        except NotExpressible as problem:
            self.report.dropped(f"check {check.key}", f"Nothing checks it there: {problem}")
            return ""
        self.report.mapped(f"check {check.key}", "is a check.")
        return said

    def worked_out(self, asked: Asked, speech: Speech) -> str:
        """A calculated value in the tool's words; empty, and told, where it cannot say it."""
        try:
            said = speech.worked_out(asked.get("value"))
        except NotExpressible as problem:
            self.report.dropped(f"question {asked.key}", f"{self.tool} does not work it out: {problem}")
            return ""
        self.report.mapped(f"question {asked.key}", "is a calculated value.")
        return said

    def lost(self) -> None:
        """Name what the tool cannot hold."""
        whole, report = self.questionnaire, self.report
        for name in ("scales", "locked", "breakdowns", *({"blocks", "quotas"} - self.can)):
            if getattr(whole, name):
                report.dropped(name, f"{self.tool} has nothing like it.")
        if whole.shuffle:
            report.dropped("random order of the pages", "Everyone meets them in the order of the file.")
        self._lost_sections()
        for page in whole.pages:
            if page.shuffle and "page order" not in self.can:
                report.dropped(f"random order of page {page.key}", "Its questions are asked in the order of the file.")
            if page.skip_to_end_if is not None and "ends" not in self.can:
                report.approximated(
                    f"end after page {page.key}", "What comes after is hidden from those who end there."
                )
        report.dropped(
            "audience and framework", "Whose items these are, and what they measure, stays with the platform."
        )

    def _lost_sections(self) -> None:
        for section in self.questionnaire.sections:
            name = f"section {section.key}"
            if section.repeat and "repeats" not in self.can:
                self.report.dropped(f"repeat of {name}", "It is asked once there.")
            if section.shuffle and "section order" not in self.can:
                self.report.dropped(f"random order of {name}", "Its pages are asked in the order of the file.")
            self.report.mapped(name, "Its pages are there, with its condition.")


def heading(repeat: Repeat) -> Texts:
    """The heading of each time without its number, which other tools put there themselves."""
    return {each: text.replace("{number}", "").strip() for each, text in repeat.label.root.items()}


def left_after(page: Page, condition: Condition | None, ends: Condition) -> Condition:
    """Who has left after a page: those who were shown it, and something to answer on it, and meet its end."""
    own = [each.show_if for each in page.questions if each.counts_as_question or each.is_calculated]
    some = None if None in own or not own else Condition.model_construct(any_=tuple(each for each in own if each))
    return joined([condition, some, ends]) or ends


def joined(conditions: list[Condition | None]) -> Condition | None:
    """All of them together; None for none."""
    found = [each for each in conditions if each is not None]
    if len(found) < 2:
        return found[0] if found else None
    return Condition.model_construct(all_=tuple(found))
