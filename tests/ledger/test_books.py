"""Rows of what readings state of control, pledges, forecasts and names; and what people judge."""

from __future__ import annotations

import msgspec
import pytest

from rashomon.errors import LedgerError
from rashomon.ledger import Ledger, open_ledger
from rashomon.records import Control, Forecast, Naming, Pledge

from ..base import Base
from .made import CLOCK, LATER_MAKE, document, raw, reading


def filled(ledger: Ledger) -> None:
    for item in (document("a.txt"), document("b.txt")):
        ledger.writer().store(raw(item), item, reading(item), state="read")


def test_a_statement_comes_with_where_it_stands_and_who_says_it(ledger: Ledger) -> None:
    filled(ledger)
    view, item = ledger.view(), document("a.txt")
    (found,) = view.stated(Control, documents_of=[item.key])
    assert found.said == reading(item).control[0]
    assert found.citation.document == item.key and found.citation.span == found.said.span
    assert found.citation.sentence.of(item.text).endswith("residents said.")
    assert found.citation.chain == ("The Orchard Wire", "residents")
    assert (found.publisher, found.published, found.added) == ("The Orchard Wire", ("2016-10-02", "2016-10-04"), CLOCK)
    assert [each.said.label for each in view.stated(Naming)] == ["army", "army"]
    assert view.stated(Pledge) == () and view.stated(Forecast) == ()


def test_a_place_is_found_in_any_case(ledger: Ledger) -> None:
    filled(ledger)
    view = ledger.view()
    assert len(view.stated(Control, place="tell marwan")) == 2 and view.stated(Control, place="Tell") == ()


def test_another_reading_brings_its_own_statements_and_removal_takes_them(ledger: Ledger) -> None:
    filled(ledger)
    item = document("a.txt")
    changed = msgspec.structs.replace(reading(item, LATER_MAKE), naming=())
    before = ledger.view().stated(Control, documents_of=[item.key])[0].key
    assert ledger.writer().replace(item.key, changed)
    view = ledger.view()
    assert view.stated(Naming, documents_of=[item.key]) == () and len(view.stated(Naming)) == 1
    assert view.stated(Control, documents_of=[item.key])[0].key == before
    assert list(view.verify()) == []
    ledger.writer().remove(item.key)
    assert len(view.stated(Control)) == 1


def test_verify_names_rows_that_say_something_else(ledger: Ledger, base: Base) -> None:
    filled(ledger)
    base.run("UPDATE statements SET place = 'elsewhere' WHERE book = 'control'")
    assert sum("rows of statements" in problem for problem in ledger.view().verify()) == 2


def test_a_ledger_from_before_the_books_gets_its_rows(ledger: Ledger, base: Base) -> None:
    filled(ledger)
    rows = ledger.view().stated(Control)
    ledger.close()
    base.retreat("0004")
    with open_ledger(base.target) as opened:
        assert opened.view().stated(Control) == rows
        assert len(opened.view().pending()) == 2, "its incidents wait for what they lack"
        assert list(opened.view().verify()) == []


def test_a_persons_later_verdict_retires_the_earlier_one(ledger: Ledger) -> None:
    filled(ledger)
    item, writer, view = document("a.txt"), ledger.writer(), ledger.view()
    span = reading(item).control[0].span
    first = writer.judge(item.key, span, "control.after", "unsure", "Mona")
    second = writer.judge(item.key, span, "control.after", "correct", "Mona", value="nobody", note="see the next line")
    other = writer.judge(item.key, span, "control.after", "accept", "Tarek")
    assert set(view.judgements(document=item.key)) == {second, other}
    kept = {each.id: each for each in view.judgements(field="control.after", retired=True)}
    assert kept[first.id].retired == CLOCK and len(kept) == 3
    with pytest.raises(LedgerError, match="has no document"):
        writer.judge("nothing", None, "genre", "accept", "Mona")
