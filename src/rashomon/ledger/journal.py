"""What is watched and what was fetched: the journal that a watch goes on from after any stop.

A feed is "on" or "gone". A page is "waiting" until its bytes are here, then "held" until it is read, then "done" or "failed".
Each step is one transaction, so that nothing is fetched twice for having been forgotten and nothing is lost. Several threads may
write.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Engine, func, insert, select, update

from ..records.document import digest
from . import dialect
from .journal_tables import feeds, pages

_AT_ONCE = 500


class Feed(msgspec.Struct, frozen=True):
    """A watched address. `parent` is the list that named it (None: a person did), `moved` where it lives now; `failures` counts
    those since it last answered, `due` says when it is asked next (seconds since 1970)."""

    address: str
    parent: str | None
    moved: str | None
    kind: str | None
    title: str | None
    etag: str | None
    modified: str | None
    asked: str | None
    reason: str | None
    host: str
    state: str
    status: int | None
    failures: int
    due: float


class Page(msgspec.Struct, frozen=True):
    """An article that a feed named. `told` is what the feed says of it, `kept` what was fetched; both are the watcher's own."""

    number: int
    id: str
    address: str | None
    feed: str
    host: str
    state: str
    tries: int
    due: float
    status: int | None
    found: str | None
    asked: str | None
    result: str | None
    told: bytes | None
    kept: bytes | None


class Found(msgspec.Struct, frozen=True):
    """An article to be noted: `name` tells it from others of its feed where it has no address. One without has all in `told`."""

    name: str
    address: str | None
    host: str
    told: bytes


