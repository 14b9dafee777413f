"""Across documents: which are about one happening, which copy each other, and which events are one incident."""

from .dates import ledger_date
from .happenings import Happening, happenings
from .incidents import group_happenings
from .postings import Postings, near_of
from .reuse import Passage, Shingles, covered, passages, shingles
from .sketch import Sketch, days_of, packed, sketch, sketch_reading, unpacked
from .stories import candidates, link_stories, scores_with, stories_of

__all__ = [
    "Happening", "Passage", "Postings", "Shingles", "Sketch", "candidates", "covered", "days_of", "group_happenings",
    "happenings", "ledger_date", "link_stories", "near_of", "packed", "passages", "scores_with", "shingles", "sketch",
    "sketch_reading", "stories_of", "unpacked",
]
