"""Settings: defaults, the file, the environment, and what is said when they are off."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.config import Settings
from rashomon.errors import UsageError


def write(folder: Path, text: str) -> dict[str, str]:
    path = folder / "rashomon.toml"
    path.write_text(text, encoding="utf-8")
    return {"RASHOMON_CONFIG": str(path)}


def test_the_file_sets_and_the_environment_overrides(tmp_path: Path) -> None:
    environment = write(tmp_path, 'busy_seconds = 5\ndata_folder = "/srv/a"\n[limits]\nmax_bytes = 10\n')
    settings = Settings.load(environment)
    assert (settings.busy_seconds, settings.limits.max_bytes, settings.ledger) == (5.0, 10, Path("/srv/a/ledger.db"))
    again = Settings.load({**environment, "RASHOMON_MAX_BYTES": "20", "RASHOMON_DATA_FOLDER": "/srv/b"})
    assert (settings.delay_days, Settings.load({"RASHOMON_DELAY_DAYS": "0"}).delay_days) == (14, 0)
    assert (again.limits.max_bytes, again.data_folder) == (20, Path("/srv/b"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("busy = 5", "busy"),
        ("delay_days = -1", "delay_days"),
        ("busy_seconds = [", "TOML"),
        ("limits = 3", "limits"),
        ("[limits]\nmax_bytes='x'", "max_bytes"),
    ],
)
def test_what_is_off_is_named(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(UsageError, match=word) as error:
        Settings.load(write(tmp_path, text))
    assert "rashomon.toml" in str(error.value)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not there"):
        Settings.load({"RASHOMON_CONFIG": str(tmp_path / "none.toml")})


def test_without_file_or_environment(tmp_path: Path) -> None:
    assert Settings.load({"RASHOMON_CONFIG": ""}).limits.max_characters > 1_000_000
