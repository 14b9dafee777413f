"""Who changes whose word: a new figure of one source, a correction of a place, a day or a doer, words that time overtook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..knowledge.comparison import ComparisonRules, Sides
from ..records import Comparison
from ..records.incident import Field
from ..records.vocabulary import Relation
from .accounts import Version
from .relations import relate
from .told import Told
from .voices import Source

NUMBERS: tuple[Field, ...] = ("killed", "injured", "strength")
# What a source may correct that is no figure.
CORRECTABLE: tuple[Field, ...] = ("actor", "place", "time")
# Relations of two totals that one source gives one after the other, and by which it says something new.
_REVISED = frozenset({"disagree", "compatible", "vaguer"})
_SAID = 60  # characters around a figure in which its sentence may say that it changed


def order_of_revision(
    a: Version, b: Version, one: Told, other: Told, relation: Relation, sources: Mapping[str, Source], rules: ComparisonRules
) -> tuple[bool, str] | None:
    """(one is the older, why) where a source changes what it said: its own later word, or one that says that it changes."""
    if relation == "disagree" and one.field == "outcome":
        return revision(a, b, rules)
    if relation not in _REVISED or one.field not in NUMBERS or one.quantity is None or other.quantity is None:
        return None
    if is_total(one) and is_total(other) and (order := revision(a, b, rules)) is not None:
        return order
    earlier = later(a, b)
    if earlier is None or relation == "vaguer":
        return None
    newer, older = (other, one) if earlier else (one, other)
    if newer.quantity is None or newer.quantity.total_or_subset != "total" or not one_source(a, b, older, newer, rules):
        return None
    if not says_so(newer, sources, rules):
        return None
    return earlier, f"{(b if earlier else a).label} says that the figure changed"


def says_so(told: Told, sources: Mapping[str, Source], rules: ComparisonRules) -> bool:
    """True where the words around the figure, in its own sentence, say that it changed: not those about another figure."""
    cited = told.shown.citation
    text = sources[cited.document].reading.text
    start, end = max(cited.sentence.start, cited.span.start - _SAID), min(cited.sentence.end, cited.span.end + _SAID)
    return rules.revises(text[start:end])


def one_source(a: Version, b: Version, one: Told, other: Told, rules: ComparisonRules) -> bool:
    """One speaker, whatever stands behind the name, or one outlet: enough where the newer says that it changes a figure."""
    names = one.voice.speaker, other.voice.speaker
    if names[0] is not None and (names[0] == names[1] or rules.one_office(names[0], names[1] or "")):
        return True
    return bool(a.account.chain[:1]) and a.account.chain[:1] == b.account.chain[:1]


def later(a: Version, b: Version) -> bool | None:
    """True when a came out before b, False when after, None where nobody knows."""
    first, second = a.published, b.published
    if first[1] and second[0] and first[1] < second[0]:
        return True
    if second[1] and first[0] and second[1] < first[0]:
        return False
    return None


def is_total(told: Told) -> bool:
    return told.field in NUMBERS and told.quantity is not None and told.quantity.total_or_subset == "total"


def overtaken(a: Told, b: Told) -> tuple[Told, Told] | None:
    """(older, newer) where the author tells how a thing ended that words quoted in the same text call unfinished."""
    if a.field != "outcome" or a.shown.citation.document != b.shown.citation.document:
        return None
    for older, newer in ((a, b), (b, a)):
        quoted = older.voice.speaker is not None and newer.voice.speaker is None
        if quoted and older.outcome == "ongoing" and newer.outcome in {"success", "failure"}:
            return older, newer
    return None


def revision(a: Version, b: Version, rules: ComparisonRules) -> tuple[bool, str] | None:
    """(a is the older, why) where both are one source's word and one came out after the other."""
    one, other = _own(a, rules), _own(b, rules)
    if one is None or other is None or (one != other and not rules.one_office(one, other)):
        return None
    order = later(a, b)
    return None if order is None else (order, f"{(b if order else a).label} revises its own word")


def _own(version: Version, rules: ComparisonRules) -> str | None:
    """Whose word it is: a named speaker's, that of an office ("the army": of one incident there is one), or the outlet's in
    its own voice. An organisation that publishes is one with itself where another outlet quotes it."""
    voice, outlet = version.voice, version.account.chain[:1]
    name = voice.speaker if voice.speaker is not None and (voice.identified or rules.office(voice.speaker)) else None
    if voice.speaker is None and outlet:
        name = outlet[0]
    return rules.own_name(name or "") or None


def put_right_between(a: Version, b: Version, field: Field, rules: ComparisonRules, sides: Sides) -> Comparison | None:
    """What one account corrects of what its own source said before in the other; None where it corrects nothing of this field."""
    if field not in CORRECTABLE:
        return None
    for older, newer in ((a, b), (b, a)):
        right, wrong = _corrected(newer, field)
        if not right or later(older, newer) is False:
            continue
        for told in older.told:
            plain = told.field == field and not (told.former or told.corrects or told.negative)
            apart = told.shown.citation.document != right[0].shown.citation.document
            if not plain or not apart or not one_source(older, newer, told, right[0], rules):
                continue
            verdict = relate(told, right[0], rules, sides)
            meant = [found for each in wrong if (found := relate(told, each, rules, sides)) is not None]
            named = any(found.relation in {"agree", "vaguer"} for found in meant)
            against = verdict is not None and verdict.relation == "disagree"
            if against or (named and (verdict is None or verdict.relation != "agree")):
                why = f"{newer.label} corrects it: {right[0].shown.text} for {told.shown.text}"
                return Comparison(field, "superseded", rules.questions[field], why, told.shown, right[0].shown)
    return None


def put_right_within(version: Version, rules: ComparisonRules, sides: Sides) -> Iterator[Comparison]:
    """A correction that gives both what was wrong and what is right."""
    for field in CORRECTABLE:
        right, wrong = _corrected(version, field)
        for one, other in zip(wrong, right, strict=False):
            verdict = relate(one, other, rules, sides)
            if verdict is None or verdict.relation != "agree":
                why = f"{version.label} corrects it: {other.shown.text} for {one.shown.text}"
                yield Comparison(field, "superseded", rules.questions[field], why, one.shown, other.shown)


def _corrected(version: Version, field: Field) -> tuple[list[Told], list[Told]]:
    """(what is right, what was wrong) of a field, as an account corrects it."""
    mine = [value for value in version.told if value.field == field]
    return [value for value in mine if value.corrects], [value for value in mine if value.former]
