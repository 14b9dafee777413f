"""Ways out of the ledger: records in, the text of another program's format out."""

from .geojson import feature, write_geojson
from .jsonl import write_jsonl
from .table import COLUMNS, write_csv

__all__ = ["COLUMNS", "feature", "write_csv", "write_geojson", "write_jsonl"]
