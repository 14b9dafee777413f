"""Origins: how many articles there are, and how many voices stand behind them."""

from __future__ import annotations

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..records import Account, Incident


class Origins(msgspec.Struct, frozen=True):
    """Accounts counted by whose word they are. `traced`: a named speaker, or a known outlet speaking for itself."""

    articles: int
    traced: tuple[str, ...]
    untraced: int

    def __str__(self) -> str:
        return f"{_many(self.articles, 'article')}, {_many(len(self.traced), 'traced origin')}, {self.untraced} untraced"


def origins(incident: Incident, rules: ComparisonRules) -> Origins:
    """The origins of an incident's accounts.

    An outlet that names its source and adds nothing that differs rests on that source: its own words are no origin of
    their own. One named speaker is one origin, however many statements the incident has of it. Unnamed sources and
    outlets that are not known stay untraced, each account by itself.
    """
    traced: dict[str, str] = {}
    untraced = 0
    for account in incident.accounts:
        if account.voice is not None:
            if rules.identified(account.voice):
                traced.setdefault(rules.own_name(account.voice), account.voice)
            else:
                untraced += 1
        elif _rests_on_others(account, incident):
            continue
        elif account.chain:
            traced.setdefault(rules.own_name(account.chain[-1]), account.chain[-1])
        else:
            untraced += 1
    return Origins(len(incident.documents), tuple(sorted(traced.values())), untraced)


def _rests_on_others(account: Account, incident: Incident) -> bool:
    others = [other for other in incident.accounts if other.voice is not None and _together(account, other)]
    if not others:
        return False
    mine = {(value.field, value.value) for value in account.fields}
    return not any(
        pair.relation in {"disagree", "denied"}
        and pair.b is not None
        and ((pair.a.field, pair.a.value) in mine) != ((pair.b.field, pair.b.value) in mine)
        and {pair.a.citation.document, pair.b.citation.document} <= set(account.documents)
        for pair in incident.comparisons
    )


def _together(a: Account, b: Account) -> bool:
    return bool(set(a.documents) & set(b.documents))


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
