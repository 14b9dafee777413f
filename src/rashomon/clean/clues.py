"""What the furniture and the first words of a text say of the document: title, author, outlet, section, credits, date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..knowledge.boilerplate import Furniture, OutletRole
from ..records import Block, Clue, Document, Layout, Span
from .lines import plain
from .phrases import LONGEST, byline, person

SECTION = re.compile(r"(?:[Ii]n|Posted in|Filed under:?) [A-Z][\w&'-]*(?:(?: |, | & )[A-Z&][\w'-]*){0,3}")
_CRUMBS = re.compile(r" ?(?:>|»|›|→|::) ?")
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w.'’/-]+(?: [A-Z][\w.'’/-]+){0,3}(?:, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})?)"
    r"(?P<date>,? [^()]{3,30}?)?(?: ?\((?P<agency>[^()]{2,40})\))? ?(?:--|[–—:-]) ?(?=[\"'A-Z0-9])"
)
# "in Nairobi" after a correspondent's name.
_WHERE = re.compile(r"(?:,? (?:in|at) [A-Z][\w' -]{1,40})$")
_HEADS = 3


class _Found(NamedTuple):
    """A clue with its standing: the lower the rank, the weightier."""

    rank: int
    clue: Clue


def clues(document: Document, blocks: Sequence[Block], furniture: Furniture) -> Layout:
    """The layout of `blocks` with every clue that they and the document's carrier give."""
    text = document.text
    named: dict[str, list[_Found]] = {"title": [], "author": [], "publisher": [], "origin": [], "section": []}
    agencies: list[Clue] = []
    dated: list[_Found] = []
    first = next((i for i, block in enumerate(blocks) if block.kind == "paragraph"), len(blocks))
    for i, block in enumerate(blocks):
        if block.kind != "boilerplate" or block.span.width > LONGEST or block.boilerplate == "caption":
            continue
        line = plain(block.span.of(text))
        _from_patterns(line, block.span, text, furniture, named, agencies)
        if i < first:
            _from_section(line, block.span, text, furniture, named)
            _from_masthead(line, block.span, text, furniture, named)
        if block.boilerplate == "byline":
            _from_byline(line, block.span, text, i, first, furniture, named, agencies, dated)
    dateline = _from_dateline(text, blocks, furniture, agencies, dated, named["publisher"])
    headline = next((Clue(block.span.of(text), block.span) for block in blocks if block.kind == "headline"), None)
    origin = _best(named["origin"])
    publisher = _carried(document.publisher) or _best(named["publisher"])
    return Layout(
        blocks=tuple(blocks),
        title=_carried(document.title) or headline or _best(named["title"]),
        author=_carried(document.author) or _best(named["author"]),
        publisher=publisher,
        section=_best(named["section"]),
        republished_from=origin if origin and not (document.publisher and _alike(origin.value, document.publisher)) else None,
        credits=_once(agencies),
        dateline=dateline,
        dated=_best(dated),
    )


def _from_patterns(
    line: str, span: Span, text: str, furniture: Furniture, named: dict[str, list[_Found]], agencies: list[Clue]
) -> None:
    for pattern in furniture.clues:
        match = pattern.pattern.search(line)
        if match is None:
            continue
        for group in match.groupdict():
            at = Span(span.start + match.start(group), span.start + match.end(group)).trimmed(text)
            at = Span(at.start, at.start + len(at.of(text).rstrip(" .,;:!")))
            value = at.of(text)
            if not value:
                continue
            if group == "credit":
                agencies.append(Clue(furniture.agencies.get(value, value), at))
            elif group == "author" and not _somebody(plain(value), furniture):
                continue
            elif group != "outlet":
                named[group].append(_Found(1, Clue(value, at)))
            elif value.lower() not in furniture.no_outlets and not value.islower() and value not in furniture.agencies:
                _outlet(pattern.outlet_is, Clue(value, at), named)


def _outlet(role: OutletRole, clue: Clue, named: dict[str, list[_Found]]) -> None:
    """A copy's publisher of record is the outlet that it was copied from."""
    if role == "origin":
        named["origin"].append(_Found(0, clue))
    named["publisher"].append(_Found({"origin": 0, "publisher": 2, "owner": 3}[role], clue))


def _from_masthead(line: str, span: Span, text: str, furniture: Furniture, named: dict[str, list[_Found]]) -> None:
    words = line.split()
    if 2 <= len(words) <= 5 and words[-1].lower() in furniture.outlet_words and all(word[0].isupper() for word in words):
        named["publisher"].append(_Found(4, Clue(span.of(text), span)))


def _from_section(line: str, span: Span, text: str, furniture: Furniture, named: dict[str, list[_Found]]) -> None:
    if line.lower() in furniture.sections:
        named["section"].append(_Found(2, Clue(span.of(text), span)))
        return
    if SECTION.fullmatch(line):
        start = re.match(r"(?:[Ii]n|Posted in|Filed under:?) ", line)
        at = Span(span.start + (start.end() if start else 0), span.end)
        named["section"].append(_Found(0, Clue(at.of(text), at)))
        return
    crumbs = _CRUMBS.split(line)
    if len(crumbs) >= 2 and crumbs[0].lower() in ("home", "news", "world") and len(crumbs[-1].split()) <= 3:
        at = Span(span.start + line.rindex(crumbs[-1]), span.end).trimmed(text)
        if at.width:
            named["section"].append(_Found(1, Clue(at.of(text), at)))


