"""What every test may ask for: the corpora beside the checkout, and tools that a machine may lack.

A test that lacks its corpus or its tool is skipped with the reason. Where RASHOMON_REQUIRE_ALL=1 (as `.ci/run` sets it)
a skip is a failure, so that no test is silently left out for ever.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from .base import TEST_POSTGRES, Base, Given, fill_template
from .local_site import Site

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
KINDS = ("sqlite", "postgres")
REQUIRE_ALL = "RASHOMON_REQUIRE_ALL"


@pytest.fixture(scope="session", autouse=True)
def data_folder() -> Generator[Path, None, None]:
    """A data folder of the tests' own, for the programs that they start too: what a person imported changes no reading here."""
    with tempfile.TemporaryDirectory(prefix="rashomon-tests-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RASHOMON_DATA_FOLDER", folder)
        yield Path(folder)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def script() -> Callable[[str], Any]:
    """`script("bench/seeds.py")` is that file of the checkout as a module, not run. It may import those beside it."""

    def load(path: str) -> Any:
        folder = str((ROOT / path).parent)
        if folder not in sys.path:
            sys.path.append(folder)
        name = "script_" + path.removesuffix(".py").replace("/", "_")
        spec = importlib.util.spec_from_file_location(name, ROOT / path)
        assert spec is not None and spec.loader is not None
        # Its records look their annotations up there.
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and scorers beside the checkout; the test is skipped where there is none."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the corpora are not here: expected the folder shared/ beside the checkout")
    return SHARED


@pytest.fixture
def site() -> Generator[Site, None, None]:
    """A real web server on this machine, empty at first."""
    with Site() as made:
        yield made


@pytest.fixture(scope="session")
def server(script: Callable[[str], Any]) -> Iterator[Any]:
    """A PostgreSQL server: what RASHOMON_TEST_POSTGRES names, else one of the tests' own; skipped where none is installed."""
    given = os.environ.get(TEST_POSTGRES)
    if given:
        yield Given(given)
        return
    postgres = script("bench/postgres.py")
    programs = postgres.programs()
    if programs is None:
        pytest.skip(f"PostgreSQL is not installed, and {TEST_POSTGRES} names no server")
    with postgres.Cluster(programs) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def template(server: Any) -> Iterator[str]:
    """The name of a database with an empty ledger."""
    fill_template(server.create("rashomon_template"))
    yield "rashomon_template"
    server.drop("rashomon_template")


@pytest.fixture(scope="session")
def bases(request: pytest.FixtureRequest) -> Callable[[str, Path], AbstractContextManager[Base]]:
    """`with bases("postgres", folder) as base`: a database for a ledger, in that folder or on the server; dropped afterwards."""
    numbers = itertools.count()

    @contextmanager
    def make(kind: str, folder: Path) -> Iterator[Base]:
        if kind == "sqlite":
            def other() -> Base:
                return Base("sqlite", str(folder / f"other-{next(numbers)}.db"), other)

            yield Base("sqlite", str(folder / "war.db"), other)
            return
        server, template = (request.getfixturevalue(name) for name in ("server", "template"))
        made: list[str] = []

        def one() -> Base:
            made.append(f"rashomon_test_{next(numbers)}")
            return Base("postgres", server.create(made[-1], template), one)

        yield one()
        for name in made:
            server.drop(name)

    return make


@pytest.fixture(params=KINDS)
def base(request: pytest.FixtureRequest, bases: Any, tmp_path: Path) -> Iterator[Base]:
    """A database for a ledger, in SQLite and in PostgreSQL."""
    with bases(request.param, tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def needs() -> Callable[[str], str]:
    """`needs("psql")` is the path of that program; the test is skipped where it is not installed."""

    def find(tool: str) -> str:
        path = shutil.which(tool)
        if path is None:
            pytest.skip(f"the program {tool!r} is not installed on this machine")
        return path

    return find


@pytest.fixture(scope="session")
def steps() -> Callable[[Callable[[], object]], int]:
    """`steps(work)` runs `work` and counts its calls: growth can be tested on any machine, however busy, where seconds cannot."""

    def count(work: Callable[[], object]) -> int:
        total = 0

        def note(*_: object) -> None:
            nonlocal total
            total += 1

        sys.setprofile(note)
        try:
            work()
        finally:
            sys.setprofile(None)
        return total

    return count


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "shared: needs the corpora beside the checkout (set by use of that fixture)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get(REQUIRE_ALL) == "1":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and {REQUIRE_ALL}=1 lets no test be skipped\n{reason}"
    return report
