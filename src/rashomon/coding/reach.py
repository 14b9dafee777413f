"""How far a figure reaches in time: one incident, a day, a period since some day, or a campaign; and up to when it counts.

Judged on the clause that the figure stands in: the words of another clause of the sentence say nothing of it.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

import msgspec

from ..knowledge.quantities import Quantities
from ..records import Sentence, TimeMention
from ..records.vocabulary import Scope
from .counted import Counted
from .nearby import Nearby
from .scene import Scene

_CLIMB = 8
_WINDOW = 9  # tokens behind "since"
_WIDE = 5  # days of a date that is no day
_ORDER: dict[Scope, int] = {"incident": 0, "day": 1, "period": 2, "campaign": 3}
_VERBS = frozenset({"VERB", "AUX"})
_NO_CLAUSE = frozenset({"amod", "compound", "aux", "auxpass", "prep"})  # relations of a verb's form that heads no clause
_ENDS = frozenset({",", ";", ".", ":", "—", "–", "(", ")"})


class Cue(msgspec.Struct, frozen=True):
    """Words that say how far a figure reaches. `owners`: the tokens that they hang below, up to their clause's verb.

    `weak`: a date that only may be a period ("in March"), and is none beside any other cue.
    """

    at: int
    owners: frozenset[int]
    scope: Scope | None = None
    since: str | None = None
    as_of: str | None = None
    weak: bool = False


class Reach(msgspec.Struct, frozen=True):
    """Scope with its first and last day, ISO 8601, where the text gives them."""

    scope: Scope = "incident"
    since: str | None = None
    as_of: str | None = None


def cues(scene: Scene, sentence: Sentence, words: Quantities) -> list[Cue]:
    """All such words of one sentence, in text order."""
    return _Finder(scene, sentence, words).cues()


def reach(scene: Scene, counted: Counted, found: list[Cue], words: Quantities) -> Reach:
    """The widest reach that the cues of the figure's own clause give it."""
    if counted.kind in words.timeless:
        return Reach()
    own, owners = _clauses(scene, counted)
    if not found:
        return Reach("campaign") if _of_a_war(scene, counted, own, words) else Reach()
    mine = [cue for cue in found if cue.owners & (own if cue.weak else owners)]
    if any(cue.scope is not None and not cue.weak for cue in mine):
        mine = [cue for cue in mine if not cue.weak]
    scope: Scope = max((cue.scope for cue in mine if cue.scope is not None), key=lambda one: _ORDER[one], default="incident")
    since = next((cue.since for cue in mine if cue.since), None) if scope in {"period", "campaign"} else None
    as_of = next((cue.as_of for cue in mine if cue.as_of), None) if counted.harm is not None else None
    return Reach(scope, since, as_of)


def _of_a_war(scene: Scene, counted: Counted, own: set[int], words: Quantities) -> bool:
    """True for "more than 200,000 people have been killed": so many, up to now, without a word for any day or attack."""
    low = counted.number.low
    if counted.harm is None or low is None or low < words.war_toll:
        return False
    verbs = [at for at in own if scene.tokens[at].pos in _VERBS]
    return any(
        scene.tokens[child].lemma.lower() == "have" and scene.tokens[child].tag in {"VBZ", "VBP"}
        for verb in verbs for child in Nearby(scene, verb).under(verb, "aux")
    )


def _clauses(scene: Scene, counted: Counted) -> tuple[set[int], set[int]]:
    """The figure's noun, the word that tells of the harm and their clause's verb; and those with the verbs that govern it or
    share its words.
    """
    tokens, near = scene.tokens, Nearby(scene, counted.number.last)
    start = [counted.head, counted.number.last]
    if counted.evidence is not None:
        start.append(counted.evidence)
    found: set[int] = set()
    verbs: list[int] = []
    for at in start:
        for _ in range(_CLIMB):
            found.add(at)
            token = tokens[at]
            if token.pos in _VERBS and token.dep not in _NO_CLAUSE:
                if at not in verbs:
                    verbs.append(at)
                break
            if token.head == at:
                break
            at = token.head
    own = set(found)
    for verb in verbs[:4]:
        at = verb
        for _ in range(_CLIMB):
            token = tokens[at]
            head = token.head
            if head == at:
                break
            # "Killed and 100 wounded since Sunday": the second half has no auxiliary of its own; "trying to take".
            shares = token.dep == "conj" and (not near.under(at, "aux", "auxpass") or not near.under(at, "nsubj", "nsubjpass"))
            if not (shares or token.dep in {"xcomp", "ccomp", "acl", "relcl"}):
                break
            if token.dep in {"ccomp", "acl", "relcl"} and at != verb and token.dep != "ccomp":
                break
            found.add(head)
            at = head
        for other in near.under(verb, "conj"):
            if not near.under(other, "aux", "auxpass") or not near.under(other, "nsubj", "nsubjpass"):
                found.add(other)
    return own, found


