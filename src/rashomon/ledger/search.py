"""Searching the passages: words, "phrases", begin* and -without, whatever else the query may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from ..errors import UsageError
from ..records import Span
from .dialect import is_sqlite
from .entries import Hit
from .rows import PARTS

# Around a found word in what the database gives back. Passages hold no control characters, so these cannot be theirs.
_OPEN, _CLOSE = "\x01", "\x02"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})
_TERM = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<begin>\*)?')
_WORD = re.compile(r"[^\W_]")
LONGEST_QUERY = 1000


class Term(msgspec.Struct, frozen=True):
    """One thing looked for: words in a row, the last of them perhaps only begun; or unwanted."""

    words: str
    begins: bool = False
    unwanted: bool = False


def parse(query: str) -> tuple[Term, ...]:
    """The terms of a query. UsageError when it names no word, or is longer than `LONGEST_QUERY` characters."""
    if len(query) > LONGEST_QUERY:
        raise UsageError(f"the search has {len(query)} characters: ask with at most {LONGEST_QUERY}")
    terms = []
    for match in _TERM.finditer(query.translate(_QUOTES)):
        words = match["phrase"] if match["phrase"] is not None else match["word"]
        begins = bool(match["begin"]) or words.endswith("*")
        if _WORD.search(words):
            words = "".join(sign if sign.isprintable() else " " for sign in words)
            terms.append(Term(words.rstrip("*"), begins, bool(match["no"])))
    if not any(not term.unwanted for term in terms):
        raise UsageError(f"the search {query!r} names no word to look for: give at least one")
    return tuple(terms)


def search(connection: Connection, query: str, limit: int) -> Iterator[Hit]:
    """Passages that hold every term, the most telling first, then by document key and place in the text."""
    terms = parse(query)
    rows = _sqlite(connection, terms, limit) if is_sqlite(connection) else _postgres(connection, terms, limit)
    for row in rows:
        span = Span(row.start, row.end)
        plain, marks = _unmark(row.marked, span.start)
        yield Hit(
            document=row.key, id=row.caller, title=row.title, publisher=row.publisher, state=row.state, span=span,
            text=plain, marks=marks,
        )


_COLUMNS = (
    'SELECT documents.key, documents.caller, documents.state, readings.title, readings.publisher, found."start",'
    ' found."end", {marked} AS marked, {score} AS score'
)
_JOINS = (
    f" JOIN documents ON documents.number = found.id >> {PARTS}"
    " LEFT JOIN readings ON readings.document = documents.number AND readings.retired IS NULL"
)
_ORDER = ' ORDER BY score, documents.key, found."start" LIMIT :most'


def _sqlite(connection: Connection, terms: tuple[Term, ...], limit: int) -> Any:
    # Every term goes in as a quoted string, in which FTS5 knows no operator.
    wanted = " AND ".join(_quoted(term) for term in terms if not term.unwanted)
    unwanted = "".join(f" NOT {_quoted(term)}" for term in terms if term.unwanted)
    statement = (
        _COLUMNS.format(
            marked=f"highlight(passages_words, 0, '{_OPEN}', '{_CLOSE}')", score="round(bm25(passages_words), 6)"
        )
        + " FROM passages_words JOIN passages AS found ON found.id = passages_words.rowid"
        + _JOINS
        + " WHERE passages_words MATCH :query"
        + _ORDER
    )
    return connection.execute(text(statement), {"query": f"({wanted}){unwanted}", "most": limit})


def _quoted(term: Term) -> str:
    return '"' + term.words.replace('"', '""') + '"' + ("*" if term.begins else "")


def _postgres(connection: Connection, terms: tuple[Term, ...], limit: int) -> Any:
    parts, values = [], {"most": limit, "options": f"StartSel={_OPEN}, StopSel={_CLOSE}, HighlightAll=true"}
    for index, term in enumerate(terms):
        values[f"term{index}"] = term.words
        part = f"phraseto_tsquery('rashomon_words', :term{index})"
        if term.begins:
            part = f"(CASE WHEN {part}::text = '' THEN {part} ELSE to_tsquery('simple', {part}::text || ':*') END)"
        parts.append(f"!!{part}" if term.unwanted else part)
    asked = " && ".join(parts)
    statement = (
        _COLUMNS.format(
            marked="ts_headline('rashomon_words', found.text, asked.query, :options)",
            score="-round(ts_rank(found.words, asked.query)::numeric, 6)",
        )
        + f" FROM (SELECT {asked} AS query) AS asked JOIN passages AS found ON found.words @@ asked.query"
        + _JOINS
        + _ORDER
    )
    return connection.execute(text(statement), values)


def _unmark(marked: str, start: int) -> tuple[str, tuple[Span, ...]]:
    """The passage without marks, and where in the document's text they stood."""
    pieces, marks, at, opened = [], [], start, start
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            opened = at
        elif piece == _CLOSE:
            marks.append(Span(opened, at))
        else:
            pieces.append(piece)
            at += len(piece)
    return "".join(pieces), tuple(marks)
