"""Passages set in, and where they end."""

from __future__ import annotations

from collections.abc import Callable

from rashomon.records import Claim

Reader = Callable[..., tuple[Claim, ...]]


def block(claims: tuple[Claim, ...]) -> Claim:
    """The only block quotation."""
    found = [claim for claim in claims if claim.kind == "block"]
    assert len(found) == 1, claims
    return found[0]


def test_colon_line_and_return_of_the_author(read: Reader) -> None:
    lines = [
        "The plan is dead. The ceasefire of May was the last.",
        "On Monday, Reuters reported:",
        "The road to the dam is closed. No cease-fire is in sight.",
        "Troops hold the ridge above the town.",
        "Reuters also said that the wells were dry.",
        "Nothing will change this winter.",
    ]
    text = "\n".join(lines)
    found = block(read(text))
    assert [piece.of(text) for piece in found.content] == lines[2:4]
    assert found.speaker == "Reuters" and found.chain == ("The Herald", "Reuters")


def test_spelling_shows_where_it_ends(read: Reader) -> None:
    lines = [
        "The ceasefire of May was the last. No ceasefire will hold.",
        "This is how the New York Times describes the offer:",
        "Officials spelled out the cease-fire steps in a letter.",
        "The cease-fire is to last a week, after which trucks may pass.",
        "A ceasefire of that kind would have helped one side only.",
        "That is all.",
    ]
    text = "\n".join(lines)
    assert [piece.of(text) for piece in block(read(text)).content] == lines[2:4]


def test_claims_inside_a_block_hang_from_it(read: Reader) -> None:
    text = "\n".join(
        [
            "On Monday, Reuters reported:",
            "The army said the town was quiet. “We sleep,” the mayor said.",
            "Reuters added that the shops were open.",
        ]
    )
    claims = read(text)
    outer = block(claims)
    inside = [claim for claim in claims if claim.parent == outer.id]
    assert len(inside) == 2
    assert all(claim.chain[:2] == ("The Herald", "Reuters") for claim in inside)


def test_a_lost_film_introduces_nothing(read: Reader) -> None:
    text = "A camera team came under fire at the gate. This is their report:\nThe army has raised its count of the fighters."
    assert all(claim.kind != "block" for claim in read(text))


def test_quoted_speech_over_paragraphs(read: Reader) -> None:
    text = "Lavrov’s remarks left little room:\n“We will not go.\n“We told the Americans so.”\nThe hall was silent."
    found = block(read(text))
    assert [piece.of(text) for piece in found.content] == ["We will not go.", "We told the Americans so."]
    assert found.speaker == "Sergey Lavrov"


def test_one_quoted_paragraph_after_a_colon_is_direct(read: Reader) -> None:
    text = "The mayor wrote:\n“The bridge is open again to all who need it.”\nTrucks rolled."
    found = read(text)[1]
    assert found.kind == "direct" and len(found.content) == 1


def test_what_an_outlet_reports_somebody_to_have_said(read: Reader) -> None:
    text = "Sergey Lavrov spoke on Monday. This is what Interfax reports him to have told the house:\n“The work goes on.\n"
    text += "It will be done.”\nYes."
    blocks = [claim for claim in read(text) if claim.kind == "block"]
    assert {claim.chain for claim in blocks} == {("The Herald", "Interfax", "Sergey Lavrov")}
    assert len(blocks) == 2


def test_passage_without_colon(read: Reader) -> None:
    lines = [
        "The Al-Nusra front lost. Al-Nusra will not recover.",
        "The Silver Pen website is suggesting that the raids were planned in one place.",
        "The planners sat in the north. They moved al-Nusra men south by night.",
        "No ground was held, and the guns are silent now.",
        "In favour of the Silver Pen’s view is that Al-Nusra said nothing.",
    ]
    text = "\n".join(lines)
    found = block(read(text))
    assert [piece.of(text) for piece in found.content] == lines[2:4]
    assert found.speaker == "Silver Pen" and found.source is None


def test_insertions_are_cut_out(read: Reader) -> None:
    text = "“The plan [for the dam] is ready (NB: not seen by us – AM), and it is good,” the engineer said. He [t]hen left."
    found = read(text)[1]
    assert [piece.of(text) for piece in found.content] == ["The plan", "is ready", ", and it is good,"]
    assert found.kind == "direct"
