"""Findings in plain words, in the reader's language. Nothing here hints at why something is so."""

from flask_babel import gettext as _

from analysis.exploring import BY_GROUP, BY_WAVE, EVERYONE, Exploration, is_single
from analysis.figures.option_bars import told_number
from analysis.figures.wording import told_percent
from analysis.findings import Headline
from analysis.governor_page import Ask, GovernorPage
from analysis.measures.standing import standing
from analysis.observations import Missing, Observation, Side


def headline_words(found: Headline, *, audience: str) -> str:
    """The finding as a headline of one or two short sentences."""
    sentences = (_moved(found, audience), _seen_differently(found), _where_things_stand(found, audience))
    said = [words for words in sentences if words]
    if said:
        return " ".join(said)
    if found.compared:
        return _("No clear change since last time.")
    return _("The first results are here.")


def _moved(found: Headline, group: str) -> str:
    up = in_sentence(found.risen.label) if found.risen else ""
    down = in_sentence(found.fallen.label) if found.fallen else ""
    if up and down:
        return _("%(group)s are happier about %(up)s, and less happy about %(down)s.", group=group, up=up, down=down)
    if up:
        return _("%(group)s are happier about %(up)s.", group=group, up=up)
    if down:
        return _("%(group)s are less happy about %(down)s.", group=group, down=down)
    return ""


def _seen_differently(found: Headline) -> str:
    if found.gulf is None:
        return ""
    gulf = found.gulf
    return _(
        "%(brighter)s and %(dimmer)s see %(subject)s differently.",
        brighter=gulf.brighter,
        dimmer=in_sentence(gulf.dimmer),
        subject=in_sentence(gulf.label),
    )


def _where_things_stand(found: Headline, audience: str) -> str:
    if found.highest is None or found.lowest is None:
        return ""
    return _(
        "%(audience)s rate %(high)s highest and %(low)s lowest.",
        audience=audience,
        high=in_sentence(found.highest.label),
        low=in_sentence(found.lowest.label),
    )


def in_sentence(label: str) -> str:
    """A label inside a sentence: its first letter small, unless the first word is a name or all capitals.

    >>> in_sentence("Staff"), in_sentence("SEND support"), in_sentence("Year 9")
    ('staff', 'SEND support', 'Year 9')
    """
    first = label.partition(" ")[0]
    keep = len(first) > 1 and first.isupper() or any(character.isdigit() for character in label)
    return label if keep else label[:1].lower() + label[1:]


def lead_words(page: GovernorPage) -> str:
    """Who answered, in one sentence below the headline."""
    turnout = next((each for each in page.turnouts if each.audience.key == page.audience.key), None)
    group = in_sentence(page.audience.label)
    if turnout is None or turnout.result.status == "hidden":
        return _("What %(group)s said in %(wave)s.", group=group, wave=page.wave_title)
    if turnout.result.invited:
        return _(
            "%(n)s of %(asked)s %(group)s answered in %(wave)s.",
            n=turnout.result.n,
            asked=turnout.result.invited,
            group=group,
            wave=page.wave_title,
        )
    return _("%(n)s %(group)s answered in %(wave)s.", n=turnout.result.n, group=group, wave=page.wave_title)


def ask_words(ask: Ask) -> str:
    """A question to put at the meeting; it supposes no cause."""
    about, other, group = in_sentence(ask.about), in_sentence(ask.other), in_sentence(ask.group)
    words = {
        "fallen": lambda: _(
            "People are less happy about %(about)s than last time. Who has asked them what they see?", about=about
        ),
        "gulf": lambda: _(
            "On %(about)s, %(group)s are more positive than %(other)s. What have we each seen ourselves?",
            about=about,
            group=group,
            other=other,
        ),
        "lowest": lambda: _("%(about)s stands lowest. What would people like to see first?", about=ask.about),
        "turnout": lambda: _("Many did not answer: %(about)s. Whose voices are missing?", about=about),
        "criticised": lambda: _(
            "Comments complain most about %(about)s. Who reads them, and who replies?", about=about
        ),
        "due": lambda: _("We said: “%(about)s” When will we know whether it helped?", about=ask.about),
    }
    said: str = words[ask.kind]()
    return said


def observation_words(found: Observation) -> str:
    """An observation as a sentence."""
    what = in_sentence(found.label)
    groups = [in_sentence(side.group) for side in found.sides]
    points = abs(round(found.points or 0))
    if found.kind == "risen":
        return _(
            "%(group)s answer %(points)s points more favourably about %(what)s than last time.",
            group=found.sides[0].group,
            points=points,
            what=what,
        )
    if found.kind == "fallen":
        return _(
            "%(group)s answer %(points)s points less favourably about %(what)s than last time.",
            group=found.sides[0].group,
            points=points,
            what=what,
        )
    if found.kind == "gulf":
        high, low = groups if (found.points or 0) > 0 else groups[::-1]
        return _(
            "On %(what)s, %(high)s answer %(points)s points more favourably than %(low)s.",
            what=what,
            high=high,
            points=points,
            low=low,
        )
    if found.kind == "highest":
        return _("Of all strands, %(what)s stands highest.", what=what)
    return _("Of all strands, %(what)s stands lowest.", what=what)


def evidence_words(side: Side) -> str:
    """What one side of an observation rests on: the question, of whom, when, how many, and the likely range."""
    result, found = side.result, standing(side.result)
    value = told_percent(result.share) if result.kind == "item" and result.share is not None else ""
    if found is None:
        return _("%(label)s – %(group)s, %(wave)s: no figure", label=result.label, group=side.group, wave=side.wave)
    return _(
        "%(label)s – %(group)s, %(wave)s (count %(number)s): %(value)s, %(n)s answers, likely %(low)s to %(high)s",
        label=result.label,
        group=side.group,
        wave=side.wave,
        number=side.number,
        value=value or round(found.value),
        n=result.n,
        low=round(found.low),
        high=round(found.high),
    )


