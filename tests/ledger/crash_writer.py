"""Stores documents for ever, three at a time, until it is killed. For `test_safety.py`: python crash_writer.py LEDGER FIRST."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from made import document, incident, raw, reading, story

from rashomon.ledger import Offer, open_ledger

number = int(sys.argv[2])
with open_ledger(sys.argv[1], create=True) as ledger:
    writer = ledger.writer()
    print("ready", flush=True)  # noqa: T201
    while True:
        items = [document(f"{number + step}.txt") for step in (1, 2, 3)]
        number += 3
        stored = writer.store_all([Offer(raw(item), item, reading(item), "read") for item in items])
        print(number, flush=True)  # noqa: T201
        if number % 2:
            writer.save_links(
                stories=[story(items[0])], incidents=[incident(items[0])], tallies=[], documents_done=[stored[0].key]
            )
        if number % 5 == 0:
            writer.remove(stored[2].key)
