"""Relations of the incident gold, where linking is taken from the gold: what comparison alone gets right.

    python bench/relations_gold.py [--freeze] [--errors]

Every event that the first coder's mentions hold goes into that coder's incident, harm told nearby with it; all other events
stand by themselves. Rows are found and right as in `incident_gold.py`. `--errors` prints the rows of the tune half that are
not right; the gate half is counted and never printed. Also scored: the pairs that `contradictions` lists for the two open
articles whose pairs are coded, where the corpora lie beside the checkout.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import incident_gold as gold

from rashomon.compare import Source, build_incidents
from rashomon.knowledge.actors import load_actors
from rashomon.knowledge.comparison import load_comparison, sides_of
from rashomon.knowledge.linking import load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.link import covered, happenings, passages, shingles
from rashomon.linker import Linked, Linker
from rashomon.reader import Reader
from rashomon.records import Document, EventGroup, Reading, event_keys

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "data" / "seeds"


class Oracle:
    """Incidents as the gold groups them."""

    def __init__(self) -> None:
        self._rarity, self._rules = load_rarity(), load_linking()
        self._comparison, self._sides = load_comparison(), sides_of(load_actors())

    def link(self, readings: dict[str, Reading], coded: dict[str, Any]) -> Linked:
        """The incidents of one case."""
        sources = {key: Source.of(key, reading) for key, reading in readings.items()}
        shared = covered(passages(shingles(key, reading) for key, reading in readings.items()))
        mine = [
            each for key, reading in readings.items() for each in happenings(key, reading, self._rarity, self._rules.incidents)
        ]
        home = {event: each.key for each in mine for event in each.events}
        used: dict[str, str] = {}
        for document, quote, word, incident in gold.mentions(coded).values():
            keys = event_keys(document, readings[document].events)
            inside = [
                event for event in readings[document].events if event.trigger.overlaps(quote) and keys[event.id] in home
            ]
            inside.sort(key=lambda event: (not event.trigger.overlaps(word), abs(event.trigger.start - word.start)))
            if inside:
                used.setdefault(home[keys[inside[0].id]], incident)
        at = {
            each.key: (each.document, min(sources[each.document].events[event].trigger.start for event in each.events))
            for each in mine
        }
        for each in mine:
            if each.key not in used and set(each.types) == {"ASSAULT"} and each.tolls:
                near = [(abs(at[key][1] - at[each.key][1]), key) for key in used if at[key][0] == each.document]
                if near:
                    used[each.key] = used[min(near)[1]]
        groups: dict[str, list[str]] = {}
        for each in mine:
            groups.setdefault(used.get(each.key, each.key), []).extend(each.events)
        ordered = [EventGroup(tuple(sorted(events))) for events in groups.values()]
        return Linked((), tuple(build_incidents("s", ordered, sources, shared, self._comparison, self._sides)), ())


def seed_pairs(reader: Reader, linker: Linker) -> dict[str, Any] | None:
    """Found, right and listed pairs of the two open articles; None without the corpora."""
    if not SEEDS.exists():
        return None
    pairs = json.loads((SEEDS / "contradictions.json").read_text(encoding="utf-8"))
    names = sorted({side["file"] for pair in pairs for side in (pair["a"], pair["b"])})
    readings = {
        name: reader.read(Document(id=name, source=name, text=(SEEDS / name).read_bytes().decode("utf-8"))) for name in names
    }
    listed = linker.contradictions(readings.items(), linker.link(readings.items()).incidents)
    found = right = 0
    for pair in pairs:
        a, b = ((pair[side]["file"], gold.Span(*pair[side]["span"])) for side in ("a", "b"))
        hits = [
            each for each in listed
            for one, other in ((each.a, each.b), (each.b, each.a))
            if one.document == a[0] and other.document == b[0] and one.span.overlaps(a[1]) and other.span.overlaps(b[1])
        ]
        found += bool(hits)
        right += any(each.relation == pair["relation"] for each in hits)
    return {"pairs": len(pairs), "found": found, "right": right, "listed": len(listed)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--freeze", action="store_true", help="keep the figures in runs/")
    parser.add_argument("--errors", action="store_true", help="print the rows of the tune half that are not right")
    asked = parser.parse_args(arguments)
    reader, linker, oracle = Reader.load(), Linker.load(), Oracle()
    first = gold.rows("coder-1.jsonl")
    counts = {"tune": gold.Counts(), "gate": gold.Counts()}
    for case in gold.rows("cases.jsonl").values():
        readings = {
            each["id"]: reader.read(
                Document(id=each["id"], source=each["id"], text=each["text"], title=each["title"],
                         publisher=each["publisher"], published=each["date"]))
            for each in case["documents"]
        }
        texts = {name: reading.text for name, reading in readings.items()}
        coded = first[case["id"]]
        stated = gold.stated_relations(linker, oracle.link(readings, coded), readings)
        counts[case["split"]].add_incidents({0: "a"}, {0: "a"})
        for row in gold.coded_relations(coded):
            found = gold.match(row, stated, texts)
            counts[case["split"]].add_relation(row.relation, found)
            if asked.errors and case["split"] == "tune" and found != row.relation:
                sides = " | ".join(f"{name} {span.of(texts[name])!r}" for name, span in (row.a, row.b))
                sys.stdout.write(f"{row.field}: {row.relation}, found {found}: {sides}\n")
    figures: dict[str, Any] = {
        split: {key: count.figures()[key] for key in ("relations", "found", "right", "right_of_found", "by_relation")}
        for split, count in counts.items()
    }
    figures["open articles"] = seed_pairs(reader, linker)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if asked.freeze:
        (ROOT / "bench" / "runs" / "relations_gold.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
