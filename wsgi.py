"""Where the parts meet: the application, the commands, and the work after the request.

`create_app` is the WSGI factory; `cli` is the console script `stakeholder`, and the same commands are
reachable as `flask --app wsgi`. Only this module knows all packages and reads `config.py`.
"""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from stakeholder.commands import Commands, Place
from stakeholder.db import Database
from stakeholder.errors import Invalid
from stakeholder.installation import Installation
from stakeholder.jobs.worker import Handler, JobRun
from stakeholder.mail import MailServer
from stakeholder.outside.provider import Provider
from stakeholder.roles import Permission

ROOT = Path(__file__).parent


def make_installation(settings: Settings) -> Installation:
    """What the settings describe, with the work its workers can do."""
    return Installation(
        data_dir=settings.data_dir,
        database_url=settings.database_url,
        base_url=settings.base_url,
        demo=settings.demo,
        backup_dir=settings.backups,
        backup_days=settings.backup_days,
        secret=settings.secret,
        mail=MailServer.from_address(settings.mail, settings.mail_from) if settings.mail else None,
        provider=_provider(settings.oidc),
        handlers=lambda: _handlers(settings),
        begin=_begin,
        furnish=_furnish,
    )


def _settings() -> Settings:
    """What the environment says. Raises Invalid for a secret that somebody could guess."""
    found = Settings.from_environment(os.environ)
    if found.has_weak_secret and not found.demo:
        raise Invalid(
            "STAKEHOLDER_SECRET can be guessed, and sign-in links and second factors hang on it. Give 32 random "
            "letters or more, such as 'openssl rand -base64 48' prints, or none: then one is made and kept."
        )
    return found


