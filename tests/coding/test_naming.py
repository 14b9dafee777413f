"""Loaded and side-giving names in sentences of our own (naming.yaml): label, voice, and in whose indirect speech they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rashomon.reader import Reader
from rashomon.records import Document, Naming

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "naming.yaml").read_text(encoding="utf-8"))


def read(reader: Reader, text: str) -> tuple[Naming, ...]:
    return reader.read(Document(id="own", source="own", text=text, published="2024-06-05")).naming


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_names_and_voices(reader: Reader, row: dict[str, Any]) -> None:
    found = read(reader, row["text"])
    wanted = [[part.strip() for part in one.split("|")] for one in row["naming"]]
    assert [(one.label, one.voice) for one in found] == [(label, voice) for label, voice, *_ in wanted]
    for one, (_, _, speaker, *rest) in zip(found, wanted, strict=True):
        assert (speaker == "-" and one.speaker is None) or speaker.casefold() in (one.speaker or "").casefold()
        indirect = rest[0].removeprefix("<") if rest else None
        assert (indirect is None and one.indirect_of is None) or (indirect or "?").casefold() in (
            one.indirect_of or ""
        ).casefold()


def test_marks_of_the_author_belong_to_the_name(reader: Reader) -> None:
    (found,) = read(reader, "Three “liberators” stole the generator.")
    assert (found.label, found.voice, found.speaker) == ("“liberators”", "author", None)


def test_the_one_who_is_called_so_is_the_actor(reader: Reader) -> None:
    (found,) = read(reader, "The minister called Hezbollah a terrorist organisation.")
    assert (found.actor, found.label, found.voice) == ("Hezbollah", "terrorist organisation", "quoted")
