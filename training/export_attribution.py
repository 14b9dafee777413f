"""Makes the model file of the attribution tagger: a trained checkpoint to int8 ONNX, with its card.

    python training/export_attribution.py --data ../shared/data/attribution --run build/attribution --out build/attribution/model

Weights and activations are int8 with scales fixed on articles of the training part (static quantisation): scales worked out
at run time would depend on what else is in the batch. Compares the float and the int8 file on the dev part through the
program's own runtime and writes both figures into the card.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from attribution import BASE, CLS, GUIDELINES, HEADER, ROLES, SEP, Tagger, rows
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import nn

from rashomon.models.tagger import SIZE, SpanTagger
from rashomon.records import Span

OUTPUTS = ["tags", "points"]


class Graph(nn.Module):
    """The tagger as one graph: what it says of the pieces."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        tags, points = self.tagger(ids, mask)
        return tags, points


class Calibration(CalibrationDataReader):  # type: ignore[misc]
    """First windows of every few training articles."""

    def __init__(self, texts: list[str], tokenizer: Tokenizer) -> None:
        self._rows = self._windows(texts, tokenizer)

    def _windows(self, texts: list[str], tokenizer: Tokenizer) -> Iterator[dict[str, Any]]:
        for text in texts:
            pieces: list[int] = []
            for paragraph in text.split("\n"):
                found = tokenizer.encode(paragraph, add_special_tokens=False).ids
                pieces += [*found, SEP] if found else []
            ids = np.array([[CLS, GUIDELINES["polnear"], *pieces[: SIZE - HEADER], SEP]], np.int64)
            yield {"ids": ids, "mask": np.ones_like(ids)}

    def get_next(self) -> dict[str, Any] | None:
        return next(self._rows, None)


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
    for name, value in (("moves", tagger.transitions()), ("null", tagger.null), ("near", tagger.near)):
        entry = model.metadata_props.add()
        entry.key, entry.value = name, json.dumps([[round(x, 5) for x in row] for row in value.tolist()])
    onnx.save(model, str(path))


def scored(folder: Path, gold: Path) -> dict[str, Any]:
    """The scorer's figures for the model in `folder`, through the program's own runtime."""
    tagger = SpanTagger.load(folder)
    out = folder / "dev.jsonl"
    with out.open("w", encoding="utf-8") as file:
        for row in rows(gold):
            text = row["text"]
            found = [
                {"id": f"A{number}", "source": one.source[0] if one.source else None, "cue": one.cue, "content": one.content}
                for number, one in enumerate(tagger.tag(text, paragraphs(text), "polnear"), 1)
            ]
            file.write(json.dumps({"id": row["id"], "text": text, "attributions": found}, ensure_ascii=False) + "\n")
    score = gold.parents[2] / "score" / "score.py"
    done = subprocess.run([sys.executable, score, "attribution", gold, out, "--json"], capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def paragraphs(text: str) -> list[Span]:
    return [Span(*found.span()) for found in re.finditer(r"[^\n]+", text)]


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
    texts = [row["text"] for row in rows(args.data / "polnear.train.jsonl.gz")][::20]
    gold = args.data / "polnear.dev.jsonl"
    with tempfile.TemporaryDirectory() as name:
        floats, ints = Path(name) / "float", Path(name) / "int8"
        for folder in (floats, ints):
            folder.mkdir()
            tokenizer.save(str(folder / "wordpieces.json"))
        export(tagger, floats / "attribution.onnx")
        prepared = Path(name) / "prepared.onnx"
        quant_pre_process(str(floats / "attribution.onnx"), str(prepared), skip_symbolic_shape=True)
        # The second half of each feed-forward block has activations far out of range, attention multiplies two activations, and
        # the heads decide: rounding these costs four points, leaving them in float a tenth of one.
        names = [node.name for node in onnx.load(str(prepared)).graph.node if node.op_type == "MatMul"]
        kept = [name for name in names if "/self/MatMul" in name or "emit" in name or "point" in name]
        kept += [name for name in names if "output/dense" in name and "attention" not in name]
        quantize_static(
            str(prepared), str(ints / "attribution.onnx"), Calibration(texts, tokenizer), quant_format=QuantFormat.QDQ,
            per_channel=True, reduce_range=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax, op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=kept,
        )
        for folder in (floats, ints):
            keep_constants(tagger, folder / "attribution.onnx")
        whole, small = scored(floats, gold), scored(ints, gold)
        print(json.dumps({"float": short(whole), "int8": short(small)}, indent=1))
        for file in ("attribution.onnx", "wordpieces.json"):
            shutil.copy(ints / file, args.out / file)
    megabytes = round((args.out / "attribution.onnx").stat().st_size / 1e6, 1)
    card = {"dev, float": short(whole), "dev, int8": short(small), "megabytes": megabytes}
    (args.run / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
