"""Layers of one statement: what is handed on, taken back, denied or spoken inside another's quotation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.records import Claim

Reader = Callable[..., tuple[Claim, ...]]

CHAINS = [
    # text, chains of all claims below the publisher
    (
        "A militia chief told an aide to the bishop, who told The Coastal Standard, that his men would leave.",
        [("Coastal Standard", "aide to the bishop", "militia chief")] * 2,
    ),
    ("The port was shut, Nile Tribune reported, attributing the information to a pilot.", [("Nile Tribune", "pilot")] * 2),
    (
        "The port was shut, Nile Tribune said, citing a diplomat who had it from a pilot.",
        [("Nile Tribune", "diplomat", "pilot")] * 3,
    ),
    ("A sailor told the BBC through a cousin that the ship was mined.", [("BBC", "cousin", "sailor")]),
    ("A sailor told the BBC’s Somali section that the ship was mined.", [("BBC’s Somali section", "sailor")]),
    ("A sailor, speaking to AFP through a relative, said the ship was mined.", [("Agence France-Presse", "relative", "sailor")]),
    ("Reuters said the port was shut. The agency cited a harbour pilot.", [("Reuters", "harbour pilot")] * 2),
    ("Peru rejected allegations by Ecuador that its troops had fired first.", [("Peru",), ("Peru", "Ecuador")]),
    ("The army said the hill had fallen, and the mayor said that the road was cut.", [("army",), ("mayor",)]),
    ("The group claimed an ambush that it said had killed nine soldiers.", [("group",), ("group",)]),
    ("The mission condemned a raid in which, according to elders, nine people died.", [("mission",), ("elders",)]),
    ("“I was promised a radio,” the cook said.", [("cook",), ("cook", "unnamed / unspecified source")]),
    (
        "“It was lost,” a pilot told Radio Nil, which quoted him as adding that the fog was thick.",
        [("Radio Nil", "pilot")] * 3,
    ),
    ("Reuters retracted a story saying that Kenyan troops had left.", [("Reuters",), ("Reuters",)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "chains"), CHAINS, ids=[text[:40] for text, _ in CHAINS])
def test_chains(read: Reader, text: str, chains: list[tuple[str, ...]]) -> None:
    assert sorted(claim.chain[1:] for claim in read(text)[1:]) == sorted(chains)


def test_one_that_hands_on_holds_what_is_handed_on(read: Reader) -> None:
    claims = read("The port was shut, Nile Tribune said, citing a diplomat who had it from a pilot.")[1:]
    up = {claim.speaker: next((one.speaker for one in claims if one.id == claim.parent), None) for claim in claims}
    assert up == {"Nile Tribune": None, "diplomat": "Nile Tribune", "pilot": "diplomat"}


def test_a_clause_inside_a_quotation_has_a_kind_of_its_own(read: Reader) -> None:
    claims = {claim.cue[0].start: claim for claim in read("“The colonel told us to leave,” a nurse said.")[1:]}
    assert [claims[start].kind for start in sorted(claims)] == ["indirect", "direct"]
    text = "“I asked the soldier. He said, ‘Ask the hill.’ That was all,” said Umm Salim."
    inner = next(claim for claim in read(text)[1:] if claim.parent is not None)
    assert (inner.content[0].of(text).rstrip("."), inner.kind) == ("Ask the hill", "direct")


@pytest.mark.parametrize(
    ("text", "stance", "hedge"),
    [
        ("The clerk believes that the road is shut.", "asserts", "weak"),
        ("The clerk indicated that the road was shut.", "asserts", "weak"),
        ("Perhaps the generals hope that the rains will save them.", "asserts", "strong"),
        ("Unconfirmed reports suggest that the town has fallen.", "asserts", "strong"),
        ("The ministry called the memo “a crude forgery”.", "denies-occurrence", "none"),
        ("The union called the number “pure fantasy”.", "disputes-figure", "none"),
        ("The junta rejected this.", "denies-occurrence", "none"),
        ("The front denied that its guns had fired on the ferry.", "denies-responsibility", "none"),
        ("Norway has made no comment.", "did-not-respond", "none"),
        ("The ministry said the rebels were responsible.", "accuses", "none"),
        ("The medics said one of their vans had been hit.", "asserts", "none"),
        ("Ankara all but admitted that its men were there.", "asserts", "strong"),
        ("The Lions claimed responsibility for the blast.", "claims-responsibility", "none"),
        ("The pilot said he had not been shown the map.", "asserts", "none"),
        ("Chad said it held the rebels responsible for the raid.", "accuses", "none"),
        ("The envoy told reporters that no such order exists.", "denies-occurrence", "none"),
        ("The clerk said the army had told the court that the toll was inflated.", "asserts", "none"),
    ],
)
def test_stance_and_hedge(read: Reader, text: str, stance: str, hedge: str) -> None:
    claim = read(text)[1]
    assert (claim.stance, claim.hedge) == (stance, hedge)


def test_a_block_ends_where_the_writer_tells_what_he_was_told(read: Reader) -> None:
    text = "The clerk's note reads:\nThe bridge is shut.\nDrivers will be fined.\nTwo drivers told us that nobody was fined."
    block = next(claim for claim in read(text)[1:] if claim.kind == "block")
    assert [piece.of(text) for piece in block.content] == ["The bridge is shut.", "Drivers will be fined."]
