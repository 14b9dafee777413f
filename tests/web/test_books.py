"""The books over the API and as pages: control, pledges, forecasts, names; each value leads to its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient


def got(client: TestClient, address: str, **query: Any) -> Any:
    answer = client.get(address, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def quoted(client: TestClient, quote: dict[str, Any]) -> None:
    text = got(client, f"/api/documents/{quote['document']}")["text"]
    assert text[slice(*quote["span"])] == quote["words"] and text[slice(*quote["sentence"])] == quote["text"]


def test_a_place_source_by_source(client: TestClient) -> None:
    places = got(client, "/api/control")["places"]
    assert places
    for place in places:
        page = got(client, f"/api/control/{place['id']}")
        assert page["place"] | {"depth": 0} == place | {"depth": 0}
        own = next(panel for panel in page["panels"] if panel["place"]["id"] == place["id"])
        assert sum(len(lane["statements"]) for lane in own["lanes"]) == place["statements"]
        letters = {holder["letter"] for holder in page["holders"]}
        assert {bar["letter"] for lane in own["lanes"] for bar in lane["bars"]} <= letters
        for lane in own["lanes"]:
            for said in lane["statements"]:
                quoted(client, said["quote"])
        for contest in own["contests"]:
            assert contest["a"]["quotes"] and contest["b"]["quotes"]


def test_what_control_does_not_have(client: TestClient) -> None:
    assert client.get("/api/control/nowhere").status_code == 404
    assert client.get("/api/control", params={"near": "1,2"}).status_code == 422
    assert client.get("/api/control", params={"since": "2016-09-02", "until": "2016-09-01"}).status_code == 422
    assert got(client, "/api/control", as_of="1990-01-01")["places"] == []


def test_pledges_stand_as_their_voices_say(client: TestClient) -> None:
    page = got(client, "/api/pledges", limit=200)
    assert page["found"] == len(page["pledges"]) == sum(page["standings"].values())
    for pledge in page["pledges"]:
        assert (pledge["standing"] == "unresolved") == (not pledge["said"])
        sentences = [quote for voice in pledge["voices"] for quote in voice["quotes"]]
        for quote in (*sentences, *(said["quote"] for said in pledge["said"])):
            quoted(client, quote)
    first = page["pledges"][0]
    assert [each["id"] for each in got(client, "/api/pledges", id=first["id"])["pledges"]] == [first["id"]]
    assert got(client, "/api/pledges", status="unresolved")["found"] == page["standings"]["unresolved"]
    assert got(client, "/api/pledges", start=1, limit=1)["pledges"] == page["pledges"][1:2]
    assert client.get("/api/pledges", params={"kind": "wish"}).status_code == 422


def test_forecasts_with_what_came_after(client: TestClient) -> None:
    page = got(client, "/api/forecasts", limit=200)
    assert page["found"] == len(page["forecasts"]) >= page["open"]
    for forecast in page["forecasts"]:
        sentences = [quote for voice in forecast["voices"] for quote in voice["quotes"]]
        for quote in (*sentences, *(each["quote"] for each in forecast["bearings"])):
            quoted(client, quote)
    name = page["forecasts"][0]["forecaster"]
    assert 0 < got(client, "/api/forecasts", by=name)["found"] <= page["found"]


def test_names_by_voice_and_month(client: TestClient) -> None:
    page = got(client, "/api/naming", limit=200)
    assert page["found"] == len(page["rows"]) > 0
    some = [got(client, "/api/naming", start=start, limit=7) for start in range(0, page["found"], 7)]
    assert [row for each in some for row in each["rows"]] == page["rows"]
    assert some[-1]["next"] is None and not page["older"]
    assert all(month["quotes"] for row in page["rows"] for month in row["months"])
    own = got(client, "/api/naming", voice="author")["rows"]
    assert own and {row["voice"] for row in own} == {"own"}


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A narrow tab that fails the test for any error in its console."""
    context = browser.new_context(viewport={"width": 380, "height": 800})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert troubles == []


def test_a_mark_opens_its_sentence_by_the_keyboard(tab: Any, served: str) -> None:
    tab.goto(f"{served}/control")
    tab.locator(".places a").first.click()
    mark = tab.locator(".mark-button").first
    mark.wait_for()
    mark.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**at=*")
    tab.locator(".statement .quotation").first.wait_for()
    tab.reload()
    tab.locator(".statement .quotation").first.wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 380


@pytest.mark.parametrize("view", ["pledges", "forecasts", "naming"])
def test_a_book_opens_with_its_sentences(tab: Any, served: str, view: str) -> None:
    tab.goto(f"{served}/{view}")
    tab.locator(".entry .quotation, .names button").first.wait_for()
    if view == "naming":
        tab.locator(".names button").first.click()
    tab.locator(".quotation mark").first.wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 380
