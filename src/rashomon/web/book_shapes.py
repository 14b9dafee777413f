"""What the answers about the books are made of: control, pledges, forecasts, names. Spans and quotes as in `shapes`."""

from __future__ import annotations

import msgspec

from ..records import Feature
from .shapes import Article, Quote

Days = tuple[str | None, str | None]


class ControlPlace(msgspec.Struct, frozen=True):
    """A place that statements of control speak of. Degrees and km; `part_of`: id of the larger place; `depth`: how many larger
    places of the list it lies in. `first` to `last`: the days that statements speak of."""

    id: str
    name: str
    names: tuple[str, ...]
    area: bool
    lat: float | None
    lon: float | None
    radius_km: float | None
    part_of: str | None
    depth: int
    statements: int
    sources: int
    documents: int
    contested: int
    first: str | None
    last: str | None
    holders: tuple[str, ...]


class ControlPlaces(msgspec.Struct, frozen=True):
    """The places, each followed by its parts. `unsure`: documents left out because it is not known whether they had appeared;
    `held_back`: statements left out as their report may have appeared in the last `delay_days`."""

    places: tuple[ControlPlace, ...]
    unsure: tuple[Article, ...]
    held_back: int
    delay_days: int


class ControlStatement(msgspec.Struct, frozen=True):
    """One statement. `shape`: change, hold, attempted, predicted or denied; `says`: in short. `start` to `end`: the day of the
    change (`dated`), or of the report as of which it is so; `drawn`: its days in the picture, None where they are not known well
    enough. `copies`: documents with the same text. `against`: keys of the statements that contradict it."""

    key: str
    shape: str
    says: str
    before: str | None
    after: str | None
    part: bool
    start: str | None
    end: str | None
    dated: bool
    drawn: tuple[str, str] | None
    quote: Quote
    copies: tuple[str, ...]
    against: tuple[str, ...]


class ControlBar(msgspec.Struct, frozen=True):
    """A holder on some days, by the source; `letter` is the holder's sign; `earlier`: as the holder before a change."""

    start: str
    end: str
    holder: str
    letter: str
    earlier: bool


class ControlLane(msgspec.Struct, frozen=True):
    """What one source says of one place. `document` is set where the source is one of that document alone."""

    chain: tuple[str, ...]
    document: str | None
    bars: tuple[ControlBar, ...]
    statements: tuple[ControlStatement, ...]


class ControlSide(msgspec.Struct, frozen=True):
    """One side of a contested stretch; `negative`: it says only that it is not the other's holder."""

    holder: str
    negative: bool
    quotes: tuple[Quote, ...]


class ControlContest(msgspec.Struct, frozen=True):
    """Two sources name different holders for the same days. `sure` is false where the days are bounds; `carried`: b is later by
    a few days; `attempt`: one tells only of an attempt."""

    start: str
    end: str
    sure: bool
    carried: bool
    attempt: bool
    a: ControlSide
    b: ControlSide


class ControlPanel(msgspec.Struct, frozen=True):
    """A place or one of its parts, source by source."""

    place: ControlPlace
    lanes: tuple[ControlLane, ...]
    contests: tuple[ControlContest, ...]


class ControlHolder(msgspec.Struct, frozen=True):
    """A holder's letter and the names that stand for it."""

    letter: str
    names: tuple[str, ...]


class ControlOn(msgspec.Struct, frozen=True):
    """What a source's latest statement says for the day asked for; `start` to `end`: as of when, or when the change was."""

    place: str
    chain: tuple[str, ...]
    holder: str
    negative: bool
    ground: str
    start: str
    end: str
    quote: Quote


class ControlPage(msgspec.Struct, frozen=True):
    """A place over time, with its parts. `larger`: the places that it lies in, the nearest first. `held_back`: statements of the
    ledger left out as their report may have appeared in the last `delay_days`."""

    place: ControlPlace
    larger: tuple[ControlPlace, ...]
    panels: tuple[ControlPanel, ...]
    holders: tuple[ControlHolder, ...]
    on: tuple[ControlOn, ...]
    undrawn: int
    after_days: int
    articles: tuple[Article, ...]
    unsure: tuple[Article, ...]
    held_back: int
    delay_days: int


class Wording(msgspec.Struct, frozen=True):
    """Words for one thing, and the names of the voices that have them."""

    text: str
    voices: tuple[str, ...]


