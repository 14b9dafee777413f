"""Storing, re-reading, failing and removing single documents."""

from __future__ import annotations

import pytest

from rashomon.errors import LedgerError, UsageError
from rashomon.ledger import Ledger, open_ledger
from rashomon.ledger.tables import metadata
from rashomon.records import Document

from ..base import Base
from .made import CLOCK, LATER_MAKE, document, incident, raw, reading, story, tally


def put(ledger: Ledger, item: Document) -> str:
    return ledger.writer().store(raw(item), item, reading(item), state="read").key


def test_a_stored_reading_comes_back_equal(ledger: Ledger) -> None:
    item = document(url="https://example.org/1", title="Carried title", publisher="Carrier", published="2016-10-03")
    stored = ledger.writer().store(raw(item, b"<html>", "2016-10-04T08:00:00Z"), item, reading(item), state="read")
    view = ledger.view()
    assert (stored.new, stored.changed, stored.stale) == (True, True, False)
    assert view.reading(item.key) == reading(item)
    assert list(view.readings()) == [(item.key, reading(item))]
    assert view.original(item.key) == item
    capture, = view.captures("https://example.org/1")
    assert view.content(capture.sha256) == b"<html>"
    assert (capture.fetched, capture.headers, capture.documents) == ("2016-10-04T08:00:00Z", {"etag": "x"}, (item.key,))
    entry = view.document("a.txt")
    assert entry == view.document(item.key) == view.document(item.key[:8])
    assert (entry.title, entry.published_start, entry.added) == ("Depot hit at Tell Marwan", "2016-10-02", CLOCK)
    assert list(view.verify()) == []


def test_storing_twice_changes_not_a_byte(base: Base) -> None:
    def fill(clock: str) -> list[bool]:
        with open_ledger(base.target, create=True, clock=lambda: clock) as ledger:
            writer = ledger.writer()
            read, foreign = document(), document("c.txt", "Армия обстреляла склад.")
            return [
                writer.store(raw(read), read, reading(read), state="read").changed,
                writer.store(raw(foreign), foreign, None, state="not-read", reason="language ru").changed,
                writer.record_failure("d.pdf", "in/d.pdf", "broken PDF"),
                writer.save_links(
                    stories=[story(read)], incidents=[incident(read)], tallies=[tally(read)],
                    documents_done=[read.key],
                ),
            ]

    assert fill(CLOCK) == [True, True, True, True]
    before = base.digest()
    assert fill("2030-01-01T00:00:00Z") == [False, False, False, False]
    assert base.digest() == before


def test_another_make_is_told_and_changes_nothing(ledger: Ledger) -> None:
    item = document()
    put(ledger, item)
    stored = ledger.writer().store(raw(item), item, reading(item, LATER_MAKE), state="read")
    assert (stored.new, stored.changed, stored.stale) == (False, False, True)
    assert ledger.view().reading(item.key) == reading(item)
    assert ledger.view().outdated(LATER_MAKE) == (item.key,)
    assert ledger.view().status(LATER_MAKE).outdated == 1


def test_replacing_keeps_the_old_reading(ledger: Ledger) -> None:
    item = document()
    put(ledger, item)
    writer, view = ledger.writer(), ledger.view()
    writer.save_links(stories=[story(item)], incidents=[incident(item)], tallies=[], documents_done=[item.key])
    assert writer.replace(item.key, reading(item, LATER_MAKE)) is True
    assert writer.replace(item.key, reading(item, LATER_MAKE)) is False
    assert [kept for _, _, kept in view.history(item.key)] == [reading(item), reading(item, LATER_MAKE)]
    assert [retired for _, retired, _ in view.history(item.key)] == [CLOCK, None]
    assert view.reading(item.key) == reading(item, LATER_MAKE)
    assert view.outdated(LATER_MAKE) == ()
    assert writer.pending() == view.pending() == (item.key,)
    assert list(view.verify()) == []


def test_a_document_that_was_not_read_gets_its_reading_later(ledger: Ledger) -> None:
    item = document()
    writer, view = ledger.writer(), ledger.view()
    assert writer.store(raw(item), item, None, state="failed", reason="the reader broke").new
    assert [failure.document for failure in view.failures()] == [item.key]
    assert view.document("a.txt").state == "failed"
    stored = writer.store(raw(item), item, reading(item), state="read")
    assert (stored.new, stored.changed) == (False, True)
    assert view.document("a.txt").state == "read"
    assert view.failures() == () and list(view.verify()) == []


def test_a_failure_without_text_is_listed_until_the_document_comes(ledger: Ledger) -> None:
    writer, view = ledger.writer(), ledger.view()
    assert writer.record_failure("a.txt", "in/a.txt", "not text in any encoding")
    assert not writer.record_failure("a.txt", "in/a.txt", "not text in any encoding")
    assert [failure.reason for failure in view.status().failed] == ["not text in any encoding"]
    put(ledger, document())
    assert view.failures() == ()


def test_an_edited_page_is_another_version_of_its_address(ledger: Ledger) -> None:
    old = document(url="https://example.org/1")
    new = document(url="https://example.org/1", text=old.text.replace("denied it", "denied it twice"))
    writer = ledger.writer()
    for item, when in ((old, "2016-10-04"), (new, "2016-10-05"), (old, "2016-10-06"), (old, "2016-10-07")):
        writer.store(raw(item, fetched=when), item, reading(item), state="read")
    captures = ledger.view().captures("https://example.org/1")
    assert [capture.fetched for capture in captures] == ["2016-10-04", "2016-10-05", "2016-10-06"]
    assert [capture.documents for capture in captures] == [(old.key,), (new.key,), (old.key,)]
    with pytest.raises(UsageError, match="means 2 documents"):
        ledger.view().document("a.txt")


