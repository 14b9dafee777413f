"""Linking by several processes, block by block, comes to what one process comes to, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from rashomon import relinking
from rashomon.ledger import Ledger, open_ledger
from rashomon.linker import Linker
from rashomon.records import Anchor, Reading
from rashomon.relinking import Linking, link

from .base import Base
from .factories import claim, count, document, event, raw, reading

TOWNS = ("Ruwaida", "Tell Amar", "Hasna")
OBJECTS = ("clinic near the olive press", "school by the northern gate", "bakery on the station road", "bridge over the Quweis")
# When a row was written, and requests that are numbered by chance.
CHANCE = {"asked", "added", "made", "created", "read", "fetched"}


def report(number: int) -> Reading:
    """The report of that number: four of one happening follow on another, months apart; two outlets, who copy one another."""
    happening, outlet = number // 4, f"Outlet {number % 2}"
    town, hit = TOWNS[happening % len(TOWNS)], OBJECTS[happening % len(OBJECTS)]
    day = f"2022-{happening % 12 + 1:02}-{happening % 27 + 1:02}"
    toll = str(10 + happening + number % 3)
    text = f"An air strike on the {hit} in {town} killed {toll} people on that day, doctors said."
    if number % 4 == 3:
        text = f"In {town} the {hit} was destroyed, residents told Outlet {number}; {happening} families left the district."
    given = document(f"n{number:04}", text)
    if not text.startswith("An air strike"):
        return reading(given, publisher=outlet, published=day)
    struck = event("E1", text, "strike", where=town, day=day, according_to="A1", quantities=(
        count(text, toll, float(toll), float(toll)),
    ))
    said = claim("A1", text, "doctors", text.split(", doctors")[0], outlet)
    return reading(given, events=(struck,), claims=(said,), publisher=outlet, published=day)


def store(ledger: Ledger, numbers: Iterable[int]) -> None:
    writer = ledger.writer()
    for number in numbers:
        found = report(number)
        given = document(found.id, found.text)
        writer.store(raw(given), given, found, state="read")


def rows(base: Base) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the ledger."""
    found = {}
    for table in base.tables():
        ask = f"PRAGMA table_info('{table}')" if base.kind == "sqlite" else (
            f"SELECT 0, column_name FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public'"
        )
        columns = sorted(f'"{row[1]}"' for row in base.run(ask) if row[1] not in CHANCE)
        found[table] = sorted(base.run(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
    return found


def live(base: Base, linker: Linker, jobs: int) -> list[Linking]:
    """A life of a ledger: filled, decided upon, added to; something is removed. What each linking did."""
    done = []
    with open_ledger(base.target, create=True, clock=lambda: "2026-01-01T00:00:00Z") as ledger:
        writer, view = ledger.writer(), ledger.view()
        store(ledger, range(28))
        done.append(link(ledger, linker=linker, jobs=jobs))
        told = {entry.id: entry.key for entry in view.documents()}
        struck = {id: Anchor(told[id], report(int(id[1:])).events[0].trigger) for id in ("n0000", "n0001", "n0004")}
        writer.decide("join", [[struck["n0000"]], [struck["n0004"]]], "Ann Lee", None)
        writer.decide("split", [[struck["n0000"]], [struck["n0001"]]], "Ann Lee", None)
        done.append(link(ledger, linker=linker, jobs=jobs))
        store(ledger, range(26, 50))
        done.append(link(ledger, linker=linker, jobs=jobs))
        writer.remove(told["n0005"])
        writer.queue()
        done.append(link(ledger, linker=linker, jobs=jobs))
        (joined,) = [one for one in view.incidents() if {told["n0000"], told["n0004"]} <= set(one.documents)]
        assert told["n0001"] not in joined.documents
        whole = linker.link(view.readings(), view.decisions())
        assert (view.stories(), tuple(view.incidents())) == (whole.stories, whole.incidents)
        assert any(len(story.documents) > 2 for story in whole.stories) and not list(view.verify())
    return done


def test_two_processes_come_to_what_one_comes_to(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_MANY", 1), ("_BLOCK", 7), ("_ROUND", 12), ("_AT_ONCE", 5)):
        monkeypatch.setattr(relinking, name, value)
    linker, other = Linker.load(), base.another()
    one, two = live(base, linker, 1), live(other, linker, 2)
    assert one == two and one[0].linked == 28 and one[0].incidents > 5
    ours, theirs = rows(base), rows(other)
    assert {name for name in ours if ours[name] != theirs[name]} == set()
    assert all(ours[name] for name in ("sketches", "signs", "edges", "prints", "revised", "incidents", "stories"))


def test_whole_blocks_find_what_a_look_for_each_document_finds(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    linker, other = Linker.load(), base.another()
    live(base, linker, 1)
    for name, value in (("_MANY", 1), ("_BLOCK", 3)):
        monkeypatch.setattr(relinking, name, value)
    live(other, linker, 1)
    ours, theirs = rows(base), rows(other)
    # How often something was written is told too, and differs.
    assert ours["edges"] and {name for name in ours if ours[name] != theirs[name]} == {"state"}
