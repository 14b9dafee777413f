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
_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { if (!one.hadRecentInput) window.shifted += one.value; }))
    .observe({type: "layout-shift", buffered: true});
}"""
# What Google calls good is 0.1.
MOST_SHIFTED = 0.02
# Each view's address, and what is there once it is drawn.
VIEWS = {
    "overview": ("/", ".incidents li"),
    "incident": ("/incident/{incident}?cell=0-{field}", ".matrix .quotation"),
    "document": ("/document/{document}", ".voices li"),
    "search": ("/search?q=hospital", "mark"),
    "source": ("/source/{source}", ".said"),
    "actor": ("/actor/{actor}", ".said"),
    "control": ("/control", ".places li"),
    "control of a place": ("/control/{place}", ".lane"),
    "pledges": ("/pledges", ".entry"),
    "forecasts": ("/forecasts", ".entry"),
    "names": ("/naming", ".names td"),
    "queue": ("/review", ".grid"),
    "coding": ("/review?document={document}", ".grid"),
    "agreement": ("/review?view=agreement", ".review section div p, .agreement"),
    "folders": ("/folders", "main h1"),
    "searches": ("/searches", "main h1"),
    "add": ("/add", ".drop"),
    "nowhere": ("/nowhere", "main h1"),
    "nothing of that name": ("/incident/none", ".trouble"),
    "a filter that cannot be": ("/pledges?since=then", ".trouble"),
}
WINDOWS = [(theme, width) for theme in ("light", "dark") for width in (1400, 390)]


@pytest.fixture(scope="module")
def known(served: str) -> dict[str, str]:
    """Names to fill the addresses with: the most told incident's, its first document, a source, an actor and a place."""
    first = httpx.get(f"{served}/api/incidents", params={"order": "most-told"}).json()["incidents"][0]["id"]
    page = httpx.get(f"{served}/api/incidents/{first}").json()
    filled = next(cell["field"] for cell in page["accounts"][0]["cells"] if cell["values"])
    voice = next(account["chain"][-1] for account in page["accounts"] if len(account["chain"]) > 1)
    place = httpx.get(f"{served}/api/control").json()["places"][0]["id"]
    return {
        "incident": first, "field": filled, "document": page["articles"][0]["key"], "source": voice, "actor": page["parties"][0],
        "place": place,
    }


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def windows(browser: Any) -> Iterator[list[tuple[str, Any]]]:
    """A tab of each theme and width, with a coder's name and an eye on what jumps."""
    contexts, tabs = [], []
    for theme, width in WINDOWS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        context.add_init_script(f"localStorage.setItem('rashomon.coder', 'Ann'); ({_SHIFTS})()")
        contexts.append(context)
        tabs.append((f"{theme} {width}", context.new_page()))
    yield tabs
    for context in contexts:
        context.close()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("npm")
def test_nothing_shuts_anybody_out(windows: list[tuple[str, Any]], served: str, known: dict[str, str], view: str) -> None:
    address, drawn = VIEWS[view]
    found = []
    for window, page in windows:
        page.goto(served + address.format(**known))
        page.locator(drawn).first.wait_for(state="attached")
        page.wait_for_timeout(100)
        shifted = page.evaluate("window.shifted")
        found += [f"{window}: jumps by {shifted:.3f}"] if shifted > MOST_SHIFTED else []
        found += [] if page.locator("main h1").count() == 1 else [f"{window}: has no heading of its own"]
        found += [] if "Rashomon" in page.title() and page.title() != "Rashomon" else [f"{window}: has no title of its own"]
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found += [f"{window}: {each}" for each in page.evaluate(_SERIOUS)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{window}: {wide} px too wide"] if wide > 0 else []
    assert found == []


def test_on_a_phone_a_menu_leads_everywhere(browser: Any, served: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{served}/pledges", wait_until="networkidle")
    assert page.locator(".top").bounding_box()["height"] < 70
    assert not page.locator("#views").is_visible()
    page.get_by_role("button", name="Menu").click()
    page.keyboard.press("Escape")
    assert not page.locator("#views").is_visible()
    assert page.evaluate("document.activeElement.classList.contains('menu')")
    page.keyboard.press("Enter")
    page.locator("#views").get_by_text("Names").click()
    page.wait_for_url("**/naming")
    page.locator(".names td").first.wait_for()
    assert not page.locator("#views").is_visible()
    context.close()


def test_the_focus_goes_to_the_heading_and_back_to_the_place(tab: Any, served: str) -> None:
    tab.goto(served, wait_until="networkidle")
    tab.locator(".incidents li").first.wait_for()
    tab.mouse.wheel(0, 900)
    tab.wait_for_function("() => window.scrollY > 600")
    link = tab.locator(".incident-link").nth(12)
    link.scroll_into_view_if_needed()
    tab.wait_for_timeout(100)
    before = tab.evaluate("window.scrollY")
    link.click()
    tab.wait_for_url("**/incident/*")
    tab.wait_for_function("() => document.activeElement?.matches('.incident h1')")
    assert tab.evaluate("window.scrollY") == 0
    tab.go_back()
    tab.wait_for_function("before => Math.abs(window.scrollY - before) < 3", arg=before)
    tab.reload()
    tab.wait_for_function("before => Math.abs(window.scrollY - before) < 3", arg=before)


def test_a_stretch_of_time_is_chosen_with_the_arrow_keys(tab: Any, served: str) -> None:
    tab.goto(served, wait_until="networkidle")
    tab.locator(".timeline-keys input").first.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url("**since=*")
    assert "incident" in tab.locator(".timeline-keys input").first.get_attribute("aria-valuetext")


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
