"""Loaded names swapped for plain or opposed ones in running text: how many swaps change a code.

    python bench/framing.py [--freeze] [--own] [--show N] [--group NAME]

A swap replaces one word (bench/framing.yaml) in one passage, in a sentence that holds an event. The passage is read before and
after, and what is coded is compared, spans carried over: of events the trigger, root, action, actors, recipients, direction,
modality, polarity and outcome; of claims the speaker, chain, kind, hedge and stance. A name is compared apart from the swapped
word. Texts: the sample corpus, the tune split of the attribution gold and, unless `--own`, the seeds and FA-KES (corpora).
`--show N` prints N of the flips. `--freeze` keeps the figures in bench/runs/framing.json.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from rashomon.config import Limits
from rashomon.ingest import documents
from rashomon.reader import Reader
from rashomon.records import Actor, Claim, Document, Event, Reading, Span

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
RUN = ROOT / "bench/runs/framing.json"
PASSAGE = 700  # characters of a passage at most, whole sentences
EACH = 2  # other forms tried for one word of a text, in turn
EVERY = 8  # articles of FA-KES, so that a run takes minutes
_END = re.compile(r"(?<=[.!?])[”\"’]?\s+(?=[A-Z“\"])")
_QUOTES = frozenset("\"“‘'")
_WORD = re.compile(r"[\w'’-]+")
EVENT_FIELDS = ("trigger", "type", "action", "actors", "recipients", "direction", "modality", "polarity", "outcome")
CLAIM_FIELDS = ("claim", "speaker", "chain", "kind", "hedge", "stance")


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of forms that may stand for one another, and where they may."""

    name: str
    sets: tuple[tuple[str, ...], ...]
    actions: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()


class Swap(msgspec.Struct, frozen=True):
    """One replacement: the region of the text that changes, and what stands there afterwards."""

    group: str
    old: str
    new: str
    region: Span
    text: str
    shift: int

    def back(self, span: Span) -> Span:
        """A span of the swapped text in the offsets of the old one."""
        end = self.region.end + self.shift
        start = span.start - self.shift if span.start >= end else min(span.start, self.region.start)
        return self.wide(Span(start, span.end if span.end <= self.region.start else max(span.end, end) - self.shift))

    def wide(self, span: Span) -> Span:
        """The span, with all of the region where it touches it: its words may be more or fewer now."""
        if not span.overlaps(self.region):
            return span
        return Span(min(span.start, self.region.start), max(span.end, self.region.end))


