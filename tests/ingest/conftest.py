"""A run of ingest over paths, with what came in and what failed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from rashomon.config import Limits
from rashomon.errors import InputError
from rashomon.ingest import Languages, documents
from rashomon.records import Arrival

LIMITS = Limits(max_bytes=4_000_000, max_characters=1_000_000)


class Run(NamedTuple):
    """Everything one run gave."""

    arrivals: list[Arrival]
    failures: list[tuple[str, InputError]]

    @property
    def ids(self) -> list[str]:
        return [arrival.document.id for arrival in self.arrivals]

    @property
    def texts(self) -> list[str]:
        return [arrival.document.text for arrival in self.arrivals]

    @property
    def messages(self) -> list[str]:
        return [str(error) for _, error in self.failures]


Ingest = Callable[..., Run]


@pytest.fixture(scope="session")
def languages() -> Languages:
    return Languages()


@pytest.fixture
def ingest(languages: Languages) -> Ingest:
    def run(*paths: str | Path, stdin: bytes | None = None, limits: Limits = LIMITS) -> Run:
        named: Sequence[str] = [str(path) for path in paths]
        failures: list[tuple[str, InputError]] = []
        stream = io.BytesIO(stdin) if stdin is not None else None
        arrivals = list(
            documents(
                named,
                limits=limits,
                failed=lambda source, error: failures.append((source, error)),
                stdin=stream,
                languages=languages,
            )
        )
        return Run(arrivals, failures)

    return run
