"""Which words of a text in title case or in capitals belong to a name, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from .files import HERE, load_yaml
from .folding import fold, key_of
from .lexicon import Lexicon
from .places import Places, place_key

LONGEST = 4  # words of a name that are looked up together
LARGE = 100_000  # inhabitants of a town that is better known than the word of its name


class Casing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `casing.yaml` holds: words that begin no name in a headline, and names that nothing else tells."""

    common: tuple[str, ...]
    names: tuple[str, ...]


class ProperNames:
    """The names of actors and places, for text whose capitals do not tell them."""

    def __init__(self, lexicon: Lexicon, places: Places, casing: Casing) -> None:
        self._lexicon = lexicon
        self._places = places
        self._common = frozenset(casing.common)
        self._names = {fold(name): name for name in casing.names}

    @classmethod
    def load(cls, lexicon: Lexicon, places: Places, path: Path = HERE / "casing.yaml") -> ProperNames:
        """With the words of a knowledge file. KnowledgeError when it breaks its form."""
        return cls(lexicon, places, load_yaml(path, Casing))

    def written(self, words: Sequence[str], plain: Sequence[bool]) -> list[str | None]:
        """How each word is written where it belongs to a known name, longest first; None elsewhere.

        `plain` says which words are ordinary words of the language: such a one alone is a name only where the lists of actors
        and states have it, or a large town is called so.
        """
        found: list[str | None] = [None] * len(words)
        at = 0
        while at < len(words):
            for count in range(min(LONGEST, len(words) - at), 0, -1):
                name = self._name(words[at : at + count], count == 1 and plain[at])
                if name is not None:
                    found[at : at + count] = name
                    at += count
                    break
            else:
                at += 1
        return found

    def _name(self, words: Sequence[str], plain: bool) -> list[str] | None:
        if len(words) == 1 and words[0].lower() in self._common:
            return None
        if len(words) == 1 and fold(words[0]) in self._names:
            return [self._names[fold(words[0])]]
        key = key_of(" ".join(words))
        if len(key) != len(words):
            return None
        for entry in self._lexicon.entries.get(key[0], ()):
            if entry.rest == key[1:] and all(one[0].isupper() or len(one) < 4 for one in entry.written):
                written = list(entry.written)
                if len(written) == len(words) and written[0][0].isupper() and (not written[0].isupper() or words[0].isupper()):
                    return written
        sites = self._places.known_sites(place_key(" ".join(words)))
        if sites and (not plain or any(site.kind != "town" or (site.population or 0) >= LARGE for site in sites)):
            return [word.capitalize() for word in words]
        return None
