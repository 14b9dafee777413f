"""The accounts of one incident side by side: who says what, through whom, and how their values stand to each other."""

from .contradictions import contradictions
from .incidents import FIELDS, build_incidents
from .origins import Origins, origins
from .pairs import Pair
from .tallies import tallies
from .tolls import tally_history, toll_history
from .voices import Source

__all__ = [
    "FIELDS", "Origins", "Pair", "Source", "build_incidents", "contradictions", "origins", "tallies", "tally_history",
    "toll_history",
]
