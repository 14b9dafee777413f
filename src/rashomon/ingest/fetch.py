"""Pages fetched from their addresses: politely, within bounds, and only from where a page may be had.

    with Fetcher(settings.fetching) as fetcher:
        raw = fetcher.page("https://example.org/report")

Every request names the program, obeys robots.txt, goes to the open internet only (unless the settings say otherwise), and ends
within its time and size. Redirects are followed one by one, so that each of these holds for every address on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType

import httpcore
import httpx
import msgspec

from ..config import Fetching
from ..errors import EmptyDocument, InputError, NotFetched, UnsupportedFormat, UsageError
from ..records import RawDocument
from .network import Allowed, Network, OutOfTime, PrivateAddress, UnknownHost, anywhere, public
from .pace import Pace
from .packing import ACCEPTED, unpacked
from .robots import NAME, Robots

SCHEMES = ("http", "https")
LONGEST_ADDRESS = 8_000
# Of seconds: a site that wishes more time than this between two requests is not waited for.
LONGEST_WAIT = 120.0
# What a page may be; a server that names no type is taken at its word that there is one.
PAGES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
# Of the headers of an answer, those that tell of the page; cookies and the like are nobody's business.
KEPT_HEADERS = ("content-type", "content-language", "date", "etag", "last-modified", "link", "server", "x-robots-tag")
_MOVED = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_SIGN_IN = (401, 402, 403, 407, 451)
_LATER = (408, 425, 429, 500, 502, 503, 504)
_READABLE = f"{', '.join(PAGES)}"


class Answer(msgspec.Struct, frozen=True):
    """What a server gave: `url` the last address of the way, `moved` where the first lives now for good (None: still there),
    `content` unpacked, `at` when it was asked (ISO 8601, UTC). `content` is empty for 304, not modified."""

    asked: str
    url: str
    status: int
    headers: dict[str, str]
    content: bytes
    at: str
    moved: str | None = None

    @property
    def media_type(self) -> str:
        """The bare type of the content in small letters, "" where none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def is_address(path: str) -> bool:
    """Is this the address of a page rather than a path?"""
    return path[:8].lower().startswith(("http://", "https://"))


