"""What a source changed later is flagged wherever its older words are shown; what was found needs no mouse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rashomon.ledger import Ledger


@pytest.fixture(scope="module")
def changed(client: TestClient, ledger: Ledger) -> dict[str, Any]:
    """A passage of the sample that its source changed later."""
    keys = [entry.key for entry in ledger.view().documents(state="read")][:40]
    rows: list[dict[str, Any]] = client.get("/api/later", params={"document": keys}).json()["revisions"]
    assert rows
    return rows[0]


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 390, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_one_document_alone_knows_what_became_of_it(client: TestClient, changed: dict[str, Any]) -> None:
    key = changed["a"]["document"]
    page = client.get(f"/api/documents/{key}").json()
    for row in client.get("/api/later", params={"document": key}).json()["revisions"]:
        start, end = row["a"]["span"]
        assert (row["a"]["document"], page["text"][start:end]) == (key, row["a"]["words"])
    assert client.get("/api/later").status_code == 422
    assert client.get("/api/later", params={"document": ["x"] * 41}).status_code == 422
    assert client.get("/api/later", params={"document": "nowhere"}).json() == {"revisions": []}


def test_parts_are_told_by_what_they_are(client: TestClient) -> None:
    every = client.get("/api/incidents", params={"limit": 200}).json()["incidents"]
    pages = [client.get(f"/api/incidents/{each['id']}").json() for each in every]
    parts = [(page["entry"]["id"], part) for page in pages for part in page["parts"]]
    assert parts
    for whole, part in parts:
        assert client.get(f"/api/incidents/{part['id']}").json()["part_of"] == whole


def test_a_document_marks_what_was_changed_later(tab: Any, served: str, changed: dict[str, Any]) -> None:
    tab.goto(f"{served}/document/{changed['a']['document']}")
    tab.locator(".text .changed").first.wait_for()
    tab.get_by_role("button", name=changed["a"]["words"], exact=True).first.focus()
    tab.keyboard.press("Enter")
    tab.locator(".beside .quotation").first.wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_codes_are_told_in_the_text_and_beside_it(tab: Any, served: str, changed: dict[str, Any]) -> None:
    tab.goto(f"{served}/document/{changed['a']['document']}")
    event = tab.locator(".text .event").first
    event.wait_for()
    assert event.get_attribute("title").split()[0].isalpha()
    tab.get_by_text("with codes").click()
    tab.locator(".beside details .found button").first.click()
    tab.get_by_text("code", exact=True).wait_for()
