"""Decoding keeps the text as it is; spans count in exactly that."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon.config import Limits
from rashomon.errors import InputError
from rashomon.ingest.text import decode

LIMITS = Limits()
QUOTED = "“We hold the town,” he said – the army’s advance had stalled… Cost: 5 €.\r\nA résumé.\xa0Zoë.\n"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t\xa0\u2028\ufeff")))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_utf8_round_trip(text: str) -> None:
    content = text.encode("utf-8")
    try:
        decoded, encoding = decode(content, "x.txt", LIMITS)
    except InputError:
        assert all(character.isspace() or unicodedata.category(character) in ("Cf", "Cc") for character in text)
        return
    assert encoding == "utf-8"
    # The one thing left out is a byte order mark at the very start.
    assert decoded == text.removeprefix("\ufeff")


@given(st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_marked_encodings(encoding: str) -> None:
    text = QUOTED + "\ufeff inside stays"
    assert decode(text.encode(encoding), "x.txt", LIMITS)[0] == text


@given(st.binary())
@settings(deadline=None)
def test_any_bytes_are_text_or_an_input_error(content: bytes) -> None:
    try:
        text, encoding = decode(content, "x.txt", LIMITS)
    except InputError as error:
        assert str(error).startswith("x.txt")
    else:
        text.encode("utf-8")
        assert len(text) <= len(content) and encoding


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (QUOTED, "cp1252"),
        ('Zoë Müller, a résumé in a café near the border: "No," he said, and the envoy\'s aide agreed.', "latin-1"),
        ("Армия заявила во вторник, что её войска заняли село после двух дней боёв.", "cp1251"),
        ("Армия заявила во вторник, что её войска заняли село после двух дней боёв.", "koi8-r"),
        ("قال الجيش يوم الثلاثاء إن قواته سيطرت على القرية بعد يومين من القتال.", "cp1256"),
    ],
)
def test_unmarked_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x.txt", LIMITS)[0] == text


def test_seeds_are_kept_to_the_character(shared: Path, ingest) -> None:
    paths = sorted((shared / "data" / "seeds").glob("*.txt"))
    run = ingest(*paths)
    assert run.ids == [path.name for path in paths] and not run.failures
    for path, arrival in zip(paths, run.arrivals, strict=True):
        assert arrival.document.text == path.open(encoding="utf-8", newline="").read()
        assert arrival.document.language == "en"
