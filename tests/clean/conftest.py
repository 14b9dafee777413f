"""The furniture knowledge, and sample articles written for these tests; every event in them is made up or general."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.clean import lay_out
from rashomon.knowledge.boilerplate import Furniture, load_furniture
from rashomon.records import Document, Layout

HEADLINE = "Troops enter northern town after days of shelling"
BODY = (
    "Government troops pushed into the outskirts of the town on Tuesday, officials said, after three days of shelling "
    "that drove hundreds of families from their homes.",
    "“We left with nothing but the clothes we wore,” said a teacher who had walked for nine hours to reach the border "
    "crossing. “They didn’t stop firing.”",
    "Here is how the ministry put it:",
    "The ministry’s spokesman told reporters that the army’s advance would continue until the road to the north was open.",
    "Aid workers say that the town’s only hospital has run out of blood and that its surgeons operate by the light of "
    "telephones.",
    "The two sides signed a truce in 2018, but each accuses the other of breaking it, and the monitors’ reports have "
    "seldom been made public.",
)


@pytest.fixture(scope="session")
def furniture() -> Furniture:
    return load_furniture()


@pytest.fixture(scope="session")
def body() -> tuple[str, ...]:
    return BODY


@pytest.fixture(scope="session")
def article() -> Callable[..., str]:
    """`article(head=..., body=..., tail=...)`: those lines, blank lines between; the sample's own where not given."""

    def make(*, head: tuple[str, ...] = (HEADLINE,), body: tuple[str, ...] = BODY, tail: tuple[str, ...] = ()) -> str:
        return "\n\n".join((*head, *body, *tail))

    return make


@pytest.fixture(scope="session")
def laid(furniture: Furniture) -> Callable[..., Layout]:
    """`laid(text, **carrier)`: the layout of a document of that text."""

    def make(text: str, **carrier: str) -> Layout:
        return lay_out(Document("sample", "sample.txt", text, **carrier), furniture)

    return make


@pytest.fixture(scope="session")
def kinds(laid: Callable[..., Layout]) -> Callable[..., list[tuple[str, str]]]:
    """`kinds(text)`: every block's kind (the furniture's own kind for furniture) with its text."""

    def make(text: str, **carrier: str) -> list[tuple[str, str]]:
        return [(block.boilerplate or block.kind, block.span.of(text)) for block in laid(text, **carrier).blocks]

    return make
