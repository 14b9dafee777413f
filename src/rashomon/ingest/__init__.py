"""Files, folders and standard input into documents: exact text, original bytes, and what the carrier says."""

from .documents import documents, found
from .dyads import marked_pairs
from .language import Languages
from .single import Singles

__all__ = ["Languages", "Singles", "documents", "found", "marked_pairs"]
