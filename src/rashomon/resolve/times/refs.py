"""Rules for words that only point at the present, the past or the future."""

from __future__ import annotations

import re

from ...records.expression import Meaning
from .fragments import GAP, Fragments, either
from .rule import Build, Found, Rule, rule

# "soon after" and "as soon as" tie two happenings to each other, not one to the future.
_AROUND = re.compile(r"\s+(?:after|afterwards?|before|thereafter|as|followed)\b", re.IGNORECASE)


def ref_rules(f: Fragments) -> list[Rule]:
    """Rules for PRESENT_REF, PAST_REF and FUTURE_REF."""

    def ref(name: str) -> Build:
        def build(match: re.Match[str]) -> list[Found]:
            group = "led" if match.groupdict().get("led") else "ref"
            said = match[group].casefold()
            if said == "past" and match.string[match.end(group) + 1 : match.end(group) + 2].isupper():
                return []  # the preposition
            if said in ("soon", "shortly") and _AROUND.match(match.string, match.end(group)):
                return []
            return [Found(match.start(group), match.end(group), "DATE", Meaning(kind="ref", name=name))]

        return build

    words = f.words

    def either_led(listed: tuple[str, ...]) -> str:
        """The words, and those that need a leading "in", which stays outside."""
        led = [word[len("in ") :] for word in listed if word.startswith("in ")]
        alone = either(word for word in listed if not word.startswith("in "))
        return rf"(?:(?P<ref>{alone})|in{GAP}(?P<led>{either(led)}))" if led else rf"(?P<ref>{alone})"

    # An adjective counts only before the noun it describes: "the recent offensive", not "past the checkpoint".
    before_noun = rf"(?={GAP}(?!(?:the|an?|of|and|or|in)(?![\w]))[\w\u2018\u201c\"'])"
    return [
        rule("present", rf"(?P<ref>{either(words.present)})(?![\w])", ref("PRESENT_REF")),
        rule("present adjective", rf"(?P<ref>{either(words.present_adjectives)})(?![\w-]){before_noun}", ref("PRESENT_REF")),
        rule("past", rf"{either_led(words.past)}(?![\w-])", ref("PAST_REF")),
        rule("past adjective", rf"(?P<ref>{either(words.past_adjectives)})(?![\w-]){before_noun}",
             ref("PAST_REF")),
        rule("future", rf"{either_led(words.future)}(?![\w-])", ref("FUTURE_REF")),
        rule("future adjective", rf"(?P<ref>{either(words.future_adjectives)})(?![\w-]){before_noun}", ref("FUTURE_REF")),
    ]
