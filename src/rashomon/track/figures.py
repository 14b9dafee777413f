"""A source's figure given anew: in one text beside words of change, or in a later text for the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from ..records import Quantity, Span
from .found import Found
from .speakers import Speaker, linked, named, one_body
from .subjects import one_subject, other_days, places_in, within_days
from .voiced import Figure, Paper

_HARM = frozenset({"killed", "injured", "missing", "detained", "displaced", "abducted"})
# Somebody's count of which the reading knows no claim.
_COUNT_BY = re.compile(r"\b(?:[Cc]ount|[Tt]oll|[Ff]igure|[Ee]stimate|[Nn]umber)s? (?:by|from|of) (?:the )?[A-Z]")
_SOON = 14  # days
_WORD = re.compile(r"[^\W_]+")


def within(paper: Paper) -> Iterator[Found]:
    """In one document: a later figure of one source for one thing, in a sentence that says that it changes."""
    figures = [figure for figure in paper.figures if not paper.says("standing", figure.sentence)]
    for position, newer in enumerate(figures):
        clause = _clause(paper, newer)
        if _adds(paper, newer):
            continue
        fro = _from_to(paper, newer, figures)
        if fro is not None:
            yield _made(paper, fro, paper, newer, "the text gives the figure before it and after")
            continue
        if paper.marks(newer.sentence):
            continue
        says_so = any(paper.says(name, clause) is not None for name in ("changed", "before")) or paper.postscript(clause)
        if not says_so and not paper.reported_at(clause):
            continue
        if paper.past(newer) and not _between_times(paper, figures, position):
            yield from _of_before(paper, newer, figures)
            continue
        older = [
            figure for figure in figures[:position]
            if same_source(figure, newer, paper) and _whole(figure) and _whole(newer)
            and _one_thing(figure, newer, bare=True) and figure.value != newer.value
            and not paper.marks(figure.sentence) and not _adds(paper, figure)
            and (says_so or _said_anew(paper, figure, newer))
        ]
        named_alike = [figure for figure in older if figure.what == newer.what]
        same_noun = [figure for figure in older if _next(paper, figure) == _next(paper, newer) != ""]
        chosen = (same_noun or named_alike or older)[-1:]
        # Nothing says what a bare number counts: only one in the same or the sentence before can be what it replaces.
        for figure in chosen:
            if (newer.what and figure.what) or figure in same_noun or paper.beside(newer.span).overlaps(figure.span):
                yield _made(paper, figure, paper, newer, f"{newer.speaker.name} gives another figure in the same text")


def _between_times(paper: Paper, figures: Sequence[Figure], position: int) -> bool:
    """ "had counted 22 on Wednesday afternoon and 26 in the evening": both of before, the second after the first."""
    one, other = figures[position - 1] if position else None, figures[position]
    if one is None or one.sentence != other.sentence or not paper.past(one):
        return False
    between = Span(one.span.end, other.sentence.end)
    return any(between.covers(time.span) for time in paper.reading.times)


def _of_before(paper: Paper, older: Figure, figures: Sequence[Figure]) -> Iterator[Found]:
    """A figure of before stands beside the one that replaced it: the source's own, in this sentence or the nearest one."""
    if older.speaker.own and _COUNT_BY.search(paper.text, *older.sentence):
        return
    others = [
        figure for figure in figures
        if figure.value != older.value and not paper.past(figure) and same_source(figure, older, paper) and _whole(figure)
        and _one_thing(figure, older, bare=True) and not _adds(paper, figure) and paper.beside(older.span).overlaps(figure.span)
    ]
    apart = {figure: (figure.sentence != older.sentence, abs(figure.span.start - older.span.start)) for figure in others}
    if others:
        newer = min(others, key=lambda figure: apart[figure])
        found = _made(paper, older, paper, newer, f"{newer.speaker.name} names the figure that it gave before")
        yield msgspec.structs.replace(found, reported=True)


