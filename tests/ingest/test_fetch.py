"""Fetching from a real server on this machine: what is had, what is refused, and in which words."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator

import pytest

from rashomon.config import Fetching, Limits
from rashomon.errors import (
    DocumentTooLarge,
    EmptyDocument,
    InputError,
    MalformedRecord,
    NotFetched,
    UnsupportedFormat,
    UsageError,
)
from rashomon.ingest import documents
from rashomon.ingest.fetch import Fetcher, user_agent
from rashomon.ingest.network import public
from rashomon.ingest.robots import Robots

from ..local_site import Site

QUICK = Fetching(
    private_addresses=True, connect_seconds=1, read_seconds=0.5, total_seconds=1, page_bytes=200_000, seconds_between=0,
    contact="desk@example.org",
)
ARTICLE = "The governor of Norlund said on Monday that rockets had hit the harbour of Vessby, wounding four dock workers. " * 4
PAGE = f"<html><head><title>Harbour hit</title></head><body><article><p>{ARTICLE}</p></article></body></html>"


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(QUICK) as made:
        yield made


def refused(fetcher: Fetcher, address: str, kind: type[InputError] = NotFetched) -> str:
    with pytest.raises(kind) as caught:
        fetcher.page(address)
    return str(caught.value)


def test_a_page_comes_with_its_bytes_address_headers_and_time(site: Site, fetcher: Fetcher) -> None:
    site.gives("/report", PAGE.encode(), {"Content-Type": "text/html; charset=utf-8", "ETag": '"a1"', "Set-Cookie": "who=you"})
    raw = fetcher.page(site.at("/report#part"))
    assert raw.content == PAGE.encode()
    assert raw.id == raw.url == raw.source == site.at("/report")
    assert raw.media_type == "text/html; charset=utf-8"
    assert raw.headers["etag"] == '"a1"' and "set-cookie" not in raw.headers
    assert raw.fetched is not None and raw.fetched.endswith("Z")
    assert len(raw.sha256) == 64
    assert [request.path for request in site.requests] == ["/robots.txt", "/report"]
    agent = site.requests[1].headers["User-Agent"]
    assert agent.startswith("rashomon/") and "desk@example.org" in agent


@pytest.mark.parametrize("coding", ["gzip", "deflate", "bare deflate", "identity"])
def test_packed_pages_are_unpacked(site: Site, fetcher: Fetcher, coding: str) -> None:
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(PAGE.encode()), "deflate": zlib.compress(PAGE.encode()),
        "bare deflate": bare.compress(PAGE.encode()) + bare.flush(), "identity": PAGE.encode(),
    }[coding]
    site.gives("/p", packed, {"Content-Type": "text/html", "Content-Encoding": coding.split()[-1]})
    assert fetcher.page(site.at("/p")).content == PAGE.encode()


def test_bombs_and_broken_packing_are_refused(site: Site, fetcher: Fetcher) -> None:
    html = {"Content-Type": "text/html"}
    site.gives("/bomb", gzip.compress(bytes(50_000_000)), {**html, "Content-Encoding": "gzip"})
    site.gives("/double", gzip.compress(gzip.compress(bytes(50_000_000))), {**html, "Content-Encoding": "gzip, gzip"})
    site.gives("/plain", bytes(b"x" * 300_000), html)
    site.gives("/cut", gzip.compress(PAGE.encode())[:-20], {**html, "Content-Encoding": "gzip"})
    site.gives("/strange", b"abc", {**html, "Content-Encoding": "rot13"})
    for path in ("/bomb", "/double", "/plain"):
        assert "200,000 bytes" in refused(fetcher, site.at(path), DocumentTooLarge)
    assert "breaks off" in refused(fetcher, site.at("/cut"), MalformedRecord)
    assert "'rot13'" in refused(fetcher, site.at("/strange"), UnsupportedFormat)


def test_redirects_are_followed_so_far(site: Site, fetcher: Fetcher) -> None:
    site.gives("/old", b"", {"Location": "/new"}, 301)
    site.gives("/new", b"", {"Location": site.at("/newest")}, 308)
    site.gives("/newest", PAGE.encode(), {"Content-Type": "text/html"})
    site.gives("/for-now", b"", {"Location": "/newest"}, 302)
    site.gives("/round", b"", {"Location": "/round"}, 302)
    site.gives("/out", b"", {"Location": "file:///etc/passwd"}, 302)
    answer = fetcher.get(site.at("/old"))
    assert (answer.url, answer.moved) == (site.at("/newest"), site.at("/newest"))
    assert fetcher.get(site.at("/for-now")).moved is None
    assert fetcher.page(site.at("/for-now")).url == site.at("/newest")
    assert "more than 5 times" in refused(fetcher, site.at("/round"))
    assert "no address of the web" in refused(fetcher, site.at("/out"))


@pytest.mark.parametrize(
    ("status", "headers", "again", "after", "words"),
    [
        (404, {}, False, None, "not there"),
        (410, {}, False, None, "gone for good"),
        (403, {}, False, None, "save the page"),
        (429, {"Retry-After": "120"}, True, 120.0, "left alone"),
        (503, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, True, 0.0, "busy"),
        (500, {"Retry-After": "soon"}, True, None, "fault"),
    ],
)
def test_refusals_say_what_to_do(
    site: Site, fetcher: Fetcher, status: int, headers: dict[str, str], again: bool, after: float | None, words: str
) -> None:
    site.gives("/p", b"no", headers, status)
    with pytest.raises(NotFetched) as caught:
        fetcher.page(site.at("/p"))
    error = caught.value
    assert (error.status, error.again, error.after) == (status, again, after)
    assert words in str(error) and site.at("/p") in str(error)


def test_slow_servers_are_left(site: Site, fetcher: Fetcher) -> None:
    site.gives("/silent", PAGE.encode(), {"Content-Type": "text/html"}, wait=3)
    site.gives("/dripping", b"x" * 100, {"Content-Type": "text/html"}, drip=0.1)
    site.gives("/short", PAGE.encode(), {"Content-Type": "text/html", "Content-Length": "100000"})
    assert "fell silent" in refused(fetcher, site.at("/silent"))
    begun = time.monotonic()
    assert "did not end within 1 seconds" in refused(fetcher, site.at("/dripping"))
    assert time.monotonic() - begun < 2
    assert "connection failed" in refused(fetcher, site.at("/short"))


def test_no_server_no_host_no_address(site: Site, fetcher: Fetcher) -> None:
    assert "connection failed" in refused(fetcher, "http://127.0.0.1:9/x")
    assert "can be found" in refused(fetcher, "http://nowhere.invalid/x")
    odd = ("ftp://example.org/x", "https://", "http://[::1", "//example.org", "https://exa mple.org/", "http://" + "a" * 9000)
    for address in odd:
        assert "address" in refused(fetcher, address)
    assert "name or password" in refused(fetcher, "https://me:secret@example.org/x")
    assert "secret" not in refused(fetcher, "https://me:secret@example.org/x")


def test_robots_are_obeyed_also_after_a_redirect(site: Site, fetcher: Fetcher) -> None:
    rules = "User-agent: *\nDisallow: /private\n\nUser-agent: rashomon\nDisallow: /no*.html$\nCrawl-delay: 700\n"
    site.gives("/robots.txt", rules)
    site.gives("/private", PAGE.encode(), {"Content-Type": "text/html"})
    site.gives("/go", b"", {"Location": "/not.html"}, 302)
    assert fetcher.delay(site.at("/private")) == 700
    message = refused(fetcher, site.at("/go"))
    assert "/not.html" in message and "robots.txt" in message and "save the page" in message
    assert [request.path for request in site.requests] == ["/robots.txt", "/go"]
    assert "in 700 seconds" in refused(fetcher, site.at("/private"))  # our own group of rules counts, not that for all


def test_robots_in_trouble_forbid_for_now_and_missing_ones_nothing(site: Site) -> None:
    trouble = Robots(_raises(NotFetched("x", status=503, again=True, after=9.0)))
    with pytest.raises(NotFetched) as caught:
        trouble.check("https://a.example", "https://a.example/x")
    assert caught.value.again and caught.value.after == 9.0 and "without its rules" in str(caught.value)
    Robots(_raises(NotFetched("x", status=404))).check("https://a.example", "https://a.example/x")
    Robots(lambda _: b"\xff\xfe\0nonsense").check("https://a.example", "https://a.example/x")


def _raises(error: Exception) -> Callable[[str], bytes]:
    def fetch(address: str) -> bytes:
        raise error

    return fetch


def test_private_addresses_are_refused_before_a_byte_is_sent(site: Site) -> None:
    with Fetcher(Fetching()) as fetcher:
        for address in (site.at("/x"), site.at("/x").replace("127.0.0.1", "localhost"), "http://[::ffff:10.0.0.1]/", "http://0x7f000001/"):
            assert "private" in refused(fetcher, address)
    assert site.requests == []
    assert public("93.184.216.34") and public("2606:2800:220:1::1")
    inner = ("10.1.2.3", "169.254.169.254", "0.0.0.0", "224.0.0.1", "::1", "fe80::1%eth0", "2002:7f00:1::", "64:ff9b::a00:1")
    for inside in inner:
        assert not public(inside)


def test_a_redirect_into_a_private_network_is_refused(site: Site) -> None:
    site.gives("/open", b"", {"Location": "http://127.0.0.2:1/secret"}, 302)
    with Fetcher(QUICK, allowed=lambda ip: ip == "127.0.0.1") as fetcher:
        assert "127.0.0.2" in refused(fetcher, site.at("/open"))


def test_only_pages_are_read(site: Site, fetcher: Fetcher) -> None:
    site.gives("/picture", b"\x89PNG" * 1000, {"Content-Type": "image/png"})
    site.gives("/blank", b"  \n", {"Content-Type": "text/html"})
    assert "image/png" in refused(fetcher, site.at("/picture"), UnsupportedFormat)
    assert "empty" in refused(fetcher, site.at("/blank"), EmptyDocument)


def test_an_address_is_read_like_a_file(site: Site) -> None:
    latin = PAGE.replace("governor", "governør").encode("iso-8859-1")
    own = PAGE.replace("<head>", f'<head><link rel="canonical" href="{site.at("/story/7")}">')
    front = PAGE.replace("<head>", f'<head><link rel="canonical" href="{site.at("/")}">')
    site.gives("/latin", latin, {"Content-Type": "text/html; charset=iso-8859-1"})
    site.gives("/own?utm=1", own.encode(), {"Content-Type": "text/html"})
    site.gives("/front", front.encode(), {"Content-Type": "text/html"})
    site.gives("/plain", ARTICLE.encode(), {"Content-Type": "text/plain"})
    failures: list[str] = []
    found = list(documents(
        [site.at("/latin"), site.at("/own?utm=1"), site.at("/missing"), site.at("/front"), site.at("/plain")], limits=Limits(),
        failed=lambda source, error: failures.append(source), fetching=QUICK,
    ))
    assert [one.document.url for one in found] == [site.at("/latin"), site.at("/story/7"), site.at("/front"), site.at("/plain")]
    assert "governør" in found[0].document.text and found[0].document.title == "Harbour hit"
    assert found[3].document.text == ARTICLE
    assert all(one.raw.fetched and one.raw.url == one.document.url for one in found)
    assert failures == [site.at("/missing")]


def test_one_host_is_not_hurried(site: Site) -> None:
    site.gives("/p", ARTICLE.encode(), {"Content-Type": "text/plain"})
    with Fetcher(Fetching(private_addresses=True, seconds_between=0.3)) as fetcher:
        for _ in range(3):
            fetcher.page(site.at("/p"))
    first, _, last = (request.at for request in site.requests if request.path == "/p")
    assert last - first >= 0.55


def test_the_program_names_itself() -> None:
    assert user_agent(None).startswith("rashomon/")
    assert user_agent("https://example.org/about").endswith("(https://example.org/about)")
    with pytest.raises(UsageError):
        user_agent("a\r\nX-Evil: 1")
