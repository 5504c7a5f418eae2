"""Editions: results counted once, admitted cell by cell, frozen, and read back by every page."""

from analysis.editions.building import build_edition, count_wave, freeze
from analysis.editions.reading import AudienceView, EditionSummary, EditionView, list_editions, load_edition

__all__ = [
    "AudienceView",
    "EditionSummary",
    "EditionView",
    "build_edition",
    "count_wave",
    "freeze",
    "list_editions",
    "load_edition",
]
