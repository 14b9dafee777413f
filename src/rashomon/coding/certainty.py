"""How sure: the words nearest to what is foretold, and their interval on the published scale of `knowledge/forecasts.yaml`."""

from __future__ import annotations

import re

import msgspec

from ..knowledge.forecasts import ForecastWords
from ..records import Span
from .forecast_grammar import Ahead
from .scene import Scene

_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent)", re.I)
_ODDS = re.compile(r"\b(\w+)\s+(?:in|out of)\s+(\w+)\b", re.I)


class Sure(msgspec.Struct, frozen=True):
    """The words and their interval of probability, 0 to 1; None where the scale has no such word."""

    span: Span
    interval: tuple[float, float] | None


def certainty(scene: Scene, ahead: Ahead, words: ForecastWords) -> Sure | None:
    """The certainty of the forecast; None where no word says how sure it is."""
    if ahead.measure is not None:
        return Sure(ahead.measure, _interval(ahead.measure.of(scene.text), words))
    near = [at for at in ahead.certain if at is not None]
    if not near:
        return None
    best = min(near, key=lambda at: (abs(at - ahead.head), at))
    first, last = best, best
    while (
        first - 1 >= 0 and scene.tokens[first - 1].text.lower() in words.degrees and scene.tokens[first - 1].head in {best, first}
    ):
        first -= 1
    negated = [at for at in scene.grammar.under(best, "neg") if at < best and best - at <= 3]
    if negated and scene.tokens[best].pos == "VERB":
        first = min(first, *negated, *(at for at in scene.grammar.under(best, "aux") if best - at <= 3))
    if (
        scene.tokens[best].text.lower() == "bound"
        and best + 1 < len(scene.tokens)
        and scene.tokens[best + 1].text.lower() == "to"
    ):
        last = best + 1
    span = scene.syntax.span(first, last)
    return Sure(span, _interval(span.of(scene.text), words))


def _interval(text: str, words: ForecastWords) -> tuple[float, float] | None:
    share = _SHARE.search(text)
    if share is not None and float(share[1]) <= 100:
        value = round(float(share[1]) / 100, 4)
        return value, value
    odds = _ODDS.search(text)
    if odds is not None:
        parts = [int(part) if part.isdigit() else words.numbers.get(part.lower(), 0) for part in odds.groups()]
        if 0 < parts[0] <= parts[1]:
            value = round(parts[0] / parts[1], 4)
            return value, value
    return words.scale.get(" ".join(text.lower().split()))
