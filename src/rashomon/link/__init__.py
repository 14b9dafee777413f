"""Across documents: which are about one happening, which copy each other, and which events are one incident."""

from .dates import ledger_date
from .happenings import Happening, happenings
from .incidents import group_happenings
from .reuse import Passage, Shingles, covered, passages, shingles
from .sketch import Sketch, sketch, sketch_reading
from .stories import link_stories, stories_from, story_scores, touched

__all__ = [
    "Happening", "Passage", "Shingles", "Sketch", "covered", "group_happenings", "happenings", "ledger_date", "link_stories",
    "passages", "shingles", "sketch", "sketch_reading", "stories_from", "story_scores", "touched",
]
