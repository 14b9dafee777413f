"""An incident as a matrix, fields by accounts: for a terminal, a spreadsheet or a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..compare import FIELDS
from ..records import Account, Citation, Incident
from ..records.incident import Field
from . import words
from .desk import Desk
from .tolls import inert


class Cell(NamedTuple):
    """What an account says in a field: the values, and where each stands."""

    values: tuple[tuple[str, Citation], ...]

    @property
    def text(self) -> str:
        """The values in one line."""
        return "; ".join(dict.fromkeys(words.plain(text) for text, _ in self.values))


class Matrix(NamedTuple):
    """Fields by accounts; `relations` tells for each field how its accounts stand to each other."""

    accounts: tuple[str, ...]
    rows: tuple[tuple[Field, tuple[Cell, ...], str], ...]


def matrix(incident: Incident, desk: Desk) -> Matrix:
    """The matrix of an incident; fields that nobody fills are left out."""
    rows = []
    for field in FIELDS:
        cells = tuple(
            Cell(tuple((value.text, value.citation) for value in account.fields if value.field == field))
            for account in incident.accounts
        )
        if any(cell.values for cell in cells):
            found = [pair.relation for pair in incident.comparisons if pair.field == field and pair.relation != "silent"]
            counts = {relation: found.count(relation) for relation in sorted(set(found))}
            told = ", ".join(f"{count} {relation.replace('_', ' ')}" for relation, count in counts.items())
            rows.append((field, cells, told))
    return Matrix(_names(incident.accounts, desk), tuple(rows))


def _names(accounts: Sequence[Account], desk: Desk) -> tuple[str, ...]:
    """The accounts by their voices; those of one name also by the day that they appeared, or their document."""
    names = [_name(account, desk) for account in accounts]
    days = [_day(account, desk) for account in accounts]
    for known in ([f"{name}, {day}" for name, day in zip(names, days, strict=True)],
                  [f"{name} [{desk.caller_id(each.documents[0])}]" for name, each in zip(names, accounts, strict=True)]):
        names = [other if names.count(name) > 1 else name for name, other in zip(names, known, strict=True)]
    return tuple(names)


def _day(account: Account, desk: Desk) -> str:
    days = desk.published(account.documents[:1]).get(account.documents[0], (None, None)) if account.documents else (None, None)
    return words.day(*days) if any(days) else "day unknown"


def _name(account: Account, desk: Desk) -> str:
    publisher = desk.publisher(account.documents[0]) if account.documents else "the publisher"
    return words.chain(account.chain, publisher)


def matrix_table(page: Console, found: Matrix) -> None:
    """The matrix for a terminal: fields down, accounts across while they fit, else one below the other."""
    narrow = len(found.accounts) > max(2, (page.width - 16) // 22)
    table = Table(show_lines=not narrow)
    table.add_column("field", style="bold")
    if narrow:
        table.add_column("account", style="cyan")
        table.add_column("says")
        for field, cells, told in found.rows:
            said = [(name, cell.text) for name, cell in zip(found.accounts, cells, strict=True) if cell.values]
            for number, (name, text) in enumerate(said):
                table.add_row("" if number else field, name, text)
            stand = told or ("one account only" if len(said) == 1 else "nothing that compares")
            table.add_row("", Text("how they stand", style="dim"), Text(stand, style="dim"), end_section=True)
    else:
        for name in found.accounts:
            table.add_column(name)
        table.add_column("stand", style="dim")
        for field, cells, told in found.rows:
            table.add_row(field, *(cell.text for cell in cells), told)
    page.print(table)


def matrix_csv(found: Matrix) -> str:
    """The matrix as CSV: a line a field, a column an account. A leading sign that a spreadsheet would run is set apart."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["field", *map(inert, found.accounts), "relations"])
    for field, cells, told in found.rows:
        writer.writerow([field, *(inert(cell.text) for cell in cells), told])
    return out.getvalue()


def matrix_html(found: Matrix, title: str, desk: Desk, history: Sequence[str] = ()) -> str:
    """One HTML page without scripts or anything from elsewhere; each value shows its sentence under it."""
    head = "".join(f"<th>{escape(name)}</th>" for name in found.accounts)
    body = []
    for field, cells, told in found.rows:
        shown = "".join(f"<td>{''.join(_value(text, cited, desk) for text, cited in cell.values)}</td>" for cell in cells)
        body.append(f"<tr><th>{escape(field)}</th>{shown}<td>{escape(told)}</td></tr>")
    lines = "".join(f"<li>{escape(line)}</li>" for line in history)
    tolls = f"<h2>History of the toll</h2><ul>{lines}</ul>" if lines else ""
    return (
        f"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{escape(title)}</title><style>"
        "body{font:15px/1.4 sans-serif;margin:2em}table{border-collapse:collapse}"
        "th,td{border:1px solid #999;padding:.4em;vertical-align:top;text-align:left}small{color:#555;display:block}"
        f"</style></head><body><h1>{escape(title)}</h1><table><thead><tr><th></th>{head}<th>relations</th></tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table>{tolls}</body></html>\n"
    )


def _value(text: str, cited: Citation, desk: Desk) -> str:
    sentence = f"“{words.short(desk.sentence(cited))}” [{desk.caller_id(cited.document)}]"
    return f"<div>{escape(words.plain(text))}<small>{escape(sentence)}</small></div>"
