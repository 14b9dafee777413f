"""A source that says what cannot stand beside what it said before: it denied and now admits, the dead man lives."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Claim, Span
from .found import Found
from .speakers import Speaker, linked, one_body, one_name
from .subjects import one_subject, places_in, within_days
from .voiced import Paper

_DENIALS = frozenset({"denies-occurrence", "denies-responsibility"})
_COMMON, _SOON = 2, 7  # longer words in common, and days, that make two reports of one outlet reports of one thing
_WORDS = 5  # of a claim that says enough to be turned around


def within(paper: Paper) -> Iterator[Found]:
    """In one text: a claim in whose words the source says that it says otherwise now."""
    yield from _pairs(paper, paper)


def across(a: Paper, b: Paper) -> Iterator[Found]:
    """In two texts, `a` the earlier."""
    if within_days(a, b, b.lore.words.window_days):
        yield from _pairs(a, b)


def _pairs(a: Paper, b: Paper) -> Iterator[Found]:
    taken: set[Span] = set()
    for newer in b.turning:
        speaker = b.of_claim(newer.id)
        best: tuple[int, Span, str] | None = None
        for older in a.spoken:
            if a is b and older.id == newer.id:
                continue
            other = a.of_claim(older.id)
            body = a.publisher == b.publisher and within_days(a, b, _SOON) and (
                one_body(other, speaker, b.lore.words.bodies) or one_name(other, speaker)
            )
            if other.key != speaker.key and not linked(other, speaker) and not body:
                continue
            if a is b and older.content[-1].end > newer.content[0].start:
                continue
            if a is not b and not (speaker.known and other.known) and not body:
                continue
            found = _turned(a, older, b, newer, speaker)
            if found is not None and (best is None or found[0] > best[0]):
                best = found[0], _best(older), found[1]
        span = _best(newer)
        if best is not None and span not in taken:
            taken.add(span)
            yield Found("claim", speaker.name, a.cite(best[1]), b.cite(span, speaker), best[2])


def _best(claim: Claim) -> Span:
    return max(claim.content, key=lambda content: (content.width, -content.start))


def _turned(a: Paper, older: Claim, b: Paper, newer: Claim, speaker: Speaker) -> tuple[int, str] | None:
    """(how telling, why) where the newer claim turns the older around."""
    at, to = _best(older), _best(newer)
    own = set(speaker.key.split())
    wide, broad = a.sentence_of(older), b.sentence_of(newer)
    if a is b and wide == broad:
        # "The army, which had denied P, said that Q after all."
        admits = b.says("admitting", broad) is not None and older.stance in _DENIALS and newer.stance not in _DENIALS
        return (20, f"{speaker.name} now says otherwise") if admits else None
    proper = {word[:6] for word in own | set(a.proper(wide)) | set(b.proper(broad)) | a.anchors}
    shared = len((a.stems(wide) & b.stems(broad)) - proper)
    soon = shared >= _COMMON and a.publisher == b.publisher and within_days(a, b, _SOON)
    if not soon and not one_subject(a, at, b, to, speaker):
        return None
    names = len((a.proper(wide) & b.proper(broad)) - own)
    admits = b.says("admitting", broad) is not None
    turn = (older.stance in _DENIALS) != (newer.stance in _DENIALS)
    weight = 2 * names + shared
    left, right = (a.flat[at.start : at.end], b.flat[to.start : to.end])
    owns = b.says("conceding", broad) is not None or (a is not b and (b.titled("conceding") or b.titled("admitting")))
    if turn and owns and older.stance in _DENIALS and (a is not b or weight):
        return 15 + weight, f"{speaker.name} owns to what it denied"
    if admits and (turn or a is b) and (weight or (a is b and b.beside(to).overlaps(at)) or turn):
        return 20 + weight, f"{speaker.name} now says otherwise"
    persons = a.persons(wide) & b.persons(broad)
    for one, other, of_person in b.lore.words.opposed:
        if of_person != bool(persons) or (not of_person and not within_days(a, b, _SOON)):
            continue
        ahead = one.search(left) and other.search(right) and not one.search(right)
        back = other.search(left) and one.search(right) and not other.search(right)
        again = a is b and wide != broad and bool(b.reported_at(broad))
        told = weight > 1 and (admits or a is not b)
        here = a is b and (admits or (again and shared > 0))
        if (ahead or back) and (persons or (names and shared) or told or here):
            return 10 + weight, f"{speaker.name} says of one thing what cannot stand beside its earlier word"
    here = a is b and _later_said(b, wide, broad) and b.beside(to).overlaps(at)
    if here and turn and shared and not places_in(b, broad) - places_in(b, wide):
        return 5 + weight, f"{speaker.name} says otherwise at a later time"
    whole = len(a.flat[at.start : at.end].split()) >= _WORDS
    if turn and whole and shared >= _COMMON and (a is not b or admits) and not places_in(b, broad) - places_in(a, a.near(at)):
        earlier = "denied" if older.stance in _DENIALS else "said"
        return weight, f"{speaker.name} {earlier} before what it now {'says' if earlier == 'denied' else 'denies'}"
    return None


def _later_said(paper: Paper, wide: Span, broad: Span) -> bool:
    """Was the second sentence's claim made at a later time, as far as both are told?"""
    first, second = ([time for time in paper.reading.times if time.span in paper.reported_at(each)] for each in (wide, broad))
    if not second:
        return False
    days = [min((time.start[:10] for time in some if time.start), default=None) for some in (first, second)]
    return days[0] is None or days[1] is None or days[0] <= days[1]