def _from_byline(
    line: str,
    span: Span,
    text: str,
    index: int,
    first: int,
    furniture: Furniture,
    named: dict[str, list[_Found]],
    agencies: list[Clue],
    dated: list[_Found],
) -> None:
    found = byline(line, furniture)
    if found is not None and index < first + _HEADS:
        author = Span(span.start + found.author[1], span.start + found.author[1] + len(found.author[0]))
        if not _somebody(found.author[0], furniture):
            pass
        elif found.author[0] in furniture.agencies:
            agencies.append(Clue(furniture.agencies[found.author[0]], author))
        else:
            named["author"].append(_Found(0, Clue(author.of(text), author)))
        outlet = found.outlet[0]
        if outlet and outlet.lower() not in furniture.no_outlets and outlet not in furniture.agencies:
            at = Span(span.start + found.outlet[1], span.start + found.outlet[1] + len(outlet))
            named["publisher"].append(_Found(1, Clue(at.of(text), at)))
    elif index < first and (name := _WHERE.sub("", line)) and person(name, furniture) and _somebody(name, furniture):
        author = Span(span.start, span.start + len(name))
        named["author"].append(_Found(2, Clue(author.of(text), author)))
    for match in furniture.agency.finditer(line):
        if match.group() not in furniture.photo_services:
            at = Span(span.start + match.start(), span.start + match.end())
            agencies.append(Clue(furniture.agencies[match.group()], at))
    if index < first:
        date = furniture.full_date.search(line) or furniture.date.search(line)
        if date is not None:
            at = Span(span.start + date.start(), span.start + date.end())
            full = furniture.full_date.search(line) is not None
            later = line.lower().startswith(("updated", "last", "modified"))
            dated.append(_Found(2 * (not full) + later, Clue(at.of(text), at)))


def _from_dateline(
    text: str, blocks: Sequence[Block], furniture: Furniture, agencies: list[Clue], dated: list[_Found], issuers: list[_Found]
) -> Clue | None:
    for block in _paragraphs(blocks):
        head = plain(text[block.span.start : min(block.span.end, block.span.start + 120)])
        match = _DATELINE.match(head)
        if match is None:
            continue
        agency = match["agency"]
        known = agency in furniture.agencies if agency else False
        stamp = furniture.date.search(head, match.end("place"), match.end()) or furniture.date.search(head, 0, match.end())
        # "BEIRUT, July 17": a month may pass for the second part of the place.
        ends = match.end("place") if stamp is None else min(match.end("place"), len(head[: stamp.start()].rstrip(" ,")))
        capital = head[:ends].split(",")[0].isupper() and ends > 2
        dateless = stamp is None and bool((match["date"] or "").strip())
        if not ends or not (capital or known) or dateless:
            continue
        start = block.span.start
        if agency:
            at = Span(start + match.start("agency"), start + match.end("agency"))
            name = furniture.agencies.get(agency, agency)
            if known:
                agencies.append(Clue(name, at))
            # A dispatch that no outlet's name stands over is its agency's own; without a day, "(Syria)" may stand there.
            if known or stamp is not None:
                issuers.append(_Found(5, Clue(name, at)))
        if stamp is not None:
            at = Span(start + stamp.start(), start + stamp.end())
            dated.append(_Found(4, Clue(at.of(text), at)))
        place = Span(start, start + ends)
        return Clue(place.of(text), place)
    return None


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Block]:
    count = 0
    for block in blocks:
        if block.kind == "paragraph":
            yield block
            count += 1
            if count == _HEADS:
                return


def _somebody(name: str, furniture: Furniture) -> bool:
    """False for an author who is only "the Geneva bureau" or the paper's staff."""
    words = name.split()
    if words[-1] in furniture.staff_words and re.search(r"['’]s? ", name):
        return False  # "The Post's Beirut and Geneva bureaus"
    return " and " in name or not (words[-1] in furniture.staff_words or words[-1].lower() in furniture.outlet_words)


def _carried(value: str | None) -> Clue | None:
    kept = (value or "").strip()
    return Clue(kept, None) if kept else None


def _best(found: Sequence[_Found]) -> Clue | None:
    return min(found, key=lambda item: item.rank).clue if found else None


def _alike(a: str, b: str) -> bool:
    """Do two names mean one outlet, "The" and the ending of an address aside?"""

    def bare(name: str) -> str:
        return re.sub(r"^(?:the|www\.)|\.(?:com|org|net|info|news|co\.uk)$|\W", "", name.lower().strip())

    return bare(a) == bare(b)


def _once(agencies: Sequence[Clue]) -> tuple[Clue, ...]:
    seen: dict[str, Clue] = {}
    for clue in agencies:
        seen.setdefault(clue.value, clue)
    return tuple(seen.values())
