"""The explore page for student researchers, and everyone who wants a closer look."""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from analysis.exploring import Exploration
from analysis.exploring import explore as explored
from analysis.exploring_figure import figure
from analysis.noting import notes_on, plans_of
from analysis.plotly_bundle import STYLE_ID, PlotlyBundle, plotly_bundle, zipped_script
from analysis.reports.selection import list_reports
from analysis.views import charts, words
from analysis.views.exploration_table import heads, lines, without_figure
from analysis.views.glossary import glossary
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, open_to_all, requires
from stakeholder.web.database import reading

explore = Blueprint("explore", __name__)
FOR_EVER = "public, max-age=31536000, immutable"


@explore.get("/explore")
@requires(Permission.EXPLORE)
def page() -> str:
    """One question, one chart, the table beside it."""
    viewer = current_viewer()
    with reading() as session:
        seen = explored(session, viewer, request.args)
        notes = notes_on(session, viewer, seen.enquiry.fields) if seen else []
        plans = plans_of(session, viewer, seen.enquiry.wave) if seen else []
        reports = list_reports(session, viewer)
    if seen is None:
        return render_template("analysis/no_results.html")
    return render_template(
        "analysis/explore.html",
        notes=notes,
        plans=plans,
        reports=reports,
        glossary=glossary(),
        heads=heads(seen.enquiry.kind),
        seen=seen,
        words=words,
        lines=lines(seen),
        drawn=charts.exploration_figure(seen),
        starts=words.starting_points(seen),
        plotly=plotly_bundle(),
        style_id=STYLE_ID,
        figure_address=f"{url_for('explore.figure_json')}?{urlencode(seen.enquiry.fields)}",
    )


@explore.get("/explore/figure.json")
@requires(Permission.EXPLORE)
def figure_json() -> ResponseReturnValue:
    """The chart of the same question, for the page's script."""
    seen = _seen()
    if seen is None:
        abort(404)
    return jsonify(figure(seen, unit=charts.unit(seen), words=without_figure))


@explore.get("/explore/plotly-<release>.js")
@open_to_all
def plotly_script(release: str) -> Response:
    """The installed chart script; compressed for every browser that takes gzip, and kept for a year."""
    bundle = _of_release(release)
    zipped = request.accept_encodings["gzip"] > 0
    file = zipped_script(bundle, current_app.extensions["installation"].data_dir) if zipped else bundle.script
    answer = send_file(file, mimetype="text/javascript", conditional=False)
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


@explore.get("/explore/plotly-<release>.css")
@open_to_all
def plotly_styles(release: str) -> Response:
    """The styles that the script would otherwise write into the page."""
    return Response(_of_release(release).styles, mimetype="text/css", headers={"Cache-Control": FOR_EVER})


def _seen() -> Exploration | None:
    with reading() as session:
        return explored(session, current_viewer(), request.args)


def _of_release(release: str) -> PlotlyBundle:
    bundle = plotly_bundle()
    if release != bundle.version:
        abort(404)
    return bundle
