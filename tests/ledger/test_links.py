"""Saving what linking found, and finding incidents again."""

from __future__ import annotations

import pytest

from rashomon.errors import LedgerError
from rashomon.ledger import Ledger, LinksOutdated
from rashomon.records import Anchor, Document, Story

from .made import at, document, first_event, incident, raw, reading, story, tally


@pytest.fixture
def items(ledger: Ledger) -> list[Document]:
    """Three stored documents, by key."""
    found = sorted((document(f"{name}.txt") for name in "abc"), key=lambda item: item.key)
    for item in found:
        ledger.writer().store(raw(item), item, reading(item), state="read")
    return found


def save(ledger: Ledger, *groups: list[Document]) -> bool:
    return ledger.writer().save_links(
        stories=[story(*group) for group in groups], incidents=[incident(*group) for group in groups], tallies=[],
        documents_done=[item.key for group in groups for item in group],
    )


def test_equal_links_are_not_written(ledger: Ledger, items: list[Document]) -> None:
    assert save(ledger, items[:2], items[2:]) is True
    assert save(ledger, items[2:], items[:2]) is False
    assert ledger.writer().pending() == ()
    assert save(ledger, items[:2]) is False


def test_every_unlinked_document_is_its_own_story(ledger: Ledger, items: list[Document]) -> None:
    foreign = document("ru.txt", "Склад сгорел.")
    ledger.writer().store(raw(foreign), foreign, None, state="not-read", reason="language ru")
    assert [one.documents for one in ledger.view().stories()] == sorted((item.key,) for item in [*items, foreign])
    save(ledger, items)
    assert set(ledger.view().stories()) == {story(*items), Story(foreign.key, (foreign.key,))}
    assert ledger.view().story(items[0].key) == story(*items)


def test_ids_of_merged_and_split_incidents_lead_on(ledger: Ledger, items: list[Document]) -> None:
    view = ledger.view()
    save(ledger, *([item] for item in items))
    single = {item.key: incident(item).id for item in items}
    save(ledger, items)
    whole = incident(*items)
    assert all(view.incident(id) == whole for id in single.values())
    assert view.find(max(single.values())) == ("incident", whole.id)
    save(ledger, *([item] for item in items))
    assert [view.incident(single[item.key]) for item in items] == [incident(item) for item in items]
    holder = min(items, key=first_event)
    assert view.incident(whole.id) == incident(holder)


def test_a_document_left_without_a_story_is_refused(ledger: Ledger, items: list[Document]) -> None:
    save(ledger, items)
    with pytest.raises(LinksOutdated, match="would be left in no story"):
        save(ledger, items[:2])
    assert ledger.view().stories() == (story(*items),)
    assert list(ledger.view().verify()) == []


def test_links_to_what_is_gone_are_refused(ledger: Ledger, items: list[Document]) -> None:
    with pytest.raises(LinksOutdated, match="removed"):
        save(ledger, [*items, document("never.txt")])
    ledger.writer().replace(items[0].key, reading(items[0]).__class__(**{
        name: getattr(reading(items[0]), name) for name in reading(items[0]).__struct_fields__ if name != "events"
    }, events=()))
    with pytest.raises(LinksOutdated, match="no current reading"):
        save(ledger, items)
    with pytest.raises(LedgerError, match="share a document"):
        ledger.writer().save_links(
            stories=[story(*items), Story("x" * 32, (items[0].key,))], incidents=[], tallies=[], documents_done=[]
        )


def test_tallies_go_with_their_documents(ledger: Ledger, items: list[Document]) -> None:
    writer, view = ledger.writer(), ledger.view()
    done = [item.key for item in items]
    first, second = tally(items[0], "t1"), tally(items[1], "t2")
    assert writer.save_links(stories=[story(*items)], incidents=[], tallies=[second, first], documents_done=done)
    assert view.tallies() == (first, second)
    assert view.tallies(document=items[1].key) == (second,)
    assert writer.save_links(stories=[story(*items)], incidents=[], tallies=[second], documents_done=done)
    assert view.tallies() == (second,)


def test_incidents_by_place_time_party_and_relation(ledger: Ledger, items: list[Document]) -> None:
    near, far = incident(*items[:2]), incident(items[2], where=(-17.0, 179.99), day="2015-01-05")
    ledger.writer().save_links(
        stories=[story(*items[:2]), story(items[2])], incidents=[near, far], tallies=[],
        documents_done=[item.key for item in items],
    )
    view = ledger.view()

    def ids(**asked: object) -> set[str]:
        return {one.id for one in view.incidents(**asked)}  # type: ignore[arg-type]

    assert ids() == {near.id, far.id}
    assert [one.id for one in view.incidents()] == sorted(ids())
    assert ids(near=(36.3, 37.1, 20)) == {near.id}
    assert ids(near=(36.3, 37.1, 5)) == set()
    assert ids(near=(-17.0, -179.99, 10)) == {far.id}
    assert ids(since="2016-01-01") == {near.id} and ids(until="2016-01-01") == {far.id}
    assert ids(since="2016-10-02", until="2016-10-02") == {near.id}
    assert ids(relation="agree") == {near.id} == ids(min_accounts=2) == ids(min_documents=2)
    assert ids(party="Army") == {near.id, far.id} and ids(party="Arm") == ids(party='"') == set()
    assert ids(document=items[2].key) == {far.id} and ids(type="AID") == set()
    assert view.status().comparisons == {"agree": 1}


def test_events_by_place_and_party(ledger: Ledger, items: list[Document]) -> None:
    view = ledger.view()
    assert len(view.events()) == 6 and len(view.events(document=items[0].key)) == 2
    assert {entry.event for entry in view.events(near=(36.2, 37.13, 1))} == {"E1"}
    assert view.events(near=(36.2, 38.0, 1)) == ()
    assert {entry.event for entry in view.events(party="grain depot")} == {"E1"}
    assert view.events(since="2017-01-01") == () and len(view.events(until="2016-10-02")) == 3
    save(ledger, items)
    key = first_event(items[1])
    event = view.event(key)
    assert event is not None and event.incident == incident(*items).id and event.document == items[1].key
    assert view.find(key) == ("event", key)
    claim = view.claims(document=items[0].key, speaker="residents")[0]
    assert view.claim(claim.key) == claim and view.find(claim.key[:10]) == ("claim", claim.key)


def test_queue_again(ledger: Ledger, items: list[Document]) -> None:
    save(ledger, items)
    assert ledger.writer().queue([items[1].key]) == 1
    assert ledger.writer().queue() == 2
    assert ledger.writer().pending() == tuple(item.key for item in items)


def test_of_two_decisions_of_one_second_the_later_stands_first(ledger: Ledger) -> None:
    item = document()
    ledger.writer().store(raw(item), item, reading(item), state="read")
    anchor = [[Anchor(item.key, at(item.text, "shelled"))], [Anchor(item.key, at(item.text, "fired"))]]
    writer = ledger.writer()
    made = [writer.decide("join" if number % 2 else "split", anchor, f"coder {number}", None) for number in range(8)]
    assert [each.id for each in ledger.view().decisions()] == [each.id for each in reversed(made)]
