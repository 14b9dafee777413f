"""What was changed later: what linking keeps is what is found anew, whatever came and went in whatever order."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from rashomon import relinking
from rashomon.ledger import Ledger, open_ledger
from rashomon.records import Document, Reading
from rashomon.revising import Ready, around, papers, revised_later, settle
from rashomon.track.revisions import revisions

from .base import Base
from .factories import claim, count, document, raw, reading

# (outlet, day, how many were killed, at which place)
REPORTS = [
    ("The Post", "2022-05-02", 12, "Ruwaida"), ("The Post", "2022-05-03", 15, "Ruwaida"),
    ("The Post", "2022-05-05", 17, "Ruwaida"), ("The Post", "2022-05-04", 3, "Hasna"),
    ("The Herald", "2022-05-03", 12, "Ruwaida"), ("The Herald", "2022-05-06", 19, "Ruwaida"),
    ("The Herald", "2022-09-06", 21, "Ruwaida"), ("The Post", "2022-05-03", 4, "Hasna"),
]


def told(number: int) -> tuple[Document, Reading]:
    outlet, day, killed, place = REPORTS[number]
    said = f"{killed} people were killed in the shelling of {place} on Monday"
    text = f"Civil defence officer Karim Saleh said {said}.\nThe market stood empty, report {number} told."
    given = document(f"r{number}", text)
    made = reading(given, claims=(claim("A1", text, "Karim Saleh", said, outlet),), publisher=outlet, published=day)
    return given, replace(made, quantities=(count(text, str(killed), killed, killed),))


def store(ledger: Ledger, number: int) -> str:
    given, made = told(number)
    ledger.writer().store(raw(given), given, made, state="read")
    return given.key


def anew(ledger: Ledger) -> list[str]:
    """Ids of all revisions, looked for document by document."""
    view = ledger.view()
    ready = Ready(view)
    return sorted(
        each.id for entry in ready.entries
        for each in revisions(papers(view, around(view, {entry.key}, ready), ready)) if each.a.document == entry.key
    )


def kept(ledger: Ledger) -> list[str]:
    return sorted(each.id for each in ledger.revised().of([entry.key for entry in ledger.view().documents()]))


def filled(ledger: Ledger, order: Sequence[int], at_once: int) -> list[str]:
    for first in range(0, len(order), at_once):
        for number in order[first : first + at_once]:
            store(ledger, number)
        relinking.link(ledger)
    return kept(ledger)


@pytest.mark.parametrize("at_once", [1, 3, len(REPORTS)])
def test_what_is_kept_is_what_is_found_anew(base: Base, at_once: int) -> None:
    order = list(range(len(REPORTS)))
    random.Random(at_once).shuffle(order)
    with open_ledger(base.target, create=True) as ledger:
        found = filled(ledger, order, at_once)
        assert found == anew(ledger) != []
        gone = ledger.view().documents()[0].key
        ledger.writer().remove(gone)
        relinking.link(ledger)
        assert kept(ledger) == anew(ledger)
        for number in order:
            store(ledger, number)
        relinking.link(ledger)
        assert kept(ledger) == found


def test_what_waits_is_found_when_asked(base: Base) -> None:
    with open_ledger(base.target, create=True) as ledger:
        found = filled(ledger, range(len(REPORTS)), len(REPORTS))
        keys = [entry.key for entry in ledger.view().documents()]
        ledger.revised().ask_all()
        assert sorted(each.id for each in revised_later(ledger.view(), keys)) == found
        assert (settle(ledger), settle(ledger)) == (len(REPORTS), 0)
        assert kept(ledger) == found
