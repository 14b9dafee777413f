"""Damage is found."""

from __future__ import annotations

import pytest

from rashomon.ledger import Ledger, open_ledger

from ..base import Base
from .made import document, incident, raw, reading, story


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE blobs SET content = (SELECT content FROM blobs WHERE size = 2) WHERE size > 2", "not those that were"),
        ("UPDATE blobs SET content = x'00'", "damaged record"),
        ("UPDATE documents SET record = x'28b52ffd'", "damaged"),
        ("UPDATE documents SET text_sha256 = 'x'", "key was made from"),
        ("UPDATE readings SET sha256 = 'x'", "not the one that was stored"),
        ("UPDATE readings SET retired = 'yesterday'", "has no reading"),
        ("UPDATE events SET type = 'AID' WHERE position = 0", "rows of events"),
        ("DELETE FROM claims WHERE position = 1", "rows of claims"),
        ("UPDATE passages SET text = 'peace'", "passages to search"),
        ("UPDATE passages SET text = 'peace'", "search index does not match"),
        ("DELETE FROM story_documents", "has no document"),
        ("DELETE FROM story_documents", "stands in no story"),
        ("DELETE FROM incident_events", "do not name the events"),
        ("UPDATE incidents SET sha256 = 'x'", "not the one that was stored"),
        ("DELETE FROM document_captures", "has no capture"),
        ("DELETE FROM blobs", "that is not there"),
    ],
)
def test_damage_is_named(ledger: Ledger, base: Base, damage: str, words: str) -> None:
    item, short = document(), document("s.txt", "No")
    writer = ledger.writer()
    writer.store(raw(item), item, reading(item), state="read")
    writer.store(raw(short), short, None, state="not-read", reason="too short")
    writer.save_links(stories=[story(item)], incidents=[incident(item)], tallies=[], documents_done=[item.key])
    assert list(ledger.view().verify()) == []
    ledger.close()
    base.run(damage)
    with open_ledger(base.target) as opened:
        found = list(opened.view().verify())
    if base.kind == "postgres" and words == "search index does not match":
        # There the index is made from the passages by the database itself.
        words = "passages to search"
    assert any(words in problem for problem in found), found
