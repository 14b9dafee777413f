"""One life of a ledger, the same in SQLite and in PostgreSQL."""

from __future__ import annotations

from rashomon.ledger import Ledger, open_ledger
from rashomon.ledger.migrations import HEAD

from ..base import Base
from .made import CLOCK, LATER_MAKE, document, first_event, incident, raw, reading, story, tally


def test_one_life(base: Base) -> None:
    target = base.target
    one, two, odd = document("a.txt"), document("B.txt"), document("o.txt", "A\x00 depot burned\udc80.")
    with open_ledger(target, create=True, clock=lambda: CLOCK) as ledger:
        writer = ledger.writer()
        for item in (two, one):
            assert writer.store(raw(item), item, reading(item), state="read").new
        assert writer.store(raw(odd, b"\x80"), odd, None, state="not-read", reason="odd").new
        assert not writer.store(raw(one), one, reading(one), state="read").changed
        assert writer.record_failure("d.pdf", "in/d.pdf", "broken PDF")
        assert link(ledger) is True and link(ledger) is False
    with open_ledger(target) as ledger:
        writer, view = ledger.writer(), ledger.view()
        whole = incident(one, two)
        assert [entry.id for entry in view.documents()] == ["B.txt", "a.txt", "o.txt"]
        assert view.original(odd.key) == odd
        assert dict(view.readings()) == {item.key: reading(item) for item in (one, two)}
        assert list(view.incidents(near=(36.3, 37.1, 20), party="Army", since="2016-10-01", relation="agree")) == [whole]
        assert list(view.incidents(near=(35.0, 37.1, 20))) == [] and view.tallies() == (tally(one),)
        assert {hit.document for hit in view.search("shelling depots")} == {one.key, two.key}
        assert {hit.marked() for hit in view.search("burned -army")} == {"A  depot [burned]\ufffd."}
        assert len(view.search('"grain dep"')) == 0 and len(view.search("grain dep*")) == 2
        assert len(view.claims(speaker="residents")) == 2 and len(view.events(party="grain depot")) == 2
        status = view.status(LATER_MAKE)
        assert (status.read, status.outdated, status.pending, status.schema) == (2, 2, 0, HEAD)
        assert list(view.verify()) == []
        assert writer.replace(one.key, reading(one, LATER_MAKE)) and link(ledger)
        assert writer.remove(one.key) == (two.key,)
        writer.save_links(stories=[story(two)], incidents=[incident(two)], tallies=[], documents_done=[two.key])
        assert view.incident(whole.id) == incident(two)
        assert view.event(first_event(one)) is None
        ledger.compact()
        assert list(view.verify()) == []


def link(ledger: Ledger) -> bool:
    one, two = document("a.txt"), document("B.txt")
    return ledger.writer().save_links(
        stories=[story(one, two)], incidents=[incident(one, two)], tallies=[tally(one)],
        documents_done=[one.key, two.key],
    )
