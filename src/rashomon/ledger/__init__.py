"""The ledger: documents, their readings and what many readings say together, in one database.

    with open_ledger("war.db", create=True) as ledger:
        writer, view = ledger.writer(), ledger.view()
        writer.store(raw, document, reading, state="read")
        for entry in view.documents(): ...
"""

from .entries import (
    Capture,
    ClaimEntry,
    DocumentEntry,
    EventEntry,
    Failure,
    Hit,
    LineEntry,
    Make,
    PrintEntry,
    SketchEntry,
    State,
    Status,
    Stored,
)
from .journal import Feed, Found, Journal, Page
from .lineage import Limits, Traces
from .links import LinksOutdated
from .overview import IncidentEntry, Lists, Order, Period, Selection, Totals
from .pressing import Pressed
from .private import Folder, ItemKind, Kept, Private, Search
from .revised import Revised, RevisedEntry
from .sketches import Shelf
from .store import Ledger, open_ledger
from .storing import Offer
from .view import View
from .writer import Writer

__all__ = [
    "Capture",
    "ClaimEntry",
    "DocumentEntry",
    "EventEntry",
    "Failure",
    "Feed",
    "Folder",
    "Found",
    "Hit",
    "IncidentEntry",
    "ItemKind",
    "Journal",
    "Kept",
    "Ledger",
    "Limits",
    "LineEntry",
    "LinksOutdated",
    "Lists",
    "Make",
    "Offer",
    "Order",
    "Page",
    "Period",
    "Pressed",
    "PrintEntry",
    "Private",
    "Revised",
    "RevisedEntry",
    "Search",
    "Selection",
    "Shelf",
    "SketchEntry",
    "State",
    "Status",
    "Stored",
    "Totals",
    "Traces",
    "View",
    "Writer",
    "open_ledger",
]
