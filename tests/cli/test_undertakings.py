"""`rashomon pledges`, `forecasts` and `outcome` over a small ledger made by hand: three papers, one truce, one forecast."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rashomon.cli.main import run
from rashomon.ledger import open_ledger
from rashomon.records import (
    Actor,
    Claim,
    Document,
    Event,
    EventPlace,
    EventTime,
    Forecast,
    Interval,
    MadeBy,
    Metadata,
    Pledge,
    Publication,
    RawDocument,
    Reading,
    Reuse,
    SharedPassage,
    Span,
    Story,
)

WIRE = "Kesh and the Marsh Council agreed on a five-day truce in Ariha.\x1b[31m It will hold until Friday, said Ana Reuss."
ECHO = "A pause of five days in Ariha was agreed by Kesh and the Marsh Council, a mediator said."
LATER = "Kesh violated the truce in Ariha on Thursday, the Marsh Council said."
ARIHA = EventPlace("where", None, "Ariha", 35.81, 36.61, 2.5, "town")
DOCUMENTS = {
    "wire": (WIRE, "Corran Wire", "2016-03-04"), "copy": (WIRE, "Morning Ledger", "2016-03-05"),
    "echo": (ECHO, "Marsh Echo", "2016-03-04"), "later": (LATER, "Marsh Echo", "2016-03-07"),
}


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def made(id: str, text: str, publisher: str, day: str, *, make: str = "c") -> tuple[Document, Reading]:
    document = Document(id=f"{id}.txt", source=f"in/{id}", text=text, publisher=publisher)
    claims: list[Claim] = []
    more: dict[str, Any] = {}

    def claim(speaker: str, content: str) -> str:
        claims.append(Claim(f"A{len(claims) + 1}", None, speaker, (), (span(text, content),), "indirect", (publisher, speaker)))
        return claims[-1].id

    if text == WIRE:
        more["pledges"] = (
            Pledge(
                span(text, "five-day truce in Ariha"), "ceasefire", "Kesh; Marsh Council", None, duration="five-day",
                place="Ariha",
            ),
        )
        more["forecasts"] = (
            Forecast(
                span(text, "It will hold until Friday"), "Ana Reuss", "It will hold until Friday",
                Interval("2016-03-04", "2016-03-07"), certainty_words="will", attribution=claim("Ana Reuss", "It will hold"),
            ),
        )
    elif text == ECHO:
        more["pledges"] = (
            Pledge(
                span(text, "A pause of five days in Ariha"), "agreement", "Kesh", "Marsh Council", duration="five days",
                place="Ariha", attribution=claim("mediator", "A pause of five days"),
            ),
        )
    else:
        more["events"] = (
            Event(
                "E1", span(text, "violated"), "REJECT", "violation", actors=(Actor(None, "Kesh"),), place=ARIHA,
                time=EventTime("2016-03-06", "2016-03-06", "anchored"), according_to=claim("Marsh Council", "violated the truce"),
            ),
        )
    more.setdefault("events", ())
    about = Metadata(None, publisher, None, Publication(day, day, "stated"), "en", "report")
    author = Claim("A0", None, None, (), (), "indirect", (publisher,))
    reading = Reading(
        id=document.id, source=document.source, text=text, text_sha256=document.text_sha256, made_by=MadeBy(make, "k", "m"),
        document=about, body=(Span(0, len(text)),), boilerplate=(), attributions=(author, *claims), quantities=(), entities=(),
        places=(), times=(), **more,
    )
    return document, reading


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "war.db"
    pairs = {id: made(id, *rest) for id, rest in DOCUMENTS.items()}
    with open_ledger(path, create=True) as opened:
        writer = opened.writer()
        for document, reading in pairs.values():
            writer.store(
                RawDocument(document.id, document.source, "text/plain", document.text.encode()), document, reading, state="read"
            )
        keys = sorted(document.key for document, _ in pairs.values())
        writer.save_links(stories=[Story(keys[0], tuple(keys))], incidents=[], tallies=[], documents_done=keys)
        a, b = sorted(pairs[id][0].key for id in ("wire", "copy"))
        whole = Span(0, len(WIRE))
        copied = Reuse(a, b, "same-text", None, None, 1.0, 1.0, (SharedPassage(whole, whole, 20, "text"),))
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


def test_one_truce_told_by_three_papers_is_one_entry_with_two_voices(shell: Run) -> None:
    (entry,) = lines(shell("pledges", "--json"))
    assert [voice["name"] for voice in entry["voices"]] == ["Corran Wire", "mediator"]
    assert [copy["file"] for copy in entry["voices"][0]["copies"]] == ["copy.txt"]
    assert [kind["text"] for kind in entry["kinds"]] == ["ceasefire", "agreement"]
    assert {"file", "span", "sentence", "chain", "publisher", "published"} <= entry.keys()
    for voice in entry["voices"]:
        for said in voice["statements"]:
            text = DOCUMENTS[said["file"].removesuffix(".txt")][0]
            assert said["sentence"] in text and Span(*said["span"]).of(text)


def test_the_status_is_the_voices(shell: Run) -> None:
    (entry,) = lines(shell("pledges", "--json", "--why"))
    (said,) = entry["said"]
    assert (entry["standing"], said["status"], said["voice"], said["file"]) == ("said", "broken", "Marsh Council", "later.txt")
    assert said["sentence"] == LATER and said["features"] and entry["merges"]
    page = shell("pledges")
    assert "said to be broken (Marsh Council)" in page and "said by Marsh Echo › Marsh Council · 2016-03-07" in page
    assert "the same text in copy.txt: no further voice" in page and "\x1b" not in page


def test_as_of_a_day_nobody_had_said_so(shell: Run) -> None:
    (entry,) = lines(shell("pledges", "--as-of", "2016-03-06", "--json"))
    assert entry["standing"] == "unresolved" and entry["said"] == []
    assert shell("pledges", "--as-of", "2016-03-01") == "No pledge meets this.\n"
    assert "not a day" in shell("pledges", "--as-of", "soon", status=2)


@pytest.mark.parametrize(("options", "count"), [
    (["--kind", "ceasefire"], 1), (["--kind", "threat"], 0), (["--party", "kesh"], 1), (["--party", "Dorn"], 0),
    (["--place", "Ariha"], 1), (["--place", "Ari"], 0), (["--status", "broken"], 1), (["--status", "unresolved"], 0),
    (["--since", "2016-03-05"], 0), (["--until", "2016-03-05"], 1), (["--status", "contested"], 0),
])
def test_choosing_among_pledges(shell: Run, options: list[str], count: int) -> None:
    assert len(lines(shell("pledges", "--json", *options))) == count


def test_a_pledge_by_any_of_its_statements(shell: Run) -> None:
    (entry,) = lines(shell("pledges", "--json"))
    for voice in entry["voices"]:
        for said in voice["statements"]:
            assert lines(shell("pledges", said["key"][:10], "--json")) == [entry]
    assert "has no pledge 'ffffffffff'" in shell("pledges", "ffffffffff", status=2)


def test_a_forecast_stands_beside_what_came_after(shell: Run) -> None:
    (entry,) = lines(shell("forecasts", "--json"))
    assert entry["forecaster"] == "Ana Reuss" and entry["horizon"] == {"start": "2016-03-04", "end": "2016-03-07"}
    assert [voice["name"] for voice in entry["voices"]] == ["Ana Reuss"] and len(entry["voices"][0]["copies"]) == 1
    (proposal,) = entry["proposals"]
    assert (proposal["stance"], proposal["file"], proposal["sentence"]) == ("against", "later.txt", LATER)
    assert entry["outcome"] == "unresolved" and entry["outcomes"] == []
    page = shell("forecasts", "--why")
    assert "What later documents tell (proposals; no outcome)" in page and "unresolved: nobody has said" in page
    assert "within its horizon" in page and "\x1b" not in page


@pytest.mark.parametrize(("options", "count"), [
    (["--by", "Ana Reuss"], 1), (["--by", "Corran Wire"], 1), (["--by", "Dorn"], 0), (["--open"], 1),
    (["--since", "2016-03-05"], 1), (["--since", "2016-03-06"], 0), (["--until", "2016-03-03"], 0),
])
def test_choosing_among_forecasts(shell: Run, options: list[str], count: int) -> None:
    assert len(lines(shell("forecasts", "--json", *options))) == count


def test_an_outcome_is_a_persons_word_and_outlives_rereading(shell: Run, ledger: str) -> None:
    (entry,) = lines(shell("forecasts", "--json"))
    page = shell("outcome", entry["id"][:10], "did-not", "--by", "Ann Lee", "--note", "fire on Thursday")
    assert "did-not, says Ann Lee" in page and "fire on Thursday" in page
    with open_ledger(ledger) as opened:
        for id in ("wire", "copy"):
            document, reading = made(id, *DOCUMENTS[id], make="another")
            assert opened.writer().replace(document.key, reading)
    (again,) = lines(shell("forecasts", "--json"))
    assert again["outcome"] == "did-not" and again["outcomes"][0]["person"] == "Ann Lee"
    assert shell("forecasts", "--open", "--json") == ""
    assert "did-not, says Ann Lee" in shell("show", entry["file"])
    (shown,) = lines(shell("show", entry["file"], "--json"))
    assert [(each["outcome"], each["words"]) for each in shown["outcomes"]] == [("did-not", "It will hold until Friday")]
    (taken_back,) = lines(shell("outcome", entry["id"], "unresolved", "--by", "Ann Lee", "--json"))
    assert taken_back["outcome"] == "unresolved" and len(taken_back["outcomes"]) == 2
    (early,) = lines(shell("forecasts", "--as-of", "2016-03-05", "--json"))
    assert early["outcomes"] == [] and early["proposals"] == []


def test_wrong_words_are_told_in_a_sentence(shell: Run) -> None:
    assert "is no forecast of ledger" in shell("outcome", "ffffffffff", "partly", "--by", "Ann", status=2)
    assert "Invalid value" in shell("outcome", "ffffffffff", "perhaps", "--by", "Ann", status=2)
    assert "Missing option '--by'" in shell("outcome", "ffffffffff", "partly", status=2)
    assert "has no forecast 'ffffffffff'" in shell("forecasts", "ffffffffff", status=2)


@pytest.mark.parametrize("command", ["pledges", "forecasts", "outcome"])
def test_help_has_examples(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"rashomon {command}" in capfd.readouterr().out.split("Example")[1]
