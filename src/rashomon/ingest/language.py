"""In which language a text is written."""

from __future__ import annotations

from functools import cached_property

from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENGLISH = "en"
UNDETERMINED = "und"
# A text is sampled at its start, middle and end: furniture of another language at one end must not decide.
SAMPLE = 2_000
# Fewer letters than this in Latin script (a name, a number) tell nothing.
FEWEST_LETTERS = 20
# Below this share of Latin letters the text is not English, however short.
MOSTLY = 0.5
# English is given the benefit of the doubt: taking it for foreign loses a document, the reverse a little time.
DOUBT = 0.05


class Languages:
    """Tells languages apart: py3langid, naive Bayes over byte n-grams (Lui & Baldwin 2012). It loads at first use."""

    @cached_property
    def _identifier(self) -> LanguageIdentifier:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        # Codes of two letters are those of ISO 639-1; the others (Nigerian Pidgin before all) only mimic a headline.
        identifier.set_languages([label for label in identifier.labels if len(label) == 2])
        return identifier

    def of(self, text: str) -> str:
        """ISO 639-1 code of the text's language; "und" where there is too little text to tell."""
        sample = _sample(text)
        letters = sum(map(str.isalpha, sample))
        latin = sum(character.isalpha() and _is_latin(character) for character in sample)
        if not letters:
            return UNDETERMINED
        ranking = self._identifier.rank(sample)
        if latin < MOSTLY * letters:
            return next(str(code) for code, _ in ranking if code != ENGLISH)
        if letters < FEWEST_LETTERS:
            return UNDETERMINED
        best = str(ranking[0][0])
        return ENGLISH if dict(ranking)[ENGLISH] >= DOUBT else best


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE:
        return text
    middle = (len(text) - SAMPLE) // 2
    return f"{text[:SAMPLE]}\n{text[middle : middle + SAMPLE]}\n{text[-SAMPLE:]}"


def _is_latin(character: str) -> bool:
    """Latin letters stand below U+0250, and once more (with marks for Vietnamese and others) from U+1E00 to U+1EFF."""
    return character < "\u0250" or "\u1e00" <= character < "\u1f00"
