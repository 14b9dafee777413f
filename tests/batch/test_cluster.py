"""Ray itself, on this machine: deaths of workers, and the program as people run it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ray = pytest.importorskip("ray", reason="Ray is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

import pyarrow.parquet as pq  # noqa: E402

from rashomon import builder  # noqa: E402
from rashomon.batch.cluster import Cluster  # noqa: E402
from rashomon.batch.folder import Folder  # noqa: E402
from rashomon.batch.run import Failures, run  # noqa: E402
from rashomon.batch.shards import Shards  # noqa: E402
from rashomon.cli.main import run as program  # noqa: E402
from rashomon.config import Limits  # noqa: E402
from rashomon.errors import UsageError  # noqa: E402
from rashomon.ingest import documents  # noqa: E402
from rashomon.ledger import open_ledger  # noqa: E402
from rashomon.reader import Reader  # noqa: E402
from rashomon.records import to_json  # noqa: E402

from .. import factories  # noqa: E402
from . import light  # noqa: E402

NEWS = (
    "ARIHA, Syria, 3 October 2016 - Shells killed 12 people in Ariha on Monday, State radio said.",
    "IDLIB, Syria, 4 October 2016 - State radio said that shells had killed 12 in Ariha. A doctor said that nine had died.",
    "GENEVA, 9 November 2016 - Grain ships left the harbour after the strike, the captain said.",
)


@pytest.fixture
def by_value() -> Iterator[None]:
    """Workers cannot import the tests: what they need of them goes along."""
    for module in (light, factories):
        ray.cloudpickle.register_pickle_by_value(module)
    yield
    for module in (light, factories):
        ray.cloudpickle.unregister_pickle_by_value(module)


def rashomon(*arguments: str | Path) -> int:
    return program([str(each) for each in arguments])


def test_a_death_costs_one_document(tmp_path: Path, by_value: None) -> None:
    arrivals = [light.news(number) for number in range(40)]
    arrivals.insert(17, light.arrival("deadly", "This will kill the worker."))
    heard = light.Heard()
    with Cluster("local", 1) as pool:
        summary = run(arrivals, Folder(tmp_path / "out"), pool, light.makes(), heard, Failures(heard), lambda step: None)
    assert (summary.read, summary.failed) == (40, 1)
    assert len(heard.failed) == 1 and heard.failed[0].startswith("deadly: reading it ended the worker, twice")
    assert [row.key for row in Shards(Folder(tmp_path / "out").shards(factories.MAKE)).rows()] == [
        each.document.key for each in arrivals
    ]


def test_the_program_reads_over_ray_as_it_reads_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "news.jsonl"
    source.write_text("".join(json.dumps({"id": f"n{at}", "text": text}) + "\n" for at, text in enumerate(NEWS)) + "{broken\n")
    assert rashomon("batch", source, "--out", tmp_path / "out", "--workers", "1", "--json") == 1
    told = json.loads(capfd.readouterr().out)
    assert (told["read"], told["failed"]) == (3, 1)
    reader = Reader.load()
    arrivals = list(documents([str(source)], limits=Limits(), failed=lambda source, error: None))
    rows = [row for path in (tmp_path / "out/documents").rglob("*.parquet") for row in pq.ParquetFile(path).read().to_pylist()]
    assert sorted(row["reading"] for row in rows) == [to_json(reader.read(each.document)).decode() for each in arrivals]
    assert rashomon("add", tmp_path / "out", "--ledger", tmp_path / "batch.db") == 1
    assert "read" in capfd.readouterr().out
    with open_ledger(tmp_path / "alone.db", create=True) as alone, open_ledger(tmp_path / "batch.db") as ours:
        builder.add(arrivals, alone, reader)
        views = [ledger.view() for ledger in (alone, ours)]
        for view in views:
            assert len(view.stories()) and not list(view.verify())
        assert views[0].stories() == views[1].stories() and list(views[0].incidents()) == list(views[1].incidents())
        assert dict(views[0].readings()) == dict(views[1].readings())
        assert [each.id for each in views[1].failures()] == [f"{source}#4"] and not list(views[0].failures())


def test_a_cluster_that_is_not_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(ray, "init", refuse)
    with pytest.raises(UsageError, match="no Ray cluster answers at 'there:1'"):
        Cluster("there:1")


def test_nothing_is_left_out_where_all_is_required() -> None:
    if os.environ.get("RASHOMON_REQUIRE_ALL") == "1":
        assert find_spec("ray") and find_spec("duckdb") and find_spec("pyarrow")
