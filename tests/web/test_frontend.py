"""The page's own checks: TypeScript's types and the tests of its logic, run with npm."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


@pytest.mark.parametrize("check", ["check", "test"])
def test_the_page_passes(npm: list[str], root: Path, check: str) -> None:
    done = subprocess.run([*npm, "run", check], cwd=root / "frontend", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lock_file_names_no_registry(root: Path) -> None:
    assert '"resolved"' not in (root / "frontend" / "package-lock.json").read_text(encoding="utf-8")
