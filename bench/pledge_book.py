"""How well the books of pledges and forecasts bring tellings together and find what later claims say of them.

The cases (tests/track/book_cases.yaml) give by hand what a reading would find, so that the books alone are measured.

    python bench/pledge_book.py [--wrong]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rashomon.knowledge.comparison import ComparisonRules, Sides, load_comparison
from rashomon.knowledge.forecast_book import load_forecast_book
from rashomon.knowledge.pledge_book import load_pledge_book
from rashomon.knowledge.rarity import load_rarity
from rashomon.records import Citation, Forecast, Interval, Pledge, Reuse, SharedPassage, Span, Stated, sentence_around
from rashomon.track import forecasts as foretelling
from rashomon.track.bearings import with_bearings
from rashomon.track.forecast_tellings import Outlook, outlook
from rashomon.track.forecasts import ForecastEntry
from rashomon.track.later import Later
from rashomon.track.likeness import Parties
from rashomon.track.pledge_status import with_status
from rashomon.track.pledge_tellings import Telling, telling
from rashomon.track.pledges import PledgeEntry, entries
from rashomon.track.voices import Copies

CASES = Path(__file__).resolve().parents[1] / "tests" / "track" / "book_cases.yaml"


class Case(NamedTuple):
    """One case: the tellings, later claims and forecasts by their names, what is known of the parties, and the truth."""

    id: str
    tellings: dict[str, Telling]
    claims: dict[str, Later]
    forecasts: dict[str, Outlook]
    parties: Parties
    copies: Copies
    truth: dict[str, Any]


@dataclass
class Count:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    told: list[str] = field(default_factory=list)

    def add(self, case: str, found: set[Any], true: set[Any]) -> None:
        """Count what was found of what is true."""
        self.right += len(found & true)
        self.wrong += len(found - true)
        self.missed += len(true - found)
        self.told += [f"{case}: wrong {each}" for each in sorted(found - true, key=str)]
        self.told += [f"{case}: missed {each}" for each in sorted(true - found, key=str)]

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is right that was found."""
        return self.right / max(1, self.right + self.missed)


