"""Feeds watched: asked when they are due, their articles fetched politely and handed to whoever reads them.

    watching = Watching(ledger, settings, tell)
    watching.watch(["feeds.opml", "https://example.org/rss"])
    while True:
        builder.add(watching.arrivals(), ledger, reader)
        watching.settle()
        time.sleep(watching.pause())

All that must not be forgotten stands in the ledger's journal, so that a watch that was stopped, or killed, goes on where it was.
"""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Literal

import msgspec

from .config import Settings
from .errors import InputError, LedgerError, NotFetched, RashomonError
from .ingest import Languages
from .ingest.feeds import Item, Listing, listing
from .ingest.fetch import Fetcher, host_of, is_address
from .ingest.single import Singles
from .ledger import Feed, Found, Ledger, Page
from .records import Arrival, Document, RawDocument

Task = Callable[[], "list[Told]"]
# A page that cannot be had for now is asked for so many times; then what its feed carries must do.
TRIES = 5
# So many failures in a row are trouble of a host, not of a page.
TROUBLE = 3
LONGEST_BACKOFF = 6 * 3600.0
# So many pages may lie fetched and unread before fetching waits for reading.
MOST_HELD = 32
# After so many articles the ledger links what it has, even where more wait.
A_ROUND = 500


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that happened. "feed": it answered, with so many `new` articles; "unchanged"; "moved" for good to `to`; "gone";
    "dead": a feed that cannot be had or read now; "page": an article is here to be read; "own text": its page cannot be had,
    and the feed's own text is read instead; "later": a page that is tried again; "failed": an article that cannot be had."""

    what: Literal["feed", "unchanged", "moved", "gone", "dead", "page", "own text", "later", "failed"]
    address: str
    reason: str | None = None
    status: int | None = None
    new: int | None = None
    to: str | None = None


