"""Folders, saved searches, outcomes and moved spans in a real browser, on a ledger that the test may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rashomon.ledger import open_ledger

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(found => ["serious", "critical"].includes(found.impact))
  .map(found => `${found.id}: ${found.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", ")}`)"""


@pytest.fixture
def address(sample: Path, tmp_path: Path, serving: Any) -> Iterator[str]:
    path = tmp_path / "own.db"
    shutil.copy(sample, path)
    with open_ledger(path) as ledger, serving(ledger, str(path)) as served:
        yield served


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A tab of somebody called Mona that fails the test for any error in its console."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    context.add_init_script("localStorage.setItem('rashomon.coder', 'Mona')")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield page
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(SERIOUS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
    assert troubles == []


pytestmark = pytest.mark.usefixtures("npm")


def test_an_incident_goes_into_a_folder_with_a_private_note(address: str, tab: Any) -> None:
    tab.goto(address)
    tab.locator(".incident-link").first.click()
    tab.get_by_text("Put into a folder").click()
    tab.get_by_label("Its name").fill("Hospitals")
    tab.get_by_label("Private note").fill("ask again")
    tab.get_by_role("button", name="Put it there").click()
    tab.locator(".keep").get_by_role("link", name="Hospitals").click()
    tab.wait_for_url("**/folders?id=*")
    note = tab.locator(".folder-items textarea")
    assert note.input_value() == "ask again"
    note.fill("asked")
    tab.get_by_role("button", name="Keep note").click()
    tab.get_by_text("Note kept.").wait_for()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Export as Markdown").click()
    assert "asked" in Path(download.value.path()).read_text()
    assert tab.locator(".folder-items a").first.get_attribute("href").startswith("/incident/")


def test_a_search_is_saved_and_looked_at_again(address: str, tab: Any) -> None:
    tab.goto(address)
    if not tab.get_by_label("Contested only").is_visible():
        tab.get_by_role("button", name="Filters").click()
    tab.get_by_label("Contested only").check()
    tab.get_by_role("button", name="Save this search").click()
    tab.get_by_label("Its name").fill("Contested ones")
    tab.get_by_role("button", name="Save", exact=True).click()
    tab.get_by_role("link", name="Contested ones").click()
    tab.wait_for_url("**/searches")
    assert "contested only" in tab.locator(".search-list").inner_text()
    tab.get_by_role("link", name="Contested ones").click()
    tab.get_by_label("Since").wait_for()
    tab.get_by_label("Since").fill("2020-01-01")
    tab.locator(".news").first.wait_for()
    assert "new account" in tab.locator(".news").first.inner_text()


def test_a_person_says_how_a_forecast_came_out(address: str, tab: Any) -> None:
    tab.goto(f"{address}/forecasts")
    entry = tab.locator(".entry").first
    entry.get_by_text("Say how it came out").click()
    entry.get_by_label("Outcome").select_option("partly")
    entry.get_by_role("button", name="Say so").click()
    entry.get_by_text("a person's word").wait_for()
    assert "partly, says Mona" in entry.inner_text()


def test_a_span_is_moved_with_the_keyboard_and_the_mouse(address: str, tab: Any) -> None:
    tab.goto(f"{address}/review")
    words = tab.locator(".span-words")
    words.wait_for()
    before = words.inner_text()
    tab.locator("h1").click()
    tab.keyboard.press("]")
    tab.wait_for_function("before => document.querySelector('.span-words').innerText !== before", arg=before)
    longer = words.inner_text()
    assert longer.startswith(before.rstrip("”")) and words.get_attribute("role") == "status"
    tab.keyboard.press("}")
    tab.wait_for_function("before => document.querySelector('.span-words').innerText === before", arg=before)
    tab.keyboard.press("s")
    tab.keyboard.press("s")
    tab.keyboard.press("s")
    tab.get_by_text("place:").wait_for()
    box = tab.locator(".review-text .in-sentence").first
    box.scroll_into_view_if_needed()
    first = box.bounding_box()
    tab.mouse.move(first["x"] + 2, first["y"] + 8)
    tab.mouse.down()
    tab.mouse.move(first["x"] + min(first["width"], 60), first["y"] + 8, steps=4)
    tab.mouse.up()
    tab.wait_for_function("document.querySelector('.spanning').classList.contains('row-changed')")
    chosen = words.inner_text().split("“")[1].rstrip("”")
    assert tab.get_by_label("place", exact=True).input_value() == chosen
    tab.get_by_role("button", name="Save 2 corrections").click()
    tab.get_by_text("2 of the first").wait_for()
    tab.keyboard.press("k")
    tab.get_by_text("History of judgements (3)").click()
    assert "place span" in tab.locator(".history").inner_text() and f"“{chosen}”" in tab.locator(".history").inner_text()