class _Finder:
    def __init__(self, scene: Scene, sentence: Sentence, words: Quantities) -> None:
        self._scene, self._tokens, self._words = scene, scene.tokens, words
        self._first, self._last = sentence.first, sentence.last
        self._text = scene.text[scene.tokens[sentence.first].start : scene.tokens[sentence.last - 1].end].lower()
        self._base = scene.tokens[sentence.first].start

    def cues(self) -> list[Cue]:
        found: list[Cue] = []
        for index in range(self._first, self._last):
            text = self._tokens[index].text.lower()
            lemma = self._tokens[index].lemma.lower()
            if text in self._words.since:
                found += self._since(index)
            if text in self._words.recent:
                found += self._recent(index)
            if text in self._words.spanning:
                found += self._spanning(index)
            if text in self._words.alone or text in self._words.across:
                found += self._day(index)
            if text in self._words.hours and self._tokens[index].dep == "nsubj":
                found += self._lasting(index)
            if lemma in self._words.campaigns and self._tokens[index].pos in {"NOUN", "PROPN"}:
                found += self._campaign(index)
        for phrases, scope in ((self._words.daily, "day"), (self._words.rates, "period"), (self._words.periods, "period")):
            for phrase in phrases:
                found += self._phrase(phrase, "day" if scope == "day" else "period")
        if found and self._one_attack():
            # "This week" and "during the campaign" then only date the attack; "since Sunday" still reaches over days.
            found = [cue for cue in found if self._tokens[cue.at].text.lower() in self._words.since]
        for phrase in self._words.until:
            found += self._until(phrase)
        return sorted(found, key=lambda cue: cue.at)

    # ------------------------------------------------------------------------------------------------------------- tools

    def _owners(self, index: int) -> frozenset[int]:
        """The token's ancestors up to the verb of its clause."""
        found: set[int] = set()
        at = index
        for _ in range(_CLIMB):
            token = self._tokens[at]
            found.add(at)
            if token.pos in _VERBS and token.dep not in _NO_CLAUSE:
                break
            if token.head == at:
                break
            at = token.head
        return frozenset(found)

    def _time(self, first: int, last: int) -> TimeMention | None:
        for index in range(max(first, self._first), min(last, self._last)):
            mention = self._scene.time_at.get(index)
            if mention is not None:
                return mention
        return None

    def _until_comma(self, first: int, most: int) -> int:
        end = first
        while end < min(first + most, self._last) and self._tokens[end].text not in _ENDS:
            end += 1
        return end

    def _at(self, offset: int) -> int:
        return bisect_left(range(self._last), self._base + offset, self._first, key=lambda index: self._tokens[index].start)

    # -------------------------------------------------------------------------------------------------------------- cues

    def _since(self, index: int) -> list[Cue]:
        end = self._until_comma(index + 1, _WINDOW)
        if end == index + 1:
            return []
        token = self._tokens[index]
        if token.dep == "advmod" and self._tokens[token.head].pos in _VERBS and self._tokens[index + 1].pos in _VERBS:
            return []  # "has since died"
        time = self._time(index + 1, min(end, index + 6)) or self._time(index, index + 1)
        start = time.start[:10] if time is not None and time.start and time.type in {"DATE", "TIME"} else None
        lemmas = {self._tokens[at].lemma.lower() for at in range(index + 1, end)}
        clause = token.dep in {"mark", "advmod"} or any(self._tokens[at].dep in {"nsubj"} for at in range(index + 1, end))
        named = bool(lemmas & (self._words.campaigns | self._words.beginnings))
        above = index
        if token.dep in {"mark", "advmod"} and self._tokens[token.head].pos in _VERBS:
            above = self._tokens[token.head].head  # a clause of its own, which hangs from the one it dates
        if any(self._ranks(at) for at in range(max(self._first, index - 4), index)):
            return []  # "the first since the truce began"
        if clause and time is not None and time.start and time.end and time.start[:10] != time.end[:10]:
            start = None  # it began on some day of that year
        scope: Scope = "campaign" if named or (clause and time is None) else "period"
        return [Cue(index, self._owners(above), scope, start)]

    def _ranks(self, index: int) -> bool:
        token = self._tokens[index]
        return token.tag in {"JJS", "RBS"} or token.text.lower() in self._words.ranks

    def _hours(self, first: int, last: int) -> float | None:
        """Length of the stretch that the tokens name, in hours: "24 hours", "the ten-day", "a week"; None for none."""
        number = 1.0
        for index in range(first, min(last, self._last)):
            text = self._tokens[index].text.lower()
            if text in self._words.hours:
                plural = 2.0 if text.endswith("s") and number == 1.0 else number
                return plural * self._words.hours[text]
            if text.isascii() and text.replace(".", "", 1).isdigit() and len(text) < 6:
                number = float(text)
            elif text in self._words.number_words:
                number = self._words.number_words[text] or number
            elif text in _ENDS or self._tokens[index].pos in _VERBS:
                return None
        return None

    def _recent(self, index: int) -> list[Cue]:
        before = {self._tokens[at].text.lower() for at in range(max(self._first, index - 2), index)}
        if not before & self._words.spanning:
            return []
        hours = self._hours(index + 1, index + 4)
        if hours is None:
            return []
        end = self._until_comma(index + 1, 7)
        if any(self._tokens[at].lemma.lower() in self._words.campaigns for at in range(index + 1, end)):
            return [Cue(index, self._owners(index), "campaign")]  # "the last years of the war" need not end now
        time = self._time(index, index + 4)
        start = time.start[:10] if time is not None and time.start and hours > 24 else None
        return [Cue(index, self._owners(index), "day" if hours <= 24 else "period", start)]

    def _spanning(self, index: int) -> list[Cue]:
        """ "In two days", "during the ten-day siege", "in three years of war", "in March", "over the weekend"."""
        text = self._tokens[index].text.lower()
        following = self._time(index + 1, index + 3)
        if text in self._words.from_to:
            return self._between(index, following)
        if following is None:
            return []
        if following.type == "DURATION":
            hours = self._hours(index + 1, index + 6)
            if hours is None or self._tokens[index + 1].text.lower() in self._words.recent:
                return []
            end = self._until_comma(index + 1, 8)
            if any(self._tokens[at].lemma.lower() in self._words.campaigns for at in range(index + 1, end)):
                return [Cue(index, self._owners(index), "campaign")]
            behind = [self._tokens[at].text.lower() for at in range(index + 1, end)]
            if self._words.displacing & set(behind):
                return []
            return [Cue(index, self._owners(index), "day" if hours <= 24 else "period")]
        if following.type == "DATE" and following.start and following.end and not following.vague:
            days = (date.fromisoformat(following.end[:10]) - date.fromisoformat(following.start[:10])).days
            if days >= _WIDE and not self._single():
                return [Cue(index, self._owners(index), "period", following.start[:10], weak=True)]
        return []

    def _between(self, index: int, first: TimeMention | None) -> list[Cue]:
        """ "Between Monday and Friday", "from 3 to 9 March"."""
        if first is None or not first.start or not first.end or first.type != "DATE":
            return []
        start, end = first.start[:10], first.end[:10]
        for at in range(index + 2, min(index + 8, self._last)):
            other = self._scene.time_at.get(at)
            if other is not None and other.span != first.span and other.end and other.type == "DATE":
                end = other.end[:10]
                break
        return [Cue(index, self._owners(index), "period", start, end)] if end > start else []

    def _lasting(self, index: int) -> list[Cue]:
        """ "Two days of clashes have killed 16"."""
        end = self._until_comma(index + 1, 4)
        behind = {self._tokens[at].lemma.lower() for at in range(index + 1, end)}
        hours = self._hours(max(self._first, index - 2), index + 1)
        if "of" not in behind or hours is None:
            return []
        scope: Scope = "campaign" if behind & self._words.campaigns else "day" if hours <= 24 else "period"
        return [Cue(index, frozenset({self._tokens[index].head}), scope)]

    def _one_attack(self) -> bool:
        """True where a clause tells by which attack: "were killed when a shell hit the school"."""
        for index in range(self._first, self._last):
            token = self._tokens[index]
            if token.dep == "advcl" and self._tokens[token.head].pos in _VERBS and token.lemma.lower() in self._words.striking:
                near = Nearby(self._scene, index)
                marks = {self._tokens[child].text.lower() for child in near.under(index, "mark", "advmod")}
                if marks & self._words.when and not near.under(index, "neg"):
                    return True
        return False

    def _single(self) -> bool:
        """True where the sentence names one attack: a wide date then only dates that."""
        return any(
            self._tokens[index].lemma.lower() in self._words.single and self._tokens[index].tag in {"NN", "NNP"}
            for index in range(self._first, self._last)
        )

    def _day(self, index: int) -> list[Cue]:
        """ "On Friday alone", "on Friday ... across the country"."""
        if self._tokens[index].text.lower() in self._words.alone:
            time = self._time(index - 3, index)
            if time is None or not time.start or not time.end:
                return []
            scope: Scope = "day" if time.start[:10] == time.end[:10] else "period"
            return [Cue(index, self._owners(index) | self._owners(index - 1), scope, time.start[:10])]
        time = self._time(self._first, self._last)
        one_day = time is not None and time.start and time.end and time.start[:10] == time.end[:10]
        if time is not None and time.type == "DATE" and one_day and not self._single():
            return [Cue(index, self._owners(index), "day")]
        return []

    def _campaign(self, index: int) -> list[Cue]:
        token = self._tokens[index]
        head = self._tokens[token.head]
        near = Nearby(self._scene, index)
        below = {self._tokens[child].text.lower() for child in near.under(index, "det", "poss", "compound", "amod")}
        definite = bool(below - self._words.indefinite)
        told = [verb for verb in near.under(index, "relcl") if near.under(verb, "aux")]
        if told:
            return [Cue(index, frozenset(told), "campaign")]  # "a war that has killed thousands"
        if token.dep in {"nsubj", "nsubjpass"} and head.pos in _VERBS and definite:
            return [Cue(index, frozenset({token.head}), "campaign")]
        if token.dep == "pobj" and head.text.lower() in self._words.through and definite:
            if head.text.lower() in self._words.of_a_part:
                # "The first week of the offensive", "the toll of the war"
                above = self._tokens[head.head]
                if above.text.lower() not in self._words.hours and above.lemma.lower() not in self._words.figures:
                    return []
                if above.dep == "pobj" and self._tokens[above.head].text.lower() == "of":
                    return []  # "one of the bloodiest days of the war"
            return [Cue(index, self._owners(token.head), "campaign")]
        return []

    def _phrase(self, phrase: str, scope: Scope) -> list[Cue]:
        found: list[Cue] = []
        start = self._text.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            whole = not self._text[start - 1 : start].isalnum() if start else True
            if whole and not self._text[end : end + 1].isalnum():
                index = self._at(start)
                behind = self._text[end : end + 9].split()
                part = bool(self._words.displacing & set(behind[:1])) or self._text[end : end + 1] == "-"
                alone = phrase.startswith("a ") and index > self._first and self._tokens[index - 1].pos in {"ADP", "SCONJ"}
                if index < self._last and self._tokens[index].pos == "PROPN" and self._tokens[index].text[:1].isupper() and start:
                    alone = True  # "the Clarion Daily"
                # "A strike overnight killed three" is one incident; "30 sorties overnight" is a night's count.
                single = phrase in self._words.dating and self._single()
                if index < self._last and not part and not alone and not single:
                    time = self._time(index, index + 4)
                    since = time.start[:10] if scope == "period" and time is not None and time.start else None
                    owners = self._owners(index)
                    last = self._at(end - 1)
                    if last < self._last:
                        owners |= self._owners(last)
                    found.append(Cue(index, owners, scope, since))
            start = self._text.find(phrase, end)
        return found

    def _until(self, phrase: str) -> list[Cue]:
        found: list[Cue] = []
        start = self._text.find(phrase + " ")
        while start >= 0:
            index = self._at(start)
            after = self._at(start + len(phrase) + 1)
            whole = start == 0 or not self._text[start - 1].isalnum()
            time = self._time(after, after + 2) if whole and index < self._last else None
            if time is not None and time.end and time.type in {"DATE", "TIME"}:
                verb = self._tokens[index].head
                if self._tokens[verb].tag != "VB":
                    found.append(Cue(index, self._owners(index), None, None, time.end[:10]))
            start = self._text.find(phrase + " ", start + 1)
        return found
