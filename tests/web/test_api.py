"""The API on the sample corpus: lists, filters, paging, what is refused, and who may ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient


def got(client: TestClient, address: str, **query: Any) -> Any:
    answer = client.get(address, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_pages_of_incidents_hold_every_incident_once(client: TestClient) -> None:
    for order in ("newest", "oldest", "most-told"):
        seen: list[str] = []
        page: dict[str, Any] = {"next": None}
        while True:
            query = {"order": order, "limit": 20} | ({"page": page["next"]} if page["next"] else {})
            page = got(client, "/api/incidents", **query)
            seen += [entry["id"] for entry in page["incidents"]]
            if page["next"] is None:
                break
        assert len(seen) == len(set(seen)) == got(client, "/api/ledger")["incidents"]


def test_the_figures_are_those_of_the_list(client: TestClient) -> None:
    for query in ({}, {"contested": "true"}, {"type": "ASSAULT"}, {"place": "aleppo"}, {"since": "2016-09-15"},
                  {"box": "35,36,37,38"}, {"party": "Russia"}, {"publisher": "Halden Wire"}, {"near": "36.2,37.16,5"}):
        totals = got(client, "/api/overview", **query)["totals"]
        entries = got(client, "/api/incidents", limit=200, **query)["incidents"]
        assert len(entries) == totals["incidents"] > 0, query
        assert sum(entry["contested"] for entry in entries) == totals["contested"]
        assert sum(entry["untraced"] for entry in entries) == totals["untraced"]


def test_every_cell_of_a_matrix_quotes_its_sentence(client: TestClient) -> None:
    found = got(client, "/api/incidents", order="most-told", limit=1)["incidents"][0]
    page = got(client, f"/api/incidents/{found['id']}")
    assert page["entry"] == found and len(page["articles"]) == found["documents"]
    values = [(cell, value) for account in page["accounts"] for cell in account["cells"] for value in cell["values"]]
    assert values
    for cell, value in values:
        quote = value["quote"]
        text = got(client, f"/api/documents/{quote['document']}")["text"]
        assert text[slice(*quote["span"])] == quote["words"] and text[slice(*quote["sentence"])] == quote["text"]
        relations = {page["pairs"][number]["relation"] for number in value["stands"]}
        assert not relations or cell["relation"] is not None


def test_what_the_browser_holds_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/overview")
    again = client.get("/api/overview", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("address", "words"), [
    ("/api/incidents?since=yesterday", "is not a day"),
    ("/api/incidents?near=1,2", "is not 3 numbers"),
    ("/api/incidents?near=95,0,3", "outside the globe"),
    ("/api/incidents?box=9,0,1,1", "north of its north"),
    ("/api/incidents?page=xyz", "The cursor is none"),
    ("/api/incidents?limit=0", "limit"),
    ("/api/search?q=%22", "word"),
])
def test_a_question_that_makes_no_sense_is_refused_in_a_sentence(client: TestClient, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422 and words in answer.json()["detail"]


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    for address in ("/api/incidents/nothing", "/api/documents/nothing", "/api/nothing"):
        answer = client.get(address)
        assert answer.status_code == 404 and answer.json()["detail"]


def test_nobody_else_may_ask(client: TestClient) -> None:
    assert client.get("/api/ledger", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/api/ledger", headers={"origin": "https://evil.example"}).status_code == 403
    assert client.get("/api/ledger", headers={"origin": "http://testserver"}).status_code == 200


def test_nothing_may_be_loaded_from_elsewhere(client: TestClient) -> None:
    policy = client.get("/api/ledger").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


def test_no_file_outside_the_page_is_given(client: TestClient) -> None:
    for path in ("/../app.py", "/%2e%2e/app.py", "/..%2fapp.py", "/assets/../../app.py"):
        answer = client.get(path)
        assert "create_app" not in answer.text


def test_the_described_api_is_the_committed_one(client: TestClient, root: Path) -> None:
    described = json.dumps(client.get("/openapi.json").json(), indent=1, sort_keys=True) + "\n"
    assert described == (root / "docs" / "openapi.json").read_text(encoding="utf-8"), "run `python docs/make.py`"
