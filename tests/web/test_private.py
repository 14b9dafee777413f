"""Folders with private notes, saved searches, outcomes of forecasts and moved spans over the API."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rashomon.config import Limits
from rashomon.ledger import open_ledger
from rashomon.web import create_app

TEXT = "Harat, 3 May 2021 (Plain Wire) - Shells killed 12 people in the market of Harat on Monday, a doctor said."
SECRET = "ask the nurse at gate four"


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a ledger of its own, which the test may change."""
    path = tmp_path / "own.db"
    shutil.copy(sample, path)
    with open_ledger(path) as ledger:
        yield TestClient(create_app(ledger, str(path), limits=Limits()))


def waited(client: TestClient, job: str) -> list[dict[str, Any]]:
    """All steps of a job, waited for to its end."""
    lines = client.get(f"/api/jobs/{job}/steps").text.splitlines()
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")][:-1]


def test_a_folder_is_its_persons_own_and_leaves_with_nothing_else(own: TestClient) -> None:
    before = own.get("/api/ledger").json()
    folder = own.post("/api/folders", json={"person": "Mona", "name": "Hospitals", "note": SECRET}).json()
    incident = own.get("/api/incidents").json()["incidents"][0]
    document = own.get(f"/api/incidents/{incident['id']}").json()["articles"][0]["key"]
    claim = next(each["key"] for each in own.get(f"/api/documents/{document}").json()["claims"] if each["claim"]["content"])
    put = [("incident", incident["id"]), ("document", document), ("claim", claim), ("actor", "the army"), ("place", "Harat")]
    for kind, key in put:
        sent = {"person": "Mona", "kind": kind, "key": key, "note": SECRET}
        page = own.put(f"/api/folders/{folder['id']}/items", json=sent)
        assert page.status_code == 200, page.text
    items = page.json()["items"]
    assert [(each["kept"]["kind"], each["kept"]["key"]) for each in items] == put
    assert all(each["label"] and each["address"].startswith("/") for each in items)
    assert own.get("/api/folders", params={"person": "Ann"}).json()["folders"] == []
    for call in ("", "/export"):
        refused = own.get(f"/api/folders/{folder['id']}{call}", params={"person": "Ann"})
        assert refused.status_code == 404 and SECRET not in refused.text
    for format in ("json", "markdown"):
        told = own.get(f"/api/folders/{folder['id']}/export", params={"person": "Mona", "format": format})
        assert told.text.count(SECRET) == 6 and "attachment" in told.headers["content-disposition"]
    for other in ("/api/review/export", "/api/judgements", f"/api/documents/{document}", f"/api/incidents/{incident['id']}"):
        assert SECRET not in own.get(other).text
    assert own.get("/api/ledger").json() == before
    same = own.post("/api/folders", json={"person": "Mona", "name": "Hospitals"})
    assert same.status_code == 422 and "already" in same.json()["detail"]
    nothing = own.put(f"/api/folders/{folder['id']}/items", json={"person": "Mona", "kind": "claim", "key": "no"})
    assert nothing.status_code == 422 and "no claim" in nothing.json()["detail"]
    left = own.delete(f"/api/folders/{folder['id']}/items", params={"person": "Mona", "kind": "place", "key": "Harat"}).json()
    assert len(left["items"]) == 4
    assert own.delete(f"/api/folders/{folder['id']}", params={"person": "Mona"}).json() == {"folders": []}


def test_a_saved_search_tells_what_came_since_the_last_visit(own: TestClient) -> None:
    saved = own.post("/api/searches", json={"person": "Mona", "name": "Harat", "filters": {"publisher": "Plain Wire"}}).json()
    rows = own.get("/api/searches", params={"person": "Mona"}).json()["searches"]
    assert [(each["search"]["name"], each["changed"]) for each in rows] == [("Harat", 0)]
    waited(own, own.post("/api/documents/text", json={"text": TEXT, "publisher": "Plain Wire", "title": "One"}).json()["job"])
    (row,) = own.get("/api/searches", params={"person": "Mona"}).json()["searches"]
    assert row["changed"] == 1
    told = own.get("/api/changes", params={"publisher": "Plain Wire", "changed_since": saved["visited"]}).json()
    assert told["found"] == 1 and told["incidents"][0]["rows"][0]["kind"] == "new account"
    assert told["incidents"][0]["rows"][0]["quotes"][0]["document"] in {each["key"] for each in told["articles"]}
    assert own.post(f"/api/searches/{saved['id']}/visit", params={"person": "Mona"}).json()["before"] is None
    assert own.post(f"/api/searches/{saved['id']}/visit", params={"person": "Ann"}).status_code == 404
    odd = own.post("/api/searches", json={"person": "Mona", "name": "odd", "filters": {"plaice": "x"}})
    assert odd.status_code == 422 and "plaice" in odd.json()["detail"]
    assert own.delete(f"/api/searches/{saved['id']}", params={"person": "Mona"}).json() == {"searches": []}


