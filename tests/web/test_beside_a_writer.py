"""The page is read while another process adds to its ledger: no request fails, and what was added is seen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from rashomon.ledger import open_ledger

ADDRESSES = (
    "/api/ledger", "/api/overview", "/api/overview?place=town", "/api/incidents?order=most-told", "/api/search?q=shells",
    "/api/control", "/api/pledges", "/api/forecasts", "/api/naming", "/api/source?name=police", "/api/actor?name=police",
    "/api/review/queue?person=Ada", "/api/review/agreement", "/api/judgements",
)
TEXT = (
    "BERLIN, 3 August 2016 - Shells hit the market of the town of Azaz on Tuesday and killed {count} people, police said. "
    "Rebels denied that they had fired them. The governor promised to reopen the road within {count} days."
)


def test_the_page_is_read_while_a_process_adds(sample: Path, tmp_path: Path, serving: Any) -> None:
    path, folder = tmp_path / "written.db", tmp_path / "texts"
    with open_ledger(sample) as held:
        held.compact()
    shutil.copy(sample, path)
    folder.mkdir()
    for count in range(2, 14):
        (folder / f"{count}.txt").write_text(TEXT.format(count=count), encoding="utf-8")
    with open_ledger(path) as ledger, serving(ledger, str(path)) as address, httpx.Client(base_url=address, timeout=60) as client:
        before = client.get("/api/ledger").json()["documents"]
        asked, seen = 0, set()
        command = [sys.executable, "-m", "rashomon", "add", str(folder), "--ledger", str(path)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as adding:
            while adding.poll() is None:
                for each in ADDRESSES:
                    answer = client.get(each)
                    assert answer.status_code == 200, f"{each}: {answer.text[:300]}"
                    asked += 1
                seen.add(client.get("/api/ledger").json()["documents"])
            assert adding.returncode == 0, adding.stderr.read() if adding.stderr else ""
        assert client.get("/api/ledger").json()["documents"] == before + 12
        assert asked >= len(ADDRESSES) and min(seen) >= before
        # What was added is in the lists, and in those that were asked before.
        found = client.get("/api/incidents", params={"place": "Azaz", "limit": 200}).json()["incidents"]
        assert found
        assert client.get("/api/overview", params={"place": "Azaz"}).json()["totals"]["incidents"] == len(found)
