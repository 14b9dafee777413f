"""Lists of addresses: sitemaps and their indexes, GDELT's article lists and tables, OPML, plain lists."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import lxml.etree

from ..errors import MalformedRecord
from .fetch import is_address

# Sitemaps hold 50,000 by their own rule; of longer lists the first so many are taken.
MOST = 50_000
# GDELT's tables have no header; the address stands in this column of a table with so many (events, mentions, GKG 2.1).
GDELT_COLUMNS = {61: 60, 58: 57, 16: 5, 27: 4}
HEADERS = ("url", "sourceurl", "documentidentifier", "mentionidentifier", "link", "address")
_GDELT_DATE = re.compile(r"^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)Z?$")


class Found(NamedTuple):
    """One address with what its list says of it: the days of publication and of the last change (or when it was seen), as the
    list writes them, ISO 8601 where that can be had."""

    address: str
    title: str | None = None
    published: str | None = None
    changed: str | None = None


def tree(content: bytes, where: str) -> Any:
    """The XML of a list. Entities are not followed, nothing is fetched, small faults are forgiven."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True)
    try:
        root = lxml.etree.fromstring(content, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise MalformedRecord(f"{where} is broken XML ({reason}): ask its makers") from error
    if root is None:
        raise MalformedRecord(f"{where} is broken XML: ask its makers")
    return root


def opml(root: Any) -> list[str]:
    """The addresses of the feeds that an OPML file lists, in its order, each once."""
    told = ((element.get("xmlUrl") or element.get("xmlurl") or "").strip() for element in root.iter("{*}outline"))
    return list(dict.fromkeys(address for address in told if is_address(address)))[:MOST]


def sitemap(root: Any) -> list[Found]:
    """The pages of a sitemap; those of news sitemaps with title and day of publication."""
    found = []
    for entry in root.iterchildren("{*}url"):
        loc = _text(entry, "loc")
        if is_address(loc):
            told = (_text(entry, "title", deep=True), _text(entry, "publication_date", deep=True), _text(entry, "lastmod"))
            found.append(Found(loc, *(value or None for value in told)))
        if len(found) >= MOST:
            break
    return found


def index(root: Any) -> list[Found]:
    """The sitemaps that a sitemap index names, with the days of their last change."""
    told = (Found(_text(entry, "loc"), changed=_text(entry, "lastmod") or None) for entry in root.iterchildren("{*}sitemap"))
    return [each for each in told if is_address(each.address)][:MOST]


def gdelt(value: Mapping[str, Any]) -> list[Found]:
    """The articles of GDELT's article list as JSON."""
    articles = value.get("articles")
    found = []
    for each in articles if isinstance(articles, list) else ():
        if isinstance(each, dict) and isinstance(each.get("url"), str) and is_address(each["url"]):
            title = each.get("title")
            found.append(Found(each["url"], title if isinstance(title, str) else None, None, _seen(each.get("seendate"))))
    return found[:MOST]


def rows(text: str) -> list[Found]:
    """The addresses in a table (commas or tabs, with a header or GDELT's without one) or in a plain list, each once."""
    found: dict[str, Found] = {}
    with suppress(csv.Error):  # what stands before a broken row is taken
        for each in _rows(text):
            found.setdefault(each.address, each)
            if len(found) >= MOST:
                break
    return list(found.values())


def _rows(text: str) -> Iterator[Found]:
    lines = (line for line in io.StringIO(text) if line.strip() and not line.startswith("#"))
    first = next(lines, "")
    tabs = "\t" in first
    header = [name.strip().strip('"').lstrip("\ufeff").lower() for name in first.split("\t" if tabs else ",")]
    column = next((header.index(name) for name in HEADERS if name in header), None)
    titles = header.index("title") if column is not None and "title" in header else None
    days = header.index("date") if column is not None and "date" in header else None

    def both() -> Iterator[str]:
        if column is None:
            yield first
        yield from lines

    # GDELT's tables know no quotation marks.
    for fields in csv.reader(both(), delimiter="\t", quoting=csv.QUOTE_NONE) if tabs else csv.reader(both()):
        at = column if column is not None else GDELT_COLUMNS.get(len(fields))
        told = fields[at].strip() if at is not None and at < len(fields) else next(filter(is_address, map(str.strip, fields)), "")
        if is_address(told):
            title = fields[titles].strip() if titles is not None and titles < len(fields) else ""
            day = fields[days].strip() if days is not None and days < len(fields) else ""
            yield Found(told, title or None, None, _seen(day) or day or None)


def _seen(date: object) -> str | None:
    """GDELT's stamps (20201103T101500Z) in ISO 8601."""
    match = _GDELT_DATE.match(date) if isinstance(date, str) else None
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else None


def _text(entry: Any, name: str, *, deep: bool = False) -> str:
    found = next(entry.iter(f"{{*}}{name}") if deep else entry.iterchildren(f"{{*}}{name}"), None)
    return (found.text or "").strip() if found is not None else ""
