"""Events: which words name one, who does it to whom, and how it stands."""

from __future__ import annotations

from typing import Any

import pytest

from rashomon.records import Event, Span

Coder = Any


def by_trigger(coded: object, text: str) -> dict[str, Event]:
    return {event.trigger.of(text): event for event in coded.events}  # type: ignore[attr-defined]


def names(actors: object) -> list[str]:
    return [actor.name for actor in actors]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "trigger", "root", "actors", "recipients"),
    [
        ("The army repelled the rebels.", "repelled", "ASSAULT", ["army"], ["rebels"]),
        ("The rebels were repelled by the army.", "repelled", "ASSAULT", ["army"], ["rebels"]),
        ("The army, which had shelled the rebels, withdrew.", "shelled", "ASSAULT", ["army"], ["rebels"]),
        ("The army launched an offensive against the rebels.", "offensive", "ASSAULT", ["army"], ["rebels"]),
        ("An assault by the army on the rebels began.", "assault", "ASSAULT", ["army"], ["rebels"]),
        ("The army is arming the rebels with rifles.", "arming", "AID", ["army"], ["rebels"]),
        ("The army accused the rebels of looting.", "accused", "ACCUSE", ["army"], ["rebels"]),
        ("The army accused the militants of shelling the town.", "shelling", "ASSAULT", ["militants"], []),
        ("The army accused the rebels of shelling the town.", "shelling", "ASSAULT", ["rebels"], []),
        ("The rebels suffered heavy losses.", "losses", "ASSAULT", [], ["rebels"]),
        ("The army tried to capture Harem from the rebels.", "capture", "ASSAULT", ["army"], ["rebels"]),
        ("The army held talks with the rebels.", "talks", "CONSULT", ["army"], ["rebels"]),
        ("The army's strikes killed the rebels.", "killed", "ASSAULT", ["army"], ["rebels"]),
        ("The militia's strikes killed the rebels.", "killed", "ASSAULT", ["militia"], ["rebels"]),
        ("The strikes killed the rebels.", "killed", "ASSAULT", [], ["rebels"]),
        ("A police raid wounded the rebels.", "raid", "ASSAULT", ["police"], []),
        ("A police raid wounded the rebels.", "wounded", "ASSAULT", ["police"], ["rebels"]),
        ("A terrorist attack wounded the rebels.", "wounded", "ASSAULT", [], ["rebels"]),
        ("Three of the rebels were reported killed.", "killed", "ASSAULT", [], ["rebels"]),
        ("The army destroyed six rebel tanks.", "destroyed", "ASSAULT", ["army"], []),
        ("Their losses to the rebels mounted; the losses of the rebels did too.", "losses", "ASSAULT", [], ["rebels"]),
        ("The losses that the rebels are suffering are heavy.", "losses", "ASSAULT", [], ["rebels"]),
        ("The rebels' defeat by the army was total.", "defeat", "ASSAULT", ["army"], ["rebels"]),
        ("Its recapture by the army will be hard.", "recapture", "ASSAULT", ["army"], []),
        ("The army began its offensive in May.", "offensive", "ASSAULT", ["army"], []),
        ("The army criticised the failure to shell the rebels.", "shell", "ASSAULT", [], ["rebels"]),
        ("The army took part in a bid to capture Harem.", "capture", "ASSAULT", ["army"], []),
        ("Soldiers died in a bid to capture Harem.", "capture", "ASSAULT", [], []),
        ("The rebels counter-attacked at dawn.", "counter-attacked", "ASSAULT", ["rebels"], []),
        ("A counter-attack by the army is planned.", "counter-attack", "ASSAULT", ["army"], []),
        ("The rebels' assault on Harem failed.", "assault", "ASSAULT", ["rebels"], []),
    ],
)
def test_root_and_parties(coder: Coder, text: str, trigger: str, root: str, actors: list[str], recipients: list[str]) -> None:
    found = by_trigger(coder(text, names=["army"], descriptions=["rebels"], places=["Harem"]), text)
    assert trigger in found, sorted(found)
    event = found[trigger]
    assert (event.type, names(event.actors), names(event.recipients)) == (root, actors, recipients)


