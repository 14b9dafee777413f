"""What collections of articles call the day of publication."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ({"date": "2021-03-05"}, "2021-03-05"),
        ({"published": "2021-03-04", "date": "2021-03-05"}, "2021-03-04"),
        ({"date": 20210305}, None),
        ({"date": " "}, None),
        ({}, None),
    ],
)
def test_date_is_the_day_of_publication_where_nothing_else_says_it(tmp_path: Path, ingest, given, published) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "Two shells fell on the bridge of Karsova on Friday.", **given}) + "\n")
    (arrival,) = ingest(path).arrivals
    assert arrival.document.published == published
