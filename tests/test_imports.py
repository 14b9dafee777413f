"""The arrows between rooms, read from the source: no room imports what stands above it, nothing runs in a circle.

Imports under TYPE_CHECKING and inside functions count as well, so neither can hide a circle. Command modules of the CLI
are the one exception: they may import late, so that `rashomon --help` starts quickly, but only along the same arrows.
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "rashomon"
FOUNDATION = {"records", "errors", "config"}
STAGES = {"ingest", "clean", "annotate", "resolve", "attribute", "coding", "link", "compare"}
BOOKS = {"ledger", "track", "review", "export"}
BELOW_STAGES = FOUNDATION | {"knowledge", "models"}

ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "records": {"errors"},
    "config": {"errors"},
    "knowledge": FOUNDATION,
    "models": FOUNDATION | {"knowledge"},
    **dict.fromkeys(STAGES, BELOW_STAGES),
    "making": FOUNDATION | {"knowledge"},
    "reader": BELOW_STAGES | STAGES | {"making"},
    "ledger": FOUNDATION,
    "linker": BELOW_STAGES | {"link", "compare"},
    "tracing": FOUNDATION | {"knowledge", "link", "ledger"},
    "child": set(),
    "blocks": FOUNDATION | {"link", "linker", "child"},
    "opening": FOUNDATION | {"ingest", "blocks"},
    "shelved": FOUNDATION | {"link", "linker", "tracing", "revising", "ledger", "blocks"},
    "relinking": FOUNDATION | {"link", "linker", "tracing", "revising", "ledger", "blocks", "shelved"},
    "revising": FOUNDATION | {"knowledge", "ledger", "track"},
    "news": FOUNDATION,
    "bookkeeping": FOUNDATION | {"knowledge", "ledger", "track"},
    "workers": FOUNDATION | {"child"},
    "builder": FOUNDATION | {"knowledge", "reader", "ledger", "link", "linker", "relinking", "workers"},
    "watching": FOUNDATION | {"ingest", "ledger"},
    "batch": BELOW_STAGES | STAGES | {"making", "reader", "linker", "builder", "workers", "export", "blocks", "opening"},
    "track": FOUNDATION | {"ledger", "knowledge"},
    "review": FOUNDATION | {"ledger"},
    "export": FOUNDATION | {"ledger", "knowledge"},
    "web": BELOW_STAGES | STAGES | BOOKS | {"reader", "linker", "builder", "batch", "bookkeeping", "news", "revising"},
    "cli": BELOW_STAGES | STAGES | BOOKS | {
        "making", "reader", "linker", "workers", "builder", "opening", "batch", "web", "bookkeeping", "news", "revising",
        "watching",
    },
    "__init__": FOUNDATION | {"reader", "ledger", "builder", "ingest"},
    "__main__": {"cli"},
}


def modules() -> dict[str, Path]:
    """Dotted name -> file, for every module of the package; tests beside the source are not part of it."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def room(module: str) -> str:
    """The top-level part of the package that a module belongs to: `rashomon.link.lineage` -> `link`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imported(module: str, path: Path) -> list[tuple[str, int, bool]]:
    """(imported module of ours, line, stands inside a function) for every import statement of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    late = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(outer)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base]) if base else ".".join(above)
            # `from .records import Span` names a value, `from . import records` names a module: take what exists.
            names = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base for alias in node.names]
        else:
            continue
        found += [(name, node.lineno, id(node) in late) for name in names if name.split(".")[0] == "rashomon"]
    return found


IMPORTS = {module: imported(module, path) for module, path in MODULES.items()}


@pytest.mark.parametrize("module", MODULES)
def test_arrows(module: str) -> None:
    own = room(module)
    assert own in ARROWS, f"{module}: the room {own!r} has no arrows yet; add it to ARROWS with a decision"
    for name, line, _ in IMPORTS[module]:
        target = room(name)
        assert target == own or target in ARROWS[own], f"{module}, line {line}: {own} may not import {target}"


@pytest.mark.parametrize("module", MODULES)
def test_no_import_inside_a_function(module: str) -> None:
    if room(module) in {"cli", "__init__", "__main__"}:
        return
    for name, line, late in IMPORTS[module]:
        assert not late, f"{module}, line {line}: {name} is imported inside a function, where a circle could hide"


def test_no_circles() -> None:
    # The package's own __init__ is left out: its names are handed out lazily and every module would point at it.
    graph = {
        module: {name for name, _, _ in found if name not in {module, "rashomon"}}
        for module, found in IMPORTS.items()
        if module != "rashomon"
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("imports run in a circle: " + " -> ".join(error.args[1]))


def test_stages_do_not_know_each_other() -> None:
    for stage in STAGES:
        assert not ARROWS[stage] & STAGES


def test_a_hidden_import_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "late.py"
    path.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from ..coding import events\n"
        "def f():\n    from ..link import stories\n    import rashomon.compare\n"
    )
    seen = {(name, late) for name, _, late in imported("rashomon.clean.late", path)}
    assert {(room(name), late) for name, late in seen} == {("coding", False), ("link", True), ("compare", True)}
