"""What overviews count in memory is what the rows say, for every kind of selection, and after every change."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from rashomon.ledger import IncidentEntry, Ledger, Selection

SELECTIONS = (
    Selection(),
    Selection(since="2016-07-01"),
    Selection(until="2016-08-05"),
    Selection(since="2016-08-01", until="2016-08-10"),
    Selection(contested=True),
    Selection(contested=False, since="2016-08-01"),
    Selection(place="aleppo"),
    Selection(type="ASSAULT"),
    Selection(near=(36.2, 37.16, 50.0)),
    Selection(box=(30.0, 30.0, 40.0, 40.0)),
    Selection(place="no such place"),
)


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_the_summary_is_that_of_the_list(ledger: Ledger, chosen: Selection) -> None:
    lists = ledger.lists()
    some = [entry for entry, _ in lists.page(chosen, order="most-told", limit=10_000)]
    found = lists.summary(chosen, by="day", areas=5)
    assert (found.totals.incidents, found.totals.contested, found.totals.untraced) == (
        len(some), sum(each.contested for each in some), sum(each.untraced for each in some)
    )
    told = {key for each in some for key in documents(ledger, each)}
    assert found.totals.articles == len(told)
    days = Counter(each.time_start[:10] for each in some if each.time_start)
    assert {each.start: each.incidents for each in found.periods} == days
    assert dict(found.types) == Counter(each.type for each in some)
    placed = [each for each in some if each.lat is not None]
    assert list(found.areas) == placed[:5]
    assert found.left_out == max(0, len(placed) - 5)


def documents(ledger: Ledger, entry: IncidentEntry) -> Any:
    """Keys of the documents that tell of it."""
    found = ledger.view().incident(entry.id)
    assert found is not None
    return found.documents


def test_the_chains_are_those_of_the_readings(ledger: Ledger) -> None:
    view = ledger.view()
    readings = dict(view.readings())
    assert view.chains(readings) == {
        key: {claim.id: claim.chain for claim in reading.attributions} for key, reading in readings.items()
    }
