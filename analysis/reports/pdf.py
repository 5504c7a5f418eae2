"""The board pack as a tagged PDF (PDF/UA-1), drawn from a template; it fetches nothing from anywhere."""

import base64
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from flask import render_template

from analysis.figures import Figure
from analysis.reports import composing
from analysis.reports.composing import BoardPack
from stakeholder.errors import Invalid
from stakeholder.web.shell import STATIC


def pdf(pack: BoardPack, *, language: str = "en") -> bytes:
    """The pack as PDF. Raises Invalid where the library that makes it is not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except ImportError as missing:
        raise Invalid("PDF files need the extra 'documents': run 'make documents' to add it.") from missing

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Reads fonts of this product and pictures inside the page, nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The file. Raises ValueError for any other address."""
            own = url.startswith("file:") and url2pathname(urlsplit(url).path).startswith(str(STATIC))
            if not (own or url.startswith("data:")):
                raise ValueError("A report fetches nothing.")
            return super().fetch(url, headers)

    page = render_template("analysis/board_pack.html", pack=pack, say=composing, picture=picture, language=language)
    document = HTML(string=page, base_url=STATIC.as_uri() + "/", url_fetcher=OwnFilesOnly())
    written = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return bytes(written)


def picture(figure: Figure) -> str:
    """A figure's wide drawing as an address that holds it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(str(figure.wide_svg).encode()).decode()
