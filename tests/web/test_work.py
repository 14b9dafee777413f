"""What the page changes: files and texts read in, judgements that override the machine, each with its steps told."""

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

TEXT = (
    "Harat, 3 May 2021 (Plain Wire) - Shells killed 12 people in the market of Harat on Monday, a doctor said. "
    "The army denied that it had fired."
)


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a ledger of its own, which the test may change."""
    path = tmp_path / "own.db"
    shutil.copy(sample, path)
    with open_ledger(path) as ledger:
        yield TestClient(create_app(ledger, str(path), limits=Limits(max_bytes=100_000)))


def steps(client: TestClient, job: str) -> list[dict[str, Any]]:
    """All steps of a job, waited for to its end."""
    lines = client.get(f"/api/jobs/{job}/steps").text.splitlines()
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")][:-1]


def test_files_are_read_in_and_failures_are_told(own: TestClient) -> None:
    before = own.get("/api/ledger").json()["read"]
    files = [("files", ("wire.txt", TEXT.encode())), ("files", ("../../empty.txt", b"")), ("files", ("odd.xyz", b"?"))]
    told = steps(own, own.post("/api/documents", files=files).json()["job"])
    wanted = {("read", "wire.txt"), ("failed", "empty.txt"), ("failed", "odd.xyz")}
    assert {(step["kind"], step["what"]) for step in told[:-1]} == wanted
    assert all("/" not in (step["reason"] or "") for step in told)
    assert told[-1]["kind"] == "done" and told[-1]["change"]["read"] == 1
    (arrived,) = told[-1]["arrived"]
    assert (arrived["id"], arrived["state"]) == ("wire.txt", "read")
    assert own.get(f"/api/documents/{arrived['key']}").status_code == 200
    assert [own.get(f"/api/incidents/{each['id']}").status_code for each in told[-1]["incidents"]][:1] == [200]
    assert own.get("/api/ledger").json()["read"] == before + 1
    again = steps(own, own.post("/api/documents", files=files[:1]).json()["job"])
    assert (again[-1]["change"]["read"], again[-1]["change"]["known"]) == (0, 1)


def test_a_pasted_text_is_read_in_under_what_is_told_of_it(own: TestClient) -> None:
    given = {"text": TEXT, "title": "Market shelled", "publisher": "Plain Wire", "published": "2021-05-03"}
    told = steps(own, own.post("/api/documents/text", json=given).json()["job"])
    assert told[-1]["change"]["read"] == 1
    entry = own.get("/api/incidents", params={"publisher": "Plain Wire"}).json()["incidents"][0]
    article = own.get(f"/api/incidents/{entry['id']}").json()["articles"][0]
    assert (article["id"], article["publisher"]) == ("Market shelled", "Plain Wire")


@pytest.mark.parametrize(
    ("given", "words"), [({"text": "  "}, "no text"), ({"txt": "x"}, "cannot be understood"), ({"text": 3}, "cannot")]
)
def test_no_text_is_refused(own: TestClient, given: dict[str, object], words: str) -> None:
    answer = own.post("/api/documents/text", json=given)
    assert answer.status_code == 422 and words in answer.json()["detail"]


def test_a_file_over_the_limit_is_refused(own: TestClient) -> None:
    answer = own.post("/api/documents", files=[("files", ("big.txt", b"a" * 100_001))])
    assert answer.status_code == 413 and "larger than 100,000 bytes" in answer.json()["detail"]


def test_another_sites_page_changes_nothing(own: TestClient) -> None:
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert own.post("/api/documents/text", json={"text": TEXT}, headers=headers).status_code == 403


def test_a_rejected_event_leaves_every_view_and_comes_back(own: TestClient) -> None:
    waiting = own.get("/api/review/queue", params={"person": "Mona", "whole": "event"}).json()
    first = waiting["waiting"][0]
    given = {"document": first["document"], "span": first["span"], "field": "event", "verdict": "reject", "person": "Mona"}

    def events() -> list[list[int]]:
        return [each["event"]["trigger"] for each in own.get(f"/api/documents/{first['document']}").json()["events"]]

    assert first["span"] in events()
    made = own.post("/api/judgements", json=given)
    assert made.status_code == 201
    assert steps(own, made.json()["job"])[-1]["kind"] == "done"
    assert first["span"] not in events()
    after = own.get("/api/review/queue", params={"person": "Mona", "whole": "event"}).json()
    assert after["left"] == waiting["left"] - 1
    others = own.get("/api/review/queue", params={"person": "Tarek", "whole": "event"}).json()
    assert others["left"] >= after["left"], "double coding is blind"
    job = own.post("/api/judgements", json={**given, "verdict": "accept"}).json()["job"]
    steps(own, job)
    assert first["span"] in events()
    history = own.get("/api/judgements", params={"history": True}).json()["judgements"]
    assert [each["verdict"] for each in history] == ["reject", "accept"] and history[0]["retired"]


@pytest.mark.parametrize(("change", "words"), [
    ({"span": [0, 10_000_000]}, "outside the document"), ({"verdict": "maybe"}, "cannot be understood"),
    ({"field": "mood"}, "nothing that can be judged"), ({"person": " "}, "needs the name"),
])
def test_a_judgement_that_makes_no_sense_is_refused(own: TestClient, change: dict[str, object], words: str) -> None:
    first = own.get("/api/review/queue", params={"person": "Mona", "whole": "event"}).json()["waiting"][0]
    given = {"document": first["document"], "span": first["span"], "field": "event", "verdict": "reject", "person": "Mona"}
    answer = own.post("/api/judgements", json=given | change)
    assert answer.status_code == 422 and words in answer.json()["detail"]


def test_judgements_are_taken_elsewhere_with_their_words(own: TestClient) -> None:
    for person, verdict in (("Mona", "accept"), ("Tarek", "reject")):
        first = own.get("/api/review/queue", params={"person": "Zoe", "whole": "event"}).json()["waiting"][0]
        given = {"document": first["document"], "span": first["span"], "field": "event", "verdict": verdict, "person": person}
        own.post("/api/judgements", json=given)
    rows = [json.loads(line) for line in own.get("/api/review/export").text.splitlines()]
    assert len(rows) == 2 and all(row["words"] for row in rows)
    (field,) = own.get("/api/review/agreement").json()["fields"] or [None]
    assert field is None or field["units"] == 1


def test_a_second_coder_sees_what_the_first_one_saw(own: TestClient) -> None:
    first = own.get("/api/review/queue", params={"person": "Mona", "whole": "event"}).json()["waiting"][0]
    given = {"document": first["document"], "span": first["span"], "field": "event", "verdict": "reject", "person": "Mona"}

    def sheet(person: str) -> dict[str, Any]:
        told: dict[str, Any] = own.get(f"/api/review/sheets/{first['document']}", params={"person": person}).json()
        return told

    before = sheet("Tarek")
    item = next(one for one in before["items"] if (one["whole"], one["span"]) == ("event", first["span"]))
    assert item["words"] == before["text"][slice(*item["span"])]
    steps(own, own.post("/api/judgements", json=given).json()["job"])
    after = sheet("Tarek")
    assert (after["history"], after["hidden"]) == ([], 1)
    assert [one["span"] for one in after["items"]] == [one["span"] for one in before["items"]], "rejected by Mona, open for Tarek"
    everything = own.get("/api/review/queue", params={"person": "Tarek", "whole": "event", "limit": 200}).json()
    assert everything["left"] == own.get("/api/review/queue", params={"person": "Mona", "whole": "event"}).json()["left"] + 1
    assert (len(sheet("Mona")["history"]), sheet("Mona")["hidden"]) == (1, 0)
    own.post("/api/judgements", json={**given, "person": "Tarek", "verdict": "accept", "note": "It was."})
    assert [(one["person"], one["note"]) for one in sheet("Tarek")["history"]] == [("Mona", None), ("Tarek", "It was.")]


def test_closed_vocabularies_are_told_and_kept(own: TestClient) -> None:
    fields = {each["name"]: each["choices"] for each in own.get("/api/review/fields").json()["fields"]}
    assert "ASSAULT" in fields["event.type"] and "airstrike" in fields["event.action"] and fields["event.place"] is None
    first = own.get("/api/review/queue", params={"person": "Mona", "whole": "event"}).json()["waiting"][0]
    given = {"document": first["document"], "span": first["span"], "person": "M", "field": "event.action", "verdict": "correct"}
    assert own.post("/api/judgements", json={**given, "value": "merrymaking"}).status_code == 422
    assert own.post("/api/judgements", json={**given, "value": "airstrike"}).status_code == 201


def test_claims_wait_beside_events_by_doubt_and_weight(own: TestClient) -> None:
    asked = {"person": "Mona", "limit": 200}
    every = own.get("/api/review/queue", params=asked).json()
    alone = {whole: own.get("/api/review/queue", params={**asked, "whole": whole}).json() for whole in ("event", "claim")}
    assert every["left"] == alone["event"]["left"] + alone["claim"]["left"]
    assert {each["whole"] for each in every["waiting"]} == {"event", "claim"}
    pulls = [each["doubt"] * each["weight"] for each in every["waiting"]]
    assert pulls == sorted(pulls, reverse=True)
    for one in alone["claim"]["waiting"][:20]:
        sheet = own.get(f"/api/review/sheets/{one['document']}", params={"person": "Mona"}).json()
        assert ("claim", one["span"]) in [(item["whole"], item["span"]) for item in sheet["items"]]
    first = alone["claim"]["waiting"][0]
    given = {"document": first["document"], "span": first["span"], "field": "claim", "verdict": "accept", "person": "Mona"}
    assert own.post("/api/judgements", json=given).status_code == 201
    after = own.get("/api/review/queue", params={**asked, "whole": "claim"}).json()
    assert after["left"] < alone["claim"]["left"]
    others = own.get("/api/review/queue", params={**asked, "person": "Tarek", "whole": "claim"}).json()
    assert others["left"] == alone["claim"]["left"], "double coding is blind"
    document = own.get("/api/review/queue", params={**asked, "document": first["document"]}).json()["waiting"]
    assert {each["document"] for each in document} == {first["document"]}