class Fetcher:
    """Fetches over connections of its own; close it, or use it in a `with`. Several threads may share one."""

    def __init__(self, settings: Fetching | None = None, *, allowed: Allowed | None = None) -> None:
        self._settings = settings = settings or Fetching()
        if allowed is None:
            allowed = anywhere if settings.private_addresses else public
        self._network = Network(allowed)
        self._agent = user_agent(settings.contact)
        self._timeout = httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds).as_dict()
        self._pace = Pace()
        self._robots = Robots(lambda address: self._way(address, {}, lambda _: None, robots=False).content)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._network.close()

    def page(self, address: str) -> RawDocument:
        """The page behind an address, its id and address the one that the way ended at. InputError says why there is none."""
        answer = self.get(address, readable=_page_type)
        if not answer.content.strip():
            raise EmptyDocument(f"{answer.url} is empty ({len(answer.content)} bytes): try again later, or leave it out")
        return RawDocument(
            answer.url, answer.url, answer.headers.get("content-type", "text/html"), answer.content,
            url=answer.url, fetched=answer.at, headers=answer.headers,
        )

    def get(
        self, address: str, headers: Mapping[str, str] | None = None, *, readable: Callable[[Answer], None] = lambda _: None
    ) -> Answer:
        """What stands at an address, of whatever kind. `headers` may ask for it only if it changed; then the answer may be 304.

        `readable` is asked with the answer before its content comes, and raises where that is not wanted.
        """
        return self._way(address, headers or {}, readable, robots=True)

    def delay(self, address: str) -> float:
        """Seconds to leave between two requests to the host of the address: ours, or the site's own if longer."""
        return max(self._settings.seconds_between, self._robots.delay(_site(_url(address))) or 0.0)

    def resting(self) -> set[str]:
        """The hosts that may not be asked yet; asking them waits for their turn."""
        return self._pace.resting()

    def _way(
        self, address: str, headers: Mapping[str, str], readable: Callable[[Answer], None], *, robots: bool
    ) -> Answer:
        """From the address over every redirect to the answer."""
        url, moved, lasting = _url(address), None, True
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        # A cookie is carried from one step of this way to the next, as some sites wish, and then forgotten.
        cookies = httpx.Cookies()
        for _ in range(self._settings.redirects + 1):
            if robots:
                self._robots.check(_site(url), str(url))
                self._wait(url)
            with self._told(str(url)), self._network.within(self._settings.total_seconds):
                request = self._request(url, headers)
                cookies.set_cookie_header(request)
                with self._sent(request) as response:
                    response.request = request
                    cookies.extract_cookies(response)
                    onward = response.headers.get("location") if response.status_code in _MOVED else None
                    if onward is None:
                        return self._answer(address, response, at, moved, readable)
            lasting = lasting and response.status_code in _FOR_GOOD
            url = _url(onward, url)
            moved = str(url) if lasting else moved
        raise NotFetched(
            f"{address} leads on to another address more than {self._settings.redirects} times: check it in a browser", again=True
        )

    def _wait(self, url: httpx.URL) -> None:
        seconds = self._pace.wait(url.host, self.delay(str(url)), LONGEST_WAIT)
        if seconds:
            raise NotFetched(
                f"{url}: {url.host} wants to be asked again in {seconds:.0f} seconds at the earliest: try again then",
                again=True, after=seconds,
            )

    def _request(self, url: httpx.URL, headers: Mapping[str, str]) -> httpx.Request:
        standing = {"user-agent": self._agent, "accept": "*/*", "accept-language": "en", "accept-encoding": ACCEPTED}
        return httpx.Request("GET", url, headers={**standing, **headers}, extensions={"timeout": self._timeout})

    @contextmanager
    def _sent(self, request: httpx.Request) -> Iterator[httpx.Response]:
        response = self._network.handle_request(request)
        try:
            yield response
        finally:
            response.close()

    def _answer(
        self, asked: str, response: httpx.Response, at: str, moved: str | None, readable: Callable[[Answer], None]
    ) -> Answer:
        url, status = str(response.request.url), response.status_code
        answer = Answer(asked, url, status, kept_headers(response.headers), b"", at, moved)
        if status == 304:
            return answer
        if not 200 <= status < 300:
            raise _refusal(url, status, response.headers.get("retry-after"))
        readable(answer)
        coding = response.headers.get("content-encoding", "")
        content = unpacked(response.iter_raw(), coding, self._settings.page_bytes, url)
        return msgspec.structs.replace(answer, content=content)

    @contextmanager
    def _told(self, url: str) -> Iterator[None]:
        """Whatever goes wrong on the line, as one sentence."""
        told = self._settings
        try:
            yield
        except InputError:
            raise
        except PrivateAddress as error:
            raise NotFetched(
                f"{url} leads to {error}, an address of this machine or of a private network, which is not fetched: "
                "if you mean it, set private_addresses in the settings"
            ) from error
        except UnknownHost as error:
            host = httpx.URL(url).host
            raise NotFetched(f"{url}: no host {host} can be found: check the address", again=True) from error
        except OutOfTime as error:
            raise NotFetched(f"{url} did not end within {told.total_seconds:g} seconds: try again later", again=True) from error
        except httpcore.ConnectTimeout as error:
            raise NotFetched(
                f"{url} took no call within {told.connect_seconds:g} seconds: try again later", again=True
            ) from error
        except httpcore.TimeoutException as error:
            raise NotFetched(f"{url} fell silent for {told.read_seconds:g} seconds: try again later", again=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            reason = str(error).strip().rstrip(".") or type(error).__name__
            raise NotFetched(f"{url}: the connection failed ({reason}): try again later", again=True) from error


def user_agent(contact: str | None) -> str:
    """How the program calls itself. UsageError for a contact that no header can carry."""
    name = f"{NAME}/{version('rashomon')}"
    if not contact:
        return name
    if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()\\"):
        raise UsageError(f"the setting contact ({contact!r}) must be a mail address or the address of a page, in plain letters")
    return f"{name} ({contact.strip()})"


def host_of(address: str) -> str:
    """The host of an address. NotFetched for what is none."""
    return _url(address).host


def _url(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """The address as a URL of the web, without its fragment; a relative one is joined to `base`."""
    where = address if len(address) < 300 else address[:300] + "…"
    try:
        if len(address) > LONGEST_ADDRESS:
            raise ValueError("it is too long")
        url = base.join(address) if base is not None else httpx.URL(address.strip())
        url = url.copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise NotFetched(f"{where!r} is no address that can be fetched ({error}): check it") from error
    if url.scheme not in SCHEMES or not url.host:
        raise NotFetched(f"{where!r} is no address of the web: give one that begins with https:// or http://")
    if url.userinfo:
        raise NotFetched(f"an address on {url.host} carries a name or password, which a ledger should not keep: leave them out")
    return url


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _page_type(answer: Answer) -> None:
    if answer.media_type and answer.media_type not in PAGES:
        raise UnsupportedFormat(
            f"{answer.url} is {answer.media_type[:80]}, no page that is read from an address: those are {_READABLE}; "
            "save it and add the file"
        )


def _refusal(url: str, status: int, retry_after: str | None) -> NotFetched:
    again, after = status in _LATER, _seconds(retry_after)
    if status in (404, 410):
        told = f"{url} is {'not there' if status == 404 else 'gone for good'} ({status}): check the address, or leave it out"
    elif status in _SIGN_IN:
        told = f"{url} is not for everybody or not for programs ({status}): save the page in your browser and add the file"
    elif status == 429:
        told = f"{url} asks to be left alone for now (429): try again later"
    elif again:
        told = f"{url}: the server has a fault or is busy ({status}): try again later"
    else:
        told = f"{url} gives no page ({status}): check the address in a browser"
    return NotFetched(told, status=status, again=again, after=after)


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After: a number of seconds, or a date."""
    if retry_after is None:
        return None
    value = retry_after.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return None
    when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Those headers of an answer (names in small letters) that are kept, each within a thousand printable characters."""
    return {name: "".join(filter(str.isprintable, headers[name]))[:1_000] for name in KEPT_HEADERS if name in headers}