def difference_words(found: Observation) -> str:
    """How sure the difference is, its sign being told before; empty where an observation rests on one number."""
    if found.points is None or found.low is None or found.high is None:
        return ""
    low, high = sorted((abs(found.low), abs(found.high))) if found.low * found.high > 0 else (found.low, found.high)
    return _(
        "The difference is %(points)s points, likely between %(low)s and %(high)s.",
        points=abs(round(found.points)),
        low=round(low),
        high=round(high),
    )


def missing_words(found: Missing) -> str:
    """A part of an audience of whom few answered."""
    return _(
        "%(group)s, %(part)s: %(rate)s%% (%(n)s of %(asked)s)",
        group=found.audience.label,
        part=found.part,
        rate=round(100 * found.rate),
        n=found.answered,
        asked=found.invited,
    )


def exploration_title(seen: Exploration) -> str:
    """What the chart shows, as its heading."""
    group, by = in_sentence(seen.audience.label), seen.enquiry.by
    if by == BY_WAVE:
        return _("%(what)s – %(group)s, wave by wave", what=seen.label, group=group)
    if by == BY_GROUP:
        return _("%(what)s – all groups", what=seen.label)
    if by == EVERYONE:
        return _("%(what)s – all %(group)s", what=seen.label, group=group)
    return _("%(what)s – %(group)s by %(by)s", what=seen.label, group=group, by=in_sentence(seen.by_label))


def chance_words(seen: Exploration) -> str:
    """Whether the widest difference may be chance; says why where nothing can be said."""
    spread = seen.spread
    if seen.enquiry.kind == "theme":
        return _("These are counts of comments. We do not test them for chance: people choose what to write about.")
    if seen.enquiry.kind == "choice" and not is_single(seen):
        return _("We test single options for chance, not several at once. Look at the shares, and how many answered.")
    if spread is None:
        return _("There are not two results here to compare.")
    points = told_number(spread.points) if seen.enquiry.kind == "scale" else round(spread.points)
    if spread.may_be_chance:
        said = _(
            "Highest: %(high)s. Lowest: %(low)s. The gap of %(points)s points may be chance.",
            high=spread.highest,
            points=points,
            low=spread.lowest,
        )
        return f"{said} {_ranges_are_narrower()}" if seen.enquiry.kind == "item" and seen.rate is not None else said
    return _(
        "Highest: %(high)s. Lowest: %(low)s. The gap of %(points)s points is unlikely to be chance.",
        high=spread.highest,
        points=points,
        low=spread.lowest,
    )


def _ranges_are_narrower() -> str:
    """Why the ranges in the figure, corrected for the roll, may lie apart where the gap may be chance."""
    return _(
        "Gaps like this come and go from year to year. The ranges on the chart ask less, so they can be narrow: where "
        "would the figure be, had everyone on the list answered this time?"
    )


def absent_words(seen: Exploration) -> list[str]:
    """Whom these numbers leave out."""
    said = []
    if seen.rate is not None and seen.answered:
        rate, n, asked = min(100, round(100 * seen.rate)), seen.answered.n, seen.answered.invited
        said.append(
            _(
                "%(rate)s%% of those asked answered (%(n)s of %(asked)s). The others may see things differently.",
                rate=rate,
                n=n,
                asked=asked,
            )
        )
    else:
        said.append(_("People who were asked and did not answer. We do not know how many that is."))
    if seen.hidden:
        said.append(_("Groups that are too small to show safely. They are still part of “everyone together”."))
    if seen.enquiry.by not in {EVERYONE, BY_WAVE, BY_GROUP}:
        said.append(_("People who did not say which group they belong to. They are in no group here."))
    if seen.enquiry.kind in {"item", "score"}:
        said.append(_("People who said “I don’t know”, or who left this question out."))
    if seen.enquiry.kind == "theme":
        said.append(_("People who wrote no comment. Most people do not write one."))
    return said


def source_words(seen: Exploration) -> list[str]:
    """Who answered, when, the rules, and where it comes from: below a figure or table that leaves the page."""
    return [
        _("%(group)s, %(wave)s.", group=seen.audience.label, wave=seen.wave_title),
        _("Fewer than 10 people are not shown; every number may be off by up to two. Numbers say how, not why."),
        _("Source: Stakeholder Voice, results counted once and kept."),
    ]


def starting_points(seen: Exploration) -> list[tuple[str, dict[str, str]]]:
    """Questions to start from, each with the form fields that answer it."""
    here = seen.enquiry
    first = {kind: choices[0] for kind, choices in seen.whats if choices}
    statements = [choices for kind, choices in seen.whats if kind == "item"][0]
    found = [(_("What has changed over time?"), here.fields | {"by": BY_WAVE})] if len(seen.waves) > 1 else []
    found += [
        (_("How do the answers differ by %(by)s?", by=in_sentence(split.label)), here.fields | {"by": split.value})
        for split in seen.breakdowns
        if split.value != here.by
    ]
    if len(seen.audiences) > 1 and here.kind == "item":
        found.append((_("Do other groups see this the same way?"), here.fields | {"by": BY_GROUP}))
    if "theme" in first and here.kind != "theme":
        theme = first["theme"]
        words = _("What do comments say about %(theme)s?", theme=in_sentence(theme.label))
        found.append((words, here.fields | {"what": theme.value, "by": EVERYONE}))
    other = next((choice for choice in reversed(statements) if choice.value != here.what), None)
    if other:
        found.append((_("How many agree “%(statement)s”", statement=other.label), here.fields | {"what": other.value}))
    return found[:5]
