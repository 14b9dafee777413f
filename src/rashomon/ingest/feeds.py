"""What stands at an address that is watched: a feed, a list of addresses, or news items themselves, told by the content.

RSS, Atom, JSON Feed, ninjs, sitemaps and their indexes, news sitemaps, OPML, GDELT's article lists and tables, plain lists of
addresses; each also packed with gzip or zip. Of a web page the feed that it names is taken.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Literal
from urllib.parse import urljoin

import feedparser
import lxml.html
import msgspec

from ..config import Limits
from ..errors import DocumentTooLarge, InputError, MalformedRecord, UnsupportedFormat
from . import addresses, ninjs
from .addresses import MOST, Found
from .fetch import is_address
from .markup import text_of
from .packing import unpacked
from .quiet import quiet
from .text import carrier, decode

Kind = Literal["feed", "json feed", "ninjs", "sitemap", "sitemap index", "list", "opml", "page"]
# From so many characters on, what a feed carries of an article is taken for the article.
FULL_TEXT = 400
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_XML_FURNITURE = re.compile(rb"^(?:\s|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*", re.DOTALL)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


class Item(msgspec.Struct, frozen=True):
    """One article that a list names. `id` tells it from the others of its list, `address` is where its page stands, `text` the
    whole text where the list itself carries it; one of the two is always there, or the item says nothing.

    `published` and `changed` (last change, or when it was seen) are ISO 8601 or as the list writes them.
    """

    id: str
    address: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None
    publisher: str | None = None
    text: str | None = None
    changed: str | None = None


class Listing(msgspec.Struct, frozen=True):
    """What a watched address held: its items, and the addresses of `further` lists that belong to it."""

    kind: Kind
    title: str | None = None
    items: tuple[Item, ...] = ()
    further: tuple[Found, ...] = ()


def listing(content: bytes, where: str, *, limit: int, base: str | None = None) -> Listing:
    """The list that the bytes are. `base` is the address that relative links in it start from, `limit` bounds what is unpacked.

    InputError, in a sentence with `where` in it, for what is no list of articles, or a broken one.
    """
    content = _opened(content, where, limit)
    start = _XML_FURNITURE.sub(b"", content[:20_000], count=1).lstrip()
    if start[:1] in (b"{", b"["):
        return _json(content, where)
    found = _ROOT.match(start) if start.startswith(b"<") else None
    if found is None:
        return _plain(content, where, limit)
    root = found.group(2).decode("ascii").lower()
    if root in ("rss", "feed", "rdf"):
        return _feed(content, where, base)
    if root == "opml":
        return Listing("opml", further=tuple(map(Found, addresses.opml(addresses.tree(content, where)))))
    if root == "urlset":
        return Listing("sitemap", items=tuple(map(_item, addresses.sitemap(addresses.tree(content, where)))))
    if root == "sitemapindex":
        return Listing("sitemap index", further=tuple(addresses.index(addresses.tree(content, where))))
    if root in ("html", "head", "body"):
        return _page(content, where, base)
    raise UnsupportedFormat(f"{where} is XML of a kind that is not watched (<{root}>): give a feed, a sitemap or an OPML file")


def _opened(content: bytes, where: str, limit: int) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        return unpacked((content,), "gzip", limit, where)
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(archive.infolist()[0]) as member:
                content = member.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
            raise MalformedRecord(f"{where} is a broken zip file ({error}): fetch it again") from error
        if len(content) > limit:
            raise DocumentTooLarge(f"{where} unpacks to more than {limit:,} bytes, the limit: raise page_bytes in the settings")
    return content


def _feed(content: bytes, where: str, base: str | None) -> Listing:
    headers = {"content-location": base} if base else {}
    with quiet("feedparser"):
        try:
            found: Any = feedparser.parse(io.BytesIO(content), response_headers=headers)
        except Exception as error:  # a parser of whatever the web holds; what it stumbles over is told, and the others go on
            raise MalformedRecord(f"{where} is a feed that cannot be parsed ({type(error).__name__}): ask its makers") from error
    title = _clean(found.feed.get("title"))
    items = tuple(_unique(_entries(found.entries, title)))
    reason = str(found.get("bozo_exception", "")).partition("\n")[0][:200] if found.get("bozo") else ""
    if reason and not items:
        raise MalformedRecord(f"{where} is a broken feed without a readable item ({reason}): ask its makers")
    return Listing("feed", title, items)


def _entries(entries: Iterable[Any], feed: str | None) -> Iterator[Item]:
    for entry in entries:
        link = (entry.get("link") or "").strip()
        guid = (entry.get("id") or "").strip()
        address = link if is_address(link) else guid if is_address(guid) else None
        whole = max((text_of(part.get("value") or "") for part in entry.get("content") or ()), key=len, default="")
        # feedparser answers "published" with "updated" where only that is there; a change is no publication.
        published, changed = (_stamp(entry, name) if f"{name}_parsed" in entry else None for name in ("published", "updated"))
        title = _clean(entry.get("title"))
        text = whole if len(whole) >= FULL_TEXT else None
        name = guid or address or title or (text or "")[:200]
        if name:
            yield Item(
                name, address, title, published, _clean(entry.get("author")), feed if text else None, text, changed or published
            )


def _stamp(entry: Any, name: str) -> str | None:
    parsed = entry.get(f"{name}_parsed")
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if parsed else entry.get(name) or None


def _json(content: bytes, where: str) -> Listing:
    try:
        value = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedRecord(f"{where} is broken JSON ({error}): ask its makers") from error
    if isinstance(value, dict) and "jsonfeed.org" in str(value.get("version", "")):
        title = _clean(value.get("title"))
        entries = value.get("items")
        told = [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
        made = (_json_item(entry, title) for entry in told)
        return Listing("json feed", title, tuple(_unique(item for item in made if item is not None)))
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        return Listing("list", items=tuple(map(_item, addresses.gdelt(value))))
    found = tuple(_unique(Item(**_renamed(ninjs.fields(item))) for item in ninjs.items(value)))
    if found or value in ([], {}):
        return Listing("ninjs", items=found)
    raise UnsupportedFormat(f"{where} is JSON of an unknown kind: give a JSON Feed, ninjs items or a GDELT article list")


def _json_item(entry: dict[str, Any], feed: str | None) -> Item | None:
    def told(name: str) -> str:
        value = entry.get(name)
        return value.strip() if isinstance(value, str) else ""

    address = next(filter(is_address, (told("url"), told("id"), told("external_url"))), None)
    text = told("content_text") or text_of(told("content_html"))
    whole = text if len(text) >= FULL_TEXT or address is None else None
    authors = entry.get("authors") or [entry.get("author")]
    names = [each["name"] for each in authors if isinstance(each, dict) and isinstance(each.get("name"), str)]
    name = str(entry.get("id") or address or told("title") or text[:200])
    if not name:
        return None
    return Item(
        name, address, _clean(told("title")), told("date_published") or None, ", ".join(names) or None,
        feed if whole else None, whole or None, told("date_modified") or told("date_published") or None,
    )


def _renamed(fields: dict[str, Any]) -> dict[str, Any]:
    """A news item of an agency carries its text; the page that its `uri` may lead to is a description, and is not fetched."""
    fields.pop("url", None)
    return fields


def _plain(content: bytes, where: str, limit: int) -> Listing:
    text, _ = decode(content, where, carrier(content, Limits(max_bytes=limit)))
    found = addresses.rows(text)
    if not found:
        raise UnsupportedFormat(f"{where} is no feed, and names no address: give a feed, a sitemap, OPML or a list of addresses")
    return Listing("list", items=tuple(map(_item, found)))


def _page(content: bytes, where: str, base: str | None) -> Listing:
    """The first feed that a page names in its head."""
    try:
        root = lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise MalformedRecord(f"{where} is a page that cannot be parsed ({error}): give the address of its feed") from error
    for link in root.iter("link"):
        if "alternate" in (link.get("rel") or "").lower().split() and (link.get("type") or "").lower() in _FEED_TYPES:
            address = urljoin(base or where, (link.get("href") or "").strip())
            if is_address(address):
                return Listing("page", further=(Found(address),))
    raise InputError(f"{where} is a page, and names no feed: give the address of its feed or sitemap")


def _item(found: Found) -> Item:
    return Item(found.address, found.address, found.title, found.published, changed=found.changed or found.published)


def _unique(items: Iterable[Item]) -> Iterator[Item]:
    seen: set[str] = set()
    for item in items:
        if item.id not in seen and len(seen) < MOST:
            seen.add(item.id)
            yield item


def _clean(value: object) -> str | None:
    return (text_of(value).strip() or None) if isinstance(value, str) else None
