"""Each format becomes documents with their exact text, their own bytes and what their carrier says."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import docx
import pytest

from rashomon.config import Limits
from rashomon.ingest import documents
from rashomon.records import Document

TEXT = "The bridge at Tell Sari was shelled on Monday, two residents said.\r\n\r\nNobody claimed the attack.\n"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Bridge shelled | The Orchard Courier</title>
<meta property="og:site_name" content="The Orchard Courier"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2016-09-20T08:00:00Z">
<link rel="canonical" href="https://courier.example/bridge"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Bridge shelled</h1><figure><img src="a.jpg"><figcaption>The bridge in May 2011.</figcaption></figure>
<p>The bridge at Tell Sari was shelled on Monday, two residents said, and at least four people were hurt.</p>
<p>Nobody claimed the attack, and the army did not answer questions about it.</p></article>
<footer>Copyright The Orchard Courier</footer></body></html>"""


def test_text_is_kept_to_the_character(tmp_path: Path, ingest) -> None:
    path = tmp_path / "000_bridge.txt"
    path.write_bytes(TEXT.encode())
    (arrival,) = ingest(path).arrivals
    assert arrival.document == Document(id="000_bridge.txt", source=str(path), text=TEXT, language="en")
    assert arrival.raw.content == TEXT.encode()
    assert arrival.raw.media_type == "text/plain; charset=utf-8"
    assert arrival.raw.id == arrival.document.id


def test_page(tmp_path: Path, ingest) -> None:
    path = tmp_path / "bridge.html"
    path.write_text(PAGE, encoding="utf-8")
    (arrival,) = ingest(path).arrivals
    document = arrival.document
    assert document.text == (
        "Bridge shelled\n"
        "The bridge at Tell Sari was shelled on Monday, two residents said, and at least four people were hurt.\n"
        "Nobody claimed the attack, and the army did not answer questions about it."
    )
    assert (document.title, document.author) == ("Bridge shelled", "Jane Roe")
    assert (document.publisher, document.published) == ("The Orchard Courier", "2016-09-20T08:00:00Z")
    assert document.url == "https://courier.example/bridge"
    assert document.extractor is not None and document.extractor.startswith("trafilatura ")
    assert arrival.raw.content == PAGE.encode()


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="0001-01-01T00:00:00Z">', None),
        ('<meta itemprop="datePublished" content="2017-03-02">', "2017-03-02"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"},'
            '{"@type": ["NewsArticle"], "datePublished": "2017-03-02T10:00"}]}</script>',
            "2017-03-02T10:00",
        ),
        ('<script type="application/ld+json">{"@type": </script>', None),
    ],
)
def test_day_of_a_page_is_what_its_head_states(tmp_path: Path, ingest, head: str, published: str | None) -> None:
    path = tmp_path / "bridge.html"
    stated = '<meta property="article:published_time" content="2016-09-20T08:00:00Z">'
    page = PAGE.replace(stated, head).replace("Nobody claimed", "Published 3 May 2012. Nobody claimed")
    path.write_text(page, encoding="utf-8")
    assert ingest(path).arrivals[0].document.published == published


def test_page_in_the_encoding_that_it_declares(tmp_path: Path, ingest) -> None:
    path = tmp_path / "bridge.htm"
    path.write_bytes(PAGE.replace("utf-8", "iso-8859-9").replace("Tell Sari", "Şarköy").encode("iso-8859-9"))
    assert "Şarköy" in ingest(path).texts[0]


def test_pdf(tmp_path: Path, ingest) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(_pdf("The bridge at Tell Sari was shelled on Monday, two residents said."))
    (arrival,) = ingest(path).arrivals
    assert arrival.document.text == "The bridge at Tell Sari was shelled on Monday, two residents said."
    assert arrival.document.title == "Bridge note"
    assert arrival.document.published is None
    assert arrival.document.extractor is not None and arrival.document.extractor.startswith("pypdf ")


def test_word(tmp_path: Path, ingest) -> None:
    path = tmp_path / "note.docx"
    file = docx.Document()
    file.core_properties.title, file.core_properties.author = "Bridge note", "Jane Roe"
    file.add_paragraph("The bridge at Tell Sari was shelled on Monday.")
    table = file.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Hurt", "4"
    file.add_paragraph("Nobody claimed the attack.")
    file.save(str(path))
    document = ingest(path).arrivals[0].document
    assert document.text == "The bridge at Tell Sari was shelled on Monday.\nHurt\t4\nNobody claimed the attack."
    assert (document.title, document.author) == ("Bridge note", "Jane Roe")


OBJECTS = [
    {"id": "a", "text": TEXT, "title": "Bridge", "publisher": "The Orchard Courier", "author": "Jane Roe",
     "published": "2016-09-20", "url": "https://courier.example/a", "more": [1, 2]},
    {"text": "A second dispatch, without an id, from the same town."},
    {"id": 7, "text": "A third dispatch, whose id is a number, from the same town."},
]  # fmt: skip