def across(a: Paper, b: Paper) -> Iterator[Found]:
    """In two documents, `a` the earlier: the same source's later figure for the same thing."""
    most = b.lore.words.window_days
    if not within_days(a, b, most):
        return
    for newer in b.figures:
        if newer.quantity is None or _adds(b, newer) or b.past(newer):
            continue
        if b.marks(newer.sentence) or b.says("standing", newer.sentence):
            continue
        options = []
        for older in a.figures:
            if older.quantity is None or _adds(a, older) or older.value == newer.value:
                continue
            voices = counter(a, older), counter(b, newer)
            told = _told_of(*voices, b, newer) and (voices[0].known or a.publisher == b.publisher)
            outlet = bool(a.publisher) and a.publisher == b.publisher
            body = outlet and one_body(*voices, b.lore.words.bodies)
            if not (same_voice(*voices) or told or body) or not _one_thing(older, newer, bare=False):
                continue
            if not _replaces(older.quantity, newer.quantity, told) or other_days(older, newer):
                continue
            changed = b.says("changed", newer.sentence) is not None or b.says("before", newer.sentence) is not None
            if newer.what not in _HARM and not changed:
                continue
            # Another week, or another town, is another happening unless the text ties them together.
            tied = changed or (older.days is not None and newer.days is not None) or within_days(a, b, _SOON)
            if not tied or _elsewhere(a, older, b, newer):
                continue
            if one_subject(a, older.span, b, newer.span, newer.speaker):
                options.append(older)
        if options:
            older = max(options, key=lambda figure: (len(a.stems(figure.sentence) & b.stems(newer.sentence)), -figure.span.start))
            yield _made(a, older, b, newer, f"{counter(b, newer).name} gives another figure for the same thing later")


def _elsewhere(a: Paper, older: Figure, b: Paper, newer: Figure) -> bool:
    one, other = places_in(a, older.sentence), places_in(b, newer.sentence)
    if not one or not other:
        one, other = places_in(a, a.beside(older.span)), places_in(b, b.beside(newer.span))
    return bool(one) and bool(other) and not one & other


def replacing(a: Paper, b: Paper) -> Iterator[Found]:
    """A body says that its figure takes the place of another body's."""
    for at, sentence in enumerate(b.sentences):
        if b.says("replacing", sentence) is None:
            continue
        span = Span(b.sentences[max(0, at - 1)].start, sentence.end)
        for newer in b.figures:
            if not span.covers(newer.span) or newer.what not in _HARM:
                continue
            told = {figure.value for figure in b.figures if sentence.covers(figure.span) and figure.span.start > newer.span.start}
            for older in a.figures:
                if told and older.value not in told:
                    continue
                alike = older.what == newer.what and older.value != newer.value and older.span != newer.span
                before = a.key != b.key or older.span.end <= span.start
                if alike and before and one_subject(a, older.span, b, newer.span, newer.speaker):
                    why = f"{newer.speaker.name} says that its figure replaces the earlier one"
                    yield _made(a, older, b, newer, why, replaced=True)
                    break


def _made(a: Paper, older: Figure, b: Paper, newer: Figure, why: str, *, replaced: bool = False) -> Found:
    who, before = counter(b, newer), counter(a, older)
    if before.key != who.key and before.known and (before.key in who.behind or not who.known or who.own) and not replaced:
        # Said through another, or told by the author of a body that the text names.
        who = before
    return Found("figure", who.name, a.cite(older.span, older.speaker), b.cite(newer.span, newer.speaker), why)


def counter(paper: Paper, figure: Figure) -> Speaker:
    """Whose figure it is: the speaker's, or that of the body which the author says counted."""
    quantity = figure.quantity
    if not figure.speaker.own or quantity is None or not quantity.counted_by:
        return figure.speaker
    key = named(quantity.counted_by, paper.lore.words)
    if key == figure.speaker.key or quantity.counted_by.lower() in paper.lore.words.own:
        return figure.speaker
    known = paper.lore.rules.identified(quantity.counted_by)
    return Speaker(quantity.counted_by, key, known, False, figure.speaker.chain, figure.speaker.attribution)


def same_source(older: Figure, newer: Figure, paper: Paper) -> bool:
    """In one text one name is one source, known or not; unnamed ones are so only where they are called alike."""
    one, other = counter(paper, older), counter(paper, newer)
    return (
        one.key == other.key or linked(one, other) or one_body(one, other, paper.lore.words.bodies)
        or _told_of(one, other, paper, newer)
    )


def _said_anew(paper: Paper, older: Figure, newer: Figure) -> bool:
    """One source at two times of one thing: no words of change, but no other place and no other day either."""
    if older.speaker.own or newer.speaker.own or older.sentence == newer.sentence or other_days(older, newer):
        return False
    return not places_in(paper, newer.sentence) - places_in(paper, paper.beside(older.span))


