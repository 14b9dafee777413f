"""Every view for everybody: nothing that axe-core calls serious, in both themes, wide and narrow; all of it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_SERIOUS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(found => ["serious", "critical"].includes(found.impact))
  .map(found => `${found.id}: ${found.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", ")}`)"""
# Each view's address, and what is there once it is drawn.
VIEWS = {
    "overview": ("/", ".incidents li"),
    "incident": ("/incident/{incident}?cell=0-{field}", ".matrix .quotation"),
    "document": ("/document/{document}", ".voices li"),
    "search": ("/search?q=hospital", "mark"),
    "source": ("/source/{source}", ".said"),
    "actor": ("/actor/{actor}", ".said"),
}


@pytest.fixture(scope="module")
def known(served: str) -> dict[str, str]:
    """Names to fill the addresses with: the most told incident's, its first document, a source and an actor."""
    first = httpx.get(f"{served}/api/incidents", params={"order": "most-told"}).json()["incidents"][0]["id"]
    page = httpx.get(f"{served}/api/incidents/{first}").json()
    filled = next(cell["field"] for cell in page["accounts"][0]["cells"] if cell["values"])
    voice = next(account["chain"][-1] for account in page["accounts"] if len(account["chain"]) > 1)
    return {
        "incident": first, "field": filled, "document": page["articles"][0]["key"], "source": voice, "actor": page["parties"][0],
    }


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("npm")
def test_nothing_shuts_anybody_out(browser: Any, served: str, known: dict[str, str], view: str) -> None:
    address, drawn = VIEWS[view]
    found = []
    for theme, width in (("light", 1400), ("dark", 1400), ("light", 390), ("dark", 390)):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        page = context.new_page()
        page.goto(served + address.format(**known))
        page.locator(drawn).first.wait_for(state="attached")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found += [f"{theme} {width}: {each}" for each in page.evaluate(_SERIOUS)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{theme} {width}: {wide} px too wide"] if wide > 0 else []
        context.close()
    assert found == []


def pressed(tab: Any, key: str, wanted: str, most: int = 80) -> None:
    """Press a key until the focus is on what is wanted."""
    for _ in range(most):
        tab.keyboard.press(key)
        if tab.evaluate("wanted => document.activeElement?.matches(wanted) ?? false", wanted):
            return
    raise AssertionError(f"{key} does not lead to {wanted}")


def test_the_keyboard_alone_leads_to_a_sentence(tab: Any, served: str) -> None:
    tab.goto(served)
    tab.locator(".incidents li").first.wait_for()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    pressed(tab, "Tab", ".incident-link")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/incident/*")
    tab.locator(".matrix .cell button").first.wait_for()
    pressed(tab, "Tab", ".saying > button")
    tab.locator(".near").first.wait_for()
    assert tab.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText")
    tab.keyboard.press("Escape")
    assert tab.locator(".near").count() == 0
    tab.keyboard.press("Enter")
    tab.locator(".matrix .quotation").first.wait_for()
    pressed(tab, "Tab", ".matrix .quotation button")
    tab.keyboard.press("Enter")
    tab.get_by_text("Copied with its source").first.wait_for()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert tab.locator(".matrix .quotation mark").first.inner_text() in copied
    assert "\n— " in copied and ("captured" in copied or "in the ledger since" in copied)


def test_an_incident_leads_to_its_sources_and_parties(tab: Any, served: str, known: dict[str, str]) -> None:
    tab.goto(f"{served}/incident/{known['incident']}")
    tab.locator(".matrix thead .chain a").first.click()
    tab.wait_for_url("**/source/*")
    tab.locator(".who h1").wait_for()
    tab.goto(f"{served}/source/{known['source']}")
    tab.locator(".said .quotation").first.wait_for()
    assert known["source"] in tab.locator(".said .chain").first.inner_text()
    tab.get_by_text("What is told of it").click()
    tab.wait_for_url("**/actor/*")
    tab.locator(".who h1").wait_for()
