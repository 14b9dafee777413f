"""Small readings made by hand, and a ledger to put them in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rashomon.ledger import Ledger, open_ledger

from .made import CLOCK


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger lies."""
    return tmp_path / "war.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """A new, empty ledger."""
    with open_ledger(path, create=True, clock=lambda: CLOCK) as opened:
        yield opened
