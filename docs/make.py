"""Writes the files under docs/ that are made from the code: the JSON Schema of a reading."""

from __future__ import annotations

import json
from pathlib import Path

from rashomon import schema

HERE = Path(__file__).resolve().parent


def main() -> None:
    text = json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    (HERE / "reading.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
