"""Every view of the page on a ledger of 100,000 claims, made of the sample's own readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rashomon.ledger import Ledger, open_ledger
from rashomon.linker import Linker
from rashomon.records import Document, RawDocument
from rashomon.relinking import link

CLAIMS = 100_000
# Each view's address, and what is there once it is drawn.
VIEWS = {
    "overview": ("/", ".incidents li"), "incident": ("/incident/{incident}", ".matrix"),
    "document": ("/document/{document}", ".voices li"), "search": ("/search?q=hospital", "main"),
    "control": ("/control", "main h1"), "pledges": ("/pledges", "main h1"), "forecasts": ("/forecasts", "main h1"),
    "naming": ("/naming", "main h1"), "review": ("/review", "main h1"), "source": ("/source/{source}", "main h1"),
}


@pytest.fixture(scope="module")
def many(sample: Path, tmp_path_factory: pytest.TempPathFactory, script: Callable[[str], Any]) -> Iterator[Ledger]:
    """The sample's readings over and over, each time as other happenings, until there are so many claims."""
    with open_ledger(sample) as held:
        made = script("bench/perturbed.py").Perturbed([reading for _, reading in held.view().readings()])
    with open_ledger(tmp_path_factory.mktemp("many") / "many.db", create=True) as ledger:
        writer, claims, number = ledger.writer(), 0, 0
        while claims < CLAIMS:
            reading = made.reading(number)
            document = Document(reading.id, reading.source, reading.text)
            raw = RawDocument(reading.id, reading.source, "text/plain", reading.text.encode())
            writer.store(raw, document, reading, state="read")
            claims, number = claims + len(reading.attributions), number + 1
        link(ledger, linker=Linker.load())
        yield ledger


@pytest.mark.long
def test_every_view_opens_on_a_hundred_thousand_claims(browser: Any, many: Ledger, serving: Any) -> None:
    assert many.view().status().claims >= CLAIMS
    with serving(many, "many.db") as address:
        first = httpx.get(f"{address}/api/incidents", params={"order": "most-told"}, timeout=120).json()["incidents"][0]["id"]
        page = httpx.get(f"{address}/api/incidents/{first}", timeout=120).json()
        known = {
            "incident": first, "document": page["articles"][0]["key"],
            "source": next(account["chain"][-1] for account in page["accounts"] if account["chain"]),
        }
        tab = browser.new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        for where, drawn in VIEWS.values():
            tab.goto(address + where.format(**known), timeout=300_000)
            tab.locator(drawn).first.wait_for(state="attached", timeout=300_000)
        tab.close()
        assert errors == []
