"""Copied text among 10,000 documents with planted copies: what is found, what is found wrongly, how fast.

    python bench/reuse.py CORPORA --ledger [--seed 2] [--documents 10000] [--pairs FILE] > bench/runs/reuse.txt

The documents are the open corpora's texts, 600 copies of each kind made of them, and fillers: texts of the corpora in which every
third word is another text's, so that they share nothing with anybody. Thresholds were set with seed 1. Of the Reader only the
layout runs (what is article, what page furniture), not timed; the address' host is the publisher. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from rensa import RMinHash, RMinHashLSH

from rashomon.clean.layout import lay_out
from rashomon.knowledge.boilerplate import Furniture, load_furniture
from rashomon.knowledge.lineage import load_lineage
from rashomon.ledger import open_ledger
from rashomon.link import print_of, trace
from rashomon.records import Document, MadeBy, Metadata, Publication, RawDocument, Reading, Reuse
from rashomon.tracing import Tracer

FILES = (
    ("linking/gvc.train.jsonl", "text"), ("linking/gvc.dev.jsonl", "text"), ("linking/gva.first.jsonl.gz", "text"),
    ("linking/ecbplus.topics01-35.jsonl.gz", "text"), ("attribution/polnear.dev.jsonl", "text"),
    ("attribution/polnear.train.jsonl.gz", "text"), ("html/pages.open.jsonl.gz", "article"), ("news/fakes.jsonl", "text"),
    ("places/lgl.first.jsonl", "text"), ("places/trnews.jsonl", "text"), ("places/geovirus.jsonl", "text"),
)
PLANTED = 600
KINDS = ("light edit", "half rewritten", "three sentences")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[\"“A-Z])|\n+")
WORD = re.compile(r"[^\W_]+")


class Text(msgspec.Struct, frozen=True):
    """One document; `source` is the id of what it was made of, `kind` how."""

    id: str
    text: str
    publisher: str | None = None
    day: str | None = None
    source: str | None = None
    kind: str | None = None


def corpus(folder: Path) -> Iterator[Text]:
    """The open corpora's texts of at least 60 words, each text once."""
    seen: set[str] = set()
    for name, field in FILES:
        path = folder / name
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for row in map(json.loads, file):
                text = row[field].replace("\r", "")
                folded = " ".join(text.split())
                if folded in seen or len(folded.split()) < 60:
                    continue
                seen.add(folded)
                address = str(row.get("url") or "").rpartition("/http")[2]
                host = urlsplit("http" + address if address.startswith(("://", "s://")) else address).hostname
                day = str(row.get("date") or "")[:10]
                dated = day if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else None
                yield Text(str(row["id"]), text, row.get("publisher") or row.get("source") or host, dated)


def sentences(text: str) -> list[str]:
    """The text's sentences of at least five words."""
    return [each.strip() for each in SENTENCE.split(text) if each and len(each.split()) >= 5]


def lightly(text: str, words: list[str], dice: random.Random) -> str:
    """One word in sixteen changed, left out or put in; sometimes the last sentence gone."""
    kept = sentences(text)
    if dice.random() < 0.5 and len(kept) > 3:
        kept.pop()
    return "\n".join(_edited(each, words, dice, 1 / 16) for each in kept)


