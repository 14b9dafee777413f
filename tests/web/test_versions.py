"""`rashomon serve` on a ledger of another version: an older one is brought up to date, anything else is told in a sentence."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rashomon.cli.main import run
from rashomon.ledger import migrations, open_ledger, versions
from rashomon.ledger.dialect import writing
from rashomon.web import create_app


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    path = tmp_path / "own.db"
    shutil.copy(sample, path)
    return path


def served(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit status and what is said where nothing can be served."""
    status = run(["serve", "--ledger", str(path), "--port", "0"])
    said = capsys.readouterr()
    assert said.out == ""
    return status, said.err


def unmarked(answer: dict[str, Any]) -> dict[str, Any]:
    """Without the marks of what was changed later, which an older ledger gets at its next linking."""
    return {name: value for name, value in answer.items() if name != "later"}


def test_a_ledger_of_a_newer_program_is_told_in_a_sentence(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(own) as base:
        base.execute(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999'")
    status, said = served(own, capsys)
    assert status != 0 and len(said.strip().splitlines()) == 1
    assert "has schema 9999" in said and "install a newer Rashomon" in said


def test_what_is_no_ledger_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(tmp_path / "other.db") as base:
        base.execute("CREATE TABLE orders (id INTEGER)")
    (tmp_path / "notes.db").write_text("no database at all\n" * 100, encoding="utf-8")
    for name in ("other.db", "notes.db", "nowhere.db"):
        status, said = served(tmp_path / name, capsys)
        assert status != 0 and len(said.strip().splitlines()) == 1 and name in said, said


def test_an_older_ledger_is_served_as_the_others_are(own: Path, sample: Path) -> None:
    with open_ledger(own) as ledger, writing(ledger._engine, counted=False) as connection:
        versions.retreat(connection, migrations.REVISIONS[-2])
    with open_ledger(own) as older, open_ledger(sample) as same:
        asked = [TestClient(create_app(ledger, "same.db")) for ledger in (older, same)]
        for route in ("/api/ledger", "/api/overview", "/api/incidents", "/api/search?q=hospital", "/api/control", "/api/pledges"):
            old, new = (client.get(route) for client in asked)
            assert old.status_code == 200 and unmarked(old.json()) == unmarked(new.json()), route
