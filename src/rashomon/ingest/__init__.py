"""Files, folders and standard input into documents: exact text, original bytes, and what the carrier says."""

from .documents import documents
from .dyads import marked_pairs
from .language import Languages

__all__ = ["Languages", "documents", "marked_pairs"]
