"""Which schema a ledger has, and bringing it to the one that this program knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from ..errors import LedgerError
from . import migrations
from .dialect import table_names


def found_version(connection: Connection, where: str) -> str | None:
    """The ledger's schema, or None where the database is still empty. LedgerError for somebody else's database."""
    names = table_names(connection)
    if migrations.VERSION_TABLE in names:
        return connection.execute(text(f"SELECT version_num FROM {migrations.VERSION_TABLE}")).scalar()
    if names:
        raise LedgerError(f"{where} is a database but not a ledger: name another one")
    return None


def check_known(version: str, where: str) -> None:
    """LedgerError when the ledger was made by a later program than this one."""
    if version not in migrations.REVISIONS:
        raise LedgerError(
            f"ledger {where} has schema {version}, newer than the {migrations.HEAD} that this Rashomon knows:"
            " install a newer Rashomon"
        )


def migrate(connection: Connection, folder: Path = migrations.FOLDER, head: str = migrations.HEAD) -> None:
    """Bring the ledger to schema `head`, inside the caller's transaction: it arrives whole or stays as it was."""
    scripts = ScriptDirectory(str(folder))
    _run(connection, scripts, lambda revision, _context: scripts._upgrade_revs(head, revision))


def retreat(connection: Connection, version: str) -> None:
    """Bring the ledger back to an older schema, for an older program; what that one does not know is lost."""
    scripts = ScriptDirectory(str(migrations.FOLDER))
    _run(connection, scripts, lambda revision, _context: scripts._downgrade_revs(version, revision))


def _run(connection: Connection, scripts: ScriptDirectory, steps: Callable[[Any, object], Any]) -> None:
    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(
            connection=connection, version_table=migrations.VERSION_TABLE, transactional_ddl=True
        )
        environment.run_migrations()
