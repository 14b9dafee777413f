"""`rashomon gazetteer` as people and programs run it, and a reading with what it imported."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TEXT = "Shells fell on Qarnabunia on Monday, residents said. Troops left Qarnabunia and went back to Aleppo in Syria.\n"


def line(id: int, name: str, kind: str = "P", code: str = "PPL") -> str:
    cells = (id, name, name, "Kornabounia", 35.6123, 36.5, kind, code, "SY", "", "09", "", "", "", 900, "", 0, "", "2020-01-01")
    return "\t".join(map(str, cells))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("SY.txt", "\n".join([line(1, "Qarnabunia"), line(2, "Hotel Qarn", kind="S", code="HTL")]))
    return path


def rashomon(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RASHOMON_DATA_FOLDER": str(home)}
    command = [sys.executable, "-m", "rashomon", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)


def test_import_status_remove(home: Path, dump: Path) -> None:
    assert "No gazetteer is imported" in rashomon(home, "gazetteer", "status").stdout
    done = rashomon(home, "gazetteer", "import", dump)
    assert (done.returncode, done.stderr) == (0, "")
    assert "SY is imported: 2 names of 1 place, from 2 rows, 1 left out" in done.stdout
    assert "imported already" in rashomon(home, "gazetteer", "import", dump).stdout
    assert rashomon(home, "gazetteer", "status").stdout.startswith("SY: 2 names of 1 place from SY.zip")
    assert rashomon(home, "gazetteer", "remove", "SY").returncode == 0
    gone = rashomon(home, "gazetteer", "remove", "SY")
    assert gone.returncode == 2 and "no gazetteer is called 'SY'" in gone.stderr


def test_json_is_lines_and_nothing_else(home: Path, dump: Path, tmp_path: Path) -> None:
    assert rashomon(home, "gazetteer", "status", "--json").stdout == ""
    (tmp_path / "my.csv").write_text("name,latitude,longitude\nBeit Zarnun,33.5,36.3\nFar,95,1\n", encoding="utf-8")
    bad = rashomon(home, "gazetteer", "import", tmp_path / "my.csv", "--json")
    report = json.loads(bad.stdout)
    assert bad.returncode == 1 and "my.csv, line 3: latitude 95" in bad.stderr
    assert [row["line"] for row in report["bad_rows"]] == [3] and report["gazetteer"]["places"] == 1
    rashomon(home, "gazetteer", "import", dump)
    lines = [json.loads(row) for row in rashomon(home, "gazetteer", "status", "--json").stdout.splitlines()]
    assert [(row["name"], row["state"], row["bad"]) for row in lines] == [("SY", "ready", 0), ("my", "ready", 1)]
    removed = rashomon(home, "gazetteer", "remove", "SY", "my", "--json").stdout.splitlines()
    assert [json.loads(row)["name"] for row in removed] == ["SY", "my"]


def test_errors_are_one_sentence(home: Path, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"plain")
    (tmp_path / "none.txt").write_bytes(b"\n\n")
    for name, word in (("gone.zip", "no file"), ("no.zip", "not a zip"), ("none.txt", "no place to keep"), (".", "folder")):
        done = rashomon(home, "gazetteer", "import", tmp_path / name)
        assert done.returncode == 1 and done.stdout == "", name
        assert done.stderr.startswith("rashomon: ") and done.stderr.count("\n") == 1 and word in done.stderr


@pytest.mark.parametrize("command", ["import", "status", "remove"])
def test_each_has_help_with_an_example(home: Path, command: str) -> None:
    assert f"rashomon gazetteer {command}" in rashomon(home, "gazetteer", command, "--help").stdout


def test_a_progress_bar_on_a_terminal_only(home: Path, dump: Path) -> None:
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "rashomon", "gazetteer", "import", str(dump)]
    environment = {**os.environ, "RASHOMON_DATA_FOLDER": str(home), "TERM": "xterm", "COLUMNS": "100"}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=inner, env=environment, timeout=120)
    os.close(inner)
    shown = os.read(outer, 100_000).decode()
    os.close(outer)
    assert done.returncode == 0 and "reading names" in shown and b"SY is imported" in done.stdout


def test_a_reading_knows_what_was_imported(home: Path, dump: Path, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")

    def read() -> tuple[dict[str, object], dict[str, str]]:
        reading = json.loads(rashomon(home, "read", tmp_path / "news.txt", "--json").stdout)
        places = {TEXT[slice(*row["span"])]: (row.get("lat"), row.get("geonameid")) for row in reading["places"]}
        return places, reading["made_by"]

    before, made = read()
    rashomon(home, "gazetteer", "import", dump)
    after, made_with = read()
    assert before.get("Qarnabunia", (None, None)) == (None, None) and after["Qarnabunia"] == (35.6123, 1)
    assert after["Aleppo"] == before["Aleppo"]
    assert made["knowledge"] != made_with["knowledge"] and made["code"] == made_with["code"]
    rashomon(home, "gazetteer", "remove", "SY")
    assert read() == (before, made)
