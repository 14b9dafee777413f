"""Which voice calls which side what: the project's own coded passages (data/naming-gold) beside what the program says.

    python bench/naming_gold.py [--freeze] [--errors] [--ids nm001,nm003]

Passages are read by the whole Reader, with their publisher and day as the carrier's. A coded name and one of the program's go
together where the spans share a character, one to one. `found` counts those pairs, `exact` those with the same span; `record`
those that have label, voice and speaker right. Shares of the pairs:

* voice; speaker: the name, the words that name it in the text, or nobody; indirect_of: whose indirect speech holds the name
* actor: the same words, all words of one within the other, or a word that the document uses for whom the program names. The
  coded actor is the coder's plain name for a side, also where the passage has no name for it: the share has a ceiling

`empty` is how many of the passages with nothing to code got nothing. `--errors` prints the tune split's misses, never the gate's.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from book_gold import command

from rashomon.reader import Reader
from rashomon.records import Document, Naming, Reading, Span

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data/naming-gold/passages.jsonl"
RUN = ROOT / "bench/runs/naming_gold.json"
FIELDS = ("voice", "speaker", "indirect_of", "actor")
_PLAIN = frozenset({"the", "a", "an", "of", "s", "in", "on", "his", "her", "its", "their"})
Coded = dict[str, Any]


def words(name: str | None) -> frozenset[str]:
    """The words of a name, in lower case, articles apart."""
    found = frozenset(re.findall(r"\w+", (name or "").casefold().replace("’s", " s")))
    return (found - _PLAIN) or found


def same(gold: str | None, found: str | None, aliases: Iterable[str] = ()) -> bool:
    """Whether two names are one: the same words, or all words of one within the other; or an alias has the words."""
    if gold is None or found is None:
        return gold is None and found is None
    one, other = words(gold), words(found)
    return one <= other or other <= one or any(words(alias) == one for alias in aliases)


def compared(coded: Coded, found: Naming, reading: Reading) -> dict[str, bool]:
    """Field -> right."""

    def party(name: str | None, other: str | None) -> bool:
        entity = next((entity for entity in reading.entities if entity.name == other), None)
        return same(name, other, [span.of(reading.text) for span in entity.mentions] if entity else [])

    def said(name: str | None, other: str | None) -> bool:
        """Whether the claim's words for its source, which `other` is the canonical name of, are the coded ones."""
        claim = next((claim for claim in reading.attributions if claim.id == found.attribution), None)
        if claim is None or claim.source is None or name is None or claim.speaker != other:
            return False
        return same(name, claim.source.of(reading.text))

    return {
        "voice": coded["voice"] == found.voice,
        "speaker": party(coded["speaker"], found.speaker) or said(coded["speaker"], found.speaker),
        "indirect_of": party(coded["indirect_of"], found.indirect_of) or said(coded["indirect_of"], found.indirect_of),
        "actor": party(coded["actor"], found.actor),
        "label": coded["span"] == [found.span.start, found.span.end],
    }


def matched(gold: Sequence[Coded], found: Sequence[Naming]) -> list[tuple[int, int]]:
    """Indices of coded and found names that go together."""
    options = sorted(
        (coded["span"] != [one.span.start, one.span.end], abs(coded["span"][0] - one.span.start), i, j)
        for i, coded in enumerate(gold)
        for j, one in enumerate(found)
        if one.span.overlaps(Span(*coded["span"]))
    )
    pairs: list[tuple[int, int]] = []
    for *_, i, j in options:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return sorted(pairs)


class Counts:
    """What was counted in one split."""

    def __init__(self) -> None:
        self.passages = self.coded = self.predicted = self.matched = self.exact = self.record = self.bare = self.quiet = 0
        self.right: Counter[str] = Counter()

    def add(self, row: Coded, reading: Reading) -> None:
        gold, found = row["naming"], reading.naming
        pairs = matched(gold, found)
        self.passages += 1
        self.coded += len(gold)
        self.predicted += len(found)
        self.matched += len(pairs)
        self.bare += not gold
        self.quiet += not gold and not found
        for i, j in pairs:
            fields = compared(gold[i], found[j], reading)
            self.right.update(name for name, right in fields.items() if right)
            self.exact += fields["label"]
            self.record += fields["label"] and fields["voice"] and fields["speaker"]

    def figures(self) -> dict[str, Any]:
        def prf(right: int) -> dict[str, float]:
            return {
                "precision": round(right / max(1, self.predicted), 4),
                "recall": round(right / max(1, self.coded), 4),
                "f1": round(2 * right / max(1, self.predicted + self.coded), 4),
            }

        shares = {
            name: {"share": round(self.right[name] / max(1, self.matched), 4), "right": self.right[name], "n": self.matched}
            for name in FIELDS
        }
        return {
            "passages": self.passages,
            "coded": self.coded,
            "predicted": self.predicted,
            "found": prf(self.matched) | {"matched": self.matched},
            "exact": prf(self.exact) | {"right": self.exact},
            "record": prf(self.record) | {"right": self.record},
            **shares,
            "empty": {"share": round(self.quiet / max(1, self.bare), 4), "right": self.quiet, "n": self.bare},
        }


def rows(split: str | None = None) -> list[Coded]:
    """The passages, of one split or of both."""
    found = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return [row for row in found if split in {None, row["split"]}]


def read(reader: Reader, row: Coded) -> Reading:
    """The program's reading of a passage."""
    document = Document(id=row["id"], source=row["id"], text=row["text"], published=row["date"], publisher=row["publisher"])
    return reader.read(document)


def measure(split: str | None = None) -> dict[str, Any]:
    """Figures of one split, or of each."""
    reader, counts = Reader.load(), {name: Counts() for name in ("tune", "gate") if split in {None, name}}
    for row in rows(split):
        counts[row["split"]].add(row, read(reader, row))
    return {name: one.figures() for name, one in counts.items()}


def shown(one: Coded | Naming, reading: Reading) -> str:
    """A name in one line."""
    if isinstance(one, dict):
        return f"{one['label']!r} {one['actor']} | {one['voice']} {one['speaker']} | indirect {one['indirect_of']}"
    return f"{one.label!r} {one.actor} | {one.voice} {one.speaker} | indirect {one.indirect_of}"


def errors(ids: frozenset[str]) -> None:
    """Prints what is wrong in the tune split."""
    reader = Reader.load()
    for row in rows("tune"):
        if ids and row["id"] not in ids:
            continue
        reading = read(reader, row)
        pairs, lines = dict(matched(row["naming"], reading.naming)), []
        for i, coded in enumerate(row["naming"]):
            if i not in pairs:
                lines.append(f"  MISSED {shown(coded, reading)}")
                continue
            found = reading.naming[pairs[i]]
            wrong = [name for name, right in compared(coded, found, reading).items() if not right]
            if wrong:
                lines.append(f"  {','.join(wrong)}: {shown(coded, reading)}  ## {shown(found, reading)}")
        extra = (one for j, one in enumerate(reading.naming) if j not in pairs.values())
        lines += [f"  ADDED {shown(one, reading)}" for one in extra]
        if lines:
            print(row["id"], row["text"])
            print("\n".join(lines))


def main() -> None:
    command(__doc__, RUN, measure, errors)


if __name__ == "__main__":
    main()
