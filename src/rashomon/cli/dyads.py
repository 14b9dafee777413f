"""`rashomon dyads`: what a marked source does to a marked target."""

from __future__ import annotations

import click


@click.command()
@click.argument("path", metavar="FILE.jsonl")
@click.option(
    "--at-least", metavar="P", type=click.FloatRange(0, 1), default=0.0, help="Say NONE where the root is less probable than P."
)
@click.option("--json", "as_json", is_flag=True, hidden=True, help="JSON Lines is what it prints anyway.")
def dyads(path: str, at_least: float, as_json: bool) -> int:
    """Say what one party does to another in a sentence, as a PLOVER root.

    FILE holds one object a line: `text`, `source` and `target` as [start, end) character indices into it (null where the
    text names nobody), and a `uid` of yours. Out comes a line for each: `uid`, `root`, `penta` (1 verbal and 2 material
    cooperation, 3 verbal and 4 material conflict; 0 with NONE) and `confidence`, the probability of the root. A FILE
    of - is standard input.

    \b
    Examples:
      rashomon dyads pairs.jsonl > roots.jsonl
      rashomon dyads pairs.jsonl --at-least 0.6
    """
    from ..config import Settings
    from ..ingest import marked_pairs
    from ..models.dyads import DyadClassifier
    from .output import Work, emit_record

    with Work("classifying", prints=True) as work:
        classifier: DyadClassifier | None = None
        for pair in marked_pairs(path, limits=Settings.load().limits, failed=work):
            classifier = classifier or DyadClassifier.load()
            dyad = classifier.classify(pair.text, pair.source, pair.target, at_least)
            emit_record({"uid": pair.uid, "root": dyad.root, "penta": dyad.penta, "confidence": dyad.confidence})
            work.step(pair.uid)
    return work.status
