"""Whose word a passage is, and when two names are one source."""

from __future__ import annotations

import re

import msgspec

from ..knowledge.revisions import RevisionWords, levelled


class Speaker(msgspec.Struct, frozen=True):
    """Whose word it is. `key` is what makes two sources one; `known` is false for a source that is never the same in two
    documents ("residents"); `own` marks the publisher's own voice; `behind` the keys of those through whom it speaks."""

    name: str
    key: str
    known: bool
    own: bool
    chain: tuple[str, ...]
    attribution: str
    behind: frozenset[str] = frozenset()


def named(name: str, words: RevisionWords) -> str:
    """What makes two names one source: small letters, no articles, and a spokesman is whom he speaks for."""
    low = " ".join(levelled(name).replace(",", " ").split())
    for front in words.fronts:
        if low.startswith(front + " "):
            low = low[len(front) + 1 :]
    for office in words.offices:
        for joint in (f"'s {office}", f"' {office}"):
            if low.endswith(joint):
                low = low[: -len(joint)]
    kept = [word.removesuffix("'s") for word in low.split() if word not in {"the", "a", "an", "of", "in", "for", "and", "same"}]
    return " ".join(sorted(kept))


def spoken_for(around: str, name: str, words: RevisionWords) -> frozenset[str]:
    """Keys of the bodies for which the text says that a person speaks: "X's spokesman, NAME", "NAME, the spokesman of X"."""
    flat, low = levelled(around), re.escape(levelled(name))
    offices = words.office_words
    last, body = low.rpartition("\\ ")[2], r"((?:[\w'-]+ ){0,3}[\w-]+)"
    forms = (
        rf"{body}'s? (?:\w+ )?(?:{offices}),? [^.]{{0,40}}?{last}",
        rf"{last},? (?:a|the|its) (?:\w+ )?(?:{offices}) (?:of|for) {body}",
    )
    titles = words.body_words
    whole = r"\s+".join(re.escape(part) for part in levelled(name).split())
    held = None
    if re.search(titles, flat) is not None:
        held = re.search(rf"\b({titles})(?: (?:of|for|in) (?:[\w'-]+ ){{0,3}}?[\w'-]+)?,? {whole}", flat) or re.search(
            rf"{whole}, (?:a|the|its|their) (?:[\w'-]+ ){{0,3}}?({titles})\b", flat
        )
    # Most sentences name no office: their patterns need not be made.
    spoken = re.search(offices, flat) is not None
    found = [match.group(1) for form in forms for match in re.finditer(form, flat)] if spoken else []
    keys: set[str] = set()
    for words_ in found:
        parts = words_.split()
        # The name of the body may begin anywhere in the words before: each ending of them is one of its names.
        keys.update(named(" ".join(parts[at:]), words) for at in range(len(parts)))
        keys.update(named(" ".join(parts[: at + 1]), words) for at in range(len(parts)))
    if held is not None:
        keys.add(held.group(1))
    return frozenset(key for key in keys if key)


def one_body(one: Speaker, other: Speaker, bodies: frozenset[str]) -> bool:
    """In one outlet's texts: a source without a name of its own that is called alike, "the ministry" after "the interior
    ministry" included."""
    first, second = one.key.split(), other.key.split()
    if not first or not second or not set(first) & bodies or not set(second) & bodies:
        return False
    return set(first) <= set(second) or set(second) <= set(first)


def one_name(one: Speaker, other: Speaker) -> bool:
    """A person's last name after the whole one, or a name with what its bearer is: the words of the one are among the other's."""
    first, second = set(one.key.split()), set(other.key.split())
    if not one.known or not other.known or one.own or other.own or not first or not second:
        return False
    short, long = sorted((one, other), key=lambda speaker: len(speaker.key))
    last = short.name.split()[-1:]
    return (first <= second or second <= first) and last == long.name.split()[-1:] and short.name[:1].isupper()


def linked(one: Speaker, other: Speaker) -> bool:
    """One speaks for the other."""
    return bool(one.key) and bool(other.key) and (one.key in other.behind or other.key in one.behind)


def one_source(one: Speaker, other: Speaker, bodies: frozenset[str]) -> bool:
    """One name, one body or one person, or the one speaks for the other: for texts that are known to belong together."""
    return bool(one.key) and (one.key == other.key or linked(one, other) or one_name(one, other) or one_body(one, other, bodies))
