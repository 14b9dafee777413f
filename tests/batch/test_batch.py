"""A batch without Ray, in this process: what is written, what is read once only, and what a ledger makes of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytest.importorskip("ray", reason="Ray is not installed")
duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")

import pyarrow.parquet as pq  # noqa: E402
from msgspec.structs import replace  # noqa: E402

from rashomon import builder  # noqa: E402
from rashomon.batch import linking  # noqa: E402
from rashomon.batch.folder import Folder, Summary  # noqa: E402
from rashomon.batch.loading import Loaded  # noqa: E402
from rashomon.batch.reading import read  # noqa: E402
from rashomon.batch.run import Failures, run  # noqa: E402
from rashomon.batch.shards import Shards  # noqa: E402
from rashomon.batch.tables import SCHEMAS  # noqa: E402
from rashomon.blocks.pool import Here  # noqa: E402
from rashomon.config import Limits  # noqa: E402
from rashomon.errors import InputError, RashomonError, UsageError  # noqa: E402
from rashomon.ingest import documents, found  # noqa: E402
from rashomon.ledger import open_ledger  # noqa: E402
from rashomon.linker import Linker  # noqa: E402
from rashomon.records import Arrival, Reading, Unopened, to_json  # noqa: E402

from ..factories import MAKE  # noqa: E402
from .light import Heard, Light, arrival, light, makes, news  # noqa: E402

SOME = (
    *(news(number) for number in range(22)),
    arrival("refused", "Please refuse this text."),
    arrival("french", "Un raid aérien a détruit le marché.", language="fr"),
)


def batch(out: Path, arrivals: Iterable[Arrival | Unopened] = SOME, **more: Any) -> tuple[Summary, Heard]:
    heard = Heard()
    failures = Failures(heard)
    failures("broken.pdf", InputError("broken.pdf is broken: fetch it again"))
    return run(arrivals, Folder(out), Here(), makes(**more), heard, failures, lambda step: None), heard


def tables(out: Path) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for name in SCHEMAS:
        rows = [row for path in sorted((out / name).rglob("*.parquet")) for row in pq.ParquetFile(path).read().to_pylist()]
        found[name] = sorted(rows, key=repr)
    return found


def test_a_batch_holds_every_document_and_says_what_failed(tmp_path: Path) -> None:
    summary, heard = batch(tmp_path / "out")
    assert (summary.documents, summary.read, summary.not_read, summary.failed) == (24, 22, 1, 2)
    assert heard.skipped == ["french"] and len(heard.failed) == 2
    found = tables(tmp_path / "out")
    assert [(row["id"], row["reason"]) for row in found["failures"]] == [
        ("broken.pdf", "broken.pdf is broken: fetch it again"), ("refused", "refused: this text is refused"),
    ]
    assert len(found["events"]) == summary.events > 0 and len(found["claims"]) == summary.claims > summary.events
    assert {path.name for path in (tmp_path / "out" / "documents").iterdir()} >= {"month=2022-01", "month=unknown"}
    by_id = {row["id"]: row for row in found["documents"]}
    assert by_id["n0000"]["reading"].encode() == to_json(Light().read(news(0).document))
    assert {row["story"] for row in found["incidents"]} <= {row["story"] for row in found["stories"]}


def test_duckdb_reads_it_as_it_is(tmp_path: Path) -> None:
    summary, _ = batch(tmp_path / "out")
    ask = duckdb.connect().execute
    where = f"'{tmp_path}/out/events/**/*.parquet'"
    by_month = ask(f"select month, count(*) from read_parquet({where}, hive_partitioning=true) group by month").fetchall()
    assert sum(count for _, count in by_month) == summary.events and ("unknown" in dict(by_month))
    (lat,) = ask(f"select lat from {where} where place = 'Hasna' limit 1").fetchone() or ()
    assert lat == 33.5
    joined = ask(f"""select count(*) from '{tmp_path}/out/stories/*.parquet' s
        join '{tmp_path}/out/documents/**/*.parquet' d on s.document_key = d.key""").fetchone()
    assert joined == (summary.read,)
    id = ask(f"select reading::json->>'id' from '{tmp_path}/out/documents/**/*.parquet' where position = 0").fetchone()
    assert id == ("n0000",)


def test_what_was_read_is_not_read_again_and_new_documents_are_added(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.mkdir()
    batch(tmp_path / "out", SOME[:9], log=log)
    batch(tmp_path / "out", SOME, log=log)
    assert {path.name: path.read_text() for path in log.iterdir()} == {each.document.id: "x" for each in SOME[:-1]}
    batch(tmp_path / "whole")
    found, whole = tables(tmp_path / "out"), tables(tmp_path / "whole")
    assert found == whole


PAGE = (
    "<html><head><title>{0}</title><meta property='article:published_time' content='2022-05-0{1}'></head>"
    "<body><article><h1>{0}</h1>"
    "<p>An air strike on the clinic near the olive press in Ruwaida killed 1{1} people on that day, doctors said.</p>"
    "<p>The town lies on the road to the harbour, and had been quiet since the truce of the spring, officials said.</p>"
    "</article></body></html>"
)


def test_pages_are_opened_by_the_workers_as_they_are_opened_here(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(1, 6):
        (pages / f"page{number}.html").write_text(PAGE.format(f"Strike {number}", number))
    (pages / "page6.html").write_text("<html><body></body></html>")
    (pages / "plain.txt").write_text("Please refuse this text, which is long enough to be told as English by anybody.")
    (pages / "some.jsonl").write_text('{"id": "one", "text": "The river rose, and the bridge was closed."}\n{"broken": 1}\n')
    (pages / "page3.copy.html").write_bytes((pages / "page3.html").read_bytes())

    def tried(out: str, find: Any, log: Path | None = None) -> tuple[Summary, dict[str, list[dict[str, Any]]], list[str]]:
        heard = Heard()
        failures = Failures(heard)
        some = find([str(pages)], limits=Limits(), failed=failures)
        told = run(some, Folder(tmp_path / out), Here(), makes(log=log), heard, failures, lambda step: None)
        return told, tables(tmp_path / out), heard.failed

    log = tmp_path / "log"
    log.mkdir()
    assert all(isinstance(each, Unopened) != each.raw.id.startswith("one") for each in found(
        [str(pages)], limits=Limits(), failed=Heard()
    ))
    here, there = tried("here", documents), tried("there", found, log)
    assert there[:2] == here[:2] and sorted(there[2]) == sorted(here[2])
    assert (here[0].read, here[0].failed) == (7, 3)
    again = tried("there", found, log)
    assert again[1] == there[1] and sorted(again[2]) == sorted(each for each in here[2] if "refuse" not in each)
    assert {path.read_text() for path in log.iterdir()} == {"x"}


def test_another_make_reads_anew(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.shards(MAKE) != folder.shards(replace(MAKE, knowledge="newer"))
    with pytest.raises(RashomonError, match="another make"):
        read(SOME, Shards(tmp_path / "s"), Here(), light(), replace(MAKE, code="newer"), Heard(), Heard())


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    with pytest.raises(UsageError, match="letters"):
        batch(tmp_path)


def test_one_text_twice_is_kept_once(tmp_path: Path) -> None:
    twin = SOME[0]
    other = Arrival(replace(twin.raw, content=b"other bytes of the same text"), twin.document)
    summary, _ = batch(tmp_path / "out", [twin, twin, other])
    assert (summary.documents, summary.read) == (2, 1)
    assert [row["state"] for row in tables(tmp_path / "out")["documents"]].count("again") == 1
    with open_ledger(tmp_path / "war.db", create=True) as ledger:
        loaded = Loaded(tmp_path / "out")
        assert builder.add(loaded.arrivals(Heard()), ledger, loaded).failed == 0
        assert len(ledger.view().captures(twin.document.id)) == 2


def contents(path: Path) -> dict[str, list[str]]:
    """Every row of a ledger, without when it was written."""
    with sqlite3.connect(path) as connection:
        names = [name for (name,) in connection.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and sql like '%CREATE TABLE%'"
        )]
        found = {}
        for name in names:
            columns = [row[1] for row in connection.execute(f"pragma table_info('{name}')")]
            kept = [column for column in columns if column not in {"added", "made", "created", "retired", "read"}]
            if kept:
                rows = connection.execute(f"select {', '.join(map(repr, kept)).replace(chr(39), chr(34))} from \"{name}\"")
                found[name] = sorted(map(repr, rows))
        return found


def test_a_ledger_of_the_batch_is_that_of_the_documents(tmp_path: Path) -> None:
    batch(tmp_path / "out")
    heard = Heard()
    clock = "2026-01-01T00:00:00Z"
    with open_ledger(tmp_path / "batch.db", create=True, clock=lambda: clock) as ledger:
        loaded = Loaded(tmp_path / "out")
        done = builder.add(loaded.arrivals(heard), ledger, loaded, watch=heard)
        again = builder.add(loaded.arrivals(heard), ledger, loaded, watch=heard)
    with open_ledger(tmp_path / "documents.db", create=True, clock=lambda: clock) as ledger:
        assert builder.add(SOME, ledger, Light()) == done
    assert (again.read, again.known) == (0, 22)
    ours, theirs = contents(tmp_path / "batch.db"), contents(tmp_path / "documents.db")
    assert {name for name in theirs if ours[name] != theirs[name]} == set()
    assert len(theirs["documents"]) == 24


def test_linking_by_block_is_linking_at_once(tmp_path: Path) -> None:
    linker, shards = Linker.load(), Shards(tmp_path)
    arrivals = [news(number) for number in range(60)]
    read(arrivals, shards, Here(), light(), MAKE, Heard(), Heard(), size=7)
    readings: list[tuple[str, Reading]] = [(each.document.key, Light().read(each.document)) for each in arrivals]
    whole = linker.link(readings)
    assert any(len(story.documents) > 2 for story in whole.stories)
    for block, packet in ((1000, 1000), (9, 5), (1, 1)):
        parts = list(linking.link(
            shards, Here(), linking.links_with(None), linker.made, lambda step: None, block=block, packet=packet
        ))
        assert tuple(story for part in parts for story in part.stories) == whole.stories
        assert tuple(sorted((one for part in parts for one in part.incidents), key=lambda one: one.id)) == whole.incidents
        assert tuple(tally for part in parts for tally in part.tallies) == whole.tallies


def test_every_column_is_documented(root: Path) -> None:
    page = (root / "docs" / "parquet.md").read_text(encoding="utf-8")
    for name, schema in SCHEMAS.items():
        section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
        told = {word for row in re.findall(r"^\| (`[^|]+) \|", section, re.M) for word in re.findall(r"`(\w+)`", row)}
        assert told == set(schema.names), name
