"""Opening a ledger: a file or a PostgreSQL address, made, checked and brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from ..errors import LedgerError
from . import books, dialect, migrations, versions
from .journal import Journal
from .lineage import Traces
from .overview import Lists
from .private import Private
from .revised import Revised
from .sketches import Shelf
from .view import View
from .writer import Writer

BUSY_SECONDS = 30.0
# The schema from which on readings have rows of statements.
BOOKS_SINCE = "0005"


def now() -> str:
    """This instant, UTC, to the second, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Ledger:
    """An open ledger. Close it, or use it in a `with`; a writer and any number of views may be used at once."""

    def __init__(self, engine: Engine, where: str, clock: Callable[[], str]) -> None:
        self._engine = engine
        self._where = where
        self._clock = clock

    def __repr__(self) -> str:
        return f"Ledger({self._where!r})"

    @property
    def place(self) -> str:
        """What `open_ledger` opens it by in another process. It may hold a password: never to be shown."""
        url = self._engine.url
        return url.render_as_string(hide_password=False) if url.get_backend_name() != "sqlite" else str(url.database)

    def writer(self) -> Writer:
        """What changes the ledger. Writers of several processes wait for one another."""
        return Writer(self._engine, self._where, self._clock)

    def view(self) -> View:
        """What looks into the ledger and never changes it."""
        return View(self._engine, self._where)

    def lists(self) -> Lists:
        """What lists and maps of incidents are made of."""
        return Lists(self._engine, self._where)

    def private(self) -> Private:
        """What each person keeps for themselves."""
        return Private(self._engine, self._where, self._clock)

    def shelf(self) -> Shelf:
        """What linking keeps for itself between two runs."""
        return Shelf(self._engine, self._where)

    def traces(self) -> Traces:
        """What tracing copied text keeps between two runs."""
        return Traces(self._engine, self._where)

    def revised(self) -> Revised:
        """What sources changed later, document by document, and which documents wait to be looked through."""
        return Revised(self._engine, self._where)

    def journal(self) -> Journal:
        """What is watched, and what was fetched."""
        return Journal(self._engine, self._where, self._clock)

    def linking(self) -> AbstractContextManager[None]:
        """`with ledger.linking():` no other process links meanwhile; one that wants to waits."""
        return dialect.alone(self._engine, self._where)

    def compact(self) -> None:
        """Rewrite the file without what was removed, so that no byte of it stays. Needs as much free disk again."""
        with dialect.in_words(self._where):
            dialect.squeeze(self._engine)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_ledger(
    target: str | Path,
    *,
    create: bool = False,
    busy_seconds: float = BUSY_SECONDS,
    clock: Callable[[], str] = now,
) -> Ledger:
    """The ledger at `target`, a file or a `postgresql://` URL; made where `create` allows and there is none.

    A ledger of an older schema is brought up to date. `busy_seconds`: how long to wait for another writer. `clock`
    gives the instants written beside documents and readings.

    Raises LedgerError, in one sentence, for a file that is no ledger, a ledger of a newer program, a missing one
    without `create`, and a place that cannot be written.
    """
    url = dialect.address(target)
    where = url.render_as_string(hide_password=True) if url.get_backend_name() != "sqlite" else str(target)
    if url.get_backend_name() == "sqlite":
        _prepare_file(Path(target), create=create)
    engine = dialect.engine_for(url, busy_seconds=busy_seconds)
    try:
        with dialect.in_words(where):
            if url.get_backend_name() == "sqlite":
                _start(engine, where, create=create)
            else:
                _bring_up_to_date(engine, where, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, where, clock)


def _prepare_file(path: Path, *, create: bool) -> None:
    dialect.check_file(path)
    if path.exists():
        return
    if not create:
        raise LedgerError(f"there is no ledger at {path}: make one with `rashomon add PATH --ledger {path}`")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"ledger {path} cannot be made ({error.strerror}): name another folder") from error


def _start(engine: Engine, where: str, *, create: bool) -> None:
    # Whose database it is must be known before anything is set in it.
    with dialect.reading(engine) as connection:
        version = versions.found_version(connection, where)
    if version is None and not create:
        raise LedgerError(f"{where} is empty and no ledger yet: fill it with `rashomon add PATH --ledger {where}`")
    if version is not None:
        versions.check_known(version, where)
    dialect.use_write_ahead_log(engine)
    _bring_up_to_date(engine, where, create=create)


def _bring_up_to_date(engine: Engine, where: str, *, create: bool) -> None:
    with dialect.reading(engine) as connection:
        version = versions.found_version(connection, where)
    if version == migrations.HEAD:
        return
    if version is None and not create:
        raise LedgerError(f"there is no ledger at {where}: make one with `rashomon add PATH --ledger {where}`")
    with dialect.writing(engine, counted=False) as connection:
        # Another process may have made it while this one waited.
        version = versions.found_version(connection, where)
        if version is not None:
            versions.check_known(version, where)
        if version != migrations.HEAD:
            versions.migrate(connection)
            if version is not None and version < BOOKS_SINCE:
                books.fill(connection)