def test_one_text_of_two_outlets_is_two_documents(ledger: Ledger) -> None:
    assert put(ledger, document("a.txt")) != put(ledger, document("b.txt"))
    assert ledger.view().status().documents == 2


def test_order_of_storing_shows_nowhere(base: Base) -> None:
    items = [document(f"{name}.txt") for name in "abcd"]

    def seen(order: list[Document], base: Base) -> list[object]:
        with open_ledger(base.target, create=True, clock=lambda: CLOCK) as ledger:
            for item in order:
                put(ledger, item)
            whole = [story(*items[:2]), story(*items[2:])]
            happened = [incident(*items[:2]), incident(*items[2:])]
            ledger.writer().save_links(
                stories=whole, incidents=happened, tallies=[tally(items[0])],
                documents_done=[item.key for item in order],
            )
            view = ledger.view()
            return [
                view.documents(), view.claims(), view.events(), view.stories(), list(view.incidents()), view.tallies(),
                list(view.readings()), view.search("depot"), view.status(),
            ]

    seen_first, seen_second = seen(items, base), seen(items[::-1], base.another())
    assert seen_first == seen_second


def test_removing_leaves_nothing_behind(ledger: Ledger, base: Base) -> None:
    gone = document("gone.txt", document().text.replace("\n\nShare", " Zebulon Quitt wept.\n\nShare"))
    kept = document("kept.txt")
    for item in (gone, kept):
        put(ledger, item)
    writer, view = ledger.writer(), ledger.view()
    both = incident(gone, kept)
    writer.save_links(stories=[story(gone, kept)], incidents=[both], tallies=[tally(gone)],
                      documents_done=[gone.key, kept.key])
    assert writer.remove(gone.key) == (kept.key,)
    assert writer.pending() == (kept.key,)
    assert view.incident(both.id) is None and view.tallies() == ()
    writer.save_links(stories=[story(kept)], incidents=[incident(kept)], tallies=[], documents_done=[kept.key])
    found = view.incident(both.id)
    assert found is not None and found.id == incident(kept).id
    assert list(view.verify()) == [] and view.search("Zebulon*") == ()
    ledger.compact()
    ledger.close()
    if base.kind == "sqlite":
        assert b"ebulon" not in base.path.read_bytes()
    for table in base.tables():
        for row in base.run(f'SELECT * FROM "{table}"'):
            assert gone.key not in row and "ebulon" not in repr(row), table
    assert base.run("SELECT count(*) FROM place_boxes") == base.run("SELECT count(*) FROM blobs") == [(1,)]


def test_removing_the_last_document_empties_every_table(ledger: Ledger, base: Base) -> None:
    item = document()
    put(ledger, item)
    ledger.writer().replace(item.key, reading(item, LATER_MAKE, lat=35.0))
    ledger.writer().save_links(
        stories=[story(item)], incidents=[incident(item)], tallies=[tally(item)], documents_done=[item.key]
    )
    ledger.writer().remove(item.key)
    own = base.tables()
    counts = {name: base.run(f"SELECT count(*) FROM {name}")[0][0] for name in own}
    # The two tables of places' boxes are made apart from the others.
    assert counts.pop("state") == 1, "one row, that counts changes"
    assert len(own) == len(metadata.tables) + 2 and not any(counts.values()), counts


def test_judgements_on_a_removed_document_keep_who_decided_what_without_its_words(ledger: Ledger, base: Base) -> None:
    key = put(ledger, document())
    base.run(
        f"INSERT INTO judgements VALUES ('j', '{key}', 3, 9, 'actor', 'correct', 'Harith', 'he says so', 'ana', 'now', NULL, 1)"
    )
    ledger.writer().remove(key)
    assert base.run("SELECT verdict, person, value, note FROM judgements") == [("correct", "ana", None, None)]


def test_control_characters_and_lone_surrogates_are_kept_and_searched(ledger: Ledger) -> None:
    item = document("odd.txt", "A\x00 depot\x01 burned\udc80.\r\nNo\u00a0break.")
    ledger.writer().store(raw(item, b"\x80"), item, None, state="not-read", reason="odd")
    assert ledger.view().original(item.key) == item
    hit, = ledger.view().search("depot burned")
    assert item.text[hit.marks[0].start : hit.marks[0].end] == "depot"
    assert list(ledger.view().verify()) == []


def test_nothing_is_stored_for_a_reading_that_does_not_fit(ledger: Ledger) -> None:
    item, other = document(), document("a.txt", document().text + " ")
    writer = ledger.writer()
    for call in (
        lambda: writer.store(raw(item), item, reading(other), state="read"),
        lambda: writer.store(raw(item), item, None, state="read"),
        lambda: writer.store(raw(item), item, reading(item), state="failed"),
        lambda: writer.replace("0" * 32, reading(item)),
        lambda: writer.remove("0" * 32),
    ):
        with pytest.raises(LedgerError):
            call()
    assert ledger.view().status().documents == 0