def test_a_person_says_how_a_forecast_came_out(own: TestClient) -> None:
    id = own.get("/api/forecasts").json()["forecasts"][0]["id"]
    said = own.post(f"/api/forecasts/{id}/outcome", json={"outcome": "partly", "person": "Mona", "note": "half of it"})
    assert said.status_code == 201 and said.json()["outcome"] == "partly"
    (row,) = own.get("/api/forecasts", params={"id": id}).json()["forecasts"]
    assert [(each["person"], each["outcome"], each["holds"]) for each in row["outcomes"]] == [("Mona", "partly", True)]
    assert own.post(f"/api/forecasts/{id}/outcome", json={"outcome": "maybe", "person": "Mona"}).status_code == 422
    assert own.post("/api/forecasts/none/outcome", json={"outcome": "partly", "person": "Mona"}).status_code == 404


def test_a_moved_span_stands_in_every_view(own: TestClient) -> None:
    queue = own.get("/api/review/queue", params={"person": "Mona", "whole": "event"}).json()["waiting"]
    one = next(each for each in queue if each["incident"])
    key, (start, end) = one["document"], one["span"]
    given = {"document": key, "span": [start, end], "verdict": "correct", "person": "Mona"}
    text = own.get(f"/api/documents/{key}").json()["text"]
    for field, value in (("event.span", f"{start}:{end + 3}"), ("event.place", "Old Town"), ("event.actors", "Blue Guard")):
        made = own.post("/api/judgements", json={**given, "field": field, "value": value})
        assert made.status_code == 201, made.text
        waited(own, made.json()["job"])
    for value in ("3:1", "x", f"0:{len(text) + 1}"):
        assert own.post("/api/judgements", json={**given, "field": "event.span", "value": value}).status_code == 422
    page = own.get(f"/api/documents/{key}").json()
    event = next(each for each in page["events"] if each["anchor"] == [start, end])
    assert event["event"]["trigger"] == [start, end + 3] and event["incident"]
    incident = own.get(f"/api/incidents/{event['incident']}").json()
    assert [start, end + 3] in [each["quote"]["span"] for each in incident["members"]]
    assert "Blue Guard" in incident["parties"]
    told = {value["text"] for column in incident["accounts"] for cell in column["cells"] for value in cell["values"]}
    assert {"Old Town", "Blue Guard"} <= told
    marks = {mark for column in incident["accounts"] for cell in column["cells"] for mark in cell["judged"]}
    assert {"span corrected by Mona", "place corrected by Mona", "actors corrected by Mona"} <= marks
    assert event["incident"] in own.get("/api/incidents", params={"limit": 200}).json()["judged"]
    actor = own.get("/api/actor", params={"name": "Blue Guard"}).json()
    assert "actors corrected by Mona" in actor["did"]["shown"][0]["judged"]
    rows = [json.loads(line) for line in own.get("/api/review/export").text.splitlines()]
    moved = next(each for each in rows if each["field"] == "event.span")
    assert (moved["machine"], moved["judged"], moved["person"]) == (f"{start}:{end}", f"{start}:{end + 3}", "Mona")
    assert moved["text"][start - moved["text_starts"] : end - moved["text_starts"]] == moved["words"]


def test_a_moved_claim_and_its_speaker_are_found_under_the_speaker(own: TestClient) -> None:
    key = own.get("/api/review/queue", params={"person": "Mona", "whole": "event"}).json()["waiting"][0]["document"]
    sheet = own.get(f"/api/review/sheets/{key}", params={"person": "Mona"}).json()
    item = next(each for each in sheet["items"] if each["whole"] == "claim" and each["span"][1] - each["span"][0] > 4)
    start, end = item["span"]
    given = {"document": key, "span": [start, end], "verdict": "correct", "person": "Mona"}
    for field, value in (("claim.span", f"{start}:{end - 2}"), ("claim.speaker", "Lina Far")):
        assert own.post("/api/judgements", json={**given, "field": field, "value": value}).status_code == 201
    source = own.get("/api/source", params={"name": "Lina Far"}).json()
    said = next(each for manner in ("asserted", "quoted", "denied") for each in source[manner]["shown"])
    assert said["quote"]["span"][0] == start and "speaker corrected by Mona" in said["judged"]


def test_what_a_person_says_is_not_stated_is_not_told(own: TestClient) -> None:
    queue = own.get("/api/review/queue", params={"person": "Mona", "whole": "event", "limit": 200}).json()["waiting"]
    for one in queue:
        if one["incident"] is None:
            continue
        page = own.get(f"/api/incidents/{one['incident']}").json()
        places = [cell for column in page["accounts"] for cell in column["cells"] if cell["field"] == "place" and cell["values"]]
        if len(page["members"]) == 1 and places:
            break
    given = {"document": one["document"], "span": one["span"], "verdict": "reject", "person": "Mona", "field": "event.place"}
    waited(own, own.post("/api/judgements", json=given).json()["job"])
    page = own.get(f"/api/incidents/{one['incident']}").json()
    cells = [cell for column in page["accounts"] for cell in column["cells"] if cell["field"] == "place"]
    assert all(not cell["values"] for cell in cells) and page["entry"]["place"] is None
