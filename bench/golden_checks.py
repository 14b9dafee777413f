"""A golden reading beside a real one: all that it asks for, and whether it is met. `golden.py` says how they are paired."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rashomon.knowledge.folding import key_of
from rashomon.linker import Linker
from rashomon.records import Claim, Control, Event, Reading, Span

WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
# Words that tell no name from another.
LIGHT = frozenset({"a", "an", "the", "of", "in", "at", "and", "for", "its", "his", "their", "one", "two", "some"})
OVERLAP = 0.5
# A claim without quoted words is known by its source and a cue at most this many characters apart.
NEAR = 80
ABSENT = "(not found)"


class Check(NamedTuple):
    """One thing asked of a reading. `kind` is what it is counted under."""

    kind: str
    what: str
    met: bool
    wanted: str = ""
    found: str = ""


class Golden(NamedTuple):
    """One golden file with the dispatch it is about."""

    stem: str
    wants: dict[str, Any]
    text: str


# ------------------------------------------------------------------------------------------------------------- words


def answers(value: Any) -> list[Any]:
    """The answers that count as right: a list stands for a choice."""
    return value if isinstance(value, list) else [value]


def span_of(text: str, quoted: str) -> Span:
    """Where the quoted words stand; of ` … ` quotations, from the first words to the last."""
    first, _, last = quoted.partition(" … ")
    start = text.index(first)
    return Span(start, text.index(last, start) + len(last) if last else start + len(first))


def dice(text: str, one: Iterable[Span], other: Iterable[Span]) -> float:
    """Twice the words both cover over the words of each."""
    words = [Span(*match.span()) for match in WORD.finditer(text)]
    left, right = ({word for word in words if any(span.covers(word) for span in spans)} for spans in (list(one), list(other)))
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


def names(name: str) -> frozenset[str]:
    """The telling words of a name, folded; of an "s" at the end of a word nothing is kept ("rebels", "rebel")."""
    return frozenset(word.removesuffix("s") for word in key_of(name) if word not in LIGHT)


def alike(wanted: str | None, found: str | None) -> bool:
    """True where all telling words of the shorter name stand in the longer one."""
    if wanted is None or found is None:
        return wanted is found
    one, other = sorted((names(wanted), names(found)), key=len)
    return bool(one) and one <= other


def days(value: Any) -> tuple[str, str]:
    """An interval of the golden file as two ISO days."""
    first, last = value
    return str(first), str(last)


class Comparison:
    """One golden file beside one reading, with the claims paired."""

    def __init__(self, golden: Golden, reading: Reading) -> None:
        self._wants = golden.wants
        self._text = reading.text
        self._reading = reading
        self._claims = self._pair_claims()

    def run(self) -> Iterator[Check]:
        """Everything that the golden file asks of the reading."""
        yield from self._metadata()
        yield from self._layout()
        for claim in self._wants["claims"]:
            yield from self._claim(claim)
        for event in self._wants["events"]:
            yield from self._event(event)
        yield from self._forecasts()
        yield from self._pledges()
        yield from self._naming()
        for control in self._wants.get("control", ()):
            yield from self._control(control)
        yield from self._relations()
        for number, never in enumerate(self._wants.get("never", ())):
            for check in answers(never.get("check", [])):
                found = self._forbidden(check)
                yield Check("never", f"{number}: {never['what']}", not found, "nothing", found)

    # ------------------------------------------------------------------------------------------------- the document

    def _metadata(self) -> Iterator[Check]:
        meta = self._reading.document
        for key in ("publisher", "title", "author", "genre"):
            wanted, found = self._wants[key], getattr(meta, key)
            met = found == wanted if key != "author" else alike(wanted, found)
            yield Check(key, "document", met, str(wanted), str(found))
        want, dated = self._wants["published"], meta.published
        told = f"{dated.start} to {dated.end}, {dated.basis}"
        first, last = days(want["within"])
        holds = bool(dated.start and dated.end and dated.start <= str(want["contains"]) <= dated.end)
        narrow = bool(dated.start and dated.end and first <= dated.start and dated.end <= last)
        yield Check("published holds the day", "document", holds, str(want["contains"]), told)
        yield Check("published no wider than defended", "document", narrow, f"{first} to {last}", told)
        yield Check("published basis", "document", dated.basis in answers(want["basis"]), str(want["basis"]), told)

    def _layout(self) -> Iterator[Check]:
        text, furniture = self._text, self._reading.boilerplate
        for want in self._wants["boilerplate"]:
            span = span_of(text, want["text"])
            holding = [line for line in furniture if line.span.covers(span)]
            yield Check("boilerplate", want["text"], bool(holding), "boilerplate", "" if holding else "body")
            if holding:
                kind = holding[0].kind
                yield Check("boilerplate kind", want["text"], kind in answers(want["kind"]), str(want["kind"]), kind)
        for quoted in self._body():
            span = span_of(text, quoted)
            lost = [line for line in furniture if line.span.overlaps(span)]
            yield Check("body", quoted, not lost, "body", lost[0].kind if lost else "")

    def _body(self) -> Iterator[str]:
        for claim in self._wants["claims"]:
            yield from filter(None, [claim["content"]])
        for event in self._wants["events"]:
            if event.get("region", "body") == "body":
                yield event["in"]
        yield from filter(None, [self._wants["title"]])

    # ---------------------------------------------------------------------------------------------------- the claims

    def _pair_claims(self) -> dict[str, Claim]:
        """Golden id -> the claim found for it; the surest pairs first, each claim once."""
        scores = []
        for want in self._wants["claims"]:
            for claim in self._reading.attributions:
                if claim.id != "A0" and (score := self._claim_score(want, claim)):
                    scores.append((-score, want["id"], claim.id, claim))
        paired: dict[str, Claim] = {}
        taken: set[str] = set()
        for _, want_id, claim_id, claim in sorted(scores, key=lambda row: row[:3]):
            if want_id not in paired and claim_id not in taken:
                paired[want_id] = claim
                taken.add(claim_id)
        return paired

    def _claim_score(self, want: dict[str, Any], claim: Claim) -> float:
        said = any(cue in span.of(self._text) or span.of(self._text) in cue for span in claim.cue for cue in want["cue"])
        named = claim.source is not None and want["source"] is not None and self._overlap(want["source"], claim.source)
        if want["content"] is None:
            near = claim.source is not None and any(abs(cue.start - claim.source.end) < NEAR for cue in claim.cue)
            return 1.0 if said and named and near else 0.0
        shared = dice(self._text, [span_of(self._text, want["content"])], claim.content)
        return shared + 0.3 * named + 0.2 * said if shared > OVERLAP else 0.0

    def _overlap(self, quoted: str, span: Span) -> bool:
        return any(span.overlaps(Span(*match.span())) for match in re.finditer(re.escape(quoted), self._text))

    def _claim(self, want: dict[str, Any]) -> Iterator[Check]:
        claim = self._claims.get(want["id"])
        what = f"{want['id']} {want['content'] or want['source']}"
        yield Check("claim", what, claim is not None, f"{want['source']} {want['cue']}")
        if claim is None:
            asked = ["speaker", "chain", "kind", "stance", "hedge", "anonymous", *(["parent"] if "parent" in want else [])]
            yield from _absent("claim", asked, what)
            return
        yield Check("claim speaker", what, self._speaks(want, claim), str(want["speaker"] or want["source"]), str(claim.speaker))
        chain = len(want["chain"]) == len(claim.chain) and all(map(self._same, want["chain"], claim.chain))
        yield Check("claim chain", what, chain, " > ".join(want["chain"]), " > ".join(claim.chain))
        yield Check("claim kind", what, claim.kind in answers(want["kind"]), str(want["kind"]), claim.kind)
        stance = want.get("stance", "asserts")
        yield Check("claim stance", what, claim.stance in answers(stance), str(stance), claim.stance)
        hedge = want.get("hedge", "none")
        yield Check("claim hedge", what, claim.hedge in answers(hedge), str(hedge), claim.hedge)
        anonymous = want.get("anonymous", False)
        yield Check("claim anonymous", what, claim.anonymous == anonymous, str(anonymous), str(claim.anonymous))
        if "parent" in want:
            outer = self._claims.get(want["parent"])
            yield Check("claim parent", what, outer is not None and claim.parent == outer.id, want["parent"], str(claim.parent))

    def _speaks(self, want: dict[str, Any], claim: Claim) -> bool:
        if want["speaker"] is not None:
            return any(self._same(speaker, claim.speaker) for speaker in answers(want["speaker"]))
        if want["source"] is None:
            return claim.source is None
        return claim.source is not None and self._overlap(want["source"], claim.source)

    def _same(self, wanted: str | None, found: str | None) -> bool:
        """True for names alike, and where the reading itself holds `found` for somebody whom it calls `wanted` as well."""
        return alike(wanted, found) or any(
            alike(name, found) and any(alike(wanted, known) for known in (mention.of(self._text) for mention in entity.mentions))
            for entity in self._reading.entities for name in (entity.name, *entity.known_as)
        )  # fmt: skip

    def _according(self, wanted: Any, found: str | None) -> bool:
        ids = {self._claims[id].id if id in self._claims else id for id in answers(wanted)}
        return (found or "A0") in ids

    # ---------------------------------------------------------------------------------------------------- the events

    def _event(self, want: dict[str, Any]) -> Iterator[Check]:
        around = span_of(self._text, want["in"])
        start = self._text.index(want["trigger"], around.start)
        trigger = Span(start, start + len(want["trigger"]))
        what = f"{want['trigger']!r} in {want['in']!r}"
        found = [event for event in self._reading.events if event.trigger.overlaps(trigger)]
        # Two events may share a trigger word; the one of the right type is meant.
        found.sort(key=lambda event: (event.type not in answers(want["type"]), -event.trigger.shared(trigger)))
        yield Check("event", what, bool(found), str(want["type"]))
        if not found:
            asked = [key for key in ("actors", "recipients", "place", "time", "outcome") if key in want]
            asked += ["according to"] * ("according_to" in want) + ["quantity"] * len(want.get("quantities", ()))
            yield from _absent("event", ["type", "modality", "polarity", "region", *asked], what)
            return
        event = found[0]
        yield Check("event type", what, event.type in answers(want["type"]), str(want["type"]), event.type)
        for side in ("actors", "recipients"):
            if side in want:
                parties = [party.name if party.span is None else f"{party.name} = {party.span.of(self._text)}"
                           for party in getattr(event, side)]
                met = self._party(want[side], getattr(event, side))
                yield Check(f"event {side}", what, met, str(want[side]), str(parties))
        if "place" in want:
            places = [place for place in (event.place, *event.places) if place]
            met = any(alike(want["place"], name) for place in places for name in self._written(place))
            yield Check("event place", what, met, want["place"], str([place.name for place in places]))
        if "time" in want:
            first, last = days(want["time"])
            time = event.time
            met = bool(time and time.start and time.end and first <= time.start[:10] and time.end[:10] <= last)
            yield Check("event time", what, met, f"{first} to {last}", f"{time.start} to {time.end}" if time else "")
        for key, usual in (("modality", "asserted"), ("polarity", "positive"), ("outcome", None), ("region", "body")):
            wanted = want.get(key, usual)
            if wanted is not None:
                value = getattr(event, key)
                yield Check(f"event {key}", what, value in answers(wanted), str(wanted), value)
        if "according_to" in want:
            met = self._according(want["according_to"], event.according_to)
            yield Check("event according to", what, met, str(want["according_to"]), str(event.according_to))
        for count in want.get("quantities", ()):
            yield self._quantity(what, around, count, event)

    def _written(self, place: Any) -> list[str]:
        """A place's name, and the words that stand for it in the text."""
        return [place.name, *([place.span.of(self._text)] if place.span else [])]

    def _party(self, wanted: list[str], found: Sequence[Any]) -> bool:
        if not wanted:
            return not found
        return any(alike(name, party.name) or (party.span is not None and self._overlap(name, party.span))
                   for name in wanted for party in found)  # fmt: skip

    def _quantity(self, what: str, around: Span, want: dict[str, Any], event: Event) -> Check:
        start = self._text.index(want["text"], around.start)
        span = Span(start, start + len(want["text"]))
        for count in event.quantities:
            if count.span.overlaps(span):
                wrong = [f"{key} {getattr(count, key)}" for key, value in want.items()
                         if key != "text" and getattr(count, key) not in answers(value)]  # fmt: skip
                return Check("event quantity", what, not wrong, str(want), ", ".join(wrong))
        return Check("event quantity", what, False, str(want), "none")

    # ------------------------------------------------------------------------------------------------------ the rest

    def _best(self, quoted: str, found: Sequence[Any]) -> Any:
        span = span_of(self._text, quoted)
        rated = [(dice(self._text, [span], [one.span]), one) for one in found]
        rated = [row for row in rated if row[0] > OVERLAP]
        return max(rated, key=lambda row: row[0])[1] if rated else None

    def _forecasts(self) -> Iterator[Check]:
        for want in self._wants.get("forecasts", ()):
            found = self._best(want["text"], self._reading.forecasts)
            yield Check("forecast", want["text"], found is not None)
            if found is None:
                asked = {"forecaster": "forecaster", "condition": "condition", "horizon_end": "horizon"}
                yield from _absent("forecast", [kind for key, kind in asked.items() if key in want], want["text"])
                continue
            if "forecaster" in want:
                # The author's own forecast names nobody.
                who, named = want["forecaster"], found.forecaster
                met = (who == "author" and named is None) or self._same(who, named)
                yield Check("forecast forecaster", want["text"], met, who, str(named))
            if "condition" in want:
                met = found.condition is not None and len(names(want["condition"]) & names(found.condition)) >= 2
                yield Check("forecast condition", want["text"], met, want["condition"], str(found.condition))
            if "horizon_end" in want:
                wanted, end = want["horizon_end"], found.horizon.end if found.horizon else None
                met = (str(wanted) if wanted else None) == (end[:10] if end else None)
                yield Check("forecast horizon", want["text"], met, str(wanted), str(end))

    def _pledges(self) -> Iterator[Check]:
        for want in self._wants.get("pledges", ()):
            found = self._best(want["text"], self._reading.pledges)
            yield Check("pledge", want["text"], found is not None)
            if found is None:
                yield from _absent("pledge", ["kind", "by"], want["text"])
            else:
                yield Check("pledge kind", want["text"], found.kind in answers(want["kind"]), str(want["kind"]), found.kind)
                yield Check("pledge by", want["text"], self._same(want["by"], found.by), want["by"], str(found.by))

    def _naming(self) -> Iterator[Check]:
        for want in self._wants.get("naming", ()):
            found = [one for one in self._reading.naming if names(want["label"]) & names(one.label)]
            yield Check("naming", want["label"], bool(found))
            if not found:
                yield from _absent("naming", ["voice"], want["label"])
            else:
                voices = sorted({one.voice for one in found})
                met = bool(set(voices) & set(answers(want["voice"])))
                yield Check("naming voice", want["label"], met, str(want["voice"]), str(voices))

    def _control(self, want: dict[str, Any]) -> Iterator[Check]:
        found = [one for one in self._reading.control if alike(want["place"], one.place)]
        found.sort(key=lambda one: (not self._according(want["according_to"], one.according_to), one.span))
        yield Check("control", want["place"], bool(found))
        if not found:
            asked = [key for key in ("before", "after", "date") if key in want]
            yield from _absent("control", [*asked, "kind", "according to"], want["place"])
            return
        one: Control = found[0]
        for key in ("before", "after"):
            if key in want:
                found_key = getattr(one, key)
                yield Check(f"control {key}", want["place"], self._same(want[key], found_key), want[key], str(found_key))
        yield Check("control kind", want["place"], one.kind in answers(want["kind"]), str(want["kind"]), one.kind)
        if "date" in want:
            first, last = days(want["date"])
            met = bool(one.date and first <= one.date.start[:10] and one.date.end[:10] <= last)
            yield Check("control date", want["place"], met, f"{first} to {last}", str(one.date))
        met = self._according(want["according_to"], one.according_to)
        yield Check("control according to", want["place"], met, str(want["according_to"]), str(one.according_to))

    def _relations(self) -> Iterator[Check]:
        if not self._wants.get("relations"):
            return
        linker, one = Linker.load(), [("one", self._reading)]
        pairs = linker.contradictions(one, linker.link(one).incidents)
        for want in self._wants["relations"]:
            sides = [span_of(self._text, want[side]) for side in ("a", "b")]
            found = [pair.relation for pair in pairs if any(
                left.sentence.overlaps(sides[0]) and right.sentence.overlaps(sides[1])
                for left, right in ((pair.a, pair.b), (pair.b, pair.a)))]  # fmt: skip
            met = want["relation"] in found
            yield Check("relation", f"{want['a']} / {want['b']}", met, want["relation"], str(found))

    # ---------------------------------------------------------------------------------------------- what must not be

    def _forbidden(self, check: dict[str, Any]) -> str:
        """What the reading says against the `check` of a `never`; "" when nothing does."""
        if "one_entity" in check:
            owners = {entity.id for entity in self._reading.entities for mention in entity.mentions
                      if any(self._same_words(name, mention) for name in check["one_entity"])}  # fmt: skip
            return str(sorted(owners)) if len(owners) > 1 else ""
        around = span_of(self._text, check["in"]) if "in" in check else Span(0, len(self._text))
        section: dict[str, Callable[[], list[str]]] = {
            "events": lambda: [self._told(one) for one in self._reading.events
                               if one.trigger.overlaps(around) and self._breaks(one, check)],
            "quantities": lambda: [f"{one.span.of(self._text)}: {one.what}" for one in self._reading.quantities
                                   if one.span.overlaps(around) and _has(one, check, ("what", "scope", "low"))],
            "claims": lambda: [f"{one.speaker}: {one.kind}" for one in self._reading.attributions
                               if one.source and one.source.overlaps(around) and _has(one, check, ("stance",))],
        }  # fmt: skip
        return "; ".join(section[check["section"]]())

    def _same_words(self, name: str, mention: Span) -> bool:
        return names(name) == names(mention.of(self._text))

    def _breaks(self, event: Event, check: dict[str, Any]) -> bool:
        if "trigger" in check and check["trigger"] not in event.trigger.of(self._text):
            return False
        if "actors" in check:
            banned = check["actors"]
            if not (event.actors if banned == "any" else any(self._same(n, p.name) for n in banned for p in event.actors)):
                return False
        if "places" in check:
            named: list[Any] = [place for place in (event.place, *event.places) if place]
            if not any(alike(name, known) for name in check["places"] for place in named for known in self._written(place)):
                return False
        if "according_to" in check and (event.according_to or "A0") not in answers(check["according_to"]):
            return False
        if "count" in check and not any(count.low == check["count"] for count in event.quantities):
            return False
        return _has(event, check, ("type", "modality", "polarity", "region"))

    def _told(self, event: Event) -> str:
        actors = ", ".join(str(actor.name) for actor in event.actors)
        told = f"{event.trigger.of(self._text)!r}: {event.type}, {event.modality}, {event.region}, {event.according_to}"
        return f"{told}, by {actors}" if actors else told


def _absent(kind: str, asked: Iterable[str], what: str) -> Iterator[Check]:
    """What is asked of something that was not found."""
    return (Check(f"{kind} {key}", what, False, found=ABSENT) for key in asked)


def _has(record: Any, check: dict[str, Any], keys: Sequence[str]) -> bool:
    return all(getattr(record, key) in answers(check[key]) for key in keys if key in check)
