"""A collection of any size made of real readings: repeated, each time as other happenings, with a vocabulary that grows.

Repetition 0 is the readings as they are. In each later one:

- **names** (words that the seeds write with a capital inside a sentence) that several stories share stay as they are, as a war's
  towns and parties do. All others become, with chance (a + d T) / (a + n), a made-up name that was never there, else one that
  was, the more likely the oftener (Pitman and Yor; n names and T different ones so far; d and a so that the collection grows as
  the open corpora do: `resemblance.py`). So vocabulary grows by Heaps' law, and the tail is shared as in a real collection;
- **other words** that are not common become, two times in five, another of the same length and about the same rarity, drawn by
  how common it is; numbers other numbers;
- **days** of a story move by its own number of weeks, so that all lie within `YEARS` years; **places** move with their names.

Inside a repetition a word always becomes the same word: so stories keep their size, their copies and their likeness, and spans
stay right. Figures inside the records stay as they were. The document of a number is the same whenever it is asked for.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec

from rashomon.knowledge.rarity import Rarity, load_rarity
from rashomon.link.words import names
from rashomon.linker import Linker
from rashomon.records import Reading

YEARS = 10
FIRST = date(2010, 1, 4).toordinal()
DISCOUNT, STRENGTH = 0.5, 800.0
NAMED, COMMON, KEPT = 3.0, 1.0, 0.6
# A name of so many stories, and so many in a hundred of them, is everybody's.
SHARED_BY, SHARED_IN_A_HUNDRED = 4, 1.0
WORD = re.compile(r"[^\W_]+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TOLD = frozenset({"text", "title", "name", "speaker", "chain", "known_as"})
CALENDAR = re.compile(r"19\d\d|20\d\d")
SLOT = re.compile(r'\\u0001(\d+)\\u0001|"\\u0002(\d+)\\u0002"')


def dice(*what: object) -> float:
    """A number from 0 to 1, the same for the same things."""
    return int.from_bytes(hashlib.blake2b(repr(what).encode(), digest_size=6).digest(), "big") / 2**48


class Slot(NamedTuple):
    """What changes in a seed: a word, a day or a degree (`lat`, `lon`) as it stands there, and for a degree its place's name."""

    kind: str
    value: Any
    place: str = ""


class Template(NamedTuple):
    """A seed as JSON: what stays, and between its parts what changes."""

    parts: tuple[str, ...]
    slots: tuple[Slot, ...]
    story: str
    first: int | None


class Vocabulary:
    """What each word becomes in each repetition; repetitions are made in their order."""

    def __init__(self, texts: Sequence[str], stories: Sequence[str], rarity: Rarity) -> None:
        self._rarity = rarity
        told: dict[str, set[str]] = defaultdict(set)
        for text, story in zip(texts, stories, strict=True):
            for word in names(text):
                if len(word) > 3 and rarity.of(word) >= NAMED:
                    told[word].add(story)
        most = max(SHARED_BY, SHARED_IN_A_HUNDRED * len(set(stories)) / 100)
        self.names = sorted(word for word, some in told.items() if len(some) < most)
        self._everybodys = told.keys() - set(self.names)
        self._bins: dict[tuple[int, int], list[str]] = defaultdict(list)
        for word, value in sorted(rarity.words.items()):
            if word.isalpha() and word not in told:
                self._bins[len(word), round(value)].append(word)
        self._weights = {
            at: list(itertools.accumulate(math.exp(-rarity.words[word]) for word in some)) for at, some in self._bins.items()
        }
        self._made: list[Mapping[str, str]] = [{word: word for word in self.names}]
        self._drawn: dict[int, list[str]] = defaultdict(list)
        self._times = Counter(self.names)
        for word in self.names:
            self._drawn[len(word)].append(word)
        self._count = len(self.names)

    def word(self, low: str, turn: int) -> str:
        """What the lower-cased word becomes in that repetition."""
        if turn == 0 or low in self._everybodys:
            return low
        if low.isdecimal():
            return low if CALENDAR.fullmatch(low) else "".join(
                "123456789"[int(dice("digit", low, at, turn) * 9)] for at in range(len(low))
            )
        while len(self._made) <= turn:
            self._made.append(self._turn(len(self._made)))
        if low in self._made[turn]:
            return self._made[turn][low]
        value = self._rarity.of(low)
        weights = self._weights.get((len(low), round(value)))
        if value < COMMON or weights is None or dice("keep", low, turn) < KEPT:
            return low
        return self._bins[len(low), round(value)][bisect.bisect(weights, dice("word", low, turn) * weights[-1])]

    def moves(self, name: str) -> bool:
        """Whether the name of a place becomes another."""
        return any(word.lower() in self._made[0] for word in WORD.findall(name))

    def _turn(self, turn: int) -> Mapping[str, str]:
        chance = random.Random(turn)
        become: dict[str, str] = {}
        used: set[str] = set()
        for word in self.names:
            drawn = self._drawn[len(word)]
            fresh = (STRENGTH + DISCOUNT * len(self._times)) / (STRENGTH + self._count)
            new = None if chance.random() < fresh else self._known(drawn, used, chance)
            new = new or self._new(len(word), chance) or self._known(drawn, used, chance) or word
            become[word] = new
            used.add(new)
            self._times[new] += 1
            drawn.append(new)
            self._count += 1
        return become

    def _known(self, drawn: Sequence[str], used: set[str], chance: random.Random) -> str | None:
        for _ in range(200):
            name = chance.choice(drawn)
            if name not in used and chance.random() * self._times[name] >= DISCOUNT:
                return name
        return None

    def _new(self, length: int, chance: random.Random) -> str | None:
        for _ in range(30):
            name = "".join(chance.choice("aeiou" if at % 2 else "bcdfghjklmnprstvwz") for at in range(length))
            if name not in self._times and name not in self._rarity.words:
                return name
        return None


