"""One document: the stages in order. `Reader.load().read(document) -> Reading`.

    lay_out → annotate → find times → date → resolve times, places, actors → tag → attribute → code
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from .annotate import Annotator
from .attribute import attribute
from .clean import describe, lay_out
from .clean.dating import date_document
from .coding import code
from .knowledge.boilerplate import load_furniture
from .knowledge.calendar import load_calendar
from .knowledge.coding import load_coding
from .knowledge.cues import CueKnowledge
from .knowledge.framing import load_framing
from .knowledge.lexicon import Lexicon
from .knowledge.places import Places
from .knowledge.proper import ProperNames
from .knowledge.times import load_time_words
from .making import made_by
from .models.tagger import SpanTagger
from .records import Document, MadeBy, Reading, Resolved
from .resolve.actors import resolve as resolve_actors
from .resolve.places import resolve as resolve_places
from .resolve.times import Grammar, Resolver

T = TypeVar("T")


class Reader:
    """Reads documents one at a time. Holds knowledge and models; a reading depends on nothing else but its document."""

    def __init__(self, annotator: Annotator, tagger: SpanTagger, actors: Path | None = None) -> None:
        """KnowledgeError names a knowledge file that breaks its rules. `actors` are the user's own war files, a folder or a file,
        where they are not those of the settings."""
        self._annotator = annotator
        self._tagger = tagger
        self._furniture = load_furniture()
        words = load_time_words()
        self._grammar = Grammar(words)
        self._calendar = load_calendar(words=words)
        self._times = Resolver(words, self._calendar)
        self._lexicon = Lexicon.load(own=actors)
        self._places = Places.load(actors=self._lexicon.actors)
        self._names = ProperNames.load(self._lexicon, self._places)
        self._cues = CueKnowledge.load()
        self._coding = load_coding()
        self._made_by = made_by(self._places.identities, self._lexicon.actors.own)
        self._seconds: dict[str, float] = {}

    @classmethod
    def load(cls, actors: Path | None = None) -> Reader:
        """With the models installed. `actors` as above. ModelError or KnowledgeError says what is missing or broken."""
        return cls(Annotator.load(), SpanTagger.load(plain=load_framing().by_loaded), actors)

    @property
    def made_by(self) -> MadeBy:
        """Digests of the code, the knowledge and the models of this reader."""
        return self._made_by

    @property
    def seconds(self) -> Mapping[str, float]:
        """CPU seconds spent in each stage so far."""
        return dict(self._seconds)

    def read(self, document: Document) -> Reading:
        """Everything found in the document. Pure: the same document gives the same reading, alone or among others."""
        text = document.text
        layout = self._timed("clean", lambda: lay_out(document, self._furniture))
        syntax = self._timed("annotate", lambda: self._annotator.annotate(text, layout, self._names))
        expressions = self._timed("times", lambda: self._grammar.expressions(text, layout, syntax))
        published = self._timed("date", lambda: date_document(document, layout, syntax, expressions, self._calendar))
        metadata = self._timed("clean", lambda: describe(document, layout, syntax, published, self._furniture))
        times = self._timed("times", lambda: self._times.resolve(expressions, published, text))
        places = self._timed("places", lambda: resolve_places(text, layout, syntax, self._places))
        entities, mentions = self._timed("actors", lambda: resolve_actors(text, layout, syntax, published, self._lexicon, places))
        resolved = Resolved(entities, mentions, places, times)
        tagged = self._timed("encode", lambda: self._tagger.tag(text, syntax.paragraphs()))
        claims = self._timed("attribute", lambda: attribute(text, layout, syntax, metadata, resolved, self._cues, tagged))
        coded = self._timed("code", lambda: code(text, syntax, resolved, claims, self._coding, published))
        return Reading(
            id=document.id,
            source=document.source,
            text=text,
            text_sha256=document.text_sha256,
            made_by=msgspec.structs.replace(self._made_by, extractor=document.extractor),
            document=metadata,
            body=layout.body,
            boilerplate=layout.boilerplate,
            attributions=claims,
            entities=entities,
            places=places,
            times=times,
            events=coded.events,
            quantities=coded.quantities,
            forecasts=coded.forecasts,
            pledges=coded.pledges,
            naming=coded.naming,
            control=coded.control,
        )

    def _timed(self, stage: str, step: Callable[[], T]) -> T:
        start = time.process_time()
        value = step()
        self._seconds[stage] = self._seconds.get(stage, 0.0) + time.process_time() - start
        return value
