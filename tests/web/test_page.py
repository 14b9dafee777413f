"""The page in a real browser: every view opens, its address holds its state, nothing is refused by the policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A tab that fails the test for any error in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert troubles == []


def test_the_overview_leads_to_an_incident_and_its_sentence(tab: Any, served: str) -> None:
    tab.goto(served)
    tab.locator(".incidents li").first.wait_for()
    assert "traced origins" in tab.locator(".overview-figures").inner_text()
    tab.locator(".incident-link").first.click()
    tab.wait_for_url("**/incident/*")
    cell = tab.locator(".matrix .cell button").first
    cell.click()
    quotation = tab.locator(".matrix .quotation").first
    quotation.wait_for()
    words = quotation.locator("mark").inner_text()
    quotation.get_by_text("in its document").click()
    tab.wait_for_url("**/document/*")
    tab.locator("#at").first.wait_for()
    assert "".join(tab.locator(".here").all_inner_texts()) == words
    tab.go_back()
    tab.wait_for_url("**/incident/*")
    tab.locator(".matrix .quotation").first.wait_for()


def test_a_filter_stands_in_the_address(tab: Any, served: str) -> None:
    tab.goto(served)
    tab.locator(".incidents li").first.wait_for()
    before = tab.locator(".overview-figures strong").inner_text()
    tab.get_by_label("Contested only").check()
    tab.wait_for_url("**contested=true*")
    tab.wait_for_function("before => document.querySelector('.overview-figures strong').innerText !== before", arg=before)
    chosen = tab.locator(".overview-figures strong").inner_text()
    tab.reload()
    tab.locator(".overview-figures strong").wait_for()
    assert tab.locator(".overview-figures strong").inner_text() == chosen
    tab.go_back()
    tab.wait_for_function("before => document.querySelector('.overview-figures strong').innerText === before", arg=before)


def test_a_search_from_anywhere(tab: Any, served: str) -> None:
    tab.goto(served)
    tab.locator(".incidents li").first.wait_for()
    tab.keyboard.press("/")
    tab.keyboard.type("hospital")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=hospital")
    tab.locator("mark").first.wait_for()
    assert "hospital" in tab.locator("mark").first.inner_text().lower()
