"""No live map of a front: positions of recent reports come late, recent incidents are drawn wide; an archive is as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rashomon.ledger import Ledger
from rashomon.web import create_app
from rashomon.web.caution import LEAST_KM, Caution


def asked(ledger: Ledger, where: Path, today: str, days: int = 14) -> TestClient:
    """The API as it answers on a day."""
    return TestClient(create_app(ledger, str(where), caution=Caution(days, lambda: date.fromisoformat(today))))


def statements(client: TestClient) -> tuple[int, int]:
    """(statements told, statements held back)"""
    page = client.get("/api/control").json()
    return sum(place["statements"] for place in page["places"]), page["held_back"]


def areas(client: TestClient) -> dict[str, Any]:
    return {entry["id"]: entry for entry in client.get("/api/overview").json()["areas"]}


def test_positions_of_recent_reports_are_held_back(ledger: Ledger, sample: Path) -> None:
    years_after, on_the_day = asked(ledger, sample, "2031-01-01"), asked(ledger, sample, "2016-08-14")
    every, none = statements(years_after)
    told, held = statements(on_the_day)
    assert (every > 0, none, told + held) == (True, 0, every)
    assert held > 0
    assert statements(asked(ledger, sample, "2016-08-14", days=0)) == (every, 0)
    for place in on_the_day.get("/api/control").json()["places"]:
        page = on_the_day.get(f"/api/control/{place['id']}").json()
        days = [article["published"][1] for article in page["articles"]]
        assert all(day is not None and day[:10] < "2016-07-31" for day in days)


def test_recent_incidents_are_drawn_wide(ledger: Ledger, sample: Path) -> None:
    years_after, on_the_day = asked(ledger, sample, "2031-01-01"), asked(ledger, sample, "2016-08-14")
    true, drawn = areas(years_after), areas(on_the_day)
    page = on_the_day.get("/api/overview").json()
    late = [id for id in true if drawn[id] != true[id]]
    assert 0 < len(late) <= page["recent"]
    assert (page["delay_days"], years_after.get("/api/overview").json()["recent"]) == (14, 0)
    for id in late:
        assert drawn[id]["radius_km"] >= LEAST_KM
        assert (drawn[id]["lat"] * 2).is_integer() and (drawn[id]["lon"] * 2).is_integer()
        own = on_the_day.get(f"/api/incidents/{id}").json()
        assert (own["entry"]["lat"], own["place"]["lat"]) == (drawn[id]["lat"], drawn[id]["lat"])
    old = [id for id, entry in true.items() if (entry["time_end"] or "9999") < "2016-07-31"]
    assert all(drawn[id] == true[id] for id in old)


def test_the_page_says_so(ledger: Ledger, sample: Path, serving: Any, browser: Any) -> None:
    with serving(ledger, str(sample), Caution(14, lambda: date(2016, 8, 14))) as address:
        tab = browser.new_page()
        tab.goto(f"{address}/control")
        tab.get_by_text("No live front line").wait_for()
        assert "held back" in tab.locator("main").inner_text()
        note = tab.get_by_role("button", name="machine-extracted")
        note.focus()
        tip = tab.locator(f"[id='{note.get_attribute('aria-describedby')}']")
        assert "read the quotation" in tip.inner_text()
        tab.goto(f"{address}/")
        tab.get_by_text("drawn wider than told").wait_for()
        tab.close()


@pytest.mark.parametrize("days", [0, 14])
def test_the_setting(days: int) -> None:
    caution = Caution(days, lambda: date(2016, 8, 15))
    assert caution.since == ("2016-08-01" if days else None)
