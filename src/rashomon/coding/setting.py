"""Where and when: the places and times that the grammar ties to an event, and those that a reader understands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from ..knowledge.setting import SettingWords
from ..records import Event, EventPlace, EventTime, Place, Span
from ..records.vocabulary import EventType
from .locating import Locating, as_event_place
from .scene import Scene
from .timing import Timing
from .triggers import Trigger

# What happens on the ground goes on where the paragraph said; talks and accusations may be anywhere.
ON_THE_GROUND: frozenset[EventType] = frozenset({"ASSAULT", "MOBILIZE", "YIELD", "COERCE", "PROTEST"})
_DAYS_CARRIED = 2  # a telling goes on from one day or one night, not from a month
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_STANDING = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "conj", "appos", "attr", "npadvmod"})


class Setting(msgspec.Struct, frozen=True):
    """Places of an event with their roles, the main one first, and its time if the text gives one."""

    places: tuple[EventPlace, ...]
    time: EventTime | None


def find(locating: Locating, timing: Timing, trigger: Trigger, parties: Collection[Span], *, asserted: bool) -> Setting:
    """Place and time of the event; those understood from other mentions and sentences are joined later, by cluster.

    Who is a party is no place: the agreement "between the U.S. and Russia" is not in the United States.
    """
    places = tuple(place for place in locating.of(trigger, asserted=asserted) if place.span not in parties)
    return Setting(places, timing.of(trigger, asserted=asserted))


def understood(
    scene: Scene, triggers: Sequence[Trigger], events: Sequence[Event], timing: Timing, words: SettingWords
) -> list[Event]:
    """Events without a place or a time of their own, given what the text lets the reader understand, without a span.

    A time is that of another mention of the same event; in a telling that goes on in the simple past, the day last told of in the
    paragraph; else, for what is told as having happened, no more than that it was not after the report. A place is, in
    this order, the place of another mention of the same event; the only place of its sentence; for what happens on the ground,
    the place of the last such event before it in the same paragraph.
    """
    by_cluster: dict[str, EventPlace] = {}
    times: dict[str, EventTime] = {}
    for event in events:
        if event.time is not None:
            times.setdefault(event.cluster, event.time)
        if event.place is not None:
            by_cluster.setdefault(event.cluster, event.place)
    day = _Days(scene, timing)
    ground = _Ground(scene, words)
    found: list[Event] = []
    for trigger, event in zip(triggers, events, strict=True):
        carried = day.carried(trigger, event)
        place = ground.place(trigger, event, by_cluster.get(event.cluster))
        if event.place is None and place is not None:
            event = msgspec.structs.replace(event, place=msgspec.structs.replace(place, span=None, role="where"))
        time = event.time
        if time is None:
            # What goes on now was not over on the day of another mention.
            known = (None if day.present(trigger) else times.get(event.cluster)) or carried
            if known is not None:
                time = msgspec.structs.replace(known, span=None, basis="anchored")
            elif event.modality == "asserted":
                time = timing.bound()
            else:
                time = EventTime(None, None, "unknown")
            event = msgspec.structs.replace(event, time=time)
        found.append(event)
    return found


class _Days:
    """The day that a telling goes on from: that of the last event told in the simple past, in one voice and one paragraph."""

    def __init__(self, scene: Scene, timing: Timing) -> None:
        self._scene = scene
        self._timing = timing
        self._block: int | None = None
        self._day: EventTime | None = None
        self._voice: str | None = None
        self._sentence = -1
        self._times: dict[int, bool] = {}

    def carried(self, trigger: Trigger, event: Event) -> EventTime | None:
        """The day carried to this event, if any; notes the event's own."""
        sentence = self._scene.syntax.sentence_of(trigger.head)
        if sentence.block != self._block or event.according_to != self._voice:
            self._day = None
        self._block, self._voice = sentence.block, event.according_to
        told = self._told(trigger, event)
        if event.time is not None:
            if told:
                self._day = event.time if _short(event.time) else None
                self._sentence = sentence.first
            return None
        # A sentence with a time of its own goes by that, or by none.
        if not told or self._day is None or (sentence.first != self._sentence and self._timed(sentence.first, sentence.last)):
            return None
        return self._day

    def present(self, trigger: Trigger) -> bool:
        """True for a deed told in the present tense."""
        if trigger.noun:
            return False
        tokens = self._scene.tokens
        group = [tokens[trigger.head], *(tokens[at] for at in self._scene.grammar.under(trigger.head, "aux", "auxpass"))]
        return any(token.tag in {"VBZ", "VBP"} and token.lemma != "have" for token in group)

    def _told(self, trigger: Trigger, event: Event) -> bool:
        """Told as what happened then and there: an asserted verb in the simple past, not in the perfect, not in a side clause."""
        if event.modality != "asserted" or event.type not in ON_THE_GROUND:
            return False
        tokens, grammar, verb = self._scene.tokens, self._scene.grammar, trigger.head
        if trigger.noun:
            # "Clashes broke out", "the army launched a raid".
            if tokens[verb].dep not in {"nsubj", "nsubjpass", "dobj"}:
                return False
            verb = tokens[verb].head
        token = tokens[verb]
        if token.dep not in {"ROOT", "conj", "ccomp", "parataxis"} or (trigger.noun and self._timing.speaks(verb)):
            return False
        helpers = [tokens[index] for index in grammar.under(verb, "aux", "auxpass")]
        if any(helper.lemma == "have" or helper.tag in {"VBZ", "VBP", "MD"} for helper in helpers):
            return False
        shared = token.tag == "VBN" and token.dep == "conj" and tokens[token.head].tag == "VBD"
        return token.tag == "VBD" or shared or any(helper.tag == "VBD" for helper in helpers)

    def _timed(self, first: int, last: int) -> bool:
        if first not in self._times:
            times = (self._scene.time_at.get(index) for index in range(first, last))
            self._times[first] = any(time.start or time.vague for time in times if time is not None)
        return self._times[first]


