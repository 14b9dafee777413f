"""What the benches of the ledger's books share: passages of a gold file, pairs by span, names that are the same, counts.

Names are compared as the corpora's scorer does: without case, articles, titles and possessives; one may hold the other, unless
the smaller is a general word such as "forces". A name of the program's is also known by the mentions of its entity in the text.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import yaml

from rashomon.reader import Reader
from rashomon.records import Document, Reading, Span

ROOT = Path(__file__).resolve().parents[1]
_WORDS = yaml.safe_load((ROOT / "bench/book_gold.yaml").read_text(encoding="utf-8"))
TITLES, GENERIC = (frozenset(_WORDS[key].split()) for key in ("titles", "generic"))
Coded = dict[str, Any]


def rows(path: Path, split: str) -> list[Coded]:
    """The passages of one split."""
    return [row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if row["split"] == split]


def read(reader: Reader, row: Coded) -> Reading:
    """The program's reading of a passage, with its day of publication as the carrier's."""
    return reader.read(Document(id=row["id"], source=row["id"], text=row["text"], published=row["date"]))


def iou(one: Span, other: Span) -> float:
    """Shared characters over the characters of either."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (one.width + other.width - shared)


def pairs(gold: Sequence[Span], found: Sequence[Span], floor: float, same: Callable[[int, int], bool]) -> list[tuple[int, int]]:
    """Indices one to one, greedily: those alike in `same` first, then the greatest overlap; at least `floor`, and never none."""
    options = sorted(
        (not same(i, j), -iou(one, other), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if one.overlaps(other) and iou(one, other) >= floor
    )
    left, right, chosen = set[int](), set[int](), []
    for _, _, i, j in options:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            chosen.append((i, j))
    return sorted(chosen)


def _words(name: str) -> frozenset[str]:
    name = re.sub(r"'s?\b", "", name.casefold().replace("\u2019", "'"))
    words = (
        re.sub(r"^(al|el|an|ar|ad|at|as)-", "", word).replace(".", "") for word in re.findall(r"[^\W_]+(?:[-.][^\W_]+)*", name)
    )
    return frozenset(word for word in words if word not in TITLES)


def same_name(gold: str | None, found: str | None, known: Collection[str] = ()) -> bool:
    """True for two names of one bearer; none is none. `known`: further names of the one found."""
    if not gold or not found:
        return not gold and not found
    wanted = _words(gold)
    for name in (found, *known):
        words = _words(name)
        small = min(wanted, words, key=len)
        if gold.casefold() == name.casefold() or (small and words == wanted):
            return True
        if small and (words <= wanted or wanted <= words) and not small <= GENERIC:
            return True
    return False


def mentions(reading: Reading, name: str | None) -> list[str]:
    """How the entity of this name is called in the text, pronouns left out."""
    found = [span.of(reading.text) for one in reading.entities if one.name == name for span in one.mentions]
    return [text for text in found if text[:1].isupper() or " " in text]


def same_names(reading: Reading, gold: Sequence[str], found: str | None) -> tuple[int, int, int]:
    """(names right, names found, names coded) of a list against the program's "A; B"."""
    names = found.split("; ") if found else []
    left = list(gold)
    right = 0
    for name in names:
        match = next((one for one in left if same_name(one, name, mentions(reading, name))), None)
        if match is not None:
            left.remove(match)
            right += 1
    return right, len(names), len(gold)


def same_words(gold: Sequence[str], found: Sequence[str], share: float = 0.5) -> tuple[int, int, int]:
    """(right, found, coded) of quotations: a pair has at least `share` of all its words in both."""
    left = [frozenset(re.findall(r"\w+", text.casefold())) for text in gold]
    right = 0
    for text in found:
        words = frozenset(re.findall(r"\w+", text.casefold()))
        match = max(left, key=lambda one: len(one & words) / max(1, len(one | words)), default=None)
        if match is not None and len(match & words) >= share * max(1, len(match | words)):
            left.remove(match)
            right += 1
    return right, len(found), len(gold)


class Count:
    """Counts of one split: of lists their right, found and coded entries, of values their right and all."""

    def __init__(self) -> None:
        self.lists: dict[str, Counter[str]] = {}
        self.values: dict[str, Counter[str]] = {}

    def entries(self, name: str, right: int, found: int, coded: int) -> None:
        self.lists.setdefault(name, Counter()).update(right=right, found=found, coded=coded)

    def value(self, name: str, right: bool, stated: bool) -> None:
        """`stated`: the gold has a value, so that the figure shows apart what silence alone would earn."""
        self.values.setdefault(name, Counter()).update(right=right, of=1, stated=stated, stated_right=right and stated)

    def figures(self) -> dict[str, Any]:
        """Name -> counts with P, R and F1, or with the share that is right."""
        out: dict[str, Any] = {}
        for name, count in self.lists.items():
            p, r = count["right"] / max(1, count["found"]), count["right"] / max(1, count["coded"])
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            counts = {key: count[key] for key in ("right", "found", "coded")}
            out[name] = {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), **counts}
        for name, count in self.values.items():
            counts = {key: count[key] for key in ("right", "of", "stated_right", "stated")}
            out[name] = {"share": round(count["right"] / max(1, count["of"]), 4), **counts}
        return out


def command(description: str | None, run: Path, figures: Callable[[], Any], errors: Callable[[frozenset[str]], None]) -> None:
    """The command line of a book's bench: prints the figures, with --freeze keeps them in `run`; or with --errors those of the
    tune half, of the passages in --ids alone where any are named."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--ids", default="")
    args = parser.parse_args()
    if args.errors:
        errors(frozenset(args.ids.split(",")) - {""})
        return
    text = json.dumps(figures(), indent=1)
    print(text)
    if args.freeze:
        run.write_text(text + "\n", encoding="utf-8")
