"""Pages on which questionnaires are written. Importing this package gives the blueprint all its routes."""

from surveys.views.designer import (
    bank,
    checks,
    overview,
    page_settings,
    preview,
    questions,
    saves,
    together,
    translations,
    ways,
)
from surveys.views.designer.blueprint import designer

__all__ = [
    "bank",
    "checks",
    "designer",
    "overview",
    "page_settings",
    "preview",
    "questions",
    "saves",
    "together",
    "translations",
    "ways",
]
