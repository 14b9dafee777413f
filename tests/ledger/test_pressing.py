"""What is made of a reading apart from the ledger, by another process too, goes in as the reading itself would."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from rashomon.errors import LedgerError
from rashomon.ledger import Ledger, Offer, Pressed, Stored, open_ledger
from rashomon.ledger.pressing import press
from rashomon.records import Document, Reading
from rashomon.workers import Workers

from ..base import Base
from .made import CLOCK, LATER_MAKE, MAKE, document, raw, reading


class Made:
    """Gives the made reading of any document."""

    made_by = MAKE

    def read(self, document: Document) -> Reading:
        return reading(document)


def through_a_pipe(press: Callable[[Document, Reading], Pressed]) -> Callable[[Document, Reading], Pressed]:
    """As another process does it: the function goes there, what it made comes back."""
    return lambda item, found: pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(press))(item, found)))


def rows(base: Base) -> dict[str, list[str]]:
    """Every row of the ledger, by table, but counts of changes and names of requests."""
    wanted = set(base.tables()) - {"state", "to_revise"}
    return {name: sorted(map(repr, base.run(f'SELECT * FROM "{name}"'))) for name in wanted}


def test_the_ledger_is_the_same_to_the_row(ledger: Ledger, base: Base) -> None:
    items, late = [document(f"{number}.txt") for number in range(3)], document("late.txt")
    beside = base.another()
    with open_ledger(beside.target, create=True, clock=lambda: CLOCK) as other:
        for one in (ledger, other):
            one.writer().store(raw(late), late, None, state="not-read", reason="asleep")
        writer, wanted = other.writer(), [*items, late]
        with Workers(Made, 2) as workers:
            pressed = list(workers.each_then(((item, item) for item in wanted), writer.press))
        offers = [Offer(raw(item), item, made, "read") for item, made in pressed if isinstance(made, Pressed)]
        as_read = ledger.writer().store_all([Offer(raw(item), item, reading(item), "read") for item in wanted])
        assert writer.store_all(offers) == as_read == [Stored(item.key, item != late, True) for item in wanted]
        assert all(each.changed is False for each in writer.store_all(offers))
        again = reading(items[1], LATER_MAKE)
        made = through_a_pipe(writer.press)(items[1], again)
        assert ledger.writer().replace(items[1].key, again) and writer.replace(items[1].key, made)
        assert not writer.replace(items[1].key, made)
        for one in (ledger, other):
            assert list(one.view().verify()) == [] and len(one.view().search("depots", 50)) == 8
            assert len(one.view().events(near=(36.2, 37.1, 5.0))) == 4 and one.view().events(near=(37.2, 37.1, 5.0)) == ()
        assert rows(base) == rows(beside)


def test_what_was_pressed_for_another_is_refused(ledger: Ledger, base: Base) -> None:
    item, other = document(), document("b.txt")
    writer = ledger.writer()
    elsewhere = press(item, reading(item), form="postgresql" if base.kind == "sqlite" else "sqlite")
    for made, words in (
        (elsewhere, "press it again"),
        (writer.press(other, reading(other)), "was pressed of another"),
        (press(item, None, form=elsewhere.form), "was pressed of another"),
    ):
        with pytest.raises(LedgerError, match=words):
            writer.store(raw(item), item, made, state="read")
    with pytest.raises(LedgerError, match="of another text"):
        writer.press(item, reading(document("a.txt", item.text + " ")))
    assert ledger.view().documents() == ()


def test_rows_without_their_document_are_found(ledger: Ledger, base: Base) -> None:
    item = document()
    ledger.writer().store(raw(item), item, reading(item), state="read")
    base.run("INSERT INTO names VALUES (17, 0, 'nobody', NULL, 0)")
    base.run(f"INSERT INTO passages (id, start, \"end\", text) VALUES ({17 << 20}, 0, 1, 'x')")
    found = "\n".join(ledger.view().verify())
    assert "1 rows of names are of documents" in found and "1 rows of passages are of documents" in found


def test_a_document_goes_with_all_its_rows(ledger: Ledger, base: Base) -> None:
    stays, goes = document("a.txt"), document("b.txt")
    ledger.writer().store(raw(stays), stays, reading(stays), state="read")
    before = rows(base)
    ledger.writer().store(raw(goes), goes, reading(goes), state="read")
    ledger.writer().remove(goes.key)
    assert rows(base) == before and list(ledger.view().verify()) == []
