"""Who takes, holds, loses, attacks or will take which place: our own coded passages (data/control-gold) and the program.

    python bench/control_gold.py [--freeze] [--errors] [--ids c001,c003]

Passages are read by the whole Reader, with their publisher and day as the carrier's. A coded record and one of the program's go
together where the spans share a character and the places share half of their words or more (articles and "town of" apart), one
to one, those of the same kind first. `found` counts those pairs; `strict` those that have kind, both parties and denial right as
well. Shares of the pairs:

* place: the same words; kind; before, after: the same name, the same words, or one of the words that the document uses for whom
  the program names (nobody is an answer, too); date: the same days (none is an answer); overlaps: a common day, or both none
* according_to: the speaker's name, the author, or nobody named; part, within, denied, resolved_from: as coded

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
from rashomon.records import Control, Document, Reading, Span

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data/control-gold/passages.jsonl"
RUN = ROOT / "bench/runs/control_gold.json"
FIELDS = ("place", "kind", "before", "after", "date", "overlaps", "according_to", "part", "within", "denied", "resolved_from")
STRICT = ("kind", "before", "after", "denied")
_PLAIN = frozenset({"the", "a", "an", "of", "town", "city", "village", "s"})
_HALF = 0.5
UNNAMED = "unnamed / unspecified source"  # the program's words for a speaker whom nobody names
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


def near(gold: str, found: str) -> bool:
    """Whether two places share half of their words or more."""
    one, other = words(gold), words(found)
    return bool(one | other) and len(one & other) / len(one | other) >= _HALF


def spoken(reading: Reading, key: str | None) -> str | None:
    """The speaker in the codebook's terms: a name, `author`, or None where nobody is named."""
    claim = next((claim for claim in reading.attributions if claim.id == key), None)
    if claim is None or key == "A0":
        return "author"
    return None if claim.speaker == UNNAMED else claim.speaker


def source(reading: Reading, key: str | None) -> str | None:
    """The words of the text for who speaks."""
    claim = next((claim for claim in reading.attributions if claim.id == key), None)
    return claim.source.of(reading.text) if claim is not None and claim.source is not None else None


def days(value: Any) -> tuple[str, str] | None:
    """First and last day of a coded date."""
    if value is None:
        return None
    return (value, value) if isinstance(value, str) else (value[0], value[1])


def compared(coded: Coded, found: Control, reading: Reading) -> dict[str, bool]:
    """Field -> right."""

    def party(name: str | None, other: str | None) -> bool:
        if name and other and " and " in name and " and " in other:
            return all(party(one, two) for one, two in zip(name.split(" and "), other.split(" and "), strict=False))
        entity = next((entity for entity in reading.entities if entity.name == other), None)
        return same(name, other, [span.of(reading.text) for span in entity.mentions] if entity else [])

    wanted, got = days(coded["date"]), (found.date.start, found.date.end) if found.date else None
    meet = wanted[0] <= got[1] and got[0] <= wanted[1] if wanted and got else wanted == got
    speaker, said = coded["according_to"], spoken(reading, found.according_to)
    voices = "author" in {speaker, said}
    return {
        "place": words(coded["place"]) == words(found.place),
        "kind": coded["kind"] == found.kind,
        "before": party(coded["before"], found.before),
        "after": party(coded["after"], found.after),
        "date": wanted == got,
        "overlaps": meet,
        "according_to": speaker == said if voices else party(speaker, said) or same(speaker, source(reading, found.according_to)),
        "part": bool(coded.get("part")) == found.part,
        "within": same(coded.get("within"), found.within),
        "denied": bool(coded.get("denied")) == found.denied,
        "resolved_from": bool(coded.get("resolved_from")) == bool(found.resolved_from),
    }


