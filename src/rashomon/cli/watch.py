"""`rashomon watch`: feeds read as they come."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..ledger import Journal
    from ..watching import Told
    from .filling import Notes
    from .output import Work

_TIME = re.compile(r"^(\d{1,6})\s*([smhd]?)$")
_SECONDS = {"s": 1, "": 1, "m": 60, "h": 3600, "d": 86400}
# Standing on both feet, a feed is still asked at most once in so many seconds.
_SHORTEST = 1.0
_FAILED = ("failed", "dead", "gone")


class Every(click.ParamType[float]):
    """A length of time: 90s, 15m, 2h, 1d."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found = _TIME.match(str(value).strip().lower())
        if found is None:
            self.fail(f"{value!r} is no length of time: write 90s, 15m, 2h or 1d", param, ctx)
        return max(_SHORTEST, float(found.group(1)) * _SECONDS[found.group(2)])


@click.command(short_help="Read articles from feeds, sitemaps and lists as they come.")
@click.argument("feeds", metavar="[FEED]...", nargs=-1)
@options.ledger
@click.option("--once", is_flag=True, help="Look once and end, as from a timetable (cron).")
@click.option("--every", type=Every(), default="15m", show_default=True, help="Time between two looks at a feed.")
@click.option("--since", metavar="DAY", help="Leave out articles that their list dates before this day (2024-05-01).")
@click.option("--list", "listed", is_flag=True, help="Print the feeds and what was fetched; fetch nothing.")
@options.actors
@options.as_json
def watch(
    feeds: tuple[str, ...], ledger_at: str | None, once: bool, every: float, since: str | None, listed: bool,
    actors: Path | None, as_json: bool,
) -> int:
    """Watch feeds and read what they name into a ledger, until stopped (Ctrl-C) or, with --once, until nothing is left.

    FEED is an address or a file: RSS, Atom, JSON Feed, ninjs, a sitemap, an OPML file, a list of addresses, a GDELT article
    list. Without any, those that this ledger watches already. robots.txt is obeyed, one host is never hurried, and each article
    is fetched once. A watch that was stopped or killed goes on where it was.

    \b
    Examples:
      rashomon watch feeds.opml --ledger war.db
      rashomon watch https://example.org/rss https://example.org/news-sitemap.xml --once --ledger war.db
      rashomon watch --list --ledger war.db
    """
    from ..builder import add as build
    from ..errors import UsageError
    from ..linker import Linker
    from ..reader import Reader
    from ..watching import Watching
    from .desk import Desk
    from .filling import Notes, report
    from .output import Work

    with Desk(ledger_at, create=bool(feeds)) as desk, Work("watching") as work:
        journal = desk.ledger.journal()
        if listed:
            _list(journal, as_json)
            return 0
        if not feeds and not journal.feeds():
            raise UsageError("no feed is watched in this ledger yet: name one, as in `rashomon watch feeds.opml`")
        notes = Notes(desk, work)
        teller = _Teller(work, notes, as_json)
        watching = Watching(desk.ledger, desk.settings, teller, every=every, since=since)
        watching.watch(feeds)
        if once:
            watching.ask_all()
        reader, linker = Reader.load(actors), Linker.load(actors) if actors is not None else None
        while True:
            change = build(notes.cleared(watching.arrivals()), desk.ledger, reader, watch=work, linker=linker)
            watching.settle()
            if change.read or change.known or change.not_read or change.failed or once:
                report(change, work, as_json)
            if watching.finished:
                if once:
                    break
                time.sleep(watching.pause())
        waiting = journal.counts().get("waiting", 0)
        if waiting:
            work.say(f"{waiting:,} articles wait to be tried again: run the same command later")
    return work.status


class _Teller:
    """Tells what happens in sentences or, for programs, a line of JSON each; failures are noted in the ledger."""

    def __init__(self, work: Work, notes: Notes, as_json: bool) -> None:
        self._work = work
        self._notes = notes
        self._as_json = as_json

    def __call__(self, told: Told) -> None:
        from ..errors import InputError
        from .output import emit_record

        if self._as_json:
            emit_record(told)
        if told.what in ("feed", "unchanged", "page"):
            self._notes.forget(told.address)
        if told.what in _FAILED:
            self._notes(told.address, InputError(told.reason or told.address))
        elif self._as_json:
            return
        elif told.what == "feed" and told.new:
            self._work.say(f"{told.address}: {told.new:,} new")
        elif told.what == "moved":
            self._work.say(f"{told.address} has moved for good to {told.to}, where it is asked from now on")
        elif told.what in ("later", "own text"):
            then = "tried again later" if told.what == "later" else "the feed's own text is read"
            self._work.say(f"{told.reason} ({then})")


def _list(journal: Journal, as_json: bool) -> None:
    from .output import console, emit_record

    if as_json:
        for feed in journal.feeds():
            emit_record({"what": "feed", **{name: getattr(feed, name) for name in feed.__struct_fields__}})
        for page in journal.pages():
            told = {name: getattr(page, name) for name in page.__struct_fields__ if name not in ("told", "kept", "number")}
            emit_record({"what": "page", **told})
        return
    sheet = console()
    for feed in journal.feeds():
        trouble = "gone" if feed.state == "gone" else f"failed {feed.failures} times" if feed.failures else None
        state = trouble or feed.kind or "not asked yet"
        sheet.print(f"{feed.address}: {state}" + (f", last asked {feed.asked}" if feed.asked else ""), soft_wrap=True)
        if feed.reason:
            sheet.print(f"  {feed.reason}", soft_wrap=True)
    counts = journal.counts()
    sheet.print("Articles: " + (", ".join(f"{count:,} {state}" for state, count in sorted(counts.items())) or "none yet") + ".")
    for page in journal.pages("failed"):
        sheet.print(f"  failed: {page.result}", soft_wrap=True)
