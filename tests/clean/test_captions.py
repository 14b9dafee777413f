"""Captions are told from ledes that name a day and a place too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CAPTIONS = (
    "Servicemen fire a howitzer toward enemy lines near Sampleville, East region, Sunday, March 5, 2023. (AP Photo/Jane Sample)",
    "Smoke rises after an air strike on the port, Exampletown, on 12 April 2015. REUTERS/Jane Sample",
    "A fighter stands guard at a checkpoint in Exampletown on August 3, 2018.",
    "Displaced women wait for food at a camp in Sampleville on July 4, 2023 [Jane Sample/Reuters]",
    "File photo: Soldiers of the National Defence Force.",
    "Fighters look at smoke on the front line near Exampletown, in the north, on October 17, 2016. The army had begun an …",
    "(FILES) In this file photo taken on May 2, 2017 fighters march through the streets. (Photo by JANE SAMPLE / AFP)",
    "President John Example, left, shakes hands with rebel leader Omar Sample after talks in the capital.",
    "A boy looks at a destroyed house in Sampleville. Photo: Jane Sample",
    "Rebel fighters ride a captured tank in the streets of the capital. | AFP via Getty Images",
    "An image grab taken from a video released by the army shows the moment of the strike",
    "Rescue workers in the capital after a bombing, 21 February 2016",
    "Army troops set up a post on November 9, 2014 in the city's eastern quarter after they retook it. The army's advance was …",
)
LEDES = (
    "Gunmen shot dead 12 people at a market in Exampletown, Sampleland, on March 3, 2017, officials said.",
    "A suicide bomber killed at least 40 people in the port of Sampleville on May 23, 2016, in an attack claimed by the group.",
    "Warplanes hit a hospital in Exampletown on February 4, 2018. Nine people died.",
    "On August 21, 2013, rockets fell on the suburbs of the capital.",
    "The army takes control of the pass, after heavy fighting.",
    "Rebel forces took the town of Exampletown on January 12, 2023, the group’s founder said.",
    "The truce that began on January 1, 2017 holds in most of the country, diplomats say.",
    "Government forces are seen as close to victory in the north.",
    "“They came at night and took everyone they found,” he said. (Reuters)",
)


def place(line: str, body: tuple[str, ...], head: bool) -> tuple[str, ...]:
    return (line, *body) if head else (*body[:2], line, *body[2:])


@pytest.mark.parametrize("head", [True, False])
@pytest.mark.parametrize("line", CAPTIONS)
def test_captions(
    line: str, head: bool, article: Callable[..., str], body: tuple[str, ...], kinds: Callable[..., list[tuple[str, str]]]
) -> None:
    if not head and line.startswith("An image grab"):
        pytest.xfail("a caption without credit or date, deep in the article, is taken for a paragraph")
    found = kinds(article(body=place(line, body, head)))
    assert [text for kind, text in found if kind == "caption"] == [line]
    assert sum(kind == "paragraph" for kind, _ in found) == len(body)


@pytest.mark.parametrize("head", [True, False])
@pytest.mark.parametrize("line", LEDES)
def test_ledes(
    line: str, head: bool, article: Callable[..., str], body: tuple[str, ...], kinds: Callable[..., list[tuple[str, str]]]
) -> None:
    assert [block for block in kinds(article(body=place(line, body, head))) if block[0] not in ("headline", "paragraph")] == []


SHORT_PAGES = [
    (
        "Rebels claim capture of dam",
        "Fighters pose beside the Orlen dam's spillway in this picture from a video released by the group on Monday",
        "The Orlen Front said on Monday that its fighters had taken the dam above the town of Orlen, but the government said "
        "that its garrison still held the turbine hall.",
    ),
    (
        "Marsh villages emptied as brigade pulls back",
        "Residents of Tarn Ford cross the river with their belongings. Photograph: Lena Sample/Agency",
        "The Ninth Brigade withdrew from three villages along the Tarn on Tuesday, leaving the crossing to the river militia, "
        "officials in the district said. Residents had left in the night.",
    ),
    (
        "Hospital strike kills nine",
        "The wreck of the hospital in Kell, 4 May 2029",
        "Nine people were killed when the hospital in Kell was struck on Friday night, doctors there said. The air force said "
        "that it had flown no sorties over the town.",
    ),
]


@pytest.mark.parametrize("page", SHORT_PAGES)
def test_a_page_of_headline_caption_and_one_paragraph(
    kinds: Callable[..., list[tuple[str, str]]], page: tuple[str, str, str]
) -> None:
    assert [kind for kind, _ in kinds("\n\n".join(page))] == ["headline", "caption", "paragraph"]


def test_a_headline_of_two_words_over_a_caption(kinds: Callable[..., list[tuple[str, str]]]) -> None:
    text = (
        "Talks collapse\n\nDelegates of the government and the Southern Front leave the hotel in Maro (Photo: J. Sample)\n\n"
        "Talks between the government and the Southern Front collapsed in Maro on Monday after a dispute over prisoners, "
        "mediators said."
    )
    assert [kind for kind, _ in kinds(text)] == ["headline", "caption", "paragraph"]
