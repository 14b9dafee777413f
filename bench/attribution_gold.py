"""Attribution measured on the project's own gold passages, tune and gate apart.

    python bench/attribution_gold.py [--freeze] [--errors] [--ids p001,p002] [--gold PATH]

Passages are read by the whole Reader, each with its publisher. Claims and codes are matched one to one, greedily, where their
contents' words share half (intersection over union); two without content where their cues share a word. `found` counts all,
`content` the words of contents in pairs, and every label is the share right among the pairs. `--errors` prints what is missed,
added or labelled wrong in the tune split; the gate's texts are counted and never printed. `--freeze` keeps the figures.
`--gold` reads other passages of the same form.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rashomon.reader import Reader
from rashomon.records import Claim, Document, Reading

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data/attribution-gold/passages.jsonl"
RUN = ROOT / "bench/runs/attribution_gold.json"
LABELS = ("speaker", "chain", "kind", "hedge", "stance", "anonymous", "parent", "source", "cue")
Aliases = dict[str, set[frozenset[str]]]
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "president",
        "prime",
        "foreign",
        "deputy",
        "minister",
        "secretary",
        "general",
        "lt",
        "col",
        "colonel",
        "major",
        "captain",
        "commander",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "king",
        "sheikh",
        "senator",
        "chief",
        "government",
        "republic",
    ]
)


def words(text: str, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """Starts of the words that the spans touch."""
    found = set()
    for start, end in spans:
        found.update(match.start() for match in _WORD.finditer(text, start, end))
    return frozenset(found)


def name_words(name: str) -> frozenset[str]:
    """What of a name is compared: its words in lower case, without titles and articles."""
    plain = re.sub(r"['’]s?\b", "", name.casefold())
    return frozenset(w for w in re.findall(r"\w+", plain) if w not in _TITLES)


def same_name(gold: str, found: str | None, also: Aliases) -> bool:
    """Equal but for articles, titles and case, or one name inside the other ("Lavrov", "Sergei Lavrov"), or a form in which
    the text names the entity found ("AFP" for Agence France-Presse)."""
    if found is None:
        return False
    vague = ["unnamed" in one.casefold() or "unspecified source" in one.casefold() for one in (gold, found)]
    if any(vague):
        return all(vague)
    if _ARTICLE.sub("", gold).casefold() == _ARTICLE.sub("", found).casefold():
        return True
    a, b = name_words(gold), name_words(found)
    return (bool(a and b) and (a <= b or b <= a)) or (bool(a) and a in also.get(found, ()))


def same_chain(gold: list[str], found: tuple[str, ...], also: Aliases) -> bool:
    """As long, and every link the same."""
    return len(gold) == len(found) and all(same_name(g, f, also) for g, f in zip(gold, found, strict=True))


def aliases(reading: Reading) -> Aliases:
    """Entity's name -> the words of the forms in which the text names it."""
    out: Aliases = {}
    for entity in reading.entities:
        forms = [*entity.known_as, *(span.of(reading.text) for span in entity.mentions)]
        out.setdefault(entity.name, set()).update(name_words(form) for form in forms)
    return out


