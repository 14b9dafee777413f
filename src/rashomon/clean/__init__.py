"""What of a text is the article, what is page furniture, and what both say of the document."""

from .describe import describe
from .layout import lay_out

__all__ = ["describe", "lay_out"]
