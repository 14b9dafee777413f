"""Clues: title, author, outlet, section, credits, dateline and stated date, each with the span that gives it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.clean import describe, lay_out
from rashomon.knowledge.boilerplate import Furniture
from rashomon.records import Document, Layout, Publication

UNDATED = Publication(None, None, "unknown")


def value(clue: object) -> object:
    return getattr(clue, "value", None)


def test_byline(article: Callable[..., str], laid: Callable[..., Layout]) -> None:
    text = article(head=("In World News", "By Jane Q. Sample, The Invented Post, Sept 8, 2016"))
    layout = laid(text)
    assert value(layout.author) == "Jane Q. Sample"
    assert value(layout.publisher) == "The Invented Post"
    assert value(layout.dated) == "Sept 8, 2016"
    assert value(layout.section) == "World News"
    for clue in (layout.author, layout.publisher, layout.dated, layout.section):
        assert clue is not None and clue.span is not None and clue.span.of(text) == clue.value


def test_two_authors(article: Callable[..., str], laid: Callable[..., Layout]) -> None:
    layout = laid(article(head=("Troops enter northern town", "By Jane Sample and Omar el-Example")))
    assert value(layout.author) == "Jane Sample and Omar el-Example" and value(layout.title) == "Troops enter northern town"


@pytest.mark.parametrize(
    "line", ["By Tuesday the army had taken the bridge and the mill.", "By then, the Army, the Police and the rest had left."]
)
def test_a_sentence_is_no_byline(
    line: str, article: Callable[..., str], body: tuple[str, ...], laid: Callable[..., Layout]
) -> None:
    layout = laid(article(body=(line, *body)))
    assert layout.author is None and not layout.boilerplate


def test_a_bureau_is_no_author(article: Callable[..., str], laid: Callable[..., Layout]) -> None:
    layout = laid(article(tail=("(Reporting by Invented Wire's Beirut and Geneva bureaus; editing by Ruth Sample)",)))
    assert layout.author is None and len(layout.boilerplate) == 1


def test_syndication_footer(body: tuple[str, ...], laid: Callable[..., Layout]) -> None:
    text = "\n".join((*body, "The post Was the ‘truce’ ever real? appeared first on The Invented Post."))
    layout = laid(text)
    assert value(layout.title) == "Was the ‘truce’ ever real?"
    assert value(layout.publisher) == value(layout.republished_from) == "The Invented Post"


def test_an_outlets_own_footer_is_no_copy(body: tuple[str, ...], laid: Callable[..., Layout]) -> None:
    text = "\n".join((*body, "The post Troops enter town appeared first on The Invented Post."))
    assert laid(text, publisher="Invented Post").republished_from is None
    copied = laid(text, publisher="Another Paper")
    assert value(copied.publisher) == "Another Paper" and value(copied.republished_from) == "The Invented Post"


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("The views expressed in this column do not necessarily represent those of The Invented Post.", "The Invented Post"),
        ("Support The Invented Post on Patreon!", "The Invented Post"),
        ("Sample Voice is an independent news site. This text was produced with the help of its readers.", "Sample Voice"),
        ("The views expressed in this column do not necessarily represent those of this site.", None),
    ],
)
def test_outlet_of_promos_and_disclaimers(
    line: str, outlet: str | None, article: Callable[..., str], laid: Callable[..., Layout]
) -> None:
    assert value(laid(article(tail=(line,))).publisher) == outlet


@pytest.mark.parametrize(
    ("head", "place", "credits", "dated"),
    [
        ("EXAMPLETOWN, Sampleland (Reuters) - ", "EXAMPLETOWN, Sampleland", ["Reuters"], None),
        ("SAMPLEVILLE, Nov 3 (AFP) — ", "SAMPLEVILLE", ["AFP"], "Nov 3"),
        ("SAMPLEVILLE, July 17 (AFP) - ", "SAMPLEVILLE", ["AFP"], "July 17"),
        ("EXAMPLETOWN/SAMPLEVILLE, Sept 18 (Invented Wire) - ", "EXAMPLETOWN/SAMPLEVILLE", [], "Sept 18"),
        ("EXAMPLETOWN, Sampleland, Nov. 30 (AP) — ", "EXAMPLETOWN, Sampleland", ["AP"], "Nov. 30"),
        ("Sampleville (Xinhua) -- ", "Sampleville", ["Xinhua"], None),
        ("However - ", None, [], None),
    ],
)
def test_dateline(
    head: str,
    place: str | None,
    credits: list[str],
    dated: str | None,
    article: Callable[..., str],
    body: tuple[str, ...],
    laid: Callable[..., Layout],
) -> None:
    layout = laid(article(body=(head + body[0], *body[1:])))
    assert value(layout.dateline) == place
    assert [clue.value for clue in layout.credits] == credits
    assert value(layout.dated) == dated


@pytest.mark.parametrize("agency", ["Reuters", "Invented Wire"])
def test_a_dispatch_under_no_outlets_name_is_its_agencys(
    agency: str, article: Callable[..., str], body: tuple[str, ...], laid: Callable[..., Layout]
) -> None:
    text = article(body=(f"SAMPLEVILLE, July 17 ({agency}) - {body[0]}", *body[1:]))
    publisher = laid(text).publisher
    assert publisher is not None and publisher.span is not None and publisher.value == publisher.span.of(text) == agency
    assert value(laid(text, publisher="The Invented Post").publisher) == "The Invented Post"


def test_credit_set(article: Callable[..., str], laid: Callable[..., Layout]) -> None:
    layout = laid(article(head=("Troops enter northern town", "AFP/Reuters")))
    assert [clue.value for clue in layout.credits] == ["AFP", "Reuters"]


def test_the_carrier_wins(article: Callable[..., str], furniture: Furniture) -> None:
    text = article(head=("Troops enter northern town", "By Jane Sample"))
    document = Document("x", "x.html", text, title="Troops ‘enter’ town", author="J. Sample", publisher="Invented Post")
    found = describe(document, lay_out(document, furniture), None, UNDATED, furniture)
    assert (found.title, found.author, found.publisher) == ("Troops ‘enter’ town", "J. Sample", "Invented Post")
    assert found.published == UNDATED and found.language == "en" and found.genre == "report"


def test_masthead_section_and_a_byline_without_by(article: Callable[..., str], laid: Callable[..., Layout]) -> None:
    head = (
        "The Invented Ledger",
        "World",
        "Troops enter northern town",
        "Jane Sample in Exampletown",
        "Wednesday 24 August 2016 19.05 BST",
    )
    layout = laid(article(head=head))
    assert [block.kind for block in layout.blocks[:5]] == ["boilerplate", "boilerplate", "headline", "boilerplate", "boilerplate"]
    assert value(layout.publisher) == "The Invented Ledger" and value(layout.section) == "World"
    assert value(layout.author) == "Jane Sample" and value(layout.dated) == "24 August 2016"


def test_wire_headline_and_note(article: Callable[..., str], laid: Callable[..., Layout]) -> None:
    head = ("UPDATE 2-Troops enter northern town", "(Updates toll, adds ministry)")
    tail = ("(Reporting by Jane Sample in Exampletown; editing by Omar Example)",)
    layout = laid(article(head=head, tail=tail))
    assert value(layout.title) == head[0] and value(layout.author) == "Jane Sample"
    assert [item.kind for item in layout.boilerplate] == ["byline", "byline"]


def test_material_from_another_outlet(article: Callable[..., str], laid: Callable[..., Layout]) -> None:
    layout = laid(article(tail=("With material from Example Wire",)))
    assert [clue.value for clue in layout.credits] == ["Example Wire"]
