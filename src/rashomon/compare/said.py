"""What a voice says of an attack beside its events, before it is known which attack that is."""

from __future__ import annotations

import msgspec

from ..records import Quantity, Span
from ..records.incident import Field
from .things import Thing
from .voices import Voice
from .whens import When
from .wheres import Where


class Said(msgspec.Struct, frozen=True):
    """A statement of one value. `inside`: its own words; `names`: who is blamed or cleared, or what is named.

    `corrects`: it is given as what is right instead of what was said before; `former`: as what was wrong.
    """

    voice: Voice
    field: Field
    text: str
    span: Span
    inside: tuple[Span, ...]
    names: frozenset[str]
    negative: bool
    thing: Thing | None = None
    quantity: Quantity | None = None
    thin: bool = False
    corrects: bool = False
    former: bool = False
    where: Where | None = None
    when: When | None = None
