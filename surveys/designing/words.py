"""What the designer calls things: kinds, fields, acts and tests, in English, to be translated where they are shown."""

from stakeholder.localised import N_

KINDS: dict[str, tuple[str, str]] = {
    "likert": (N_("Statement with a scale"), N_("“I feel safe at school”: strongly disagree … strongly agree")),
    "faces": (N_("Faces"), N_("Three faces with words, for the youngest")),
    "choice": (N_("One answer"), N_("Choose one from a list")),
    "choices": (N_("Several answers"), N_("Tick as many as fit")),
    "picture_choice": (N_("Pictures"), N_("Choose by pictures with words")),
    "grid": (N_("Several statements, one scale"), N_("A list of statements with the same answers")),
    "choice_grid": (N_("Several rows, one list of answers"), N_("The same choices for each row")),
    "differential": (N_("Between two words"), N_("For example: boring … exciting")),
    "rating": (N_("Rating from 0 to 10"), N_("For example: would you recommend our school?")),
    "slider": (N_("Slider"), N_("A place on a line between two ends")),
    "number": (N_("Number"), N_("For example: hours in a week")),
    "date": (N_("Date"), N_("A day or a month")),
    "short_text": (N_("A word or a line"), N_("Short free text")),
    "comment": (N_("Comment"), N_("Free text; it is read for worries before anyone sees it")),
    "ranking": (N_("Put in order"), N_("From most to least important")),
    "allocation": (N_("Share out points"), N_("For example: 100 points between five ideas")),
    "consent": (N_("Consent"), N_("A statement to agree to")),
    "text": (N_("Words to read"), N_("A heading and a text, nothing to answer")),
    "calculated": (N_("Calculated value"), N_("Worked out from answers; nobody sees it")),
}
FIELDS: dict[str, tuple[str, str]] = {
    "prompt": (N_("Question or statement"), N_("One idea, under 20 words.")),
    "hint": (N_("Hint"), N_("A short help below the question. Leave it empty if the question is clear.")),
    "scale": (N_("Answers"), ""),
    "options": (N_("Answers"), N_("One on each line. Empty lines are left out.")),
    "rows": (N_("Rows"), N_("One on each line. Empty lines are left out.")),
    "label": (N_("Words"), ""),
    "code": (
        N_("Code"),
        N_("Stored instead of the words. It is made for you; do not change it once people have answered."),
    ),
    "key": (N_("Key"), N_("Names the row in results. It is made for you.")),
    "value": (N_("Number on the scale"), ""),
    "face": (N_("Face"), ""),
    "show_if": (
        N_("Show only if"),
        N_("Ask this only of people who gave a certain answer before. Leave it empty to ask everyone."),
    ),
    "skip_to_end_if": (
        N_("Go to the end after this page if"),
        N_("Everything that comes after is left out for them. Leave it empty to go on with everyone."),
    ),
    "first": (N_("From page"), ""),
    "last": (N_("To page"), ""),
    "repeat.count": (
        N_("Ask it again for each one of"),
        N_("The earlier question that says how often, such as “How many children do you have here?”."),
    ),
    "repeat.most": (N_("How often at most"), N_("From 1 to 10. Only where it is asked again.")),
    "repeat.label": (
        N_("Heading of each time"),
        N_("Write {number} where 1, 2, 3 should stand: “Child {number}”. Only where it is asked again."),
    ),
    "wrong_if": (N_("Something is wrong when"), N_("For example: hours in clubs are more than hours in all.")),
    "message": (N_("What people read then"), N_("In your own words: what it is, and what to do.")),
    "soft": (
        N_("Only ask “Are you sure?”"),
        N_("They may go on with the same answers. Without this they must change something first."),
    ),
    "at": (N_("Beside which question it stands"), ""),
    "items": (N_("Statements that count"), N_("All on one scale, and about the same thing.")),
    "rule": (N_("How it is worked out"), N_("Statements worded negatively are turned round by themselves.")),
    "minimum_answered": (
        N_("How many must be answered"),
        N_("With fewer there is no score. Leave it empty when all are needed."),
    ),
    "limit": (N_("How many answers at most"), N_("At least 10: a smaller limit would tell of a few people.")),
    "when": (
        N_("Only of people who say"),
        N_("By a question that results are split by. Leave it empty to count everyone."),
    ),
    "indicator": (
        N_("Indicator of the framework"),
        N_("Joins the answers to a dimension. Leave it empty for a question of your own."),
    ),
    "reverse": (N_("Worded negatively"), N_("Agreeing is bad news here, so answers are counted the other way round.")),
    "body": (N_("Text"), ""),
    "statement": (N_("Statement to agree to"), ""),
    "min": (N_("Smallest"), ""),
    "max": (N_("Largest"), ""),
    "decimals": (N_("Allow decimals"), ""),
    "unit": (N_("Unit"), N_("For example: hours.")),
    "picture": (N_("Picture"), ""),
    "max_length": (N_("Longest answer, in letters"), ""),
    "longest": (N_("Longest answer, in letters"), ""),
    "look": (N_("Shown as"), ""),
    "other": (N_("With a box to write in"), ""),
    "exclusive": (N_("Excludes the others"), N_("For example: “None of these”.")),
    "several": (N_("Several may be chosen"), ""),
    "points": (N_("Steps between the two ends"), ""),
    "start": (N_("Words at the start"), ""),
    "end": (N_("Words at the end"), ""),
    "start_label": (N_("Words at the start"), ""),
    "end_label": (N_("Words at the end"), ""),
    "step": (N_("Step"), ""),
    "precision": (N_("How exact"), ""),
    "earliest": (N_("Earliest"), N_("For example: 2026-09-01.")),
    "latest": (N_("Latest"), N_("For example: 2027-07-31.")),
    "format": (N_("What is written"), ""),
    "pattern": (N_("Pattern"), N_("For people who know regular expressions.")),
    "most": (N_("How many to put in order"), ""),
    "total": (N_("Points to share out"), ""),
    "shuffle": (N_("Shuffle"), N_("Show in a different order to different people.")),
    "required": (
        N_("Must be answered"),
        N_("Only where the law demands an answer. People who do not want to answer give up, or answer anything."),
    ),
    "ask_if_empty": (N_("Ask once if it is left empty"), N_("They can still leave it empty.")),
    "pattern_message": (N_("What to say when the pattern does not fit"), ""),
    "favourable_from": (N_("Counts as favourable from"), ""),
    "fixed": (N_("Keeps its place when shuffled"), ""),
    "safety": (
        N_("Says where help is"),
        N_("Safety words: shown in another language only once a speaker has checked them."),
    ),
}
CODES: dict[str, str] = {
    "sad": N_("sad"), "neutral": N_("neutral"), "smile": N_("smiling"), "radio": N_("a list of buttons"),
    "drop_down": N_("a menu"), "day": N_("day"), "month": N_("month"), "plain": N_("any words"),
    "mean": N_("the mean of the answers"), "sum": N_("the sum of the answers"),
    "email": N_("an e-mail address"), "postcode": N_("a postcode"), "book": N_("book"), "heart": N_("heart"),
    "rocket": N_("rocket"), "house": N_("house"), "": N_("none"),
}  # fmt: skip
TESTS: dict[str, str] = {
    "is": N_("the answer is"),
    "is_not": N_("the answer is not"),
    "includes": N_("the ticks include"),
    "includes_not": N_("the ticks do not include"),
    "at_least": N_("the number is at least"),
    "at_most": N_("the number is at most"),
    "more_than": N_("the number is more than"),
    "less_than": N_("the number is less than"),
    "chosen_at_least": N_("so many ticks or more:"),
    "chosen_at_most": N_("so many ticks or fewer:"),
    "answered": N_("it has been answered"),
    "not_answered": N_("it has not been answered"),
}
ACTS: dict[str, str] = {
    "begin": N_("Began “%(about)s”"),
    "open": N_("Opened the published version of “%(about)s”"),
    "import": N_("Took over from a file: “%(about)s”"),
    "add": N_("Added “%(about)s”"),
    "insert": N_("Took from the bank: “%(about)s”"),
    "edit": N_("Changed “%(about)s”"),
    "move": N_("Moved “%(about)s”"),
    "duplicate": N_("Copied “%(about)s”"),
    "remove": N_("Removed “%(about)s”"),
    "add_page": N_("Added a page"),
    "edit_page": N_("Changed a page"),
    "move_page": N_("Moved a page"),
    "remove_page": N_("Removed a page"),
    "settings": N_("Changed the title or who is asked"),
    "restore": N_("Went back to save %(about)s"),
    "translate": N_("Translated into %(about)s"),
    "judge": N_("Judged what became of “%(about)s”"),
    "split": N_("Chose how results are split"),
}
STYLES: dict[str, str] = {
    "youngest": N_("Ages 5 to 7: faces, one question at a time"),
    "primary": N_("Ages 7 to 11: one question at a time"),
    "standard": N_("Older students and adults: several questions on a page"),
}


def kind_name(kind: str) -> str:
    """English name of a kind, made from its key where it has none yet."""
    return KINDS.get(kind, (plain(kind), ""))[0]


def field_words(name: str) -> tuple[str, str]:
    """English label and hint of a field, made from its key where it has none yet."""
    return FIELDS.get(name, (plain(name), ""))


def plain(key: str) -> str:
    """A key as words.

    >>> plain("start_label")
    'Start label'
    """
    return key.replace("_", " ").capitalize()
