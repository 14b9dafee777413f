"""Names of somebody that no file and no context knows, as the parser sees them."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.roles import PartyNouns
from ..records import Mention, Resolved, Span, Syntax

# What the parser calls a name of somebody, and what it never does.
_NAMED = frozenset({"ORG", "PERSON", "NORP"})
NEVER_SOMEBODY = frozenset(
    {"GPE", "LOC", "FAC", "DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT", "LAW", "PRODUCT"}
)
# How sure it is that such a name is a party at all.
_SURE = 0.3


def strangers(text: str, syntax: Syntax, resolved: Resolved, nouns: PartyNouns) -> Iterator[Mention]:
    """Unknown names and acronyms in text order, each a mention of no entity."""
    tokens = syntax.tokens
    taken = {index for span in _spoken_for(resolved) for index in syntax.within(span)}
    index = 0
    while index < len(tokens):
        token, last = tokens[index], index
        if token.pos == "PROPN" and index not in taken:
            if token.entity in _NAMED:
                while _goes_on(syntax, last + 1, token.entity) and last + 1 not in taken:
                    last += 1
                while last > index and tokens[last].pos not in {"PROPN", "NOUN"}:
                    last -= 1
            elif not _acronym(token.text) or token.entity in NEVER_SOMEBODY or token.lemma in nouns.nobody:
                index += 1
                continue
            first = index
            while first < last and tokens[first].text.lower() in nouns.leads:
                first += 1
            if tokens[first].text.lower() in nouns.openers:
                index = last + 1  # "Near Ayn Isa"
                continue
            span = syntax.span(first, last)
            yield Mention(span, last, "", span.of(text), "other", confidence=_SURE)
        index = last + 1


def _spoken_for(resolved: Resolved) -> Iterator[Span]:
    yield from (mention.span for mention in resolved.mentions)
    yield from (place.span for place in resolved.places)
    yield from (time.span for time in resolved.times)


def _goes_on(syntax: Syntax, index: int, entity: str) -> bool:
    """True inside a name: the token belongs to the one that began before it."""
    if index >= len(syntax.tokens):
        return False
    token = syntax.tokens[index]
    return token.entity == entity and not token.entity_begins and token.tag != "POS"


def _acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) > 1
