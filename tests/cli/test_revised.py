"""`rashomon revisions`, `editions`, `naming` and the flags of `show`, over a small ledger made by hand."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rashomon.cli.main import run
from rashomon.ledger import open_ledger
from rashomon.records import (
    Account,
    Citation,
    Claim,
    Document,
    FieldValue,
    Incident,
    MadeBy,
    Metadata,
    Naming,
    Place,
    Publication,
    Quantity,
    RawDocument,
    Reading,
    Reuse,
    SharedPassage,
    Span,
    Story,
    claim_keys,
)

FIRST = "Shells killed 12 people at the mill in Ariha, Ana Reuss said.\x1b[31m The rebels <b>fled</b>."
SECOND = "Shells killed 17 people at the mill in Ariha, Ana Reuss said.\x1b[31m The rebels <b>fled</b>."
NOTE = "Our report from Ariha wrongly said that Ana Reuss had counted 17 people dead at the mill. It was 19."
COPY = "Wire copy. " + SECOND
DOCUMENTS: dict[str, dict[str, Any]] = {
    "first": {"text": FIRST, "day": "2016-10-03", "captured": "2016-10-03T10:00:00Z", "count": 12},
    "second": {"text": SECOND, "day": "2016-10-03", "captured": "2016-10-03T18:00:00Z", "count": 17},
    "note": {"text": NOTE, "day": "2016-10-05"},
    "copy": {"text": COPY, "day": "2016-11-04", "publisher": "=Herald", "count": 17},
}
ADDRESS = "https://post.example/mill"


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def made(id: str, text: str, day: str, publisher: str = "The Post", captured: str | None = None, count: int | None = None) -> Any:
    document = Document(
        id=f"{id}.txt", source=f"in/{id}", text=text, publisher=publisher, url=ADDRESS if captured else None, published=day,
    )
    claims = [Claim("A0", None, None, (), (), "indirect", (publisher,))]
    quantities, naming = [], []
    if count is not None:
        words = f"Shells killed {count} people at the mill in Ariha"
        claims.append(Claim("A1", None, "Ana Reuss", (), (at(text, words),), "indirect", (publisher, "Ana Reuss")))
        quantities.append(Quantity(at(text, f"{count} people"), "killed", count, count, f"{count}"))
        naming.append(Naming(at(text, "rebels"), "Blue Army", "rebels", "author", None))
    reading = Reading(
        id=document.id, source=document.source, text=text, text_sha256=document.text_sha256, made_by=MadeBy("c", "k", "m"),
        document=Metadata(None, publisher, None, Publication(day, day, "stated"), "en", "report"), body=(Span(0, len(text)),),
        boilerplate=(), attributions=tuple(claims), events=(), quantities=tuple(quantities), entities=(),
        places=(Place(at(text, "Ariha"), "Ariha", 35.8, 36.6, 3.0, precision="town"),), times=(), naming=tuple(naming),
    )
    raw = RawDocument(document.id, document.source, "text/plain", text.encode(), url=document.url, fetched=captured)
    return raw, document, reading


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "war.db"
    some = {id: made(id, **given) for id, given in DOCUMENTS.items()}
    keys = {id: document.key for id, (_, document, _) in some.items()}
    with open_ledger(path, create=True) as opened:
        writer = opened.writer()
        for raw, document, reading in some.values():
            writer.store(raw, document, reading, state="read")
        every = sorted(keys.values())
        sentence = Span(0, FIRST.index(" The rebels"))
        cited = Citation(keys["first"], at(FIRST, "12 people"), sentence, ("The Post", "Ana Reuss"), "A1")
        account = Account("acc", "Ana Reuss", ("The Post", "Ana Reuss"), (keys["first"],), (), (
            FieldValue("killed", "12", "12..12 exact unstated incident total", cited),
        ))
        incident = Incident("f" * 32, every[0], "ASSAULT", "shelling", (keys["first"],), (), None, None, (account,), ())
        writer.save_links(stories=[Story(every[0], tuple(every))], incidents=[incident], tallies=[], documents_done=every)
        a, b = sorted((keys["second"], keys["copy"]))
        spans = {keys["second"]: Span(0, len(SECOND)), keys["copy"]: Span(11, len(COPY))}
        copied = Reuse(a, b, "wire-copy", keys["second"], None, 1.0, 1.0, (SharedPassage(spans[a], spans[b], 15, "text"),))
        opened.traces().save([copied], [a, b], {})
    return str(path)


Run = Callable[..., str]


@pytest.fixture
def shell(ledger: str, capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str, status: int = 0) -> str:
        assert run([*arguments, "--ledger", ledger]) == status
        out, err = capfd.readouterr()
        return out if status == 0 else err

    return call


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_line_cites_both_passages(shell: Run) -> None:
    found = lines(shell("revisions", "--json"))
    assert {(line["kind"], line["a"]["file"], line["b"]["file"]) for line in found} >= {
        ("figure", "first.txt", "second.txt"), ("correction", "second.txt", "note.txt"),
    }
    for line in found:
        assert {"file", "span", "sentence", "chain", "publisher", "published"} <= line.keys()
        for side in (line["a"], line["b"]):
            text = DOCUMENTS[side["file"].removesuffix(".txt")]["text"]
            assert Span(*side["span"]).of(text) == side["text"] and side["sentence"] in text


def test_an_unannounced_edit_and_a_correction_for_people(shell: Run) -> None:
    page = shell("revisions")
    assert "(unannounced)" in page and "[12 people]" in page and "[17 people]" in page
    assert "Correction" in page and "It was 19" in page and "\x1b" not in page


@pytest.mark.parametrize(("options", "kinds"), [
    (["--kind", "correction"], {"correction"}), (["--kind", "retraction"], set()),
    (["--source", "ana reuss"], {"figure", "correction"}),
    (["--source", "Nobody"], set()), (["--since", "2016-10-04"], {"correction"}), (["--until", "2016-10-03"], {"figure"}),
    (["--as-of", "2016-10-04"], {"figure"}), (["--document", "note.txt"], {"correction"}),
])
def test_choosing_among_revisions(shell: Run, options: list[str], kinds: set[str]) -> None:
    assert {line["kind"] for line in lines(shell("revisions", "--json", *options))} == kinds


def test_a_day_must_be_one(shell: Run) -> None:
    assert "is not a day" in shell("revisions", "--as-of", "soon", status=2)


def test_editions_of_an_address(shell: Run) -> None:
    (change,) = lines(shell("editions", ADDRESS, "--json"))
    assert change["kind"] == "changed" and change["captured"] == {"a": "2016-10-03T10:00:00Z", "b": "2016-10-03T18:00:00Z"}
    assert [(word["a"]["text"], word["b"]["text"]) for word in change["words"]] == [("12", "17")]
    assert [each["kind"] for each in change["revisions"]] == ["figure"]
    page = shell("editions", ADDRESS)
    assert "2 versions" in page and "no note in the text says so" in page and "killed [12] people" in page and "\x1b" not in page
    assert "Only one version" in shell("editions", "note.txt")
    assert "no read document at 'nowhere'" in shell("editions", "nowhere", status=2)


def test_what_was_corrected_later_is_flagged_wherever_it_is_shown(shell: Run, ledger: str) -> None:
    with open_ledger(ledger) as opened:
        view = opened.view()
        key = view.document("second.txt").key
        reading = view.reading(key)
        assert reading is not None
        claim = claim_keys(key, reading.attributions)["A1"]
    document = lines(shell("show", "second.txt", "--json"))[0]
    assert [flag["kind"] for flag in document["corrected_later"]] == ["correction"]
    assert [flag["kind"] for flag in lines(shell("show", claim, "--json"))[0]["corrected_later"]] == ["correction"]
    assert [flag["kind"] for flag in lines(shell("show", "f" * 32, "--json"))[0]["corrected_later"]] == ["figure"]
    for thing in ("second.txt", claim):
        page = shell("show", thing)
        assert "corrected later by The Post" in page and "wrongly said" in page
    assert "figure changed later without a note by Ana Reuss" in shell("show", "f" * 32)
    assert lines(shell("show", "note.txt", "--json"))[0]["corrected_later"] == []


def test_names_with_copies_counted_once(shell: Run) -> None:
    found = lines(shell("naming", "--json"))
    assert [(line["outlet"], line["month"], line["mentions"], line["carried"]) for line in found] == [
        ("=Herald", "2016-11", 0, 1), ("The Post", "2016-10", 2, 0),
    ]
    for line in found:
        assert {"file", "span", "sentence", "chain", "publisher", "published"} <= line.keys() and line["voice"] == "author"
    assert lines(shell("naming", "--json", "--actor", "blue")) == found
    assert lines(shell("naming", "--json", "--actor", "red")) == lines(shell("naming", "--json", "--voice", "quoted")) == []
    assert len(lines(shell("naming", "--json", "--outlet", "the post", "--until", "2016-10-31"))) == 1
    assert len(lines(shell("naming", "--json", "--as-of", "2016-10-04"))) == 1


def test_the_table_says_what_is_carried(shell: Run) -> None:
    page = shell("naming")
    assert "Blue Army" in page and "own voice" in page and "+1" in page and "carried" in page and "\x1b" not in page
    assert shell("naming", "--actor", "red") == "No loaded or contested name is held for this question.\n"


def test_the_picture_is_sound_xml_with_words_for_everything(shell: Run) -> None:
    root = ElementTree.fromstring(shell("naming", "--format", "svg"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img" and root.get("aria-labelledby") == "naming-title naming-desc"
    ids = {each.get("id") for each in root.iter() if each.tag in (f"{space}title", f"{space}desc")}
    assert {"naming-title", "naming-desc"} <= ids
    groups = list(root.iter(f"{space}g"))
    assert len(groups) == 2 and all(group.find(f"{space}title") is not None for group in groups)
    assert any(circle.get("stroke-dasharray") for circle in root.iter(f"{space}circle"))


def test_the_page_escapes_and_the_rows_hold_no_formula(shell: Run) -> None:
    page = shell("naming", "--format", "html")
    assert "<b>" not in page and "&lt;b&gt;" in page and "<mark>rebels</mark>" in page and "<svg" in page
    rows = list(csv.DictReader(io.StringIO(shell("naming", "--format", "csv"))))
    assert [(row["outlet"], row["mentions"], row["carried"]) for row in rows] == [("'=Herald", "0", "1"), ("The Post", "2", "0")]
