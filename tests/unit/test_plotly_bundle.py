"""The chart script of the installed package."""

import gzip
from pathlib import Path

import pytest

from analysis.plotly_bundle import NoChartScript, global_styles, plotly_bundle, zipped_script


def test_the_compressed_script_is_the_installed_one(tmp_path: Path) -> None:
    bundle = plotly_bundle()
    zipped = zipped_script(bundle, tmp_path)
    assert gzip.decompress(zipped.read_bytes()) == bundle.script.read_bytes()
    assert zipped.stat().st_size < 1_600_000


def test_it_is_compressed_once(tmp_path: Path) -> None:
    first = zipped_script(plotly_bundle(), tmp_path).stat().st_mtime_ns
    assert zipped_script(plotly_bundle(), tmp_path).stat().st_mtime_ns == first
    assert [file.suffix for file in (tmp_path / "cache").iterdir()] == [".gz"]


def test_the_styles_are_rules_of_the_script_that_is_installed() -> None:
    styles = plotly_bundle().styles
    assert ".js-plotly-plot .plotly .main-svg{position:absolute;" in styles
    assert ".plotly-notifier p{margin:0;}" in styles
    assert styles.count("{") == styles.count("}") > 40


def test_selectors_and_values_in_either_quote_are_read() -> None:
    script = """x={"X,X div":'font:"Open Sans";',Y:"margin:0;"};for(k in x)"""
    assert global_styles(script) == (
        '.js-plotly-plot .plotly,.js-plotly-plot .plotly div{font:"Open Sans";}\n.plotly-notifier{margin:0;}\n'
    )


def test_a_build_that_keeps_its_styles_elsewhere_is_refused() -> None:
    with pytest.raises(NoChartScript, match="styles elsewhere"):
        global_styles("nothing here")
