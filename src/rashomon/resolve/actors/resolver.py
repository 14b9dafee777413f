"""One document's actors, step by step: words, war, names, composition, people, pronouns."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ...knowledge.folding import Word
from ...knowledge.lexicon import Lexicon
from ...records import Entity, Layout, Mention, Place, Publication, Syntax
from ..words import plainly, words_of
from .block import Block
from .compose import Composer
from .drafts import Cast
from .namesakes import Namesakes
from .owned import Owned
from .people import People
from .refer import Referents
from .scan import Unit, units_of, votes_of, war_here, war_of

# Words between a name and the one in brackets that means the same: "(presumably that means the Nusra Front)".
_EQUATED = 5


def resolve(
    text: str, layout: Layout, syntax: Syntax, publication: Publication, lexicon: Lexicon, places: tuple[Place, ...] = ()
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities in order of first mention and mentions in text order, in every block that was parsed.

    Names of parties are those in use on the day of publication, where that is known. Mentions may nest: in
    "Turkey-backed rebels" the whole is a mention, and Turkey is one with `modifier`. `places` are the document's, so that
    the parser's unknown people and organisations are not looked for on them.
    """
    published = _day(publication.best or publication.start)
    read = [plainly(words_of(text, block.span, syntax), syntax, lexicon.framing) for block in layout.blocks]
    blocks = [words for words in read if words]
    votes = [votes_of(lexicon, words) for words in blocks]
    war = war_of(lexicon, sum(votes, Counter()), published)
    persons = Namesakes.of(text, blocks, syntax, lexicon)
    named = _named(text, blocks, syntax, lexicon, war, persons)
    cast = Cast()
    composer = Composer(text, syntax, lexicon, war, cast, published)
    for words, theirs in zip(blocks, votes, strict=True):
        here = war_here(lexicon, theirs, published, war)
        local = composer if here == war else Composer(text, syntax, lexicon, here, cast, published)
        local.block(Block.of(words, units_of(text, words, syntax, lexicon, here, named, persons)))
    people = People(text, syntax, lexicon, cast, places, persons.titled, war)
    for words in blocks:
        people.block(words)
    Owned(text, syntax, lexicon, cast, composer).definite(blocks)
    Referents(text, syntax, lexicon, cast).resolve(blocks)
    owned = Owned(text, syntax, lexicon, cast, composer)
    owned.possessive(blocks)
    owned.definite(blocks)
    _rename(cast, lexicon, published)
    return cast.finished()


def _named(
    text: str, blocks: list[list[Word]], syntax: Syntax, lexicon: Lexicon, war: int | None, persons: Namesakes
) -> frozenset[str]:
    """Parties of the war that the text calls by a name of their own, so that a wider name need not stand for them; without those
    of which it says that the wider name is theirs: "the Nusra Front (al-Qaeda)"."""
    found: set[str] = set()
    alike: set[str] = set()
    for words in blocks:
        before: Unit | None = None
        for unit in units_of(text, words, syntax, lexicon, war, frozenset(), persons):
            if unit.sense.sort == "party" and unit.sense.form == "name":
                found.add(unit.sense.id)
            if before is not None and unit.sense.id == before.sense.id and "local" in (unit.sense.form, before.sense.form):
                gap = text[words[before.last - 1].end : words[unit.first].start]
                if "(" in gap and ")" not in gap and len(gap.split()) <= _EQUATED:
                    alike.add(unit.sense.id)
            before = unit
    return frozenset(found - alike)


def _rename(cast: Cast, lexicon: Lexicon, published: date | None) -> None:
    for figure in cast.figures.values():
        party = lexicon.parties.get(figure.id)
        if party is not None:
            figure.name = party.name_on(published)


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
