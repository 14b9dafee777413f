"""The book of revisions measured on the project's own gold cases, tune and gate apart.

    python bench/revisions_gold.py [--freeze] [--errors] [--ids v001,v003]

Each case's documents are read and searched together. A revision found and a coded one go together where both passages share a
character. `found` counts coded `superseded` pairs against all that is reported; `relation` is the share of all coded pairs,
look-alikes included, that are rightly reported or rightly left out; `kind` and `source` are the shares right among the matched,
a source being right where its words are the other's but for articles, or a part of them. `--errors` prints what is wrong in the
tune split; the gate's texts are counted and never printed. `--freeze` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from rashomon.knowledge.comparison import load_comparison
from rashomon.knowledge.quantities import load_quantities
from rashomon.knowledge.revisions import load_revisions
from rashomon.reader import Reader
from rashomon.records import Document, Revision
from rashomon.track.revisions import revisions
from rashomon.track.voiced import Lore, Paper

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data/revisions-gold/cases.jsonl"
RUN = ROOT / "bench/runs/revisions_gold.json"
Coded = dict[str, Any]


def rows() -> list[Coded]:
    """The cases."""
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def papers_of(reader: Reader, case: Coded, lore: Lore) -> list[Paper]:
    """The case's documents, read; all of them are one story."""
    papers = []
    for given in case["documents"]:
        document = Document(
            id=given["id"], source=given["id"], text=given["text"], url=given.get("url"), title=given["title"],
            publisher=given["publisher"], published=given["date"],
        )
        papers.append(Paper(
            given["id"], reader.read(document), lore, given.get("url"), given.get("captured"), None,
        ))
    return papers


def _shares(coded: Coded, document: str, start: int, end: int) -> bool:
    return bool(coded["doc"] == document and coded["span"][0] < end and start < coded["span"][1])


def same(coded: Coded, found: Revision) -> bool:
    """Both passages share a character."""
    return all(
        _shares(coded[side], cited.document, *cited.span) for side, cited in (("a", found.a), ("b", found.b))
    )


def same_source(coded: str | None, found: str) -> bool:
    """One name holds the words of the other."""
    names = [
        {word for word in re.findall(r"[\w-]+", (name or "").lower()) if word not in {"the", "of", "s", "a", "in", "and"}}
        for name in (coded, found)
    ]
    initials = ["".join(word[0] for word in re.findall(r"\w+", name or "")).lower() for name in (coded, found)]
    if any(initials[1 - side] in names[side] for side in (0, 1) if len(initials[1 - side]) > 1):
        return True
    return bool(names[0]) and bool(names[1]) and (names[0] <= names[1] or names[1] <= names[0])


def measure(split: str | None = None, *, errors: bool = False, ids: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Figures of one split, or of each."""
    reader = Reader.load()
    lore = Lore(load_revisions(), load_comparison(), load_quantities())
    counts: dict[str, dict[str, Any]] = {}
    for case in rows():
        if (split and case["split"] != split) or (ids and case["id"] not in ids):
            continue
        row = counts.setdefault(case["split"], {
            "cases": 0, "coded": 0, "found": 0, "matched": 0, "pairs": 0, "relation": 0, "kind": 0, "source": 0, "kinds": {},
        })
        papers = papers_of(reader, case, lore)
        reported = revisions(papers)
        coded = [one for one in case["revisions"] if one["relation"] == "superseded"]
        left, lines = list(reported), []
        row["cases"] += 1
        row["coded"] += len(coded)
        row["found"] += len(reported)
        for one in coded:
            match = next((each for each in left if same(one, each)), None)
            by_kind = row["kinds"].setdefault(one["kind"], [0, 0])
            by_kind[1] += 1
            if match is None:
                lines.append(("MISSED", one["kind"], one["source"], one))
                continue
            left.remove(match)
            by_kind[0] += 1
            row["matched"] += 1
            row["kind"] += match.kind == one["kind"]
            row["source"] += same_source(one["source"], match.source)
            if match.kind != one["kind"] or not same_source(one["source"], match.source):
                lines.append(("DIFFERS", f"{one['kind']}/{match.kind}", f"{one['source']}/{match.source}", one))
        for one in case["revisions"]:
            row["pairs"] += 1
            row["relation"] += any(same(one, each) for each in reported) == (one["relation"] == "superseded")
        if errors and case["split"] == "tune" and (lines or left):
            texts = {paper.key: paper.text for paper in papers}
            print(case["id"])
            for label, kind, source, one in lines:
                sides = [texts[one[side]["doc"]][slice(*one[side]["span"])] for side in ("a", "b")]
                print(f"  {label} {kind} [{source}] {sides[0]!r} => {sides[1]!r}")
            for each in left:
                sides = [cited.span.of(texts[cited.document]) for cited in (each.a, each.b)]
                print(f"  ADDED {each.kind} [{each.source}] {sides[0]!r} => {sides[1]!r} ({each.why[:60]})")
    return {name: _figures(row) for name, row in counts.items()}


def _figures(row: dict[str, Any]) -> dict[str, Any]:
    matched = row["matched"]
    return {
        "cases": row["cases"],
        "found": {
            "precision": round(matched / max(1, row["found"]), 4), "recall": round(matched / max(1, row["coded"]), 4),
            "f1": round(2 * matched / max(1, row["found"] + row["coded"]), 4), "matched": matched, "coded": row["coded"],
            "reported": row["found"],
        },
        "relation": {"accuracy": round(row["relation"] / max(1, row["pairs"]), 4), "n": row["pairs"]},
        "kind": {"accuracy": round(row["kind"] / max(1, matched), 4), "n": matched},
        "source": {"accuracy": round(row["source"] / max(1, matched), 4), "n": matched},
        "kinds": {kind: {"matched": pair[0], "coded": pair[1]} for kind, pair in sorted(row["kinds"].items())},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--ids", default="")
    args = parser.parse_args()
    ids = frozenset(args.ids.split(",")) - {""}
    figures = measure("tune" if args.errors else None, errors=args.errors, ids=ids)
    print(json.dumps(figures, indent=1))
    if args.freeze and not ids and not args.errors:
        RUN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
