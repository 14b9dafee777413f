"""The article in an HTML page, and what the page's head says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

import lxml.html
import msgspec
import trafilatura
from lxml.etree import ParserError, XMLSyntaxError
from trafilatura.settings import DEFAULT_CONFIG

from ..config import Limits
from ..errors import DocumentTooLarge, EmptyDocument, MalformedRecord
from ..knowledge.html_head import HtmlHead
from .quiet import quiet
from .text import carrier, checked, decode

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
# Extraction takes about three seconds for 100,000 elements; news pages have a few thousand.
MOST_ELEMENTS = 100_000
# The declaration must stand in the first kilobyte (HTML standard, 13.2.3.2).
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# Publishing systems that know no date write the year 1 or 1970-01-01; neither is a statement.
_YEAR = re.compile(r"\b(?:19[89]|20\d)\d(?!\d)")
_BOMB = "ERR_RESOURCE_LIMIT"  # 256 levels of elements, or ten million bytes in one piece


class Page(NamedTuple):
    """An article as extracted, verbatim, with the page's own metadata (null where it gives none)."""

    text: str
    encoding: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    url: str | None


def page(content: bytes, where: str, limits: Limits, head: HtmlHead, charset: str | None = None) -> Page:
    """The article of an HTML page. `charset` is the encoding that its server named, which counts before the page's own word.

    trafilatura runs with `favor_precision` (on 91 open news pages .978 against .965 token F1: less furniture stays in),
    without comments, and from 100 characters on (its own default, 250, gives short dispatches to a cruder extractor
    that glues their captions to the text). `published` is only what the head states, never a date found on the page.
    DocumentTooLarge for pages that are nested or strewn beyond reason, EmptyDocument where there is no article.
    """
    declared = _CHARSET.search(content[:1024])
    charset = charset or (declared.group(1).decode("ascii") if declared else None)
    source, encoding = decode(content, where, carrier(content, limits), charset)
    tree = _tree(source, where)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise DocumentTooLarge(f"{where} has more than {MOST_ELEMENTS:,} elements: save its article as text and read that")
    published = _published(tree, head)
    with quiet("trafilatura"):
        found: Any = trafilatura.bare_extraction(
            tree, include_comments=False, favor_precision=True, with_metadata=True, config=_settings()
        )
    if found is None or not (found.text or "").strip():
        raise EmptyDocument(f"{where} has no article text that can be found: save the article as text and read that")
    return Page(
        text=checked(found.text, where, limits),
        encoding=encoding,
        title=found.title or None,
        author=found.author or None,
        publisher=found.sitename or None,
        published=published,
        url=found.url or None,
    )


def _tree(source: str, where: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (ParserError, XMLSyntaxError) as error:
        raise MalformedRecord(f"{where} is no HTML page that can be parsed ({error}): save its text and read that") from error
    if any(entry.type_name == _BOMB for entry in parser.error_log):
        raise DocumentTooLarge(
            f"{where} is nested too deeply, or has too long a piece, to be an article: save its text and read that"
        )
    return tree


def _settings() -> Any:
    settings = deepcopy(DEFAULT_CONFIG)
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "100"
    return settings


def _published(tree: lxml.html.HtmlElement, head: HtmlHead) -> str | None:
    """The date that the page states in its head or its linked data, as it is written there."""
    given: dict[str, str] = {}
    for element in tree.iter("meta", "time", "span"):
        value = (element.get("content") or element.get("datetime") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and _YEAR.search(value):
                given.setdefault(name, value)
    for name in head.published:
        if name in given:
            return given[name]
    dated = [item for item in _linked_data(tree) if _YEAR.search(str(item.get(head.linked_data_key)))]
    for kinds in (head.article_types, head.page_types):
        for item in dated:
            kind = item.get("@type")
            if any(name in kinds for name in (kind if isinstance(kind, list) else [kind])):
                return str(item[head.linked_data_key]).strip() or None
    return None


def _linked_data(tree: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of the page that stands on its own or in a list or `@graph`, in page order."""
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            found = msgspec.json.decode((script.text or "").strip())
        except (msgspec.DecodeError, RecursionError):
            continue  # a page's broken linked data says nothing; its text is still read
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                yield from (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()
