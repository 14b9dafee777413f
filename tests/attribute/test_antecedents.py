"""Who is meant where the source has no name of its own: sentences written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.records import Claim

Reader = Callable[..., tuple[Claim, ...]]

SPEAKERS = [
    # text, speakers of all claims in text order
    ("The mayor said the bridge was gone. Ali Noor told reporters that two men had drowned.", ["Ali Noor", "Ali Noor"]),
    (
        "Two nurses said the ward was full. Another, who asked not to be named, told Radio Nord that the doctors had left.",
        ["Two nurses", "nurse"],
    ),
    (
        "The ELN and the FARC both claimed the bombing. The former said it had struck a convoy. The latter denied it.",
        ["ELN", "FARC", "ELN", "FARC"],
    ),
    ("The minister’s letter to the council is short. It says the dam was safe.", ["minister’s letter to the council"]),
    ("An officer known as Grey told Radio Nord that the hill was lost.", ["Grey"]),
    ("Nur, the agency that runs the crossing, says its phones work.", ["Nur"]),
    (
        "Both sides accused one another of firing. The Libyan army said shells fell first; Hamas said its men had answered.",
        ["Libyan Armed Forces", "Hamas", "Libyan Armed Forces", "Hamas"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS, ids=[text[:40] for text, _ in SPEAKERS])
def test_speakers(read: Reader, text: str, speakers: list[str]) -> None:
    assert [claim.speaker for claim in read(text)[1:]] == speakers


def test_the_third_person_in_a_quotation_is_another(read: Reader) -> None:
    text = "“He asked me for money,” said Mariam Diallo, who ran the shop. “I said no.”"
    outer = next(claim for claim in read(text)[1:] if claim.parent is None)
    inner = [claim for claim in read(text)[1:] if claim.parent == outer.id]
    assert outer.speaker == "Mariam Diallo"
    assert all(claim.speaker != "Mariam Diallo" for claim in inner)


def test_a_dateline_is_no_source(read: Reader) -> None:
    text = "KASSALA, 4 June — The government accused Eritrea of sending two battalions."
    claim = read(text)[1]
    assert claim.source is not None
    assert claim.source.of(text) == "The government"


def test_a_list_is_set_in_whole(read: Reader) -> None:
    text = "The clerk read the notice on it:\n\n1. Water is sold at noon.\n\n2. No lamps after eight.\n\nBelow it, a bucket."
    claim = read(text)[1]
    assert [piece.of(text) for piece in claim.content] == ["1. Water is sold at noon.", "2. No lamps after eight."]
