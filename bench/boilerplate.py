"""How well the article is told from the furniture on the open HTML pages, beside trafilatura.

    python -m bench.boilerplate ../shared [--write]      prints the table; --write freezes it in bench/runs/boilerplate.json

Ours sees a page's text after its tags were stripped naively; trafilatura sees the HTML. Gold is the true article text,
which leaves the headline out: so the headline block of ours is left out too. Token figures are over multisets of
lower-cased words, the mean over pages. Every page of ours is read with a line model that was not trained on it:
"half" trains on the even pages and tests on the odd ones, "folds" is five-fold cross-validation over all.
"figcaptions" uses the shipped line model: what became of the lines that the HTML marks as figure captions.
"headline" is the share of pages whose headline block is the title of the page's own head.
"""

from __future__ import annotations

import argparse
import dataclasses
import html
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import trafilatura
from bench.pages import Page, naive_text, open_pages, words
from training.boilerplate import FOLDS, fit, is_english, samples

from rashomon.clean import lay_out
from rashomon.knowledge.boilerplate import Furniture, load_furniture
from rashomon.records import Document

RUN = Path(__file__).with_name("runs") / "boilerplate.json"
_TITLE = re.compile(
    r"""<meta[^>]+property=["']og:title["'][^>]+content=(?:"([^"]*)"|'([^']*)')|<title[^>]*>([^<]*)</title>""", re.IGNORECASE
)

_FIGCAPTION = re.compile(r"<figcaption[^>]*>(.{1,3000}?)</figcaption>", re.IGNORECASE | re.DOTALL)


def token_figures(gold: str, mine: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over word multisets."""
    wanted, got = Counter(words(gold)), Counter(words(mine))
    hit = sum((wanted & got).values())
    precision, recall = hit / max(1, sum(got.values())), hit / max(1, sum(wanted.values()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def ours(page: Page, furniture: Furniture) -> tuple[str, str | None]:
    """The paragraphs of the page's naive text, and its headline."""
    text = naive_text(page.html)
    layout = lay_out(Document(page.id, page.id, text), furniture)
    body = "\n".join(block.span.of(text) for block in layout.blocks if block.kind == "paragraph")
    return body, next((block.span.of(text) for block in layout.blocks if block.kind == "headline"), None)


def theirs(page: Page) -> str:
    """trafilatura's text with its usual settings."""
    return trafilatura.extract(page.html, include_comments=False) or ""


def summary(rows: Iterable[tuple[float, float, float]]) -> dict[str, float | int]:
    """Means over pages."""
    found = list(rows)
    names = ("precision", "recall", "f1")
    means = {name: round(sum(row[i] for row in found) / max(1, len(found)), 4) for i, name in enumerate(names)}
    return {"pages": len(found), **means}


def run(shared: Path) -> dict[str, object]:
    """The whole table."""
    furniture = load_furniture()
    pages = open_pages(shared)
    english = [is_english(page, furniture) for page in pages]
    found = [samples(i, page, furniture) if english[i] else [] for i, page in enumerate(pages)]

    def trained(keep: Callable[[int], bool]) -> Furniture:
        model = fit([item for i, part in enumerate(found) if keep(i) for item in part])
        return dataclasses.replace(furniture, model=model)

    folds = [trained(lambda i, fold=fold: i % FOLDS != fold) for fold in range(FOLDS)]  # type: ignore[misc]
    half = trained(lambda i: i % 2 == 0)
    mine = [ours(page, folds[i % FOLDS]) for i, page in enumerate(pages)]
    figures = [token_figures(page.article, body) for page, (body, _) in zip(pages, mine, strict=True)]
    odd = {i: token_figures(page.article, ours(page, half)[0]) for i, page in enumerate(pages) if i % 2}
    other = [token_figures(page.article, theirs(page)) for page in pages]
    titled = [_titled(page, headline) for page, (_, headline) in zip(pages, mine, strict=True)]
    return {
        "half": {
            "ours": summary(row for i, row in odd.items() if english[i]),
            "trafilatura": summary(row for i, row in enumerate(other) if i % 2 and english[i]),
        },
        "folds, English": {
            "ours": summary(row for i, row in enumerate(figures) if english[i]),
            "trafilatura": summary(row for i, row in enumerate(other) if english[i]),
        },
        "folds, all": {"ours": summary(figures), "trafilatura": summary(other)},
        "figcaptions": _figcaptions([page for i, page in enumerate(pages) if english[i]], furniture),
        "headline": {"pages": sum(english), "right": sum(hit for i, hit in enumerate(titled) if english[i])},
        "worst": {pages[i].id[:8]: round(figures[i][2], 3) for i in sorted(range(len(pages)), key=lambda i: figures[i][2])[:12]},
    }


def _figcaptions(pages: list[Page], furniture: Furniture) -> dict[str, int]:
    """Figure captions of five words or more that stand as lines of their own in the naive text, and what became of them."""
    counts = {"lines": 0, "kept_out": 0, "named": 0}
    for page in pages:
        wanted = {" ".join(words(line)) for part in _FIGCAPTION.findall(page.html) for line in naive_text(part).split("\n")}
        text = naive_text(page.html)
        for block in lay_out(Document(page.id, page.id, text), furniture).blocks:
            line = " ".join(words(block.span.of(text)))
            if len(line.split()) >= 5 and line in wanted:
                counts["lines"] += 1
                counts["kept_out"] += block.kind == "boilerplate"
                counts["named"] += block.boilerplate == "caption"
    return counts


def _titled(page: Page, headline: str | None) -> bool:
    match = _TITLE.search(page.html)
    if match is None or headline is None:
        return False
    wanted, got = set(words(html.unescape(next(group for group in match.groups() if group is not None)))), set(words(headline))
    return len(wanted & got) >= 0.7 * len(got) and len(wanted & got) >= 0.5 * len(wanted)


def main() -> None:
    """Print, and freeze when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    table = json.dumps(run(options.shared), indent=1)
    sys.stdout.write(table + "\n")
    if options.write:
        RUN.write_text(table + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