def _told_of(one: Speaker, other: Speaker, paper: Paper, newer: Figure) -> bool:
    """ "The council's count was raised to 1,900": the author tells of the source's new figure."""
    if not one.key or one.own or (other.known and not other.own) or paper.says("changed", newer.sentence) is None:
        return False
    words = set(_WORD.findall(paper.flat[newer.sentence.start : newer.sentence.end]))
    return "unnamed" not in one.key and set(_WORD.findall(one.key)) <= words


def _next(paper: Paper, figure: Figure) -> str:
    """The word behind the number, or the last one of what it counts."""
    if figure.quantity is not None and figure.what not in _HARM:
        return figure.what
    match = re.compile(r" ([^\W\d_]{4,})").match(paper.flat, figure.span.end)
    return match.group(1) if match is not None else ""


def _whole(figure: Figure) -> bool:
    return figure.quantity is None or figure.quantity.total_or_subset == "total"


def same_voice(one: Speaker, other: Speaker) -> bool:
    """In two texts: one known source."""
    return (one.known and other.known and one.key == other.key and bool(one.key)) or linked(one, other)


def _one_thing(older: Figure, newer: Figure, *, bare: bool) -> bool:
    if not older.what or not newer.what:
        return bare
    if older.what == newer.what:
        return True
    if older.what in _HARM or newer.what in _HARM:
        # "3,000 people displaced ... now 16,000 people"
        return bare and {older.what, newer.what} & {"people", "persons"} != set()
    return older.what.rstrip("s") == newer.what.rstrip("s")


def _replaces(older: Quantity, newer: Quantity, told: bool) -> bool:
    """One scope, one group, and no rolling count: of a stretch that began on one day each count is right at its own."""
    if older.total_or_subset != newer.total_or_subset or older.total_or_subset == "subset":
        return False
    if (older.scope != newer.scope and not told) or {older.status, newer.status} == {"civilian", "combatant"}:
        return False
    if older.side and newer.side and older.side != newer.side:
        return False
    if older.bound == "vague" or newer.bound == "vague":
        return False
    if older.scope == newer.scope == "incident" or told:
        return True
    return bool(older.as_of) and (older.since, older.as_of) == (newer.since, newer.as_of)


def _clause(paper: Paper, figure: Figure) -> Span:
    """The sentence up to the number, from the last semicolon on, and the words right behind it."""
    start = paper.text.rfind(";", figure.sentence.start, figure.span.start) + 1 or figure.sentence.start
    end = paper.text.find(";", figure.span.end, figure.sentence.end)
    return Span(start, end if end > 0 else figure.sentence.end)


def _adds(paper: Paper, figure: Figure) -> bool:
    """ "Two more", "another 12", "including 4": it replaces nothing."""
    words = _WORD.findall(paper.flat[max(figure.sentence.start, figure.span.start - 16) : figure.span.start])
    after = _WORD.findall(paper.flat[figure.span.start : min(len(paper.flat), figure.span.end + 8)])[:3]
    lore = paper.lore.words
    adds = set(words[-1:]) & (lore.adding | lore.parts) or set(after) & (lore.adding - {"other"})
    than = {"than"} & set(after) or {"than"} & set(words)
    return bool(adds) and not than


def _from_to(paper: Paper, newer: Figure, figures: Sequence[Figure]) -> Figure | None:
    """ "raised the toll from 11 to 27", "27, up from 11": the figure of before."""
    flat = paper.flat
    for older in figures:
        if older.sentence != newer.sentence or older.span.overlaps(newer.span) or older.value == newer.value:
            continue
        between = flat[min(older.span.end, newer.span.end) : max(older.span.start, newer.span.start)].strip()
        if older.span.end <= newer.span.start and between.endswith("to") and len(between) < 30:
            lead = flat[max(older.sentence.start, older.span.start - 12) : older.span.start]
            if re.search(r"\bfrom\s+(?:the |an? |about |some )?$", lead) and paper.says("changed", older.sentence):
                return older
        up_from = re.search(r"\b(?:up|down|raised|lowered) from\b", between)
        if newer.span.end <= older.span.start and up_from is not None and len(between) < 40:
            return older
    return None