def cases(path: Path = CASES) -> list[Case]:
    """The cases of the file."""
    rules = load_comparison()
    return [_case(row, rules) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _case(row: dict[str, Any], rules: ComparisonRules) -> Case:
    book, foretold, rarity = load_pledge_book(), load_forecast_book(), load_rarity()
    found: dict[str, Telling] = {}
    claims: dict[str, Later] = {}
    forecasts: dict[str, Outlook] = {}
    lengths = {document["id"]: len(document["text"]) for document in row["documents"]}
    for document in row["documents"]:
        text, day = document["text"], str(document["day"])
        key, story = f"{row['id']}/{document['id']}", f"{row['id']}/{document['story']}"

        def cited(item: dict[str, Any], text: str = text, key: str = key, publisher: str = document["publisher"]) -> Citation:
            span = Span(text.index(item["at"]), text.index(item["at"]) + len(item["at"]))
            return Citation(key, span, sentence_around(text, span), tuple(item.get("chain", (publisher,))))

        for item in document.get("pledges", ()):
            citation = cited(item)
            said = Pledge(
                citation.span, item["kind"], item.get("by"), item.get("to"), tuple(item.get("terms", ())),
                tuple(item.get("conditions", ())), _day(item.get("deadline")), item.get("status"),
                outcome=item.get("outcome"), duration=item.get("duration"), place=item.get("place"),
            )
            stated = Stated(f"{key}/{item['name']}", citation, document["publisher"], (day, day), "2040-01-01", story, said)
            places = ((item["place"], None),) if "place" in item else ()
            found[item["name"]] = telling(stated, text, book, rarity, when=_days(item.get("day")), places=places)
        for sort in ("events", "control", "tolls"):
            for item in document.get(sort, ()):
                citation = cited(item)
                claims[item["name"]] = Later(
                    f"{key}/{item['name']}", "event" if sort == "events" else "toll" if sort == "tolls" else "control", citation,
                    document["publisher"], (day, day), "2040-01-01", story, citation.sentence.of(text), item["at"],
                    item.get("action") or item.get("kind") or item["what"],
                    tuple(item.get("actors", [item["after"]] if "after" in item else ())), tuple(item.get("recipients", ())),
                    item.get("place"), time=_days(item.get("day")), negative=item.get("polarity") == "negative",
                    failed=item.get("outcome") == "failure", low=item.get("low"), high=item.get("high"),
                )
        for item in document.get("forecasts", ()):
            citation = cited(item)
            horizon = Interval(*map(str, item["horizon"])) if "horizon" in item else None
            forecast = Forecast(
                citation.span, item.get("forecaster"), item["statement"], horizon, item.get("condition"), item["certainty_words"]
            )
            key_of, publisher = f"{key}/{item['name']}", document["publisher"]
            said_so = Stated(key_of, citation, publisher, (day, day), "2040-01-01", story, forecast)
            forecasts[item["name"]] = outlook(
                said_so, text, foretold, rarity, actions=tuple(item.get("actions", ())), parties=tuple(item.get("actors", ())),
                places=((item["place"], None),) if "place" in item else (), figure=item.get("figure"),
            )
    reuses = [
        Reuse(f"{row['id']}/{a}", f"{row['id']}/{b}", "same-text", None, None, 1.0, 1.0,
              (SharedPassage(Span(0, lengths[a]), Span(0, lengths[b]), 30, "text"),))
        for a, b in row.get("copies", ())
    ]
    parties = Parties(Sides({}, row.get("part_of", {})), rules)
    return Case(row["id"], found, claims, forecasts, parties, Copies(reuses), row["truth"])


def _day(day: Any) -> str | None:
    return None if day is None else str(day)


def _days(day: Any) -> tuple[str | None, str | None]:
    if isinstance(day, list):
        return str(day[0]), str(day[1])
    return _day(day), _day(day)


def pledge_entries(case: Case) -> tuple[PledgeEntry, ...]:
    """The entries of a case's pledges with what is said of them."""
    book = load_pledge_book()
    grouped = entries(case.tellings.values(), book, case.parties, case.copies)
    return with_status(grouped, case.claims.values(), book, load_rarity(), case.parties, case.copies)


def forecast_entries(case: Case) -> tuple[ForecastEntry, ...]:
    """The entries of a case's forecasts with what bears on them."""
    book = load_forecast_book()
    grouped = foretelling.entries(case.forecasts.values(), book, case.parties, case.copies)
    return with_bearings(
        grouped, case.claims.values(), book, load_comparison(), load_rarity(), case.parties, case.copies
    )


def _together(groups: Iterator[list[str]] | list[list[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def measure() -> dict[str, Count]:
    """Pairs of tellings in one entry; statuses said of the right entry; pairs of forecasts; what bears on a forecast."""
    counts = {name: Count() for name in ("pledges joined", "statuses", "forecasts joined", "bearings")}
    for case in cases():
        made = pledge_entries(case)
        names = [[telling.key.rpartition("/")[2] for telling in entry.tellings] for entry in made]
        counts["pledges joined"].add(case.id, _together(names), _together(case.truth.get("pledges", [])))
        home = {name: tuple(group) for group in case.truth.get("pledges", []) for name in group}
        said = {
            (home[names[at][0]], each.key.rpartition("/")[2], each.status)
            for at, entry in enumerate(made) for each in entry.said if names[at][0] in home
        }
        true = {(home[lead], claim, status) for lead, claim, status in case.truth.get("status", [])}
        counts["statuses"].add(case.id, said, true)
        foretold = forecast_entries(case)
        names = [[one.key.rpartition("/")[2] for one in entry.outlooks] for entry in foretold]
        counts["forecasts joined"].add(case.id, _together(names), _together(case.truth.get("forecasts", [])))
        home = {name: tuple(group) for group in case.truth.get("forecasts", []) for name in group}
        sides = {"for": "pro", "against": "contra"}
        borne = {
            (home[names[at][0]], each.claim.key.rpartition("/")[2], sides.get(each.stance, each.stance))
            for at, entry in enumerate(foretold) for each in entry.bearings
        }
        counts["bearings"].add(case.id, borne, {(home[lead], claim, side) for lead, claim, side in case.truth.get("bearing", [])})
    return counts


def main() -> None:
    """Print the counts."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--wrong", action="store_true", help="name what is wrong or missed")
    asked = options.parse_args()
    for name, count in measure().items():
        print(f"{name:18} precision {count.precision:.2f} ({count.right} of {count.right + count.wrong})"
              f"  recall {count.recall:.2f} ({count.right} of {count.right + count.missed})")
        for told in count.told if asked.wrong else ():
            print(f"    {told}")


if __name__ == "__main__":
    main()
