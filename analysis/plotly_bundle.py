"""The chart script of the installed plotly package: found, compressed once, and its styles as a plain sheet.

The script writes its global styles into the page, which our content policy refuses. It leaves that when the page
already links a sheet with the identifier it looks for, so the same rules are read out of the script and served as
a sheet of our own address. All three follow the installed package; nothing of it is kept in the repository.
"""

import gzip
import importlib.util
import os
import re
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from stakeholder.errors import StakeholderError

STYLE_ID = "plotly.js-style-global"
_RULES = re.compile(r'=(\{"X,X div":.*?\});for\(')
_RULE = re.compile(r"""(?:"([^"]*)"|'([^']*)'|(\w+)):(?:"([^"]*)"|'([^']*)')""")
_MAP_STYLE_ID = re.compile(r'getElementById\("([0-9a-f]{64})"\)')


class NoChartScript(StakeholderError):
    """The installed plotly package has no script, or one of another build than we know."""


@dataclass(frozen=True)
class PlotlyBundle:
    """Where the script stands and what a page must hold for it.

    script     the file as installed
    styles     its global rules as a style sheet
    marker_id  identifier of the element that tells the script not to write its map styles; "" when it writes none
    """

    version: str
    script: Path
    styles: str
    marker_id: str


@cache
def plotly_bundle() -> PlotlyBundle:
    """What is installed, read once per process. Raises NoChartScript."""
    script = _installed_script()
    text = script.read_text(encoding="utf-8")
    marker = _MAP_STYLE_ID.search(text)
    return PlotlyBundle(version("plotly"), script, global_styles(text), marker.group(1) if marker else "")


def zipped_script(bundle: PlotlyBundle, data_dir: Path) -> Path:
    """The script, gzip, in the data folder; compressed at first use (about a second), then kept.

    Written beside and renamed, so that two processes starting together never serve half a file.
    """
    target = data_dir / "cache" / f"plotly-{bundle.version}.min.js.gz"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(gzip.compress(bundle.script.read_bytes(), compresslevel=9, mtime=0))
        Path(name).replace(target)
    return target


def global_styles(script: str) -> str:
    """The style sheet that the script would write into the page. Raises NoChartScript when it is not found."""
    found = _RULES.search(script)
    if found is None:
        raise NoChartScript("This plotly build keeps its styles elsewhere; see analysis/plotly_bundle.py.")
    rules = (_rule(match) for match in _RULE.finditer(found.group(1)))
    return "\n".join(rules) + "\n"


def _rule(match: re.Match[str]) -> str:
    selector = match[1] or match[2] or match[3]
    selector = re.sub("^,", " ,", selector).replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")
    return f"{selector}{{{match[4] or match[5]}}}"


def _installed_script() -> Path:
    package = importlib.util.find_spec("plotly")
    if package is None or package.origin is None:
        raise NoChartScript("The package plotly is not installed. Run 'make setup'.")
    script = Path(package.origin).parent / "package_data" / "plotly.min.js"
    if not script.is_file():
        raise NoChartScript(f"The installed plotly has no script at {script}.")
    return script
