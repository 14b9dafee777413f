"""One statement of a forecast, made ready to be set beside others and beside what came after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ..knowledge.forecast_book import ForecastBook
from ..knowledge.rarity import Rarity
from ..records import Feature, Forecast, Ground, Reading, Stated, event_keys, ground, sentence_around
from ..records.span import Span
from .later import country_of
from .likeness import Parties, Reason, alike, best_where, far, features, gap, stems
from .voices import Copies

_WORD = re.compile(r"n['’]t\b|[^\W_]+(?:-[^\W_]+)*")


class Outlook(msgspec.Struct, frozen=True):
    """A stated forecast with what its document adds. `forecaster` is who foretells it: the publisher where it is its own.

    `topic` is what is foretold, by the names of forecast_book.yaml; `actions` those of the events in its words; `negative`: that
    it will not be. `figure` is the toll told with it. `words` are small, with those of the sentence before where it begins with a
    pronoun.
    """

    stated: Stated[Forecast]
    sentence: str
    forecaster: str
    words: str
    stems: Mapping[str, float]
    topic: str | None = None
    actions: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    places: tuple[tuple[str, Ground | None], ...] = ()
    country: str | None = None
    negative: bool = False
    figure: float | None = None
    events: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The statement's key."""
        return self.stated.key

    @property
    def forecast(self) -> Forecast:
        """What is stated."""
        return self.stated.said


def outlooks(
    stated: Sequence[Stated[Forecast]], reading: Reading, book: ForecastBook, rarity: Rarity, tolls: frozenset[str]
) -> Iterator[Outlook]:
    """What one document foretells, in the order given, with what its current reading adds. `tolls`: what is counted in a toll."""
    country = country_of(reading)
    quantities = [*reading.quantities, *(quantity for event in reading.events for quantity in event.quantities)]
    for each in stated:
        keys = event_keys(each.citation.document, reading.events)
        span = each.said.span
        inside = [event for event in reading.events if span.covers(event.trigger) and event.region == "body"]
        places = [(event.place.name, ground(event.place)) for event in inside if event.place]
        for place in reading.places:
            if span.covers(place.span) and place.locative and place.lat is not None and place.lon is not None:
                places.append((place.name, Ground(place.lat, place.lon, place.radius_km or 5.0, place.name)))
        ahead = [
            event for event in inside
            if event.modality != "asserted" and _foretold(reading.text, event.trigger, each.said, book)
        ]
        figures = [
            quantity.high or quantity.low or 0.0 for quantity in quantities
            if each.citation.sentence.covers(quantity.span) and quantity.what.lower() in tolls
        ]
        yield outlook(
            each, reading.text, book, rarity, actions=tuple(dict.fromkeys(event.action for event in ahead)),
            parties=tuple(dict.fromkeys(
                actor.name for event in inside for actor in (*event.actors, *event.recipients) if actor.name
            )),
            places=tuple(dict.fromkeys(places)), country=country, figure=max(figures, default=None),
            events=tuple(keys[event.id] for event in inside),
        )


def outlook(
    stated: Stated[Forecast], text: str, book: ForecastBook, rarity: Rarity, *, actions: tuple[str, ...] = (),
    parties: tuple[str, ...] = (), places: tuple[tuple[str, Ground | None], ...] = (), country: str | None = None,
    figure: float | None = None, events: tuple[str, ...] = (),
) -> Outlook:
    """One stated forecast of that document's text."""
    said = stated.said
    told = f"{said.statement} {said.certainty_words or ''}"
    tokens = _WORD.findall(told.lower())
    content = said.statement
    if tokens and tokens[0] in book.pronouns:
        content = f"{_before(text, stated.citation.sentence, said.span)} {content}"
    words = f" {' '.join(_WORD.findall(content.lower()))} "
    topic = book.topic_of(words, placed=bool(places))
    negators = [token for token in _WORD.findall(f"{said.span.of(text)} {told}".lower()) if token in book.negators]
    chain = stated.citation.chain
    own = chain[-1] if chain else stated.publisher or "unknown publisher"
    return Outlook(
        stated, stated.citation.sentence.of(text), said.forecaster or own, words,
        stems(content, rarity, set(stems(" ".join(book.idle), rarity))), topic.name if topic else None, actions, parties, places,
        country, bool(negators), figure, events,
    )


def _foretold(text: str, trigger: Span, said: Forecast, book: ForecastBook) -> bool:
    """Does the trigger stand close after a modal? "The attack would be a crime" foretells no attack."""
    modals = book.modals | set((said.certainty_words or "").lower().split())
    between = _WORD.findall(text[said.span.start : trigger.start].lower())
    last = max((at for at, word in enumerate(between) if word in modals), default=None)
    return last is not None and sum(word not in book.idle and word not in modals for word in between[last + 1 :]) <= book.reach


def _before(text: str, sentence: Span, span: Span) -> str:
    """What a pronoun at the start of the span may mean: the sentence up to there, else the one before it in its paragraph."""
    if text[sentence.start : span.start].strip(" \t\u00a0\"'“”‘’"):
        return text[sentence.start : span.start]
    at = sentence.start - 1
    while at >= 0 and text[at] in " \t\u00a0":
        at -= 1
    if at < 0 or text[at] in "\r\n":
        return ""
    return sentence_around(text, Span(at, at + 1)).of(text)


def reasons(a: Outlook, b: Outlook, book: ForecastBook, parties: Parties, copies: Copies) -> tuple[Feature, ...]:
    """The reasons for and against two statements being one forecast, with their weights. Symmetric in a and b."""
    a, b = sorted((a, b), key=lambda one: one.key)
    same = parties.one(a.forecaster, b.forecaster) and parties.identified(a.forecaster)
    found: list[Reason | None] = [(
        "same forecaster" if same else "other forecaster", 1.0, " and ".join(sorted({a.forecaster, b.forecaster}))
    )]
    found.append(_horizons(a, b))
    if a.topic is not None and a.topic == b.topic:
        found.append(("same topic", 1.0, a.topic))
    found += [best_where(a.places, b.places), parties.compare(a.parties, b.parties)]
    apart = gap(a.stated.published, b.stated.published)
    if apart:
        found.append(("reports apart", far(apart), f"the reports are {apart} day{'s' * (apart > 1)} apart"))
    if a.stated.citation.document == b.stated.citation.document:
        found.append(("one document", 1.0, "one document tells of both"))
    elif a.stated.story is not None and a.stated.story == b.stated.story:
        found.append(("same story", 1.0, "the documents are of one story"))
    value, shared = alike(a.stems, b.stems)
    if value:
        found.append(("terms alike", value, f"the words are alike by {value:.2f} ({', '.join(shared[:5])})"))
    if a.negative != b.negative:
        found.append(("turned round", 1.0, "one says that it will be, the other that it will not"))
    if copies.same(a.stated.citation, b.stated.citation):
        found.append(("copied text", 1.0, "the sentence stands in both documents word for word"))
    return features(found, book.join.weights)


def _horizons(a: Outlook, b: Outlook) -> Reason | None:
    first, second = a.forecast.horizon, b.forecast.horizon
    if first is None or second is None:
        return None
    told = " and ".join(sorted({f"{each.start} to {each.end}" for each in (first, second)}))
    ends = gap((first.end, first.end), (second.end, second.end))
    if ends is not None and ends <= 1:
        return "same horizon", 1.0, f"until {max(first.end, second.end)}"
    apart = gap((first.start, first.end), (second.start, second.end))
    return "horizons overlap" if apart == 0 else "other horizon", 1.0, told
