"""The published format: its JSON Schema is committed and in step, its records cannot be changed once made."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

import rashomon.records as records
from rashomon import ReadingFormatError, from_json, schema, to_json
from rashomon.records import MadeBy, Metadata, Publication, Reading, Span, Syntax

STRUCTS = [value for value in vars(records).values() if isinstance(value, type) and issubclass(value, msgspec.Struct)]


def reading(text: str = "Shells fell on Daraya.") -> Reading:
    return Reading(
        id="a", source="a.txt", text=text, text_sha256="0" * 64, made_by=MadeBy("c", "k", "m"),
        document=Metadata(None, None, None, Publication(None, None, "unknown"), "en", "report"),
        body=(Span(0, len(text)),), boilerplate=(), attributions=(), events=(), quantities=(), entities=(), places=(),
        times=(),
    )


def test_schema_file_is_in_step(root: Path) -> None:
    path = root / "docs" / "reading.schema.json"
    wanted = json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert path.read_text(encoding="utf-8") == wanted, "the records have changed: run `make docs` and commit the result"


def test_a_reading_follows_its_schema() -> None:
    jsonschema.validate(json.loads(to_json(reading())), schema())


def test_there_and_back() -> None:
    one = reading("Curly “quotes”, a no-break\u00a0space,\r\na line end and \U0001f30d")
    assert from_json(to_json(one)) == one
    assert to_json(from_json(to_json(one))) == to_json(one)


def test_a_value_outside_the_vocabulary_is_refused() -> None:
    off = json.loads(to_json(reading())) | {"boilerplate": [{"span": [0, 2], "kind": "advert"}]}
    with pytest.raises(ReadingFormatError, match="advert"):
        from_json(json.dumps(off))


@pytest.mark.parametrize("record", STRUCTS, ids=lambda record: record.__name__)
def test_records_are_frozen_and_slotted(record: type[msgspec.Struct]) -> None:
    assert record.__struct_config__.frozen
    # A syntax remembers what it has worked out about itself; it is never written.
    assert record is Syntax or "__dict__" not in dir(record)
