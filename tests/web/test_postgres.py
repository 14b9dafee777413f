"""The sample corpus in PostgreSQL is served, listed and changed exactly as it is from a file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rashomon import builder
from rashomon.ledger import Ledger, Offer, open_ledger
from rashomon.records import RawDocument
from rashomon.web import create_app

from ..base import Base

Bases = Callable[[str, Path], AbstractContextManager[Base]]


ADDRESSES = (
    "/api/overview", "/api/incidents?limit=200", "/api/incidents?order=most-told&limit=20", "/api/incidents?contested=true",
    "/api/incidents?near=36.2,37.16,5", "/api/incidents?party=Russia&since=2016-09-15", "/api/control", "/api/forecasts",
    "/api/pledges", "/api/naming", "/api/judgements", "/api/review/fields", "/api/review/queue?person=ana",
    "/api/folders?person=ana", "/api/searches?person=ana", "/api/changes?changed_since=2000-01-01",
)


def copied(source: Ledger, target: str) -> None:
    """The documents of a ledger with the readings that they have there, linked anew."""
    view = source.view()
    readings = dict(view.readings())
    with open_ledger(target, create=True, clock=lambda: view.documents()[0].added) as ledger:
        offers = []
        for entry in view.documents():
            document = view.original(entry.key)
            (capture,) = [each for each in view.captures(document.url or document.id) if entry.key in each.documents]
            raw = RawDocument(
                id=document.id, source=capture.source, media_type=capture.media_type, content=view.content(capture.sha256),
                url=capture.url, fetched=capture.fetched, headers=capture.headers,
            )
            offers.append(Offer(raw, document, readings.get(entry.key), entry.state, entry.reason))
        ledger.writer().store_all(offers)
        builder.link_waiting(ledger)


@pytest.fixture(scope="module")
def both(ledger: Ledger, bases: Bases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Base, Base]]:
    """One corpus in a file and on a server."""
    with bases("sqlite", tmp_path_factory.mktemp("file")) as file, bases("postgres", tmp_path_factory.mktemp("server")) as server:
        copied(ledger, file.target)
        copied(ledger, server.target)
        yield file, server


def answers(target: str) -> dict[str, Any]:
    """What the page asks for, and gets."""
    with open_ledger(target) as ledger:
        client = TestClient(create_app(ledger, "war"))

        def got(address: str) -> Any:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.text)
            return answer.json()

        found = {address: got(address) for address in ADDRESSES}
        entries = found["/api/incidents?limit=200"]["incidents"]
        assert len(entries) > 20
        for entry in entries[:5]:
            found[entry["id"]] = got(f"/api/incidents/{entry['id']}")
        for document in ledger.view().documents(state="read")[:3]:
            found[document.key] = got(f"/api/documents/{document.key}")
            if document.publisher:
                found[document.publisher] = got(f"/api/source?name={document.publisher}")
        found["actor"] = got("/api/actor?name=Russia")
        # Each database ranks its hits by a measure of its own.
        for query in ("hospital", "ambulances", "bar*"):
            found[query] = sorted(got(f"/api/search?limit=100&q={query}")["passages"], key=repr)
            assert found[query], query
    return found


def test_the_page_says_the_same_from_a_server(both: tuple[Base, Base]) -> None:
    file, server = (answers(base.target) for base in both)
    for address, answer in file.items():
        assert server[address] == answer, address


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "rashomon", *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_program_prints_the_same_from_a_server(both: tuple[Base, Base]) -> None:
    file, server = both
    for command in ("incidents", "stories", "contradictions", "tallies", "lineage", "decisions"):
        printed = [run(command, "--json", "--ledger", base.target) for base in (file, server)]
        assert printed[0] == printed[1], command


def test_what_is_removed_or_decided_leaves_the_same(both: tuple[Base, Base]) -> None:
    states = []
    for base in both:
        with open_ledger(base.target) as ledger:
            view = ledger.view()
            gone = sorted(entry.key for entry in view.documents(state="read"))[::4]
            builder.remove(ledger, gone)
            builder.relink(ledger)
            states.append((view.stories(), tuple(view.incidents()), view.tallies(), list(view.reuses()), list(view.verify())))
    assert states[0] == states[1] and states[0][-1] == []
