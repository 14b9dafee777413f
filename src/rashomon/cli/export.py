"""`rashomon export`: the ledger in other programs' formats."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

import click

from . import options

if TYPE_CHECKING:
    from .desk import Desk


@click.group()
def export() -> None:
    """Write the ledger in a format of other programs.

    \b
    Examples:
      rashomon export csv --ledger war.db > events.csv
      rashomon export geojson --ledger war.db --since 2016-10-01 -o incidents.geojson
    """


_out = click.option("--out", "-o", metavar="FILE", help="Write to this file instead of standard output.")


@export.command()
@options.ledger
@_out
def csv(ledger_at: str | None, out: str | None) -> None:
    """Events, a row each: with the claim, the chain of who says it through whom, the sentence, place and time."""
    from ..export import write_csv

    _write(ledger_at, out, lambda desk, stream: write_csv(_readings(desk), stream))


@export.command()
@options.ledger
@_out
def jsonl(ledger_at: str | None, out: str | None) -> None:
    """Readings, a line each, in the published reading format (docs/reading.schema.json)."""
    from ..export import write_jsonl

    _write(ledger_at, out, lambda desk, stream: write_jsonl(_readings(desk), stream))


@export.command()
@options.ledger
@options.filters
@_out
def geojson(ledger_at: str | None, out: str | None, **asked: Any) -> None:
    """Incidents, for maps. An area is drawn as its circle, never as a bare point."""
    from ..export import write_geojson

    def write(desk: Desk, stream: TextIO) -> int:
        return write_geojson(desk.view.incidents(**asked), stream, document_id=desk.caller_id)

    _write(ledger_at, out, write)


def _readings(desk: Desk) -> Any:
    return (reading for _, reading in desk.view.readings())


def _write(ledger_at: str | None, out: str | None, write: Callable[[Desk, TextIO], int]) -> None:
    from pathlib import Path

    from ..errors import UsageError
    from .desk import Desk

    with Desk(ledger_at) as desk:
        if out is None or out == "-":
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(encoding="utf-8", newline="")
            write(desk, sys.stdout)
            return
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as stream:
                count = write(desk, stream)
        except OSError as error:
            raise UsageError(f"{out} cannot be written ({error.strerror}): name another file with --out") from error
    click.echo(f"{count:,} written to {out}", err=True)
