"""A model file with its word pieces, opened: the one place that knows how onnxruntime and tokenizers are set up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import onnxruntime
from tokenizers import Tokenizer

from ..errors import ModelError

HERE = Path(__file__).parent
PIECES = "wordpieces.json"
T = TypeVar("T")


def opened(folder: Path, name: str, made_by: str, kept: Callable[[Mapping[str, str]], T]) -> tuple[Any, Tokenizer, T]:
    """The session of `folder / name`, its tokenizer, and what `kept` makes of the file's metadata. One thread.

    ModelError when a file is missing or cannot be read, or `kept` does not find what it needs; `made_by` is the script that
    makes the model.
    """
    model, pieces = folder / name, folder / PIECES
    for path in (model, pieces):
        if not path.is_file():
            raise ModelError(f"model file {path} is missing: install the package again, or make it with {made_by}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        # onnxruntime's fused sum and layer norm takes ten times as long as the two of them.
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
        tokenizer = Tokenizer.from_file(str(pieces))
        value = kept(session.get_modelmeta().custom_metadata_map)
    except Exception as error:  # onnxruntime and tokenizers raise classes of their own, bare Exception among them
        raise ModelError(f"model file {model} or {pieces} cannot be read ({error})") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return session, tokenizer, value