class Watching:
    """One watch over the feeds of a ledger. `tell` hears of all that happens, in the thread that asks for the arrivals.

    `every`: seconds between two looks at a feed. `since`: articles of which their list says that they last changed before that
    day (ISO 8601) are left out. `backoff`: seconds before what failed is tried again, doubled each time.
    """

    def __init__(
        self, ledger: Ledger, settings: Settings, tell: Callable[[Told], None], *, every: float = 900.0, since: str | None = None,
        backoff: float = 60.0, languages: Languages | None = None,
    ) -> None:
        self._journal = ledger.journal()
        self._view = ledger.view()
        self._settings = settings
        self._tell = tell
        self._every = every
        self._since = since
        self._backoff = backoff
        self._fetcher = Fetcher(settings.fetching)
        self._singles = Singles(settings.limits, languages or Languages())
        self._trouble: dict[str, int] = {}
        # Handed out, and not in the ledger yet.
        self._given: dict[int, tuple[Page, Document]] = {}
        self._hands = _Hands(settings.fetching.hosts_at_once)
        self.finished = True

    def watch(self, named: Sequence[str]) -> None:
        """Watch these too: addresses, or files that list them (OPML, a sitemap, a GDELT table, a plain list; also ninjs items).

        InputError for a file that cannot be read, or an address that is none.
        """
        for name in named:
            if is_address(name):
                self._journal.watch([(name, host_of(name))])
                continue
            limit = self._settings.fetching.page_bytes
            try:
                with Path(name).open("rb") as file:
                    content = file.read(limit + 1)
            except OSError as error:
                raise InputError(f"{name} cannot be read ({error.strerror or error}): give a file or an address") from error
            found = listing(content, name, limit=limit)
            self._journal.watch(_with_hosts(each.address for each in found.further))
            self._tell(Told("feed", name, new=self._note(name, found)))

    def ask_all(self) -> None:
        """Ask every feed now, but those that failed, or that asked for a pause, and whose time has not come."""
        self._journal.ask_all()

    def arrivals(self, most: int = A_ROUND) -> Iterator[Arrival]:
        """Articles as they come, until none is left that was due at the start or so many have come (then `finished` is False).

        An article counts as read when the ledger has it; one whose reader stops before is handed out again by the next watch.
        """
        self.finished, count, begun = False, 0, time.time()
        while count < most:
            self._start(begun)
            for told in self._hands.results():
                self._tell(told)
            self.settle()
            page = self._journal.next_held(self._given)
            if page is not None:
                arrival = self._arrival(page)
                if arrival is not None:
                    count += 1
                    self._given[page.number] = page, arrival.document
                    yield arrival
            elif self._hands.busy:
                self._hands.wait(0.5)
            elif (soonest := self._journal.soonest()) is not None and soonest <= begun:
                time.sleep(0.1)  # what is due waits for its host's turn
            else:
                self.finished = True
                break
        while self._hands.busy:
            self._hands.wait(0.5)
            for told in self._hands.results():
                self._tell(told)

    def settle(self) -> None:
        """Close the journal on articles that are in the ledger by now."""
        for number, (page, document) in list(self._given.items()):
            if self._view.known(document.key) is not None:
                self._journal.close(page, f"in the ledger as {document.id}")
                del self._given[number]

    def pause(self) -> float:
        """Seconds until something is due."""
        soonest = self._journal.soonest()
        return max(0.0, soonest - time.time()) if soonest is not None else self._every

    # --------------------------------------------------------------------------------------------------------- fetching

    def _start(self, now: float) -> None:
        """Begin whatever was due at that time and whose host may be asked, one thing a host."""
        while self._hands.free:
            busy = self._hands.busy | self._fetcher.resting()
            feed = self._journal.next_feed(now, busy)
            if feed is not None:
                self._hands.begin(feed.host, lambda feed=feed: self._ask(feed))  # type: ignore[misc]
                continue
            if self._journal.held() >= MOST_HELD:
                return
            found = self._journal.next_pages(now, busy, self._hands.free)
            if not found:
                return
            for page in found:
                self._hands.begin(page.host, lambda page=page: self._get(page))  # type: ignore[misc]

    def _ask(self, feed: Feed) -> list[Told]:
        conditions = {"if-none-match": feed.etag, "if-modified-since": feed.modified}
        address = feed.moved or feed.address
        try:
            answer = self._fetcher.get(address, {name: value for name, value in conditions.items() if value})
            found = None
            if answer.status != 304:
                found = listing(answer.content, answer.url, limit=self._settings.fetching.page_bytes, base=answer.url)
        except LedgerError:
            raise
        except Exception as error:
            return self._dead(feed, _told(error, address))
        self._trouble.pop(feed.host, None)
        # Articles first: a feed that counts as heard must not have been forgotten.
        told = Told("unchanged", feed.address, status=304)
        if found is not None:
            self._journal.watch(_with_hosts(each.address for each in found.further if self._fresh(each.changed)), feed.address)
            told = Told("feed", feed.address, status=answer.status, new=self._note(feed.address, found))
        self._journal.heard(
            feed, due=time.time() + self._every, status=answer.status, etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"), moved=answer.moved or feed.moved,
            kind=found.kind if found else feed.kind, title=found.title if found else feed.title,
        )
        moved = [Told("moved", feed.address, to=answer.moved)] if answer.moved else []
        return [*moved, told]

    def _dead(self, feed: Feed, error: InputError) -> list[Told]:
        status = error.status if isinstance(error, NotFetched) else None
        rest = self._rest(feed.host, error) if isinstance(error, NotFetched) and error.again else 0.0
        delay = max(self._every, self._delay(feed.failures + 1, feed.address), rest)
        self._journal.missed(feed, str(error), due=time.time() + delay, status=status, gone=status == 410)
        if status == 410:
            return [Told("gone", feed.address, f"{error}; it is watched no more", status)]
        return [Told("dead", feed.address, str(error), status)]

    def _note(self, feed: str, found: Listing) -> int:
        items = []
        for item in found.items:
            if not self._fresh(item.changed) or not (item.address or item.text):
                continue
            try:
                host = host_of(item.address) if item.address else ""
            except InputError:
                continue
            items.append(Found(item.id, item.address, host, zlib.compress(msgspec.msgpack.encode(item), 1)))
        return self._journal.note(feed, items)

    def _fresh(self, changed: str | None) -> bool:
        return not (self._since and changed and changed[:4].isdigit() and changed < self._since)

    def _get(self, page: Page) -> list[Told]:
        address = page.address or ""
        try:
            if self._view.captures(address):
                self._journal.close(page, "in the ledger before")
                return []
            raw = self._fetcher.page(address)
        except LedgerError:
            raise
        except Exception as error:
            return self._missed(page, _told(error, address))
        self._trouble.pop(page.host, None)
        self._journal.hold(page, zlib.compress(msgspec.msgpack.encode(raw), 1), 200)
        return [Told("page", address, status=200)]

    def _missed(self, page: Page, error: InputError) -> list[Told]:
        address, reason = page.address or page.id, str(error)
        status = error.status if isinstance(error, NotFetched) else None
        if isinstance(error, NotFetched) and error.again:
            rest = self._rest(page.host, error)
            if page.tries + 1 < TRIES:
                self._journal.put_off(page, reason, status, time.time() + max(rest, self._delay(page.tries + 1, address)))
                return [Told("later", address, reason, status)]
        return [self._give_up(page, reason, status)]

    def _give_up(self, page: Page, reason: str, status: int | None) -> Told:
        address = page.address or page.id
        if _item(page).text and page.kept is None:
            self._journal.use_told(page, reason, status)
            return Told("own text", address, reason, status)
        self._journal.close(page, reason, failed=True, status=status or 0)
        return Told("failed", address, reason, status)

    def _rest(self, host: str, error: NotFetched) -> float:
        """Leave a host in trouble alone, longer each time; for how many seconds. Where it says so itself that is at once, else
        after a few failures in a row: one slow page is no trouble of its host."""
        self._trouble[host] = self._trouble.get(host, 0) + 1
        if error.after is None and error.status not in (429, 503) and self._trouble[host] < TROUBLE:
            return 0.0
        seconds = error.after if error.after is not None else self._delay(self._trouble[host], host)
        self._journal.pause(host, time.time() + seconds, str(error))
        return seconds

    def _delay(self, failures: int, name: str) -> float:
        """Seconds before the next try: doubled with each failure, and a little apart for each name, always the same."""
        apart = random.Random(f"{name} {failures}").uniform(0.8, 1.2)
        return float(min(LONGEST_BACKOFF, self._backoff * 2.0 ** min(failures - 1, 20)) * apart)

    # ---------------------------------------------------------------------------------------------------------- reading

    def _arrival(self, page: Page) -> Arrival | None:
        """The document that a held page is; None where it is none, which is told."""
        item = _item(page)
        try:
            if page.kept is not None:
                return _filled(self._singles.fetched(msgspec.msgpack.decode(zlib.decompress(page.kept), type=RawDocument)), item)
            return self._own(page, item)
        except RashomonError as error:
            if page.kept is not None and item.text:
                self._tell(Told("own text", page.address or page.id, str(error)))
                try:
                    return self._own(page, item)
                except RashomonError as other:
                    error = other
            self._journal.close(page, str(error), failed=True)
            self._tell(Told("failed", page.address or page.id, str(error)))
            return None

    def _own(self, page: Page, item: Item) -> Arrival:
        """The article as its feed carries it, which is kept as plain text."""
        name = page.address or (item.id if ":" in item.id else f"{page.feed}#{item.id}")
        raw = RawDocument(
            name, page.feed, "text/plain; charset=utf-8", (item.text or "").encode("utf-8", "replace"), url=page.address,
            fetched=page.found,
        )
        return _filled(self._singles.fetched(raw), item)


