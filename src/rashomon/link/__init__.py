"""Across documents: which are about one happening, which copy each other, and which events are one incident."""

from .dates import ledger_date
from .decided import Decided, found_in, tied, ties, torn
from .happenings import Happening, happenings
from .incidents import group_happenings
from .kin import By, Own, own_of, shared_text
from .likes import pairs_in, sign_pairs, trace
from .postings import Postings, near_of
from .prints import Print, packed_print, print_of, unpacked_print
from .regions import Region, Surroundings, region
from .reuse import Passage, Shingles, covered, passages, shingles
from .sketch import Sketch, days_of, packed, sketch, sketch_reading, unpacked
from .stories import candidates, link_stories, scores_with, stories_of

__all__ = [
    "By", "Decided", "Happening", "Own", "Passage", "Postings", "Print", "Region", "Shingles", "Sketch", "Surroundings",
    "candidates", "covered",
    "days_of", "found_in", "group_happenings", "happenings", "ledger_date", "link_stories", "near_of", "own_of", "packed",
    "packed_print", "pairs_in", "passages", "print_of", "region", "scores_with", "shared_text", "shingles", "sign_pairs",
    "sketch", "sketch_reading",
    "stories_of", "tied", "ties", "torn", "trace", "unpacked", "unpacked_print",
]
