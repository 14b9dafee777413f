"""Where: every place name of a document, resolved by the company it keeps, with its extent and its precision.

    places = resolve(text, layout, syntax, Places.load())
"""

from .resolver import resolve

__all__ = ["resolve"]
