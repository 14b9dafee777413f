"""The reading: everything found in one document, each value with the span that it came from.

The field names are the keys of the published reading format; `export`ed JSON is these records and nothing else.
"""

from __future__ import annotations

import msgspec

from .layout import Boilerplate, Metadata
from .span import Span
from .vocabulary import (
    ActorRole,
    Bound,
    ClaimKind,
    ControlKind,
    Direction,
    EntityKind,
    EventType,
    HarmStatus,
    Hedge,
    Modality,
    Outcome,
    Part,
    PlacePrecision,
    PlaceRole,
    PledgeKind,
    PledgeStatus,
    Polarity,
    Region,
    Scope,
    Stance,
    TimeBasis,
    TimexType,
    Voice,
)

SCHEMA_VERSION = 1


class Interval(msgspec.Struct, frozen=True):
    """Days or instants from `start` to `end`, both included, ISO 8601. A vaguer date is a wider interval."""

    start: str
    end: str


class Claim(msgspec.Struct, frozen=True):
    """An attribution: who says it (`source` span, canonical `speaker`), by which cue, and what.

    `chain` runs from the publisher to the innermost speaker. `A0`, without source and cue, is the author's own voice.
    """

    id: str
    source: Span | None
    speaker: str | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: ClaimKind
    chain: tuple[str, ...]
    parent: str | None = None
    hedge: Hedge = "none"
    stance: Stance = "asserts"
    anonymous: bool = False
    confidence: float = 1.0


class Actor(msgspec.Struct, frozen=True):
    """A party to an event: as named in the text (`span`), or understood from it (null). `entity` points into `entities`."""

    span: Span | None
    name: str | None
    entity: str | None = None
    role: ActorRole = "named"


class Place(msgspec.Struct, frozen=True):
    """A place named in the text. Coordinates are null when it cannot be resolved; `radius_km` says how large it is.

    `locative` is false where the name is no where: a state that acts, an adjective, a modifier of another noun.
    """

    span: Span
    name: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    relation: str | None = None
    precision: PlacePrecision | None = None
    acled_precision: int | None = None
    ucdp_precision: int | None = None
    geonameid: int | None = None
    country: str | None = None
    confidence: float = 1.0
    locative: bool = True


class EventPlace(msgspec.Struct, frozen=True):
    """A place in its role in an event; `span` is null where the place is understood from an earlier mention."""

    role: PlaceRole
    span: Span | None
    name: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: PlacePrecision | None = None


class EventTime(msgspec.Struct, frozen=True):
    """When an event happened, and on what ground that is said."""

    start: str | None
    end: str | None
    basis: TimeBasis
    span: Span | None = None


class Quantity(msgspec.Struct, frozen=True):
    """A count as the text words it: `low` to `high` (null: open), and what it does and does not include.

    `words` are those of the number with its bound ("at least 30"), `span` those and the noun that is counted. `what` is the
    kind of harm, else the thing. `since` and `as_of` are days, ISO 8601, that the text gives.
    """

    span: Span
    what: str
    low: float | None
    high: float | None
    words: str = ""
    bound: Bound = "exact"
    status: HarmStatus = "unstated"
    side: str | None = None
    scope: Scope = "incident"
    since: str | None = None
    total_or_subset: Part = "total"
    counted_by: str | None = None
    as_of: str | None = None


