"""News items in ninjs, the JSON of the news agencies (IPTC; versions 1.3, 2.x and 3.0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .markup import text_of

# Items that their agency has taken back, or not released yet.
NOT_FOR_USE = ("canceled", "cancelled", "withheld")
_TEXT = ("text/plain", "plain")


def is_ninjs(value: Mapping[str, Any]) -> bool:
    """Is this object a news item? Every version asks for `uri` and puts its words under names that begin alike."""
    named = any(name in value for name in ("bodies", "headlines", "headline", "versioncreated", "contentcreated"))
    return isinstance(value.get("uri"), str) and (named or any(name.startswith("body_") for name in value))


def items(value: Any) -> Iterator[Mapping[str, Any]]:
    """The news items of a decoded file or feed: one, a list of them, or a list under `items` as agencies serve it."""
    if isinstance(value, list):
        for each in value:
            yield from items(each)
    elif isinstance(value, dict):
        if is_ninjs(value):
            yield value
        else:
            for name in ("items", "data", "item"):
                yield from items(value.get(name))


def fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """What a document object carries (`id`, `text`, `title`, `author`, `published`, `publisher`, `url`), out of a news item.

    `text` is missing where the item has no body or is not for use. The body is taken as plain text where the item has one, else
    from its HTML.
    """
    uri = str(item["uri"])
    found: dict[str, Any] = {
        "id": uri,
        "title": _first(item, "headlines") or _one(item, "headline", "headline_main", "title"),
        "author": _one(item, "byline", "by"),
        "published": _one(item, "contentcreated", "firstcreated", "versioncreated", "contentmodified"),
        "publisher": _one(item, "copyrightholder") or _source(item),
        "url": uri if uri.startswith(("http://", "https://")) else None,
    }
    text = "" if str(item.get("pubstatus", "usable")).lower() in NOT_FOR_USE else _body(item)
    if text:
        found["text"] = text
    return {name: value for name, value in found.items() if value}


def _body(item: Mapping[str, Any]) -> str:
    bodies = item.get("bodies")
    if isinstance(bodies, list):
        chosen = [each for each in bodies if isinstance(each, dict) and isinstance(each.get("value"), str)]
        chosen.sort(key=lambda each: (str(each.get("role", "main")) != "main", str(each.get("contenttype", "")) not in _TEXT))
        for each in chosen:
            value = str(each["value"])
            return value if str(each.get("contenttype", "")) in _TEXT else text_of(value)
    named = {name: value for name, value in item.items() if name.startswith("body_") and isinstance(value, str)}
    if named.get("body_text", "").strip():
        return named["body_text"]
    for name in sorted(named, key=lambda name: (name not in ("body_xhtml", "body_html"), name)):
        if text := text_of(named[name]):
            return text
    return ""


def _first(item: Mapping[str, Any], name: str) -> str | None:
    """The main one of a list of {"role", "value"}; where no role says so, the first."""
    values = item.get(name)
    told = [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
    told.sort(key=lambda each: str(each.get("role", "main")) != "main")
    return next((text_of(str(each["value"])) for each in told if each.get("value")), None)


def _one(item: Mapping[str, Any], *names: str) -> str | None:
    return next((text_of(value) for name in names if isinstance(value := item.get(name), str) and value.strip()), None)


def _source(item: Mapping[str, Any]) -> str | None:
    sources = item.get("infosources") or item.get("infosource")
    for each in sources if isinstance(sources, list) else ():
        if isinstance(each, dict) and isinstance(each.get("name"), str):
            return str(each["name"])
    return None
