"""The file on control over time, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.control_time import load_control_time
from rashomon.knowledge.files import HERE


@pytest.mark.parametrize(("line", "instead", "told"), [
    ("stands_days: 3", "stands_days: -1", "stands_days: a length cannot be below 0"),
    ("same_size: 1.8", "same_size: 0.5", "same_size: give 1 or more"),
    ("joins: [and]", "joined: [and]", "joined"),
    ("of_state: [government", "of_state: [rebels, government", "'rebels' stands under against_state and of_state"),
])
def test_what_breaks_a_rule_is_named(line: str, instead: str, told: str, tmp_path: Path) -> None:
    text = (HERE / "control_time.yaml").read_text(encoding="utf-8")
    assert line in text
    path = tmp_path / "control_time.yaml"
    path.write_text(text.replace(line, instead), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=told):
        load_control_time(path)


def test_the_file_that_comes_along_is_sound() -> None:
    assert load_control_time().stands_days >= 0
