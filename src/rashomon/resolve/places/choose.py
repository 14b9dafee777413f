"""Which place a name means: by the other places of the document, not by size alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from operator import mul

from ...knowledge.places import Places, Site
from .reasons import Reasons
from .toponym import Toponym

ROUNDS = 2
# Names this near in the text (characters from start to start) are beside each other.
BESIDE = 80


class Chooser:
    """Chooses among the candidates of all toponyms of one document."""

    def __init__(self, places: Places, toponyms: list[Toponym], codes: Mapping[str, int]) -> None:
        self._places, self._toponyms = places, toponyms
        self._weights = places.learned.choice
        self._by_key: dict[str, list[int]] = {}
        for at, toponym in enumerate(toponyms):
            if not toponym.adjective and toponym.sites:
                self._by_key.setdefault(toponym.key, []).append(at)
        self.reasons = Reasons(places, toponyms, codes)
        self._own: dict[int, list[list[float]]] = {}

    def choose(self) -> None:
        """Sets `chosen` and `confidence` of every toponym; one name means one place throughout unless its parent differs."""
        chosen: dict[str, Site] = {}
        for key, members in self._by_key.items():
            chosen[key] = self._best(key, self.speaking(members), {})[0]
        earlier: dict[str, Site] | None = None
        for _ in range(ROUNDS):
            before = dict(chosen)
            if before == earlier:
                break  # nothing changed: nothing will
            earlier = before
            for key, members in self._by_key.items():
                if len(self._toponyms[members[0]].sites) > 1:
                    chosen[key] = self._best(key, self.speaking(members), before)[0]
        for key, members in self._by_key.items():
            found: dict[str, tuple[Site, float]] = {}
            for at in members:
                toponym = self._toponyms[at]
                mark = f"{toponym.parent}|{toponym.kind_word}"
                if mark not in found:
                    found[mark] = self._best(key, at, chosen)
                toponym.chosen, margin = found[mark]
                toponym.confidence = round(0.5 + 0.5 * (1 - math.exp(-margin / 2)), 2)
        for toponym in self._toponyms:
            if toponym.adjective:
                toponym.chosen, toponym.confidence = self._places.adjective(toponym.key), 0.9

    def speaking(self, members: list[int]) -> int:
        """The mention that stands for all of its name: the first one with a parent or a kind, else the first."""
        toponyms = self._toponyms
        return next((at for at in members if toponyms[at].parent or toponyms[at].kind_word), members[0])

    def _best(self, key: str, at: int, chosen: Mapping[str, Site]) -> tuple[Site, float]:
        sites = self._toponyms[at].sites
        if len(sites) == 1:
            return sites[0], 6.0
        scores = [sum(map(mul, self._weights, row)) for row in self.rows(key, at, chosen)]
        order = sorted(range(len(sites)), key=lambda index: (-scores[index], index))
        return sites[order[0]], scores[order[0]] - scores[order[1]]

    def rows(self, key: str, at: int, chosen: Mapping[str, Site]) -> list[list[float]]:
        """The reasons for each candidate, given what the other names are taken for."""
        toponym = self._toponyms[at]
        if at not in self._own:
            self._own[at] = self.reasons.own(toponym)
        rows = [list(row) for row in self._own[at]]
        others = [site for other, site in chosen.items() if other != key]
        if others:
            beside = self._beside(key, at, chosen)
            for row, site in zip(rows, toponym.sites, strict=True):
                self.reasons.company(row, site, others, beside)
        return rows

    def _beside(self, key: str, at: int, chosen: Mapping[str, Site]) -> Sequence[Site]:
        start = self._toponyms[at].span.start
        near = (at - 2, at - 1, at + 1, at + 2)
        return [
            chosen[other.key] for index in near if 0 <= index < len(self._toponyms)
            and (other := self._toponyms[index]).key != key and other.key in chosen and abs(other.span.start - start) < BESIDE
        ]
