"""Blocks: what is the article, what is furniture of which kind, for any text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.clean import lay_out
from rashomon.knowledge.boilerplate import load_furniture
from rashomon.records import Document, Layout

KNOWN = load_furniture()
FURNITURE = {
    "navigation": (
        "Skip to main content",
        "in ,",
        "Start typing and press Enter to search",
        "Home > World > Africa",
        "Translate »",
    ),
    "byline": (
        "By Jane Q. Sample, The Invented Post, Sept 8, 2016",
        "By Jane Sample and Omar el-Example",
        "Published: 3 November 2016 14:22 GMT",
        "(Reporting by Jane Sample; Editing by John Example)",
        "Staff Reports",
    ),
    "caption": ("Photo: Jane Sample", "Getty Images / Jane Sample", "river-front-map", "IMG_2034.jpg"),
    "promo": (
        "Help us grow. Support The Invented Post on Patreon!",
        "Share this: Facebook",
        "Follow us on Twitter",
        "Advertisement",
    ),
    "disclaimer": (
        "The views expressed in this column are solely those of the author and do not necessarily reflect those of the site.",
        "EDITOR’S NOTE: We remind our readers that printing an article does not mean that we agree with it.",
    ),
    "comment-widget": ("What do you think?", "Notify of", "View all comments", "12 comments", "Leave a Reply"),
    "related-links": ("Related articles", "Read also: Talks on the river crossing fail", "Tags: war, river, talks"),
    "contact": ("Contact Us", "news@invented.example", "You can send us an email and we'll get back to you."),
    "syndication-footer": (
        "The post Troops enter northern town appeared first on The Invented Post.",
        "This article was originally published by The Invented Post.",
        "© 2016 The Invented Post. All rights reserved.",
    ),
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in FURNITURE.items() for line in lines])
def test_furniture_is_named(
    kind: str, line: str, article: Callable[..., str], kinds: Callable[..., list[tuple[str, str]]]
) -> None:
    found = kinds(article(tail=(line,)))
    assert found[-1] == (kind, line)
    assert [block for block in found[:-1] if block[0] not in ("headline", "paragraph")] == []


def test_headline_and_every_paragraph_are_kept(article: Callable[..., str], kinds: Callable[..., list[tuple[str, str]]]) -> None:
    found = kinds(article())
    assert [kind for kind, _ in found] == ["headline"] + ["paragraph"] * 6


def test_links_after_a_comment_widget(article: Callable[..., str], kinds: Callable[..., list[tuple[str, str]]]) -> None:
    tail = (
        "What do you think?",
        "Notify of\nInline Feedbacks",
        "The Price of Bread in the Capital",
        "Bank Keeps Its Rate on Friday",
    )
    found = kinds(article(tail=tail))
    assert [kind for kind, _ in found[-4:]] == ["comment-widget", "comment-widget", "related-links", "related-links"]


def test_image_name_glued_to_the_first_word(
    article: Callable[..., str], body: tuple[str, ...], laid: Callable[..., Layout]
) -> None:
    text = article(body=("north-front-imageThe army has held the ridge since the spring, it says.", *body))
    layout = laid(text)
    glued = next(item for item in layout.boilerplate if item.kind == "caption")
    assert glued.span.of(text) == "north-front-image"
    assert any(span.of(text).startswith("The army has held") for span in layout.body)


@pytest.mark.parametrize(
    "line",
    ["al-Qaeda fighters left the town.", "anti-Houthi forces moved north.", "US-backed forces moved.", "e-mail The army sent"],
)
def test_hyphenated_words_are_no_image_names(
    line: str, article: Callable[..., str], body: tuple[str, ...], laid: Callable[..., Layout]
) -> None:
    text = article(body=(*body, line, *body[:1]))
    assert not laid(text).boilerplate


def test_footer_inside_the_last_paragraph(
    article: Callable[..., str], body: tuple[str, ...], laid: Callable[..., Layout]
) -> None:
    last = body[-1] + " The post Troops enter town appeared first on The Invented Post."
    text = article(body=(*body[:-1], last))
    layout = laid(text)
    assert [item.span.of(text) for item in layout.boilerplate] == [
        "The post Troops enter town appeared first on The Invented Post."
    ]
    assert layout.body[-1].of(text) == body[-1]


def test_subheadings_clocks_and_posts_stay(
    article: Callable[..., str], body: tuple[str, ...], laid: Callable[..., Layout]
) -> None:
    post = "Our forces hold the bridge. — Ministry of Defence (@mod_example) May 4, 2017"
    text = article(body=(body[0], "Security", body[1], "6:05 p.m.", body[3], post, body[4], body[5]))
    assert not laid(text).boilerplate


def test_wrapped_text_is_joined(body: tuple[str, ...], laid: Callable[..., Layout]) -> None:
    wrapped = "\n".join(body[0][i : i + 60] for i in range(0, len(body[0]), 60))
    first = " ".join(body[0].split()[:14]) + "\n" + " ".join(body[0].split()[14:])
    text = first + "\n\n" + "\n\n".join(body[1:])
    assert wrapped and len(laid(text).blocks) == 6


def test_a_list_without_sentences_is_kept_whole(laid: Callable[..., Layout]) -> None:
    text = "3 killed in Exampletown\n7 wounded in Sampleville"
    assert not laid(text).boilerplate


def test_empty_text(laid: Callable[..., Layout]) -> None:
    assert laid("").blocks == () and laid(" \n\u00a0\r\n").blocks == ()


LINES = st.one_of(
    st.text(max_size=80),
    st.sampled_from([line for lines in FURNITURE.values() for line in lines]),
    st.text(alphabet="aB .,-—’“\u00a0\u200b\t(@/", max_size=200),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", "\x0b", " "])), max_size=25))
def test_blocks_cover_every_character_once(parts: list[tuple[str, str]]) -> None:
    text = "".join(line + end for line, end in parts)
    layout = lay_out(Document("any", "any", text), KNOWN)
    covered = [offset for block in layout.blocks for offset in range(*block.span)]
    assert covered == sorted(set(covered))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(covered)
    for block in layout.blocks:
        piece = block.span.of(text)
        assert piece and piece == piece.strip()
        assert (block.boilerplate is not None) == (block.kind == "boilerplate")
    for clue in (layout.title, layout.author, layout.publisher, layout.section, layout.dateline, layout.dated, *layout.credits):
        assert clue is None or (clue.span is not None and clue.span.width > 0)
    assert layout == lay_out(Document("any", "any", text), KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 5_000_000,
        "the army took the town. " * 200_000,
        '"' * 1_000_000,
        "a-" * 1_000_000,
        "By A B, " * 200_000,
        "\n" * 500_000,
    ],
)
def test_no_text_hangs(text: str) -> None:
    assert lay_out(Document("big", "big", text), KNOWN).blocks is not None


def test_seeds(shared: Path) -> None:
    """The two open seeds: nothing of the article lost, all furniture out, captions named."""
    seeds = shared / "data" / "seeds"
    for path in sorted((seeds / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = gold["text"]
        layout = lay_out(Document(path.stem, path.name, text), KNOWN)
        solid = {i for i, char in enumerate(text) if not char.isspace()}
        kept = {i for span in layout.body for i in range(*span)} & solid
        own = {i for start, end in gold["body"] for i in range(start, end)} & solid
        assert len(own - kept) <= 0.003 * len(own)
        assert len(kept - own) <= 0.03 * max(1, len(solid - own))
        captions = [tuple(item["span"]) for item in gold["boilerplate"] if item["kind"] == "caption"]
        assert captions == [tuple(item.span) for item in layout.boilerplate if item.kind == "caption"]
