"""Where and when the events of the project's own coded passages happened (data/setting-gold), beside what the program says.

    python bench/setting_gold.py [--freeze] [--errors]

Prints the figures of both splits; `--freeze` keeps them in bench/runs/setting_gold.json; `--errors` prints the tune split's
misses, never the gate's. An event is found when some event of the program's shares a character with its trigger. All shares
below are of the coded events, found or not.

* time: the interval is the coded one; overlaps: both have a day in common (an end that the text leaves open is open);
* basis: stated, anchored, report-date or unknown, as coded;
* place: the main place is one of the coded answers (by the words that name it); null is an answer, too;
* made up: a firm day (stated or anchored) where the text gives none.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rashomon.reader import Reader
from rashomon.records import Document, Event, Reading, Span

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data/setting-gold/passages.jsonl"
RUN = ROOT / "bench/runs/setting_gold.json"
FIRM = {"stated", "anchored"}
FIELDS = ("found", "time", "overlaps", "basis", "place")
Coded = dict[str, Any]


def read(reader: Reader, row: Coded) -> Reading:
    """The program's reading of a passage, with its day of publication as the carrier's."""
    return reader.read(Document(id=row["id"], source=row["id"], text=row["text"], published=row["published"]))


def pairs(gold: Sequence[Coded], events: Sequence[Event]) -> list[Event | None]:
    """For each coded event the first of the program's that shares a character with one of its triggers."""
    return [
        next(
            (event for start, end in coded["triggers"] for event in events if event.trigger.overlaps(Span(start, end))), None
        )
        for coded in gold
    ]


def interval(event: Event) -> tuple[str | None, str | None]:
    """First and last day of the event, None for an open end."""
    if event.time is None:
        return None, None
    return tuple(day[:10] if day else None for day in (event.time.start, event.time.end))  # type: ignore[return-value]


def basis(event: Event) -> str:
    """On what ground its time is said; unknown where there is none."""
    return event.time.basis if event.time is not None else "unknown"


def place_right(row: Coded, coded: Coded, event: Event, reading: Reading) -> bool:
    """True where the event's main place is named by the words of one of the answers."""
    if event.place is None:
        return None in coded["places"]
    for answer in coded["places"]:
        if answer is None:
            continue
        span = Span(*answer["span"])
        if event.place.span is not None and event.place.span.overlaps(span):
            return True
        named = {place.name for place in reading.places if place.span.overlaps(span)}
        if event.place.span is None and event.place.name in named:
            return True
    return False


def judged(row: Coded, coded: Coded, event: Event | None, reading: Reading) -> dict[str, bool]:
    """Field -> right."""
    if event is None:
        return dict.fromkeys(FIELDS, False)
    start, end = interval(event)
    low, high = coded["start"], coded["end"]
    ours, theirs = (start or "0", end or "9"), (low or "0", high or "9")
    meet = ours[0] <= theirs[1] and theirs[0] <= ours[1]
    firm = basis(event) in FIRM
    return {
        "found": True,
        "time": (start, end) == (low, high),
        "overlaps": meet and (firm or coded["basis"] not in FIRM),
        "basis": basis(event) == coded["basis"],
        "place": place_right(row, coded, event, reading),
        "made up": firm and coded["basis"] not in FIRM,
    }


def rows(path: Path = GOLD) -> list[Coded]:
    """The passages of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure(path: Path = GOLD, split: str | None = None) -> dict[str, Any]:
    """Figures of one split, or of each: counts, and the share of the coded events."""
    reader = Reader.load()
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("tune", "gate") if split in {None, name}}
    for row in rows(path):
        if row["split"] not in counts:
            continue
        reading = read(reader, row)
        count = counts[row["split"]]
        count["passages"] += 1
        for coded, event in zip(row["events"], pairs(row["events"], reading.events), strict=True):
            count["coded"] += 1
            count["located"] += None not in coded["places"]
            for field, right in judged(row, coded, event, reading).items():
                count[field] += right
                count["located right"] += field == "place" and right and None not in coded["places"]
    return {
        name: {
            "passages": count["passages"],
            "events": count["coded"],
            **{field: {"right": count[field], "share": round(count[field] / max(1, count["coded"]), 4)} for field in FIELDS},
            "located": {"right": count["located right"], "of": count["located"]},
            "made_up": count["made up"],
        }
        for name, count in counts.items()
    }


def errors() -> None:
    """Prints what is wrong in the tune split."""
    reader = Reader.load()
    for row in rows():
        if row["split"] != "tune":
            continue
        reading, lines = read(reader, row), []
        for coded, event in zip(row["events"], pairs(row["events"], reading.events), strict=True):
            fields = judged(row, coded, event, reading)
            wrong = [field for field in FIELDS if not fields[field]] + ["made up"] * fields.get("made up", False)
            if wrong:
                wanted = f"{coded['start']}..{coded['end']} {coded['basis']} {[one and one['text'] for one in coded['places']]}"
                told = "-"
                if event is not None:
                    start, end = interval(event)
                    places = [(one.role, one.name) for one in (event.place, *event.places) if one]
                    told = f"{start}..{end} {basis(event)} {places}"
                lines.append(f"  {','.join(wrong):30} {coded['trigger_text']!r} wanted {wanted} | {told}")
        if lines:
            print(row["id"], row["published"], row["text"], *lines, sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    if args.errors:
        errors()
        return
    figures = measure()
    print(json.dumps(figures, indent=1))
    if args.freeze:
        RUN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
