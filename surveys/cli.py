"""Commands about questionnaires and waves."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid, NotFound
from stakeholder.installation import installation
from stakeholder.schools import command_line_viewer, school_for_command
from stakeholder.viewer import Viewer
from surveys.definition import Questionnaire

if TYPE_CHECKING:
    from surveys.simulation import PathReport

SCHOOL = click.option("--school", default=None, help="Slug of the school; needed only when there are several.")


def viewer_for(session: Session, school: str | None) -> Viewer:
    """The command line's viewer at the named school, or at the only one."""
    return command_line_viewer(school_for_command(session, school).id)


@click.group("questionnaire")
def questionnaire_group() -> None:
    """Import, check and list questionnaires."""


@questionnaire_group.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def questionnaire_check(file: Path) -> None:
    """Say whether FILE is a sound questionnaire, what is wrong where, and how long it takes; stores nothing.

    Every path through it is walked. Ends with 1 when something must be mended before it can be published.

    \b
    Example:
      stakeholder questionnaire check our_questions.yaml
    """
    from surveys.checking import problems, simulate

    questionnaire = _loaded(file)
    click.echo(_described(questionnaire))
    click.echo(_walked(simulate(questionnaire)))
    found = problems(questionnaire)
    for problem in found:
        click.echo(f"{'Must be mended' if problem.hard else 'To think about'}: {problem}")
    if any(problem.hard for problem in found):
        raise click.exceptions.Exit(1)


@questionnaire_group.command("list")
@SCHOOL
def questionnaire_list(school: str | None) -> None:
    """List the questionnaires there are.

    \b
    Example:
      stakeholder questionnaire list
    """
    from surveys.published import list_questionnaires

    with installation().database.writing() as session:
        for line in list_questionnaires(session, viewer_for(session, school)):
            click.echo(
                f"{line.key:24} version {line.number:<3} {line.questions:>3} questions  "
                f"{' '.join(line.languages):14} {line.title}"
            )


@questionnaire_group.command("show")
@click.argument("key")
@SCHOOL
def questionnaire_show(key: str, school: str | None) -> None:
    """Print the questionnaire KEY as YAML, to change it and import it as a new version.

    \b
    Example:
      stakeholder questionnaire show secondary > our_questions.yaml
    """
    from surveys.default_questionnaires import to_yaml
    from surveys.published import newest_version, questionnaire_of

    with installation().database.writing() as session:
        version = newest_version(session, viewer_for(session, school), key)
        click.echo(to_yaml(questionnaire_of(session, version.id)), nl=False)


@questionnaire_group.command("permit")
@click.argument("key")
@click.argument("module")
@click.option("--reference", required=True, help="Where the permission can be found: a licence number, a letter.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day on which it holds, such as 2027-07-31.")
@SCHOOL
def questionnaire_permit(key: str, module: str, reference: str, until: datetime | None, school: str | None) -> None:
    """Record the school's permission to ask the licensed instrument MODULE of the questionnaire KEY.

    It is for the instrument's very text; without it no wave can ask the questionnaire.

    \b
    Example:
      stakeholder questionnaire permit wellbeing warwick --reference "Licence 2026/118" --until 2027-07-31
    """
    from surveys.permitting import permit
    from surveys.published import newest_version, questionnaire_of

    with installation().database.writing() as session:
        viewer = viewer_for(session, school)
        questionnaire = questionnaire_of(session, newest_version(session, viewer, key).id)
        found = next((each for each in questionnaire.locked if each.key == module), None)
        if found is None:
            known = ", ".join(each.key for each in questionnaire.locked) or "none"
            raise NotFound(f"'{key}' has no licensed instrument '{module}'. It has: {known}.")
        day = until.date() if until else None
        permit(session, viewer, found, reference=reference, until=day, now=datetime.now(UTC))
    click.echo(f"The permission to ask '{found.title}' is on record.")


@click.group("wave")
def wave_group() -> None:
    """Open, close and list waves."""


