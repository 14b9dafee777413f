"""The genre of a text, by rules over its labels, its turns and the share of argument, judgement and attribution."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..knowledge.genre import GenreCues
from ..records import Layout
from ..records.vocabulary import Genre
from .lines import plain

# A genre shows in the first part of a text; what comes after so many characters is not read.
_READ = 60_000
_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
_SENTENCE = re.compile(r"[^.!?]{3,}(?:[.!?]+|$)")
_QUOTED = re.compile(r'"[^"]{1,4000}"|(?<!\w)\'[^\'"]{20,600}\'(?!\w)')
_CLOCK = re.compile(r"\(?\d{1,2}[:.h]\d\d ?(?:[ap]\.?m\.?|gmt|utc|local time|[a-z]{2,4})?\b", re.IGNORECASE)
_TURN = re.compile(r"(?P<who>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4}(?: ?\([^)]{1,40}\))?) ?: +\S")
_LEAD = re.compile(r"(?P<label>[\w&' -]{3,24}?) ?(?::|\|| [-–—]) ")


class Voice(NamedTuple):
    """How the author speaks: words outside quotations; per 100 of them arguments, judgements, first persons; the share of
    sentences that rest on somebody else's word or stand in a quotation."""

    words: int
    argument: float
    judgement: float
    first_person: float
    attributed: float


def genre_of(
    text: str, layout: Layout, publisher: str | None, title: str | None, cues: GenreCues, url: str | None = None
) -> Genre:
    """The genre from the closed list; "report" where nothing speaks for another."""
    paragraphs = [plain(block.span.of(text)) for block in layout.blocks if block.kind == "paragraph"]
    if publisher and publisher.lower() in cues.satire_outlets:
        return "satire"
    label = _label(layout.section.value if layout.section else None, title, url, cues)
    if label == "satire" or label == "live-blog" or _count(_CLOCK, paragraphs) >= max(4, len(paragraphs) // 5):
        return "satire" if label == "satire" else "live-blog"
    turns = _turns(paragraphs, label)
    if turns is not None:
        return turns
    if label is not None:
        return label
    if _is_statement(title, paragraphs, cues):
        return "statement"
    return _by_voice(voice(paragraphs, cues), cues)


def voice(paragraphs: Sequence[str], cues: GenreCues) -> Voice:
    """The figures of the author's own voice over paragraphs of plain text."""
    whole = " ".join(paragraphs)[:_READ]
    own = _outside(paragraphs)
    words = [word.lower() for word in _WORD.findall(own)]
    count = max(1, len(words))
    sentences = _SENTENCE.findall(whole) or [whole]
    attributed = sum(
        '"' in sentence or not cues.reporting.isdisjoint(word.lower() for word in _WORD.findall(sentence))
        for sentence in sentences
    )
    return Voice(
        len(words),
        100 * _hits(cues.argument, own) / count,
        100 * _hits(cues.judgement, own) / count,
        100 * sum(word in ("i", "my", "me", "i'm", "i've", "i'd") for word in words) / count,
        attributed / len(sentences),
    )


def _by_voice(found: Voice, cues: GenreCues) -> Genre:
    at = cues.thresholds
    if found.words < at.words:
        return "report"
    argues = found.argument >= at.argument_strong or (found.argument >= at.argument and found.attributed <= at.attributed)
    if found.judgement >= at.judgement and found.attributed <= at.attributed and (argues or found.first_person > 0.3):
        return "opinion"
    if found.first_person >= at.first_person and found.attributed <= at.attributed:
        return "opinion"
    return "analysis" if argues else "report"


def _label(section: str | None, title: str | None, url: str | None, cues: GenreCues) -> Genre | None:
    for value in (section, title):
        if not value:
            continue
        low = plain(value).lower().strip()
        if low in cues.labels:
            return cues.labels[low]
        lead = _LEAD.match(low)
        if lead and lead["label"].strip() in cues.labels:
            return cues.labels[lead["label"].strip()]
    for part in (url or "").lower().split("/")[3:-1]:
        if part in cues.labels:
            return cues.labels[part]
    if title:
        low = plain(title).lower()
        for label, genre in cues.labels.items():
            if " " in label and genre in ("live-blog", "transcript", "interview") and label in low:
                return genre
            if genre == "editorial" and " " in label and low.startswith(label):
                return genre
    return None


def _turns(paragraphs: Sequence[str], label: Genre | None) -> Genre | None:
    """Interview or transcript, where paragraphs open with "NAME:", "Q:" again and again."""
    speakers = [match["who"] for match in map(_TURN.match, paragraphs) if match]
    enough = len(speakers) >= 4 and len(speakers) >= 0.3 * len(paragraphs) and len(set(speakers)) <= len(speakers) / 1.5
    if not enough:
        return label if label in ("interview", "transcript") else None
    if label in ("interview", "transcript"):
        return label
    return "interview" if len(set(speakers)) == 2 else "transcript"


def _is_statement(title: str | None, paragraphs: Sequence[str], cues: GenreCues) -> bool:
    if any(cues.statement_opens.match(head) for head in (plain(title or ""), *paragraphs[:2])):
        return True
    sentences = [s for paragraph in paragraphs[:40] for s in _SENTENCE.findall(paragraph[:3000])]
    we = sum(_states(sentence, cues) for sentence in sentences)
    return we >= 3 and we >= 0.3 * len(sentences)


def _states(sentence: str, cues: GenreCues) -> bool:
    words = [word.lower() for word in _WORD.findall(sentence)[:6]]
    return words[:1] == ["we"] and not cues.statement_verbs.isdisjoint(words)


def _outside(paragraphs: Sequence[str]) -> str:
    """The paragraphs without what stands in quotation marks; a paragraph whose mark is never closed is left out."""
    kept: list[str] = []
    size, open_mark = 0, False
    for paragraph in paragraphs:
        if size > _READ:
            break
        size += len(paragraph)
        rest = _QUOTED.sub(" ", paragraph[:_READ])
        odd = rest.count('"') % 2 == 1
        if open_mark or odd:
            # A quotation of several paragraphs: each opens, or only the first opens and the last closes.
            kept.append(rest.split('"')[0] if odd and not open_mark else "")
            open_mark = open_mark != odd
        else:
            kept.append(rest)
    return " ".join(kept)


def _hits(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _count(pattern: re.Pattern[str], lines: Sequence[str]) -> int:
    return sum(pattern.match(line) is not None for line in lines)
