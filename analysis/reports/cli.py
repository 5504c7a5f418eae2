"""The command that writes a board pack."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stakeholder.errors import Invalid
from stakeholder.installation import installation
from surveys.cli import SCHOOL, viewer_for

if TYPE_CHECKING:
    from analysis.reports.composing import BoardPack

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
ENDINGS = (".pdf", ".docx", ".pptx")


@click.command("report")
@click.argument("wave")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@SCHOOL
def report(wave: str, file: Path | None, school: str | None) -> None:
    """Write the board pack of WAVE to FILE: a PDF, or Word or slides by the ending .docx or .pptx.

    \b
    Example:
      stakeholder report spring-2026 board.pdf
    """
    file = file or Path(f"{wave}.pdf")
    if file.suffix not in ENDINGS:
        raise Invalid(f"found the ending '{file.suffix}', expected one of {', '.join(ENDINGS)}.")
    pack, content = _written(wave, file.suffix, school)
    try:
        file.write_bytes(content)
    except OSError as problem:
        raise Invalid(f"The report cannot be written to {file}: {problem.strerror}.") from problem
    click.echo(f"The board pack of '{pack.wave_title}' is in {file} ({len(content) / 1000:.0f} kB).")


def _written(wave: str, ending: str, school: str | None) -> tuple["BoardPack", bytes]:
    """The pack and its file; what writes it takes a second to load, which other commands need not wait for."""
    from analysis.reports.composing import board_pack
    from analysis.reports.pdf import pdf
    from analysis.reports.slides import pptx
    from analysis.reports.word import docx
    from analysis.views.explore import explore
    from stakeholder.web.shell import make_shell

    write = dict(zip(ENDINGS, (pdf, docx, pptx), strict=True))[ending]
    app = make_shell(installation(), templates=TEMPLATES, secret=secrets.token_hex())
    app.register_blueprint(explore)
    with app.test_request_context(), installation().database.writing() as session:
        pack = board_pack(session, viewer_for(session, school), wave)
        return pack, write(pack)
