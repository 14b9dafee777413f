"""Crashes, full disks, other processes, places that cannot be written."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from rashomon.errors import LedgerError
from rashomon.ledger import Ledger, open_ledger

from ..base import Base
from .made import document, raw, reading

WRITER = Path(__file__).with_name("crash_writer.py")


def test_a_killed_writer_leaves_whole_documents(base: Base) -> None:
    dice, told = random.Random(7), 0
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, str(WRITER), base.target, str(told)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            time.sleep(dice.uniform(0.0, 0.25))
            process.kill()
            lines = process.stdout.read().split("\n")[:-1]
        told = max([told, *(int(line) for line in lines)])
        with open_ledger(base.target) as ledger:
            view = ledger.view()
            assert list(view.verify()) == []
            numbers = {int(entry.id.removesuffix(".txt")) for entry in view.documents()}
        # What was told to be stored is stored, but for those that were removed again.
        assert set(range(1, told + 1)) - numbers <= set(range(5, told + 1, 5))
        assert numbers - set(range(1, told + 1)) in (set(), {told + 1, told + 2, told + 3}), "all of a transaction or none"
        told = max([told, *numbers])
    assert told > 8


def test_readers_go_on_beside_a_writer(ledger: Ledger) -> None:
    stop, errors, looks = threading.Event(), [], []

    def look() -> None:
        view = ledger.view()
        while not stop.is_set():
            try:
                readings = dict(view.readings())
                looks.append(len(readings))
                assert set(readings) <= {entry.key for entry in view.documents(state="read")}
                assert len(view.search("depot", 1000)) % 2 == 0
            except Exception as error:
                errors.append(error)
                return

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(60):
        item = document(f"{number}.txt")
        ledger.writer().store(raw(item), item, reading(item), state="read")
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == [] and looks
    assert len(dict(ledger.view().readings())) == 60


def test_a_reader_sees_one_moment(ledger: Ledger) -> None:
    items = [document(f"{number}.txt") for number in range(3)]
    for item in items[:2]:
        ledger.writer().store(raw(item), item, reading(item), state="read")
    going = ledger.view().readings()
    next(going)
    ledger.writer().store(raw(items[2]), items[2], reading(items[2]), state="read")
    assert len(list(going)) == 1


def test_writers_take_turns(base: Base) -> None:
    open_ledger(base.target, create=True).close()
    errors: list[Exception] = []

    def fill(name: str) -> None:
        try:
            with open_ledger(base.target) as ledger:
                for number in range(20):
                    for own in (name, "both"):
                        item = document(f"{own}-{number}.txt")
                        ledger.writer().store(raw(item), item, reading(item), state="read")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=fill, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with open_ledger(base.target) as ledger:
        assert ledger.view().status().read == 80 and list(ledger.view().verify()) == []


def test_a_ledger_kept_locked_is_told(path: Path) -> None:
    with open_ledger(path, create=True, busy_seconds=0.1) as ledger:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        item = document()
        with pytest.raises(LedgerError, match="another process has kept it locked"):
            ledger.writer().store(raw(item), item, reading(item), state="read")
        assert ledger.view().documents() == ()
        other.execute("COMMIT")
        other.close()
        assert ledger.writer().store(raw(item), item, reading(item), state="read").new


def test_a_full_disk_stores_nothing_of_the_last_document(path: Path) -> None:
    with open_ledger(path, create=True) as ledger:
        pages = 140
        event.listen(ledger._engine, "connect", lambda one, _: one.execute(f"PRAGMA max_page_count = {pages}"))
        ledger._engine.dispose()
        stored = 0
        with pytest.raises(LedgerError, match="the disk is full: nothing of the last document was stored"):
            for number in range(1000):
                item = document(f"{number}.txt")
                ledger.writer().store(raw(item), item, reading(item), state="read")
                stored += 1
        assert stored > 3
        assert [entry.id for entry in ledger.view().documents()] == sorted(f"{n}.txt" for n in range(stored))
        assert list(ledger.view().verify()) == []
    with open_ledger(path) as ledger:
        item = document("after.txt")
        assert ledger.writer().store(raw(item), item, reading(item), state="read").new
        assert list(ledger.view().verify()) == []


def test_a_disk_that_stops_writing_is_told(path: Path) -> None:
    """The limit on the size of files makes the write itself fail, in a process of its own."""
    script = (
        "import resource, signal, sys; sys.path.insert(0, sys.argv[2])\n"
        "from made import document, raw, reading\n"
        "from rashomon.ledger import open_ledger\n"
        "from rashomon.errors import LedgerError\n"
        "ledger = open_ledger(sys.argv[1], create=True)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "try:\n"
        "    for number in range(1000):\n"
        "        item = document(f'{number}.txt')\n"
        "        ledger.writer().store(raw(item), item, reading(item), state='read')\n"
        "except LedgerError as error: print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(path), str(WRITER.parent)], capture_output=True, text=True, timeout=60
    )
    assert "nothing of the last document was stored" in told.stdout, told.stderr
    with open_ledger(path) as ledger:
        assert ledger.view().status().read > 0 and list(ledger.view().verify()) == []


def test_a_folder_that_cannot_be_written_is_told() -> None:
    script = (
        "import os, sys\nfrom rashomon.ledger import open_ledger\nfrom rashomon.errors import LedgerError\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "for name in ('war.db', 'deeper/war.db', 'kept.db'):\n"
        "    try: open_ledger(sys.argv[1] + '/' + name, create=True).writer().record_failure('a', 'a', 'b')\n"
        "    except LedgerError as error: print(error)\n"
    )
    # Root may write everywhere, so that the process becomes nobody; a folder of pytest's would be closed to it.
    with tempfile.TemporaryDirectory() as folder:
        with open_ledger(Path(folder) / "kept.db", create=True) as ledger:
            ledger.writer().record_failure("x", "x", "x")
        Path(folder).chmod(0o555)
        told = subprocess.run(
            [sys.executable, "-c", script, folder], capture_output=True, text=True, timeout=60
        )
        Path(folder).chmod(0o755)
        assert sorted(item.name for item in Path(folder).iterdir()) == ["kept.db"]
    lines = told.stdout.splitlines()
    assert len(lines) == 3, told
    assert all(folder in line for line in lines)
    assert "cannot be opened: see that its folder is there and writable" in lines[0]
    assert "cannot be made (Permission denied)" in lines[1]
