"""Events of a document, and what its sentences state of control, the future, pledges and names."""

from .coder import Coded, code

__all__ = ["Coded", "code"]
