"""The dyad classifier as the program runs it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import ModelError
from rashomon.models.dyads import PENTACODE, ROOTS, DyadClassifier, decided
from rashomon.models.files import HERE
from rashomon.records import Span


@pytest.fixture(scope="module")
def classifier() -> DyadClassifier:
    return DyadClassifier.load()


def root(classifier: DyadClassifier, text: str, source: str, target: str) -> str:
    spans = [Span(text.index(party), text.index(party) + len(party)) for party in (source, target)]
    return classifier.classify(text, *spans).root


@pytest.mark.parametrize(
    ("wanted", "text", "source", "target"),
    [
        ("COERCE", "Police in Valparaiso arrested forty dock workers on Sunday.", "Police in Valparaiso", "forty dock workers"),
        ("ASSAULT", "Gunmen killed three policemen at a checkpoint near Kisangani.", "Gunmen", "three policemen"),
        ("YIELD", "The junta released two Finnish geologists held since March.", "The junta", "two Finnish geologists"),
        ("REJECT", "Peru refused to release two Finnish geologists held since March.", "Peru", "two Finnish geologists"),
        ("CONSULT", "The Norwegian envoy met the rebel commanders in Havana.", "The Norwegian envoy", "the rebel commanders"),
        ("ACCUSE", "Ghana accused Togo of sheltering smugglers.", "Ghana", "Togo"),
        ("AID", "Japan gave Nepal forty tonnes of medicine after the earthquake.", "Japan", "Nepal"),
        ("PROTEST", "Farmers marched in Rome against the trade ministry.", "Farmers", "the trade ministry"),
    ],
)
def test_plain_sentences(classifier: DyadClassifier, wanted: str, text: str, source: str, target: str) -> None:
    assert root(classifier, text, source, target) == wanted


def test_the_marked_pair_is_what_is_asked_of(classifier: DyadClassifier) -> None:
    text = "Ghana accused Togo of sheltering smugglers, and on Friday Togolese police arrested three Ghanaian fishermen."
    assert root(classifier, text, "Ghana", "Togo") == "ACCUSE"
    assert root(classifier, text, "Togolese police", "three Ghanaian fishermen") == "COERCE"


def test_an_unnamed_party_is_no_error(classifier: DyadClassifier) -> None:
    text = "Two newspapers were ordered to close yesterday."
    assert classifier.classify(text, None, Span(0, 14)).root in ROOTS
    assert classifier.classify("", None, None).root in ROOTS


def test_it_abstains_below_the_probability_asked_for(classifier: DyadClassifier) -> None:
    dyad = classifier.classify("Ghana and Togo.", Span(0, 5), Span(10, 14), at_least=0.999)
    assert (dyad.root, dyad.penta) == ("NONE", 0)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400), st.data())
def test_any_text_gets_a_probability(classifier: DyadClassifier, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    dyad = classifier.classify(text, span, None)
    assert 0 <= dyad.confidence <= 1 and dyad.penta == PENTACODE[dyad.root]


def test_root_and_pentacode_never_contradict_each_other() -> None:
    chances = dict.fromkeys(ROOTS, 0.0) | {"YIELD": 0.4, "ACCUSE": 0.3, "REJECT": 0.3}
    assert decided(chances).root == "ACCUSE"
    assert decided(chances).penta == 3


def test_the_card_is_of_this_model() -> None:
    card = json.loads((HERE / "dyads.json").read_text(encoding="utf-8"))
    assert card["sha256"] == hashlib.sha256((HERE / "dyads.onnx").read_bytes()).hexdigest()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"dyads\.onnx is missing"):
        DyadClassifier.load(tmp_path)