def half(text: str, words: list[str], dice: random.Random) -> str:
    """Half of the sentences told anew (two fifths of the words others, pieces in another order), the others lightly edited."""
    kept = sentences(text)
    again = set(dice.sample(range(len(kept)), len(kept) // 2))
    return "\n".join(
        _retold(each, words, dice) if at in again else _edited(each, words, dice, 1 / 40) for at, each in enumerate(kept)
    )


def quoting(text: str, host: str, dice: random.Random) -> str:
    """Three sentences of the text, in quotation marks, inside the other text."""
    kept, own = sentences(text), sentences(host)
    at = dice.randrange(len(kept) - 2)
    own.insert(dice.randrange(len(own)), "“" + " ".join(kept[at : at + 3]).replace("“", "‘").replace("”", "’") + "”")
    return "\n".join(own)


def _edited(sentence: str, words: list[str], dice: random.Random, rate: float) -> str:
    found = []
    for word in sentence.split(" "):
        if dice.random() >= rate:
            found.append(word)
            continue
        do = dice.random()
        if do < 0.5:
            found.append(dice.choice(words))
        elif do < 0.75:
            found += [word, dice.choice(words)]
    return " ".join(found)


def _retold(sentence: str, words: list[str], dice: random.Random) -> str:
    own = [dice.choice(words) if dice.random() < 0.4 else word for word in sentence.split(" ")]
    parts = [own[at : at + 5] for at in range(0, len(own), 5)]
    dice.shuffle(parts)
    return " ".join(word for part in parts for word in part)


def filler(text: str, words: list[str], dice: random.Random) -> str:
    """The text with every third word another's."""
    def other(line: str) -> str:
        return " ".join(dice.choice(words) if at % 3 == 2 else word for at, word in enumerate(line.split(" ")))

    return "\n".join(other(line) for line in text.split("\n"))


def planted(base: list[Text], count: int, seed: int) -> list[Text]:
    """The base texts, the copies, and as many fillers as make up `count`; shuffled."""
    dice = random.Random(seed)
    words = [word for text in dice.sample(base, min(400, len(base))) for word in WORD.findall(text.text)]
    fit = [text for text in base if len(sentences(text.text)) >= 6 and len(text.text.split()) >= 100]
    each = min(PLANTED, len(fit) // 4)
    chosen = dice.sample(fit, 3 * each)
    made = list(base)
    for at, source in enumerate(chosen):
        kind = KINDS[at // each]
        host = filler(dice.choice(fit).text, words, dice)
        if kind == "three sentences":
            text = quoting(source.text, host, dice)
        else:
            text = (lightly if kind == "light edit" else half)(source.text, words, dice)
        made.append(Text(f"planted-{at:05}", text, f"copier{at % 50}", None, source.id, kind))
    while len(made) < count:
        model = dice.choice(base)
        made.append(Text(f"filler-{len(made):05}", filler(model.text, words, dice), model.publisher, None, None, "filler"))
    dice.shuffle(made)
    return made


def reading(text: Text, furniture: Furniture) -> Reading:
    """The text as a reading of its layout alone: article and page furniture told apart."""
    layout = lay_out(Document(text.id, text.id, text.text, publisher=text.publisher), furniture)
    published = Publication(text.day, text.day, "stated") if text.day else Publication(None, None, "unknown")
    about = Metadata(None, text.publisher, None, published, "en", "report")
    return Reading(
        id=text.id, source=text.id, text=text.text, text_sha256="", made_by=MadeBy("", "", ""), document=about,
        body=layout.body, boilerplate=layout.boilerplate, attributions=(), events=(), quantities=(), entities=(), places=(),
        times=(),
    )


def rensa_alone(texts: list[Text]) -> tuple[set[tuple[str, str]], float]:
    """The pairs that rensa's own index finds over runs of three words, and the seconds it takes."""
    begun = time.process_time()
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    found: set[tuple[str, str]] = set()
    for number, text in enumerate(texts):
        words = text.text.lower().split()
        one = RMinHash(num_perm=128, seed=1)
        one.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
        found.update((min(text.id, texts[other].id), max(text.id, texts[other].id)) for other in index.query(one))
        index.insert(number, one)
    return found, time.process_time() - begun


def main() -> None:
    """Print recall by kind, what else was found, labels, speed and memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--pairs", type=Path, help="where to write what was found that nobody planted, a pair a line")
    parser.add_argument("--ledger", action="store_true", help="trace in a ledger as well (minutes)")
    arguments = parser.parse_args()
    base = list(corpus(arguments.corpora))
    texts = planted(base, arguments.documents, arguments.seed)
    furniture = load_furniture()
    readings = [reading(text, furniture) for text in texts]
    rules = load_lineage()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    prints = [print_of(each.id, each, rules) for each in readings]
    middle = time.process_time()
    found, lines = trace(prints, rules)
    ended = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    alone, alone_seconds = rensa_alone(texts)

    by_id = {text.id: text for text in texts}
    pairs = {(each.a, each.b): each for each in found}
    fillers = sum(text.kind == "filler" for text in texts)
    length = sum(len(text.text.split()) for text in texts) // len(texts)
    print(f"{len(texts):,} documents: {len(base):,} texts of the open corpora, {len(texts) - len(base) - fillers:,} planted"
          f" copies, {fillers:,} fillers; seed {arguments.seed}; {length} words each")
    for kind in KINDS:
        wanted = [(min(t.id, t.source or ""), max(t.id, t.source or "")) for t in texts if t.kind == kind]
        hits = [pairs[pair] for pair in wanted if pair in pairs]
        labels = ", ".join(f"{count} {label}" for label, count in Counter(each.kind for each in hits).most_common())
        print(f"{kind:16} found {len(hits)} of {len(wanted)} = {len(hits) / len(wanted):.4f}"
              f"  (rensa alone {sum(pair in alone for pair in wanted) / len(wanted):.4f})  as {labels}")
    report_others(found, by_id, arguments.pairs)
    print(f"lines that a publisher repeats: {len(lines)}, over {sum(line.documents for line in lines):,} uses")
    print(f"prints {len(texts) / (middle - begun):,.0f} documents a second, comparing {len(texts) / (ended - middle):,.0f},"
          f" both {len(texts) / (ended - begun):,.0f}; rensa alone, without looking at what it found,"
          f" {len(texts) / alone_seconds:,.0f}")
    signs = sum(len(one.signs) for one in prints) / len(prints)
    print(f"signs {signs:.0f} a document; peak memory {memory / 1024:,.0f} MB, of which"
          f" the texts and the program {before / 1024:,.0f} MB")
    if arguments.ledger:
        in_a_ledger(texts, readings)


def in_a_ledger(texts: list[Text], readings: list[Reading]) -> None:
    """Print what tracing takes in a ledger: all but a hundred documents at once, then these one by one."""
    tracer = Tracer.load()
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder, "war.db"), create=True) as ledger:
        writer, traces = ledger.writer(), ledger.traces()
        known: list[tuple[str, Reading]] = []
        for text, held in zip(texts, readings, strict=True):
            document = Document(text.id, text.id, text.text)
            held = msgspec.structs.replace(held, text_sha256=document.text_sha256)
            raw = RawDocument(text.id, text.id, "text/plain", text.text.encode())
            writer.store(raw, document, held, state="read")
            known.append((document.key, held))
        bare = Path(folder, "war.db").stat().st_size
        first, last = known[:-100], known[-100:]
        begun = time.process_time()
        for at in range(0, len(first), 200):
            tracer.keep(traces, tracer.entries(first[at : at + 200]))
        middle = time.process_time()
        tracer.settle(ledger)
        whole = time.process_time() - begun
        seconds = []
        for each in last:
            started = time.process_time()
            tracer.keep(traces, tracer.entries([each]))
            tracer.settle(ledger)
            seconds.append(time.process_time() - started)
        view = ledger.view()
        same = (list(view.reuses()), list(view.repeated_lines())) == tracer.trace(known)
        ledger.compact()
        size = Path(folder, "war.db").stat().st_size
    mean = (size - bare) / len(texts) / 1024
    print(f"in a ledger: {len(first):,} documents at once {len(first) / whole:,.0f} a second (signs kept in"
          f" {middle - begun:.0f} s of {whole:.0f}); then one by one {1000 * sorted(seconds)[50]:.0f} ms each, the slowest"
          f" {1000 * max(seconds):.0f} ms; {mean:.1f} kB a document; as all at once in memory: {same}")


def report_others(found: list[Reuse], by_id: dict[str, Text], path: Path | None) -> None:
    """What was found beside the planted pairs: with fillers (false for certain), between copies of one text or of texts that
    themselves share (implied), and between the corpora's own texts."""
    family = {text.id: text.source or text.id for text in by_id.values()}
    own = {(each.a, each.b) for each in found}
    kinds: Counter[str] = Counter()
    natural: list[Reuse] = []
    strange: list[Reuse] = []
    for each in found:
        a, b = by_id[each.a], by_id[each.b]
        if family[each.a] == family[each.b]:
            kinds["planted or between copies of one text"] += 1
        elif "filler" in (a.kind, b.kind):
            kinds["false: with a filler"] += 1
            strange.append(each)
        elif a.kind is None and b.kind is None:
            natural.append(each)
        else:
            roots = sorted((family[each.a], family[each.b]))
            implied = (roots[0], roots[1]) in own
            kinds["implied by two texts that share" if implied else "false: a copy with a stranger"] += 1
            strange += [] if implied else [each]
    for kind, count in sorted(kinds.items()):
        print(f"  {count:6,} {kind}")
    longest = Counter(
        "over 40 words" if words > 40 else "25 to 40 words" if words >= 25 else "16 to 24 words"
        for words in (max(passage.words for passage in each.passages) for each in natural)
    )
    print(f"  {len(natural):6,} between texts of the corpora: longest passage " + ", ".join(
        f"{kind} in {count:,}" for kind, count in sorted(longest.items())
    ))
    if path is not None:
        with path.open("w", encoding="utf-8") as file:
            for each in [*natural, *strange]:
                texts = [[p.words, p.kind, p.a.of(by_id[each.a].text), p.b.of(by_id[each.b].text)] for p in each.passages]
                about = [by_id[each.a].publisher, by_id[each.b].publisher, by_id[each.a].day, by_id[each.b].day]
                file.write(json.dumps([each.kind, each.a, each.b, about, each.share_a, each.share_b, texts]) + "\n")


if __name__ == "__main__":
    sys.exit(main())
