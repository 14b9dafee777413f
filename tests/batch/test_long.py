"""What takes minutes: three machines of which one is lost, a run that is killed, the sample corpus byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ray = pytest.importorskip("ray", reason="Ray is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

import pyarrow.parquet as pq  # noqa: E402
from ray.cluster_utils import Cluster as Machines  # noqa: E402

from rashomon.batch.cluster import Cluster  # noqa: E402
from rashomon.batch.folder import Folder  # noqa: E402
from rashomon.batch.run import Failures, run  # noqa: E402
from rashomon.batch.shards import Shards  # noqa: E402
from rashomon.batch.tables import SCHEMAS  # noqa: E402
from rashomon.blocks.pool import Here  # noqa: E402

from .. import factories  # noqa: E402
from . import light  # noqa: E402

pytestmark = pytest.mark.long


def files(out: Path) -> dict[str, bytes]:
    """Every table as it stands on the disk."""
    return {str(path.relative_to(out)): path.read_bytes() for name in SCHEMAS for path in (out / name).rglob("*.parquet")}


@pytest.fixture
def three() -> Iterator[Machines]:
    """Three machines of one processor each, all on this one; tests go along by value."""
    for module in (light, factories):
        ray.cloudpickle.register_pickle_by_value(module)
    machines = Machines(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 100_000_000})
    for _ in range(2):
        machines.add_node(num_cpus=1, object_store_memory=100_000_000)
    machines.wait_for_nodes()
    yield machines
    ray.shutdown()
    machines.shutdown()
    for module in (light, factories):
        ray.cloudpickle.unregister_pickle_by_value(module)


def test_a_lost_machine_loses_nothing(three: Machines, tmp_path: Path) -> None:
    arrivals = [light.news(number) for number in range(900)]
    shards = Folder(tmp_path / "three").shards(factories.MAKE)

    def lose() -> None:
        while len(list(shards.glob("*.arrow"))) < 3:
            time.sleep(0.05)
        three.remove_node(sorted(three.worker_nodes, key=str)[0], allow_graceful=False)

    heard = light.Heard()
    loser = threading.Thread(target=lose)
    loser.start()
    with Cluster(three.address, 3) as pool:
        assert pool.size == 3
        summary = run(
            arrivals, Folder(tmp_path / "three"), pool, light.makes(seconds=0.02), heard, Failures(heard), lambda step: None
        )
        assert sum(node["Alive"] for node in ray.nodes()) == 2
    loser.join()
    assert (summary.read, summary.failed, heard.failed) == (900, 0, [])
    heard = light.Heard()
    run(arrivals, Folder(tmp_path / "alone"), Here(), light.makes(), heard, Failures(heard), lambda step: None)
    assert files(tmp_path / "three") == files(tmp_path / "alone")


def test_a_killed_run_goes_on_and_comes_to_the_same(root: Path, tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{turn}") for turn in range(5)]
    for path in paths:
        # The same articles under other names are other documents.
        Path(path).symlink_to(root / "examples" / "aleppo-2016")

    def command(out: str, workers: int) -> list[str]:
        return [sys.executable, "-m", "rashomon", "batch", *paths, "--out", str(tmp_path / out), "--workers", str(workers)]

    killed = subprocess.Popen(command("killed", 2), stderr=subprocess.DEVNULL, start_new_session=True)
    shards: list[Path] = []
    until = time.monotonic() + 300
    while not shards and time.monotonic() < until:
        time.sleep(0.1)
        shards = sorted((tmp_path / "killed").glob("shards-*/*.arrow"))
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert shards and not (tmp_path / "killed" / "batch.json").exists()
    before = {path: path.stat().st_mtime_ns for path in sorted((tmp_path / "killed").glob("shards-*/*.arrow"))}
    for out, workers in (("killed", 2), ("whole", 1)):
        done = subprocess.run(command(out, workers), capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(Shards(shards[0].parent).files()) == 3 > len(before)
    ours, theirs = files(tmp_path / "killed"), files(tmp_path / "whole")
    assert ours.keys() == theirs.keys() and {name for name in ours if ours[name] != theirs[name]} == set()
    alone = subprocess.run([sys.executable, "-m", "rashomon", "read", paths[0], "--json"], capture_output=True, timeout=600)
    rows = [row for path in (tmp_path / "whole/documents").rglob("*.parquet") for row in pq.ParquetFile(path).read().to_pylist()]
    mine = [row for row in rows if row["reading"] and row["source"].startswith(paths[0])]
    first = sorted(mine, key=lambda row: int(row["position"]))
    assert [row["reading"].encode() for row in first] == alone.stdout.splitlines()
