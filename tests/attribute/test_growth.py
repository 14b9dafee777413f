"""Work grows with the length of the text and no faster, whatever the text: counted in reads of tokens, then in seconds.

Trees that no parser would build show what a parser's mistake could cost; they are made by hand, so that nothing is parsed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rashomon.attribute import attribute
from rashomon.coding import code
from rashomon.knowledge.coding import CodingKnowledge, load_coding
from rashomon.knowledge.cues import CueKnowledge
from rashomon.reader import Reader
from rashomon.records import Block, Claim, Document, Layout, Metadata, Publication, Resolved, Sentence, Span, Syntax, Token

Read = Callable[..., tuple[Claim, ...]]
Sound = Callable[[str, tuple[Claim, ...]], None]
METADATA = Metadata(None, "The Herald", None, Publication(None, None, "unknown"), "en", "report")
NOBODY = Resolved((), (), (), ())
# Four times the text may cost this many times the work: linear is 4, the square 16.
MOST_GROWTH = 6
# The same for CPU seconds, which a busy machine disturbs.
MOST_GROWTH_IN_SECONDS = 8

VERBS = [("said", "say", "VBD"), ("denied", "deny", "VBD"), ("citing", "cite", "VBG"), ("killed", "kill", "VBD")]
NAMES = [("Reuters", "reuters", "NNP"), ("Tass", "tass", "NNP"), ("officials", "official", "NNS"), ("it", "it", "PRP")]
POS = {"VBD": "VERB", "VBG": "VERB", "NNP": "PROPN", "NNS": "NOUN", "PRP": "PRON", ",": "PUNCT"}
SHAPES = [
    ("hub", "conj", VERBS), ("hub", "advcl", VERBS), ("hub", "dep", VERBS), ("hub", "aux", VERBS), ("hub", "neg", NAMES),
    ("hub", "nsubj", NAMES), ("hub", "dobj", NAMES), ("hub", "ccomp", VERBS), ("hub", "conj", NAMES), ("chain", "ccomp", VERBS),
    ("chain", "conj", VERBS), ("chain", "conj", NAMES), ("chain", "prep", VERBS), ("chain", "appos", NAMES),
    ("chain", "relcl", VERBS), ("hub", "acl", VERBS), ("hub", "amod", VERBS), ("hub", "relcl", VERBS),
]  # fmt: skip


class Watched(tuple[Any, ...]):
    """A tuple that counts how often an element of it is read."""

    reads = 0

    def __getitem__(self, at: Any) -> Any:
        Watched.reads += 1
        return tuple.__getitem__(self, at)

    def __iter__(self) -> Iterator[Any]:
        Watched.reads += len(self)
        return tuple.__iter__(self)


@pytest.fixture(scope="module")
def cues() -> CueKnowledge:
    return CueKnowledge.load()


@pytest.fixture(scope="module")
def coding() -> CodingKnowledge:
    return load_coding()


def tree(shape: str, relation: str, words: list[tuple[str, str, str]], count: int) -> tuple[str, Syntax]:
    """One sentence, whose tokens all hang from the first ("hub"), or each from the one before it ("chain")."""
    chosen = [VERBS[0], *random.Random(3).choices(words, k=count - 1)]
    tokens, at = [], 0
    for index, (word, lemma, tag) in enumerate(chosen):
        head = 0 if shape == "hub" else max(0, index - 1)
        relation_here = relation if index else "ROOT"
        tokens.append(Token(at, at + len(word), word, lemma, POS[tag], tag, relation_here, head))
        at += len(word) + 1
    text = " ".join(word for word, _, _ in chosen)
    below: list[list[int]] = [[] for _ in tokens]
    for index, token in enumerate(tokens[1:], 1):
        below[token.head].append(index)
    children = Watched(Watched(each) for each in below)
    sentence = Sentence(Span(0, len(text)), 0, count, 0, "body")
    return text, Syntax(Watched(tokens), (sentence,), children)


@pytest.mark.parametrize(("shape", "relation", "words"), SHAPES)
def test_any_tree_costs_in_proportion(
    cues: CueKnowledge, coding: CodingKnowledge, sound: Sound, shape: str, relation: str, words: list[tuple[str, str, str]]
) -> None:
    def work(count: int) -> tuple[int, int]:
        text, syntax = tree(shape, relation, words, count)
        Watched.reads = 0
        claims = attribute(text, Layout((Block(Span(0, len(text)), "paragraph"),)), syntax, METADATA, NOBODY, cues)
        attributing, Watched.reads = Watched.reads, 0
        sound(text, claims)
        code(text, syntax, NOBODY, claims, coding)
        return attributing, Watched.reads

    # Both are past every bound on how far one thing looks, such as the 200 tokens of a content that are read for its stance.
    small, large = work(400), work(1600)
    assert large[0] < MOST_GROWTH * small[0], f"attribution: {small[0]} reads, then {large[0]}"
    assert large[1] < MOST_GROWTH * small[1], f"coding: {small[1]} reads, then {large[1]}"


# ----------------------------------------------------------------------------------------------------- texts, as parsed


def parts(*phrases: str, lead: str = "", last: str = ".", join: str = " ") -> Callable[[int], str]:
    """A maker of texts of about n words out of the phrases, drawn by chance but always alike."""

    def make(words: int) -> str:
        each = sum(len(phrase.split()) for phrase in phrases) / len(phrases)
        return lead + join.join(random.Random(7).choices(phrases, k=max(1, int(words / each)))) + last

    return make


def nested(words: int) -> str:
    """Quotations in quotations: "“He said “He said ... it fell””"."""
    return "“He said " * (words // 2) + "it fell" + "”" * (words // 2)


RUNNING = """the army of rebels took killed three people near town said and with on Monday government forces who denied that had
left from village spokesman 12 hospital attack was according to reported claimed""".split()  # noqa: SIM905
SAID = "The minister said that the town had fallen."
BAD: dict[str, Callable[[int], str]] = {
    "a mark opened at each paragraph": parts("“" + SAID, "“He denied it and told AFP that nobody was hurt.", join="\n"),
    "straight marks never closed": parts('"' + SAID, SAID, join="\n"),
    "one mark opened at the start": parts(SAID, lead="“", join="\n"),
    "marks that only close": parts("The minister said” that the town had fallen.", join="\n"),
    "closed at the very end": parts("The “minister said that the town had fallen.", lead="“", last="”", join="\n"),
    "nested marks": nested,
    "marks and nothing else": parts("“", "”", "‘", "«", '"'),
    "one long sentence": parts(*RUNNING, lead="Officials said "),
    "one sentence of conjuncts": parts("that the road was open and", lead="The mayor said ", last=" that it was closed."),
    "one list of speakers": parts("Reuters,", "the army,", "residents,", last=" and Tass said that the town had fallen."),
    "one list of hearers": parts("Reuters,", "AFP,", "the BBC,", lead="He told ", last=" and Tass that the town had fallen."),
    "no punctuation": parts(*RUNNING, last=""),
    "sentences without punctuation": parts("the minister said that the town had fallen", "according to Tass nobody was hurt"),
    "mixed scripts": parts(
        "Россия заявила, что город пал.", "قال المتحدث إن المدينة سقطت", "发言人说城市已经陷落。", "😀🔥🇺🇸", "“قال” he said.",
        "The minister said that “город” had fallen.", "AFP reported that 陷落 was near 😀."
    ),
    "nothing but said": parts("said", last=""),
    "nothing but cues": parts("said", "denied", "claimed", "told", "according to", "alleged", "rejected", "citing", "quoted by"),
    "said, line by line": parts("said said said", join="\n", last=""),
    "that he said that he said": parts("he said that", "she denied that", last=" it fell."),
    "colons": parts("He said:", "Here is what the minister said:", join="\n", last=""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_texts_are_read(read: Read, sound: Sound, name: str) -> None:
    text = BAD[name](1200)
    sound(text, read(text))


@pytest.mark.long
@pytest.mark.parametrize("name", BAD)
def test_bad_texts_take_time_in_proportion(reader: Reader, sound: Sound, name: str) -> None:
    took = []
    for words in (5_000, 10_000, 20_000):
        text = BAD[name](words)
        before, start = reader.seconds.get("attribute", 0.0), time.process_time()
        sound(text, reader.read(Document("a", "a.txt", text)).attributions)
        took.append((reader.seconds["attribute"] - before, time.process_time() - start))
    for stage, (small, middle, large) in zip(("attribution", "reading"), zip(*took, strict=True), strict=True):
        assert large < MOST_GROWTH_IN_SECONDS * max(small, 0.05), f"{stage}: {small:.2f}, {middle:.2f}, {large:.2f} s"


@pytest.mark.long
def test_a_book_of_two_megabytes_with_a_mark_left_open_at_each_paragraph(reader: Reader, sound: Sound) -> None:
    book = BAD["a mark opened at each paragraph"](400_000)
    assert len(book) > 2_000_000
    took = []
    for text in (book[: len(book) // 4], book):
        before, start = reader.seconds.get("attribute", 0.0), time.process_time()
        sound(text, reader.read(Document("a", "a.txt", text)).attributions)
        took.append((reader.seconds["attribute"] - before, time.process_time() - start))
    assert all(large < MOST_GROWTH_IN_SECONDS * small for small, large in zip(*took, strict=True)), took


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()
