"""Time expressions measured on the project's own gold passages, tune and gate apart.

    python bench/timex_gold.py [--freeze] [--errors] [--gold PATH]

Each passage is laid out and parsed as the reader does it, and read as published on the day of its `created`. strict, relaxed,
value and type are counted as the project's scorer `times` counts them (TempEval-3); where the scorer stands beside the checkout
its figures are compared with these, and any difference is an error. `interval` is the share of the coded expressions with a
`start` or an `end` for which both are right; an expression not found is wrong. Right is: as coded or, where the coder left the
whole unit to an "early", "mid" or "late", inside it. `interval_or_none` is the same over all, null where nothing is certain.
`--errors` prints what differs in the tune split; the gate's texts are counted and never printed. `--freeze` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scoring import SHARED, measured

from rashomon.annotate import Annotator
from rashomon.clean import lay_out
from rashomon.knowledge.boilerplate import load_furniture
from rashomon.knowledge.lexicon import Lexicon
from rashomon.knowledge.places import Places
from rashomon.knowledge.proper import ProperNames
from rashomon.knowledge.times import load_time_words
from rashomon.records import Document, Layout, Publication, Syntax, TimeMention
from rashomon.resolve.times import Grammar, Resolver

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data/timex-gold/passages.jsonl"
RUN = ROOT / "bench/runs/timex_gold.json"
SPLITS = ("tune", "gate")
Coded = dict[str, Any]
Parsed = tuple[Layout, Syntax]


def rows(path: Path = GOLD, split: str | None = None) -> list[Coded]:
    """The passages of a file, or those of one split."""
    read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in read if split is None or row["split"] == split]


def parsed(passages: Sequence[Coded]) -> list[Parsed]:
    """Layout and syntax of each, as the reader has them."""
    furniture, annotator, lexicon = load_furniture(), Annotator.load(), Lexicon.load()
    names = ProperNames.load(lexicon, Places.load(actors=lexicon.actors))
    found = []
    for row in passages:
        layout = lay_out(Document(id=row["id"], source=row["id"], text=row["text"]), furniture)
        found.append((layout, annotator.annotate(row["text"], layout, names)))
    return found


def found_in(passages: Sequence[Coded], syntax: Sequence[Parsed]) -> list[tuple[TimeMention, ...]]:
    """The times of each passage, seen from its day."""
    words = load_time_words()
    grammar, resolver = Grammar(words), Resolver(words)
    return [
        resolver.resolve(grammar.expressions(row["text"], layout, tree), _published(row))
        for row, (layout, tree) in zip(passages, syntax, strict=True)
    ]


def _published(row: Coded) -> Publication:
    return Publication(row["created"], row["created"], "stated", row["created"])


def pairs_of(gold: Sequence[Coded], found: Sequence[TimeMention]) -> list[tuple[int, int]]:
    """Coded and found expressions that share a character, one to one: equal spans first, then those that share most."""
    options = []
    for i, time in enumerate(gold):
        for j, mention in enumerate(found):
            shared = min(time["span"][1], mention.span.end) - max(time["span"][0], mention.span.start)
            if shared > 0:
                same = tuple(time["span"]) == (mention.span.start, mention.span.end)
                options.append((not same, -shared, time["value"] != mention.value, i, j))
    taken: list[tuple[int, int]] = []
    for *_, i, j in sorted(options):
        if all(i != a and j != b for a, b in taken):
            taken.append((i, j))
    return sorted(taken)


def wrong(gold: Coded, found: TimeMention) -> list[str]:
    """What is not as coded."""
    return [
        name
        for name, right in (
            ("span", tuple(gold["span"]) == (found.span.start, found.span.end)),
            ("type", gold["type"] == found.type),
            ("value", gold["value"] == found.value),
            ("interval", _same_days(gold, found)),
        )
        if not right
    ]


def _same_days(gold: Coded, found: TimeMention) -> bool:
    if (gold["start"], gold["end"]) == (found.start, found.end):
        return True
    inside = gold["mod"] in ("START", "MID", "END") and gold["start"] and found.start and found.end
    return bool(inside and gold["start"] <= found.start <= found.end <= gold["end"])


def counted(passages: Sequence[Coded], found: Sequence[Sequence[TimeMention]]) -> dict[str, Any]:
    """strict, relaxed, value, type as P, R, F1, and the share of intervals right."""
    right = dict.fromkeys(("strict", "relaxed", "value", "type"), 0)
    coded = predicted = intervals = dated = all_intervals = 0
    for row, mentions in zip(passages, found, strict=True):
        pairs = dict(pairs_of(row["times"], mentions))
        predicted += len(mentions)
        for i, time in enumerate(row["times"]):
            coded += 1
            off = wrong(time, mentions[pairs[i]]) if i in pairs else ["span", "type", "value", "interval"]
            right["relaxed"] += i in pairs
            right["strict"] += "span" not in off
            right["value"] += "value" not in off
            right["type"] += "type" not in off
            all_intervals += "interval" not in off
            if time["start"] or time["end"]:
                dated += 1
                intervals += "interval" not in off
    figures: dict[str, Any] = {"passages": len(passages), "coded": coded, "predicted": predicted}
    for name, n in right.items():
        figures[name] = {
            "p": round(n / max(1, predicted), 4), "r": round(n / max(1, coded), 4),
            "f1": round(2 * n / max(1, predicted + coded), 4), "right": n,
        }
    figures["interval"] = {"accuracy": round(intervals / max(1, dated), 4), "right": intervals, "n": dated}
    figures["interval_or_none"] = {"accuracy": round(all_intervals / max(1, coded), 4), "right": all_intervals, "n": coded}
    return figures


def measure(path: Path = GOLD, split: str | None = None) -> dict[str, Any]:
    """Figures of one split, or of each."""
    passages = rows(path, split)
    found = found_in(passages, parsed(passages))
    figures = {}
    for name in SPLITS:
        keep = [number for number, row in enumerate(passages) if row["split"] == name]
        if keep:
            figures[name] = counted([passages[n] for n in keep], [found[n] for n in keep])
            if (SHARED / "score").is_dir():
                _agree(name, figures[name], [passages[n] for n in keep], [found[n] for n in keep])
    return figures


def _agree(name: str, ours: Coded, passages: Sequence[Coded], found: Sequence[Sequence[TimeMention]]) -> None:
    gold = [
        {"id": row["id"], "dct": row["created"], "text": row["text"], "timexes": [
            {"start": time["span"][0], "end": time["span"][1], "type": time["type"], "value": time["value"]}
            for time in row["times"]
        ]}
        for row in passages
    ]
    predicted = [
        {"id": row["id"], "times": [{"span": list(m.span), "type": m.type, "value": m.value} for m in mentions]}
        for row, mentions in zip(passages, found, strict=True)
    ]
    theirs = measured("times", gold, predicted)
    for key in ("strict", "relaxed", "value", "type"):
        if abs(theirs[key]["f1"] - ours[key]["f1"]) > 0.0001:
            raise SystemExit(f"{name}: {key} is {ours[key]['f1']} here and {theirs[key]['f1']} by the scorer; mend the counting")


def errors(passages: Sequence[Coded], found: Sequence[Sequence[TimeMention]]) -> Iterator[str]:
    """Lines that tell what differs, passage by passage."""
    for row, mentions in zip(passages, found, strict=True):
        pairs = dict(pairs_of(row["times"], mentions))
        lines = []
        for i, time in enumerate(row["times"]):
            coded = f"{time['type']} {time['value']} {time['mod'] or ''} [{time['start']} {time['end']}]"
            if i not in pairs:
                lines.append(f"  MISSED {time['text']!r} {coded}")
            elif off := wrong(time, mentions[pairs[i]]):
                mention = mentions[pairs[i]]
                lines.append(f"  {','.join(off):20} {time['text']!r} {coded} | found {_shown(mention, row['text'])}")
        for j, mention in enumerate(mentions):
            if j not in pairs.values():
                lines.append(f"  ADDED {_shown(mention, row['text'])}")
        if lines:
            yield f"{row['id']} ({row['created']}) {row['text']}\n" + "\n".join(lines)


def _shown(mention: TimeMention, text: str) -> str:
    return f"{mention.span.of(text)!r} {mention.type} {mention.value} [{mention.start} {mention.end}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    if args.errors:
        passages = rows(args.gold, "tune")
        print("\n".join(errors(passages, found_in(passages, parsed(passages)))))
        return
    figures = measure(args.gold)
    print(json.dumps(figures, indent=1))
    if args.freeze:
        RUN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
