"""Editions: results counted once, admitted cell by cell, frozen, and read back by every page."""

from analysis.editions.building import build_edition, count_wave, freeze
from analysis.editions.reading import AudienceView, EditionSummary, EditionView, list_editions, load_edition
from analysis.editions.rounding_keys import keep_rounding_key

__all__ = [
    "AudienceView",
    "EditionSummary",
    "EditionView",
    "build_edition",
    "count_wave",
    "freeze",
    "keep_rounding_key",
    "list_editions",
    "load_edition",
]
