"""robots.txt: what a site lets programs read, and how often (RFC 9309)."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from protego import Protego

from ..errors import NotFetched

NAME = "rashomon"
# RFC 9309: at least 500 KiB must be read, and a copy is good for a day.
MOST_BYTES = 512 * 1024
GOOD_FOR = 24 * 3600.0
# What a server in trouble says of its rules is asked again sooner.
TROUBLE_GOOD_FOR = 300.0
KEPT = 2_000


class _Kept(NamedTuple):
    until: float
    rules: Protego | None
    problem: NotFetched | None


class Robots:
    """The rules of the sites met so far, the last two thousand of them. `fetch` gives the bytes of a robots.txt."""

    def __init__(self, fetch: Callable[[str], bytes], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._sites: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, site: str, address: str) -> None:
        """NotFetched where the rules of `site` ("https://example.org") forbid the address, or cannot be learned now."""
        kept = self._of(site)
        if kept.problem is not None:
            raise kept.problem
        if kept.rules is not None and not kept.rules.can_fetch(address, NAME):
            raise NotFetched(
                f"{address} may not be fetched by programs, says {site}/robots.txt: "
                "save the page in your browser and add the file"
            )

    def delay(self, site: str) -> float | None:
        """The seconds that the site asks programs to wait between two requests; None where it asks nothing."""
        rules = self._of(site).rules
        if rules is None:
            return None
        rate = rules.request_rate(NAME)
        wanted = [rules.crawl_delay(NAME), rate.seconds / rate.requests if rate is not None and rate.requests else None]
        return max((float(seconds) for seconds in wanted if seconds is not None), default=None)

    def _of(self, site: str) -> _Kept:
        with self._lock:
            kept = self._sites.get(site)
            if kept is not None and kept.until > self._clock():
                self._sites.move_to_end(site)
                return kept
        kept = self._asked(site)
        with self._lock:
            self._sites[site] = kept
            while len(self._sites) > KEPT:
                self._sites.popitem(last=False)
        return kept

    def _asked(self, site: str) -> _Kept:
        now = self._clock()
        try:
            content = self._fetch(f"{site}/robots.txt")
        except NotFetched as error:
            status = error.status
            if status is not None and 400 <= status < 500 and status != 429:
                return _Kept(now + GOOD_FOR, None, None)  # no rules: everything is allowed
            if status is not None:
                error = NotFetched(
                    f"{site}/robots.txt answers with an error of the server ({status}), and without its rules nothing there "
                    "is fetched: try again later",
                    status=status, again=True, after=error.after,
                )
            return _Kept(now + TROUBLE_GOOD_FOR, None, error)
        try:
            return _Kept(now + GOOD_FOR, Protego.parse(content[:MOST_BYTES].decode("utf-8", "replace")), None)
        except Exception:  # whatever a broken file makes the parser stumble over: rules that nobody can read forbid nothing
            return _Kept(now + GOOD_FOR, None, None)
