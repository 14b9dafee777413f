"""Who takes part and who speaks: every name, description and safe pronoun of a document, tied to an entity.

    entities, mentions = resolve(text, layout, syntax, publication, Lexicon.load())
"""

from .resolver import resolve

__all__ = ["resolve"]
