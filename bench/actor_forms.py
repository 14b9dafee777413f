"""Every surface form of an actor in the seed articles, with whom it was taken to mean, beside a judgement by eye.

    python bench/actor_forms.py [--write] [--wrong] [--propose]

The judgement (bench/actor_forms.yaml) gives, for each article and form, the ids it should mean, each with how many of its
occurrences; `open` is a form that is rightly tied to nobody known: its entity is a description of its own (an id that begins
with "some-") or there is none. An occurrence is right when its entity is the one judged; where a form means several, as many
are right as both have. A form is right when all of its occurrences are. `--wrong` prints the wrong ones, `--propose` rows for
what is not judged yet. `--write` puts the table between its marks in docs/quality.md: forms only, no sentence of the articles.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import yaml

from rashomon.reader import Reader
from rashomon.records import Document

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "data" / "seeds"
JUDGED = ROOT / "bench" / "actor_forms.yaml"
PAGE = ROOT / "docs" / "quality.md"
MARKS = "<!-- actor forms: made by bench/actor_forms.py -->", "<!-- end of actor forms -->"
OPEN = "open"
# What a pronoun can be: told apart in the figures, since it names nobody.
PRONOUNS = frozenset(["he", "him", "his", "she", "her", "hers", "it", "its", "itself", "they", "them", "their", "theirs"])
Forms = dict[str, dict[str, Counter[str]]]


def read() -> tuple[Forms, dict[str, tuple[str, str]]]:
    """By article and form (lower case, its white space single) the ids and how often; and each id's name and kind."""
    reader = Reader.load()
    found: Forms = {}
    known: dict[str, tuple[str, str]] = {}
    for path in sorted(SEEDS.glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        forms = found.setdefault(path.stem[:3], {})
        reading = reader.read(Document(path.stem, str(path), text))
        for entity in reading.entities:
            some = entity.id.startswith("some-")
            known.setdefault(OPEN if some else entity.id, ("left open", "") if some else (entity.name, entity.kind))
            for span in entity.mentions:
                form = " ".join(span.of(text).lower().split())
                forms.setdefault(form, Counter())[OPEN if some else entity.id] += 1
    return found, known


def judged() -> Forms:
    """The same from the file."""
    raw = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    return {
        str(article): {str(form): Counter({who: 1} if isinstance(who, str) else who) for form, who in forms.items()}
        for article, forms in raw.items()
    }


def measure(found: Forms, gold: Forms) -> tuple[dict[str, Counter[str]], list[tuple[str, str, Counter[str], Counter[str]]]]:
    """Counts by group (names and descriptions, pronouns), and the wrong rows: article, form, found, judged."""
    counts = {"names and descriptions": Counter[str](), "pronouns": Counter[str]()}
    wrong = []
    for article in sorted(set(found) | set(gold)):
        for form in sorted(set(found.get(article, {})) | set(gold.get(article, {}))):
            here, want = found.get(article, {}).get(form, Counter()), gold.get(article, {}).get(form, Counter())
            if sum(want.values()) == 1 and len(want) == 1:  # one id for all occurrences
                want = Counter({next(iter(want)): max(1, sum(here.values()))})
            missing = sum(want.values()) - sum(here.values())
            if missing > 0 and want[OPEN] > here[OPEN]:
                here = here + Counter({OPEN: min(missing, want[OPEN] - here[OPEN])})  # no mention at all is left open too
            right, total = sum((here & want).values()), max(sum(here.values()), sum(want.values()))
            group = counts["pronouns" if form in PRONOUNS else "names and descriptions"]
            group.update(forms=1, forms_right=int(right == total), mentions=total, mentions_right=right, left_open=here[OPEN],
                         rightly_open=min(here[OPEN], want[OPEN]))
            if right < total:
                wrong.append((article, form, here, want))
    return counts, wrong


def table(found: Forms, gold: Forms, known: dict[str, tuple[str, str]]) -> str:
    """Figures, the actors with their forms over all articles, and the wrong forms."""
    counts, wrong = measure(found, gold)
    lines = ["", "| | forms | right | mentions | right | left open | rightly |", "|---|---|---|---|---|---|---|"]
    for name, one in counts.items():
        lines.append(f"| {name} | {one['forms']} | {one['forms_right']} | {one['mentions']} | {one['mentions_right']} | "
                     f"{one['left_open']} | {one['rightly_open']} |")
    lines += ["", "A form is counted once an article. Forms by actor, with their count where above one; pronouns left out:", "",
              "| actor | kind | forms |", "|---|---|---|"]
    by: dict[str, Counter[str]] = {}
    for forms in found.values():
        for form, who in forms.items():
            for one, count in who.items():
                if form not in PRONOUNS:
                    by.setdefault(one, Counter())[form] += count
    for one in sorted(by, key=lambda key: (key == OPEN, known[key][0].lower())):
        shown = ", ".join(form + (f" {count}" if count > 1 else "") for form, count in sorted(by[one].items()))
        lines.append(f"| {known[one][0]} | {known[one][1]} | {shown} |")
    lines += ["", "Wrong (article: form, found → judged): " + ("; ".join(
        f"{article}: {form}, {_told(here)} → {_told(want)}" for article, form, here, want in wrong) or "none") + ".", ""]
    return "\n".join(lines)


def _told(who: Counter[str]) -> str:
    return ", ".join(f"{one} {count}" for one, count in sorted(who.items())) or "nobody"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--write", "--wrong", "--propose"):
        parser.add_argument(option, action="store_true")
    chosen = parser.parse_args()
    found, known = read()
    gold = judged() if JUDGED.exists() else {}
    if chosen.propose:
        for article, forms in found.items():
            print(f'"{article}":')
            for form, who in sorted(forms.items()):
                if form not in gold.get(article, {}):
                    several = ", ".join(f"{one}: {count}" for one, count in who.items())
                    key = yaml.safe_dump(form, width=1000, allow_unicode=True).splitlines()[0]
                    print(f"  {key}: {next(iter(who)) if len(who) == 1 else '{' + several + '}'}")
        return
    counts, wrong = measure(found, gold)
    if chosen.wrong:
        for article, form, here, want in wrong:
            print(f"{article} {form!r}: {_told(here)} -> {_told(want)}")
    for name, one in counts.items():
        print(name, dict(one))
    if chosen.write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(MARKS[0])
        PAGE.write_text(f"{before}{MARKS[0]}\n{table(found, gold, known)}\n{MARKS[1]}{rest.split(MARKS[1])[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
