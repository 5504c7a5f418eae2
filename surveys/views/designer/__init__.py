"""Pages on which questionnaires are written. Importing this package gives the blueprint all its routes."""

from surveys.views.designer import overview, page_settings, questions, saves
from surveys.views.designer.blueprint import designer

__all__ = ["designer", "overview", "page_settings", "questions", "saves"]
