"""Who takes part and who speaks: every name, description and safe pronoun of a document, tied to an entity.

    resolver = ActorResolver(load_actors())
    entities, mentions = resolver.resolve(text, layout, syntax, publication)
"""

from .resolver import ActorResolver

__all__ = ["ActorResolver"]
