"""Reading a knowledge file: found beside this module, decoded, and checked against the type it must have."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from ..errors import KnowledgeError

T = TypeVar("T")
HERE = Path(__file__).parent
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path, kind: type[T]) -> T:
    """The file's content as `kind`. KnowledgeError names the file and the key that breaks its rules."""
    try:
        with path.open(encoding="utf-8") as file:
            raw = yaml.load(file, Loader=_Loader)
    except FileNotFoundError as error:
        raise KnowledgeError(f"knowledge file {path} is missing: reinstall Rashomon or name another folder") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"knowledge file {path} is not valid YAML: {error}") from error
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"knowledge file {path}: {error}") from error
