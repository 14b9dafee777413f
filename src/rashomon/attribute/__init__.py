"""Who says what, through whom, how surely: attributions found and chained."""

from .stage import attribute

__all__ = ["attribute"]