def _short(time: EventTime) -> bool:
    if not time.start or not time.end or time.basis not in {"stated", "anchored"}:
        return False
    return _ordinal(time.end) - _ordinal(time.start) < _DAYS_CARRIED


def _ordinal(day: str) -> int:
    year, month, number = (int(part) for part in day[:10].split("-"))
    return year * 372 + month * 31 + number


class _Ground:
    """The place that a telling goes on at."""

    def __init__(self, scene: Scene, words: SettingWords) -> None:
        self._scene = scene
        self._words = words
        self._last: dict[int, EventPlace] = {}
        self._latest: tuple[int, EventPlace] | None = None
        self._voices: dict[int, dict[str | None, dict[str, Place]]] = {}

    def place(self, trigger: Trigger, event: Event, of_cluster: EventPlace | None) -> EventPlace | None:
        """The event's place, its own or understood; notes it for the next one."""
        sentence = self._scene.syntax.sentence_of(trigger.head)
        place = event.place or of_cluster
        if place is None and event.type in ON_THE_GROUND:
            place = self._only(event.according_to, sentence.first, sentence.last)
            if place is None and event.type in {"ASSAULT", "YIELD"}:
                place = self._last.get(sentence.block) or self._again(trigger, sentence.block)
        if place is not None and event.type in ON_THE_GROUND and event.modality == "asserted":
            self._last[sentence.block] = place
            self._latest = (sentence.block, place)
        return place

    def _again(self, trigger: Trigger, block: int) -> EventPlace | None:
        """ "The battle", told of in the paragraph before, goes on where it was."""
        if self._latest is None or block - self._latest[0] > 1 or not trigger.noun:
            return None
        article = self._scene.grammar.one(trigger.head, "det")
        return self._latest[1] if article is not None and self._scene.tokens[article].lemma in _DEFINITE else None

    def _only(self, voice: str | None, first: int, last: int) -> EventPlace | None:
        """The only place that the voice of the event names in the sentence."""
        if first not in self._voices:
            self._voices[first] = self._by_voice(first, last)
        places = self._voices[first].get(voice, {})
        return as_event_place(next(iter(places.values())), "where") if len(places) == 1 else None

    def _by_voice(self, first: int, last: int) -> dict[str | None, dict[str, Place]]:
        """Claim -> the places that it names in the sentence, by name.

        A place that modifies ("London-based", "the Aleppo artillery base") is no setting; nor is where somebody speaks.
        """
        scene = self._scene
        found: dict[str | None, dict[str, Place]] = {}
        for index in range(first, last):
            place, following = scene.place_at.get(index), scene.tokens[min(index + 1, last - 1)]
            if place is None or scene.tokens[index].dep not in _STANDING or following.tag == "HYPH" or self._spoken(index):
                continue
            claim = scene.claim_over(place.span)
            found.setdefault(claim.id if claim else None, {})[place.name] = place
        return found

    def _spoken(self, index: int) -> bool:
        """True where the place hangs from a word of speech, or from who speaks."""
        at = index
        for _ in range(6):
            if self._scene.tokens[at].pos in {"VERB", "AUX"} or self._scene.tokens[at].head == at:
                break
            at = self._scene.tokens[at].head
        return at in self._scene.cues