@pytest.mark.parametrize(
    ("text", "trigger", "modality", "polarity"),
    [
        ("The army captured Harem.", "captured", "asserted", "positive"),
        ("The army did not capture Harem.", "capture", "asserted", "negative"),
        ("The army failed to capture Harem.", "capture", "asserted", "negative"),
        ("The army plans to capture Harem.", "capture", "planned", "positive"),
        ("The army may capture Harem.", "capture", "possible", "positive"),
        ("The army will capture Harem.", "capture", "predicted", "positive"),
        ("The army is unlikely to capture Harem.", "capture", "predicted", "negative"),
        ("The rebels urged the army to leave Harem.", "leave", "demanded", "positive"),
        ("The rebels demanded that the foreign troops leave.", "leave", "demanded", "positive"),
        ("If the army captures Harem, the war ends.", "captures", "conditional", "positive"),
        ("It would be a crime if it was found to be a deliberate strike on nurses.", "strike", "conditional", "positive"),
        ("No village was captured by the army.", "captured", "asserted", "negative"),
        ("The army not only captured Harem but held it.", "captured", "asserted", "positive"),
    ],
)
def test_standing(coder: Coder, text: str, trigger: str, modality: str, polarity: str) -> None:
    found = by_trigger(coder(text, names=["army"], descriptions=["rebels"], places=["Harem"]), text)
    assert trigger in found, sorted(found)
    assert (found[trigger].modality, found[trigger].polarity) == (modality, polarity)


def test_a_demand_is_a_request_with_a_demanded_withdrawal_inside(coder: Coder) -> None:
    text = "The army called on the rebels to withdraw."
    found = by_trigger(coder(text, names=["army"], descriptions=["rebels"]), text)
    assert found["called"].type == "REQUEST" and found["called"].modality == "asserted"
    assert found["withdraw"].type == "YIELD" and found["withdraw"].modality == "demanded"
    assert names(found["withdraw"].actors) == ["rebels"]


def test_not_answering_is_neither_a_denial_nor_a_rejection(coder: Coder) -> None:
    text = "The army did not respond to questions."
    events = coder(text, names=["army"]).events
    assert [(event.type, event.action) for event in events] == [("NONE", "did not respond")]


def test_clashes_have_two_sides_and_no_direction(coder: Coder) -> None:
    text = "Clashes between the army and the rebels went on."
    event = by_trigger(coder(text, names=["army"], descriptions=["rebels"]), text)["Clashes"]
    assert event.direction == "reciprocal" and not event.recipients and names(event.actors) == ["army", "rebels"]


def test_losing_ground_is_the_other_sides_gain(coder: Coder) -> None:
    text = "The army lost the village to the rebels."
    event = by_trigger(coder(text, names=["army"], descriptions=["rebels"]), text)["lost"]
    assert (names(event.actors), names(event.recipients)) == (["rebels"], ["army"])


def test_backing_before_a_noun_has_backer_and_backed(coder: Coder) -> None:
    text = "Qatar-backed rebels left the town."
    event = by_trigger(coder(text, names=["Qatar"], descriptions=["rebels"]), text)["backed"]
    assert (event.type, names(event.actors), names(event.recipients)) == ("SUPPORT", ["Qatar"], ["rebels"])


def test_an_event_stands_according_to_the_innermost_claim(coder: Coder) -> None:
    from rashomon.records import Claim

    text = "Reuters said the mayor claimed the army shelled the school."
    outer = Claim("A1", Span(0, 7), "Reuters", (Span(8, 12),), (Span(13, 58),), "indirect", ("P", "Reuters"))
    inner = Claim("A2", Span(13, 22), "mayor", (Span(23, 30),), (Span(31, 58),), "indirect", ("P", "Reuters", "mayor"), "A1")
    event = by_trigger(coder(text, names=["army"], claims=[outer, inner]), text)["shelled"]
    assert event.according_to == "A2"


