"""Ceasefires, agreements, demands and their like in the project's own coded passages (data/pledges-gold), beside the program's.

    python bench/pledges_gold.py [--freeze] [--errors]

Prints the figures of both splits; `--freeze` keeps them in bench/runs/pledges_gold.json; `--errors` prints the tune split's
misses, never the gate's. Entries go together where their spans share a character, those of one kind first.

* found: P, R, F1 of entries; typed: of entries that have the same kind, too;
* by, to, terms, conditions: P, R, F1 of the names and quotations of the entries found;
* deadline, duration, place, status, status_by, attribution: share of the entries found that have the coded value, none included;
  `stated` counts those for which the gold has a value.
"""

from __future__ import annotations

import re
from typing import Any

from book_gold import ROOT, Coded, Count, command, mentions, pairs, read, rows, same_name, same_names, same_words

from rashomon.reader import Reader
from rashomon.records import Pledge, Reading, Span

GOLD = ROOT / "data/pledges-gold/passages.jsonl"
RUN = ROOT / "bench/runs/pledges_gold.json"


def _plain(words: str | None) -> str:
    return re.sub(r"\W+", " ", words or "").casefold().strip()


def speaker(reading: Reading, attribution: str | None) -> str:
    """Whose words a claim is; the author's where there is no claim."""
    claim = next((one for one in reading.attributions if one.id == attribution), None)
    return (claim.speaker or "") if claim is not None and attribution != "A0" else "author"


def voice(reading: Reading, gold: str, found: str | None) -> bool:
    """One of the coded voices is the one found."""
    return any(same_name(one, found, mentions(reading, found)) for one in gold.split("; "))


def judged(reading: Reading, gold: Coded, found: Pledge) -> tuple[dict[str, tuple[int, int, int]], dict[str, tuple[bool, bool]]]:
    """Lists: field -> (right, found, coded). Values: field -> (right, the gold has a value)."""
    lists = {
        "by": same_names(reading, gold["by"], found.by),
        "to": same_names(reading, gold["to"], found.to),
        "terms": same_words([one["text"] for one in gold["terms"]], found.terms),
        "conditions": same_words([one["text"] for one in gold["conditions"]], found.conditions),
    }
    status, by = found.outcome or "none", found.status_by
    spoken = gold["status_by"]
    values = {
        "deadline": (gold["deadline"] == found.deadline, bool(gold["deadline"])),
        "duration": (_plain(gold["duration"]) == _plain(found.duration), bool(gold["duration"])),
        "place": (same_name(gold["place"], found.place), bool(gold["place"])),
        "status": (gold["status"] == status, gold["status"] != "none"),
        "status_by": (voice(reading, spoken, by) if spoken else by is None, bool(spoken)),
        "attribution": (
            voice(reading, gold["attribution"], speaker(reading, found.attribution)),
            gold["attribution"] != "author",
        ),
    }
    return lists, values


def matched(gold: list[Coded], found: tuple[Pledge, ...]) -> list[tuple[int, int]]:
    spans = [Span(*one["span"]) for one in gold]
    return pairs(spans, [one.span for one in found], 0.0, lambda i, j: gold[i]["kind"] == found[j].kind)


def measure(split: str) -> dict[str, Any]:
    """Figures of one split."""
    reader, count = Reader.load(), Count()
    for row in rows(GOLD, split):
        reading, gold = read(reader, row), row["pledges"]
        together = matched(gold, reading.pledges)
        typed = sum(gold[i]["kind"] == reading.pledges[j].kind for i, j in together)
        count.entries("found", len(together), len(reading.pledges), len(gold))
        count.entries("typed", typed, len(reading.pledges), len(gold))
        for i, j in together:
            lists, values = judged(reading, gold[i], reading.pledges[j])
            for name, (right, ours, coded) in lists.items():
                count.entries(name, right, ours, coded)
            for name, (good, stated) in values.items():
                count.value(name, good, stated)
    return {"passages": len(rows(GOLD, split)), **count.figures()}


def _shown(gold: Coded) -> str:
    terms, conditions = ([one["text"] for one in gold[name]] for name in ("terms", "conditions"))
    told = (gold[name] for name in ("by", "to", "deadline", "duration", "place", "status", "status_by", "attribution"))
    return f"{gold['kind']} {gold['span_text']!r} {terms} {conditions} {' | '.join(map(str, told))}"


def errors(ids: frozenset[str]) -> None:
    """Prints what is missed, added or coded otherwise in the tune half, or in its passages of these ids."""
    reader = Reader.load()
    for row in rows(GOLD, "tune"):
        if ids and row["id"] not in ids:
            continue
        reading = read(reader, row)
        gold, found, lines = row["pledges"], reading.pledges, []
        together = matched(gold, found)
        for i, j in together:
            lists, values = judged(reading, gold[i], found[j])
            wrong = [name for name, (right, ours, coded) in lists.items() if not right == ours == coded]
            wrong += [name for name, (right, _) in values.items() if not right] + ["kind"] * (gold[i]["kind"] != found[j].kind)
            if wrong:
                lines += [
                    f"  {','.join(wrong)}",
                    f"    wanted {_shown(gold[i])}",
                    f"    found  {found[j].span.of(row['text'])!r} {found[j]}",
                ]
        lines += [f"  MISSED {_shown(one)}" for i, one in enumerate(gold) if i not in {i for i, _ in together}]
        extra = [one for j, one in enumerate(found) if j not in {j for _, j in together}]
        lines += [f"  ADDED {one.span.of(row['text'])!r} {one}" for one in extra]
        if lines:
            print(row["id"], row["date"], row["text"], *lines, sep="\n")


def main() -> None:
    command(__doc__, RUN, lambda: {split: measure(split) for split in ("tune", "gate")}, errors)


if __name__ == "__main__":
    main()
