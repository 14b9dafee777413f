"""A watch over a real server on this machine: what is asked, how often, and what is left after faults, stops and kills."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from rashomon.config import Fetching, Settings
from rashomon.errors import InputError
from rashomon.ingest import Languages
from rashomon.ledger import Ledger, open_ledger
from rashomon.records import Arrival
from rashomon.watching import TRIES, Told, Watching

from ..base import Base
from ..local_site import Request, Served, Site
from .feeds import TEXT, atom, item, json_feed, opml, page, rss, sitemap, sitemap_index

HTML = {"Content-Type": "text/html; charset=utf-8"}
SETTINGS = Settings(fetching=Fetching(
    private_addresses=True, seconds_between=0, connect_seconds=1, read_seconds=0.4, total_seconds=2, page_bytes=1_000_000
))


@pytest.fixture
def ledger(base: Base) -> Iterator[Ledger]:
    """A new, empty ledger, in SQLite and in PostgreSQL."""
    with open_ledger(base.target, create=True) as opened:
        yield opened


class Run:
    """One round of a watch, with what it gave and told."""

    def __init__(self, watching: Watching, told: list[Told], ledger: Ledger) -> None:
        self.arrivals: list[Arrival] = []
        self.told = told
        told.clear()
        for arrival in watching.arrivals():
            ledger.writer().store(arrival.raw, arrival.document, None, state="not-read", reason="a test")
            self.arrivals.append(arrival)
        self.finished = watching.finished

    @property
    def ids(self) -> list[str]:
        return [arrival.document.id for arrival in self.arrivals]

    def what(self, kind: str) -> list[Told]:
        return [each for each in self.told if each.what == kind]


Watch = Callable[..., Run]


@pytest.fixture
def watch(ledger: Ledger) -> Watch:
    """`watch(feeds...)` makes one round; without feeds, one of those that are watched."""
    languages = Languages()

    def run(*feeds: str, settings: Settings = SETTINGS, **options: object) -> Run:
        told: list[Told] = []
        given = {"backoff": 1000.0, "every": 0.001, **options}
        watching = Watching(ledger, settings, told.append, languages=languages, **given)  # type: ignore[arg-type]
        watching.watch(feeds)
        time.sleep(0.01)
        return Run(watching, told, ledger)

    return run


def pages(site: Site, count: int) -> list[str]:
    for number in range(count):
        site.gives(f"/{number}", page(number), HTML)
    return [site.at(f"/{number}") for number in range(count)]


def test_articles_come_once_however_often_feeds_name_them(site: Site, watch: Watch, tmp_path: Path) -> None:
    a, b, c, d = pages(site, 4)
    site.gives("/rss", rss(item(a, day="Mon, 02 Mar 2020 10:00:00 GMT"), item(b)))
    site.gives("/atom", atom(b, c))
    site.gives("/json", json_feed({"id": "1", "url": d}, {"id": "2", "url": a}))
    (tmp_path / "feeds.opml").write_text(opml(site.at("/rss"), site.at("/atom"), site.at("/json")), encoding="utf-8")
    first = watch(str(tmp_path / "feeds.opml"))
    assert sorted(first.ids) == [a, b, c, d] and first.finished
    assert {one.document.title for one in first.arrivals} == {"Harbour 0", "Harbour 1", "Harbour 2", "Harbour 3"}
    assert {one.document.published for one in first.arrivals if one.document.id == a} <= {"2020-03-02T10:00:00Z", None}
    assert watch().ids == [] == watch(str(tmp_path / "feeds.opml")).ids
    assert [site.asked(f"/{number}") for number in range(4)] == [1] * 4
    assert site.asked("/rss") == 3 and site.asked("/robots.txt") == 3  # each watch asks for the rules once


def test_a_feed_is_asked_only_for_what_changed(site: Site, watch: Watch) -> None:
    a, b = pages(site, 2)
    shown = [rss(item(a))]

    def answer(request: Request) -> Served:
        tag = f'"{len(shown)}"'
        if request.headers["If-None-Match"] == tag and request.headers["If-Modified-Since"]:
            return Served(304, {"ETag": tag}, b"")
        return Served(200, {"ETag": tag, "Last-Modified": "Mon, 02 Mar 2020 10:00:00 GMT"}, shown[-1].encode())

    site.answers("/rss", answer)
    assert watch(site.at("/rss")).what("feed")[0].new == 1
    again = watch()
    assert [each.what for each in again.told] == ["unchanged"]
    shown.append(rss(item(a), item(b)))
    assert watch().ids == [b]


def test_sitemaps_lists_and_files(site: Site, watch: Watch, tmp_path: Path) -> None:
    a, b, c, d = pages(site, 4)
    site.gives("/index.xml", sitemap_index(site.at("/one.xml"), site.at("/two.xml.gz")))
    site.gives("/one.xml", sitemap(a, changed="2020-01-01"))
    packed = gzip.compress(sitemap(b, changed="2024-06-01", news=True).encode())
    site.gives("/two.xml.gz", packed, {"Content-Type": "application/gzip"})
    (tmp_path / "gdelt.json").write_text(json.dumps({"articles": [{"url": c, "seendate": "20240501T101500Z"}]}), encoding="utf-8")
    (tmp_path / "mine.txt").write_text(f"{d}\n", encoding="utf-8")
    run = watch(site.at("/index.xml"), str(tmp_path / "gdelt.json"), str(tmp_path / "mine.txt"), since="2024-01-01")
    assert sorted(run.ids) == [b, c, d]
    assert next(one.document.published for one in run.arrivals if one.document.id == b) == "2024-05-02"
    with pytest.raises(InputError, match="cannot be read"):
        watch(str(tmp_path / "none.opml"))


def test_dead_feeds_stop_no_others(site: Site, watch: Watch, ledger: Ledger) -> None:
    (a,) = pages(site, 1)
    site.gives("/good", rss(item(a)))
    site.gives("/broken", "<rss><channel><item")
    site.gives("/gone", "", status=410)
    site.gives("/html", "<html><head></head><body>no</body></html>", HTML)
    site.gives("/moved", "", {"Location": site.at("/good2")}, 301)
    site.gives("/good2", rss(item(a)))
    site.gives("/slow", rss(item(a)), wait=1.5)
    names = ("broken", "gone", "html", "missing", "moved", "good", "slow")
    first = watch(*(site.at(f"/{name}") for name in names), "http://127.0.0.2:9/rss")
    assert first.ids == [a]
    assert {each.address.rpartition("/")[2] for each in first.what("dead")} == {"broken", "html", "missing", "slow", "rss"}
    assert all(each.reason and ":" in each.reason for each in first.what("dead"))
    (gone,) = first.what("gone")
    assert "410" in (gone.reason or "") and "watched no more" in (gone.reason or "")
    assert first.what("moved")[0].to == site.at("/good2")
    states = {feed.address.rpartition("/")[2]: feed for feed in ledger.journal().feeds()}
    assert states["gone"].state == "gone" and states["moved"].moved == site.at("/good2") and states["missing"].failures == 1
    assert watch().finished
    assert site.asked("/gone") == site.asked("/slow") == 1 and (site.asked("/moved"), site.asked("/good2")) == (1, 2)


def test_a_host_that_fails_again_and_again_is_left_alone(site: Site, watch: Watch) -> None:
    names = [site.at(f"/{number}") for number in range(9)]
    for number in range(9):
        site.gives(f"/{number}", "", status=500)
    site.gives("/rss", rss(*map(item, names)))
    run = watch(site.at("/rss"))
    assert len(run.what("later")) == 3 == sum(site.asked(f"/{number}") for number in range(9))


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(site: Site, watch: Watch, ledger: Ledger) -> None:
    a, b = pages(site, 2)
    site.gives("/rss", rss(item(a), item(b)))
    site.gives("/0", "", {"Retry-After": "3600"}, 429)
    run = watch(site.at("/rss"))
    assert run.arrivals == [] and [each.status for each in run.what("later")] == [429]
    assert site.asked("/1") == 0, "its host rests, and so do its other articles"
    journal = ledger.journal()
    assert min(one.due for one in journal.pages("waiting")) > time.time() + 3500
    assert watch().told == [] and watch().finished, "also the feed, and also after a restart"


def test_what_fails_again_and_again_is_given_up(site: Site, watch: Watch, ledger: Ledger) -> None:
    site.gives("/rss", rss(item(site.at("/0"))))
    site.gives("/0", "", status=503)
    told = []
    for _ in range(TRIES + 1):
        told += watch(site.at("/rss"), backoff=0.001).told
        time.sleep(0.05)
    kinds = [each.what for each in told if each.what not in ("feed", "unchanged")]
    assert kinds == ["later"] * (TRIES - 1) + ["failed"]
    assert site.asked("/0") == TRIES
    (failed,) = ledger.journal().pages("failed")
    assert (failed.status, failed.tries) == (503, TRIES) and "503" in (failed.result or "")


def test_back_off_doubles_and_is_always_the_same(ledger: Ledger) -> None:
    watching = Watching(ledger, SETTINGS, lambda told: None, backoff=60)
    delays = [watching._delay(number, "a") for number in range(1, 12)]
    assert all(0.8 <= delay / (60 * 2**number) <= 1.2 for number, delay in enumerate(delays[:8]))
    assert delays[-1] <= 6 * 3600 * 1.2 and delays == [watching._delay(number, "a") for number in range(1, 12)]
    assert delays[0] != watching._delay(1, "b")


def test_the_feeds_own_text_stands_in_for_a_page_that_cannot_be_had(site: Site, watch: Watch, ledger: Ledger) -> None:
    whole = f"<p>{TEXT.format(9) * 5}</p>"
    empty = "<html><body></body></html>"
    site.gives("/empty", empty, HTML)
    site.gives("/rss", rss(
        item(site.at("/missing"), text=whole), item(site.at("/empty"), text=whole.replace("9", "8"), guid="e"),
        item(guid="only-here", text=whole.replace("9", "7")), item(site.at("/missing2")), item(guid="nothing"),
        item("ftp://example.org/x"), title="Norlund & Sons",
    ).replace("Norlund & Sons", "Norlund &amp; Sons"))
    run = watch(site.at("/rss"))
    assert sorted(run.ids) == sorted([site.at("/missing"), site.at("/empty"), f"{site.at('/rss')}#only-here"])
    assert all(one.document.text.startswith("The governor") for one in run.arrivals)
    assert {one.document.publisher for one in run.arrivals} == {"Norlund & Sons"}
    assert all(one.raw.media_type.startswith("text/plain") and one.raw.fetched for one in run.arrivals)
    assert [each.address for each in run.what("failed")] == [site.at("/missing2")]
    assert len(run.what("own text")) == 2


def test_ninjs_items_need_no_page(site: Site, watch: Watch) -> None:
    news = {"uri": "urn:newsml:1", "contentcreated": "2024-05-01T10:00:00Z", "headlines": [{"value": "Hit"}],
            "bodies": [{"contenttype": "text/plain", "value": TEXT.format(3)}]}  # fmt: skip
    site.gives("/items", json.dumps({"items": [news]}), {"Content-Type": "application/json"})
    (one,) = watch(site.at("/items")).arrivals
    assert (one.document.id, one.document.text, one.document.title) == ("urn:newsml:1", TEXT.format(3), "Hit")
    assert one.document.published == "2024-05-01T10:00:00Z"


def test_robots_and_crawl_delay_are_obeyed(site: Site, watch: Watch) -> None:
    a, b, c = pages(site, 3)
    site.gives("/robots.txt", "User-agent: *\nDisallow: /1\nCrawl-delay: 0.3\n")
    site.gives("/rss", rss(item(a), item(b), item(c)))
    run = watch(site.at("/rss"))
    assert sorted(run.ids) == [a, c] and site.asked("/1") == 0
    assert "robots.txt" in (run.what("failed")[0].reason or "")
    times = [request.at for request in site.requests if request.path != "/robots.txt"]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.28


def test_what_the_ledger_has_is_not_fetched(site: Site, watch: Watch, base: Base) -> None:
    (a,) = pages(site, 1)
    site.gives("/rss", rss(item(a)))
    site.gives("/list", a)
    (one,) = watch(site.at("/rss")).arrivals
    with open_ledger(base.target) as again:
        assert [entry.id for entry in again.view().documents()] == [one.document.id]
    assert watch(site.at("/list")).ids == [] and site.asked("/0") == 1


def test_one_whose_reader_stopped_is_handed_out_again_without_a_second_fetch(site: Site, ledger: Ledger) -> None:
    a, b = pages(site, 2)
    site.gives("/rss", rss(item(a), item(b)))
    watching = Watching(ledger, SETTINGS, lambda told: None)
    watching.watch([site.at("/rss")])
    assert sum(1 for _ in watching.arrivals()) == 2, "taken, and never stored"
    again = Watching(ledger, SETTINGS, lambda told: None)
    late = list(again.arrivals())
    assert sorted(one.document.id for one in late) == [a, b] and list(again.arrivals()) == []
    for one in late:
        ledger.writer().store(one.raw, one.document, None, state="not-read", reason="a test")
    again.settle()
    assert ledger.journal().counts() == {"done": 2}
    assert site.asked("/0") == site.asked("/1") == 1


def test_a_long_list_is_taken_in_rounds(site: Site, ledger: Ledger) -> None:
    site.gives("/list", "\n".join(pages(site, 7)))
    watching = Watching(ledger, SETTINGS, lambda told: None, every=1000)
    watching.watch([site.at("/list")])
    rounds = []
    while not rounds or not watching.finished:
        rounds.append(sum(1 for _ in watching.arrivals(most=3)))
    assert rounds == [3, 3, 1]


@pytest.mark.long
def test_killed_at_any_moment_it_goes_on_with_nothing_lost_or_fetched_twice(site: Site, base: Base) -> None:
    count, chance = 60, random.Random(7)
    names = pages(site, count)
    site.gives("/rss", rss(*map(item, names[:30])))
    site.gives("/map.xml", sitemap(*names[20:]))
    program, feeds = Path(__file__).parent / "watcher.py", (site.at("/rss"), site.at("/map.xml"))
    command = [sys.executable, str(program), base.target, *feeds]
    kills = 0
    for _ in range(4):
        before = sum(site.asked(f"/{number}") for number in range(count))
        process = subprocess.Popen(command)
        while process.poll() is None:
            if sum(site.asked(f"/{number}") for number in range(count)) >= before + chance.randint(5, 12):
                process.kill()
                kills += 1
            time.sleep(0.01)
    assert subprocess.run(command, check=False, timeout=60).returncode == 0
    asked = Counter(request.path for request in site.requests)
    twice = [number for number in range(count) if asked[f"/{number}"] > 1]
    assert all(asked[f"/{number}"] >= 1 for number in range(count))
    assert len(twice) <= kills, "only what was under way at a kill may be asked again, one a host"
    with open_ledger(base.target) as ledger:
        assert sorted(entry.id for entry in ledger.view().documents()) == sorted(names)
        assert ledger.journal().counts() == {"done": count}
