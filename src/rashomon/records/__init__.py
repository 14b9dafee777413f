"""The words that everybody in Rashomon uses: frozen records joined by spans and ids. No I/O here."""

from .arrival import Arrival
from .codec import from_json, schema, to_json
from .document import Document, RawDocument, digest, span_key
from .expression import Expression, Meaning
from .incident import Account, Citation, Comparison, Feature, FieldValue, Incident, Merge, Story, Tally
from .keys import claim_keys, event_keys
from .layout import Block, Boilerplate, Clue, Evidence, Layout, Metadata, Publication
from .mention import Mention, Resolved
from .moment import Moment
from .reading import (
    Actor,
    Claim,
    Control,
    Entity,
    Event,
    EventPlace,
    EventTime,
    Forecast,
    Interval,
    MadeBy,
    Naming,
    Place,
    Pledge,
    Quantity,
    Reading,
    TimeMention,
)
from .span import Span
from .syntax import Sentence, Syntax, Token

__all__ = [
    "Account", "Actor", "Arrival", "Block", "Boilerplate", "Citation", "Claim", "Clue", "Comparison", "Control",
    "Document", "Entity", "Event", "EventPlace", "EventTime", "Evidence", "Expression", "Feature", "FieldValue",
    "Forecast", "Incident", "Interval", "Layout", "MadeBy", "Meaning", "Mention", "Merge", "Metadata", "Moment",
    "Naming", "Place", "Pledge", "Publication", "Quantity", "RawDocument", "Reading", "Resolved", "Sentence",
    "Span", "Story", "Syntax", "Tally", "TimeMention", "Token", "claim_keys", "digest", "event_keys", "from_json",
    "schema", "span_key", "to_json",
]
