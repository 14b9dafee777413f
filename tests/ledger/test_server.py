"""A server that is not there, goes, comes back, or lets nobody in: one clear sentence each. And a copy of what it holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from rashomon.errors import LedgerError
from rashomon.ledger import Ledger, Offer, dialect, open_ledger

from ..base import Base
from .made import document, raw, reading


@pytest.fixture
def own_server(script: Callable[[str], Any]) -> Iterator[Any]:
    """A server that may be stopped."""
    postgres = script("bench/postgres.py")
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.Cluster(programs) as cluster:
        yield cluster


def add(ledger: Ledger, *names: str) -> None:
    items = [document(name) for name in names]
    ledger.writer().store_all([Offer(raw(item), item, reading(item), "read") for item in items])


def test_an_address_that_answers_nobody_is_told() -> None:
    with pytest.raises(LedgerError, match=r"postgresql.*\*\*\*.*cannot be reached"):
        open_ledger("postgresql://me:secret@127.0.0.1:1/none", create=True)


def test_a_server_that_goes_and_comes_back_is_told_and_used_again(own_server: Any) -> None:
    with open_ledger(own_server.create("war"), create=True) as ledger:
        add(ledger, "a.txt")
        own_server.halt()
        with pytest.raises(LedgerError, match="the server ended the connection: nothing of the last document was stored"):
            add(ledger, "b.txt")
        with pytest.raises(LedgerError, match="cannot be reached"):
            add(ledger, "b.txt")
        own_server.start()
        add(ledger, "b.txt")
        assert len(ledger.view().documents()) == 2 and list(ledger.view().verify()) == []


def test_who_may_not_is_told_why(own_server: Any) -> None:
    address = own_server.create("war")
    open_ledger(address, create=True).close()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    guarded = address.replace("rashomon@", "guarded:{}@")
    for wrong in (guarded.format("wrong"), address.replace("rashomon@", "nobody_such@"), address.replace("/war", "/peace")):
        with pytest.raises(LedgerError, match=r"cannot be reached .*: check the address, the role and its password") as told:
            open_ledger(wrong)
        assert "\n" not in str(told.value) and "wrong" not in str(told.value)
    with pytest.raises(LedgerError, match="its role lacks a right in that database"):
        open_ledger(guarded.format("right")).view().documents()


def test_readers_may_be_given_the_right_to_look_alone(own_server: Any) -> None:
    address = own_server.create("war")
    with open_ledger(address, create=True) as ledger:
        add(ledger, "a.txt")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE ROLE looking LOGIN IN ROLE pg_read_all_data")
    with open_ledger(address.replace("rashomon@", "looking@")) as ledger:
        assert len(ledger.view().search("depot")) == 2
        with pytest.raises(LedgerError, match="its role lacks a right"):
            add(ledger, "b.txt")


def test_a_dumped_ledger_comes_back_whole(own_server: Any, script: Callable[[str], Any], tmp_path: Path) -> None:
    programs = script("bench/postgres.py").programs()
    address, copy = own_server.create("war"), own_server.create("copy")
    with open_ledger(address, create=True) as ledger:
        add(ledger, "a.txt", "b.txt")
        before = dict(ledger.view().readings())
    dump = str(tmp_path / "war.dump")
    subprocess.run([programs / "pg_dump", "--format=custom", "--file", dump, address], check=True)
    subprocess.run([programs / "pg_restore", "--no-owner", "--dbname", copy, dump], check=True)
    with open_ledger(copy) as ledger:
        assert dict(ledger.view().readings()) == before
        assert len(ledger.view().search("erdogan depot")) == 0 and len(ledger.view().search("the depot")) == 2
        assert list(ledger.view().verify()) == []


def test_somebody_elses_database_is_left_alone(own_server: Any) -> None:
    address = own_server.create("songs")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE songs (title text)")
    with pytest.raises(LedgerError, match="is a database but not a ledger"):
        open_ledger(address, create=True)
    with pytest.raises(LedgerError, match="there is no ledger at"):
        open_ledger(own_server.create("empty"))


def test_a_ledger_kept_locked_is_told(server: Any, template: str) -> None:
    address = server.create("rashomon_test_locked", template)
    try:
        with open_ledger(address) as other, open_ledger(address, busy_seconds=0.1) as ledger:
            with dialect.writing(other._engine):
                with pytest.raises(LedgerError, match="another process has kept it locked"):
                    add(ledger, "a.txt")
                assert ledger.view().documents() == ()
            add(ledger, "a.txt")
    finally:
        server.drop("rashomon_test_locked")


def test_who_links_is_alone_and_loses_the_lock_with_its_life(base: Base) -> None:
    waiter = (
        "import sys; from rashomon.ledger import open_ledger\n"
        "with open_ledger(sys.argv[1]).linking(): print('in', flush=True); input()"
    )
    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", waiter, base.target], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    open_ledger(base.target, create=True).close()
    with start() as first:
        assert first.stdout is not None and first.stdout.readline() == b"in\n"
        with start() as second:
            assert second.stdout is not None
            with pytest.raises(subprocess.TimeoutExpired):
                second.wait(1.5)
            first.kill()
            assert second.stdout.readline() == b"in\n"
            second.kill()
