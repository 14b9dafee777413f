"""Real readings beside the hand-written golden ones: what is met, and a table of all that is missed.

    python bench/golden.py [FILE...] [--all] [--raise]

FILEs are stems of tests/golden/*.yaml, or words of them; without any, all six. `--all` prints what is met as well. `--raise`
writes the floors of tests/golden/floors.yaml anew where the shares rose. A golden file lists what a right reading contains;
finding more is no fault, except what its `never` forbids. Statements are paired first, one to one: claims where their words
overlap (Dice over word positions above .5) or, for one without words, their source and cue do; events where the triggers
overlap; the rest by their words. What stands unpaired lacks all that is asked of it, so finding more never lowers a share.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml
from golden_checks import ABSENT, Check, Comparison, Golden

from rashomon.config import Limits
from rashomon.ingest import documents
from rashomon.reader import Reader
from rashomon.records import Reading

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
SAMPLE = ROOT / "examples" / "aleppo-2016"
FLOORS = GOLDEN / "floors.yaml"
FLOOR_HEAD = """\
# Share met of each kind of thing that the golden readings ask for, over all six dispatches; written by
# `python bench/golden.py --raise`, which only lifts. Lowering one needs a reason in the commit.
"""


# ------------------------------------------------------------------------------------------------------------ reading


def load(words: Sequence[str] = ()) -> list[Golden]:
    """The golden files whose stem holds one of `words` (all without any), each with its dispatch's text."""
    found = []
    for path in sorted(GOLDEN.glob("[0-9]*.yaml")):
        if not words or any(word in path.stem for word in words):
            wants = yaml.safe_load(path.read_text(encoding="utf-8"))
            found.append(Golden(path.stem, wants, _document(wants["file"]).text))
    return found


def _document(file: str) -> Any:
    def failed(source: str, error: Exception) -> None:
        raise error

    (arrival,) = documents([str(SAMPLE / file)], limits=Limits(), failed=failed)
    return arrival.document


def readings(golden: Iterable[Golden]) -> dict[str, Reading]:
    """Stem -> the program's own reading of the dispatch."""
    reader = Reader.load()
    return {one.stem: reader.read(_document(one.wants["file"])) for one in golden}


def checks(golden: Golden, reading: Reading) -> list[Check]:
    """Everything that the golden file asks of the reading."""
    return list(Comparison(golden, reading).run())


# ------------------------------------------------------------------------------------------------------------- shares


def shares(found: Iterable[Check]) -> dict[str, tuple[int, int]]:
    """Kind -> how many of its checks are met, and how many there are."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for check in found:
        counts[check.kind][0] += check.met
        counts[check.kind][1] += 1
    return {kind: (met, total) for kind, (met, total) in counts.items()}


def floors() -> dict[str, float]:
    """Kind -> the least share that must be met."""
    return dict(yaml.safe_load(FLOORS.read_text(encoding="utf-8")) or {}) if FLOORS.exists() else {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--raise", dest="lift", action="store_true")
    arguments = parser.parse_args()
    golden = load(arguments.files)
    read = readings(golden)
    every = []
    for one in golden:
        found = checks(one, read[one.stem])
        every += found
        print(f"\n{one.stem}: {sum(check.met for check in found)} of {len(found)}")
        for check in found:
            if arguments.all or not (check.met or check.found == ABSENT):
                told = f"wanted {check.wanted}; found {check.found}" if check.wanted or check.found else ""
                print(f"  {'+' if check.met else '-'} {check.kind:24} {check.what[:70]:70} {told}")
    least, measured = floors(), shares(every)
    print(f"\n{'kind':34} met of      share  floor")
    for kind, (met, total) in measured.items():
        print(f"{kind:34} {met:3} of {total:3}   {met / total:.3f}  {least.get(kind, 0):.3f}")
    if arguments.lift and not arguments.files:
        # Rounded to the safe side, so that the share itself passes.
        lifted = {kind: max(least.get(kind, 0.0), int(met / total * 1000) / 1000) for kind, (met, total) in measured.items()}
        FLOORS.write_text(FLOOR_HEAD + yaml.safe_dump(lifted, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
