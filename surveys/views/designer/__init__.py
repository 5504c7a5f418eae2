"""Pages on which questionnaires are written. Importing this package gives the blueprint all its routes."""

from surveys.views.designer import (
    bank,
    bring,
    checks,
    overview,
    page_settings,
    preview,
    questions,
    saves,
    take,
    together,
    translations,
    ways,
)
from surveys.views.designer.blueprint import designer

__all__ = [
    "bank",
    "bring",
    "checks",
    "designer",
    "overview",
    "page_settings",
    "preview",
    "questions",
    "saves",
    "take",
    "together",
    "translations",
    "ways",
]
