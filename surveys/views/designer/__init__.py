"""Pages on which questionnaires are written. Importing this package gives the blueprint all its routes."""

from surveys.views.designer import checks, overview, page_settings, preview, questions, saves
from surveys.views.designer.blueprint import designer

__all__ = ["checks", "designer", "overview", "page_settings", "preview", "questions", "saves"]
