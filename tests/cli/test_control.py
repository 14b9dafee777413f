"""`rashomon control` over a small ledger made by hand: a town that two papers and a ministry disagree on, with a quarter."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rashomon.cli.main import run
from rashomon.ledger import open_ledger
from rashomon.records import (
    Claim,
    Control,
    Document,
    Interval,
    MadeBy,
    Metadata,
    Place,
    Publication,
    RawDocument,
    Reading,
    Span,
    Story,
)

POST = "Rebels took Ariha from the army on Saturday <b>. They hold the Mill Quarter of Ariha, too."
HERALD = "Ariha is held by the army, the Defence Ministry said. Some \x1b[31mvillages are lost."
DATED = Interval("2016-08-06", "2016-08-06")
ARMY, REBELS = "Syrian Arab Army", "Syrian armed opposition"


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def made(id: str, text: str, publisher: str | None, day: str, control: tuple[Control, ...]) -> tuple[Document, Reading]:
    document = Document(id=id, source=f"in/{id}", text=text, publisher=publisher)
    claims = [Claim("A0", None, None, (), (), "indirect", (publisher or "unknown publisher",))]
    if "Ministry" in text:
        content = (span(text, "Ariha is held by the army"),)
        claims.append(Claim(
            "A1", span(text, "Defence Ministry"), "Defence Ministry", (span(text, "said"),), content, "indirect",
            (publisher or "", "Defence Ministry"),
        ))
    places = [Place(span(text, "Ariha"), "Ariha", 35.81, 36.61, 3.0, precision="town")]
    if "Mill" in text:
        places.append(Place(span(text, "Mill Quarter"), "Mill Quarter", 35.82, 36.62, 0.6, precision="district"))
    reading = Reading(
        id=id, source=document.source, text=text, text_sha256=document.text_sha256, made_by=MadeBy("c", "k", "m"),
        document=Metadata(None, publisher, None, Publication(day, day, "stated"), "en", "report"), body=(Span(0, len(text)),),
        boilerplate=(), attributions=tuple(claims), events=(), quantities=(), entities=(), places=tuple(places), times=(),
        control=control,
    )
    return document, reading


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ledger") / "war.db"
    pairs = [
        made("post.txt", POST, "The <Post>", "2016-08-07", (
            Control(span(POST, "Rebels took Ariha from the army"), "Ariha", 35.81, 36.61, ARMY, REBELS, DATED, "change", "A0"),
            Control(span(POST, "They hold the Mill Quarter"), "Mill Quarter", 35.82, 36.62, REBELS, REBELS, None, "hold", "A0"),
        )),
        made("herald.txt", HERALD, "Herald", "2016-08-07", (
            Control(span(HERALD, "Ariha is held by the army"), "Ariha", 35.81, 36.61, ARMY, ARMY, None, "hold", "A1"),
            Control(span(HERALD, "Some \x1b[31mvillages"), "Some \x1b[31mvillages", None, None, ARMY, None, None, "change", "A0"),
        )),
    ]
    with open_ledger(path, create=True) as opened:
        writer = opened.writer()
        for document, reading in pairs:
            raw = RawDocument(document.id, document.source, "text/plain", document.text.encode())
            writer.store(raw, document, reading, state="read")
        story = Story(min(document.key for document, _ in pairs), tuple(sorted(document.key for document, _ in pairs)))
        writer.save_links(stories=[story], incidents=[], tallies=[], documents_done=list(story.documents))
    return str(path)


Run = Callable[..., str]


@pytest.fixture
def shell(ledger: str, capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str, status: int = 0) -> str:
        assert run(["control", *arguments, "--ledger", ledger]) == status
        out, err = capfd.readouterr()
        return out if status == 0 else err

    return call


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_places_are_listed_with_parts_below(shell: Run) -> None:
    page = shell()
    assert page.index("Ariha") < page.index("  Mill Quarter") < page.index("Some") and "contested" in page
    found = lines(shell("--json"))
    assert [(line["place"], line["part_of"], line["contested"], line["area"]) for line in found[:2]] == [
        ("Ariha", None, 1, False), ("Mill Quarter", "Ariha", 0, False)]
    assert found[0]["documents"] == ["herald.txt", "post.txt"]
    assert (found[0]["from"], found[0]["to"]) == ("2016-08-06", "2016-08-07")
    rows = list(csv.DictReader(io.StringIO(shell("--format", "csv"))))
    assert {row["place"]: row["statements"] for row in rows}["Ariha"] == "2"


def test_a_timeline_for_people(shell: Run) -> None:
    page = shell("ariha")
    assert "Ariha (35.81, 36.61, within 3 km)" in page and "Mill Quarter (35.82, 36.62, within 0.6 km; part of Ariha)" in page
    assert "▲ 2016-08-06  Syrian Arab Army → Syrian armed opposition" in page
    assert "● as of 2016-08-07  held by Syrian Arab Army" in page
    assert "Herald › Defence Ministry" in page and "“Rebels took Ariha from the army on Saturday <b>." in page
    assert "The <Post>, in its own voice: Syrian armed opposition; Herald › Defence Ministry:" in page
    assert "where they part" in page and "!" in page and "\x1b" not in page


def test_statements_as_lines(shell: Run) -> None:
    found = lines(shell("ARIHA", "--json"))
    statements = [line for line in found if line["line"] == "statement"]
    assert {"file", "span", "sentence", "chain", "publisher", "published", "place", "kind"} <= set(statements[0])
    for line in statements:
        assert Span(*line["span"]).of({"post.txt": POST, "herald.txt": HERALD}[line["file"]]) == line["text"]
    (contest,) = [line for line in found if line["line"] == "contested"]
    sides = {side["holder"]: side["statements"][0]["chain"] for side in (contest["a"], contest["b"])}
    assert sides == {REBELS: ["The <Post>"], ARMY: ["Herald", "Defence Ministry"]}
    assert {other for line in statements for other in line["contested_by"]} == {
        side["statements"][0]["key"] for side in (contest["a"], contest["b"])}


def test_two_times(shell: Run, capfd: pytest.CaptureFixture[str]) -> None:
    found = lines(shell("Ariha", "--on", "2016-08-05", "--json"))
    assert [(line["holder"], line["ground"]) for line in found] == [(ARMY, "before a change")]
    assert "Syrian armed opposition, since the change of 2016-08-06" in shell("Ariha", "--on", "2016-08-08")
    assert "Herald › Defence Ministry: Syrian Arab Army, as of 2016-08-07" in shell("Ariha", "--on", "2016-08-08")
    assert "no statement about control of" in shell("Ariha", "--as-of", "2016-08-01", status=2)


@pytest.mark.parametrize(("options", "told"), [
    (["Mill"], "the nearest names that it has are Mill Quarter"), (["Ariha", "--near", "35,36,9"], "not both"),
    (["Ariha", "--since", "2017-01-01"], "no statement about control of Ariha is left"),
    (["Ariha", "--on", "noon"], "is not a day"),
    (["--on", "2016-08-05"], "--on needs a place"), (["--format", "svg"], "shows one place"),
    (["--near", "0,0,5"], "the nearest is Ariha"),
    (["Ariha", "--since", "2016-08-09", "--until", "2016-08-01"], "is later than"),
    (["Ariha", "--on", "2016-08-05", "--format", "svg"], "--on is told as a page"),
])
def test_bad_input_gets_one_sentence(shell: Run, options: list[str], told: str) -> None:
    error = shell(*options, status=2)
    assert told in error and error.count("\n") == 1


def test_choosing(shell: Run) -> None:
    near = lines(shell("--near", "35.8,36.6,10", "--json"))
    assert {line["place"] for line in near} == {"Ariha", "Mill Quarter"}
    found = lines(shell("Ariha", "--party", "syrian army", "--since", "2016-08-07", "--json"))
    assert [line["file"] for line in found if line["line"] == "statement"] == ["herald.txt"]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_pictures_are_escaped_and_accessible(shell: Run) -> None:
    picture = shell("Ariha", "--format", "svg")
    root = ElementTree.fromstring(picture.encode())
    name = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img" and root.attrib["aria-labelledby"] == "control-title control-desc"
    assert "Control of Ariha" in (root.findtext(f"{name}title") or "")
    assert "Syrian Arab Army → Syrian armed opposition" in (root.findtext(f"{name}desc") or "")
    texts = [text.text or "" for text in root.iter(f"{name}text")]
    assert "A" in texts and any("Syrian Arab Army" in text for text in texts) and "where they part" in texts
    assert "\x1b" not in picture and "<script" not in picture and "<b>" not in picture
    page = shell("Ariha", "--format", "html")
    tags = _Tags()
    tags.feed(page)
    assert {"svg", "caption", "main", "dl"} <= set(tags.tags) and "script" not in tags.tags and "b" not in tags.tags
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "") and "https://" not in page


def test_tables(shell: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(shell("Ariha", "--format", "csv"))))
    assert [(row["place"], row["kind"], row["contested"]) for row in rows] == [
        ("Ariha", "change", "True"), ("Ariha", "hold", "True"), ("Mill Quarter", "hold", "False")]
    assert "Mill Quarter" in shell("Ariha", "--format", "table")


def test_an_empty_ledger_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.db"
    open_ledger(path, create=True).close()
    assert run(["control", "--ledger", str(path)]) == 0
    assert "No document of the ledger states" in capfd.readouterr().out
    assert run(["control", "Ariha", "--ledger", str(path)]) == 2
    assert "it has none about any place" in capfd.readouterr().err