def test_dead_are_recipients_and_their_number_belongs_to_the_event(coder: Coder) -> None:
    text = "Shelling killed at least 30 civilians, including four children."
    coded = coder(text, descriptions=["civilians"], kind="other")
    event = by_trigger(coded, text)["killed"]
    assert names(event.recipients)[:1] == ["civilians"]
    toll = event.quantities[0]
    assert (toll.low, toll.high, toll.bound, toll.what, toll.status) == (30, None, "at-least", "killed", "civilian")
    assert [(q.low, q.total_or_subset) for q in coded.quantities] == [(30, "total"), (4, "subset")]


def test_a_vague_number_is_an_interval_with_its_word(coder: Coder) -> None:
    text = "Dozens of fighters died in the raid."
    toll = coder(text, descriptions=["fighters"]).quantities[0]
    assert (toll.low, toll.high, toll.words.lower(), toll.bound) == (24, 99, "dozens", "vague")


def test_a_tally_over_a_campaign_says_so(coder: Coder) -> None:
    text = "Some 4,000 people have been killed since the start of the conflict."
    assert coder(text).quantities[0].scope == "campaign"


def test_repeats_of_one_event_share_a_cluster(coder: Coder) -> None:
    text = "The army launched an offensive on Harem. The offensive failed."
    events = [event for event in coder(text, names=["army"], places=["Harem"]).events if event.trigger.of(text) == "offensive"]
    assert len(events) == 2 and len({event.cluster for event in events}) == 1


@pytest.mark.parametrize(("one", "other"), [("regime", "government"), ("terrorists", "rebels"), ("jihadis", "fighters")])
def test_swapping_a_loaded_word_changes_no_code(coder: Coder, one: str, other: str) -> None:
    frame = "The {} shelled the village and then withdrew from Harem."
    coded = [
        [
            (e.type, e.action, e.modality, e.polarity, len(e.actors), len(e.recipients))
            for e in coder(frame.format(word), descriptions=[word], places=["Harem"]).events
        ]
        for word in (one, other)
    ]
    assert coded[0] == coded[1]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("The army and the rebels accused each other of treason.", "accused", ["army", "rebels"]),
        ("The army and the rebels blamed one another for the raid.", "blamed", ["army", "rebels"]),
        ("The army and the rebels fired rockets at each other.", "fired", ["army", "rebels"]),
    ],
)
def test_each_other(coder: Coder, text: str, trigger: str, actors: list[str]) -> None:
    event = by_trigger(coder(text, names=["army"], descriptions=["rebels"]), text)[trigger]
    assert (names(event.actors), names(event.recipients), event.direction) == (actors, [], "reciprocal")


def test_hoped_success_is_no_success(coder: Coder) -> None:
    text = "The rebels attacked, hoping that they will succeed in capturing Harem."
    event = by_trigger(coder(text, descriptions=["rebels"], places=["Harem"]), text)["capturing"]
    assert (event.modality, event.outcome) == ("predicted", "unknown")


@pytest.mark.parametrize(
    ("text", "trigger", "action", "figures"),
    [
        ("The raid hit Harem. Officials put the toll at 46, six of them children.", "toll", "killing", ["46"]),
        ("The death toll has risen to 23.", "toll", "killing", ["23"]),
        ("The hospital said 31 bodies were brought in.", "bodies", "killing", ["31"]),
        ("He put the number killed at 34 and of the wounded at 47.", "killed", "killing", ["34"]),
    ],
)
def test_a_toll_alone_is_an_event(coder: Coder, text: str, trigger: str, action: str, figures: list[str]) -> None:
    event = by_trigger(coder(text, places=["Harem"]), text)[trigger]
    assert (event.action, [quantity.words for quantity in event.quantities]) == (action, figures)


def test_a_toll_of_before_is_no_event(coder: Coder) -> None:
    text = "The monitor said 92 people had died, raising its earlier count of 80."
    assert "80" not in by_trigger(coder(text), text)