class VoiceRow(msgspec.Struct, frozen=True):
    """One voice with its sentences; `copies`: documents that have the same text, no further voices."""

    name: str
    chain: tuple[str, ...]
    quotes: tuple[Quote, ...]
    copies: tuple[str, ...]


class StatusRow(msgspec.Struct, frozen=True):
    """What a voice says became of a pledge. `features`: why it is taken to speak of this one."""

    status: str
    voice: str
    published: Days
    when: Days
    quote: Quote
    features: tuple[Feature, ...]
    copies: tuple[str, ...]


class PledgeRow(msgspec.Struct, frozen=True):
    """One pledge. `standing`: unresolved where nobody says what became of it, contested where voices differ, else said."""

    id: str
    kinds: tuple[Wording, ...]
    by: tuple[Wording, ...]
    to: tuple[Wording, ...]
    terms: tuple[Wording, ...]
    conditions: tuple[Wording, ...]
    deadlines: tuple[Wording, ...]
    durations: tuple[Wording, ...]
    places: tuple[Wording, ...]
    day: Days
    voices: tuple[VoiceRow, ...]
    standing: str
    said: tuple[StatusRow, ...]


class Standings(msgspec.Struct, frozen=True):
    """How many of the selection stand how."""

    unresolved: int
    said: int
    contested: int


class PledgePage(msgspec.Struct, frozen=True):
    """Pledges by day, a page of them. `found`: how many in all; `next`: where the next page begins, None after the last."""

    found: int
    standings: Standings
    pledges: tuple[PledgeRow, ...]
    next: int | None
    articles: tuple[Article, ...]
    unsure: tuple[Article, ...]


class BearingRow(msgspec.Struct, frozen=True):
    """A later claim set beside a forecast: a proposal, no outcome. `stance`: for, against, or after its horizon."""

    stance: str
    sort: str
    published: Days
    when: Days
    quote: Quote
    features: tuple[Feature, ...]
    copies: tuple[str, ...]


class OutcomeRow(msgspec.Struct, frozen=True):
    """How a forecast came out, as a person says; `holds` is false for what the same person changed since."""

    outcome: str
    person: str
    note: str | None
    decided: str
    holds: bool


class ForecastRow(msgspec.Struct, frozen=True):
    """One forecast. `certainty`: an interval of probability after a published scale; `outcome` is always people's word."""

    id: str
    forecaster: str
    statement: str
    horizon: Days | None
    condition: str | None
    certainty_words: str | None
    certainty: tuple[float, float] | None
    topic: str | None
    voices: tuple[VoiceRow, ...]
    bearings: tuple[BearingRow, ...]
    outcome: str
    outcomes: tuple[OutcomeRow, ...]


class ForecastPage(msgspec.Struct, frozen=True):
    """Forecasts by day of publication, a page of them. `open`: of how many nobody has said how they came out."""

    found: int
    open: int
    forecasts: tuple[ForecastRow, ...]
    next: int | None
    articles: tuple[Article, ...]
    unsure: tuple[Article, ...]


class NameMonth(msgspec.Struct, frozen=True):
    """Mentions and documents of a month ("2016-09"; None where the day of publication does not lie in one), without those
    `carried` from a text that was published before. `quotes`: the first of them."""

    month: str | None
    mentions: int
    documents: int
    carried: int
    quotes: tuple[Quote, ...]


class NameRow(msgspec.Struct, frozen=True):
    """What one voice calls one actor (None: the text does not tell who is meant). `voice`: "own" is the outlet's, "quoted" the
    `speaker`'s."""

    actor: str | None
    words: str
    outlet: str
    voice: str
    speaker: str | None
    months: tuple[NameMonth, ...]


class NameUsed(msgspec.Struct, frozen=True):
    """An outlet's commonest word of a month: `mentions` of `of`."""

    month: str
    words: str
    mentions: int
    of: int
    quote: Quote


class NameShift(msgspec.Struct, frozen=True):
    """An outlet's own word for an actor that changed between two months."""

    outlet: str
    actor: str
    before: NameUsed
    after: NameUsed


class NamingPage(msgspec.Struct, frozen=True):
    """Who calls whom what, by actor, outlet and voice; `found`: rows in all, of which the first are here."""

    found: int
    months: tuple[str, ...]
    rows: tuple[NameRow, ...]
    shifts: tuple[NameShift, ...]
    articles: tuple[Article, ...]
    unsure: tuple[Article, ...]
