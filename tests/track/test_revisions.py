"""What one source said and later changed, over readings made by hand from marked sentences."""

from __future__ import annotations

import random
from typing import Any

import pytest

from rashomon.knowledge.comparison import load_comparison
from rashomon.knowledge.quantities import load_quantities
from rashomon.knowledge.revisions import Phrases, levelled, load_revisions
from rashomon.records import (
    Claim,
    Document,
    MadeBy,
    Metadata,
    Place,
    Publication,
    Quantity,
    Reading,
    Revision,
    Span,
    TimeMention,
)
from rashomon.track.editions import compared
from rashomon.track.numerals import Numerals
from rashomon.track.revisions import revisions
from rashomon.track.voiced import Lore, Paper

LORE = Lore(load_revisions(), load_comparison(), load_quantities())


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def paper(
    id: str, text: str, day: str, *, publisher: str = "The Post", claims: tuple[tuple[str, str], ...] = (),
    counts: tuple[tuple[str, str, float], ...] = (), place: str | None = "Ariha", title: str | None = None, **more: Any,
) -> Paper:
    """`claims`: (speaker, content); `counts`: (words, what, number)."""
    document = Document(id, f"{id}.txt", text)
    author = Claim("A0", None, None, (), (), "indirect", (publisher,))
    said = tuple(
        Claim(f"A{number}", None, speaker, (), (at(text, content),), "indirect", (publisher, speaker))
        for number, (speaker, content) in enumerate(claims, 1)
    )
    where = (Place(at(text, place), place, 35.8, 36.6, 3.0, precision="town"),) if place and place in text else ()
    times = tuple(TimeMention(at(text, word), "DATE", "x") for word in ("Monday", "Tuesday", "evening") if word in text)
    reading = Reading(
        id=id, source=document.source, text=text, text_sha256=document.text_sha256, made_by=MadeBy("c", "k", "m"),
        document=Metadata(title, publisher, None, Publication(day, day, "stated"), "en", "report"), body=(Span(0, len(text)),),
        boilerplate=(), attributions=(author, *said), events=(),
        quantities=tuple(Quantity(at(text, words), what, value, value, words) for words, what, value in counts), entities=(),
        places=where, times=times,
    )
    return Paper(id, reading, LORE, more.get("address"), more.get("captured"))


def told(found: tuple[Revision, ...], *papers: Paper) -> list[tuple[str, str, str, str]]:
    texts = {each.key: each.text for each in papers}
    return [
        (each.kind, each.source, each.a.span.of(texts[each.a.document]), each.b.span.of(texts[each.b.document])) for each in found
    ]


FIRST = paper(
    "first", "Shells killed 12 people at the mill in Ariha on Monday, Ana Reuss said.", "2016-10-03",
    claims=(("Ana Reuss", "Shells killed 12 people at the mill in Ariha on Monday"),), counts=(("12 people", "killed", 12),),
)
SECOND = paper(
    "second", "The shells on the mill in Ariha on Monday killed 17 people, Ana Reuss said.", "2016-10-04", publisher="Herald",
    claims=(("Ana Reuss", "The shells on the mill in Ariha on Monday killed 17 people"),), counts=(("17 people", "killed", 17),),
)
THIRD = paper(
    "third", "Ana Reuss said that 19 people died of the shells on the mill in Ariha.", "2016-10-06",
    claims=(("Ana Reuss", "19 people died of the shells on the mill in Ariha"),), counts=(("19 people", "killed", 19),),
)
RIVAL = paper(
    "rival", "Karl Dorn said that shells had killed 30 people at the mill in Ariha.", "2016-10-05",
    claims=(("Karl Dorn", "shells had killed 30 people at the mill in Ariha"),), counts=(("30 people", "killed", 30),),
)


def test_one_source_in_two_papers_is_told_link_by_link() -> None:
    found = revisions((FIRST, SECOND, THIRD))
    assert told(found, FIRST, SECOND, THIRD) == [
        ("figure", "Ana Reuss", "12 people", "17 people"), ("figure", "Ana Reuss", "17 people", "19 people"),
    ]


def test_another_source_is_no_revision() -> None:
    assert revisions((FIRST, RIVAL)) == ()


def test_the_order_of_the_documents_plays_no_part() -> None:
    papers = [FIRST, SECOND, THIRD, RIVAL]
    expected = revisions(papers)
    for seed in range(4):
        random.Random(seed).shuffle(papers)
        assert revisions(papers) == expected


