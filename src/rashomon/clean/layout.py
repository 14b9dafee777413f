"""The text laid out: which blocks are the article, which are furniture of which kind, and the clues that both hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..knowledge.boilerplate import Furniture
from ..records import Block, Document, Layout
from ..records.vocabulary import BoilerplateKind
from .captions import Setting, cues, is_caption, marks, years
from .chain import article_lines, drop_after_close, one_run, scores
from .clues import SECTION, clues
from .features import NAMES, features
from .headline import find_headline, masthead
from .kinds import kind_of
from .lines import Piece, cut
from .phrases import LONGEST, Wording, is_clock, is_date, wording

# The signature under a post: "- Name (@name) May 4, 2017".
_SIGNED = re.compile(r"(?:^|[\s.!?])[—–-] ?[^()]{1,60} \(@\w{1,20}\)(?: [A-Z][a-z]{2,8} \d{1,2}, \d{4})?$")
# A live report has at least so many entries headed by a time of day.
_ENTRIES = 3
_PROSE, _LOOSE = NAMES.index("prose"), NAMES.index("loose")


def lay_out(document: Document, phrases: Furniture) -> Layout:
    """The document's blocks and clues. Any text works; time is linear in its length.

    Blocks are in order, do not overlap, and cover every non-space character exactly once. The carrier's title,
    publisher and author win over those read in the text.
    """
    pieces = cut(document.text, phrases)
    if not pieces:
        return clues(document, (), phrases)
    lines = [piece.plain for piece in pieces]
    wordings = [_worded(piece, phrases) for piece in pieces]
    rows = features(lines, wordings, phrases)
    prose = [bool(value) for value in rows[:, _PROSE]]
    forced: list[bool | None] = [False if item.kind else None for item in wordings]
    article = article_lines(scores(rows, phrases.model), forced, phrases.model.switch)
    sizes = [len(piece.plain) if prose[i] else 0 for i, piece in enumerate(pieces)]
    loose = [bool(value) for value in rows[:, _LOOSE]]
    article = one_run(article, sizes, loose)
    drop_after_close(article, sizes, loose, [item.closes for item in wordings])
    if not any(article):
        # Nothing looks like running text: rather a list kept than a short dispatch lost.
        article = [item.kind is None for item in wordings]
    _keep_inside(article, pieces, wordings, prose, phrases)
    captions = _captions(document.text, pieces, article, prose, wordings, phrases)
    for i in captions:
        article[i] = False
    _drop_section_line(article, pieces, prose)
    headline = find_headline(document.title, pieces, article, wordings, captions)
    for i in masthead(headline, pieces, article, phrases.outlet_words):
        article[i] = False
    inside = [i for i, mine in enumerate(article) if mine]
    bounds = (inside[0], inside[-1]) if inside else (len(pieces), -1)
    blocks = []
    for i, piece in enumerate(pieces):
        if i == headline:
            blocks.append(Block(piece.span, "headline"))
        elif article[i]:
            blocks.append(Block(piece.span, "paragraph"))
        else:
            kind: BoilerplateKind = "caption" if i in captions else kind_of(i, pieces, bounds, wordings, headline, phrases)
            blocks.append(Block(piece.span, "boilerplate", kind))
    return clues(document, tuple(blocks), phrases)


def _worded(piece: Piece, phrases: Furniture) -> Wording:
    if piece.kind is not None:
        return Wording(piece.kind, piece.kind not in ("caption", "byline", "promo"), 0)
    return wording(piece.plain, phrases)


def _keep_inside(
    article: list[bool], pieces: Sequence[Piece], wordings: Sequence[Wording], prose: Sequence[bool], phrases: Furniture
) -> None:
    """What only looks like furniture inside an article: a subheading that menus hold too ("Security"), the clock of a
    live report's entry, a post from a social network with its signature."""
    clocks = [i for i in range(len(article) - 1) if article[i + 1] and is_clock(pieces[i].plain)]
    for i in clocks if len(clocks) >= _ENTRIES else ():
        article[i] = True
    for i in range(1, len(article) - 1):
        line = pieces[i].plain
        if article[i - 1] and article[i + 1] and prose[i - 1] and prose[i + 1] and not article[i]:
            article[i] = wordings[i].kind == "navigation" or (wordings[i].kind == "byline" and is_date(line, phrases))
        elif len(line) < LONGEST and _SIGNED.search(line) and any(article[i + 1 : i + 5]) and any(article[max(0, i - 4) : i]):
            article[i] = True
            if len(line.split()) <= 12 and wordings[i - 1].kind is None:
                article[i - 1] = True


def _drop_section_line(article: list[bool], pieces: Sequence[Piece], prose: Sequence[bool]) -> None:
    """ "In World News" above the article is the blog engine's "posted in", not a heading of the article's."""
    for i in range(min(len(article), 12)):
        if prose[i]:
            return
        if SECTION.fullmatch(pieces[i].plain):
            article[i] = False


def _captions(
    text: str,
    pieces: Sequence[Piece],
    article: Sequence[bool],
    prose: Sequence[bool],
    wordings: Sequence[Wording],
    phrases: Furniture,
) -> set[int]:
    inside = [i for i, mine in enumerate(article) if mine]
    paragraphs = [i for i in inside if prose[i] or len(pieces[i].plain) > 160]
    if not paragraphs:
        return set()
    raw = {i: pieces[i].span.of(text) for i in inside}
    counts = {i: marks(raw[i]) for i in inside}
    curly, straight = (sum(count[side] for count in counts.values()) for side in (0, 1))
    latest = max((year for i in inside for year in years(pieces[i].plain)), default=0)
    found: set[int] = set()
    for i, piece in enumerate(pieces):
        if wordings[i].kind is not None and article[i] is False:
            continue
        own = raw.get(i, "")
        setting = Setting(i <= paragraphs[0], latest, curly, straight)
        seen = cues(own or piece.span.of(text), piece.plain, setting, phrases)
        if i == 0 and not prose[i] and "credit" not in seen:
            continue  # the first line of a text is its headline sooner than a caption
        if is_caption(seen, setting, phrases) and len(piece.plain.split()) >= 4:
            found.add(i)
    # A text of captions alone (a photo essay) is its own article.
    return found if len(found.intersection(paragraphs)) < len(paragraphs) else set()
