"""How long the page's API takes on a ledger, address by address: a load of clients against a real server, in milliseconds.

    python bench/page.py LEDGER [--requests 200] [--clients 4] [--freeze]

LEDGER is a file; bench/growth.py makes one of any size from real readings. The server is a process of its own, started here. Each
request asks for another incident, document, page or filter, drawn from the ledger with a fixed seed, so that nothing comes from
one warm spot. The goal is a 95th percentile under 100 ms for every view on 100,000 claims.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

RUNS = Path(__file__).parent / "runs"


def main() -> None:
    """Print a line an address; `--freeze` keeps them in runs/page.json."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rashomon", "serve", "--ledger", str(given.ledger), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            figures = asyncio.run(measure(f"http://127.0.0.1:{port}", given.requests, given.clients))
        finally:
            server.terminate()
    text = json.dumps(figures, indent=1) + "\n"
    print(text)
    if given.freeze:
        (RUNS / "page.json").write_text(text, encoding="utf-8")


async def measure(base: str, requests: int, clients: int) -> dict[str, Any]:
    """{"ledger": its figures, "addresses": {name: {"p50", "p95", "most"}}} in milliseconds."""
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        ledger = await started(client)
        found: dict[str, Any] = {}
        for name, addresses in (await views(client)).items():
            await client.get(next(addresses))
            times = await load(client, addresses, requests, clients)
            found[name] = {
                "p50": round(times[len(times) // 2], 1), "p95": round(times[int(len(times) * 0.95)], 1),
                "most": round(times[-1], 1),
            }
            print(f"{name:28} {found[name]}", flush=True)
    return {"requests": requests, "clients": clients, "ledger": ledger, "addresses": found}


async def started(client: httpx.AsyncClient) -> dict[str, Any]:
    """The ledger's figures, once the server answers."""
    for _ in range(240):
        try:
            return dict((await client.get("/api/ledger")).json())
        except httpx.TransportError:
            await asyncio.sleep(0.25)
    raise SystemExit("the server did not start within a minute")


async def views(client: httpx.AsyncClient) -> dict[str, Iterator[str]]:
    """Name of a view -> addresses without end."""
    dice = random.Random(8)
    incidents = (await client.get("/api/incidents", params={"order": "most-told", "limit": 200})).json()["incidents"]
    incidents += (await client.get("/api/incidents", params={"order": "newest", "limit": 200})).json()["incidents"]
    documents = []
    for entry in incidents[::20]:
        documents += [each["key"] for each in (await client.get(f"/api/incidents/{entry['id']}")).json()["articles"]]
    months = [each["start"][:7] for each in (await client.get("/api/overview")).json()["periods"]] or ["2016-08"]
    places = [entry["place"] for entry in incidents if entry["place"]] or ["Aleppo"]
    parties = [name for entry in incidents for name in (entry["actor"], entry["recipient"]) if name] or ["army"]
    words = "attack fire hospital killed police road school shot soldiers street troops village".split()  # noqa: SIM905

    def endless(make: Any) -> Iterator[str]:
        while True:
            yield make()

    def month() -> str:
        day = dice.choice(months)
        return f"since={day}-01&until={day}-28"

    return {
        "ledger": endless(lambda: "/api/ledger"),
        "overview": endless(lambda: "/api/overview"),
        "overview, a month": endless(lambda: f"/api/overview?{month()}"),
        "overview, a place": endless(lambda: f"/api/overview?place={dice.choice(places)}"),
        "overview, a party": endless(lambda: f"/api/overview?party={dice.choice(parties)}"),
        "overview, contested": endless(lambda: "/api/overview?contested=true"),
        "incidents": endless(lambda: f"/api/incidents?order={dice.choice(['newest', 'oldest', 'most-told'])}"),
        "incidents, a party": endless(lambda: f"/api/incidents?party={dice.choice(parties)}"),
        "incident": endless(lambda: f"/api/incidents/{dice.choice(incidents)['id']}"),
        "document": endless(lambda: f"/api/documents/{dice.choice(documents)}"),
        "search": endless(lambda: f"/api/search?q={dice.choice(words)}+{dice.choice(words)}"),
    }


async def load(client: httpx.AsyncClient, addresses: Iterator[str], requests: int, clients: int) -> list[float]:
    """Sorted milliseconds of the requests, `clients` of them under way at a time."""
    times: list[float] = []

    async def one() -> None:
        while len(times) < requests:
            address = next(addresses)
            began = time.perf_counter()
            answer = await client.get(address)
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")

    await asyncio.gather(*(one() for _ in range(clients)))
    return sorted(times)


if __name__ == "__main__":
    main()
