"""Pages added by their addresses, from a web server on this machine."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rashomon.config import Fetching
from rashomon.ledger import open_ledger
from rashomon.web import create_app

PAGE = (
    "<html><head><title>Market shelled</title></head><body><article><h1>Market shelled</h1><p>Harat, 3 May 2021 (Plain Wire) -"
    " Shells killed 12 people in the market of Harat on Monday, a doctor said.</p></article></body></html>"
)


class Site(BaseHTTPRequestHandler):
    """One page, one that is forbidden to programs, nothing else."""

    def do_GET(self) -> None:
        known = {"/robots.txt": ("text/plain", "User-agent: *\nDisallow: /closed\n"), "/market.html": ("text/html", PAGE)}
        kind, body = known.get(self.path, ("text/plain", "no such page"))
        self.send_response(200 if self.path in known else 404)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the web server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[Any]:
    """Makes a client of a ledger of its own, fetching as it is told."""
    path = tmp_path / "own.db"
    shutil.copy(sample, path)
    with open_ledger(path) as ledger:
        yield lambda fetching: TestClient(create_app(ledger, str(path), fetching=fetching))


def added(client: TestClient, *addresses: str) -> list[dict[str, Any]]:
    """All steps of fetching these."""
    job = client.post("/api/documents/addresses", json={"addresses": addresses}).json()["job"]
    lines = client.get(f"/api/jobs/{job}/steps").text.splitlines()
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")][:-1]


def test_a_page_is_fetched_and_failures_are_told_with_their_reasons(own: Any, site: str) -> None:
    client = own(Fetching(private_addresses=True, seconds_between=0.0))
    told = added(client, f"{site}/market.html", f"{site}/nothing", f"{site}/closed")
    assert [(each["kind"], each["what"]) for each in told[:-1] if each["kind"] == "failed"] == [
        ("failed", f"{site}/nothing"), ("failed", f"{site}/closed"),
    ]
    assert all(each["reason"].startswith(f"{site}/") for each in told[:-1] if each["kind"] == "failed")
    (arrived,) = told[-1]["arrived"]
    article = client.get(f"/api/documents/{arrived['key']}").json()["article"]
    assert (article["title"], article["url"]) == ("Market shelled", f"{site}/market.html")


def test_a_private_address_is_refused_unless_it_is_meant(own: Any, site: str) -> None:
    told = added(own(Fetching()), f"{site}/market.html")
    assert told[0]["kind"] == "failed" and "private" in told[0]["reason"]


@pytest.mark.parametrize(
    "addresses", [[], [" "], ["ftp://a.example/x"], ["/etc/passwd"], ["a.txt"], "x", ["https://a.example", 1]]
)
def test_what_is_no_address_is_refused(own: Any, addresses: object) -> None:
    assert own(Fetching()).post("/api/documents/addresses", json={"addresses": addresses}).status_code == 422