class Journal:
    """Reads and writes the journal of one ledger. LedgerError where that cannot be done."""

    def __init__(self, engine: Engine, where: str, clock: Callable[[], str]) -> None:
        self._engine = engine
        self._where = where
        self._clock = clock

    # ----------------------------------------------------------------------------------------------------------- feeds

    def feeds(self) -> list[Feed]:
        """All that is watched, by address."""
        return [Feed(*row) for row in self._rows(select(feeds).order_by(feeds.c.address))]

    def watch(self, addresses: Iterable[tuple[str, str]], parent: str | None = None) -> int:
        """Watch (address, host) pairs from now on; how many were not watched before. One that a person names stays theirs."""
        wanted = dict(addresses)
        with dialect.in_words(self._where), dialect.writing(self._engine, counted=False) as connection:
            names = list(wanted)
            known = {
                row[0] for at in range(0, len(names), _AT_ONCE)
                for row in connection.execute(select(feeds.c.address).where(feeds.c.address.in_(names[at : at + _AT_ONCE])))
            }
            fresh = [name for name in names if name not in known]
            for name in fresh:
                connection.execute(insert(feeds).values(
                    address=name, parent=parent, host=wanted[name], state="on", failures=0, due=0.0
                ))
            if parent is None and known:
                connection.execute(update(feeds).where(feeds.c.address.in_(known & set(names[:_AT_ONCE]))).values(parent=None))
        return len(fresh)

    def heard(
        self, feed: Feed, *, due: float, status: int, etag: str | None, modified: str | None, moved: str | None,
        kind: str | None, title: str | None,
    ) -> None:
        """The feed answered; it is asked again when `due`."""
        self._write(update(feeds).where(feeds.c.address == feed.address).values(
            due=due, status=status, etag=etag, modified=modified, moved=moved, kind=kind, title=title, failures=0, reason=None,
            asked=self._clock(), state="on",
        ))

    def missed(self, feed: Feed, reason: str, *, due: float, status: int | None, gone: bool = False) -> None:
        """The feed could not be had; `gone` for good, and then it is asked no more."""
        self._write(update(feeds).where(feeds.c.address == feed.address).values(
            due=due, status=status, failures=feed.failures + 1, reason=reason, asked=self._clock(), state="gone" if gone else "on"
        ))

    def next_feed(self, now: float, busy: Collection[str]) -> Feed | None:
        """The feed that has waited longest to be asked, at a host that is not busy."""
        query = select(feeds).where(feeds.c.state == "on", feeds.c.due <= now, feeds.c.host.not_in(busy))
        return next((Feed(*row) for row in self._rows(query.order_by(feeds.c.due, feeds.c.address).limit(1))), None)

    # ----------------------------------------------------------------------------------------------------------- pages

    def note(self, feed: str, found: Sequence[Found]) -> int:
        """Note articles that a feed names; how many were not known. One without an address is held at once."""
        fresh = 0
        with dialect.in_words(self._where), dialect.writing(self._engine, counted=False) as connection:
            last = connection.execute(select(func.max(pages.c.number))).scalar() or 0
            ids: dict[str, Found] = {}
            for each in found:
                ids.setdefault(digest(each.address) if each.address else digest(feed, each.name), each)
            names = list(ids)
            for at in range(0, len(names), _AT_ONCE):
                some = names[at : at + _AT_ONCE]
                known = {row[0] for row in connection.execute(select(pages.c.id).where(pages.c.id.in_(some)))}
                rows = [
                    (
                        last + number, name, ids[name].address, feed, ids[name].host, "waiting" if ids[name].address else "held",
                        0, 0.0, None, self._clock(), None, None, ids[name].told, None,
                    )
                    for number, name in enumerate((name for name in some if name not in known), 1)
                ]
                dialect.insert(connection, pages, rows)
                last += len(rows)
                fresh += len(rows)
        return fresh

    def next_pages(self, now: float, busy: Collection[str], most: int) -> list[Page]:
        """One waiting page a host that is not busy, the longest known first."""
        first = select(func.min(pages.c.number)).where(
            pages.c.state == "waiting", pages.c.due <= now, pages.c.host.not_in(busy)
        ).group_by(pages.c.host)
        query = select(pages).where(pages.c.number.in_(first)).order_by(pages.c.number).limit(most)
        return [Page(*row) for row in self._rows(query)]

    def hold(self, page: Page, kept: bytes, status: int) -> None:
        """Its bytes are here, and wait to be read."""
        self._write(update(pages).where(pages.c.number == page.number).values(
            state="held", kept=kept, status=status, asked=self._clock(), result=None
        ))

    def use_told(self, page: Page, reason: str, status: int | None) -> None:
        """The page cannot be had, and what its feed carries of it waits to be read instead."""
        self._write(update(pages).where(pages.c.number == page.number).values(
            state="held", status=status, asked=self._clock(), result=reason
        ))

    def next_held(self, given: Collection[int]) -> Page | None:
        """The page that is to be read next, of those that are not `given` (numbers) to a reader already."""
        query = select(pages).where(pages.c.state == "held", pages.c.number.not_in(given)).order_by(pages.c.number).limit(1)
        return next((Page(*row) for row in self._rows(query)), None)

    def put_off(self, page: Page, reason: str, status: int | None, due: float) -> None:
        """The page could not be had now, and is asked for again when `due`."""
        self._write(update(pages).where(pages.c.number == page.number).values(
            tries=page.tries + 1, due=due, status=status, asked=self._clock(), result=reason
        ))

    def close(self, page: Page, result: str, *, failed: bool = False, status: int | None = None) -> None:
        """The page is read, or will never be; what was kept for that goes."""
        values: dict[str, Any] = {"state": "failed" if failed else "done", "result": result, "told": None, "kept": None}
        if status is not None:
            values |= {"status": status, "asked": self._clock(), "tries": page.tries + 1}
        self._write(update(pages).where(pages.c.number == page.number).values(values))

    def pause(self, host: str, until: float, reason: str) -> None:
        """Nothing of that host is asked for before that time."""
        with dialect.in_words(self._where), dialect.writing(self._engine, counted=False) as connection:
            waiting = (pages.c.host == host) & (pages.c.state == "waiting") & (pages.c.due < until)
            connection.execute(update(pages).where(waiting).values(due=until))
            at_rest = (feeds.c.host == host) & (feeds.c.due < until)
            connection.execute(update(feeds).where(at_rest).values(due=until, reason=func.coalesce(feeds.c.reason, reason)))

    def ask_all(self) -> None:
        """Every feed is due now, but those that failed when last asked, or whose host asked for a pause."""
        self._write(update(feeds).where(feeds.c.state == "on", feeds.c.reason.is_(None)).values(due=0.0))

    def counts(self) -> dict[str, int]:
        """How many pages are waiting, held, done and failed."""
        rows = self._rows(select(pages.c.state, func.count()).group_by(pages.c.state))
        return {str(state): int(count) for state, count in rows}

    def held(self) -> int:
        """How many pages wait to be read."""
        return int(self._rows(select(func.count()).where(pages.c.state == "held"))[0][0])

    def pages(self, state: str | None = None) -> Iterator[Page]:
        """The pages in the order in which they were found, without what is kept of them."""
        last = 0
        while True:
            query = select(*(column for column in pages.c if column.name not in ("told", "kept"))).where(pages.c.number > last)
            if state is not None:
                query = query.where(pages.c.state == state)
            rows = self._rows(query.order_by(pages.c.number).limit(_AT_ONCE))
            if not rows:
                return
            yield from (Page(*(*row, None, None)) for row in rows)
            last = int(rows[-1][0])

    def soonest(self) -> float | None:
        """When the next feed or page is due; None where none is."""
        queries = (
            select(func.min(pages.c.due)).where(pages.c.state == "waiting"),
            select(func.min(feeds.c.due)).where(feeds.c.state == "on"),
        )
        found = [row[0] for query in queries for row in self._rows(query)]
        return min((float(due) for due in found if due is not None), default=None)

    def _rows(self, query: Any) -> Sequence[Any]:
        with dialect.in_words(self._where), dialect.reading(self._engine) as connection:
            return connection.execute(query).all()

    def _write(self, statement: Any) -> None:
        with dialect.in_words(self._where), dialect.writing(self._engine, counted=False) as connection:
            connection.execute(statement)
