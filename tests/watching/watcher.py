"""Watches feeds to the end, storing articles unread. Started and killed by a test: python watcher.py LEDGER FEED..."""

from __future__ import annotations

import sys
import time

from rashomon.config import Fetching, Settings
from rashomon.ledger import open_ledger
from rashomon.watching import Watching

settings = Settings(fetching=Fetching(private_addresses=True, seconds_between=0.01))
with open_ledger(sys.argv[1], create=True) as ledger:
    watching = Watching(ledger, settings, lambda told: None, backoff=0.05)
    watching.watch(sys.argv[2:])
    watching.ask_all()
    writer = ledger.writer()
    while True:
        basket = []
        for arrival in watching.arrivals():
            time.sleep(0.01)  # reading takes its time, and a kill may fall into it
            basket.append(arrival)
            if len(basket) > 3:
                stored = basket.pop(0)
                writer.store(stored.raw, stored.document, None, state="not-read", reason="a test")
        for arrival in basket:
            writer.store(arrival.raw, arrival.document, None, state="not-read", reason="a test")
        watching.settle()
        if watching.finished and "waiting" not in ledger.journal().counts():
            break
        time.sleep(0.02)
