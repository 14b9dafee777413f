"""Splits and joins made over the API: kept under a name, carried out by the work queue, taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rashomon.ledger import open_ledger
from rashomon.web import create_app


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a ledger of its own, which the test may change."""
    path = tmp_path / "own.db"
    shutil.copy(sample, path)
    with open_ledger(path) as ledger:
        yield TestClient(create_app(ledger, str(path)))


def told(client: TestClient, place: int = 0) -> dict[str, Any]:
    """An incident by its place among the most told."""
    listed = client.get("/api/incidents", params={"order": "most-told"}).json()["incidents"]
    page: dict[str, Any] = client.get(f"/api/incidents/{listed[place]['id']}").json()
    return page


def done(client: TestClient, path: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
    """The decision that a request made, once it is carried out."""
    answer = client.post(path, json=given)
    assert answer.status_code in (200, 201), answer.text
    made: dict[str, Any] = answer.json()
    assert '"kind":"done"' in client.get(f"/api/jobs/{made['job']}/steps").text
    return made["decision"]  # type: ignore[no-any-return]


def test_a_split_holds_until_it_is_withdrawn(own: TestClient) -> None:
    page = told(own)
    id, keys = page["entry"]["id"], [member["key"] for member in page["members"]]
    made = done(own, f"/api/incidents/{id}/split", {"events": keys[-1:], "person": " Ann Lee ", "note": "another day"})
    assert (made["kind"], made["person"], made["note"]) == ("split", "Ann Lee", "another day")
    after = own.get(f"/api/incidents/{id}").json()
    assert not {member["key"] for member in after["members"]} >= set(keys)
    assert [each["id"] for each in after["decisions"]] == [made["id"]]
    done(own, f"/api/decisions/{made['id']}/withdraw")
    again = own.get(f"/api/incidents/{id}").json()
    assert ({member["key"] for member in again["members"]}, again["decisions"]) == (set(keys), [])
    assert own.post(f"/api/decisions/{made['id']}/withdraw").status_code == 404


def test_two_incidents_are_joined(own: TestClient) -> None:
    one, other = told(own, 0), told(own, 1)
    done(own, "/api/join", {"incidents": [one["entry"]["id"], other["entry"]["id"]], "person": "Ann Lee"})
    page = own.get(f"/api/incidents/{one['entry']['id']}").json()
    assert {each["key"] for each in page["members"]} >= {each["key"] for each in (*one["members"], *other["members"])}


def test_decisions_that_cannot_be(own: TestClient) -> None:
    page = told(own)
    id, keys = page["entry"]["id"], [member["key"] for member in page["members"]]
    for given in ({"events": [], "person": "A"}, {"events": keys, "person": "A"}, {"events": ["no"], "person": "A"},
                  {"events": keys[:1], "person": " "}, {"events": keys[:1]}):
        assert own.post(f"/api/incidents/{id}/split", json=given).status_code == 422
    assert own.post("/api/join", json={"incidents": [id, id], "person": "A"}).status_code == 422
    assert own.post("/api/join", json={"incidents": [id, "nothing"], "person": "A"}).status_code == 404


def test_a_name_as_source_and_as_actor(own: TestClient) -> None:
    page = told(own)
    voice = next(account["chain"][-1] for account in page["accounts"] if len(account["chain"]) > 1)
    source = own.get("/api/source", params={"name": voice}).json()
    said = [each for sort in ("asserted", "quoted", "denied") for each in source[sort]["shown"]]
    assert said and all(voice in each["quote"]["chain"] for each in said)
    assert source["claims"] == sum(source[sort]["total"] for sort in ("asserted", "quoted", "denied"))
    assert own.get("/api/source/revised", params={"name": voice}).status_code == 200
    actor = own.get("/api/actor", params={"name": page["parties"][0]}).json()
    assert actor["events"] and page["entry"]["id"] in {each["id"] for each in actor["incidents"]}
    assert own.get("/api/source", params={"name": "nobody at all"}).json()["claims"] == 0
    assert own.get(f"/api/incidents/{page['entry']['id']}/later").json()["revisions"] == []