class Event(msgspec.Struct, frozen=True):
    """Who did what to whom: a PLOVER root with our finer `action`, its parties, place, time and standing."""

    id: str
    trigger: Span
    type: EventType
    action: str
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    direction: Direction = "directed"
    place: EventPlace | None = None
    places: tuple[EventPlace, ...] = ()
    time: EventTime | None = None
    quantities: tuple[Quantity, ...] = ()
    modality: Modality = "asserted"
    polarity: Polarity = "positive"
    outcome: Outcome = "unknown"
    according_to: str | None = None
    cluster: str = ""
    region: Region = "body"
    confidence: float = 1.0


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something that the document speaks of, with every mention. `known_as` are the names it goes by here."""

    id: str
    name: str
    kind: EntityKind
    mentions: tuple[Span, ...]
    known_as: tuple[str, ...] = ()
    confidence: float = 1.0


class TimeMention(msgspec.Struct, frozen=True):
    """A TIMEX3 expression, resolved against its own reference day. `vague` marks PRESENT_REF and its like."""

    span: Span
    type: TimexType
    value: str
    start: str | None = None
    end: str | None = None
    relative_to: str | None = None
    vague: bool = False


class Forecast(msgspec.Struct, frozen=True):
    """A statement about what will happen; `horizon` only where the text bounds it.

    `certainty` is the interval of probability, 0 to 1, that a published scale gives the certainty words
    (`knowledge/forecasts.yaml`); null where the scale has no such word. `statement_span` is where the statement stands,
    inside `span`.
    """

    span: Span
    forecaster: str | None
    statement: str
    horizon: Interval | None = None
    condition: str | None = None
    certainty_words: str | None = None
    attribution: str | None = None
    certainty: tuple[float, float] | None = None
    statement_span: Span | None = None


class Pledge(msgspec.Struct, frozen=True):
    """An agreement, ceasefire, demand, offer and so on, with its status as the text gives it.

    `by` and `to` are names, joined by "; ". `status` is in the text's words and `outcome` what they come to, null where nothing
    is said; `status_by` is whose words they are ("author" for the document's own voice) and `status_span` where they stand.
    `deadline` is the last day, ISO 8601. `also_called` are words for another kind of act by which somebody calls the same one.
    """

    span: Span
    kind: PledgeKind
    by: str | None
    to: str | None
    terms: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    deadline: str | None = None
    status: str | None = None
    attribution: str | None = None
    outcome: PledgeStatus | None = None
    status_by: str | None = None
    status_span: Span | None = None
    duration: str | None = None
    place: str | None = None
    also_called: tuple[str, ...] = ()


class Naming(msgspec.Struct, frozen=True):
    """A loaded or contested name, and whose word it is. `indirect_of`: in whose indirect speech the author uses it."""

    span: Span
    actor: str
    label: str
    voice: Voice
    speaker: str | None
    attribution: str | None = None
    indirect_of: str | None = None


class Control(msgspec.Struct, frozen=True):
    """Who is said to hold, take, attempt or lose a place. `date` is null for a state described as of the report.

    `place` is in words of the text. `part`: of the place in `within`, or (without it) no more than that somebody entered
    `place`. `denied`: the speaker says that it is not so. `resolved_from`: the words ("all the gains") that the place was
    found for. Coordinates, `radius_km` and `geonameid` are those of the named place that it is or lies in.
    """

    span: Span
    place: str
    lat: float | None
    lon: float | None
    before: str | None
    after: str | None
    date: Interval | None
    kind: ControlKind
    according_to: str | None
    part: bool = False
    within: str | None = None
    denied: bool = False
    resolved_from: str | None = None
    radius_km: float | None = None
    geonameid: int | None = None


class MadeBy(msgspec.Struct, frozen=True):
    """Digests of what made a reading: two readings with equal `made_by` and text are byte-equal."""

    code: str
    knowledge: str
    models: str
    extractor: str | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything found in one document. Depends on that document, the knowledge files and the model files alone."""

    id: str
    source: str
    text: str
    text_sha256: str
    schema: int = SCHEMA_VERSION
    made_by: MadeBy
    document: Metadata
    body: tuple[Span, ...]
    boilerplate: tuple[Boilerplate, ...]
    attributions: tuple[Claim, ...]
    events: tuple[Event, ...]
    quantities: tuple[Quantity, ...]
    entities: tuple[Entity, ...]
    places: tuple[Place, ...]
    times: tuple[TimeMention, ...]
    forecasts: tuple[Forecast, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    naming: tuple[Naming, ...] = ()
    control: tuple[Control, ...] = ()
