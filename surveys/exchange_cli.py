"""`stakeholder questionnaire import|export|schema`: questionnaires from and for other tools."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from stakeholder.errors import Invalid
from stakeholder.installation import installation
from surveys.cli import SCHOOL, viewer_for
from surveys.definition import Questionnaire
from surveys.interchange.formats import FORMATS
from surveys.interchange.losses import LossReport
from surveys.interchange.writers import WRITERS


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_name", type=click.Choice(FORMATS), default="auto", help="What FILE is.")
@click.option("--key", default="", help="Key of the questionnaire; made of its title unless said otherwise.")
@click.option("--dry-run", is_flag=True, help="Only say what would be stored; needs no database.")
@click.option("--report", type=click.Choice(["words", "json"]), default="words", help="How to report.")
@SCHOOL
def questionnaire_import(
    file: Path, format_name: str, key: str, dry_run: bool, report: str, school: str | None
) -> None:
    """Store FILE as a new version of its questionnaire: our YAML or JSON, or another tool's file.

    FILE may be an XLSForm (.xlsx, .csv), LimeSurvey (.lss, .txt), Qualtrics (.qsf), SurveyJS (.json) or plain text; its
    content says which. What cannot be kept as it was is listed, item by item.

    \b
    Examples:
      stakeholder questionnaire import our_questions.yaml --dry-run
      stakeholder questionnaire import our_questions.yaml
      stakeholder questionnaire import old_survey.lss --dry-run --report json
    """
    questionnaire, losses = _read(file, format_name, key)
    stored = "Nothing was stored (--dry-run)." if dry_run else _store(questionnaire, school)
    if report == "json":
        click.echo(json.dumps(losses.as_json(), ensure_ascii=False, indent=1))
        return
    click.echo(_described(questionnaire))
    click.echo("\n".join(losses.lines()))
    click.echo(stored)


@click.command("export")
@click.argument("key")
@click.option("--format", "format_name", type=click.Choice(sorted(WRITERS)), required=True, help="What to write.")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--language", default="en", show_default=True, help="Language of the printed form and the codebook.")
@SCHOOL
def questionnaire_export(key: str, format_name: str, path: Path | None, language: str, school: str | None) -> None:
    """Write the questionnaire KEY for another tool or for paper, and say what the format cannot hold.

    \b
    Examples:
      stakeholder questionnaire export secondary --format xlsform
      stakeholder questionnaire export secondary --format print-pdf --to form.pdf
    """
    from surveys.published import newest_version, questionnaire_of

    with installation().database.writing() as session:
        version = newest_version(session, viewer_for(session, school), key)
        questionnaire = questionnaire_of(session, version.id)
    writer = WRITERS[format_name]
    content, losses = writer.write(questionnaire, language)
    path = path or Path(f"{key}{writer.ending}")
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise Invalid(f"{path} cannot be written: {problem.strerror}.") from problem
    click.echo(f"'{key}' is written to {path}.")
    for entry in (*losses.of("approximated"), *losses.of("dropped")):
        click.echo(f"  {entry['item']}: {entry['words']}")


@click.command("schema")
def questionnaire_schema() -> None:
    """Print the JSON Schema of our questionnaires, for editors and other programs.

    \b
    Example:
      stakeholder questionnaire schema > questionnaire.schema.json
    """
    from surveys.interchange.own import schema

    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))


def _read(file: Path, format_name: str, key: str) -> tuple[Questionnaire, LossReport]:
    from surveys.interchange.formats import read

    try:
        return read(file.read_bytes(), file.name, format_name, key=key)
    except OSError as problem:
        raise Invalid(f"{file} cannot be read: {problem.strerror}.") from problem


def _store(questionnaire: Questionnaire, school: str | None) -> str:
    from surveys.published import publish

    with installation().database.writing() as session:
        version = publish(session, viewer_for(session, school), questionnaire, now=datetime.now(UTC))
        return f"Stored as version {version.number} of '{questionnaire.key}'."


def _described(questionnaire: Questionnaire) -> str:
    asked = sum(question.counts_as_question for question in questionnaire.questions)
    return (
        f"'{questionnaire.key}' ({questionnaire.title}): {asked} questions on {len(questionnaire.pages)} pages, "
        f"languages {', '.join(questionnaire.languages)}."
    )