@wave_group.command("open")
@click.argument("key")
@click.option("--group", required=True, help="Who is asked: student, staff, parent, governor or a group of your own.")
@click.option("--name", default="", help="Title of the wave; asks several groups in one wave, and again next year.")
@click.option("--asked", type=click.IntRange(1, 1_000_000), help="How many people are asked, for the response rate.")
@click.option("--link", is_flag=True, help="Print only the address that respondents open.")
@click.option(
    "--mode",
    type=click.Choice(["anonymous", "confidential", "named"]),
    default="anonymous",
    help="Whether who wrote is kept: not at all, sealed to the safeguarding leads, or openly. It never changes.",
)
@click.option("--accept-unchecked", default="", help="Why languages that no speaker has checked may be used.")
@SCHOOL
def wave_open(
    key: str, group: str, name: str, asked: int | None, link: bool, mode: str, accept_unchecked: str, school: str | None
) -> None:
    """Ask a group the questionnaire KEY, in the wave of that name, opening what is not open yet.

    Without a name the questionnaire gets a wave of its own. KEY may also be the key of a wave that is open.

    \b
    Examples:
      stakeholder wave open secondary --group student --link
      stakeholder wave open secondary --group student --name "Spring 2027" --asked 780
      stakeholder wave open parent --group parent --name "Spring 2027" --asked 750
    """
    from surveys.asked_languages import accept_all_risks, left_out_of
    from surveys.waves import open_link

    here = installation()
    with here.database.writing() as session:
        viewer = viewer_for(session, school)
        if accept_unchecked:
            accept_all_risks(session, viewer, key, reason=accept_unchecked, now=datetime.now(UTC))
        now = datetime.now(UTC)
        audience = open_link(session, viewer, key, group, now=now, name=name.strip(), asked=asked, mode=mode)
        address = f"{here.base_url}/s/{audience.token}"
        missing = left_out_of(session, audience)
    if missing:
        click.echo(
            f"Not asked in {', '.join(missing)}: words are missing, or no speaker has checked them. "
            "Check them under Questionnaires, Languages; or say --accept-unchecked 'why'.",
            err=True,
        )
    click.echo(address if link else f"Open for {group}. Respondents go to:\n{address}")


@wave_group.command("correct")
@click.argument("key")
@SCHOOL
def wave_correct(key: str, school: str | None) -> None:
    """Let the open wave KEY ask the newest version, where only slips of spelling were corrected since.

    Answers that are being given are kept. Any other change needs a new wave, and is refused with the reason.

    \b
    Example:
      stakeholder wave correct autumn-2026
    """
    from surveys.correcting import correct_wave

    with installation().database.writing() as session:
        made = correct_wave(session, viewer_for(session, school), key, now=datetime.now(UTC))
    for difference in made:
        click.echo(difference.words)
    click.echo(f"Corrected: {len(made)}. Nobody's answers are touched." if made else "Nothing to correct.")


@wave_group.command("close")
@click.argument("key")
@SCHOOL
def wave_close(key: str, school: str | None) -> None:
    """Close the wave KEY: no more answers; those given are released, read and counted.

    \b
    Example:
      stakeholder wave close autumn-2026
    """
    from surveys.waves import close_wave

    here = installation()
    with here.database.writing() as session:
        close_wave(session, viewer_for(session, school), key, now=datetime.now(UTC))
    here.worker.run_until_idle()
    click.echo(f"The wave '{key}' is closed. Its answers are released and its edition is built.")


@wave_group.command("list")
@SCHOOL
def wave_list(school: str | None) -> None:
    """List waves with their audiences, answers and links.

    \b
    Example:
      stakeholder wave list
    """
    from surveys.waves import list_waves

    here = installation()
    with here.database.writing() as session:
        for line in list_waves(session, viewer_for(session, school)):
            rate = f" of {line.invited}" if line.invited else ""
            click.echo(
                f"{line.key:20} {line.state:8} {line.audience:14} {line.group:10} {line.questionnaire:14} "
                f"{line.answers}{rate} answers, {line.waiting} in the ballot box  {here.base_url}/s/{line.token}"
            )


def _loaded(file: Path) -> Questionnaire:
    from surveys.loading import load_questionnaire_bytes

    try:
        return load_questionnaire_bytes(file.read_bytes(), source=file.name)
    except OSError as problem:
        raise Invalid(f"{file} cannot be read: {problem.strerror}.") from problem


def _walked(report: "PathReport") -> str:
    walked = "all of them walked" if report.complete else f"at most {report.bound:,} groups of them walked"
    lengths = (("longest", report.longest), ("shortest", report.shortest), ("mean", report.mean))
    return f"Paths for the audience '{report.audience}': {report.paths:,}, {walked}; " + ", ".join(
        f"{name} {length.questions:g} questions in about {length.minutes:g} minutes" for name, length in lengths
    )


def _described(questionnaire: Questionnaire) -> str:
    asked = sum(question.counts_as_question for question in questionnaire.questions)
    return (
        f"'{questionnaire.key}' ({questionnaire.title}): {asked} questions on {len(questionnaire.pages)} pages, "
        f"languages {', '.join(questionnaire.languages)}."
    )
