"""The whole way, as other programs go it: files in, a ledger filled, emptied, read again, killed and resumed; always the same."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from rashomon.ledger import open_ledger

VIEWS = ("stories", "incidents")


def rashomon(*arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[bytes]:
    """Runs the program; AssertionError with what it said where it ends otherwise than with `status`."""
    command = [sys.executable, "-m", "rashomon", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=300)
    assert done.returncode == status, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done


def seen(ledger: Path) -> dict[str, bytes]:
    """What the ledger's views print."""
    return {view: rashomon(view, "--json", "--ledger", ledger).stdout for view in VIEWS}


def status(ledger: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(rashomon("status", "--json", "--ledger", ledger).stdout)
    return found


def content(ledger: Path) -> Counter[str]:
    """Every row of every table, however the file lays them out."""
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as connection:
        return Counter(line for line in connection.iterdump() if line.startswith("INSERT") and '"sqlite_' not in line)


@pytest.fixture(scope="module")
def corpus(root: Path) -> Path:
    return root / "examples" / "aleppo-2016"


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the sample corpus, added at once. Not to be changed: see `ledger`."""
    path = tmp_path_factory.mktemp("whole") / "war.db"
    done = rashomon("add", corpus, "--ledger", path)
    assert b"23-alep-les-bus.txt" in done.stderr
    return path


@pytest.fixture(scope="module")
def views(whole: Path) -> dict[str, bytes]:
    return seen(whole)


@pytest.fixture
def ledger(whole: Path, tmp_path: Path) -> Path:
    """A copy of that ledger, to be changed."""
    with sqlite3.connect(whole) as there, sqlite3.connect(tmp_path / "war.db") as here:
        there.backup(here)
    return tmp_path / "war.db"


# ------------------------------------------------------------------------------------------------- adding, and once more


def test_every_document_stands_in_one_story(whole: Path, views: dict[str, bytes], corpus: Path) -> None:
    told = Counter(id for line in views["stories"].splitlines() for id in json.loads(line)["documents"])
    assert set(told.values()) == {1} and len(told) == status(whole)["documents"] == 24
    # One file of the corpus is JSON Lines, and gives its two documents ids of their own.
    assert len({path.name for path in corpus.iterdir()} & set(told)) == 22


def test_incidents_cite_sentences_of_their_documents(views: dict[str, bytes]) -> None:
    incidents = [json.loads(line) for line in views["incidents"].splitlines()]
    assert len({incident["id"] for incident in incidents}) == len(incidents) > 0
    assert any(len(incident["documents"]) > 1 for incident in incidents)
    assert all(incident["documents"] and incident["events"] for incident in incidents)


def test_adding_twice_changes_nothing(ledger: Path, corpus: Path, views: dict[str, bytes]) -> None:
    rows, before = content(ledger), status(ledger)
    done = json.loads(rashomon("add", corpus, "--ledger", ledger, "--json").stdout)
    assert (done["read"], done["known"], done["linked"]) == (0, 23, 0)
    assert content(ledger) == rows
    assert status(ledger) == before and seen(ledger) == views


def test_a_ledger_lists_nothing_amiss(whole: Path) -> None:
    found = status(whole)
    assert (found["pending"], found["failed"], found["outdated"], found["retired"]) == (0, [], 0, 0)


def test_alone_and_together_give_the_same_lines(corpus: Path) -> None:
    together = rashomon("read", corpus, "--json").stdout.splitlines()
    by_id = {json.loads(line)["id"]: line for line in together}
    assert len(together) == len(by_id) == 23
    for name in ("07-why-the-truce-will-fail.txt", "17-a-slow-ship.docx"):
        assert rashomon("read", corpus / name, "--json").stdout.splitlines() == [by_id[name]]


@pytest.mark.long
def test_by_parts_in_another_order_equals_all_at_once(corpus: Path, tmp_path: Path, views: dict[str, bytes]) -> None:
    files = sorted(path for path in corpus.iterdir() if path.suffix != ".md")[::-1]
    ledger = tmp_path / "war.db"
    for part in (files[::3], files[1::3], files[2::3]):
        rashomon("add", *part, "--ledger", ledger)
    assert seen(ledger) == views


# ------------------------------------------------------------------------------------------------------------ bad input


def test_each_bad_input_is_named_and_the_rest_is_stored(corpus: Path, tmp_path: Path) -> None:
    folder, ledger = tmp_path / "in", tmp_path / "war.db"
    folder.mkdir()
    good = ["01-castello-road.txt", "03-siege-not-broken.html"]
    for name in good:
        shutil.copy(corpus / name, folder / name)
    text = "Shells killed two people in Ariha on Monday, residents said."
    lines = [
        json.dumps({"id": "first", "text": text}),
        '{"id": "half", "text": "The army \\ud800 shelled Ariha."}',
        '{"id": "broken", "text": ',
        '{"id": "textless"}',
        json.dumps({"id": "last", "text": text.replace("Ariha", "Saraqib")}),
    ]
    (folder / "lines.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    bad: dict[str, bytes] = {
        "empty.txt": b"", "blank.txt": b"\r\n \t",
        "binary.txt": bytes(range(256)) * 8, "cut.txt": b"\xff\xfe\x41", "zero.txt": b"a\0b",
        "broken.pdf": b"%PDF-1.4 and no more", "broken.docx": b"PK\x03\x04 and no more", "broken.json": b'{"text": ',
    }  # fmt: skip
    for name, held in bad.items():
        (folder / name).write_bytes(held)
    done = rashomon("add", folder, "--ledger", ledger, "--json", status=1)
    told = done.stderr.decode().splitlines()
    for name in (*bad, "lines.jsonl, line 2", "lines.jsonl, line 3", "lines.jsonl, line 4"):
        assert sum(name in line for line in told) == 1, (name, told)
    assert len(told) == len(bad) + 3
    change = json.loads(done.stdout)
    assert (change["read"], change["failed"]) == (4, len(bad) + 3)
    documents = [id for line in rashomon("stories", "--json", "--ledger", ledger).stdout.splitlines()
                 for id in json.loads(line)["documents"]]  # fmt: skip
    assert sorted(documents) == sorted([*good, "first", "last"])


# ---------------------------------------------------------------------------------------------------- removing, rereading


def test_removed_and_added_again_it_is_as_it_was(ledger: Path, corpus: Path, views: dict[str, bytes]) -> None:
    gone = ["11-aid-convoy-wire.txt", "08-deir-ezzor-strike.txt"]
    rashomon("remove", *gone, "--ledger", ledger)
    left = seen(ledger)
    assert not any(name.encode() in left[view] for name in gone for view in VIEWS) and left != views
    assert not any(name in row for name in gone for row in content(ledger))
    assert rashomon("search", "Su-24", "--json", "--ledger", ledger).stdout.count(b"11-aid-convoy-wire") == 0
    rashomon("add", *(corpus / name for name in gone), "--ledger", ledger)
    assert seen(ledger) == views


def test_reading_again_by_the_same_make_changes_nothing(ledger: Path, views: dict[str, bytes]) -> None:
    assert json.loads(rashomon("reread", "--json", "--ledger", ledger).stdout)["read"] == 0
    done = rashomon("reread", "09-deir-ezzor-revised.txt", "--json", "--ledger", ledger)
    assert json.loads(done.stdout)["read"] == 1
    found = status(ledger)
    assert (found["read"], found["readings"], found["pending"]) == (23, 23, 0)
    assert seen(ledger) == views


# -------------------------------------------------------------------------------------------------------------- killed


def stored(ledger: Path) -> int:
    """Documents that another process sees in the ledger; 0 while there is none."""
    try:
        with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=1) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def kill_when(ready: Callable[[], bool], corpus: Path, ledger: Path) -> None:
    """Starts adding the corpus and kills it outright as soon as `ready` says so."""
    command = [sys.executable, "-m", "rashomon", "add", str(corpus), "--ledger", str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        until = time.monotonic() + 120
        while program.poll() is None and not ready() and time.monotonic() < until:
            time.sleep(0.005)
        os.kill(program.pid, signal.SIGKILL)
    assert program.returncode == -signal.SIGKILL, "it was done before it could be killed"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("after", [11, pytest.param(1, marks=pytest.mark.long), pytest.param(24, marks=pytest.mark.long)])
def test_killed_in_the_middle_and_begun_again_it_is_one_clean_run(
    after: int, corpus: Path, tmp_path: Path, views: dict[str, bytes]
) -> None:
    ledger = tmp_path / "war.db"
    kill_when(lambda: stored(ledger) >= after, corpus, ledger)
    assert stored(ledger) >= after
    rashomon("add", corpus, "--ledger", ledger)
    assert seen(ledger) == views
    found = status(ledger)
    assert (found["documents"], found["read"], found["pending"]) == (24, 23, 0)
    with open_ledger(ledger) as opened:
        assert list(opened.view().verify()) == []
