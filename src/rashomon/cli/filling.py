"""Commands that change the ledger: add, reread, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..builder import Change
    from .output import Work


@click.command(short_help="Read documents into a ledger; link and compare them.")
@options.paths
@options.ledger
@options.as_json
def add(paths: tuple[str, ...], ledger_at: str | None, as_json: bool) -> int:
    """Read documents into a ledger, link the reports of one incident, and compare their accounts.

    The ledger is made where there is none. What it holds already is left as it is: running this twice changes nothing.
    A document in another language than English is kept and listed as not read.

    \b
    Examples:
      rashomon add articles/ --ledger war.db
      rashomon add today.jsonl --ledger postgresql://user@host/war
    """
    from ..builder import add as build
    from ..ingest import documents
    from ..reader import Reader
    from .desk import Desk
    from .output import Work

    with Desk(ledger_at, create=True) as desk, Work("reading") as work:
        arrivals = documents(paths, limits=desk.settings.limits, failed=work)
        change = build(arrivals, desk.ledger, Reader.load(), watch=work)
    _report(change, work, as_json)
    return work.status


@click.command(short_help="Read again what an older make of Rashomon has read.")
@click.argument("ids", metavar="[DOCUMENT]...", nargs=-1)
@options.ledger
@options.as_json
def reread(ids: tuple[str, ...], ledger_at: str | None, as_json: bool) -> int:
    """Read documents again, from the text as it was stored: those that an older make has read, or those named.

    The older readings are retired, not erased.

    \b
    Example:
      rashomon reread --ledger war.db
    """
    from ..builder import reread as build
    from ..reader import Reader
    from .desk import Desk
    from .output import Work

    with Desk(ledger_at) as desk, Work("reading again") as work:
        keys = [desk.view.document(id).key for id in ids] or None
        change = build(desk.ledger, Reader.load(), keys=keys, watch=work)
    _report(change, work, as_json)
    return work.status


@click.command(short_help="Erase documents and all that came from them.")
@click.argument("ids", metavar="DOCUMENT...", nargs=-1, required=True)
@options.ledger
@options.as_json
def remove(ids: tuple[str, ...], ledger_at: str | None, as_json: bool) -> int:
    """Erase documents, their original bytes and all that was found in them, and link the rest again.

    \b
    Example:
      rashomon remove report.html --ledger war.db
    """
    from ..builder import remove as build
    from .desk import Desk
    from .output import Work

    with Desk(ledger_at) as desk, Work("removing") as work:
        keys = [desk.view.document(id).key for id in ids]
        change = build(desk.ledger, keys)
    _report(change, work, as_json)
    return work.status
