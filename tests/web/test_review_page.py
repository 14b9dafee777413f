"""Adding and reviewing in a real browser, on a ledger that the test may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rashomon.ledger import open_ledger

TEXT = "Harat, 3 May 2021 (Plain Wire) - Shells killed 12 people in the market of Harat on Monday, a doctor said."


@pytest.fixture
def address(sample: Path, tmp_path: Path, serving: Any) -> Iterator[str]:
    path = tmp_path / "own.db"
    shutil.copy(sample, path)
    with open_ledger(path) as ledger, serving(ledger, str(path)) as served:
        yield served


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A tab that fails the test for any error in its console."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
    assert troubles == []


def test_files_come_in_and_lead_on(address: str, tab: Any) -> None:
    tab.goto(f"{address}/add")
    tab.locator("input[type=file]").set_input_files([
        {"name": "wire.txt", "mimeType": "text/plain", "buffer": TEXT.encode()},
        {"name": "odd.xyz", "mimeType": "text/plain", "buffer": b"?"},
    ])
    tab.get_by_role("heading", name="What came of it").wait_for(timeout=60_000)
    assert "odd.xyz failed" in tab.locator(".failures").inner_text()
    tab.get_by_role("link", name="wire.txt").click()
    tab.wait_for_url("**/document/*")


def test_a_coder_judges_by_key(address: str, tab: Any) -> None:
    tab.goto(f"{address}/review")
    tab.get_by_label("Your name as a coder").fill("Mona")
    tab.keyboard.press("Enter")
    tab.locator(".grid").wait_for()
    tab.keyboard.press("c")
    tab.get_by_label("place", exact=True).fill("Harat")
    tab.keyboard.press("Enter")
    tab.get_by_text("2 of the first").wait_for()
    tab.keyboard.press("k")
    tab.get_by_text("1 of the first").wait_for()
    tab.locator(".verdicts [aria-pressed=true]").wait_for()
    assert tab.get_by_label("place", exact=True).input_value() == "Harat"
    tab.get_by_text("History of judgements (2)").click()
    assert "corrected to “Harat”" in tab.locator(".history").inner_text()
    tab.get_by_role("link", name="in its document").click()
    tab.locator("#at").first.click()
    assert "place corrected by Mona" in tab.locator(".beside").inner_text()
