"""Sentences and tokens: where they stand, what region they are of, and what the parser is shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon.annotate import Annotator
from rashomon.annotate.annotator import MODEL
from rashomon.annotate.casing import Recaser, shouted
from rashomon.annotate.compounds import Hyphenator
from rashomon.errors import ModelError
from rashomon.knowledge.framing import load_framing
from rashomon.records import Block, Layout, Span


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.load()


def whole(text: str) -> Layout:
    span = Span(0, len(text)).trimmed(text)
    return Layout((Block(span, "paragraph"),) if span.width else ())


def test_tokens_slice_back_with_curly_quotes_and_hard_spaces(annotator: Annotator) -> None:
    text = "The\u00a0minister’s aides said: “We won’t leave.”\r\n"
    syntax = annotator.annotate(text, whole(text))
    assert all(token.text == token.span.of(text) for token in syntax.tokens)
    assert [token.text for token in syntax.tokens][:3] == ["The", "minister", "’s"]


def test_furniture_is_not_parsed_and_captions_keep_their_region(annotator: Annotator) -> None:
    text = "Troops took the hill.\nSoldiers near a village on May 3, 2014.\nShare this"
    one, two, three = (Span(a, b) for a, b in ((0, 21), (22, 61), (62, 72)))
    layout = Layout((Block(one, "paragraph"), Block(two, "boilerplate", "caption"), Block(three, "boilerplate", "promo")))
    syntax = annotator.annotate(text, layout)
    assert [sentence.region for sentence in syntax.sentences] == ["body", "boilerplate:caption"]
    assert syntax.tokens[-1].end <= two.end


class Known:
    """Two names, as the lists would tell them."""

    def written(self, words: Sequence[str], plain: Sequence[bool]) -> list[str | None]:
        return [{"hama": "Hama", "un": "UN"}.get(word.lower()) for word in words]


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Rebels Attack Hama", "Rebels attack Hama"),
        ("Army says rebels attack Hama", "Army says rebels attack Hama"),
        ("Rebels Attack Zorbat", "Rebels attack Zorbat"),
        ("UN AND REBELS MEET IN HAMA", "UN and rebels meet in Hama"),
        ("REBELS ATTACK ZORBAT BRIDGE", "Rebels attack Zorbat bridge"),
    ],
)
def test_a_headline_is_read_in_the_case_of_running_text(headline: str, shown: str) -> None:
    forms = frozenset({"rebel", "attack", "meet", "in", "and", "bridge"})
    assert Recaser(forms, Known()).headline(headline, "The army said rebels left.") == shown
    assert len(shown) == len(headline)


def test_text_in_capitals_is_told_from_names_in_capitals() -> None:
    assert shouted("THE ARMY SHELLED THE VILLAGE") and not shouted("UN, EU: NATO in Iraq") and not shouted("UN NATO")


def test_the_parser_sees_plain_words_and_the_text_stays(annotator: Annotator) -> None:
    one, other = "The government shelled Ariha.", "The so-called regime shelled Ariha."
    plain, loaded = (annotator.annotate(text, whole(text)) for text in (one, other))
    kept = [token for token in loaded.tokens if token.text not in ("so", "-", "called")]
    assert [token.text for token in kept] == ["The", "regime", "shelled", "Ariha", "."]
    assert [(token.lemma, token.pos, token.dep) for token in kept][1:] == [(t.lemma, t.pos, t.dep) for t in plain.tokens][1:]


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Eleven people were reported neutralised.", "kill"),
        ("Some were arrested and neutralised.", "kill"),
        ("Sappers neutralised eleven mines.", "neutralise"),
        ("Our men freed a number of streets.", "liberate"),
        ("Troops struggled to free the last stronghold.", "liberate"),
        ("Our men freed a number of prisoners.", "free"),
    ],
)
def test_a_loaded_verb_is_what_it_is_said_of(annotator: Annotator, text: str, lemma: str) -> None:
    assert lemma in [token.lemma for token in annotator.annotate(text, whole(text)).tokens if token.pos == "VERB"]


def test_an_article_fits_the_name_that_is_shown() -> None:
    framing = load_framing()
    assert framing.shown(["A", "Zionist", "drone", "and", "an", "evil", "junta"])[:2] == ["An", "Israeli"]
    assert framing.shown(["Occupation", "army", "cuts", "road"]) == [None, "Army", "cuts", "road"]


def test_a_loaded_modifier_hangs_under_its_noun(annotator: Annotator) -> None:
    text = "A cowardly attack killed two innocent civilians."
    syntax = annotator.annotate(text, whole(text))
    assert [token.span.of(text) for token in syntax.tokens] == [*text[:-1].split(), "."]
    assert syntax.sentences[0].span == Span(0, len(text))
    hung = {syntax.tokens[at].text: syntax.tokens[token.head].text for at, token in enumerate(syntax.tokens) if token.tag == "JJ"}
    assert hung == {"cowardly": "attack", "innocent": "civilians"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The Qasim led offensive stalled", "The Qasim-led offensive stalled"),
        ("some Jordanian backed groups left", "some Jordanian-backed groups left"),
        ("Jordan backed rebels for years", "Jordan backed rebels for years"),
        ("Jordan has backed the plan", "Jordan has backed the plan"),
    ],
)
def test_compounds_without_their_hyphen(text: str, shown: str) -> None:
    assert Hyphenator.load().join(text) == shown


def test_initials_before_a_hyphen_are_their_own_token(annotator: Annotator) -> None:
    text = "The U.N.-backed envoy met the U.S.-led coalition."
    words = [token.text for token in annotator.annotate(text, whole(text)).tokens]
    assert "backed" in words and "U.S." in words


def test_a_paragraph_longer_than_a_piece_is_parsed_whole(annotator: Annotator) -> None:
    text = "The convoy left the town at noon. " * 1300
    syntax = annotator.annotate(text, whole(text))
    assert sum(token.text == "convoy" for token in syntax.tokens) == 1300


def test_one_document_does_not_depend_on_another(annotator: Annotator) -> None:
    text = "Rebels attacked the base.\nThe army fled."
    layout = Layout((Block(Span(0, 25), "paragraph"), Block(Span(26, 40), "paragraph")))
    before = annotator.annotate(text, layout)
    annotator.annotate("Something else entirely happened there.", whole("Something else entirely happened there."))
    assert annotator.annotate(text, layout) == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_parses_and_slices_back(annotator: Annotator, text: str) -> None:
    syntax = annotator.annotate(text, whole(text))
    for token in syntax.tokens:
        assert token.span.of(text) == token.text and token.text.strip()
    assert [index for sentence in syntax.sentences for index in range(sentence.first, sentence.last)] == list(
        range(len(syntax.tokens))
    )
    for index, children in enumerate(syntax.children):
        assert all(syntax.tokens[child].head == index for child in children)


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="pip install"):
        Annotator.load(MODEL + "_absent")
