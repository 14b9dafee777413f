"""The program as other programs run it: exit status, streams, bad input, pipes that close, interruptions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from rashomon import schema
from rashomon.cli.main import commands

NEWS = (
    "Shelling resumes near Ariha\n\n"
    "ARIHA, Syria, 3 October 2016 - Shells killed 12 people in Ariha on Monday, State radio said. "
    "A doctor in the town said that nine had died. The army denied that it had fired.\n"
)


def rashomon(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "rashomon", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, timeout=120)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path, news: Path) -> Path:
    """A folder with one good document among every kind of bad one."""
    folder = tmp_path / "in"
    folder.mkdir()
    news.rename(folder / "m-good.txt")
    (folder / "a-empty.txt").write_bytes(b"")
    (folder / "b-blank.txt").write_bytes(b" \n\t\n")
    (folder / "c-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "d-broken.pdf").write_bytes(b"%PDF-1.7\nnothing that follows is a PDF")
    (folder / "e-lines.jsonl").write_text(json.dumps({"id": "one", "text": NEWS}) + '\n{"id": "two", "text":\n')
    (folder / "f-latin.txt").write_bytes("Le général Müller a dit à la presse que la bataille était finie.".encode("latin-1"))
    (folder / "g-gone.txt").symlink_to(folder / "nowhere")
    return folder


def test_json_is_lines_in_input_order_and_nothing_else(news: Path) -> None:
    lines = "".join(json.dumps({"id": id, "text": NEWS, "publisher": "The Post"}) + "\n" for id in ("b", "a"))
    done = rashomon("read", news, "-", "--json", stdin=lines.encode())
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert [reading["id"] for reading in readings] == ["news.txt", "b", "a"]
    for reading in readings:
        jsonschema.validate(reading, schema())
        assert reading["text"] == NEWS


def test_every_bad_document_is_named_and_the_rest_is_done(bad: Path) -> None:
    done = rashomon("read", bad, "--json")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["one", "m-good.txt"]
    told = done.stderr.decode()
    for name in ("a-empty.txt", "b-blank.txt", "c-binary.txt", "d-broken.pdf", "g-gone.txt", "e-lines.jsonl, line 2"):
        assert sum(name in line for line in told.splitlines()) == 1, name
    assert "not read: f-latin.txt: its language is 'fr'" in told
    assert "Traceback" not in told


def test_add_keeps_the_rest_and_a_second_time_changes_nothing(bad: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "war.db"
    first = rashomon("add", bad, "--ledger", ledger)
    dump = rashomon("export", "jsonl", "--ledger", ledger).stdout
    status = rashomon("status", "--json", "--ledger", ledger).stdout
    second = rashomon("add", bad, "--ledger", ledger)
    assert (first.returncode, second.returncode) == (1, 1)
    assert b"2 documents read, 1 document not read, 6 documents failed." in first.stdout
    assert b"known already" in second.stdout
    assert rashomon("export", "jsonl", "--ledger", ledger).stdout == dump
    assert rashomon("status", "--json", "--ledger", ledger).stdout == status
    assert {failure["id"].rpartition("/")[2] for failure in json.loads(status)["failed"]} == {
        "a-empty.txt", "b-blank.txt", "c-binary.txt", "d-broken.pdf", "e-lines.jsonl#2", "g-gone.txt",
    }  # fmt: skip
    (bad / "a-empty.txt").write_text(NEWS)
    assert b"1 document read, 2 documents known already" in rashomon("add", bad, "--ledger", ledger).stdout
    failed = json.loads(rashomon("status", "--json", "--ledger", ledger).stdout)["failed"]
    assert not any("a-empty.txt" in failure["id"] for failure in failed)


def test_remove_and_reread(news: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "war.db"
    rashomon("add", news, "--ledger", ledger)
    assert b"Nothing to do" in rashomon("reread", "--ledger", ledger).stdout
    assert b"1 document read" in rashomon("reread", "news.txt", "--ledger", ledger).stdout
    assert b"1 document removed" in rashomon("remove", "news.txt", "--ledger", ledger).stdout
    assert rashomon("stories", "--json", "--ledger", ledger).stdout == b""
    gone = rashomon("remove", "news.txt", "--ledger", ledger)
    assert gone.returncode == 2 and b"has no document 'news.txt'" in gone.stderr


@pytest.mark.parametrize(
    "arguments",
    [["read"], ["reed", "x"], ["read", "x", "--jsn"], ["incidents", "--near", "here"], ["show"], ["export", "xls"]],
)
def test_wrong_usage(arguments: list[str]) -> None:
    done = rashomon(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr and b"Traceback" not in done.stderr


def test_what_is_not_there(tmp_path: Path) -> None:
    done = rashomon("read", tmp_path / "none.txt", "--json")
    assert (done.returncode, done.stdout) == (1, b"") and b"is not there" in done.stderr
    done = rashomon("incidents", "--ledger", tmp_path / "none.db")
    assert done.returncode in (1, 2) and b"rashomon add" in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_no_colour_and_no_progress_where_there_is_no_terminal(news: Path) -> None:
    done = rashomon("read", news)
    assert done.returncode == 0 and b"\x1b" not in done.stdout + done.stderr and done.stderr == b""
    assert "State radio" in done.stdout.decode()


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": str(number), "text": NEWS * 20}) + "\n" for number in range(40)))
    command = [sys.executable, "-m", "rashomon", "read", str(path), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None and program.stderr is not None
        assert program.stdout.readline().startswith(b"{")
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(timeout=60) == 141


def test_interrupting_leaves_a_sound_ledger(tmp_path: Path) -> None:
    path, ledger = tmp_path / "many.jsonl", tmp_path / "war.db"
    path.write_text("".join(json.dumps({"id": str(number), "text": f"{number} {NEWS}"}) + "\n" for number in range(3000)))
    command = [sys.executable, "-m", "rashomon", "add", str(path), "--ledger", str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        for _ in range(600):
            if ledger.exists() and ledger.with_name("war.db-wal").exists() and _stored(ledger) > 3:
                break
            time.sleep(0.1)
        program.send_signal(signal.SIGINT)
        _, told = program.communicate(timeout=60)
    assert program.returncode == 130 and b"Traceback" not in told and b"kept" in told
    status = json.loads(rashomon("status", "--json", "--ledger", ledger).stdout)
    assert 0 < status["documents"] < 3000 and status["documents"] == status["read"]


def _stored(ledger: Path) -> int:
    from rashomon.errors import LedgerError
    from rashomon.ledger import open_ledger

    try:
        with open_ledger(ledger) as opened:
            return len(opened.view().documents())
    except LedgerError:
        return 0


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    help = commands.commands[name].help or ""
    assert "Example" in help and f"rashomon {name}" in help


def test_help_loads_nothing_heavy() -> None:
    """What makes it quick; bench/help.py has the seconds."""
    script = "import atexit, sys; atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr))\n"
    script += "sys.argv = ['rashomon', '--help']\nfrom rashomon.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert done.returncode == 0 and b"incidents" in done.stdout
    for heavy in (b"'spacy'", b"'numpy'", b"'sqlalchemy'", b"'trafilatura'", b"'yaml'"):
        assert heavy not in done.stderr, heavy


def test_encoding_of_the_terminal_does_not_matter(news: Path) -> None:
    command = [sys.executable, "-m", "rashomon", "read", str(news)]
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(command, capture_output=True, env=plain, timeout=60)
    assert done.returncode == 0 and b"Traceback" not in done.stderr
