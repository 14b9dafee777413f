"""How long `rashomon --help` takes, wall clock, a fresh process each time: the median must stay under 0.3 seconds.

    python bench/help.py [--repeat 9] [--freeze]

Exit status 1 when it does not. `--freeze` keeps the figures in bench/runs/help.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

RUN = Path(__file__).resolve().parent / "runs" / "help.json"
LIMIT = 0.3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--freeze", action="store_true")
    arguments = parser.parse_args()
    program = shutil.which("rashomon", path=str(Path(sys.executable).parent)) or "rashomon"
    seconds = []
    for _ in range(arguments.repeat + 1):
        start = time.perf_counter()
        subprocess.run([program, "--help"], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    warm = seconds[1:]  # the first run reads the files from disk
    figures = {"first": round(seconds[0], 3), "median": round(median(warm), 3), "worst": round(max(warm), 3), "limit": LIMIT}
    text = json.dumps(figures, indent=1) + "\n"
    print(text, end="")
    if arguments.freeze:
        RUN.write_text(text, encoding="utf-8")
    return 0 if median(warm) < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
