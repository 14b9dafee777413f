"""Small readings made by hand, and a ledger to put them in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rashomon.ledger import Ledger, open_ledger

from ..base import Base
from .made import CLOCK


@pytest.fixture
def ledger(base: Base) -> Iterator[Ledger]:
    """A new, empty ledger, in SQLite and in PostgreSQL."""
    with open_ledger(base.target, create=True, clock=lambda: CLOCK) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a ledger in SQLite lies, for what concerns a file alone."""
    return tmp_path / "war.db"
