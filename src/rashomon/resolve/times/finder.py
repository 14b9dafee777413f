"""Finding time expressions: the grammar run over the stretches of text that hold a word of time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...knowledge.times import TimeWords
from ...records import Expression, Layout, Span, Syntax
from ...records.vocabulary import Region
from .anchors import Anchors
from .clocks import clock_rules
from .dates import date_rules
from .days import day_rules
from .fragments import Fragments, either
from .joining import joined, ordinal_quarters, settle_numeric, share_years
from .names import Names
from .quotes import Quotes
from .refs import ref_rules
from .rule import DIGITS, Found, Rule, lead_of
from .spans import span_rules
from .tense import TenseWords, tense_of
from .years import year_rules

_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[A-Z0-9])|\n")
_REACH = 60
_CONTINUOUS = 400


class Grammar:
    """The rules, compiled once from the word lists; holds no state between calls."""

    def __init__(self, words: TimeWords) -> None:
        fragments = Fragments(words)
        self.rules: tuple[Rule, ...] = (
            *date_rules(fragments), *year_rules(fragments), *day_rules(fragments), *clock_rules(fragments),
            *span_rules(fragments), *ref_rules(fragments),
        )
        self._tenses = TenseWords(words)
        self._words = words
        self._names, self._quotes, self._anchors = Names(words), Quotes(words), Anchors(words)
        self._triggers = _trigger_words(words)
        self._not_times = re.compile(rf"(?<!\w){either(words.not_times)}(?!\w)", re.IGNORECASE)

    def expressions(self, text: str, layout: Layout, syntax: Syntax | None) -> tuple[Expression, ...]:
        """Expressions of the body and caption blocks, in text order, none overlapping another."""
        found: list[Expression] = []
        starts = [sentence.span.start for sentence in syntax.sentences] if syntax else []
        for index, block in enumerate(layout.blocks):
            if block.kind == "boilerplate" and block.boilerplate != "caption":
                continue
            region: Region = "body" if block.boilerplate is None else "boilerplate:caption"
            ends: list[int] | None = None
            for item in self._of_block(text, block.span):
                span = Span(item.start, item.end).trimmed(text)
                if syntax is not None and (item.meaning.at.part or item.meaning.at.decade or item.meaning.at.century):
                    span = _without_article(span, text, syntax)
                sentence = None
                if syntax is not None:
                    sentence = _parsed_sentence(span, syntax, starts)
                if sentence is None:
                    if ends is None:
                        ends = [m.end() for m in _SENTENCE_END.finditer(text, block.span.start, block.span.end)]
                    sentence = _sentence(span, block.span, ends)
                lead = lead_of(text, span.start)
                tense = tense_of(span, text, sentence, syntax, self._tenses, lead)
                if block.kind == "headline" and tense == "present":
                    tense = "past"  # a headline's present is the story's past
                if item.meaning.name == "FUTURE_REF" and tense == "past" and span.width < len("the future"):
                    continue  # "the city soon fell": a past that follows a past
                found.append(
                    Expression(
                        span=span, type=item.type, meaning=item.meaning, sentence=sentence, block=index, region=region,
                        third=item.third, bounded=item.bounded, tense=tense, lead=lead,
                    )
                )
        told = settle_numeric(share_years(found, text), text)
        return tuple(self._anchors.tied(self._quotes.marked(told, text, layout), text))

    def _of_block(self, text: str, block: Span) -> list[Found]:
        chosen: list[Found] = []
        for start, end, said in self._windows(text, block):
            chosen.extend(self._of_window(text, start, end, said))
        return chosen

    def _of_window(self, text: str, start: int, end: int, said: set[str]) -> list[Found]:
        barred = [match.span() for match in self._not_times.finditer(text, start, end)]
        matches: list[tuple[int, int, int, list[Found]]] = []
        for order, rule in enumerate(self.rules):
            if rule.needs and rule.needs.isdisjoint(said):
                continue
            for match in rule.pattern.finditer(text, start, end):
                if any(match.start() < b and a < match.end() for a, b in barred):
                    continue
                items = rule.build(match)
                if items:
                    matches.append((items[0].start, items[-1].end, order, items))
        matches.sort(key=lambda m: (-(m[1] - m[0]), m[0], m[2]))
        taken: list[tuple[int, int]] = []
        kept: list[Found] = []
        for first, last, _, items in matches:
            if not any(first < b and a < last for a, b in taken):
                taken.append((first, last))
                kept.extend(items)
        kept = [item for item in sorted(kept) if not self._names.holds(item, text)]
        return ordinal_quarters(joined(kept, text), text, self._words, end)

    def _windows(self, text: str, block: Span) -> Iterator[tuple[int, int, set[str]]]:
        """Stretches around the words that can begin or end an expression, cut at spaces and at a fair length; these words."""
        start = end = -1
        said: set[str] = set()
        for match in _WORD.finditer(text, block.start, block.end):
            if match[0][0].isdigit():
                word = DIGITS
                if len(match[0]) > 4 and not match[0].startswith(("19", "20")):
                    continue
            else:
                word = match[0].casefold()
                if word not in self._triggers:
                    continue
            low, high = max(block.start, match.start() - _REACH), min(block.end, match.end() + _REACH)
            if start >= 0 and (low > end or match.start() - start > _CONTINUOUS):
                cut = _snap(text, max(start, min(end, match.start() - 1)), start, block.end)
                yield start, min(cut, end) if cut > start else end, said
                start = -1
                said = set(said) if low <= end else set()
                low = max(low, min(end, match.start())) if low < end else low
            if start < 0:
                start = _snap(text, low, block.start, block.end)
            end = high
            said.add(word)
        if start >= 0:
            yield start, end, said


_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


def _without_article(span: Span, text: str, syntax: Syntax) -> Span:
    """ "the spring offensive": the article belongs to the noun."""
    article = _ARTICLE.match(text, span.start, span.end)
    last = syntax.token_at(span.end - 1)
    if article is None or last is None or syntax.tokens[last].dep not in ("compound", "amod", "nmod", "npadvmod"):
        return span
    return Span(article.end(), span.end) if last < syntax.tokens[last].head <= last + 4 else span


def _snap(text: str, at: int, low: int, high: int) -> int:
    """The nearest end of a word at or after `at`, so that no word is cut (looks at most 40 characters on)."""
    for position in range(at, min(high, at + 40)):
        if position == low or not text[position - 1].isalnum() or not text[position].isalnum():
            return position
    return at


def _trigger_words(words: TimeWords) -> frozenset[str]:
    lists = [
        *words.months, *words.month_abbreviations, *words.weekdays, *words.weekday_abbreviations, *words.units,
        *words.plurals, *words.seasons, *words.day_parts, *words.present, *words.present_adjectives, *words.past,
        *words.past_adjectives, *words.future, *words.future_adjectives, *words.feasts, *words.nth_weekdays,
        *words.from_easter, *words.orthodox_easter_words, *words.eid_words, *words.eid_al_adha_words, *words.eid_al_fitr_words,
        *words.ramadan_words, *words.hijri_months, *words.hijri_feasts, *words.fiscal_words, *words.zones, *words.named_days,
        *words.clock_words, "am", "pm", "clock", "yesterday", "today", "tonight",
        "tomorrow", "overnight", *words.set_words, "half", "time", "times", "period", "era", "while",
    ]
    single = {piece for word in lists for piece in _WORD.findall(word.casefold())}
    plural = {f"{day}s" for day in words.weekdays} | {"periods", "point"}
    return frozenset((single | plural) - frozenset(words.no_triggers))


def _parsed_sentence(span: Span, syntax: Syntax, starts: list[int]) -> Span | None:
    at = bisect_right(starts, span.start) - 1
    if at < 0 or span.start >= syntax.sentences[at].span.end:
        return None
    return syntax.sentences[at].span


def _sentence(span: Span, block: Span, ends: list[int]) -> Span:
    at = bisect_right(ends, span.start)
    return Span(ends[at - 1] if at else block.start, ends[at] if at < len(ends) else block.end)
