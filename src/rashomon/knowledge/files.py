"""Reading a knowledge file: found beside this module, decoded, and checked against the type it must have."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from ..errors import KnowledgeError

T = TypeVar("T")
HERE = Path(__file__).parent
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """YAML as 1.2 has it: only true and false are booleans, so that the word "on" stays a word."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, rules in _Base.yaml_implicit_resolvers.items()
}


def load_yaml(path: Path, kind: type[T]) -> T:
    """The file's content as `kind`. KnowledgeError names the file and the key that breaks its rules."""
    try:
        with path.open(encoding="utf-8") as file:
            raw = yaml.load(file, Loader=_Loader)
    except FileNotFoundError as error:
        raise KnowledgeError(f"knowledge file {path} is missing: reinstall Rashomon or name another folder") from error
    except OSError as error:
        raise KnowledgeError(f"knowledge file {path} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValueError) as error:
        # ValueError: a day that no calendar has, a sign that is no UTF-8.
        raise KnowledgeError(f"knowledge file {path} is not valid YAML: {error}") from error
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"knowledge file {path}: {error}") from error
