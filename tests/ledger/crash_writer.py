"""Stores documents for ever, until it is killed. Started by `test_safety.py`: python crash_writer.py LEDGER FIRST."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from made import document, incident, raw, reading, story

from rashomon.ledger import open_ledger

number = int(sys.argv[2])
with open_ledger(sys.argv[1], create=True) as ledger:
    writer = ledger.writer()
    print("ready", flush=True)  # noqa: T201
    while True:
        number += 1
        item = document(f"{number}.txt")
        key = writer.store(raw(item), item, reading(item), state="read").key
        print(number, flush=True)  # noqa: T201
        if number % 3:
            writer.save_links(stories=[story(item)], incidents=[incident(item)], tallies=[], documents_done=[key])
        if number % 5 == 0:
            writer.remove(key)
