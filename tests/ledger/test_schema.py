"""The schema, its migrations, and ledgers of other versions."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from rashomon.errors import LedgerError
from rashomon.ledger import Ledger, Selection, migrations, open_ledger, versions
from rashomon.ledger.tables import metadata

from ..base import Base
from .made import document, incident, raw, reading, story

MADE_APART = ("passages_words", "words", "ix_passages_words", "place_boxes", "incident_boxes", migrations.VERSION_TABLE)


def test_the_migrations_make_the_tables_of_the_program(ledger: Ledger) -> None:
    engine = ledger._engine
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={
            "include_object": lambda item, name, kind, *_: not str(name).startswith(MADE_APART),
        })
        assert compare_metadata(context, metadata) == []


def test_the_known_versions_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory(str(migrations.FOLDER))
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(migrations.REVISIONS)
    assert scripts.get_current_head() == migrations.HEAD


def test_a_ledger_of_a_newer_program_is_refused(ledger: Ledger, base: Base) -> None:
    ledger.close()
    base.run(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999'")
    before = base.digest()
    with pytest.raises(LedgerError, match=r"schema 9999, newer than .* install a newer Rashomon"):
        open_ledger(base.target)
    assert base.digest() == before


def test_an_older_ledger_is_brought_up_to_date(
    ledger: Ledger, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = document()
    ledger.writer().store(raw(item), item, reading(item), state="read")
    ledger.close()
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder)
    step = f'revision = "next"\ndown_revision = "{migrations.HEAD}"\n\ndef upgrade():\n'
    later = folder / "versions" / "next.py"

    def open_later(body: str) -> Ledger:
        later.write_text("from alembic import op\n" + step + body)
        monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "next"))
        monkeypatch.setattr(migrations, "HEAD", "next")
        monkeypatch.setattr(versions.migrate, "__defaults__", (folder, "next"))
        return open_ledger(base.target)

    # A migration that fails half-way leaves the ledger as it was.
    before = base.digest()
    with pytest.raises(LedgerError, match="nowhere"):
        open_later('    op.execute("CREATE TABLE half (a INTEGER)")\n    op.execute("INSERT INTO nowhere VALUES (1)")\n')
    assert base.digest() == before
    with open_later('    op.execute("ALTER TABLE documents ADD COLUMN remark TEXT")\n') as opened:
        assert opened.view().status().schema == "next"
        assert opened.view().reading(item.key) == reading(item)


def test_a_ledger_is_made_only_where_asked(path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger at"):
        open_ledger(path)
    assert not path.exists()
    deep = path.parent / "new" / "folder" / "war.db"
    open_ledger(deep, create=True).close()
    open_ledger(deep).close()
    open_ledger(str(deep)).close()


def test_other_files_are_refused_and_left_alone(path: Path) -> None:
    path.write_text("Dear diary, this is a text file and no ledger at all.")
    with pytest.raises(LedgerError, match="is not a ledger"):
        open_ledger(path, create=True)
    assert path.read_text().startswith("Dear diary")
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="is a database but not a ledger"):
        open_ledger(path, create=True)
    assert path.read_bytes() == before
    with pytest.raises(LedgerError, match="is a folder"):
        open_ledger(path.parent, create=True)
    with pytest.raises(LedgerError, match="postgresql:// URL"):
        open_ledger("mysql://somewhere/x", create=True)


def test_an_empty_file_becomes_a_ledger(path: Path) -> None:
    path.touch()
    with pytest.raises(LedgerError, match="is empty and no ledger yet"):
        open_ledger(path)
    open_ledger(path, create=True).close()
    open_ledger(path).close()


def test_foreign_keys_hold(path: Path) -> None:
    with open_ledger(path, create=True) as ledger, ledger._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
        with pytest.raises(Exception, match="FOREIGN KEY"):
            connection.exec_driver_sql("INSERT INTO to_link VALUES (17)")
            connection.commit()


def test_the_way_back_and_forth_keeps_what_both_know(ledger: Ledger, base: Base) -> None:
    one, two = document("a.txt"), document("b.txt")
    writer = ledger.writer()
    for item in (one, two):
        writer.store(raw(item), item, reading(item), state="read")
    writer.save_links(stories=[story(one, two)], incidents=[incident(one, two)], tallies=[], documents_done=[one.key, two.key])
    before = list(ledger.view().incidents()), ledger.lists().summary(Selection()).totals
    ledger.close()
    base.retreat(migrations.REVISIONS[0])
    with open_ledger(base.target) as opened:
        view = opened.view()
        assert list(view.incidents()) == before[0]
        assert view.pending() == tuple(sorted((one.key, two.key))), "what the old schema lost comes with linking"
        assert opened.lists().summary(Selection()).totals.articles == before[1].articles == 2
        assert len(view.search("depots")) == 4 and list(view.verify()) == []


def test_the_count_of_changes_moves_with_a_change_alone(ledger: Ledger) -> None:
    item, view = document(), ledger.view()
    before = view.changes()
    ledger.writer().store(raw(item), item, reading(item), state="read")
    stored = view.changes()
    ledger.writer().store(raw(item), item, reading(item), state="read")
    ledger.writer().forget_failures("nothing")
    assert before < stored == view.changes()
