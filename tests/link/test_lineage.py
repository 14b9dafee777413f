"""Copied text: what is found, what it is called, and what never counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from rashomon.knowledge.lineage import load_lineage
from rashomon.link import Print, packed_print, print_of, trace, unpacked_print
from rashomon.records import Claim, MadeBy, Metadata, Publication, Reading, Reuse, Span

RULES = load_lineage()
DISPATCH = (
    "Shells struck the grain market of Tell Marwan shortly after dawn on Sunday, setting two warehouses alight and killing a"
    " watchman, neighbours and a doctor at the town's only clinic said.\n"
    "The clinic had treated eleven people by noon, among them four children who had slept in a van behind the market hall.\n"
    "A spokesman for the Third Corps said its guns had answered fire from the ridge and had aimed at nothing else all night.\n"
    "Traders had moved their stocks into the open yard only the week before, because the roof of the old hall was leaking."
)
SPEECH = (
    "“We counted every sack that went into that hall, and we will count every coffin that comes out of it. Nobody in this"
    " town sold a rifle, and nobody here will buy one. Let the generals come and look for themselves, and let them bring"
    " their maps with them.”"
)


def reading(
    id: str, text: str, publisher: str | None = None, day: str | None = None, *, credits: tuple[str, ...] = (),
    claims: tuple[Claim, ...] = (), title: str | None = None,
) -> Reading:
    """A reading whose every line is the article's own."""
    at, blocks = 0, []
    for line in text.split("\n"):
        blocks.append(Span(at, at + len(line)))
        at += len(line) + 1
    published = Publication(day, day, "stated", day) if day else Publication(None, None, "unknown")
    return Reading(
        id=id, source=id, text=text, text_sha256="", made_by=MadeBy("c", "k", "m"),
        document=Metadata(
            title=title, publisher=publisher, author=None, published=published, language="en", genre="report", credits=credits
        ),
        body=tuple(blocks), boilerplate=(), attributions=claims, events=(), quantities=(), entities=(), places=(), times=(),
    )


def made(*readings: Reading) -> list[Print]:
    return [print_of(each.id, each, RULES) for each in readings]


def shared(*readings: Reading) -> list[Reuse]:
    return trace(made(*readings), RULES)[0]


def one(*readings: Reading) -> Reuse:
    (found,) = shared(*readings)
    return found


OTHER = (
    "In the port of Qasr Medina the ferry company had cancelled all sailings, because the coastguard had closed the strait.\n"
    "Passengers slept on the quay beside their luggage, and a bakery handed out bread to whoever had been waiting longest."
)


def test_same_text_has_its_spans_and_says_who_came_first() -> None:
    found = one(reading("a", DISPATCH, "The Orchard", "2021-05-03"), reading("b", DISPATCH, "The Quay", "2021-05-02"))
    assert (found.kind, found.first, found.share_a, found.share_b) == ("same-text", "b", 1.0, 1.0)
    assert found.passages[0].a == found.passages[0].b == Span(0, len(DISPATCH) - 1)


def test_nobody_is_first_where_the_days_do_not_tell() -> None:
    assert one(reading("a", DISPATCH, day="2021-05-03"), reading("b", DISPATCH, day="2021-05-03")).first is None
    assert one(reading("a", DISPATCH, day="2021-05-03"), reading("b", DISPATCH)).first is None


def test_the_headline_is_not_compared() -> None:
    title = "Watchman killed as market of Tell Marwan burns"
    assert one(reading("a", f"{title}\n{DISPATCH}", title=title), reading("b", DISPATCH)).kind == "same-text"


def test_a_light_edit() -> None:
    edited = DISPATCH.replace("shortly after dawn", "before dawn").replace("eleven", "twelve").replace("old hall", "hall")
    found = one(reading("a", DISPATCH), reading("b", edited))
    assert found.kind == "light-edit"
    assert len(found.passages) == 1
    assert found.passages[0].words < len(DISPATCH.split())


def test_an_edit_in_every_line_is_found_as_well() -> None:
    words = DISPATCH.split(" ")
    words[6::7] = ["indeed"] * len(words[6::7])
    assert one(reading("a", DISPATCH), reading("b", " ".join(words))).kind == "light-edit"


def test_a_whole_article_inside_another_is_a_republication() -> None:
    found = one(reading("a", DISPATCH), reading("b", "\n".join((OTHER, DISPATCH, SPEECH, OTHER.replace("ferry", "barge")))))
    assert found.kind == "republication"
    assert found.share_a == 1.0 and found.share_b < 0.7


def test_a_good_part_is_a_partial_copy() -> None:
    half = "\n".join(DISPATCH.split("\n")[:2])
    assert one(reading("a", f"{half}\n{OTHER}\n{SPEECH}"), reading("b", DISPATCH)).kind == "partial-copy"


def test_a_text_behind_two_outlets_that_name_one_agency_is_a_wire_copy() -> None:
    wire = reading("w", DISPATCH, "Halden Wire")
    copy = reading("c", DISPATCH.replace("eleven", "11"), "The Orchard", credits=("Halden Wire",))
    third = reading("t", DISPATCH, "The Quay", credits=("Halden Wire",))
    found = shared(wire, copy, third)
    assert {(each.kind, each.agency) for each in found} == {("wire-copy", "Halden Wire")}
    assert len(found) == 3
    # An agency that updates its own story copies nobody.
    assert one(wire, reading("u", DISPATCH.replace("eleven", "11"), "Halden Wire", credits=("Halden Wire",))).kind == "light-edit"


