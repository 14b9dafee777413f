"""What people decide and what time changes, on the command line: joins, splits, `changes`, `--as-of`, `tallies`.

And the form that every command of linking and comparing keeps: help with an example, JSON lines alone, errors in one sentence.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rashomon.builder import remove
from rashomon.cli.main import run
from rashomon.ledger import Ledger, open_ledger
from rashomon.records import Reading
from rashomon.relinking import link

from ..factories import MAKE, count, document, event, raw, reading

STRIKE = "Warplanes struck the market of Ruwaida on Monday, killing 12 people. Residents said that the raid burned shops."
FAR = "Gunmen abducted a teacher in Hasna on Friday."
LATER = "Soldiers shelled a mill at Tell Amar on Tuesday. Since March 300 people have died in Tell Amar."
COMMANDS = [
    "incidents", "stories", "contradictions", "tallies", "changes", "lineage", "show", "join", "split", "withdraw", "decisions",
    "reread", "remove", "status",
]
Run = Callable[..., str]


def told(id: str) -> Reading:
    if id == "a":
        events = (
            event("E1", STRIKE, "struck", where="Ruwaida", day="2022-05-02", quantities=(count(STRIKE, "12", 12, 12),)),
            event("E2", STRIKE, "raid", action="attack"),
        )
        return reading(document("a", STRIKE), events=events, publisher="Courier", published="2022-05-03")
    if id == "c":
        events = (event("E1", FAR, "abducted", type="COERCE", action="abduction", where="Hasna", day="2022-05-06"),)
        return reading(document("c", FAR), events=events, publisher="Gazette", published="2022-05-07")
    events = (
        event("E1", LATER, "shelled", action="shelling", where="Tell Amar", day="2022-06-07"),
        event("E2", LATER, "died", action="killing", where="Tell Amar",
              quantities=(count(LATER, "300", 300, 300, scope="campaign", since="2022-03-01"),)),
    )
    return reading(document("b", LATER), events=events, publisher="Herald", published="2022-06-08")


def store(ledger: Ledger, id: str) -> str:
    found = told(id)
    given = document(id, found.text)
    return ledger.writer().store(raw(given), given, found, state="read").key


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_ledger(tmp_path / "war.db", create=True) as ledger:
        for id in "acb":
            store(ledger, id)
        link(ledger)
    return tmp_path / "war.db"


@pytest.fixture
def shell(path: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str, status: int = 0) -> str:
        assert run([*arguments, "--ledger", str(path)]) == status
        out, err = capfd.readouterr()
        return out if status == 0 else err

    return call


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def incident_of(shell: Run, *documents: str) -> dict:
    return next(one for one in lines(shell("incidents", "--json")) if set(documents) <= set(one["documents"]))


def together(path: Path) -> Iterator[frozenset[str]]:
    with open_ledger(path) as ledger:
        view = ledger.view()
        for one in view.incidents():
            yield frozenset(view.document(key).id for key in one.documents)


def test_changes_tells_what_was_joined_and_split_since_a_day(shell: Run) -> None:
    ids = [incident_of(shell, id)["id"] for id in "acb"]
    made = json.loads(shell("join", *ids, "--by", "Ann Lee", "--note", "one week", "--json"))
    assert made["kind"] == "join"
    found = lines(shell("changes", "--since", "2022-06-01", "--json"))
    kinds = {change["kind"] for change in found}
    assert {"new account", "joined"} <= kinds and "split" not in kinds
    (joined,) = [change for change in found if change["kind"] == "joined"]
    assert set(joined["documents"]) == set("acb") and joined["what"].startswith("2 incidents of before")
    assert lines(shell("changes", "--since", "2022-06-01", "--where", "Nowhere", "--json")) == []

    whole = incident_of(shell, "a", "b")
    shell("split", whole["id"], "a/E2", "--by", "Ann Lee")
    found = lines(shell("changes", "--since", "2022-06-01", "--json"))
    assert [change["documents"] for change in found if change["kind"] == "split"] == [["a"]]
    assert "joined by Ann Lee" in shell("decisions") and "split by Ann Lee" in shell("decisions")


def test_a_decision_outlives_reading_again_linking_again_removing_and_adding(path: Path, shell: Run) -> None:
    shell("join", incident_of(shell, "a")["id"], incident_of(shell, "c")["id"], "--by", "Ann Lee")
    assert frozenset("ac") in set(together(path))
    with open_ledger(path) as ledger:
        writer, key = ledger.writer(), ledger.view().document("a").key
        assert writer.replace(key, replace(told("a"), made_by=replace(MAKE, code="newer")))
        writer.queue()
        link(ledger)
    assert frozenset("ac") in set(together(path))
    with open_ledger(path) as ledger:
        remove(ledger, [ledger.view().document("c").key])
    assert frozenset("ac") not in set(together(path))
    with open_ledger(path) as ledger:
        store(ledger, "c")
        link(ledger)
        assert not list(ledger.view().verify())
    assert frozenset("ac") in set(together(path))
    (made,) = lines(shell("decisions", "--json"))
    shell("withdraw", made["id"])
    assert frozenset("ac") not in set(together(path))


def test_a_split_outlives_them_too(path: Path, shell: Run) -> None:
    whole = incident_of(shell, "a")
    assert len(whole["events"]) == 2
    shell("split", whole["id"], "a/E2", "--by", "Ann Lee")
    assert [len(one["events"]) for one in lines(shell("incidents", "--json")) if one["documents"] == ["a"]] == [1, 1]
    with open_ledger(path) as ledger:
        remove(ledger, [ledger.view().document("a").key])
        store(ledger, "a")
        ledger.writer().queue()
        link(ledger)
    assert [len(one["events"]) for one in lines(shell("incidents", "--json")) if one["documents"] == ["a"]] == [1, 1]


def test_what_was_known_on_a_day(shell: Run, path: Path) -> None:
    ids = [incident_of(shell, id)["id"] for id in "ab"]
    shell("join", *ids, "--by", "Ann Lee")
    now = incident_of(shell, "a", "b")
    (then,) = lines(shell("show", now["id"], "--as-of", "2022-05-04", "--json"))
    assert then["documents"] == ["a"] and then["as_of"] == "2022-05-04" and then["left_out"] == []
    told_later = shell("show", now["id"], "--as-of", "2022-05-01", status=2)
    assert told_later.count("\n") == 1 and "had surely told" in told_later


def test_tallies_have_their_history(shell: Run) -> None:
    (one,) = lines(shell("tallies", "--json"))
    assert (one["low"], one["scope"], one["since"]) == (300, "campaign", "2022-03-01")
    assert (one["place"], one["file"]) == ("Tell Amar", "b")
    assert one["sentence"].startswith("Since March 300")
    page = shell("tallies")
    assert "Tell Amar: killed" in page and "█" in page and "Since March 300 people" in page
    (row,) = csv.DictReader(io.StringIO(shell("tallies", "--format", "csv")))
    assert (row["place"], row["figure"], row["since"], row["said by"]) == ("Tell Amar", "300", "2022-03-01", "Herald")
    assert "<td>Tell Amar</td>" in shell("tallies", "--format", "html")
    assert "Tell Amar" in shell("tallies", "--format", "table")
    assert lines(shell("tallies", "--where", "Hasna", "--json")) == [] and "No tally" in shell("tallies", "--by", "Nobody")
    assert len(lines(shell("tallies", "--by", "herald", "--field", "killed", "--json"))) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_each_has_help_with_an_example(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"rashomon {command}" in capfd.readouterr().out.partition("Example")[2]


@pytest.mark.parametrize("arguments", [
    ("incidents",), ("stories",), ("contradictions",), ("tallies",), ("changes", "--since", "2022-01-01"), ("lineage",),
    ("decisions",), ("status",), ("show", "a"),
])
def test_json_is_lines_and_nothing_else(shell: Run, arguments: tuple[str, ...]) -> None:
    assert all(isinstance(line, dict) for line in lines(shell(*arguments, "--json")))


@pytest.mark.parametrize(("arguments", "word"), [
    (("show", "ffffffff"), "nothing"), (("join", "ffffffff", "eeeeeeee", "--by", "Ann"), "no incident"),
    (("split", "ffffffff", "a/E1", "--by", "Ann"), "no incident"), (("withdraw", "ffffffff"), "no decision"),
    (("changes", "--since", "soon"), "not a day"), (("show", "a", "--format", "csv"), "only an incident"),
])
def test_errors_are_one_sentence(shell: Run, arguments: tuple[str, ...], word: str) -> None:
    told = shell(*arguments, status=2)
    assert told.startswith("rashomon: ") and told.count("\n") == 1 and word in told


def test_a_split_needs_events_of_the_incident_and_a_rest(shell: Run) -> None:
    one, other = incident_of(shell, "a"), incident_of(shell, "c")
    assert "is none of incident" in shell("split", one["id"], "c/E1", "--by", "Ann", status=2)
    assert "no other events" in shell("split", other["id"], "c/E1", "--by", "Ann", status=2)
    assert "two different incidents" in shell("join", one["id"], one["id"], "--by", "Ann", status=2)