def paired(text: str, gold: list[dict[str, Any]], found: list[Claim], also: Aliases) -> list[tuple[int, int]]:
    """Indices of the pairs, in gold's order."""
    g_content, f_content = [words(text, g["content"]) for g in gold], [words(text, f.content) for f in found]
    g_cue, f_cue = [words(text, g["cue"]) for g in gold], [words(text, f.cue) for f in found]
    options = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            either, both = g_content[i] | f_content[j], g_content[i] & f_content[j]
            cue = len(g_cue[i] & f_cue[j])
            if not either and cue:
                share = 1.0
            elif either and len(both) * 2 >= len(either):
                share = len(both) / len(either)
            else:
                continue
            source = len(words(text, [g["source"]] if g["source"] else []) & words(text, [f.source] if f.source else []))
            ties = (source, same_name(g["speaker"], f.speaker, also), same_chain(g["chain"], f.chain, also), cue)
            options.append(((share, *ties), -i, -j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(options, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return sorted(pairs.items())


def judged(text: str, gold: dict[str, Any], claim: Claim, also: Aliases) -> dict[str, bool]:
    """Which labels of a pair are right. A source's article is no error."""
    spans = [gold["source"]] if gold["source"] else []
    here = [claim.source] if claim.source else []
    return {
        "speaker": same_name(gold["speaker"], claim.speaker, also),
        "chain": same_chain(gold["chain"], claim.chain, also),
        "kind": gold["kind"] == claim.kind,
        "hedge": gold["hedge"] == claim.hedge,
        "stance": gold["stance"] == claim.stance,
        "anonymous": gold["anonymous"] == claim.anonymous,
        "parent": (gold["parent"] is None) == (claim.parent is None),
        "source": _bare(text, spans) == _bare(text, here),
        "cue": words(text, gold["cue"]) == words(text, claim.cue),
    }


def _bare(text: str, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    return frozenset(at for at in words(text, spans) if text[at : at + 4].lower().split()[0] not in ("the", "a", "an"))


class Split:
    """Counts of one split."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.by: dict[str, Counter[str]] = {}

    def add(self, text: str, gold: list[dict[str, Any]], found: list[Claim], also: Aliases) -> list[tuple[int, int]]:
        """Counts one passage and returns its pairs."""
        pairs = paired(text, gold, found, also)
        self.count.update(passages=1, gold=len(gold), predicted=len(found), pairs=len(pairs))
        self.count["gold_words"] += sum(len(words(text, g["content"])) for g in gold)
        self.count["predicted_words"] += sum(len(words(text, f.content)) for f in found)
        matched = dict(pairs)
        for i, g in enumerate(gold):
            names = [f"kind {g['kind']}", f"stance {g['stance']}", f"hedge {g['hedge']}", f"depth {len(g['chain']) - 1}"]
            marks = judged(text, g, found[matched[i]], also) if i in matched else None
            for name in names:
                row = self.by.setdefault(name, Counter())
                row["n"] += 1
                row["found"] += marks is not None
                row["right"] += marks is not None and marks[{"depth": "chain"}.get(name.split()[0], name.split()[0])]
            if marks is not None:
                self.right.update(label for label, right in marks.items() if right)
                self.count["shared_words"] += len(words(text, g["content"]) & words(text, found[matched[i]].content))
        return pairs

    def figures(self) -> dict[str, Any]:
        """Shares with what they count."""
        c = self.count
        out: dict[str, Any] = {
            "passages": c["passages"],
            "found": _f1(c["pairs"], c["predicted"], c["gold"]),
            "content": _f1(c["shared_words"], c["predicted_words"], c["gold_words"]),
        }
        for label in LABELS:
            share = self.right[label] / c["pairs"] if c["pairs"] else 0.0
            out[label] = {"accuracy": round(share, 4), "right": self.right[label], "n": c["pairs"]}
        out["recall"] = {name: dict(row) for name, row in sorted(self.by.items())}
        return out


def _f1(hit: int, predicted: int, gold: int) -> dict[str, Any]:
    p, r = hit / predicted if predicted else 0.0, hit / gold if gold else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), "hit": hit, "predicted": predicted, "gold": gold}


def measure(errors: bool = False, ids: frozenset[str] = frozenset(), gold: Path = GOLD) -> dict[str, Any]:
    """Figures by split. With `errors` the tune split's errors are printed as they are met."""
    reader = Reader.load()
    splits = {"tune": Split(), "gate": Split()}
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if ids and (row["id"] not in ids or row["split"] != "tune"):
            continue
        text = row["text"]
        reading = reader.read(Document(id=row["id"], source=row["id"], text=text, publisher=row["publisher"]))
        found = [claim for claim in reading.attributions if claim.id != "A0"]
        also = aliases(reading)
        pairs = splits[row["split"]].add(text, row["attributions"], found, also)
        if errors and row["split"] == "tune":
            _show(row, found, pairs, also)
    return {name: split.figures() for name, split in splits.items()}


def _show(row: dict[str, Any], found: list[Claim], pairs: list[tuple[int, int]], also: Aliases) -> None:
    text, matched, lines = row["text"], dict(pairs), []
    for i, g in enumerate(row["attributions"]):
        if i not in matched:
            what = f"{g['speaker']} | {g['cue_text']} | {g['content_text']}"
            lines.append(f"  MISSED {what} [{g['kind']} {g['stance']}] {g['chain'][1:]}")
            continue
        f = found[matched[i]]
        wrong = [name for name, right in judged(text, g, f, also).items() if not right]
        values = {**{name: (g.get(name), getattr(f, name)) for name in wrong}}
        if "source" in wrong:
            values["source"] = (g["source_text"], f.source.of(text) if f.source else None)
        if "cue" in wrong:
            values["cue"] = (g["cue_text"], [c.of(text) for c in f.cue])
        if words(text, g["content"]) != words(text, f.content):
            values["content"] = (g["content_text"], [c.of(text) for c in f.content])
        if values:
            lines.append(f"  WRONG {g['speaker']} | {g['cue_text']}:")
            lines += [f"     {name}: {one[0]!r}  <>  {one[1]!r}" for name, one in values.items()]
    for j, f in enumerate(found):
        if j not in matched.values():
            cue, content = [c.of(text) for c in f.cue], [c.of(text) for c in f.content]
            lines.append(f"  ADDED {f.speaker} | {cue} | {content} [{f.kind} {f.stance}] {f.chain[1:]}")
    if lines:
        print(f"{row['id']} ({row['publisher']}): {text}", *lines, sep="\n", end="\n\n")


def main() -> None:
    """Prints the figures and, on request, keeps them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--ids", default="")
    parser.add_argument("--gold", type=Path, default=GOLD)
    arguments = parser.parse_args()
    figures = measure(arguments.errors, frozenset(filter(None, arguments.ids.split(","))), arguments.gold)
    for name, split in figures.items():
        if not split["passages"]:
            continue
        print(name, split["passages"], "passages")
        for label in ("found", "content", *LABELS):
            print(f"  {label:10}", *(f"{key} {value}" for key, value in split[label].items()))
        for label, row in split["recall"].items():
            print(f"    {label:28} n {row['n']:4}  found {row['found']:4}  right {row['right']:4}")
    if arguments.freeze and arguments.gold == GOLD:
        RUN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        sys.stdout.write(f"kept in {RUN.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