def test_a_quotation_that_both_carry() -> None:
    found = one(reading("a", f"{DISPATCH}\n{SPEECH}"), reading("b", f"{OTHER}\n{SPEECH} the mayor said."))
    assert found.kind == "shared-quotation"
    assert [each.kind for each in found.passages] == ["quotation"]


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ("\"", "\""), ("‘", "’"), ("``", "''"), ("«", "»"), ("“", "")])
def test_the_marks_of_a_quotation(opening: str, closing: str) -> None:
    words = "We don’t know who fired, and we won’t be told: nobody in this town has been told anything since last spring."
    both = one(reading("a", f"{DISPATCH}\n“{words}” she said."), reading("b", f"{OTHER}\nHe said: {opening}{words}{closing}"))
    assert both.kind == "shared-quotation"


def test_words_that_the_other_quotes() -> None:
    sentence = DISPATCH.split("\n")[3].rstrip(".")
    found = one(reading("a", DISPATCH), reading("b", f"{OTHER}\n“{sentence},” the paper wrote.\n{SPEECH}"))
    assert found.kind == "quoted"
    assert [each.kind for each in found.passages] == ["quoted-in-b"]


def test_a_quotation_without_marks_is_known_from_the_reading() -> None:
    text = f"{OTHER}\n{SPEECH.strip('“”')}"
    start = text.index("We counted")
    claim = Claim("A1", Span(0, 2), "the mayor", (), (Span(start, len(text)),), "block", ())
    assert one(reading("a", text, claims=(claim,)), reading("b", f"{DISPATCH}\n{SPEECH}")).kind == "shared-quotation"


def test_what_everybody_writes_is_no_reuse() -> None:
    assert shared(reading("a", DISPATCH), reading("b", OTHER)) == []
    formula = "according to a statement that was posted on the ministry's website"
    assert shared(reading("a", f"{DISPATCH} {formula}."), reading("b", f"{OTHER} {formula}.")) == []


LINE = "The Orchard is owned by its readers, costs nothing, and is printed by volunteers in the cellar of the old customs house."


def numbered(n: int, words: int = 40) -> str:
    """A text of its own for each number."""
    return " ".join(f"word{n}x{k}" for k in range(words))


def test_a_line_that_a_publisher_repeats_is_recorded_and_no_reuse() -> None:
    many = [reading(f"d{n}", f"{numbered(n)}\n{LINE}", "The Orchard", f"2021-05-{n + 1:02}") for n in range(6)]
    found, lines = trace(made(*many), RULES)
    assert found == []
    assert [(line.publisher, line.text, line.documents) for line in lines] == [("The Orchard", LINE, 6)]
    # The same words are reuse where few texts have them, where they appear on one day, and where the texts are copies.
    assert trace(made(*many[: RULES.line_texts - 1]), RULES)[1] == []
    one_day = [reading(f"d{n}", f"{numbered(n)}\n{LINE}", "The Orchard", "2021-05-01") for n in range(6)]
    assert trace(made(*one_day), RULES)[1] == []
    copies = [reading(f"d{n}", f"{numbered(0)}\n{LINE}", "The Orchard", f"2021-05-{n + 1:02}") for n in range(6)]
    found, lines = trace(made(*copies), RULES)
    assert lines == [] and len(found) == 15


def test_a_clock_in_a_repeated_line_does_not_hide_it() -> None:
    many = [reading(f"d{n}", f"{numbered(n)}\n{LINE} {n}.{n}", "The Orchard", f"2021-05-{n + 1:02}") for n in range(6)]
    assert [line.text for line in trace(made(*many), RULES)[1]] == [f"{LINE} 0.0"]


def test_a_phrase_that_thousands_hold_finds_hardly_anybody(steps: Callable[[Callable[[], object]], int]) -> None:
    hub = " ".join(f"formula{k}" for k in range(30))
    prints = made(*(reading(f"d{n:05}", f"{numbered(n, 200)}\n{hub}") for n in range(4 * RULES.most_holders)))

    def pairs(count: int) -> int:
        return len(trace(prints[:count], RULES)[0])

    most = RULES.most_holders
    assert pairs(20) == 190
    # Where it begins and ends, runs are chosen by what stands beside it: some of them are held by few.
    assert pairs(2 * most) < most
    assert steps(lambda: pairs(4 * most)) < 3 * steps(lambda: pairs(2 * most))


def test_a_print_kept_is_the_fresh_one() -> None:
    (fresh,) = made(reading("a", f"{DISPATCH}\n{SPEECH}", "The Orchard", "2021-05-03", credits=("Halden Wire",)))
    again = unpacked_print("a", packed_print(fresh))
    for name in ("words", "starts", "ends", "quoted"):
        assert np.array_equal(getattr(again, name), getattr(fresh, name)), name
    assert (again.lines, again.publisher, again.credits, again.days) == (fresh.lines, "The Orchard", ("Halden Wire",), fresh.days)


@pytest.mark.parametrize("text", ["", "?!", "Three short words", "\ud800 half a pair"])
def test_hardly_any_text(text: str) -> None:
    assert shared(reading("a", text, "P"), reading("b", text, "P")) == []
    (empty, _) = made(reading("a", text, "P"), reading("b", DISPATCH))
    assert len(unpacked_print("a", packed_print(empty)).words) == len(empty.words)
