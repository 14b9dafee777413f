"""Sentences, tokens, syntax and name types of a laid-out text."""

from .annotator import Annotator

__all__ = ["Annotator"]
