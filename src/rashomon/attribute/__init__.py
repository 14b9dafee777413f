"""Who says what, through whom, how surely: attributions found and chained."""

from .candidate import Candidate, Tagger
from .stage import attribute
from .tagger import SyntaxTagger

__all__ = ["Candidate", "SyntaxTagger", "Tagger", "attribute"]
