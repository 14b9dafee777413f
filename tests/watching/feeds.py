"""Lists of articles in every format, written for the tests."""

from __future__ import annotations

import json

TEXT = "The governor of Norlund said on Monday that rockets had hit the harbour of Vessby, wounding {} dock workers. "


def page(number: int) -> bytes:
    """An article's page, each with words of its own."""
    body = TEXT.format(number) * 4
    return f"<html><head><title>Harbour {number}</title></head><body><article><p>{body}</p></article></body></html>".encode()


def rss(*items: str, title: str = "Norlund News") -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(link: str | None = None, *, guid: str | None = None, text: str | None = None, day: str | None = None) -> str:
    parts = [
        f"<link>{link}</link>" if link else "", f'<guid isPermaLink="false">{guid}</guid>' if guid else "",
        f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else "", f"<pubDate>{day}</pubDate>" if day else "",
    ]
    return f"<item><title>Harbour hit</title>{''.join(parts)}</item>"


def atom(*links: str) -> str:
    entries = "".join(
        f'<entry><id>{link}</id><title>A</title><link href="{link}"/><published>2024-05-01T10:00:00+02:00</published>'
        "<updated>2024-05-03T10:00:00Z</updated></entry>" for link in links
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>x</id>{entries}</feed>'


def opml(*feeds: str) -> str:
    outlines = "".join(f'<outline text="f" type="rss" xmlUrl="{feed}"/>' for feed in feeds)
    return f'<opml version="2.0"><body><outline text="Group">{outlines}</outline></body></opml>'


def sitemap(*links: str, changed: str = "2024-05-01", news: bool = False) -> str:
    more = (
        "<news:news><news:publication><news:name>N</news:name></news:publication>"
        "<news:publication_date>2024-05-02</news:publication_date>"
        "<news:title>Hit &amp; run</news:title></news:news>" if news else ""
    )
    urls = "".join(f"<url><loc>{link}</loc><lastmod>{changed}</lastmod>{more}</url>" for link in links)
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>{urls}</urlset>'


def sitemap_index(*links: str) -> str:
    maps = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'


def json_feed(*items: dict[str, object]) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Norlund JSON", "items": items})
