"""What the README tells people to type works, and prints what the README says it prints.

A code block after `<!-- tested -->` runs, in order, in one folder that holds the sample corpus. A block after
`<!-- printed -->` must stand, line by line and in that order, in what the block before it printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"<!-- (?P<mark>tested|printed) -->\n```(?P<language>\w+)\n(?P<code>.*?)```\n", re.S)
_LINK = re.compile(r"\]\((?!https?:|#)(?P<target>[^)#]+)")


def run(language: str, code: str, folder: Path) -> str:
    """What the block prints; the test fails when it ends in an error."""
    command = {"sh": ["bash", "-euo", "pipefail", "-c", code], "python": [sys.executable, "-c", code]}[language]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{code}\n{done.stderr}"
    return done.stdout


def test_the_readme_can_be_followed(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    blocks = list(_BLOCK.finditer((ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(blocks) > 3
    printed = ""
    for block in blocks:
        if block["mark"] == "tested":
            printed = run(block["language"], block["code"], tmp_path)
            assert printed.strip() or "--out" in block["code"] or ">" in block["code"]
            continue
        rest = iter(printed.splitlines())
        for line in block["code"].splitlines():
            assert line in rest, f"the README says that {line!r} is printed (there), but it is not"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "examples/aleppo-2016/README.md", "docs/decisions/README.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for link in _LINK.finditer(page.read_text(encoding="utf-8")):
        assert (page.parent / link["target"]).exists(), link["target"]
