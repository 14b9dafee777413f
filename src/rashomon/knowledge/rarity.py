"""How rare words are: the frozen table behind every comparison of texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..errors import KnowledgeError
from .files import HERE


class Rarity(msgspec.Struct, frozen=True):
    """-ln of the share of documents that hold a word; `unseen` for a word that the table lacks."""

    words: Mapping[str, float]
    unseen: float

    def of(self, word: str) -> float:
        """The word's rarity."""
        return self.words.get(word, self.unseen)


def load_rarity(path: Path = HERE / "idf.csv") -> Rarity:
    """The table. KnowledgeError names the line that breaks its rules."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise KnowledgeError(f"knowledge file {path} is missing: reinstall Rashomon or name another folder") from error
    table: dict[str, float] = {}
    for number, line in enumerate(lines, start=1):
        if line.startswith("#") or not line:
            continue
        word, comma, tenths = line.rpartition(",")
        if not comma or not tenths.isdigit():
            raise KnowledgeError(f"knowledge file {path}, line {number}: expected WORD,TENTHS, found {line[:40]!r}")
        table[word] = int(tenths) / 10
    if "*" not in table:
        raise KnowledgeError(f"knowledge file {path}: the row '*', for words that are not in the table, is missing")
    return Rarity(table, table.pop("*"))
