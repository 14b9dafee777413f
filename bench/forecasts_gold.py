"""Forecasts in the project's own coded passages (data/forecasts-gold), beside the program's.

    python bench/forecasts_gold.py [--freeze] [--errors]

Prints the figures of both splits; `--freeze` keeps them in bench/runs/forecasts_gold.json; `--errors` prints the tune split's
misses, never the gate's.

* found: P, R, F1 of forecasts whose spans have .3 of their characters in common;
* statement: share of those found whose statement has at least half of its words in common with the coded one;
* forecaster, horizon, condition, certainty words: share of those found with the coded value, none included; `stated` counts those
  for which the gold has a value (a forecaster other than the author). A condition is right by half of its words, certainty
  words where all are the same.
"""

from __future__ import annotations

import re
from typing import Any

from book_gold import ROOT, Coded, Count, command, mentions, pairs, read, rows, same_name, same_words

from rashomon.reader import Reader
from rashomon.records import Forecast, Reading, Span

GOLD = ROOT / "data/forecasts-gold/passages.jsonl"
RUN = ROOT / "bench/runs/forecasts_gold.json"
CLOSE = 0.3


def judged(reading: Reading, gold: Coded, found: Forecast) -> dict[str, tuple[bool, bool]]:
    """Field -> (right, the gold has a value)."""
    who, ours = gold["forecaster"], found.forecaster or "author"
    condition = gold["condition"]["text"] if gold["condition"] else None
    words = [found.condition] if found.condition else []
    horizon = [found.horizon.start, found.horizon.end] if found.horizon else None
    certain = [" ".join(re.findall(r"\w+", text or "")).casefold() for text in (gold["certainty_words"], found.certainty_words)]
    return {
        "statement": (same_words([gold["statement"]["text"]], [found.statement])[0] == 1, True),
        "forecaster": (same_name(who, ours, mentions(reading, found.forecaster)), who != "author"),
        "horizon": (gold["horizon"] == horizon, bool(gold["horizon"])),
        "condition": (same_words([condition], words)[0] == 1 if condition else not words, bool(condition)),
        "certainty words": (certain[0] == certain[1], bool(certain[0])),
    }


def matched(gold: list[Coded], found: tuple[Forecast, ...]) -> list[tuple[int, int]]:
    return pairs([Span(*one["span"]) for one in gold], [one.span for one in found], CLOSE, lambda i, j: True)


def measure(split: str) -> dict[str, Any]:
    """Figures of one split."""
    reader, count = Reader.load(), Count()
    for row in rows(GOLD, split):
        reading, gold = read(reader, row), row["forecasts"]
        together = matched(gold, reading.forecasts)
        count.entries("found", len(together), len(reading.forecasts), len(gold))
        for i, j in together:
            for name, (right, stated) in judged(reading, gold[i], reading.forecasts[j]).items():
                count.value(name, right, stated)
    return {"passages": len(rows(GOLD, split)), **count.figures()}


def _shown(gold: Coded) -> str:
    condition = gold["condition"] and gold["condition"]["text"]
    told = (gold["forecaster"], gold["statement"]["text"], gold["horizon"], condition, gold["certainty_words"])
    return f"{gold['span_text']!r} {' | '.join(map(str, told))}"


def errors(ids: frozenset[str]) -> None:
    """Prints what is missed, added or coded otherwise in the tune half, or in its passages of these ids."""
    reader = Reader.load()
    for row in rows(GOLD, "tune"):
        if ids and row["id"] not in ids:
            continue
        reading = read(reader, row)
        gold, found, lines = row["forecasts"], reading.forecasts, []
        together = matched(gold, found)
        for i, j in together:
            wrong = [name for name, (right, _) in judged(reading, gold[i], found[j]).items() if not right]
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
