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
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx

RUNS = Path(__file__).parent / "runs"


def main() -> None:
    """Print a line an address; `--freeze` keeps them in runs/page.json."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--only", default="", help="views whose name holds these words")
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rashomon", "serve", "--ledger", str(given.ledger), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            figures = asyncio.run(measure(f"http://127.0.0.1:{port}", server.pid, given.requests, given.clients, given.only))
        finally:
            server.terminate()
    text = json.dumps(figures, indent=1) + "\n"
    print(text)
    if given.freeze:
        (RUNS / "page.json").write_text(text, encoding="utf-8")


def cpu(process: int) -> float:
    """Seconds of processor time that the process has taken."""
    ticks = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


async def measure(base: str, server: int, requests: int, clients: int, only: str) -> dict[str, Any]:
    """{"ledger": its figures, "addresses": {name: {"first", "p50", "p95", "most", "cpu"}}} in milliseconds.

    `first`: the first request of its kind, asked alone; `cpu`: the server's processor time, in the mean of the others.
    """
    async with httpx.AsyncClient(base_url=base, timeout=600) as client:
        ledger = await started(client)
        drawn = await draws(client)
        found: dict[str, Any] = {}
        dice = random.Random(8)
        for name, addresses in views(drawn, dice).items():
            if only not in name:
                continue
            first = (await load(client, addresses, 1, 1))[0]
            used = cpu(server)
            times = await load(client, addresses, requests, clients)
            used = (cpu(server) - used) * 1000 / requests
            found[name] = {
                "first": round(first, 1), "p50": round(times[len(times) // 2], 1),
                "p95": round(times[int(len(times) * 0.95)], 1), "most": round(times[-1], 1), "cpu": round(used, 1),
            }
            print(f"{name:28} {found[name]}", flush=True)
    return {"requests": requests, "clients": clients, "load": os.getloadavg()[0], "ledger": ledger, "addresses": found}


async def started(client: httpx.AsyncClient) -> dict[str, Any]:
    """The ledger's figures, once the server answers."""
    for _ in range(240):
        try:
            return dict((await client.get("/api/ledger")).json())
        except httpx.TransportError:
            await asyncio.sleep(0.25)
    raise SystemExit("the server did not start within a minute")


class Drawn(NamedTuple):
    """What the ledger has to ask for."""

    incidents: list[dict[str, Any]]
    documents: list[str]
    months: list[str]
    places: list[str]
    parties: list[str]
    sources: list[str]
    publishers: list[str]
    spots: list[str]
    added: str


async def draws(client: httpx.AsyncClient) -> Drawn:
    """Told by the lists that the page shows."""
    async def ask(address: str, **given: str | int) -> Any:
        return (await client.get(address, params=given)).json()

    incidents = (await ask("/api/incidents", order="most-told", limit=200))["incidents"]
    incidents += (await ask("/api/incidents", order="newest", limit=200))["incidents"]
    articles, sources = [], []
    for entry in incidents[::10]:
        page = await ask(f"/api/incidents/{entry['id']}")
        articles += page["articles"]
        sources += [account["chain"][-1] for account in page["accounts"] if account["chain"]]
    months = [each["start"][:7] for each in (await ask("/api/overview"))["periods"]]
    spots = [each["id"] for each in (await ask("/api/control"))["places"]]
    return Drawn(
        incidents, [each["key"] for each in articles], months, [entry["place"] for entry in incidents if entry["place"]],
        [name for entry in incidents for name in (entry["actor"], entry["recipient"]) if name], sorted(set(sources)),
        sorted({each["publisher"] for each in articles if each["publisher"]}), spots, max(each["added"] for each in articles),
    )


