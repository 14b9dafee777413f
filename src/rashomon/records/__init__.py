"""The words that everybody in Rashomon uses: frozen records joined by spans and ids. No I/O here."""

from .arrival import Arrival, Unopened
from .codec import from_json, schema, to_json
from .decision import Anchor, Decision
from .dependents import Dependents
from .document import Document, RawDocument, digest, span_key
from .expression import Expression, Meaning
from .ground import Ground, distance_km, gap_km, ground, holds
from .grouping import EventGroup
from .incident import Account, Citation, Comparison, Feature, FieldValue, Incident, Merge, Story, Tally, TollFigure
from .judged import (
    CHOICES,
    CLAIM_FIELDS,
    EVENT_FIELDS,
    JUDGED_FIELDS,
    SPAN_FIELDS,
    anchor_of,
    judged,
    problem_with,
    spans_of,
    spelled,
    trigger_of,
    unsaid,
)
from .judgement import Judgement, Verdict
from .keys import claim_keys, event_keys, statement_keys
from .layout import Block, Boilerplate, Clue, Evidence, Layout, Metadata, Publication
from .ledger_date import DateClue, LedgerDate
from .lineage import PassageKind, RepeatedLine, Reuse, ReuseKind, SharedPassage
from .marked_pair import MarkedPair
from .mention import Mention, Resolved
from .moment import Moment
from .precision import acled_time_precision, days_of, ucdp_date_precision
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
from .revision import Revision, RevisionKind
from .sentences import sentence_around
from .span import Span, covered_share
from .stated import BOOKS, Book, Said, Stated
from .syntax import Sentence, Syntax, Token
from .tagged import Tagged

__all__ = [
    "BOOKS", "CHOICES", "CLAIM_FIELDS", "EVENT_FIELDS", "JUDGED_FIELDS", "SPAN_FIELDS",
    "Account", "Actor", "Anchor", "Arrival", "Block", "Boilerplate", "Book",
    "Citation", "Claim", "Clue", "Comparison", "Control", "DateClue", "Decision", "Dependents", "Document", "Entity", "Event",
    "EventGroup", "EventPlace", "EventTime", "Evidence", "Expression", "Feature", "FieldValue", "Forecast", "Ground", "Incident",
    "Interval", "Judgement", "Layout", "LedgerDate", "MadeBy", "MarkedPair", "Meaning", "Mention", "Merge", "Metadata", "Moment",
    "Naming", "PassageKind", "Place", "Pledge", "Publication", "Quantity", "RawDocument", "Reading", "RepeatedLine", "Resolved",
    "Reuse", "ReuseKind", "Revision", "RevisionKind", "Said", "Sentence", "SharedPassage", "Span", "Stated", "Story", "Syntax",
    "Tagged", "Tally", "TimeMention", "Token", "TollFigure", "Unopened", "Verdict", "acled_time_precision", "anchor_of",
    "claim_keys", "covered_share", "days_of", "digest", "distance_km", "event_keys", "from_json", "gap_km", "ground", "holds",
    "judged", "problem_with", "schema", "sentence_around", "span_key", "spans_of", "spelled", "statement_keys", "to_json",
    "trigger_of", "ucdp_date_precision", "unsaid",
]
