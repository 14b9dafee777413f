"""Readings as JSON, and the JSON Schema that describes them."""

from __future__ import annotations

from typing import Any

import msgspec

from ..errors import ReadingFormatError
from .reading import Reading

_decoder = msgspec.json.Decoder(Reading)
_encoder = msgspec.json.Encoder(order="deterministic")


def to_json(reading: Reading) -> bytes:
    """One line of UTF-8 JSON, keys in the records' order, without a newline at its end."""
    return _encoder.encode(reading)


def from_json(line: bytes | str) -> Reading:
    """The reading of one JSON line. ReadingFormatError names the key that is off."""
    try:
        return _decoder.decode(line)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise ReadingFormatError(f"not a reading of the published format: {error}") from error


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a reading."""
    return msgspec.json.schema(Reading)
