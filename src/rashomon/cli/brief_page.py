"""A brief as Markdown and as one HTML page without scripts or anything from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ..track.brief import Brief, Item, Quotation, days, said_by
from . import words
from .desk import Desk

NOTICE = "Machine-extracted: read the quotation. Who says what is told here, never who is right."
_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")
_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1d2529;background:#fff}"
    "h1{margin-bottom:0}h2{margin-top:1.6em;font-size:1.15em}"
    ".notice{border-left:3px solid #7a4a00;padding-left:.6em;color:#7a4a00}"
    "small{color:#58646b}ul{padding-left:1.2em}li{margin:.2em 0}sup a{text-decoration:none}:target{background:#fbe7b2}"
    "@media print{body{margin:0}}"
)


def brief_markdown(brief: Brief, desk: Desk) -> str:
    """The page as Markdown; signs of the texts that Markdown would take for its own are marked."""
    lines = [f"# {_plain(brief.subject)}", "", f"*{NOTICE}*", "", f"{_period(brief)}{_plain(brief.counted)}", ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        for item in section.items:
            lines += _markdown(item, 0)
        if section.left_out:
            lines.append(f"- {section.left_out:,} more in the ledger")
        lines.append("")
    lines += ["## Quotations", ""]
    for each in brief.quotations:
        lines.append(f"{each.number}. “{_plain(each.sentence)}” — {_plain(_source(each, desk))}")
    return "\n".join(lines) + "\n"


def _markdown(item: Item, depth: int) -> Iterator[str]:
    refs = "".join(f" [{number}]" for number in item.refs)
    yield f"{'  ' * depth}- {_plain(item.text)}{refs}"
    for under in item.under:
        yield from _markdown(under, depth + 1)


def brief_html(brief: Brief, desk: Desk) -> str:
    """The page as HTML; every number leads to its quotation."""
    body = [f"<h1>{escape(brief.subject)}</h1>", f'<p class="notice">{escape(NOTICE)}</p>',
            f"<p>{escape(_period(brief))}{escape(brief.counted)}</p>"]
    for section in brief.sections:
        left = f"<li><small>{section.left_out:,} more in the ledger</small></li>" if section.left_out else ""
        body.append(f"<h2>{escape(section.title)}</h2><ul>{''.join(map(_html, section.items))}{left}</ul>")
    quoted = "".join(
        f'<li id="q{each.number}"><q>{escape(words.plain(each.sentence))}</q> <small>{escape(_source(each, desk))}</small></li>'
        for each in brief.quotations
    )
    title = f"Brief: {brief.subject}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{''.join(body)}<h2>Quotations</h2><ol>{quoted}</ol></main></body></html>\n"
    )


def _html(item: Item) -> str:
    refs = "".join(f'<sup><a href="#q{number}" aria-label="quotation {number}">[{number}]</a></sup>' for number in item.refs)
    under = f"<ul>{''.join(map(_html, item.under))}</ul>" if item.under else ""
    return f"<li>{escape(words.plain(item.text))}{refs}{under}</li>"


def _source(quotation: Quotation, desk: Desk) -> str:
    cited = quotation.citation
    entry = desk.entry(cited.document)
    known = entry.published_start or entry.published_end
    published = days(entry.published_start, entry.published_end) if known else "day of publication unknown"
    told = [said_by(cited.chain, entry.publisher), published]
    if entry.published_basis == "inferred":
        told[-1] += " (inferred)"
    told.append(f"{entry.url or entry.id}, characters {cited.span.start} to {cited.span.end}")
    return "; ".join(told)


def _period(brief: Brief) -> str:
    if not brief.since and not brief.until:
        return ""
    if brief.since and brief.until:
        return f"{brief.since} to {brief.until}. "
    return f"From {brief.since} on. " if brief.since else f"Up to {brief.until}. "


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", words.plain(text))
