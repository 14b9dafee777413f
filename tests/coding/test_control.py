"""Claims of control in sentences of our own (control.yaml): kind, place, parties, part and denial."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from rashomon.knowledge.control import load_control
from rashomon.reader import Reader
from rashomon.records import Control, Document, Reading

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "control.yaml").read_text(encoding="utf-8"))
# What the parser takes for something else.
KNOWN_MISSES = {"The jihadists' capture of Palmyra shocked archaeologists."}


def read(reader: Reader, text: str) -> Reading:
    return reader.read(Document(id="own", source="own", text=text, published="2024-06-05"))


def words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold().replace("'s", ""))) - {"the"}


def named(reading: Reading, name: str | None) -> list[set[str]]:
    """The words of the party's name and of what the text has for it; none for nobody."""
    entity = next((entity for entity in reading.entities if entity.name == name), None)
    said = [span.of(reading.text) for span in entity.mentions] if entity else []
    return [words(one) for one in (name, *said) if one] or [set()]


def fits(wanted: str, found: Control, reading: Reading) -> bool:
    """Whether the statement is the one wanted: "kind | place | before > after | how"."""
    kind, place, parties, *how = (part.strip() for part in wanted.split("|"))
    sides = [words(side.replace("-", "") if side.strip() == "-" else side) for side in parties.split(">")]
    right = all(
        any(one == side or (side and one and (one <= side or side <= one)) for one in named(reading, name))
        for side, name in zip(sides, (found.before, found.after), strict=True)
    )
    said = "denied" if found.denied else f"in {found.within}" if found.within else "part" if found.part else ""
    wanted_how = how[0].removeprefix("part in ").removeprefix("in ") if how else ""
    return right and kind == found.kind and place.casefold() == found.place.casefold() and said.removeprefix("in ") == wanted_how


@pytest.mark.parametrize("row", [
    pytest.param(row, id=row["text"][:50], marks=[pytest.mark.xfail(strict=True)] if row["text"] in KNOWN_MISSES else [])
    for row in ROWS
])
def test_sentences_say_who_has_what(reader: Reader, row: dict[str, Any]) -> None:
    reading = read(reader, row["text"])
    left = list(reading.control)
    for wanted in row["control"]:
        found = next((one for one in left if fits(wanted, one, reading)), None)
        assert found is not None, (wanted, reading.control)
        left.remove(found)
    assert not left


def test_all_the_gains_are_the_places_gained(reader: Reader) -> None:
    text = "The rebels seized Kasala and Halfaya in May. The army attacked in June. By July the rebels had lost all their gains."
    found = [one for one in read(reader, text).control if one.resolved_from]
    assert [(one.place, one.before) for one in found] == [("Halfaya", found[0].before), ("Kasala", found[0].before)]
    assert {one.resolved_from for one in found} == {"all their gains"}


def test_gains_without_a_named_place_stay_words(reader: Reader) -> None:
    (found,) = read(reader, "The rebels have lost all the gains of the summer.").control
    assert (found.kind, found.resolved_from) == ("change", None)
    assert found.place.startswith("all the gains")


def test_a_state_has_no_day(reader: Reader) -> None:
    (found,) = read(reader, "The militia has held Kidal since March.").control
    assert (found.kind, found.date) == ("hold", None)


def test_the_speaker_says_it(reader: Reader) -> None:
    reading = read(reader, "Sudan's army said on Tuesday that it had recaptured Khartoum airport.")
    (found,) = reading.control
    claim = next(claim for claim in reading.attributions if claim.id == found.according_to)
    assert claim.speaker is not None
    assert found.date is None, "the day of saying is no day of the change"


def test_loaded_names_change_no_code(reader: Reader) -> None:
    plain, loaded = (
        read(reader, f"{who} forces recaptured the town of Nawa from the {others} on Monday.").control
        for who, others in (("Government", "fighters"), ("Regime", "terrorists"))
    )
    assert [(one.kind, one.place, one.date) for one in plain] == [(one.kind, one.place, one.date) for one in loaded]


def test_every_row_has_its_verbs_once() -> None:
    words = load_control()
    assert all(move.place for move in words.moves)
    assert not words.people.first & words.people.third
