"""Writes the files under docs/ that are made from the code: the JSON Schema of a reading, the page of actions, the API."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from rashomon import schema
from rashomon.knowledge.actions import Action, load_triggers
from rashomon.knowledge.crosswalk import Crosswalk, load_crosswalk
from rashomon.ledger import open_ledger
from rashomon.web import create_app

HERE = Path(__file__).resolve().parent


ACTIONS = """# Actions

What is coded, made from `src/rashomon/knowledge/actions.yaml` and `crosswalk.yaml` by `python docs/make.py`; edit those,
not this page. The program codes every example as its action, and no counter-example: `tests/coding/test_vocabulary.py` reads
them all. ACLED names are sub-event types, several where the parties decide; UCDP is the type of organised violence; the first
two digits of the CAMEO code are GDELT's root.
"""


def actions() -> str:
    """The page of actions, one table a PLOVER root, in the order of the file."""
    crosswalk = load_crosswalk()
    by_root: dict[str, list[Action]] = {}
    for action in load_triggers().actions:
        by_root.setdefault(action.root, []).append(action)
    parts = [ACTIONS]
    for root, rows in by_root.items():
        parts.append(f"\n## {root if root != 'NONE' else 'No root'}\n\n")
        parts.append("| action | what is coded | example | not | ACLED | UCDP | CAMEO |\n|---|---|---|---|---|---|---|\n")
        parts += [_row(action, crosswalk) for action in rows]
    return "".join(parts)


def _row(action: Action, crosswalk: Crosswalk) -> str:
    same = crosswalk.actions[action.name]
    acled = ", ".join(sub.name for sub in same.acled) or "–"
    cells = (action.name, action.definition, action.example, action.counterexample, acled, same.ucdp, same.cameo)
    return "| " + " | ".join(cells) + " |\n"


def openapi() -> str:
    """The page's API as OpenAPI describes it."""
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "empty.db", create=True) as ledger:
        described = create_app(ledger, "empty.db").state.described
    return json.dumps(described, indent=1, ensure_ascii=True, sort_keys=True) + "\n"


def main() -> None:
    (HERE / "openapi.json").write_text(openapi(), encoding="utf-8")
    (HERE / "actions.md").write_text(actions(), encoding="utf-8")
    text = json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    (HERE / "reading.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