def matched(gold: Sequence[Coded], found: Sequence[Control]) -> list[tuple[int, int]]:
    """Indices of coded and found records that go together."""
    options = sorted(
        (
            gold[i].get("denied", False) != found[j].denied,
            gold[i]["kind"] != found[j].kind,
            words(gold[i]["place"]) != words(found[j].place),
            abs(gold[i]["span"][0] - found[j].span.start),
            i,
            j,
        )
        for i in range(len(gold))
        for j in range(len(found))
        if found[j].span.overlaps(Span(*gold[i]["span"])) and near(gold[i]["place"], found[j].place)
    )
    pairs: list[tuple[int, int]] = []
    for *_, i, j in options:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return sorted(pairs)


class Counts:
    """What was counted in one split."""

    def __init__(self) -> None:
        self.passages = self.coded = self.predicted = self.matched = self.strict = self.bare = self.quiet = 0
        self.right: Counter[str] = Counter()
        self.kinds: dict[str, Counter[str]] = {}

    def add(self, row: Coded, reading: Reading) -> None:
        gold, found = row["control"], reading.control
        pairs = matched(gold, found)
        self.passages += 1
        self.coded += len(gold)
        self.predicted += len(found)
        self.matched += len(pairs)
        self.bare += not gold
        self.quiet += not gold and not found
        for coded in gold:
            self.kinds.setdefault(coded["kind"], Counter())["coded"] += 1
        for record in found:
            self.kinds.setdefault(record.kind, Counter())["predicted"] += 1
        for i, j in pairs:
            fields = compared(gold[i], found[j], reading)
            self.right.update(name for name, right in fields.items() if right)
            self.strict += all(fields[name] for name in STRICT)
            self.kinds[gold[i]["kind"]]["found"] += 1

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
            "strict": prf(self.strict) | {"right": self.strict},
            **shares,
            "empty": {"share": round(self.quiet / max(1, self.bare), 4), "right": self.quiet, "n": self.bare},
            "kinds": {kind: dict(row) for kind, row in sorted(self.kinds.items())},
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


def shown(record: Coded | Control, text: str, reading: Reading) -> str:
    """A record in one line."""
    if isinstance(record, dict):
        start, end = record["span"]
        more = {key: record[key] for key in ("part", "within", "denied", "resolved_from") if record.get(key)}
        when, who = days(record["date"]), record["according_to"]
        head = f"{record['kind']} {record['place']!r} {record['before']} > {record['after']}"
        return f"{head} | {when} | {who} | {more or ''} | {text[start:end]!r}"
    more = {key: value for key in ("part", "within", "denied", "resolved_from") if (value := getattr(record, key, None))}
    when = (record.date.start, record.date.end) if record.date else None
    head = f"{record.kind} {record.place!r} {record.before} > {record.after}"
    return f"{head} | {when} | {spoken(reading, record.according_to)} | {more or ''} | {record.span.of(text)!r}"


def errors(ids: frozenset[str]) -> None:
    """Prints what is wrong in the tune split."""
    reader = Reader.load()
    for row in rows("tune"):
        if ids and row["id"] not in ids:
            continue
        reading = read(reader, row)
        pairs, lines = dict(matched(row["control"], reading.control)), []
        for i, coded in enumerate(row["control"]):
            if i not in pairs:
                lines.append(f"  MISSED {shown(coded, row['text'], reading)}")
                continue
            found = reading.control[pairs[i]]
            wrong = [name for name, right in compared(coded, found, reading).items() if not right]
            if wrong:
                lines.append(f"  {','.join(wrong)}\n     gold  {shown(coded, row['text'], reading)}")
                lines.append(f"     found {shown(found, row['text'], reading)}")
        lines += [
            f"  ADDED {shown(record, row['text'], reading)}"
            for j, record in enumerate(reading.control)
            if j not in pairs.values()
        ]
        if lines:
            print(row["id"], row["date"], row["text"])
            print("\n".join(lines))


def main() -> None:
    command(__doc__, RUN, measure, errors)


if __name__ == "__main__":
    main()
