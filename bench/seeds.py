"""The open seed articles, read by the program and scored, beside an empty prediction and a second human coder.

    python bench/seeds.py [--freeze]

`--freeze` writes bench/runs/seeds.json and the table in docs/quality.md. Needs the corpora beside the checkout.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "data/seeds/gold"
DOC = ROOT / "docs/quality.md"
BEGIN, END = "<!-- seeds: made by bench/seeds.py -->", "<!-- end of seeds -->"
# Two articles coded blind by a second person, as the peers' page of the corpora gives it.
SECOND_CODER = {
    "seed_score": 84.4, "boilerplate": 100, "attribution_found": 85.7, "attribution_content": 95.7, "attribution_speaker": 96.7,
    "attribution_chain": 93.3, "attribution_kind": 93.3, "attribution_hedge": 83.3, "event_detection": 89.8,
    "event_typed": 81.0, "event_actor": 88.5, "event_recipient": 72.1, "event_modality": 92.5, "event_polarity": 100,
    "event_according_to": 93.7, "time_interval": 66.7, "place25": 82.8, "forecast": 53.8, "pledge": 85.7,
    "naming_span": 88.2, "control": 75.9,
}


def scored(rows: list[bytes]) -> dict[str, Any]:
    """The scorer's pooled figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "readings.jsonl"
        path.write_bytes(b"\n".join(rows) + b"\n")
        command = [sys.executable, str(SHARED / "score/score.py"), "seeds", str(GOLD), str(path), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    pooled: dict[str, Any] = json.loads(done.stdout)["pooled"]
    return pooled


def shown(value: Any) -> tuple[str, str]:
    """A figure in percent and what it counts."""
    if isinstance(value, dict) and "f1" in value:
        if value["f1"] is None:
            return "–", ""
        counts = f"{value['n_pred']} predicted, {value['n_gold']} gold"
        return f"{100 * value['f1']:.1f}", f"P {100 * value['p']:.1f}, R {100 * value['r']:.1f}; {counts}"
    if isinstance(value, dict) and "accuracy" in value:
        if value["accuracy"] is None:
            return "–", "no pair"
        return f"{100 * value['accuracy']:.1f}", f"{value['right']:g} of {value['n']:g}"
    return f"{100 * value:.1f}" if isinstance(value, float) else str(value), ""


def table(ours: dict[str, Any], empty: dict[str, Any]) -> str:
    lines = ["| figure | Rashomon | empty prediction | second coder | counts |", "|---|---|---|---|---|"]
    for name, value in ours.items():
        if name == "date_width_days":
            days = value["right"] / value["n"] if value["n"] else 0
            lines.append(f"| {name} (days, mean) | {days:.1f} | – | – | {value['n']} intervals |")
            continue
        figure, counts = shown(value)
        nothing = shown(empty[name])[0] if name in empty else "–"
        lines.append(f"| {name} | {figure} | {nothing} | {SECOND_CODER.get(name, '–')} | {counts} |")
    return "\n".join(lines)


def main() -> None:
    paths = sorted(str(path) for path in (SHARED / "data/seeds").glob("*.txt"))
    read = subprocess.run([sys.executable, "-m", "rashomon", "read", "--json", *paths], capture_output=True, check=True)
    rows = read.stdout.splitlines()
    bare = [json.dumps({key: json.loads(row)[key] for key in ("id", "text")}).encode() for row in rows]
    ours, empty = scored(rows), scored(bare)
    made = table(ours, empty)
    print(made)
    if "--freeze" in sys.argv:
        (ROOT / "bench/runs/seeds.json").write_text(json.dumps({"ours": ours, "empty": empty}, indent=1) + "\n")
        text = DOC.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        after = rest.split(END)[1]
        DOC.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
