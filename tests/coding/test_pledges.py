"""Agreements, demands and threats: who binds whom to what, until when, and what is said to have become of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.reader import Reader
from rashomon.records import Document, Pledge

TUESDAY = "2024-03-12"
Found = Callable[[str], tuple[Pledge, ...]]


@pytest.fixture(scope="module")
def pledges() -> Found:
    reader = Reader.load()
    return lambda text: reader.read(Document("d", "d.txt", text, published=TUESDAY)).pledges


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("demand", "The president said the militias must hand over their weapons before the end of the year."),
        ("demand", "The rebels want the prime minister to resign."),
        ("request", "Kenya called for Rwanda to withdraw its troops."),
        ("request", "A call by the Arab League for a truce in Sudan was rejected by the army."),
        ("offer", "The rebels said they were ready to lay down their arms if the government freed their leader."),
        ("offer", "The government made an offer of amnesty to fighters who surrender."),
        ("proposal", "Washington put forward a plan for a no-fly zone over the camp."),
        ("commitment", "The army said it would allow aid trucks into Bakhmut."),
        ("commitment", "The warlord gave his word that no prisoner would be harmed."),
        ("threat", "Iran vowed to avenge the killing of its commander."),
        ("threat", "The spokesman said any ship that approached the island would be sunk."),
        ("ceasefire", "Both sides agreed to stop shelling the dam."),
        ("ceasefire", "The president ordered his troops to cease fire at noon."),
        ("ceasefire", "The army announced a halt to offensive operations in Amhara."),
        ("agreement", "Moscow and Kyiv agreed to exchange 200 prisoners."),
    ],
)
def test_kinds(pledges: Found, kind: str, text: str) -> None:
    assert [pledge.kind for pledge in pledges(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Talks on a ceasefire are to resume on Tuesday.",
        "Residents hope for a truce.",
        "Officials said no agreement had been reached.",
        "The two sides failed to reach a deal on prisoners.",
        "The army ordered its troops to advance.",
        "He asked whether the road was open.",
        "The general offered no explanation.",
        "The army told villagers that the road was mined.",
        "The president said he would travel to Geneva next week.",
    ],
)
def test_what_is_none(pledges: Found, text: str) -> None:
    assert pledges(text) == ()


def test_terms_conditions_and_deadline(pledges: Found) -> None:
    (one,) = pledges("The Houthis said they would release forty sailors by Friday if the port of Mokha was reopened.")
    assert (one.kind, one.by, one.deadline) == ("commitment", "Houthis", "2024-03-15")
    assert one.terms == ("release forty sailors by Friday",)
    assert one.conditions == ("if the port of Mokha was reopened",)


def test_what_a_paper_says_that_its_parties_will_do(pledges: Found) -> None:
    text = "If the truce extends to seven days, the letter said, the two armies will open the road and will work together."
    (one,) = pledges(text)
    assert (one.kind, one.by, one.conditions) == ("commitment", "two armies", ("If the truce extends to seven days",))
    assert one.terms == ("open the road", "work together")


def test_a_demand_and_the_threat_beside_it(pledges: Found) -> None:
    demand, threat = pledges("The junta gave the governors ten days to restore the elected parliament, or face the use of force.")
    assert (demand.kind, demand.by, demand.to) == ("demand", "junta", "governors")
    assert (threat.kind, threat.by, threat.terms) == ("threat", "junta", ("face the use of force",))


def test_a_truce_with_its_duration_and_end(pledges: Found) -> None:
    (one,) = pledges("The 72-hour truce in Khartoum ends on Friday.")
    assert (one.duration, one.place, one.deadline, one.outcome) == ("72-hour", "Khartoum", "2024-03-15", None)


def test_status_keeps_its_voice(pledges: Found) -> None:
    text = "A truce between the army and the rebels took effect at noon. The rebels had broken it by dusk, a general said."
    (one,) = pledges(text)
    assert (one.kind, one.outcome, one.status_by) == ("ceasefire", "broken", "general")
    assert one.status is not None and one.status_span is not None and one.status_span.of(text) == one.status


def test_who_rejects_was_asked(pledges: Found) -> None:
    (one,) = pledges("Ukraine demanded the withdrawal of foreign troops from the plant. Moscow refused.")
    assert (one.outcome, one.status_by, one.to) == ("rejected", "author", "Russia")


def test_one_act_with_two_names(pledges: Found) -> None:
    text = (
        "The army's envoys handed over what they called an offer: the road would be opened if the rebels gave up the bridge. "
        'The rebels described the same paper as "a demand" and rejected it.'
    )
    (one,) = pledges(text)
    assert (one.kind, one.also_called, one.outcome) == ("offer", ("demand",), "rejected")


def test_a_general_word_points_back(pledges: Found) -> None:
    (one,) = pledges("Two armies signed a peace accord in Juba. The accord provides for joint patrols. It was never honoured.")
    assert one.terms == ("joint patrols",) and one.outcome == "broken"


def test_loaded_names_change_nothing(pledges: Found) -> None:
    plain = pledges("The rebels threatened to shell the airport unless the army pulled back.")
    loaded = pledges("The terrorists threatened to shell the airport unless the army pulled back.")
    assert [(one.kind, one.terms, one.conditions) for one in plain] == [(one.kind, one.terms, one.conditions) for one in loaded]