class Perturbed:
    """The seeds over and over, each time as other happenings."""

    def __init__(self, seeds: Sequence[Reading], *, years: float = YEARS) -> None:
        self._years = years
        linker = Linker.load()
        stories = linker.link((seed.id, seed) for seed in map(_without_events, seeds)).stories
        home = {key: story.id for story in stories for key in story.documents}
        self._seeds = seeds
        self.vocabulary = Vocabulary([seed.text for seed in seeds], [home[seed.id] for seed in seeds], load_rarity())
        self._templates = [_template(seed, home[seed.id]) for seed in seeds]
        known = [each for each in self._templates if each.first is not None]
        self._began = {story: min(day for _, day in some) for story, some in itertools.groupby(
            sorted((each.story, each.first or 0) for each in known), key=lambda each: each[0]
        )}

    def __len__(self) -> int:
        """How many documents one repetition has."""
        return len(self._seeds)

    def happening(self, number: int) -> tuple[int, str]:
        """What the document of that number is about: its repetition and its seed's story."""
        turn, at = divmod(number, len(self._seeds))
        return turn, self._templates[at].story

    def reading(self, number: int) -> Reading:
        """The reading of that number; the same for the same number."""
        turn, at = divmod(number, len(self._seeds))
        template = self._templates[at]
        found = [template.parts[0]]
        for slot, part in zip(template.slots, template.parts[1:], strict=True):
            found += self._changed(slot, turn, template.story), part
        made = msgspec.json.decode("".join(found).encode("utf-8", "surrogatepass"), type=Reading)
        digest = hashlib.sha256(made.text.encode("utf-8", "surrogatepass")).hexdigest()
        return msgspec.structs.replace(made, id=f"grown-{number}", source=f"grown/{number}.txt", text_sha256=digest)

    def _changed(self, slot: Slot, turn: int, story: str) -> str:
        if slot.kind == "word":
            word = str(slot.value)
            new = self.vocabulary.word(word.lower(), turn)
            return word if new == word.lower() else new.upper() if word.isupper() and len(word) > 1 else (
                new.capitalize() if word[0].isupper() else new
            )
        if slot.kind == "day":
            began = self._began.get(story)
            if began is None:
                began = FIRST
            # Whole weeks: "on Friday" stays right.
            wanted = FIRST + int(dice("days", story, turn) * 365 * self._years)
            moved = date.fromisoformat(slot.value[:10]) + timedelta(days=(wanted - began) // 7 * 7)
            return moved.isoformat() + str(slot.value)[10:]
        if turn == 0 or not self.vocabulary.moves(slot.place):
            return repr(slot.value)
        most = 89.0 if slot.kind == "lat" else 179.0
        return repr(round(max(-most, min(most, slot.value + dice(slot.kind, turn) * 20 - 10)), 4))


def _without_events(seed: Reading) -> Reading:
    return msgspec.structs.replace(seed, events=(), quantities=(), attributions=())


def _template(seed: Reading, story: str) -> Template:
    slots: list[Slot] = []

    def marked(value: Any, key: str, place: str) -> Any:
        if isinstance(value, dict):
            inner = str(value["name"]) if "lat" in value and value.get("name") else ""
            return {each: marked(below, each, inner) for each, below in value.items()}
        if isinstance(value, list | tuple):
            return [marked(each, key, place) for each in value]
        if isinstance(value, str):
            if DAY.match(value) and key not in TOLD:
                return _mark(Slot("day", value))
            return WORD.sub(lambda found: _mark(Slot("word", found.group())), value) if key in TOLD else value
        if isinstance(value, float) and key in {"lat", "lon"}:
            slots.append(Slot(key, value, place))
            return f"\x02{len(slots) - 1}\x02"
        return value

    def _mark(slot: Slot) -> str:
        slots.append(slot)
        return f"\x01{len(slots) - 1}\x01"

    content = msgspec.json.encode(marked(msgspec.to_builtins(seed), "", "")).decode()
    pieces = SLOT.split(content)
    order = [int(a or b) for a, b in zip(pieces[1::3], pieces[2::3], strict=True)]
    days = seed.document.published.start
    first = date.fromisoformat(days[:10]).toordinal() if days else None
    return Template(tuple(pieces[::3]), tuple(slots[at] for at in order), story, first)