def test_json_lines(tmp_path: Path, ingest) -> None:
    path = tmp_path / "wire.jsonl"
    lines = [json.dumps(value).encode() for value in OBJECTS]
    path.write_bytes(b"\xef\xbb\xbf" + lines[0] + b"\r\n\n" + lines[1] + b"\n" + lines[2])
    run = ingest(path)
    assert run.failures == []
    assert run.ids == ["a", "wire.jsonl#3", "7"]
    first = run.arrivals[0]
    assert first.document.text == TEXT
    assert (first.document.title, first.document.publisher) == ("Bridge", "The Orchard Courier")
    assert (first.document.author, first.document.published) == ("Jane Roe", "2016-09-20")
    assert first.document.url == first.raw.url == "https://courier.example/a"
    assert [arrival.raw.content for arrival in run.arrivals] == lines
    assert run.arrivals[1].document.source == f"{path}#3"


def test_json_list_and_single_object(tmp_path: Path, ingest) -> None:
    many, one = tmp_path / "wire.json", tmp_path / "one.json"
    many.write_text(json.dumps(OBJECTS), encoding="utf-8")
    one.write_text(json.dumps(OBJECTS[1], indent=2), encoding="utf-8")
    run = ingest(many, one)
    assert run.ids == ["a", "wire.json#2", "7", "one.json#1"]
    assert run.arrivals[1].raw.content == json.dumps(OBJECTS[1]).encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, ingest, delimiter: str) -> None:
    path = tmp_path / "wire.csv"
    row = f'a{delimiter}"First line; with a ""quotation"",\r\nand a second."{delimiter}Courier\r\n'
    path.write_bytes((f"ID{delimiter}Text{delimiter}Publisher\r\n" + row + f"{delimiter}Second{delimiter}").encode())
    run = ingest(path)
    assert run.failures == []
    assert run.texts == ['First line; with a "quotation",\r\nand a second.', "Second"]
    assert run.ids == ["a", "wire.csv#3"]
    assert [arrival.document.publisher for arrival in run.arrivals] == ["Courier", None]
    assert run.arrivals[0].raw.content == row.removesuffix("\r\n").encode()


def test_csv_with_a_very_long_field(tmp_path: Path, ingest) -> None:
    path = tmp_path / "wire.csv"
    path.write_text("id,text\na," + "word " * 50_000 + "\n", encoding="utf-8")
    assert [len(text) for text in ingest(path).texts] == [250_000]


def test_gzip(tmp_path: Path, ingest) -> None:
    text, lines = tmp_path / "a.txt.gz", tmp_path / "b.jsonl.gz"
    text.write_bytes(gzip.compress(TEXT.encode()))
    lines.write_bytes(gzip.compress(b"\n".join(json.dumps(value).encode() for value in OBJECTS)))
    run = ingest(text, lines)
    assert run.ids == ["a.txt.gz", "a", "b.jsonl.gz#2", "7"]
    assert run.arrivals[0].raw.content == TEXT.encode()


def test_standard_input(ingest) -> None:
    text = ingest("-", stdin=TEXT.encode())
    assert (text.ids, text.texts) == (["stdin"], [TEXT])
    lines = ingest("-", stdin=b"\n" + b"\n".join(json.dumps(value).encode() for value in OBJECTS))
    assert lines.ids == ["a", "stdin#3", "7"]
    page = ingest("-", stdin=PAGE.encode())
    assert page.arrivals[0].document.publisher == "The Orchard Courier"


def test_folder_is_walked_by_name(tmp_path: Path, ingest) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.txt", "C.txt", ".hidden.txt", ".git/x.txt", "notes.md", "picture.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"A dispatch that stands in the file {name}.", encoding="utf-8")
    run = ingest(tmp_path)
    assert run.failures == []
    # Two files are called b.txt: the second is told apart by its folder.
    assert run.ids == ["C.txt", "b.txt", "z.txt", f"{tmp_path.name}/b.txt"]


def test_order_is_that_of_the_arguments_and_a_file_named_twice_keeps_its_id(tmp_path: Path, ingest) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"A dispatch that stands in the file {name}.", encoding="utf-8")
    assert ingest(tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "b.txt").ids == ["b.txt", "a.txt", "b.txt"]


def test_documents_come_one_at_a_time(tmp_path: Path, languages) -> None:
    endless = io.BytesIO(b'{"text": "A dispatch from the town."}\n' * 3)
    stream = documents(["-"], limits=Limits(), failed=lambda *_: None, stdin=endless, languages=languages)
    next(stream)
    assert endless.tell() < len(endless.getvalue())


def _pdf(text: str) -> bytes:
    """A one-page PDF that shows `text`, written by hand so that no library is needed to make it."""
    content = f"BT /F1 12 Tf 20 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (Bridge note) /CreationDate (D:20190101000000Z) >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
