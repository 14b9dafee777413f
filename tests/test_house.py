"""Rules of the house that no linter knows."""

from __future__ import annotations

import subprocess
from pathlib import Path
from statistics import median

import pytest

LONGEST = 500
MEDIAN = 200
# Joined from pieces, so that this file does not hold what it looks for.
FORBIDDEN = tuple("".join(pieces) for pieces in (
    ("files.python", "hosted.org"), ("pypi", ".org/simple"), ("registry.", "npmjs.org"), ("/work", "/main"),
    ("/work", "/shared"), ("/tmp", "/w/"), ("index", "-url"), ("find", "-links"),
))


@pytest.fixture(scope="module")
def committed(root: Path) -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [root / name for name in done.stdout.split("\0") if name and (root / name).is_file()]


def test_no_module_is_long(root: Path) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (root / "src").rglob("*.py")}
    assert {str(path): count for path, count in lengths.items() if count > LONGEST} == {}
    assert median(lengths.values()) < MEDIAN


def test_no_drawer_named_utils(committed: list[Path]) -> None:
    assert [path for path in committed if path.stem in {"utils", "helpers", "misc", "common"}] == []


def test_nothing_of_one_machine_is_committed(committed: list[Path]) -> None:
    found = []
    for path in committed:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {word}" for word in FORBIDDEN if word in text]
    assert found == []


def test_no_constraint_names_a_place(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins and all("==" in line and "@" not in line and "/" not in line for line in pins)