def _item(page: Page) -> Item:
    if page.told is None:
        return Item(page.id, page.address)
    return msgspec.msgpack.decode(zlib.decompress(page.told), type=Item)


def _filled(arrival: Arrival, item: Item) -> Arrival:
    """What the page does not say of itself, as its feed says it."""
    document = arrival.document
    told = {
        name: getattr(item, name) for name in ("title", "author", "published", "publisher")
        if getattr(document, name) is None and getattr(item, name)
    }
    return Arrival(arrival.raw, msgspec.structs.replace(document, **told))


def _with_hosts(addresses: Iterator[str]) -> list[tuple[str, str]]:
    found = []
    for address in addresses:
        try:
            found.append((address, host_of(address)))
        except InputError:
            continue
    return found


def _told(error: Exception, address: str) -> InputError:
    """The error as a sentence, also where the program itself is at fault: one page must not stop a watch."""
    if isinstance(error, InputError):
        return error
    fault = f"{type(error).__name__}: {error}"
    return InputError(f"{address}: fetching stopped at a fault of the program ({fault}); please report it")


class _Hands:
    """Tasks at work, each in a thread that does not outlive the program, no two for one host."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._done: SimpleQueue[tuple[str, list[Told] | Exception]] = SimpleQueue()
        self._waiting: list[tuple[str, list[Told] | Exception]] = []
        self.busy: set[str] = set()

    @property
    def free(self) -> int:
        """How many more may begin."""
        return self._most - len(self.busy)

    def begin(self, host: str, task: Task) -> None:
        """Begin a task."""
        self.busy = self.busy | {host}

        def work() -> None:
            try:
                self._done.put((host, task()))
            except Exception as error:
                self._done.put((host, error))

        Thread(target=work, daemon=True, name=f"fetching from {host}").start()

    def wait(self, seconds: float) -> None:
        """Wait until a task ends, at most so long."""
        try:
            self._waiting.append(self._done.get(timeout=seconds))
        except Empty:
            return

    def results(self) -> Iterator[Told]:
        """What came of the tasks that ended. An error of the ledger is raised here."""
        while not self._done.empty():
            self._waiting.append(self._done.get())
        while self._waiting:
            host, came = self._waiting.pop(0)
            self.busy = self.busy - {host}
            if isinstance(came, Exception):
                raise came
            yield from came