def test_more_of_them_is_no_revision() -> None:
    more = paper(
        "more", "Two more people were killed in Ariha, Ana Reuss said.", "2016-10-04",
        claims=(("Ana Reuss", "Two more people were killed in Ariha"),), counts=(("Two more people", "killed", 2),),
    )
    assert revisions((FIRST, more)) == ()


def test_what_stands_in_one_text_needs_words_of_change() -> None:
    text = "In Ariha 12 people died on Monday, Ana Reuss said. By evening she put the number at 17."
    changed = paper(
        "one", text, "2016-10-03", claims=(("Ana Reuss", "In Ariha 12 people died on Monday"), ("Ana Reuss", "the number at 17")),
        counts=(("12 people", "killed", 12), ("17", "killed", 17)),
    )
    assert told(revisions((changed,)), changed) == [("figure", "Ana Reuss", "12 people", "17")]


def test_a_correction_finds_the_words_that_it_means() -> None:
    note = paper("note", "Our report from Ariha wrongly said that 12 people had died at the mill. It was 21.", "2016-10-07")
    (each,) = revisions((FIRST, note))
    assert (each.kind, each.source) == ("correction", "The Post")
    assert each.a.span.of(FIRST.text) == "12 people" and each.b.span.of(note.text).endswith("It was 21.")


def test_a_misspelt_name_is_corrected_within_the_note() -> None:
    text = "The mill burned.\n\nAn earlier version of this article misspelled a name. He is Karl Dorn, not Doren."
    note = paper("name", text, "2016-10-07", place=None)
    assert told(revisions((note,)), note) == [("correction", "The Post", "Doren", "He is Karl Dorn")]


def test_troops_that_act_by_mistake_correct_nothing() -> None:
    acts = paper("acts", "The army hit its own men in Ariha by mistake on Tuesday.", "2016-10-07")
    assert revisions((FIRST, acts)) == ()


def test_a_retraction_takes_back_the_earlier_text() -> None:
    notice = paper("gone", "We have withdrawn our report on the shells that fell on the mill in Ariha.", "2016-10-09")
    (each,) = revisions((FIRST, notice))
    assert each.kind == "retraction" and each.a.document == "first" and each.b.document == "gone"


def test_a_source_that_stands_by_its_words_revises_nothing() -> None:
    repeated = paper(
        "again", "Ana Reuss stood by her count for Ariha and repeated that 17 people had died at the mill.", "2016-10-07",
        claims=(("Ana Reuss", "17 people had died at the mill"),), counts=(("17 people", "killed", 17),),
    )
    assert revisions((FIRST, repeated)) == ()


def capture(id: str, text: str, captured: str, words: str, number: float) -> Paper:
    return paper(
        id, text, "2016-10-03", address="https://post.example/ariha", captured=captured, counts=((words, "killed", number),),
        claims=(("residents", text[: text.index(",")]),),
    )


OLD = capture(
    "old", "Shells killed 12 people in Ariha, residents said. The roads were shut.", "2016-10-03T10:00Z", "12 people", 12,
)
NEW = capture(
    "new", "Shells killed 9 people in Ariha, residents said. The roads were open.", "2016-10-03T18:00Z", "9 people", 9,
)


def test_an_unannounced_edit_shows() -> None:
    (figure,) = (each for each in revisions((NEW, OLD)) if each.kind == "figure")
    assert figure.unannounced and (figure.a.document, figure.b.document) == ("old", "new")
    assert [change.kind for change in compared(OLD, NEW)] == ["changed", "changed"]


def test_the_same_text_twice_differs_in_nothing() -> None:
    again = capture("again", OLD.text.replace(" The", "\n\nThe"), "2016-10-04T10:00Z", "12 people", 12)
    assert compared(OLD, again) == () and revisions((OLD, again)) == ()


@pytest.mark.parametrize(("text", "expected"), [
    ("closer to 2,000 men", [2000]), ("ninety-four of them", [94]), ("1.5 million", [1_500_000]),
    ("between two and three hundred", [2, 300]), ("two hundred and five", [205]), ("at 18:40 on 3.5", [3.5]), ("a dozen", [12]),
])
def test_numbers(text: str, expected: list[float]) -> None:
    found = Numerals(LORE.numbers).find(text)
    assert [each.value for each in found] == expected
    assert all(each.span.of(text) for each in found)


def test_phrases_are_whole_words() -> None:
    phrases = Phrases(("has been withdrawn", "confused … with"))
    assert phrases.search(levelled("It Has been\u00a0withdrawn.")) is not None
    assert phrases.search("we confused the first of them with the second") is not None
    assert phrases.search("it has been withdrawing") is None