def views(drawn: Drawn, dice: random.Random) -> dict[str, Iterator[str]]:
    """Name of a view -> addresses without end."""
    words = "attack fire hospital killed police road school shot soldiers street troops village".split()  # noqa: SIM905
    located = [entry for entry in drawn.incidents if entry["lat"] is not None]
    one = dice.choice

    def endless(address: str, **asked: Callable[[], object]) -> Iterator[str]:
        """`{name}` in the address is filled in, every other question goes behind it."""
        while True:
            given = {name: str(make()) for name, make in asked.items()}
            path = address.format_map(given)
            rest = {name: value for name, value in given.items() if f"{{{name}}}" not in address}
            yield path + (f"?{urlencode(rest)}" if rest else "")

    def circle() -> str:
        entry = one(located)
        return f"{entry['lat']},{entry['lon']},{one([5, 50, 300])}"

    def box() -> str:
        entry = one(located)
        return f"{entry['lat'] - 1},{entry['lon'] - 1},{entry['lat'] + 1},{entry['lon'] + 1}"

    filters: dict[str, dict[str, Callable[[], object]]] = {
        "days": {"since": lambda: f"{one(drawn.months)}-01", "until": lambda: "2030-01-01"},
        "a month": {"since": (lambda: f"{drawn.months[0]}-01"), "until": lambda: f"{one(drawn.months)}-28"},
        "a circle": {"near": circle}, "a box": {"box": box}, "a place": {"place": lambda: one(drawn.places)},
        "a type": {"type": lambda: one(drawn.incidents)["type"]}, "a party": {"party": lambda: one(drawn.parties)},
        "a publisher": {"publisher": lambda: one(drawn.publishers)}, "contested": {"contested": lambda: "true"},
        "changed since": {"changed_since": lambda: drawn.added},
    }
    found = {"page": endless("/"), "ledger": endless("/api/ledger")}
    orders = ["newest", "oldest", "most-told"]
    for name, address, more in (
        ("overview", "/api/overview", {}), ("incidents", "/api/incidents", {"order": lambda: one(orders)}),
    ):
        found[name] = endless(address, **more)
        found |= {f"{name}, {kind}": endless(address, **more, **asked) for kind, asked in filters.items()}

    def incident() -> str:
        return str(one(drawn.incidents)["id"])

    def document() -> str:
        return one(drawn.documents)

    def party() -> str:
        return one(drawn.parties)

    def day() -> str:
        """One day: a book as of another day is made anew, which `first` tells."""
        return f"{drawn.months[len(drawn.months) // 2]}-15"

    return found | {
        "incident": endless("/api/incidents/{id}", id=incident),
        "incident, changed later": endless("/api/incidents/{id}/later", id=incident),
        "document": endless("/api/documents/{key}", key=document),
        "search": endless("/api/search", q=lambda: f"{one(words)} {one(words)}"),
        "source": endless("/api/source", name=lambda: one([*drawn.sources, *drawn.publishers])),
        "source, changed later": endless("/api/source/revised", name=lambda: one([*drawn.sources, *drawn.publishers])),
        "actor": endless("/api/actor", name=party),
        "control": endless("/api/control"),
        "control, near": endless("/api/control", near=circle),
        "control, a party": endless("/api/control", party=party),
        "control, as of a day": endless("/api/control", as_of=day),
        "control of a place": endless("/api/control/{id}", id=lambda: one(drawn.spots)),
        "pledges": endless("/api/pledges"),
        "pledges, page by page": endless("/api/pledges", start=lambda: 50 * one(range(10))),
        "pledges, a party": endless("/api/pledges", party=party),
        "pledges, as of a day": endless("/api/pledges", as_of=day),
        "forecasts": endless("/api/forecasts"),
        "forecasts, page by page": endless("/api/forecasts", start=lambda: 50 * one(range(10))),
        "forecasts, by": endless("/api/forecasts", by=lambda: one(drawn.sources)),
        "forecasts, as of a day": endless("/api/forecasts", as_of=day),
        "naming": endless("/api/naming"),
        "naming, an actor": endless("/api/naming", actor=party),
        "naming, an outlet": endless("/api/naming", outlet=lambda: one(drawn.publishers)),
        "naming, as of a day": endless("/api/naming", as_of=day),
        "review, fields": endless("/api/review/fields"),
        "review, queue": endless("/api/review/queue", person=lambda: one(["Ada", "Ben"])),
        "review, sheet": endless("/api/review/sheets/{key}", key=document, person=lambda: "Ada"),
        "review, agreement": endless("/api/review/agreement"),
        "judgements": endless("/api/judgements"),
        "judgements, exported": endless("/api/review/export"),
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
            if answer.status_code not in (200, 422):  # 422: nothing is stated near that place
                raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")

    await asyncio.gather(*(one() for _ in range(clients)))
    return sorted(times)


if __name__ == "__main__":
    main()
