"""Incidents for people: each account with its sentence and who says it through whom, then where they differ."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.console import Console
from rich.text import Text

from ..compare import Pair, origins, toll_history
from ..knowledge.actors import load_actors
from ..knowledge.comparison import Sides, load_comparison, sides_of
from ..records import Account, Citation, Comparison, FieldValue, Incident
from . import words
from .deciding import decision_line
from .desk import Desk
from .output import indented
from .tolls import tolls_page

_DIFFERENT = ("disagree", "denied", "superseded", "different_referent", "vaguer", "compatible")
_COLOUR = {"disagree": "bold red", "denied": "bold red", "superseded": "yellow", "different_referent": "yellow"}
_DENIES = ("no ", "not ")
_LABEL = {"different_referent": "not the same thing"}


def incidents_page(page: Console, incidents: Sequence[Incident], desk: Desk, *, everything: bool) -> None:
    """Incidents with several accounts in full, the most told first; then the others, shortly, by day."""
    ordered = sorted(incidents, key=lambda one: (-len(one.documents), -len(one.accounts), _start(one), one.id))
    full = [one for one in ordered if everything or len(one.accounts) > 1]
    brief = sorted((one for one in ordered if not everything and len(one.accounts) <= 1), key=_start_and_id)
    documents = {key for one in incidents for key in one.documents}
    page.print(
        f"{words.counted(len(incidents), 'incident')} in {words.counted(len(documents), 'document')};"
        f" {words.counted(len(full), 'is', 'are')} told in full below.",
        style="dim",
    )
    for incident in full:
        page.print()
        incident_page(page, incident, desk)
    if brief:
        page.print()
        page.print("Told in one account", style="bold")
        for incident in brief:
            _brief(page, incident, desk)


def incident_page(page: Console, incident: Incident, desk: Desk, *, why: bool = False) -> None:
    """One incident in full; `why` adds the reasons of every merge and comparison."""
    head = Text()
    head.append(headline(incident), style="bold")
    head.append(f"  {incident.id[: words.ID_SHOWN]}", style="cyan")
    indented(page, head, 0)
    rules = load_comparison()
    page.print(f"  {origins(incident, rules)}, {words.counted(len(incident.accounts), 'account')}", style="dim")
    if incident.part_of:
        told = f": {words.plain(incident.part_why)}" if incident.part_why and why else ""
        indented(page, f"Part of {incident.part_of[: words.ID_SHOWN]}{told}", 2, "dim")
    for decision in desk.decisions_on(incident):
        indented(page, decision_line(decision), 2, "yellow")
    sides = sides_of(load_actors())
    for account in incident.accounts:
        page.print()
        _account(page, account, incident.action, desk, sides)
    _comparisons(page, incident.comparisons, desk, why=why)
    tolls_page(page, toll_history(incident, desk.published(incident.documents)), desk)
    if why and incident.merges:
        page.print()
        page.print("  Why these were taken to be one happening", style="bold")
        for merge in incident.merges:
            page.print(f"    {_event(merge.a, desk)} and {_event(merge.b, desk)}: {merge.score:.2f}")
            for feature in merge.features:
                page.print(f"      {feature.name} {feature.value:.2f} × {feature.weight:g}: {words.plain(feature.why)}")


def _account(page: Console, account: Account, action: str, desk: Desk, sides: Sides) -> None:
    publisher = desk.publisher(account.documents[0]) if account.documents else "the publisher"
    indented(page, words.chain(account.chain, publisher), 2, "bold cyan")
    party = sides.party(account.voice)
    if party is not None:
        indented(page, words.plain(str(party)), 4, "yellow")
    sentences: dict[tuple[str, tuple[int, int]], list[FieldValue]] = {}
    for value in account.fields:
        sentences.setdefault((value.citation.document, value.citation.sentence), []).append(value)
    for (document, _), values in sentences.items():
        quoted = f"“{words.short(desk.sentence(values[0].citation))}”"
        indented(page, quoted, 4)
        # The headline says what was done; an account repeats it only where it has another word for it.
        told = [value for value in values if value.field != "action" or value.text != action]
        facts = "; ".join(dict.fromkeys(f"{value.field}: {words.plain(value.text)}" for value in told))
        indented(page, f"{facts}  [{desk.caller_id(document)}]".strip(), 4, "dim")


def _comparisons(page: Console, comparisons: Sequence[Comparison], desk: Desk, *, why: bool) -> None:
    differ = sorted((pair for pair in comparisons if pair.relation in _DIFFERENT), key=_weight)
    if differ:
        page.print()
        page.print("  Where they differ", style="bold")
        for pairs in _together(differ, desk, why=why):
            _pair(page, pairs, desk, why=why)
    same = [pair.field for pair in comparisons if pair.relation == "agree" and pair.field != "action"]
    if same:
        indented(page, "They agree on " + ", ".join(dict.fromkeys(same)), 2, "green")
    silent: dict[str, list[str]] = {}
    for pair in comparisons:
        if pair.relation == "silent":
            silent.setdefault(pair.about or "somebody", []).append(pair.field)
    for who, fields in silent.items():
        line = f"{words.plain(who)} does not say: {', '.join(dict.fromkeys(fields))}"
        indented(page, line, 2, "dim")


def pair_page(page: Console, pair: Pair, desk: Desk) -> None:
    """Two statements side by side, each with who says it."""
    line = Text(_LABEL.get(pair.relation, pair.relation), style=_COLOUR.get(pair.relation, "cyan"))
    line.append(f"  {words.plain(pair.question)}", style="bold")
    page.print(line)
    for cited in (pair.a, pair.b):
        quoted = words.short(cited.span.of(desk.document(cited.document).text))
        indented(page, f"{_speaker(cited, desk)}: “{quoted}” [{desk.caller_id(cited.document)}]", 2, "dim")
    indented(page, words.plain(pair.why), 2, "dim")
    page.print()


def _together(pairs: Sequence[Comparison], desk: Desk, *, why: bool) -> list[list[Comparison]]:
    """Pairs that set one value of one voice against several, as one; a denial stands first. With reasons each by itself."""
    found: dict[tuple[str, ...], list[Comparison]] = {}
    for number, pair in enumerate(pairs):
        turned = pair.b is not None and pair.b.text.startswith(_DENIES) and not pair.a.text.startswith(_DENIES)
        if pair.b is not None and pair.relation == "denied" and turned:
            pair = msgspec.structs.replace(pair, a=pair.b, b=pair.a)
        key = (pair.relation, pair.question, pair.a.text, _speaker(pair.a.citation, desk), str(number) if why else "")
        found.setdefault(key, []).append(pair)
    return list(found.values())


def _pair(page: Console, pairs: Sequence[Comparison], desk: Desk, *, why: bool) -> None:
    line = Text()
    pair = pairs[0]
    line.append(_LABEL.get(pair.relation, pair.relation), style=_COLOUR.get(pair.relation, "cyan"))
    line.append(f"  {words.plain(pair.question)} {_said(pair.a, desk)}")
    values: dict[str, list[str]] = {}
    for other in (each.b for each in pairs if each.b is not None):
        values.setdefault(words.plain(other.text), []).append(_speaker(other.citation, desk))
    if values:
        told = (f"{value} ({', '.join(dict.fromkeys(who))})" for value, who in values.items())
        line.append(f" / {'; '.join(told)}")
    indented(page, line, 4)
    if why:
        indented(page, words.plain(pair.why), 6, "dim")


def _said(value: FieldValue, desk: Desk) -> str:
    return f"{words.plain(value.text)} ({_speaker(value.citation, desk)})"


def _speaker(citation: Citation, desk: Desk) -> str:
    return " › ".join(words.plain(name) for name in citation.chain if name) or desk.publisher(citation.document)


def headline(incident: Incident) -> str:
    """What, who to whom as most accounts have it, where, when; what nobody says is left out."""
    parts = [words.action(incident.type, incident.action)]
    sides = {field: _commonest(incident, field) for field in ("actor", "recipient")}
    disputed = any(
        pair.field in {"actor", "responsibility"} and pair.relation in {"disagree", "denied"} for pair in incident.comparisons
    )
    # Nobody is named where it is disputed who it was, or whether it was: the accounts name them.
    actor, recipient = "disputed" if disputed else sides["actor"], sides["recipient"]
    if actor or recipient:
        parts.append(f"{actor or '?'} → {recipient}" if recipient else actor)
    parts += [words.where(incident.place)] if incident.place else []
    parts += [words.when(incident.time)] if incident.time else []
    return " · ".join(parts)


def _commonest(incident: Incident, field: str) -> str:
    """The value of a field that most accounts give, of those the first; nothing where nobody gives one."""
    told = [
        value.text for account in incident.accounts
        for value in {each.text: each for each in account.fields if each.field == field}.values()
        if not value.text.startswith(_DENIES)
    ]
    return words.short(max(told, key=told.count), 60) if told else ""


def _brief(page: Console, incident: Incident, desk: Desk) -> None:
    line = Text()
    line.append(f"{incident.id[: words.ID_SHOWN]} ", style="cyan")
    line.append(headline(incident))
    line.append(f"  [{', '.join(desk.caller_id(key) for key in incident.documents)}]", style="dim")
    indented(page, line, 2)
    for account in incident.accounts:
        for value in account.fields[:1]:
            publisher = desk.publisher(value.citation.document)
            said = f"{words.chain(account.chain, publisher)}: “{words.short(desk.sentence(value.citation), 200)}”"
            indented(page, said, 6, "dim")


def _event(key: str, desk: Desk) -> str:
    entry = desk.view.event(key)
    return f"{entry.id}/{entry.event}" if entry else key[: words.ID_SHOWN]


def _weight(pair: Comparison) -> tuple[int, str]:
    return _DIFFERENT.index(pair.relation), pair.field


def _start(incident: Incident) -> str:
    return (incident.time.start if incident.time else None) or "9999"


def _start_and_id(incident: Incident) -> tuple[str, str]:
    return _start(incident), incident.id
