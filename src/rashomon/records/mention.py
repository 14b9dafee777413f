"""What the stages hand one another between text and reading."""

from __future__ import annotations

import msgspec

from .reading import Entity, Place, TimeMention
from .span import Span
from .vocabulary import EntityKind


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A span that names or points at somebody.

    `head` is the index of its syntactic head token, `entity` the id in the document's entities. `pronoun` and
    `description` ("the group") say that the name was found by context; `modifier` that it only modifies another noun
    ("Turkish" in "Turkish military"): such a mention names the entity but is no argument by itself.
    """

    span: Span
    head: int
    entity: str
    name: str
    kind: EntityKind
    pronoun: bool = False
    description: bool = False
    modifier: bool = False
    confidence: float = 1.0


class Resolved(msgspec.Struct, frozen=True):
    """The document's names, places and times, each tied to its span. Mentions are in text order."""

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
    times: tuple[TimeMention, ...]

    def entity(self, key: str) -> Entity:
        """The entity with that id; KeyError when there is none."""
        for entity in self.entities:
            if entity.id == key:
                return entity
        raise KeyError(key)
