"""Time expressions: found by a grammar of our own (`Grammar`), resolved against their reference days (`Resolver`)."""

from .finder import Grammar
from .resolver import Resolver

__all__ = ["Grammar", "Resolver"]
