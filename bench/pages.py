"""The open HTML pages, stripped naively: what a careless scraper would hand us, one line a block."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

_BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "iframe",
        "img",
        "input",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "picture",
        "pre",
        "section",
        "select",
        "source",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
    ]
)
_DROPPED = frozenset(("script", "style", "noscript", "template", "svg", "title", "iframe", "select", "textarea"))
_WORD = re.compile(r"\w+")
_SHINGLE = 4


class Page(NamedTuple):
    """One page: its id, its raw HTML and the true article text (headline left out by those who made the set)."""

    id: str
    html: str
    article: str


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropped.append(tag)
        if tag in _BREAKING:
            self.pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKING:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._dropped and tag == self._dropped[-1]:
            self._dropped.pop()
        if tag in _BREAKING:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.pieces.append(re.sub(r"\s+", " ", data))


def naive_text(html: str) -> str:
    """Tags out, a new line at every block tag, scripts and styles dropped, no other thought given to it."""
    stripper = _Stripper()
    stripper.feed(html)
    stripper.close()
    lines = (line.strip() for line in "".join(stripper.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def open_pages(shared: Path) -> list[Page]:
    """The pages of the shared folder's `data/html/pages.open.jsonl.gz`, in file order."""
    with gzip.open(shared / "data" / "html" / "pages.open.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Page(row["id"], row["html"], row["article"]) for row in rows]


def words(text: str) -> list[str]:
    """Lower-cased runs of letters and digits."""
    return [word.lower() for word in _WORD.findall(text)]


def labels(lines: list[str], article: str) -> list[bool]:
    """For every line: does it stand in the article? At least 80 % of its 4-word shingles, or the whole short line.

    A short line counts only between or next to lines of the article, so that a menu's "Syria" does not.
    """
    tokens = words(article)
    shingles = {tuple(tokens[i : i + _SHINGLE]) for i in range(len(tokens) - _SHINGLE + 1)}
    whole = {tuple(words(line)) for line in article.splitlines()}
    certain: list[bool] = []
    maybe: list[bool] = []
    for line in lines:
        own = words(line)
        parts = [tuple(own[i : i + _SHINGLE]) for i in range(len(own) - _SHINGLE + 1)]
        inside = bool(parts) and sum(part in shingles for part in parts) >= 0.8 * len(parts)
        certain.append(inside)
        maybe.append(bool(own) and not parts and tuple(own) in whole)
    places = [i for i, inside in enumerate(certain) if inside and len(words(lines[i])) >= 8]
    first, last = (places[0], places[-1]) if places else (len(lines), -1)
    return [(certain[i] and first - 12 <= i <= last + 12) or (maybe[i] and first - 2 <= i <= last + 2) for i in range(len(lines))]
