"""Every kind of list that is watched, told by its content alone."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from rashomon.errors import InputError
from rashomon.ingest.feeds import Listing, listing
from rashomon.ingest.markup import text_of

from ..watching.feeds import TEXT, atom, item, json_feed, opml, rss, sitemap, sitemap_index

LONG = TEXT.format(4) * 5
SITE = "https://news.example"


def read(content: str | bytes) -> Listing:
    raw = content.encode() if isinstance(content, str) else content
    return listing(raw, "https://news.example/feed", limit=1_000_000, base="https://news.example/feed")


def test_rss_with_relative_links_texts_and_days() -> None:
    found = read(rss(
        item("/a", day="Mon, 02 Mar 2020 10:00:00 +0100"), item(f"{SITE}/b", guid="b-7"), item(guid="c", text=f"<p>{LONG}</p>"),
        item(guid="d"), item(f"{SITE}/b", guid="b-7"),
    ))
    assert found.kind == "feed" and found.title == "Norlund News"
    assert [(each.id, each.address) for each in found.items] == [
        (f"{SITE}/a", f"{SITE}/a"), ("b-7", f"{SITE}/b"), ("c", None), ("d", None),
    ]
    assert found.items[0].published == "2020-03-02T09:00:00Z"
    assert found.items[2].text == LONG.strip() and found.items[2].publisher == "Norlund News"


def test_atom_tells_publication_from_change() -> None:
    (entry,) = read(atom(f"{SITE}/a")).items
    assert (entry.published, entry.changed) == ("2024-05-01T08:00:00Z", "2024-05-03T10:00:00Z")
    bare = read(atom(f"{SITE}/a").replace("<published>2024-05-01T10:00:00+02:00</published>", "")).items[0]
    assert (bare.published, bare.changed) == (None, "2024-05-03T10:00:00Z")


def test_json_feed() -> None:
    found = read(json_feed(
        {"id": "1", "url": f"{SITE}/a", "content_html": "<p>Short.</p>", "date_published": "2024-05-01T10:00:00Z"},
        {"id": 2, "content_text": LONG, "authors": [{"name": "A. Writer"}]}, {"nothing": 1}, 7,  # type: ignore[arg-type]
    ))
    assert found.kind == "json feed"
    first, second = found.items
    assert (first.address, first.text, first.published) == (f"{SITE}/a", None, "2024-05-01T10:00:00Z")
    assert (second.id, second.address, second.text, second.author) == ("2", None, LONG.strip(), "A. Writer")


NINJS = {
    "1.3": {"uri": "urn:x:1", "type": "text", "versioncreated": "2024-05-01T10:00:00Z", "headline": "Hit",
            "byline": "By A. Writer", "body_xhtml": "<p>One.</p><p>Two &amp; three.</p>", "pubstatus": "usable"},
    "2.0": {"uri": "urn:x:2", "contentcreated": "2024-05-01T10:00:00Z", "headlines": [{"role": "main", "value": "Hit"}],
            "by": "By A. Writer", "bodies": [{"contenttype": "text/html", "value": "<p>One.</p><p>Two &amp; three.</p>"}]},
    "3.0": {"uri": "https://news.example/i/3", "contentcreated": "2024-05-01T10:00:00Z", "by": "By A. Writer",
            "headlines": [{"role": "sub", "value": "No"}, {"role": "main", "value": "Hit"}],
            "bodies": [{"role": "caption", "contenttype": "text/plain", "value": "No"},
                       {"role": "main", "contenttype": "text/html", "value": "<p>One.</p><p>Two &amp; three.</p>"}]},
}  # fmt: skip


@pytest.mark.parametrize("version", NINJS)
def test_ninjs_as_feed_and_as_file(tmp_path, ingest, version: str) -> None:
    own = NINJS[version]
    for wrapped in (own, [own], {"items": [own]}, {"data": {"items": [{"item": own}]}}):
        found = read(json.dumps(wrapped))
        (entry,) = found.items
        assert found.kind == "ninjs"
        assert (entry.id, entry.address, entry.title, entry.author) == (own["uri"], None, "Hit", "By A. Writer")
        assert (entry.text, entry.published) == ("One.\n\nTwo & three.", "2024-05-01T10:00:00Z")
    (tmp_path / "item.json").write_text(json.dumps([own, {**own, "uri": "urn:x:9", "pubstatus": "canceled"}]), encoding="utf-8")
    run = ingest(tmp_path / "item.json")
    assert (run.ids, run.texts) == ([own["uri"]], ["One.\n\nTwo & three."])
    assert "taken back" in run.messages[0]


def test_sitemaps_indexes_and_opml() -> None:
    plain = read(sitemap(f"{SITE}/a", f"{SITE}/b"))
    assert plain.kind == "sitemap" and [each.address for each in plain.items] == [f"{SITE}/a", f"{SITE}/b"]
    assert (plain.items[0].published, plain.items[0].changed) == (None, "2024-05-01")
    (news,) = read(sitemap(f"{SITE}/a", news=True)).items
    assert (news.title, news.published) == ("Hit & run", "2024-05-02")
    assert [each.address for each in read(sitemap_index(f"{SITE}/1.xml", f"{SITE}/2.xml.gz")).further] == [
        f"{SITE}/1.xml", f"{SITE}/2.xml.gz",
    ]
    feeds = read(opml(f"{SITE}/f", f"{SITE}/g", f"{SITE}/f", "no")).further
    assert [each.address for each in feeds] == [f"{SITE}/f", f"{SITE}/g"]


def test_gdelt_lists_and_tables() -> None:
    article = {"url": f"{SITE}/a", "title": "Hit", "seendate": "20240501T101500Z"}
    (entry,) = read(json.dumps({"articles": [article, {"url": 7}]})).items
    assert (entry.address, entry.published, entry.changed) == (f"{SITE}/a", None, "2024-05-01T10:15:00Z")
    csv = f'\ufeffURL,MobileURL,Date,Title\n{SITE}/a,,2024-05-01 10:15:00,"Hit, and run"\n{SITE}/b,,,x\n'
    assert [(each.address, each.title) for each in read(csv).items] == [(f"{SITE}/a", "Hit, and run"), (f"{SITE}/b", "x")]
    for columns, at in ((61, 60), (16, 5), (27, 4)):
        row = [f"{SITE}/picture" if column % 7 == 3 else 'x"' for column in range(columns)]
        row[at] = f"{SITE}/right"
        table = ("\t".join(row) + "\n") * 3
        assert [each.address for each in read(table).items] == [f"{SITE}/right"]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("20240501.export.CSV", table)
        assert [each.address for each in read(packed.getvalue()).items] == [f"{SITE}/right"]


def test_plain_lists_packed_lists_and_pages() -> None:
    own = read(f"# mine\n{SITE}/a\n\n{SITE}/b\nnothing\n{SITE}/a\n").items
    assert [each.address for each in own] == [f"{SITE}/a", f"{SITE}/b"]
    assert read(gzip.compress(sitemap(f"{SITE}/a").encode())).items[0].address == f"{SITE}/a"
    named = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
    assert [each.address for each in read(named).further] == [f"{SITE}/rss"]


BROKEN = {
    "empty": (b"", "empty"),
    "a cut feed": (b"<rss><channel><item>", "broken feed"),
    "no list": (b"hello there", "no address"),
    "other XML": (b"<svg/>", "<svg>"),
    "other JSON": (b'{"a": 1}', "unknown kind"),
    "cut JSON": (b'{"version": "https://jsonfeed.org/version/1", "items": [', "broken JSON"),
    "deep JSON": (b"[" * 300_000, "broken JSON"),
    "a page without feeds": (b"<html><head></head></html>", "names no feed"),
    "a bomb": (gzip.compress(bytes(5_000_000)), "1,000,000 bytes"),
    "laughs": (b'<!DOCTYPE r [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>', ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_list_is_told_in_a_sentence(name: str) -> None:
    content, words = BROKEN[name]
    try:
        found = read(content)
    except InputError as error:
        assert words in str(error) and "https://news.example/feed" in str(error)
    else:
        assert name == "laughs" and not found.items


def test_a_malformed_feed_gives_what_it_has() -> None:
    broken = rss(item(f"{SITE}/a"), item(f"{SITE}/b")).replace("</channel></rss>", "<item><title>R&D & more</title><li")
    assert [each.address for each in read(broken).items][:2] == [f"{SITE}/a", f"{SITE}/b"]


def test_text_of_markup() -> None:
    html = "<p>A <b>b</b>  c.</p>\n<script>x</script> tail<p>D<br/>e &amp; f</p><style>y</style>"
    assert text_of(html) == "A b c.\n\ntail\n\nD\ne & f"
    assert text_of("1 < 2 & 3") == "1 < 2 & 3"
    assert text_of("<ul><li>a</li><li>b</li></ul>") == "a\n\nb"
