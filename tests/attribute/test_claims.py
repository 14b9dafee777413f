"""Sources, contents, chains, hedges and stances of sentences written for these tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rashomon.records import Claim

Reader = Callable[..., tuple[Claim, ...]]


def told(text: str, claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """The claims but the author's, in words."""
    return [
        {
            "source": claim.source.of(text) if claim.source else None,
            "speaker": claim.speaker,
            "cue": " … ".join(piece.of(text) for piece in claim.cue),
            "content": " … ".join(piece.of(text).rstrip(".,") for piece in claim.content),
            "kind": claim.kind,
            "chain": claim.chain[1:],
            "hedge": claim.hedge,
            "stance": claim.stance,
        }
        for claim in claims[1:]
    ]


ONE = [
    # text, what the only claim must be
    ("The mayor said that the bridge was open.", {"source": "The mayor", "content": "the bridge was open", "kind": "indirect"}),
    ("The bridge was open, the mayor said on Sunday.", {"source": "the mayor", "content": "The bridge was open"}),
    ("The council's decision, he said, was final.", {"source": "he", "content": "The council's decision … was final"}),
    (
        "“We hold the dam,” the engineer told Al Jazeera.",
        {"content": "We hold the dam", "kind": "direct", "chain": ("Al Jazeera", "engineer")},
    ),
    (
        "“Nobody,” said Karim Saleh, a teacher, “came to help us.”",
        {"speaker": "Karim Saleh", "content": "Nobody … came to help us", "kind": "direct"},
    ),
    ("“We held the hill,” the commander said. “They ran.”", {"content": "We held the hill … They ran", "kind": "direct"}),
    ("«The road is cut», the driver said.", {"content": "The road is cut", "kind": "direct"}),
    ("The minister said the raid was “a great mistake” by Iran.", {"kind": "mixed"}),
    ("It is reported that three men fled.", {"source": None, "content": "three men fled", "cue": "is reported"}),
    ("There were suggestions that the garrison may surrender.", {"hedge": "weak", "content": "the garrison may surrender"}),
    ("There was speculation that the general had fled.", {"hedge": "strong", "content": "the general had fled"}),
    ("The group claims to have shot down a drone.", {"hedge": "strong", "content": "to have shot down a drone"}),
    ("The envoy pretended that nothing had happened.", {"hedge": "strong", "content": "nothing had happened"}),
    ("The Syrian army reportedly shelled two villages.", {"source": None, "cue": "reportedly", "hedge": "weak"}),
    ("Reports suggest the shelling has stopped.", {"hedge": "weak", "speaker": "unspecified reports"}),
    ("Presumably they hope that winter will save them.", {"hedge": "strong", "cue": "hope"}),
    ("Russia denied involvement in the strike.", {"stance": "denies-responsibility", "speaker": "Russia"}),
    ("Russia denied that its aircraft had hit the clinic.", {"stance": "denies-responsibility"}),
    ("The ministry denied that the town had fallen.", {"stance": "denies-occurrence"}),
    ("The embassy did not respond to requests for comment.", {"stance": "did-not-respond"}),
    ("The spokesman declined to comment.", {"stance": "declines"}),
    ("Reuters could not independently verify the footage.", {"stance": "could-not-verify"}),
    ("Islamic State claimed responsibility for the blast.", {"stance": "claims-responsibility", "hedge": "none"}),
    ("The army disputed that figure.", {"stance": "disputes-figure"}),
    ("Turkey accused Russia of bombing the hospital.", {"stance": "accuses", "content": "Russia of bombing the hospital"}),
    ("The United States considers the group an army of occupation.", {"content": "the group an army of occupation"}),
    ("Amnesty International described the trial as a farce.", {"content": "the trial … a farce", "cue": "described"}),
    ("Lavrov made it plain on Monday that the talks were over.", {"content": "the talks were over", "stance": "asserts"}),
    ("I expect the ceasefire to fail.", {"speaker": "Jo Writer", "content": "the ceasefire to fail"}),
    ("The ministry retracted its statement.", {"stance": "retracts"}),
]


@pytest.mark.parametrize(("text", "wanted"), ONE, ids=[text[:40] for text, _ in ONE])
def test_one_claim(read: Reader, text: str, wanted: dict[str, Any]) -> None:
    found = told(text, read(text))
    assert len(found) == 1, found
    assert {key: found[0][key] for key in wanted} == wanted


NONE = [
    "The shells fell on the market.",
    "If the mayor says that the road is open, we go.",
    "It seems the road is open.",
    "The column took the “ring road” at noon.",
]


@pytest.mark.parametrize("text", NONE)
def test_the_authors_own_voice(read: Reader, text: str) -> None:
    claims = read(text)
    assert len(claims) == 1
    assert claims[0].id == "A0"
    assert claims[0].chain == ("The Herald",)
    assert claims[0].content[0].of(text) == text


