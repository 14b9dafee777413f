"""Text of a piece of HTML that is an article already, as feeds and news agencies hand it on: nothing is taken for furniture."""

from __future__ import annotations

import re

import lxml.html
from lxml.etree import ParserError, XMLSyntaxError

BLOCKS = frozenset(("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
                    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody",
                    "td", "th", "thead", "tr", "ul"))

_LEFT_OUT = ("script", "style", "template", "noscript", "iframe", "object", "svg", "form")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MARKED = re.compile(r"<[A-Za-z!/][^>]*>|&#?\w+;")


def text_of(html: str) -> str:
    """The text, a blank line between blocks. A piece without any markup is returned as it is; what cannot be parsed is ""."""
    if not _MARKED.search(html):
        return html.strip()
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(f"<div>{html}</div>".encode("utf-8", "replace"), parser=parser)
    except (ParserError, XMLSyntaxError):
        return ""
    blocks: list[list[str]] = [[]]
    depth = 0  # inside what is left out
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            depth += element.tag in _LEFT_OUT
            if element.tag in BLOCKS:
                blocks.append([])
            elif element.tag == "br":
                blocks[-1].append("\n")
            if not depth:
                blocks[-1].append(_SPACE.sub(" ", element.text or ""))
        else:
            depth -= element.tag in _LEFT_OUT
            if element.tag in BLOCKS:
                blocks.append([])
            if not depth:
                blocks[-1].append(_SPACE.sub(" ", element.tail or ""))
    lines = ("\n".join(part.strip() for part in "".join(block).split("\n")).strip() for block in blocks)
    return "\n\n".join(line for line in lines if line)
