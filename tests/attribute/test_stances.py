"""What the speaking does, pattern by pattern, in sentences written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.records import Claim

Reader = Callable[..., tuple[Claim, ...]]

STANCES = {
    "claims-responsibility": [
        "The Front said its men had attacked the convoy.",
        "A rebel commander said they had shot down the plane.",
        "The brigade claimed the killing of the governor.",
        "Responsibility for the blast was claimed by the Front.",
        "The Front took credit for the raid.",
        "“We did it,” the young man said.",
        "The attack was claimed by the Front.",
    ],
    "denies-responsibility": [
        "The army said it had not shelled the town.",
        "The spokesman said the army had played no part in the raid.",
        "The army denied any involvement.",
        "The army denied the accusation.",
        "“It was not us,” the commander said.",
        "The ministry denied targeting civilians.",
        "The army denied responsibility for the fire.",
        "The army insisted its gunners had not fired that night.",
    ],
    "denies-occurrence": [
        "The ministry called the report a fabrication.",
        "The army denied that the town had been lost.",
        "The governor dismissed the reports as rumours.",
        "The ministry said no such meeting had taken place.",
        "“This is a lie,” the minister said.",
        "The embassy said the letter was a forgery.",
        "The ministry said there had been no attack.",
        "The office said that the minister had not met the envoy.",
    ],
    "disputes-figure": [
        "The ministry said the toll was exaggerated.",
        "The army said the number of dead was far lower.",
        "The governor disputed the figure of 40 dead.",
        "The mayor dismissed the toll as propaganda.",
        "“Not forty, four,” the mayor said.",
        "The embassy questioned the figures.",
    ],
    "could-not-verify": [
        "Neither claim could be independently verified.",
        "Reuters was not able to verify the video.",
        "We have not been able to confirm the account.",
        "There was no independent confirmation of the report.",
        "The mission said it was unable to confirm the deaths.",
        "The agency said it had no means of verifying the claim.",
    ],
    "declines": [
        "The army declined to say how many had died.",
        "The ministry refused to comment on the strike.",
        "She said she would not comment on the matter.",
        "The ministry would neither confirm nor deny the report.",
        "The Pentagon had no comment.",
        "He refused to be interviewed.",
        "The spokesman referred all questions to the army.",
        "“I will not answer that,” the general said.",
    ],
    "did-not-respond": [
        "The army did not reply to questions.",
        "The ministry has yet to comment.",
        "There was no immediate reaction from Moscow.",
        "Calls to the ministry went unanswered.",
        "The governor could not immediately be reached for comment.",
        "The spokesman was unavailable for comment.",
        "Repeated calls to his office were not returned.",
        "No one at the ministry answered the phone.",
    ],
    "retracts": [
        "The ministry withdrew its claim that the town had fallen.",
        "The army corrected its earlier statement.",
        "The post was later deleted.",
        "The general walked back his remarks.",
        "The newspaper apologised for the article.",
        "The army said its first account had been wrong.",
        "“I was misinformed,” the governor said.",
    ],
    "accuses": [
        "The rebels said the army was behind the blast.",
        "The ministry held the rebels responsible for the fire.",
        "The mayor pointed the finger at the militia.",
        "The governor laid the blame on the militia.",
        "The envoy charged the army with war crimes.",
    ],
    "asserts": [
        "The army said it had struck 20 targets.",
        "The ministry said the road would not open.",
        "The mayor said there was no bread.",
        "The army said it had taken the town.",
        "“I have not eaten since Monday,” she said.",
        "Residents suspect that the road is mined.",
    ],
}


@pytest.mark.parametrize(("stance", "text"), [(stance, text) for stance, texts in STANCES.items() for text in texts])
def test_stance(read: Reader, stance: str, text: str) -> None:
    claims = read(text)[1:]
    assert [claim.stance for claim in claims] == [stance]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Neither claim could be independently verified.", ("The Herald",)),
        ("We have not been able to confirm the account.", ("The Herald",)),
        ("The Herald was unable to confirm the toll.", ("The Herald",)),
        ("Reuters could not verify the footage.", ("The Herald", "Reuters")),
    ],
)
def test_who_could_not_check(read: Reader, text: str, chain: tuple[str, ...]) -> None:
    assert read(text)[1].chain == chain


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not say who fired.",
        "No group has claimed the bombing.",
        "Nobody explained the rule.",
        "Fighting has claimed 30 lives.",
    ],
)
def test_nobody_spoke(read: Reader, text: str) -> None:
    assert read(text)[1:] == ()
