"""The ledger's schema, step by step. To change `tables.py`, add a file to `versions/` and its number here."""

from pathlib import Path

FOLDER = Path(__file__).parent
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013", "0014")
HEAD = REVISIONS[-1]
VERSION_TABLE = "rashomon_version"