def test_citing_gives_two_layers_with_one_chain(read: Reader) -> None:
    text = "Citing a senior diplomat, the BBC reported that the talks were off."
    inner, outer = read(text)[1:]
    assert inner.source is not None and inner.source.of(text) == "a senior diplomat"
    assert inner.parent == outer.id and outer.parent is None
    assert inner.content == outer.content
    assert inner.chain == outer.chain == ("The Herald", "BBC", "senior diplomat")
    assert inner.anonymous and not outer.anonymous


def test_quoted_by_and_quoted_as_saying(read: Reader) -> None:
    text = "General Haddad, quoted by the state news agency SANA, said that two posts had fallen."
    outer, inner = read(text)[1:]
    assert outer.speaker == "SANA" and inner.speaker is not None and inner.speaker.endswith("Haddad")
    assert inner.parent == outer.id
    assert inner.chain == outer.chain == ("The Herald", "SANA", inner.speaker)
    text = "Mikhail Orlov was quoted as saying by Interfax that the pilots were safe."
    assert {claim.chain for claim in read(text)[1:]} == {("The Herald", "Interfax", "Mikhail Orlov")}


def test_layers_by_containment(read: Reader) -> None:
    text = "According to Reuters, Turkey denied that the convoy had been hit."
    outer, inner = read(text)[1:]
    assert inner.parent == outer.id
    assert inner.chain == ("The Herald", "Reuters", "Turkey")
    assert inner.stance == "denies-occurrence"


def test_knowing_from_somebody(read: Reader) -> None:
    text = "The guards will undoubtedly know from their scouts that the column has turned."
    knows, scouts = read(text)[1:]
    assert (knows.hedge, scouts.hedge) == ("strong", "strong")
    assert scouts.parent == knows.id and knows.content == scouts.content


def test_coordinated_sources_are_a_claim_each(read: Reader) -> None:
    text = "The United Nations and Turkey said the road was safe."
    assert [claim.speaker for claim in read(text)[1:]] == ["United Nations", "Turkey"]


def test_both_countries(read: Reader) -> None:
    text = "Iran and Saudi Arabia broke off ties in January. Both countries blamed one another for the quarrel."
    found = read(text)[1:]
    assert [claim.speaker for claim in found] == ["Iran", "Saudi Arabia"]
    assert all(claim.content[0].of(text) == "the quarrel" and claim.stance == "accuses" for claim in found)


def test_an_echo_shares_the_content_before_it(read: Reader) -> None:
    text = "The league moved its seat after claiming to have paid its debts, an assertion that several bankers have rejected."
    first, second = read(text)[1:]
    assert first.content == second.content
    assert second.source is not None and second.source.of(text) == "several bankers"


def test_the_source_is_the_unnamed_one_before(read: Reader) -> None:
    text = "Citing an unnamed navy source, Reuters said the boats had come.\n“We have plenty,” the source told Reuters."
    last = read(text)[-1]
    assert last.speaker == "unnamed navy source" and last.anonymous
    assert last.chain == ("The Herald", "Reuters", "unnamed navy source")


def test_the_outlet_is_the_one_before(read: Reader) -> None:
    text = "Reuters reported that the dam was safe.\nThe news agency added that no one had been hurt."
    assert read(text)[-1].speaker == "Reuters"


def test_spokesman_and_official(read: Reader) -> None:
    assert read("A Pentagon spokesman said the jets had left.")[1].anonymous is False
    official = read("A Pentagon official said the jets had left.")[1]
    assert official.anonymous and official.speaker == "Pentagon official"


def test_misspelt_repeat(read: Reader) -> None:
    text = "Deputy minister Andrei Tolmachev spoke on Friday. Tolmahcev confirmed that talks were under way."
    assert read(text)[-1].speaker in ("Andrei Tolmachev", "Tolmahcev")


def test_denial_of_what_was_said_before(read: Reader) -> None:
    text = "Turkey accused Russia of bombing the hospital. Russia denied it."
    last = read(text)[-1]
    assert [piece.of(text) for piece in last.content] == ["it"] and last.stance == "denies-occurrence"


def test_rejecting_a_demand_does_not_make_it(read: Reader) -> None:
    text = "The union has rejected Putin's demand that it end the strike."
    demand = next(claim for claim in read(text)[1:] if claim.speaker == "Vladimir Putin")
    assert demand.chain == ("The Herald", "Vladimir Putin") and demand.parent is None


def test_unknown_publisher(read: Reader) -> None:
    assert read("Troops left.", publisher=None)[0].chain == ("unknown publisher",)


def test_headline_with_report(read: Reader) -> None:
    text = "Report: ‘Army Stuck’ in the North as Winter Comes\nThe army is stuck, Reuters reported on Monday."
    first = read(text, headline=True)[1]
    assert first.speaker == "Reuters" and first.kind == "mixed"
