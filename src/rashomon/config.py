"""Settings, frozen once read. This module alone looks at the environment and at TOML files.

A setting comes from, first found: `RASHOMON_<NAME>` in the environment, the file `rashomon.toml` in the user's
configuration folder (or the file that RASHOMON_CONFIG names), the default below.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
import platformdirs

from .errors import UsageError

APPLICATION = "rashomon"


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much one document may weigh before it is refused: bytes as fetched, characters of its text."""

    max_bytes: int = 64 * 1024 * 1024
    max_characters: int = 2_000_000


class Fetching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How pages are fetched.

    `contact` (a mail address or a page about you) goes to every server with the program's name. Addresses of private networks and
    of this machine are refused unless `private_addresses` is set. `page_bytes` bounds one answer, packed and unpacked;
    `seconds_between` is the least time between two requests to one host, `hosts_at_once` how many are asked side by side.
    """

    contact: str | None = None
    private_addresses: bool = False
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    page_bytes: int = 16 * 1024 * 1024
    redirects: int = 5
    seconds_between: float = 2.0
    hosts_at_once: int = 8


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a person may set.

    `data_folder` is where ledgers and imported gazetteers go by default; `busy_seconds` is how long a writer waits for
    another writer's transaction on the same ledger. `actors` is the user's own war files: a folder, or one file. `delay_days` is
    for how long the page holds positions back after their report appeared; 0 shows them at once.
    """

    limits: Limits = Limits()
    fetching: Fetching = Fetching()
    data_folder: Path = Path(platformdirs.user_data_dir(APPLICATION))
    busy_seconds: float = 30.0
    actors: Path | None = None
    delay_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 14

    @property
    def ledger(self) -> Path:
        """The ledger that a command uses where none is named."""
        return self.data_folder / "ledger.db"

    @property
    def gazetteers(self) -> Path:
        """The folder of the gazetteers that the user imported."""
        return self.data_folder / "gazetteers"

    @property
    def actor_files(self) -> Path:
        """Where the user's own war files lie: the setting `actors`, else a folder in the data folder."""
        return self.actors or self.data_folder / "actors"

    @classmethod
    def load(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings of this user and this process. UsageError names the file or variable that cannot be understood."""
        environment = os.environ if environment is None else environment
        named = environment.get("RASHOMON_CONFIG")
        file = Path(named or Path(platformdirs.user_config_dir(APPLICATION)) / "rashomon.toml")
        values = _table(file, required=bool(named))
        for name in ("data_folder", "busy_seconds", "actors", "delay_days"):
            _override(values, name, environment)
        for part, fields in (("limits", Limits.__struct_fields__), ("fetching", Fetching.__struct_fields__)):
            table = values.setdefault(part, {})
            for name in fields if isinstance(table, dict) else ():
                _override(table, name, environment)
        try:
            return msgspec.convert(values, cls, strict=False, dec_hook=_path)
        except msgspec.ValidationError as error:
            raise UsageError(f"the settings in {file} and the environment cannot be understood: {error}") from error


def _override(values: dict[str, Any], name: str, environment: Mapping[str, str]) -> None:
    value = environment.get(f"RASHOMON_{name.upper()}")
    if value:
        values[name] = value


def _path(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    raise NotImplementedError(kind)


def _table(file: Path, *, required: bool) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        if required:
            raise UsageError(f"the settings file {file} that RASHOMON_CONFIG names is not there")
        return {}
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the settings file {file} is not valid TOML: {error}") from error
    except OSError as error:
        raise UsageError(f"the settings file {file} cannot be read: {error.strerror}") from error
