"""The ledger's views on the command line, over a small ledger made by hand: two papers, one strike, two tolls."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from rashomon import schema
from rashomon.cli.main import run
from rashomon.ledger import open_ledger
from rashomon.records import (
    Account,
    Actor,
    Citation,
    Claim,
    Comparison,
    Document,
    Event,
    EventPlace,
    EventTime,
    Feature,
    FieldValue,
    Incident,
    MadeBy,
    Merge,
    Metadata,
    Publication,
    Quantity,
    RawDocument,
    Reading,
    Reuse,
    SharedPassage,
    Span,
    Story,
    event_keys,
)

POST = "Strike on Ariha\nState radio said shells killed 12 people in Ariha on Monday."
HERALD = "Shells killed nine people in Ariha on Monday, a doctor said.\x1b[31m Roads were shut."
ARIHA = EventPlace("where", None, "Ariha", 35.81, 36.61, 2.5, "town")
MONDAY = EventTime("2016-10-03", "2016-10-03", "anchored")


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def made(id: str, text: str, publisher: str, speaker: str, number: str, value: float) -> tuple[Document, Reading]:
    document = Document(id=id, source=f"in/{id}", text=text, publisher=publisher)
    claim = Claim(
        "A1", span(text, speaker), speaker, (span(text, "said"),), (span(text, f"killed {number} people"),), "indirect",
        (publisher, speaker),
    )
    event = Event(
        "E1", span(text, "killed"), "ASSAULT", "shell", recipients=(Actor(span(text, f"{number} people"), f"{number} people"),),
        place=ARIHA, time=MONDAY, quantities=(Quantity(span(text, number), "killed", value, value, words=number),),
        according_to="A1",
    )
    about = Metadata(None, publisher, None, Publication("2016-10-04", "2016-10-04", "stated"), "en", "report")
    reading = Reading(
        id=id, source=document.source, text=text, text_sha256=document.text_sha256, made_by=MadeBy("c", "k", "m"),
        document=about, body=(Span(0, len(text)),), boilerplate=(), attributions=(claim,), events=(event,), quantities=(),
        entities=(), places=(), times=(),
    )
    return document, reading


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ledger") / "war.db"
    pairs = [
        made("post.txt", POST, "The Post", "State radio", "12", 12),
        made("herald.txt", HERALD, "Herald", "a doctor", "nine", 9),
    ]
    accounts, events = [], []
    for document, reading in pairs:
        event = reading.events[0]
        key = event_keys(document.key, reading.events)["E1"]
        cited = Citation(
            document.key, event.quantities[0].span, span(document.text, document.text.splitlines()[-1]),
            reading.attributions[0].chain, "A1",
        )
        value = FieldValue("killed", event.quantities[0].words, str(event.quantities[0].low), cited)
        accounts.append(Account(f"acc-{document.id}", cited.chain[-1], cited.chain, (document.key,), (key,), (value,)))
        events.append(key)
    a, b = (account.fields[0] for account in accounts)
    story = Story(min(document.key for document, _ in pairs), tuple(sorted(document.key for document, _ in pairs)))
    incident = Incident(
        "f" * 32, story.id, "ASSAULT", "shell", story.documents, tuple(sorted(events)), ARIHA, MONDAY, tuple(accounts),
        (
            Comparison("killed", "disagree", "How many were killed?", "12 is not 9, and neither is a bound", a, b),
            Comparison("place", "agree", "Where?", "one town", a, b),
            Comparison("actor", "silent", "Who fired?", "does not say", a, None, "Herald"),
        ),
        (Merge(*sorted(events), 0.93, (Feature("same day", 1.0, 2.0, "both on Monday"),)),),
    )  # fmt: skip
    with open_ledger(path, create=True) as opened:
        writer = opened.writer()
        for document, reading in pairs:
            raw = RawDocument(document.id, document.source, "text/plain", document.text.encode())
            writer.store(raw, document, reading, state="read")
        german = Document(id="nachricht.txt", source="in/nachricht.txt", text="Granaten fielen auf die Stadt.", language="de")
        raw = RawDocument(german.id, german.source, "text/plain", german.text.encode())
        writer.store(raw, german, None, state="not-read", reason="its language is 'de'")
        writer.save_links(
            stories=[story], incidents=[incident], tallies=[], documents_done=[document.key for document, _ in pairs]
        )
    return str(path)


Run = Callable[..., str]


@pytest.fixture
def shell(ledger: str, capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str, status: int = 0) -> str:
        assert run([*arguments, "--ledger", ledger]) == status
        out, err = capfd.readouterr()
        return out if status == 0 else err

    return call


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_stories_hold_every_document_once_by_the_callers_id(shell: Run) -> None:
    found = lines(shell("stories", "--json"))
    assert sorted(id for story in found for id in story["documents"]) == ["herald.txt", "nachricht.txt", "post.txt"]
    assert {"id", "documents"} == set(found[0])
    assert "its language is 'de'" in shell("stories")


def test_incidents_as_lines(shell: Run) -> None:
    (found,) = lines(shell("incidents", "--json"))
    assert set(found) >= {"id", "documents", "events", "place", "time", "type", "fields"}
    assert sorted(found["documents"]) == ["herald.txt", "post.txt"]
    assert sorted(value["text"] for value in found["fields"]["killed"]) == ["12", "nine"]
    for value in found["fields"]["killed"]:
        text = {"herald.txt": HERALD, "post.txt": POST}[value["file"]]
        assert Span(*value["span"]).of(text) == value["text"]


def test_incidents_for_people(shell: Run) -> None:
    page = shell("incidents")
    assert "The Post › State radio" in page and "Herald › a doctor" in page
    assert "“State radio said shells killed 12 people in Ariha on Monday.”" in page
    assert "disagree  How many were killed? 12 (The Post › State radio) / nine (Herald › a doctor)" in page
    assert "They agree on place" in page and "Herald does not say: actor" in page
    assert "Ariha (town, within 2.5 km) · 2016-10-03" in page


def test_no_page_lets_a_text_command_the_terminal(shell: Run) -> None:
    for command in (["incidents"], ["show", "herald.txt"], ["search", "roads"], ["show", "herald.txt/E1"]):
        assert "\x1b" not in shell(*command)


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--since", "2016-10-03"], 1), (["--since", "2016-10-04"], 0), (["--type", "AID"], 0),
        (["--near", "35.8,36.6,10"], 1), (["--near", "33.5,36.3,10"], 0), (["--relation", "disagree"], 1),
        (["--min-documents", "3"], 0),
    ],
)  # fmt: skip
def test_incidents_are_chosen(shell: Run, options: list[str], count: int) -> None:
    assert len(lines(shell("incidents", "--json", *options))) == count


def test_contradictions(shell: Run) -> None:
    found = lines(shell("contradictions", "--json"))
    assert {pair["relation"] for pair in found} <= {"disagree", "agree", "compatible", "superseded", "different_referent"}
    assert found[0]["relation"] == "disagree" and found[0]["question"].casefold().endswith("how many were killed?")
    assert found[0]["a"]["file"] == "post.txt" and Span(*found[0]["a"]["span"]).of(POST) == "12"
    assert "12 is not 9" in shell("contradictions")


def test_search(shell: Run) -> None:
    (hit,) = lines(shell("search", "radio", "--json"))
    assert hit["document"] == "post.txt" and Span(*hit["marks"][0]).of(POST) == "radio"
    assert "State radio said" in shell("search", "radio")
    assert "No passage" in shell("search", "submarine")
    assert "names no word" in shell("search", "!!", status=2)


def test_status(shell: Run) -> None:
    (found,) = lines(shell("status", "--json"))
    assert (found["documents"], found["read"], found["incidents"], found["outdated"]) == (3, 2, 1, 2)
    page = shell("status")
    assert "3 documents (2 read)" in page and "nachricht.txt: its language is 'de'" in page and "rashomon reread" in page


def test_verify_tells_what_is_damaged(ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = tmp_path / "damaged.db"
    with closing(sqlite3.connect(ledger)) as whole, closing(sqlite3.connect(damaged)) as copy:
        whole.backup(copy)
        copy.execute("UPDATE documents SET caller = 'other', text_sha256 = 'x' || substr(text_sha256, 2)")
        copy.commit()
    assert run(["verify", "--ledger", ledger]) == 0
    assert "is sound" in capsys.readouterr().out
    assert run(["verify", "--ledger", str(damaged), "--json"]) == 1
    assert all("problem" in json.loads(line) for line in capsys.readouterr().out.splitlines())


def test_show_finds_every_kind(shell: Run) -> None:
    assert lines(shell("show", "post.txt", "--json"))[0]["id"] == "post.txt"
    jsonschema.validate(lines(shell("show", "post.txt", "--json"))[0], schema())
    assert "shell (ASSAULT)" in shell("show", "post.txt")
    event = lines(shell("show", "post.txt/E1", "--json"))[0]
    assert event["event"]["id"] == "E1" and event["claim"]["chain"] == ["The Post", "State radio"]
    assert lines(shell("show", event["key"], "--json"))[0] == event
    assert lines(shell("show", "post.txt/A1", "--json"))[0]["claim"]["speaker"] == "State radio"
    assert "State radio" in shell("show", "post.txt/A1")
    story = lines(shell("stories", "--json"))[0]["id"]
    assert "The Post" in shell("show", story)
    assert "both on Monday" in shell("show", "ffffffff", "--why")
    assert "both on Monday" not in shell("show", "ffffffff")
    assert "Granaten" in shell("show", "nachricht.txt")
    assert "nothing, or more than one thing" in shell("show", "nowhere", status=2)


def test_lineage(shell: Run, ledger: str) -> None:
    assert shell("lineage", "--json") == "" and "No two documents share text" in shell("lineage")
    assert "shares no text" in shell("lineage", "post.txt") and "No publisher repeats" in shell("lineage", "--lines")
    with open_ledger(ledger) as opened:
        herald, post = (opened.view().document(name).key for name in ("herald.txt", "post.txt"))
        a, b = sorted((herald, post))
        passage = SharedPassage(Span(0, 12), Span(3, 15), 20, "text")
        opened.traces().save([Reuse(a, b, "wire-copy", post, "Halden Wire", 0.5, 0.75, (passage,))], [], {})
    (found,) = lines(shell("lineage", "--json"))
    assert (found["kind"], found["first"], found["agency"]) == ("wire-copy", "post.txt", "Halden Wire")
    assert {found["a"], found["b"]} == {"herald.txt", "post.txt"} and found["share"] == {"a": 0.5, "b": 0.75}
    text = {"herald.txt": HERALD, "post.txt": POST}[found["a"]]
    assert found["passages"][0]["a"] == {"span": [0, 12], "text": text[:12]}
    assert lines(shell("lineage", "herald.txt", "--json")) == [found]
    assert lines(shell("show", "herald.txt", "--json"))[0]["lineage"] == [found]
    page = shell("show", "herald.txt")
    assert "copies: post.txt (The Post) · wire copy of Halden Wire" in page and "earlier" in page and "first: post.txt" in page
    assert "first: this one" in shell("lineage", "post.txt")
    assert "2 documents of one text or parts of it" in shell("lineage")


def test_exports(shell: Run, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(shell("export", "csv"), newline="")))
    assert {row["chain"] for row in rows} == {"The Post › State radio", "Herald › a doctor"}
    assert {line["id"] for line in lines(shell("export", "jsonl"))} == {"post.txt", "herald.txt"}
    shell("export", "geojson", "--out", str(tmp_path / "map.json"))
    (feature,) = json.loads((tmp_path / "map.json").read_text())["features"]
    assert feature["geometry"]["type"] == "Polygon" and feature["properties"]["document_ids"] == ["herald.txt", "post.txt"]
    assert "cannot be written" in shell("export", "csv", "--out", str(tmp_path / "no" / "where"), status=2)


def test_an_incident_as_a_matrix(shell: Run) -> None:
    rows = list(csv.reader(io.StringIO(shell("show", "ffffffff", "--format", "csv"))))
    assert rows[0] == ["field", "The Post › State radio", "Herald › a doctor", "relations"]
    assert ["killed", "12", "nine", "1 disagree"] in rows
    page = shell("show", "ffffffff", "--format", "html")
    assert "<th>killed</th>" in page and "\x1b" not in page and "<script" not in page
    assert "killed" in shell("show", "ffffffff", "--format", "table")
    assert "only an incident" in shell("show", "post.txt", "--format", "csv", status=2)


def test_an_incident_as_of_a_day(shell: Run) -> None:
    assert "had surely told" in shell("show", "ffffffff", "--as-of", "1999-01-01", status=2)
    assert "is not a day" in shell("show", "ffffffff", "--as-of", "yesterday", status=2)


def test_changes_since_a_day(shell: Run) -> None:
    found = lines(shell("changes", "--since", "2000-01-01", "--json"))
    assert {"new account", "moved toll"} <= {change["kind"] for change in found}
    assert all(set(change) == {"kind", "incident", "what", "documents"} for change in found)
    assert lines(shell("changes", "--since", "2000-01-01", "--where", "Nowhere", "--json")) == []
    assert "Nothing changed" in shell("changes", "--since", "2999-01-01")
