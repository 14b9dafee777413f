"""What one document sets beside itself."""

from __future__ import annotations

from msgspec.structs import replace

from rashomon.compare import Pair, Source, contradictions
from rashomon.knowledge.comparison import Sides, load_comparison
from rashomon.records import Entity, Reading, Span, TimeMention

from ..factories import claim, document, event, reading

RULES = load_comparison()
SIDES = Sides({}, {})


def pairs(made: Reading) -> list[Pair]:
    return contradictions({made.id: Source.of(made.id, made)}, [], RULES, SIDES)


def named(made: Reading, name: str, kind: str = "armed-force") -> Reading:
    mentions, at = [], made.text.find(name)
    while at >= 0:
        mentions.append(Span(at, at + len(name)))
        at = made.text.find(name, at + 1)
    return replace(made, entities=(*made.entities, Entity(f"e{len(made.entities)}", name, kind, tuple(mentions))))  # type: ignore[arg-type]


def test_the_end_of_an_offensive_by_two_voices() -> None:
    text = "The Blue Army began its offensive to no avail. The push by the Blue Army was a failure, Colonel Amin said."
    said = claim("A1", text, "Colonel Amin", "The push by the Blue Army was a failure")
    made = reading(document("a", text), events=(
        event("E1", text, "offensive", action="offensive"), event("E2", text, "push", action="offensive", according_to="A1"),
    ), claims=(said,), publisher="Courier")
    (pair,) = pairs(named(made, "Blue Army"))
    assert pair.relation == "agree" and pair.question == "How did the offensive come out?"


def test_an_end_left_open_is_none() -> None:
    text = "The Blue Army began its offensive to no avail. If the push by the Blue Army failed, Colonel Amin said, he would go."
    said = claim("A1", text, "Colonel Amin", "If the push by the Blue Army failed")
    made = reading(document("a", text), events=(
        event("E1", text, "offensive", action="offensive"), event("E2", text, "push", action="offensive", according_to="A1"),
    ), claims=(said,), publisher="Courier")
    assert pairs(named(made, "Blue Army")) == []


def test_a_claim_dismissed_by_others() -> None:
    text = "The Red Front claims to have left Hasna, which monitors and the mayor have dismissed."
    content = "to have left Hasna"
    at = text.index("have dismissed")
    dismissal = replace(claim("A2", text, "monitors", content), cue=(Span(at, at + 14),),
                        source=Span(text.index("monitors"), text.index("monitors") + 8))
    cue = text.index("claims")
    made = reading(document("a", text), claims=(
        replace(claim("A1", text, "Red Front", content), cue=(Span(cue, cue + 6),)), dismissal,
    ), publisher="Courier")
    (pair,) = pairs(made)
    assert pair.relation == "disagree" and pair.a.span.of(text) == "claims to have left Hasna"
    assert pair.b.span.of(text) == "monitors and the mayor have dismissed"


def test_how_long_and_since_when() -> None:
    text = "Three months of fighting by the Blue Army have emptied Hasna, Colonel Amin said. In April the Blue Army began its"
    text += " offensive."
    said = claim("A1", text, "Colonel Amin", "Three months of fighting by the Blue Army have emptied Hasna")
    at = text.index("April")

    def made(month: str) -> Reading:
        days = f"2031-{month}-01", f"2031-{month}-28"
        found = reading(document("a", text), events=(
            event("E1", text, "fighting", action="battle", according_to="A1"), event("E2", text, "offensive", action="offensive"),
        ), claims=(said,), publisher="Courier", published="2031-07-15")
        return named(replace(found, times=(
            TimeMention(Span(0, 12), "DURATION", "P3M"), TimeMention(Span(at, at + 5), "DATE", f"2031-{month}", *days),
        )), "Blue Army")

    assert [pair.relation for pair in pairs(made("04"))] == ["agree"]
    assert [pair.relation for pair in pairs(made("01"))] == ["disagree"]


def test_asserted_by_one_and_left_open_by_another() -> None:
    text = "The raids were planned by Red Front, Colonel Amin said. If Red Front really was behind the raids, it has lost."
    said = claim("A1", text, "Colonel Amin", "The raids were planned by Red Front")
    second = text.index("raids", 20)
    raids = replace(event("E3", text, "raids", action="attack", cluster="K1"), trigger=Span(second, second + 5))
    made = reading(document("a", text), events=(
        event("E1", text, "raids", action="attack", cluster="K1", according_to="A1"),
        event("E2", text, "was behind", type="SUPPORT", action="instigation", modality="conditional", actors=("Red Front",)),
        raids,
    ), claims=(said,), publisher="Courier")
    (pair,) = pairs(named(made, "Red Front"))
    assert pair.relation == "disagree" and pair.question == "How certain is the part of Red Front in it?"
