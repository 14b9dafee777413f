"""Headlines and scraped text: what they tell is read although glued, shouted or cut short, and every span slices back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rashomon.reader import Reader
from rashomon.records import Actor, Document, Event, Reading

RAW = yaml.safe_load(Path(__file__).with_name("headlines.yaml").read_text(encoding="utf-8"))
# Of the cases, how many may be read otherwise than wanted: as measured. It may fall, not rise.
MOST_WRONG = 11


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def text_of(case: dict[str, Any]) -> str:
    return case["text"] if "text" in case else f"{case['headline']}\n\n{case.get('body', RAW['body'])}"


def told(case: dict[str, Any], reading: Reading) -> list[str]:
    """What of the case's events is missing."""
    text = reading.text
    end = len(text) if "text" in case else len(case["headline"])
    events = [event for event in reading.events if event.trigger.start < end]
    if case.get("none"):
        return [f"found {event.trigger.of(text)}" for event in events]
    return [f"{want['trigger']} among {[event.trigger.of(text) for event in events]}: {why}"
            for want in case["events"] if (why := _lacks(text, events, want))]  # fmt: skip


def _lacks(text: str, events: list[Event], want: dict[str, str]) -> str:
    here = [event for event in events if event.trigger.of(text).startswith(want["trigger"])]
    if not here:
        return "not found"
    if not any(event.type == want["root"] for event in here):
        return f"coded {here[0].type}"
    for role in ("actor", "recipient"):
        parties: list[Actor] = [party for event in here for party in (event.actors if role == "actor" else event.recipients)]
        named = [party.span.of(text) for party in parties if party.span is not None]
        if role in want and not any(want[role] in name for name in named):
            return f"{role} {named}"
    return ""


def test_what_headlines_and_scraped_text_tell(reader: Reader) -> None:
    wrong = []
    for case in RAW["cases"]:
        reading = reader.read(Document("a", "a.txt", text_of(case)))
        wrong += [f"{text_of(case).splitlines()[0]} | {line}" for line in told(case, reading)[:1]]
    assert len(wrong) <= MOST_WRONG, f"{len(wrong)} of {len(RAW['cases'])}:\n" + "\n".join(wrong)