def passages(own: bool) -> Iterator[tuple[str, str]]:
    """(corpus, text): stretches of whole sentences, none over `PASSAGE` characters unless one sentence is."""
    limits = Limits()
    arrivals = documents([str(ROOT / "examples" / "aleppo-2016")], limits=limits, failed=lambda source, error: None)
    texts = [("sample", one.document.text) for one in arrivals if one.document.language == "en"]
    gold = (ROOT / "data/attribution-gold/passages.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [("attribution-gold", row["text"]) for row in map(json.loads, gold) if row["split"] == "tune"]
    if not own:
        texts += [("seeds", path.read_text(encoding="utf-8")) for path in sorted((SHARED / "seeds").glob("*.txt"))]
        lines = (SHARED / "news/fakes.jsonl").read_text(encoding="utf-8").splitlines()
        texts += [("fakes", json.loads(line)["text"]) for line in lines[::EVERY]]
    for corpus, text in texts:
        for paragraph in re.split(r"\s*\n\s*", text):
            for piece in chunks(paragraph):
                if len(piece.split()) >= 6:
                    yield corpus, piece


def chunks(paragraph: str) -> Iterator[str]:
    start = last = 0
    for match in _END.finditer(paragraph):
        if match.end() - start > PASSAGE and last > start:
            yield paragraph[start:last].strip()
            start = last
        last = match.end()
    yield paragraph[start:].strip()


class Swapper:
    """Finds what can be swapped in a passage. The forms tried for a word take turns over the whole run."""

    def __init__(self, groups: Sequence[Group], each: int = EACH) -> None:
        self._groups = groups
        self._each = each
        self._turn: Counter[tuple[str, int, str]] = Counter()

    def swaps(self, reading: Reading) -> Iterator[Swap]:
        """Every swap to be made in the passage, in text order of its groups."""
        text = reading.text
        for group in self._groups:
            for row, forms in enumerate(group.sets):
                for form in forms:
                    for match in re.finditer(rf"(?<![\w'’-]){re.escape(form)}(?![\w-])", text, 0 if form[0].isupper() else re.I):
                        at = Span(*match.span())
                        if self._fits(reading, group, form, at):
                            yield from self._made(text, group, row, forms, form, at)

    def _fits(self, reading: Reading, group: Group, form: str, at: Span) -> bool:
        text = reading.text
        before = _WORD.findall(text[max(0, at.start - 40) : at.start])
        after = _WORD.findall(text[at.end : at.end + 40])
        last, following = before[-1] if before else "", after[0] if after else ""
        if last.lower() in group.unless_after or following.lower() in group.unless_before:
            return False
        if group.before and following.lower() not in group.before:
            return False
        sentence = Span(*_sentence(text, at))
        written = at.of(text)
        if text[max(0, at.start - 1) : at.start] in _QUOTES or last.lower() in ("as", "called", "labelled", "branded", "dubbed"):
            return False  # the word itself is what is told
        if written.islower():
            # "the Rebel army", "Government of" are names; so is a plain word between capitals.
            if last[:1].isupper() and following[:1].isupper() and text[at.start - 1] == text[at.end : at.end + 1] == " ":
                return False
        elif form[0].islower():
            if at.start > sentence.start + 1 or following[:1].isupper() or written.isupper():
                return False
        elif (at.start and text[at.start - 1] in "(-") or text[at.end : at.end + 1] in (")", "-"):
            return False
        events = [event for event in reading.events if event.trigger.overlaps(sentence)]
        if group.actions:
            events = [event for event in events if event.trigger.overlaps(at) and event.action in group.actions]
        return bool(events)

    def _made(self, text: str, group: Group, row: int, forms: Sequence[str], form: str, at: Span) -> Iterator[Swap]:
        others = [other for other in forms if other != form]
        key = group.name, row, form
        for _ in range(min(self._each, len(others))):
            other = others[self._turn[key] % len(others)]
            self._turn[key] += 1
            # A name stands for a name as it is written; a common word takes the capital of a sentence's start.
            new = other[0].upper() + other[1:] if at.of(text)[0].isupper() and form[0].islower() else other
            region = at
            article = re.search(r"\b([Aa]n?) $", text[: at.start])
            if article:
                region = Span(article.start(), at.end)
                new = article[1][0] + ("n " if other[0] in "aeiou" else " ") + new
            swapped = text[: region.start] + new + text[region.end :]
            yield Swap(group.name, form, other, region, swapped, len(new) - region.width)


def _sentence(text: str, at: Span) -> tuple[int, int]:
    starts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    start = max(one for one in starts if one <= at.start)
    return start, min(one for one in starts if one >= at.end)


class Compared:
    """Two readings, one of them after a swap. `changed` are the fields of which some value differs."""

    def __init__(self, swap: Swap, one: Reading, other: Reading) -> None:
        self._swap = swap
        self._alike: set[tuple[str, str]] = set()
        self.changed: dict[str, list[str]] = {}
        named = [{name for who in reading.entities if self._touched(who.mentions, reading is other) for name in
                  (who.name, *who.known_as)} for reading in (one, other)]
        self._alike.update((a, b) for a in named[0] for b in named[1])
        self._claims(one.attributions, other.attributions)
        self._events(one.events, other.events)

    def _touched(self, spans: Iterable[Span], new: bool) -> bool:
        return any((self._swap.back(span) if new else span).overlaps(self._swap.region) for span in spans)

    def _note(self, field: str, what: object) -> None:
        self.changed.setdefault(field, []).append(str(what))

    def _same(self, one: str | None, other: str | None) -> bool:
        if one == other or (one or "", other or "") in self._alike:
            return True
        if one is None or other is None:
            return False
        return one.lower().replace(self._swap.old.lower(), "*") == other.lower().replace(self._swap.new.lower(), "*")

    def _claims(self, one: Sequence[Claim], other: Sequence[Claim]) -> None:
        left = list(other)
        for claim in one:
            where = {at for span in claim.content or claim.cue for at in range(*self._swap.wide(span))}
            best, share = None, 0.5
            for new in left:
                here = {at for span in new.content or new.cue for at in range(*self._swap.back(span))}
                ratio = len(where & here) / len(where | here) if where | here else 1.0
                if ratio >= share and (claim.id == "A0") == (new.id == "A0"):
                    best, share = new, ratio + 1e-9
            if best is None:
                self._note("claim", f"lost: {claim.speaker}")
                continue
            left.remove(best)
            inside = claim.source is not None and self._touched([claim.source], False)
            inside = inside and best.source is not None and self._touched([best.source], True)
            if inside and claim.speaker and best.speaker:
                self._alike.add((claim.speaker, best.speaker))
            if not self._same(claim.speaker, best.speaker):
                self._note("speaker", f"{claim.speaker} <> {best.speaker}")
            pairs = list(zip(claim.chain, best.chain, strict=False))
            if len(claim.chain) != len(best.chain) or not all(self._same(*pair) for pair in pairs):
                self._note("chain", f"{claim.chain} <> {best.chain}")
            for field in ("kind", "hedge", "stance"):
                if getattr(claim, field) != getattr(best, field):
                    self._note(field, f"{getattr(claim, field)} <> {getattr(best, field)}")
        for new in left:
            self._note("claim", f"added: {new.speaker}")

    def _events(self, one: Sequence[Event], other: Sequence[Event]) -> None:
        swap = self._swap
        left: dict[Span, list[Event]] = {}
        for event in other:
            left.setdefault(swap.back(event.trigger), []).append(event)
        for event in one:
            rows = left.get(swap.wide(event.trigger))
            if not rows:
                self._note("trigger", f"lost: {event.action}")
                continue
            new = rows.pop(0)
            for field in ("type", "action", "direction", "modality", "polarity", "outcome"):
                if getattr(event, field) != getattr(new, field):
                    self._note(field, f"{event.action}: {getattr(event, field)} <> {getattr(new, field)}")
            for field in ("actors", "recipients"):
                if not self._parties(getattr(event, field), getattr(new, field)):
                    shown = [[party.name for party in getattr(which, field)] for which in (event, new)]
                    self._note(field, f"{event.action}: {shown[0]} <> {shown[1]}")
        for rows in left.values():
            for new in rows:
                self._note("trigger", f"added: {new.action}")

    def _parties(self, one: Sequence[Actor], other: Sequence[Actor]) -> bool:
        """The same parties in the same places; spans that touch the swapped word may be of other width."""
        if len(one) != len(other):
            return False
        return all(self._party(a, b) for a, b in zip(one, other, strict=True))

    def _party(self, one: Actor, other: Actor) -> bool:
        if (one.span is None) != (other.span is None) or one.role != other.role:
            return False
        if one.span is not None and other.span is not None:
            before, after = self._swap.wide(one.span), self._swap.back(other.span)
            if before.overlaps(self._swap.region) and after.overlaps(self._swap.region):
                return True
            if before != after:
                return False
        return self._same(one.name, other.name)


def measure(own: bool = False, show: int = 0, only: str = "", each: int = EACH) -> dict[str, Any]:
    """Counts and rates. `own`: only our own texts. `show`: that many flips are printed. `each`: forms tried for a word."""
    raw = yaml.safe_load(Path(__file__).with_name("framing.yaml").read_text(encoding="utf-8"))["groups"]
    swapper = Swapper([group for group in msgspec.convert(raw, tuple[Group, ...]) if only in group.name], each)
    reader = Reader.load()
    total: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = {}
    corpora: dict[str, Counter[str]] = {}
    for number, (corpus, text) in enumerate(passages(own)):
        one = reader.read(Document(str(number), corpus, text))
        for swap in swapper.swaps(one):
            compared = Compared(swap, one, reader.read(Document(str(number), corpus, swap.text)))
            event = any(field in EVENT_FIELDS for field in compared.changed)
            claim = any(field in CLAIM_FIELDS for field in compared.changed)
            marks = Counter(swaps=1, event_flips=event, claim_flips=claim)
            for count in (total, pairs.setdefault(swap.group, Counter()), corpora.setdefault(corpus, Counter())):
                count.update(marks)
            pairs.setdefault(f"{swap.group}: {swap.old} > {swap.new}", Counter()).update(marks)
            fields.update(compared.changed.keys())
            if compared.changed and show:
                show -= 1
                print(f"{swap.group}: {swap.old} > {swap.new} [{corpus}]\n  {swap.text}\n  {compared.changed}\n")
    return {
        **total,
        "event_flip_rate": round(total["event_flips"] / total["swaps"], 4),
        "claim_flip_rate": round(total["claim_flips"] / total["swaps"], 4),
        "by_field": {field: fields[field] for field in (*EVENT_FIELDS, *CLAIM_FIELDS)},
        "by_corpus": {name: dict(count) for name, count in corpora.items()},
        "by_group": {name: dict(count) for name, count in sorted(pairs.items()) if ":" not in name},
        "by_pair": {name: dict(count) for name, count in sorted(pairs.items()) if ":" in name},
    }


def main() -> None:
    """Prints the figures and, on request, keeps them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--group", default="")
    args = parser.parse_args()
    figures = measure(args.own, args.show, args.group)
    print(json.dumps({name: value for name, value in figures.items() if name != "by_pair"}, indent=1))
    if args.freeze:
        RUN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
