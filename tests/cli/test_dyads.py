"""`rashomon dyads` as other programs run it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from rashomon.cli.main import commands

TEXT = "Ghana accused Togo of sheltering smugglers."


def run(*arguments: str, stdin: str = "") -> tuple[int, list[dict[str, object]], str]:
    result = CliRunner().invoke(commands, ["dyads", *arguments], input=stdin, standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_a_line_in_a_line_out(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    rows = [
        {"uid": "x1", "text": TEXT, "source": [0, 5], "target": [14, 18]},
        {"text": TEXT, "source": [0, 5], "target": None},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    status, found, _ = run(str(path))
    assert status == 0
    assert [row["uid"] for row in found] == ["x1", "2"]
    assert found[0]["root"] == "ACCUSE" and found[0]["penta"] == 3
    assert set(found[0]) == {"uid", "root", "penta", "confidence"}


def test_broken_lines_are_named_and_the_others_go_on() -> None:
    good = json.dumps({"uid": 7, "text": TEXT, "source": [0, 5], "target": [14, 18]})
    outside = json.dumps({"uid": 8, "text": TEXT, "source": [0, 5], "target": [14, 180]})
    status, found, told = run("-", stdin=f"{{broken\n{outside}\n\n{good}\n")
    assert status == 1
    assert [row["uid"] for row in found] == ["7"]
    assert "line 1" in told and "line 2: `target` [14, 180] lies outside the text" in told


def test_it_says_none_where_it_is_not_sure() -> None:
    line = json.dumps({"uid": "a", "text": "Ghana and Togo.", "source": [0, 5], "target": [10, 14]})
    _, found, _ = run("-", "--at-least", "0.999", stdin=line)
    assert found[0]["root"] == "NONE" and found[0]["penta"] == 0
