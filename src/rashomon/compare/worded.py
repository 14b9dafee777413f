"""Statements known by their wording alone, where no claim or event of the reading holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..knowledge.comparison import ComparisonRules
from ..records import Span
from .said import Said
from .voices import AUTHOR, Source

ATTACK = "ASSAULT"
_DENIALS = frozenset({"denies-occurrence", "denies-responsibility", "retracts", "disputes-figure"})
_WORD = re.compile(r"[^\W_]+")
_SUBJECT = 40  # characters before the words for a deed in which who did it is named


def untrue(source: Source, rules: ComparisonRules) -> Iterator[Said]:
    """A sentence that calls reports of an attack untrue where no claim of a denial holds it, and one that says of the dead
    that they were no civilians."""
    text = source.reading.text
    denials = [
        span for claim in source.claims.values() if source.voice(claim.id, rules).stance in _DENIALS
        for span in (*claim.content, *claim.cue)
    ]
    for sentence in source.sentences():
        words = _WORD.findall(sentence.of(text).lower())
        told = f" {' '.join(words)} "
        attacks = [event for event in source.events.values() if event.type == ATTACK and sentence.covers(event.trigger)]
        calls = any(f" {phrase} " in told for phrase in rules.falsehoods) and bool((rules.hearsay | rules.pronouns) & set(words))
        about = bool(attacks) or of_attack(source, (sentence,), rules)
        if calls and about and not any(span.overlaps(sentence) for span in denials):
            voice = source.voice(_voice_of(source, sentence), rules)
            yield Said(
                voice, "action", "no such attack", sentence, (sentence,), frozenset(event.action for event in attacks), True)
        if any(f" {phrase} " in told for phrase in rules.unharmed):
            voice = source.voice(_voice_of(source, sentence), rules)
            yield Said(voice, "recipient", "not civilians", sentence, (sentence,), rules.civilians, True)


def _voice_of(source: Source, sentence: Span) -> str | None:
    """The claim that holds the most of a sentence."""
    held = [
        (min(content.end, sentence.end) - max(content.start, sentence.start), claim.id)
        for claim in source.claims.values() for content in claim.content
        if claim.id != AUTHOR and content.overlaps(sentence)
    ]
    return max(held)[1] if held else None


def laid_to(source: Source, rules: ComparisonRules) -> Iterator[Said]:
    """"An Emirati jet had carried it out": a deed told before, laid to the party that stands right before the words."""
    text = source.reading.text
    for sentence in source.sentences():
        for phrase in rules.doings:
            match = re.search(rf"\b{re.escape(phrase)}\b", sentence.of(text), re.IGNORECASE)
            if match is None:
                continue
            at = sentence.start + match.start()
            before = text[max(sentence.start, at - _SUBJECT) : at]
            named = [
                (mention, entity.name) for entity in source.reading.entities
                if entity.kind in rules.party_kinds and entity.name != entity.name.lower()
                for mention in entity.mentions if sentence.covers(mention) and at - _SUBJECT <= mention.end <= at
            ]
            if not named or rules.negations & set(before.lower().split()):
                continue
            mention, name = max(named)
            claim = source.around(mention)
            voice = source.voice(claim, rules)
            if voice.speaker != name and voice.stance not in _DENIALS:
                yield Said(voice, "responsibility", name, mention, source.claims[claim].content if claim in source.claims else (),
                           frozenset((name,)), False)
            break


def of_attack(source: Source, spans: Sequence[Span], rules: ComparisonRules) -> bool:
    """True where the words of a denial are about an attack."""
    words = {word.strip(".,;:!?\"'“”‘’()") for span in spans for word in span.of(source.reading.text).lower().split()}
    if words & rules.blameable:
        return True
    # "Denied the accusation": what it is about is told elsewhere, unless the words tell of something that is no attack.
    others = (event for event in source.events.values() if any(span.covers(event.trigger) for span in spans))
    told = f" {' '.join(word for span in spans for word in span.of(source.reading.text).lower().split())} "
    apart = any(f" {phrase} " in told for phrase in rules.distancing)
    meant = apart or bool(words & rules.hearsay) or (bool(words) and words <= rules.pronouns)
    return meant and all(event.type in {ATTACK, "ACCUSE"} for event in others)
