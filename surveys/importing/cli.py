"""`stakeholder responses`: bring in answers that were given elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from stakeholder.errors import Invalid
from stakeholder.installation import Installation, installation
from surveys.cli import SCHOOL, viewer_for
from surveys.definition import Questionnaire
from surveys.documents import decode
from surveys.importing.mapping import ImportPlan, dump_mapping, load_wishes
from surveys.importing.report import plan_lines, report_lines
from surveys.importing.service import Prepared, audience_for_import, plan_import, prepare, store

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
Progress = Callable[[int, int], None]


@click.group("responses")
def responses_group() -> None:
    """Bring in answers from other tools; take results out."""


@responses_group.command("import")
@click.argument("file", type=FILE)
@click.option("--questionnaire", "key", required=True, help="Key of the questionnaire that these answers answer.")
@click.option("--wave", required=True, help="Name of the wave they belong to; made if there is none of that name.")
@click.option("--group", help="Who answered; the questionnaire's first group unless said otherwise.")
@click.option("--mapping", type=FILE, help="YAML that says which column answers which question.")
@click.option(
    "--save-mapping", type=click.Path(dir_okay=False, path_type=Path), help="Write the proposed mapping here."
)
@click.option("--dry-run", is_flag=True, help="Only say what would be understood; stores nothing.")
@SCHOOL
def responses_import(
    file: Path,
    key: str,
    wave: str,
    group: str | None,
    mapping: Path | None,
    save_mapping: Path | None,
    dry_run: bool,
    school: str | None,
) -> None:
    """Import FILE (.csv, .csv.gz, .tsv, .xlsx or .jsonl), one row for each person, all of it or nothing.

    Columns are matched by question key or by the question's words; cells by code, by label in any language, or by
    number. What is left out is always listed.

    \b
    Examples:
      stakeholder responses import answers.csv --questionnaire secondary --wave "Autumn 2025" --dry-run
      stakeholder responses import answers.csv --questionnaire secondary --wave "Autumn 2025" --save-mapping map.yaml
      stakeholder responses import answers.csv --questionnaire secondary --wave "Autumn 2025" --mapping map.yaml
    """
    here = installation()
    questionnaire = _questionnaire(here, school, key)
    plan = _plan(file, questionnaire, mapping)
    if save_mapping:
        _save(plan, save_mapping)
    with bar("Reading") as progress:
        prepared = prepare(file, questionnaire, plan, folder=here.data_dir, progress=progress)
    with prepared.documents:
        click.echo("\n".join(report_lines(prepared.report)))
        if dry_run:
            click.echo("Nothing was stored (--dry-run).")
            return
        stored = _store(here, school, prepared, key=key, wave=wave, group=group)
    click.echo(f"{stored:,} responses are stored in the wave '{wave}'. Now they are read and counted ...")
    here.worker.run_until_idle()
    click.echo("Done.")


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """A progress bar that takes (done, total)."""
    with click.progressbar(length=1000, label=label) as shown:

        def progress(done: int, total: int) -> None:
            shown.update(max(0, int(1000 * done / total if total else 1000) - shown.pos))

        try:
            yield progress
        except BaseException:
            click.echo()  # what went wrong stands on a line of its own
            raise


def _questionnaire(here: Installation, school: str | None, key: str) -> Questionnaire:
    from surveys.published import newest_version, questionnaire_of

    with here.database.writing() as session:
        return questionnaire_of(session, newest_version(session, viewer_for(session, school), key).id)


def _plan(file: Path, questionnaire: Questionnaire, mapping: Path | None) -> ImportPlan:
    wishes = load_wishes(decode(mapping.read_bytes(), mapping.name), mapping.name) if mapping else {}
    plan, notes = plan_import(file, questionnaire, wishes)
    click.echo("\n".join((*notes, *plan_lines(plan))))
    return plan


def _save(plan: ImportPlan, path: Path) -> None:
    try:
        path.write_text(dump_mapping(plan), encoding="utf-8")
    except OSError as problem:
        raise Invalid(f"The mapping cannot be written to {path}: {problem.strerror}.") from problem
    click.echo(f"The mapping is written to {path}. Correct it and give it back with --mapping.")


def _store(
    here: Installation, school: str | None, prepared: Prepared, *, key: str, wave: str, group: str | None
) -> int:
    with here.database.writing() as session, bar("Storing") as progress:
        viewer = viewer_for(session, school)
        audience = audience_for_import(
            session, viewer, questionnaire_key=key, wave_name=wave, group=group, now=datetime.now(UTC)
        )
        return store(session, prepared, audience, progress)
