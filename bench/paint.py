"""How long until the page paints, and how large its JavaScript is: Chromium over a real server, in milliseconds and KB gzipped.

    python bench/paint.py LEDGER [--times 5] [--freeze]

Each time in a new browser profile with nothing kept. `paint` is the browser's own first contentful paint, `list` when the first
incident stands in the list. `kb` counts every script that the overview loads, `kb_all` all that there are. The goal is a first
paint within a second, and 600 KB. `--freeze` keeps it in runs/page.json beside the figures of bench/page.py.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

RUN = Path(__file__).parent / "runs" / "page.json"
ASSETS = Path(__file__).parents[1] / "src" / "rashomon" / "web" / "static" / "assets"
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def small(names: list[str]) -> float:
    """KB of these scripts, gzipped."""
    return round(sum(len(gzip.compress((ASSETS / name).read_bytes(), 5)) for name in names) / 1000, 1)


def measure(base: str, times: int) -> dict[str, Any]:
    """Medians of so many first visits."""
    paints, lists, loaded = [], [], set[str]()
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for _ in range(times):
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            page = context.new_page()
            page.on("request", lambda asked: loaded.add(asked.url))
            began = time.perf_counter()
            page.goto(base)
            page.locator(".incidents li").first.wait_for()
            lists.append((time.perf_counter() - began) * 1000)
            paints.append(page.evaluate(_PAINT))
            context.close()
        browser.close()
    scripts = sorted(url.rpartition("/")[2] for url in loaded if url.endswith((".js", ".mjs")))
    return {
        "times": times, "load": os.getloadavg()[0], "paint": round(statistics.median(paints)),
        "list": round(statistics.median(lists)),
        "kb": small(scripts), "kb_all": small(sorted(each.name for each in ASSETS.glob("*js"))),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "rashomon", "serve", "--ledger", str(given.ledger), "--port", base.rpartition(":")[2]]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(240):
                try:
                    httpx.get(f"{base}/api/overview", timeout=60)
                    break
                except httpx.TransportError:
                    time.sleep(0.25)
            figures = measure(base, given.times)
        finally:
            server.terminate()
    print(json.dumps(figures))
    if given.freeze:
        kept = json.loads(RUN.read_text(encoding="utf-8")) if RUN.exists() else {}
        RUN.write_text(json.dumps(kept | {"first_visit": figures}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
