"""The golden readings are themselves in order: every string they quote stands in the text that they are about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rashomon.config import Limits
from rashomon.ingest import documents

HERE = Path(__file__).parent
GOLDEN = sorted(HERE.glob("[0-9]*.yaml"))
ROOTS = {
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "NONE",
}  # fmt: skip


KEYS = {
    "boilerplate": {"text", "kind"},
    "claims": {"id", "speaker", "source", "cue", "content", "kind", "chain", "parent", "hedge", "stance", "anonymous"},
    "events": {
        "trigger", "in", "type", "actors", "recipients", "place", "time", "modality", "polarity", "outcome",
        "according_to", "quantities", "region",
    },
    "forecasts": {"text", "forecaster", "condition", "horizon_end"},
    "pledges": {"text", "kind", "by", "to"},
    "control": {"place", "before", "after", "kind", "date", "according_to"},
    "naming": {"label", "voice"},
    "relations": {"a", "b", "relation", "why"},
    "never": {"what", "why", "check"},
}  # fmt: skip


def answers(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.fixture(params=GOLDEN, ids=lambda path: path.stem)
def golden(request: pytest.FixtureRequest) -> dict[str, Any]:
    return yaml.safe_load(request.param.read_text(encoding="utf-8"))


@pytest.fixture
def text(golden: dict[str, Any], root: Path) -> str:
    path = root / "examples" / "aleppo-2016" / golden["file"]
    (arrival,) = documents([str(path)], limits=Limits(), failed=lambda source, error: pytest.fail(str(error)))
    return arrival.document.text


def test_no_key_is_made_of_a_stray_comma(golden: dict[str, Any]) -> None:
    for section, keys in KEYS.items():
        for entry in golden.get(section, ()):
            assert set(entry) <= keys, entry


def test_quoted_strings_stand_in_the_text(golden: dict[str, Any], text: str) -> None:
    quoted = [entry["text"] for key in ("boilerplate", "forecasts", "pledges") for entry in golden.get(key, ())]
    quoted += [entry["label"] for entry in golden.get("naming", ())]
    quoted += [entry[side] for entry in golden.get("relations", ()) for side in ("a", "b")]
    quoted += [entry["place"] for entry in golden.get("control", ())]
    for claim in golden["claims"]:
        quoted += [claim["source"], *claim["cue"], *(claim["content"] or "").split(" … ")]
    for event in golden["events"]:
        quoted += [event["in"], event.get("place"), *event.get("actors", ()), *event.get("recipients", ())]
        quoted += [quantity["text"] for quantity in event.get("quantities", ())]
    assert [words for words in quoted if words and words not in text] == []


def test_triggers_stand_once_in_their_place(golden: dict[str, Any], text: str) -> None:
    for event in golden["events"]:
        assert text.count(event["in"]) == 1, event
        assert event["trigger"] in event["in"], event
        assert set(answers(event["type"])) <= ROOTS, event


def test_references_hold(golden: dict[str, Any]) -> None:
    claims = {claim["id"]: claim for claim in golden["claims"]}
    assert len(claims) == len(golden["claims"])
    for claim in claims.values():
        assert claim["chain"][0] == golden["publisher"], claim
        assert claim.get("parent") is None or claim["parent"] in claims, claim
    for entry in [*golden["events"], *golden.get("control", ())]:
        named = answers(entry.get("according_to", "A0"))
        assert set(named) <= {*claims, "A0"}, entry


def test_no_two_files_are_about_one_dispatch() -> None:
    files = [yaml.safe_load(path.read_text(encoding="utf-8"))["file"] for path in GOLDEN]
    assert len(set(files)) == len(files) == 6
