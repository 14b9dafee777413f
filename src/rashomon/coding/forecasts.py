"""Statements about what will come about: whose, by when, on which condition, how sure.

words that look ahead → statement, condition and certainty of each → forecaster and horizon → one entry a statement
"""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.forecasts import ForecastWords
from ..records import Claim, Forecast, Pledge, Publication, Span
from .certainty import certainty
from .conditional import Conditions
from .forecast_grammar import Ahead
from .forecast_words import Foresight
from .horizon import Horizons
from .scene import Scene
from .whom import Whom


def find(
    scene: Scene, claims: Sequence[Claim], pledges: Sequence[Pledge], words: ForecastWords, published: Publication | None
) -> list[Forecast]:
    """Forecasts of the body in text order. What a side says that it will do itself is a pledge, a threat or a plan, and none."""
    whom = Whom(scene, claims)
    conditions = Conditions(scene, words.conditions, words.without)
    finder = Foresight(scene, words, whom, conditions, pledges)
    horizons = Horizons(scene, words, published)
    found: list[Forecast] = []
    for sentence in scene.syntax.sentences:
        if sentence.region != "body":
            continue
        for index in range(sentence.first, sentence.last):
            ahead = finder.at(index)
            if ahead is not None:
                found.append(_forecast(scene, ahead, words, whom, horizons))
    kept: list[Forecast] = []
    for forecast in sorted(found, key=lambda one: (-_stated(one).width, one.certainty_words is None, one.span)):
        if not any(_stated(forecast).overlaps(_stated(other)) for other in kept):
            kept.append(forecast)
    return sorted(kept, key=lambda one: (one.span, _stated(one)))


def _stated(forecast: Forecast) -> Span:
    return forecast.statement_span or forecast.span


def _cited(scene: Scene, cue: int | None, words: ForecastWords, whom: Whom) -> str | None:
    """Whose forecast a speaker passes on: "said, citing an intelligence assessment"."""
    if cue is None:
        return None
    grammar = scene.grammar
    citing = [at for at in (cue, *grammar.under(cue, "advcl", "conj")) if scene.tokens[at].lemma in words.citing]
    citing += [
        at for noun in grammar.under(cue, "nsubj") for at in grammar.under(noun, "acl") if scene.tokens[at].lemma in words.citing
    ]
    names = [name for at in citing for name in whom.names(grammar.under(at, "dobj"))]
    return names[0] if names else None


def _forecast(scene: Scene, ahead: Ahead, words: ForecastWords, whom: Whom, horizons: Horizons) -> Forecast:
    claim = scene.claim_over(scene.tokens[ahead.head].span)
    sure = certainty(scene, ahead, words)
    parts = [ahead.statement, *ahead.conditions[:1], *([sure.span] if sure is not None else [])]
    span = Span(min(part.start for part in parts), max(part.end for part in parts))
    own = (
        claim is not None
        and ahead.governor is not None
        and any(cue.overlaps(scene.tokens[ahead.governor].span) for cue in claim.cue)
    )
    cited = _cited(scene, ahead.cue, words, whom)
    forecaster = cited or (ahead.by[0] if ahead.by and not own else None)
    if forecaster is None and claim is not None:
        forecaster = claim.speaker
    return Forecast(
        span=span,
        forecaster=forecaster,
        statement=" ".join(ahead.statement.of(scene.text).split()),
        horizon=horizons.of(ahead.statement, ahead.cue, ahead.counts),
        condition=" ".join(ahead.conditions[0].of(scene.text).split()) if ahead.conditions else None,
        certainty_words=" ".join(sure.span.of(scene.text).split()) if sure is not None else None,
        attribution=claim.id if claim else None,
        certainty=sure.interval if sure is not None else None,
        statement_span=ahead.statement,
    )
