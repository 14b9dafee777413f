"""The province that an article's fighting or killing is in, measured on FA-KES, a corpus on the Syrian war.

Each row names the governorate of the killing that the article was looked up for (in Damascus and its countryside alike
"damascus"). It is compared with

    answer      the governorate of the reading's main event, deaths first: see `answer`
    among       the governorates of all where-places of the reading's events
    named       the governorates of all places that the reading finds in the body

A place's governorate is that of the nearest town of the program's own gazetteers whose governorate they name; countries and
regions have none. Rows whose own place is no Syrian governorate are counted apart. Half of the rows (by the hash of their ids)
were looked at while the rules were written; both halves are reported.

    python bench/fakes_places.py [--errors N] [--freeze]      needs the corpora beside the checkout
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.places import FOLDER, Places, place_key
from rashomon.reader import Reader
from rashomon.records import Document, Event, EventPlace, Place, Reading

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared/data/news/fakes.jsonl"
COUNTRY = "SY"
# The capital and the countryside around it are one in the corpus.
JOINT = {"Rif-dimashq": "Dimashq"}
AREAS = ("country", "region")
HARM = frozenset(("ASSAULT", "FIGHT"))


class Governorates:
    """The governorate of a point, by the nearest town whose governorate is known."""

    def __init__(self) -> None:
        towns = Gazetteer.open()._connection.execute(
            "SELECT t.lat, t.lon, t.admin1 FROM town t WHERE t.country = ?", (COUNTRY,)
        ).fetchall()
        names: dict[str, str] = {}
        for path, kind in (("admin.csv", "code"), ("places.csv", "")):
            lines = [line for line in (FOLDER / path).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
            for row in csv.DictReader(lines):
                if row["country"] != COUNTRY:
                    continue
                if kind:
                    names[row["code"]] = row["name"]
                elif row["admin1"] and row["precision"] in ("point", "town", "district"):
                    towns.append((float(row["lat"]), float(row["lon"]), row["admin1"]))
        self._towns = [(lat, lon, names.get(code, code)) for lat, lon, code in towns]

    def of(self, place: Place | EventPlace) -> str | None:
        """None where it has no point, is larger than a governorate, or far from every town."""
        if place.lat is None or place.lon is None or place.precision in AREAS:
            return None
        lat, lon = place.lat, place.lon
        scale = math.cos(math.radians(lat))
        away, name = min((math.hypot(a - lat, (b - lon) * scale), name) for a, b, name in self._towns)
        return JOINT.get(name, name) if away < 0.7 else None


def answer(reading: Reading, governorates: Governorates) -> tuple[str | None, set[str]]:
    """The governorate of the main event, and those of all events.

    The main event is the first that is told with deaths, else the first of harm, else the first. Where it has no place
    of its own that tells a governorate, it is where the place named nearest to it is.
    """
    events = sorted((event for event in reading.events if event.region == "body"), key=lambda event: event.trigger.start)
    among = {name for event in events for name in _of_event(event, governorates)}
    happened = [event for event in events if event.polarity == "positive" and event.modality == "asserted"]
    killed = [event for event in happened if any(quantity.what == "killed" for quantity in event.quantities)]
    harmed = [event for event in happened if event.type in HARM]
    main = next(iter((*killed, *harmed, *happened)), None)
    own = _of_event(main, governorates) if main is not None else []
    if own:
        return own[0], among
    start = main.trigger.start if main is not None else 0
    named = [(abs(place.span.start - start), name) for place in reading.places if (name := governorates.of(place)) is not None]
    return (min(named)[1] if named else None), among


def _of_event(event: Event, governorates: Governorates) -> list[str]:
    places = [place for place in event.places if place.role in ("where", "target")] or (
        [event.place] if event.place is not None else [])
    return [name for place in places if (name := governorates.of(place)) is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--freeze", action="store_true")
    asked = parser.parse_args()
    figures = measure(errors=asked.errors)
    print(json.dumps(figures, indent=1))
    if asked.freeze:
        (ROOT / "bench/runs/fakes_places.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measure(corpus: Path = CORPUS, errors: int = 0, most: int | None = None) -> dict[str, Any]:
    """The figures over the first `most` rows (all by default); prints as many errors as asked for."""
    governorates, places, reader = Governorates(), Places.load(), Reader.load()
    counts: dict[str, Counter[str]] = {"all": Counter(), "tuned_on": Counter(), "checked": Counter()}
    for line in corpus.read_text(encoding="utf-8").splitlines()[:most]:
        row = json.loads(line)
        half = "tuned_on" if int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 else "checked"
        gold = of_name(row["location"], places)
        reading = reader.read(Document(id=row["id"], source="", text=row["text"]))
        said, among = answer(reading, governorates)
        named = {name for place in reading.places if (name := governorates.of(place)) is not None}
        for part in ("all", half):
            count = counts[part]
            count["rows"] += 1
            count["no governorate"] += gold is None
            count["answered"] += gold is not None and said is not None
            count["answer"] += gold is not None and said == gold
            count["among"] += gold in among
            count["named"] += gold in named
        if half == "tuned_on" and said != gold and errors:
            errors -= 1
            print(f"{row['id']}  gold {gold}, answer {said}, among {sorted(among)}, named {sorted(named)}: {row['text'][:300]}\n")
    return {part: {**count, "share": {
        key: round(count[key] / (count["rows"] - count["no governorate"]), 4) for key in ("answered", "answer", "among", "named")
    }} for part, count in counts.items()}


def of_name(name: str, places: Places) -> str | None:
    """The governorate that a row names, by the program's own divisions."""
    site = next((site for site in places.named(place_key(name)) if site.country == COUNTRY and site.admin1), None)
    if site is None:
        return None
    division = places.division(COUNTRY, site.admin1)
    found = division.name if division is not None else site.admin1
    return JOINT.get(found, found)


if __name__ == "__main__":
    main()
