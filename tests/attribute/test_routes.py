"""Through whom a statement came, and several acts of speech in one sentence: sentences written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.records import Claim

Reader = Callable[..., tuple[Claim, ...]]

CHAINS = [
    # text, chains of all claims below the publisher
    ("A nurse told Radio Nord and AFP that the wells were dry.", [("Radio Nord", "nurse"), ("Agence France-Presse", "nurse")]),
    ("“P is lost,” the envoy said in comments carried by TASS.", [("TASS", "envoy"), ("TASS", "envoy")]),
    ("In a letter to the council obtained by AFP, the mayor wrote that the wells were dry.", [("Agence France-Presse", "mayor")]),
    ("The tribe's elders, speaking through a lawyer, said that the wells were dry.", [("lawyer", "tribe's elders")]),
    ("Speaking to Sky News, the mayor said the wells were dry.", [("Sky News", "mayor")]),
    ("Reuters, citing a letter from the governor, said the wells were dry.", [("Reuters", "letter from the governor")] * 2),
    ("The wells were dry, Reuters quoted a rebel commander as saying.", [("Reuters", "rebel commander")] * 2),
    ("Al-Watan, as quoted by Reuters, said that the wells were dry.", [("Reuters", "Al-Watan")] * 2),
    ("A priest told a student, who told me, that the wells were dry.", [("student", "priest")] * 2),
    ("The lawyer said her client had heard from a guard that the prisoners were moved.", [("lawyer",), ("lawyer", "guard")]),
    ("The army said its jets had hit a depot and accused the rebels of shelling the town.", [("army",), ("army",)]),
    ("The army said the hill was lost, and the governor said that the road was cut.", [("army",), ("governor",)]),
    ("The uncle says that soldiers shot him; the army, that it fired at a figure.", [("uncle",), ("army",)]),
    ("The union says 41.", [("union",)]),
    ("The monitor put the number of dead at four.", [("monitor",)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "chains"), CHAINS, ids=[text[:40] for text, _ in CHAINS])
def test_chains(read: Reader, text: str, chains: list[tuple[str, ...]]) -> None:
    assert sorted(claim.chain[1:] for claim in read(text)[1:]) == sorted(chains)


def test_pronouns_mean_who_spoke(read: Reader) -> None:
    text = "The liaison office said 61 trucks had crossed. It accused the agency of leaving them in the sun."
    assert {claim.speaker for claim in read(text)[1:]} == {"liaison office"}
    text = "A farmer near the dam said two shells fell. “They came from the hill,” he said. His wife said there were three."
    assert [claim.speaker for claim in read(text)[1:]] == [
        "farmer near the dam",
        "farmer near the dam",
        "farmer near the dam's wife",
    ]


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("The mayor said the wells were dry.", False),
        ("A mayor said the wells were dry.", True),
        ("The guard said the wells were dry.", True),
        ("The victim's wife said the wells were dry.", False),
        ("Residents said the wells were dry.", True),
        ("The governor of the province, Karim Daher, said the wells were dry.", False),
    ],
)
def test_who_has_no_name(read: Reader, text: str, anonymous: bool) -> None:
    assert [claim.anonymous for claim in read(text)[1:]] == [anonymous]


def test_transcript(read: Reader) -> None:
    text = "HOST: What did they take?\nLINA AZIZ: Everything.\nThe mill too.\nHOST: And then?\nLINA AZIZ: They left."
    claims = read(text)[1:]
    assert [claim.speaker for claim in claims] == ["Lina Aziz", "Lina Aziz"]
    assert {claim.kind for claim in claims} == {"block"}
    assert [piece.of(text) for piece in claims[0].content] == ["Everything.", "The mill too."]


def test_a_message_that_is_not_there(read: Reader) -> None:
    text = "Here is the mayor's message, as he posted it:\nIt lasted two minutes and was seen by everybody in the town."
    assert all(claim.kind != "block" for claim in read(text))


def test_a_passage_ends_where_the_writer_looks_back(read: Reader) -> None:
    text = (
        "Here is how the Guardian describes the night:\nThe drones came first. Then the guns fired from the ridge.\n"
        "By morning the school was a shelter again.\nNothing in that account says who gave the order."
    )
    block = next(claim for claim in read(text) if claim.kind == "block")
    assert len(block.content) == 2
