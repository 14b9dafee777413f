"""What a document may hold and an address may say: shown as text, told in a sentence, never run and never a blank page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from rashomon.builder import add
from rashomon.config import Settings
from rashomon.ingest import documents
from rashomon.ledger import open_ledger
from rashomon.reader import Reader

RUNS = "<img src=x onerror='window.ran=1'>"
SCRIPT = "<script>window.ran=1</script>"
LONG = "Kh" + "a" * 4998
NAMES = {"title": f"Shells hit Harat {RUNS}", "publisher": f"Plain Wire {SCRIPT}", "published": "2021-05-03"}
TEXTS = {
    "script": f"HARAT (Plain Wire) - Shells killed 12 people in Harat on Monday, {SCRIPT} Omar \"{RUNS}\" Barakat said. {SCRIPT}",
    "astral": "😀😀 𐤀𐤁 HARAT - 😀 Rebels shelled the market of Harat on Monday and killed 12 people 👩‍👩‍👧, a doctor said.",
    "long": f"HARAT - Troops of {LONG} shelled Harat on Monday. {LONG} said the army killed 5 civilians in Harat.",
    "rtl": "حارات - قال طبيب إن القصف قتل 12 شخصا في سوق حارات يوم الاثنين. "
    "Shells killed 12 people in حارات on Monday, a doctor said.",
}
VIEWS = ("/", "/search?q=harat", "/control", "/pledges", "/forecasts", "/naming", "/review", "/review?view=agreement", "/add")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a ledger of documents that nobody would write by accident, and their keys."""
    folder = tmp_path_factory.mktemp("odd")
    lines = [json.dumps({"id": id, "text": text, **NAMES, "published": "2021-05-04"}) for id, text in TEXTS.items()]
    (folder / "odd.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with open_ledger(folder / "odd.db", create=True) as ledger:
        add(documents([str(folder / "odd.jsonl")], limits=Settings.load({}).limits, failed=unexpected), ledger, Reader.load())
        with serving(ledger, "odd.db") as address:
            yield address, {each.id: each.key for each in ledger.view().documents()}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[str]:
    """The address of a ledger without documents."""
    path = tmp_path_factory.mktemp("bare") / "bare.db"
    with open_ledger(path, create=True) as ledger, serving(ledger, str(path)) as address:
        yield address


def unexpected(source: str, error: Exception) -> None:
    raise AssertionError(f"{source}: {error}")


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    context.add_init_script("localStorage.setItem('rashomon.coder', 'Ann')")
    yield context.new_page()
    context.close()


def looked_at(tab: Any, address: str) -> str:
    """What a view shows once nothing is waited for; checks that nothing ran and nothing is too wide."""
    tab.goto(address, wait_until="networkidle")
    tab.wait_for_function("() => document.querySelector('main h1') && !document.querySelector('main .waiting')")
    assert tab.evaluate("window.ran") is None, address
    assert tab.evaluate("document.querySelectorAll('main script, main img[src=x]').length") == 0, address
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390, address
    return str(tab.locator("main").inner_text())


def test_what_documents_hold_is_shown_as_text(odd: tuple[str, dict[str, str]], tab: Any) -> None:
    address, keys = odd
    assert set(keys) == set(TEXTS)
    incidents = httpx.get(f"{address}/api/incidents").json()["incidents"]
    assert incidents
    for view in (*VIEWS, *(f"/incident/{each['id']}" for each in incidents)):
        looked_at(tab, address + view)
    for id, key in keys.items():
        shown = looked_at(tab, f"{address}/document/{key}")
        assert NAMES["title"] in shown and NAMES["publisher"] in shown
        assert tab.locator(".text").evaluate("node => node.textContent") == TEXTS[id]
    for name in (LONG[:300], RUNS, SCRIPT, "حارات", "😀"):
        for kind in ("source", "actor"):
            assert name in looked_at(tab, f"{address}/{kind}/{quote(name, safe='')}")


def test_spans_after_an_emoji_mark_the_words_they_mean(odd: tuple[str, dict[str, str]], tab: Any) -> None:
    address, keys = odd
    looked_at(tab, f"{address}/search?q=market")
    assert tab.locator("mark").all_inner_texts() == ["market"]
    start = TEXTS["astral"].index("market")
    looked_at(tab, f"{address}/document/{keys['astral']}?at={start}-{start + 6}")
    assert "".join(tab.locator(".here").all_inner_texts()) == "market"


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "/search?q=harat"])
def test_an_empty_ledger_says_what_to_do(bare: str, tab: Any, view: str) -> None:
    shown = looked_at(tab, bare + view)
    assert view == "/add" or tab.locator("main a[href='/add']").is_visible(), shown


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/incident/none", "no incident 'none'"),
        (f"/source/{LONG}", "at most 300"), ("/document/none", "no document 'none'"), ("/control/none", "no place"),
        ("/?since=then", "since: 'then' is not a day"), ("/?box=1,2", "box: '1,2' is not 4 numbers"),
        ("/?contested=perhaps", "contested:"),
        ("/pledges?since=2020-02-02&until=2019-01-01", "later than until"), ("/forecasts?start=-3", "start:"),
        ("/naming?as_of=yesterday", "as_of: 'yesterday' is not a day"), ("/control?near=0,0", "near: '0,0' is not 3 numbers"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(served: str, tab: Any, address: str, told: str) -> None:
    shown = looked_at(tab, served + address)
    assert told in shown
    assert tab.locator(".trouble a").count() > 0


@pytest.mark.parametrize("address", ["/nowhere", "/incident", f"/{LONG}", "/source/%E0%A4%A", "/control/%"])
def test_an_address_of_no_view_leads_on(served: str, tab: Any, address: str) -> None:
    looked_at(tab, served + address)
    assert tab.locator("main a[href='/']").count() > 0


def test_a_server_that_is_gone_is_told_and_asked_again(served: str, tab: Any) -> None:
    tab.goto(f"{served}/pledges", wait_until="networkidle")
    tab.route("**/api/**", lambda route: route.abort())
    tab.get_by_role("button", name="Menu").click()
    tab.locator("#views").get_by_text("Forecasts").click()
    tab.get_by_text("Is `rashomon serve` still running?").first.wait_for()
    tab.unroute("**/api/**")
    tab.get_by_role("button", name="Try again").click()
    tab.locator(".entry").first.wait_for()