def _provider(chosen: Mapping[str, str]) -> Provider | None:
    if not chosen.get("issuer"):
        return None
    name, domain = chosen.get("name") or "your school account", chosen.get("domain", "")
    return Provider(name, chosen["issuer"], chosen.get("client", ""), chosen.get("secret", ""), domain)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application. Raises RuntimeError when a route declares no permission."""
    from stakeholder.serving import end_with_the_server
    from stakeholder.views.jobs import jobs_pages
    from stakeholder.views.start import start
    from stakeholder.views.style import style
    from stakeholder.web.access import refuse_undeclared
    from stakeholder.web.shell import make_shell

    settings = settings or _settings()
    app = make_shell(make_installation(settings), templates=ROOT / "templates", secret=settings.secret())
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    for pages in (start, jobs_pages, style):
        app.register_blueprint(pages)
    _register_signing_in(app)
    _register_surveys(app)
    _register_analysis(app)
    _register_enquiries(app)
    if settings.demo:
        _register_demo(app)
    app.cli = cli
    refuse_undeclared(app)
    if end_with_the_server():
        _get_ready_aside()
    return app


def _get_ready_aside() -> None:
    import threading

    from analysis.concerns.raising import get_ready

    threading.Thread(target=get_ready, name="get-ready", daemon=True).start()


def _register_signing_in(app: Flask) -> None:
    from stakeholder.views.first_run import first_run
    from stakeholder.views.keys import keys
    from stakeholder.views.outside import outside
    from stakeholder.views.passkeys import passkeys
    from stakeholder.views.people import people
    from stakeholder.views.proof import proof
    from stakeholder.views.sign_in import sign_in

    for pages in (sign_in, proof, passkeys, people, keys, outside, first_run):
        app.register_blueprint(pages)


def _register_surveys(app: Flask) -> None:
    from stakeholder.web.shell import csrf
    from surveys.audiences import KnownAudiences
    from surveys.inviting.opened import Opened
    from surveys.views.designer import designer
    from surveys.views.document import document
    from surveys.views.elsewhere import elsewhere
    from surveys.views.framework import framework_pages
    from surveys.views.groups import groups
    from surveys.views.inviting import inviting
    from surveys.views.kinds import kinds
    from surveys.views.monitor import monitor
    from surveys.views.notice import notice
    from surveys.views.respondent_request import AUDIENCES, OPENED
    from surveys.views.roll import roll
    from surveys.views.roll_api import roll_api
    from surveys.views.runner import runner
    from surveys.views.talk import talk
    from surveys.views.waves import waves
    from surveys.views.ways import ways
    from surveys.views.withdrawing import withdrawing

    app.extensions[OPENED] = Opened()
    app.extensions[AUDIENCES] = KnownAudiences(app.extensions["database"], app.extensions["installation"].survey_keys)
    for respondents in (runner, document, talk, withdrawing, elsewhere):
        csrf.exempt(respondents)  # they carry a token bound to their draft instead, without a session cookie
        app.register_blueprint(respondents)
    app.register_blueprint(framework_pages)
    app.register_blueprint(notice)
    app.register_blueprint(waves)
    app.register_blueprint(groups)
    app.register_blueprint(ways)
    app.register_blueprint(monitor)
    app.register_blueprint(roll)
    csrf.exempt(roll_api)  # a key that a program sends, never a cookie that a browser adds
    app.register_blueprint(roll_api)
    app.register_blueprint(inviting)
    app.register_blueprint(kinds)
    app.register_blueprint(designer)


def _register_enquiries(app: Flask) -> None:
    from analysis.views.enquiries import enquiries
    from analysis.views.enquiry_evidence import enquiry_evidence
    from analysis.views.enquiry_people import enquiry_people
    from analysis.views.enquiry_report import enquiry_report
    from analysis.views.enquiry_worry import enquiry_worry
    from analysis.views.processes import processes

    for pages in (enquiries, enquiry_evidence, enquiry_people, enquiry_report, enquiry_worry, processes):
        app.register_blueprint(pages)


def _register_analysis(app: Flask) -> None:
    from analysis.concerns.raising import SafetyNet
    from analysis.views.api import api
    from analysis.views.coding import coding
    from analysis.views.comments import comments
    from analysis.views.concerns import concerns
    from analysis.views.dashboard import dashboard
    from analysis.views.downloads import downloads
    from analysis.views.explore import explore
    from analysis.views.explore_files import explore_files
    from analysis.views.explorer_notes import explorer_notes
    from analysis.views.identities import identities
    from analysis.views.names import names
    from analysis.views.past_results import past_results
    from analysis.views.protection import protection
    from analysis.views.report import report
    from analysis.views.results import results
    from analysis.views.saved_reports import saved_reports
    from analysis.views.sharing import sharing
    from analysis.views.themes import themes

    app.extensions["screen"] = SafetyNet(
        app.extensions["database"], app.extensions["installation"].secret, lambda: datetime.now(UTC)
    )
    app.register_blueprint(concerns)
    app.register_blueprint(identities)
    app.register_blueprint(dashboard)
    app.register_blueprint(explore)
    app.register_blueprint(explore_files)
    app.register_blueprint(explorer_notes)
    app.register_blueprint(names)
    app.register_blueprint(themes)
    app.register_blueprint(comments)
    app.register_blueprint(coding)
    for pages in (results, downloads, report, api, saved_reports, sharing, protection):
        app.register_blueprint(pages)
    app.extensions["past_results"] = past_results
    app.extensions["landings"] = (
        (Permission.READ_CONCERNS, "concerns.queue"),
        (Permission.SEE_GOVERNOR_PAGE, "dashboard.governor"),
        (Permission.EXPLORE, "explore.page"),
        (Permission.INVITE_RESEARCHERS, "people.page"),
        (Permission.TAKE_PART, "enquiries.listing"),
        (Permission.SEE_JOBS, "jobs.progress"),
    )


def _register_demo(app: Flask) -> None:
    from analysis.example.cli import refuse_a_real_school
    from stakeholder.views.personas import personas
    from surveys.links import open_links

    refuse_a_real_school(app.extensions["installation"].database)
    app.register_blueprint(personas)
    app.extensions["demo_links"] = (open_links,)


def _handlers(settings: Settings) -> dict[str, Handler]:
    from analysis.concerns.identities import TELL_OPENING
    from analysis.concerns.raising import TELL
    from analysis.jobs import (
        BUILD_EDITION,
        CHECK_READINGS,
        GROUP_COMMENTS,
        LEARN_FROM_PEOPLE,
        READ_COMMENTS,
        build_edition_job,
        check_readings_job,
        group_comments_job,
        learn_from_people_job,
        read_comments_job,
    )
    from analysis.protection.deleting import KEEP_IN_TIME, keep_in_time_job
    from stakeholder.backups.making import BACK_UP
    from stakeholder.signing_in import SEND_LINK
    from surveys.inviting.inviting import SEND
    from surveys.roll.keeping import ROLL_CHANGED
    from surveys.waves import RELEASE

    return {
        RELEASE: lambda run: _release(settings, run),
        READ_COMMENTS: read_comments_job,
        BUILD_EDITION: build_edition_job,
        CHECK_READINGS: check_readings_job,
        KEEP_IN_TIME: keep_in_time_job,
        BACK_UP: lambda run: _back_up(settings, run),
        GROUP_COMMENTS: group_comments_job,
        LEARN_FROM_PEOPLE: learn_from_people_job,
        ROLL_CHANGED: check_readings_job,
        SEND_LINK: lambda run: _send_link(settings, run),
        TELL: lambda run: _tell(settings, run),
        TELL_OPENING: lambda run: _tell_of_opening(settings, run),
        SEND: lambda run: _send_mailing(settings, run),
    }


def _back_up(settings: Settings, run: JobRun) -> None:
    from stakeholder.backups.folder import BackupFolder
    from stakeholder.backups.making import back_up_job

    here = make_installation(settings)
    back_up_job(run, BackupFolder(here.backups), here.keys, days=here.backup_days)


def _send_link(settings: Settings, run: JobRun) -> None:
    from stakeholder.sign_in_mail import send_sign_in_link

    here = make_installation(settings)
    send_sign_in_link(run, server=here.mail, secret=settings.secret(), base_url=settings.base_url)


def _send_mailing(settings: Settings, run: JobRun) -> None:
    from surveys.inviting.sending import send_mailing

    here = make_installation(settings)
    send_mailing(run, server=here.mail, keys=here.survey_keys, base_url=settings.base_url)


def _tell(settings: Settings, run: JobRun) -> None:
    from analysis.concerns.telling import tell_of_concern

    tell_of_concern(run, server=make_installation(settings).mail, base_url=settings.base_url)


def _tell_of_opening(settings: Settings, run: JobRun) -> None:
    from analysis.concerns.telling import tell_of_opening

    tell_of_opening(run, server=make_installation(settings).mail, base_url=settings.base_url)


def _begin(database: Database) -> None:
    from analysis.protection.deleting import KEEP_IN_TIME
    from stakeholder.backups.making import BACK_UP
    from stakeholder.jobs.daily import ask_for_today

    for kind in (KEEP_IN_TIME, BACK_UP):
        ask_for_today(database, kind)


def _furnish(database: Database) -> None:
    from analysis.jobs import ask_for_a_check_of_readings, ask_for_missing_results
    from surveys.default_questionnaires import default_questionnaires
    from surveys.framework import default_framework
    from surveys.published import publish_library

    with database.writing() as session:
        publish_library(session, default_questionnaires(default_framework()).values(), now=datetime.now(UTC))
    ask_for_missing_results(database)
    ask_for_a_check_of_readings(database)


def _release(settings: Settings, run: JobRun) -> None:
    """Move ballots out of the box; once a wave has closed, its comments are read and its edition is counted."""
    from uuid import UUID

    from analysis.jobs import ask_for_results
    from surveys.release import release

    wave_id, final = UUID(run.payload["wave"]), bool(run.payload["final"])
    keys = make_installation(settings).survey_keys
    release(run.database, wave_id, keys=keys, final=final, progress=run.progress)
    if final:
        ask_for_results(run.database, wave_id)


def _responses() -> click.Command:
    from analysis.exports.cli import responses_export
    from surveys.importing.cli import responses_group

    responses_group.add_command(responses_export)
    return responses_group


def _questionnaire() -> click.Command:
    from surveys.cli import questionnaire_group
    from surveys.exchange_cli import questionnaire_export, questionnaire_import, questionnaire_schema

    for command in (questionnaire_import, questionnaire_export, questionnaire_schema):
        questionnaire_group.add_command(command)
    return questionnaire_group


COMMANDS: Mapping[str, Place] = {
    "audit": "stakeholder.people_cli:audit_group",
    "backup": "stakeholder.backups.cli:backup_command",
    "backup-key": "stakeholder.backups.cli:backup_key",
    "comments": "analysis.text.cli:comments_group",
    "db": "stakeholder.cli:db_group",
    "demo": "analysis.example.cli:demo",
    "group": "surveys.groups_cli:group_group",
    "invitation": "surveys.inviting.cli:invitation_group",
    "key": "stakeholder.api_keys.cli:key_group",
    "person": "stakeholder.people_cli:person_group",
    "questionnaire": _questionnaire,
    "report": "analysis.reports.cli:report",
    "responses": _responses,
    "restore": "stakeholder.backups.cli:restore_command",
    "roll": "surveys.roll.cli:roll_group",
    "roster": "analysis.comments.cli:roster_group",
    "serve": "stakeholder.cli:serve",
    "wave": "surveys.cli:wave_group",
    "work": "stakeholder.cli:work",
}
"""Where each command is: loaded when it is asked for, so that none waits for what another needs."""


@click.group("stakeholder", cls=Commands, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Ask students, staff, parents and governors about their school, and see what they say.

    All state lives in one folder (STAKEHOLDER_DATA, default ./data). A first walk:

    \b
      stakeholder questionnaire list                        what can be asked
      stakeholder wave open secondary --group student --link   an address for respondents
      stakeholder serve                                     the pages
      stakeholder wave close secondary                      count and read what was said
    """
    context.obj = make_installation(_settings())


if __name__ == "__main__":
    sys.exit(cli())
