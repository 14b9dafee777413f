"""Phrases of the syntax tree as spans: subtrees, noun phrases, verb groups, clauses."""

from __future__ import annotations

from ..records import Dependents, Span, Syntax, Token

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_EDGE = " \t\r\n\u00a0\u202f,;:—–-"
_MARKS = {"“": "”", "‘": "’", "«": "»", '"': '"'}
_AUXILIARY = frozenset({"aux", "auxpass", "neg"})


class Tree(Dependents):
    """A document's syntax with the extent of every subtree worked out once, in linear time."""

    def __init__(self, text: str, syntax: Syntax) -> None:
        super().__init__(syntax)
        self.text = text
        count = len(self.tokens)
        self.first = list(range(count))
        self.last = list(range(count))
        order: list[int] = [i for i, token in enumerate(self.tokens) if token.head == i]
        for index in order:  # grows while it runs: parents before children
            order.extend(self.children[index])
        for index in reversed(order):
            head = self.tokens[index].head
            self.first[head] = min(self.first[head], self.first[index])
            self.last[head] = max(self.last[head], self.last[index])
        self.sentence = [0] * count
        for number, sentence in enumerate(syntax.sentences):
            for index in range(sentence.first, sentence.last):
                self.sentence[index] = number

    def token(self, index: int) -> Token:
        """The token with that index."""
        return self.tokens[index]

    def extent(self, index: int) -> Span:
        """Characters of the whole subtree."""
        return self.syntax.span(self.first[index], self.last[index])

    def inside(self, index: int, above: int) -> bool:
        """True when the token stands in the extent of the other's subtree."""
        return self.first[above] <= index <= self.last[above]

    def noun_phrase(self, index: int, full: bool = True) -> Span:
        """The noun phrase with that head. `full` keeps appositions and relative clauses."""
        first, last = self.first[index], self.last[index]
        while first < index and self.tokens[first].pos in ("ADV", "CCONJ", "SCONJ") and self.tokens[first].head == index:
            first += 1  # "Meanwhile the minister ...": the adverb is the sentence's
        for child in self.children[index]:
            dep = self.tokens[child].dep
            long_tail = dep in ("advcl", "parataxis", "punct", "cc", "conj", "ccomp", "dep")
            if not full:
                long_tail = long_tail or dep in ("appos", "relcl", "acl")
            if long_tail and dep not in ("punct", "cc", "conj") and child > index:
                last = min(last, self._before(child, index))
            elif long_tail and not full and child > index:
                last = min(last, max(index, self.first[child] - 1))
        return self.clean(self.syntax.span(first, max(last, index)))

    def _before(self, child: int, floor: int) -> int:
        """Last token before the subtree of `child` that is no punctuation."""
        at = self.first[child] - 1
        while at > floor and self.tokens[at].pos == "PUNCT":
            at -= 1
        return max(at, floor)

    def verb_group(self, index: int) -> list[int]:
        """The verb with its auxiliaries, negation, particle and the adverbs that stand between or just before them."""
        group = [index]
        for child in self.near(index, 6, 2):
            token = self.tokens[child]
            if (token.dep in _AUXILIARY and child < index and index - child <= 6) or (
                token.dep == "prt" and child > index and child - index <= 2
            ):
                group.append(child)
        low = min(group)
        for child in self.near(index, 7, 0):
            token = self.tokens[child]
            between = low < child < index or child == low - 1
            if token.dep == "advmod" and between and not self.children[child] and token.tag == "RB":
                group.append(child)
        return sorted(group)

    def spans(self, indices: list[int]) -> tuple[Span, ...]:
        """The tokens as spans, neighbours joined."""
        out: list[Span] = []
        before = -2
        for index in indices:
            if index == before + 1 and out:
                out[-1] = Span(out[-1].start, self.tokens[index].end)
            else:
                out.append(self.tokens[index].span)
            before = index
        return tuple(out)

    def finite(self, index: int) -> bool:
        """True when the verb or its auxiliary is finite."""
        if self.tokens[index].tag in _FINITE:
            return True
        return any(self.tokens[child].tag in _FINITE for child in self.under(index, "aux", "auxpass"))

    def clause_of(self, index: int) -> int:
        """The nearest finite verb at or above the token; the topmost token reached when there is none."""
        seen = 0
        while seen < 60:
            token = self.tokens[index]
            if (token.pos in ("VERB", "AUX") and self.finite(index)) or token.head == index:
                return index
            index = token.head
            seen += 1
        return index

    def subject(self, index: int) -> int | None:
        """The verb's subject; for a participle, an infinitive or a conjunct the one it shares with the verb above."""
        for _ in range(8):
            found = self.one(index, "nsubj", "nsubjpass")
            if found is not None:
                return found
            token = self.tokens[index]
            if token.head == index or (token.dep == "acl" and token.tag == "VBD"):
                return self._apposed_subject(index)
            if token.dep in ("conj", "xcomp", "advcl") or (token.dep == "dep" and token.pos == "VERB"):
                if token.dep == "conj" and self.tokens[token.head].pos not in ("VERB", "AUX"):
                    return None
                index = token.head
                continue
            if token.dep in ("acl", "relcl"):
                return token.head if token.dep == "acl" and token.tag == "VBG" else None
            if token.dep == "pcomp":
                above = self.tokens[token.head]
                if above.head != token.head and self.tokens[above.head].pos in ("VERB", "AUX"):
                    index = above.head
                    continue
            return None
        return None

    def _apposed_subject(self, verb: int) -> int | None:
        """ "Speaking by phone, a shopkeeper, Halima Osman, said": who stands right before a verb that the parser left alone."""
        if verb < 3 or self.tokens[verb].tag not in _FINITE or self.tokens[verb - 1].text != ",":
            return None
        if self.tokens[verb].dep == "acl":
            above = self.tokens[verb].head
            named = above == verb - 2 and self.tokens[above].pos == "PROPN"
            return above if named or (self.tokens[above].pos == "NOUN" and above < verb - 2) else None
        name = self.tokens[verb - 2]
        if name.pos != "PROPN" or name.dep != "appos" or name.head >= verb - 2:
            return None
        at = name.head
        for _ in range(4):  # "the governor of Faryab, Hashim Noorzad"
            token = self.tokens[at]
            if token.dep != "pobj" or token.pos != "PROPN" or self.tokens[self.tokens[token.head].head].pos != "NOUN":
                break
            at = self.tokens[token.head].head
        return at if self.tokens[at].pos == "NOUN" else None

    def clean(self, span: Span) -> Span:
        """The span without white space, loose punctuation and unpaired marks at its edges."""
        start, end = span
        text = self.text
        for _ in range(200):
            if start >= end:
                return Span(span.start, span.start)
            head, tail = text[start], text[end - 1]
            if head in _EDGE or head in ".)]”’»…" or (head == "'" and end - start > 1 and not text[start + 1].isalnum()):
                start += 1
            elif tail in _EDGE or tail in "([“«" or (tail == "." and self._stop(start, end)) or tail in "?!":
                end -= 1
            elif head in _MARKS and _MARKS[head] not in text[start + 1 : end]:
                start += 1
            elif tail in '”»"' and not self._opened(start, end, tail):
                end -= 1
            elif head in _MARKS and tail == _MARKS[head] and text.find(tail, start + 1, end) == end - 1:
                start, end = start + 1, end - 1
            else:
                break
        if text[end : end + 1] == "-" and text[end - 1].isalnum() and text[end + 1 : end + 2].isalnum():
            at = self.syntax.token_at(end + 1)  # "an e-mail", cut in its middle
            end = self.tokens[at].end if at is not None else end
        closing = {"“": "”", "«": "»"}
        for opening, mark in closing.items():
            if text[end : end + 1] == mark and text.count(opening, start, end) > text.count(mark, start, end):
                end += 1
        return Span(start, end)

    def _stop(self, start: int, end: int) -> bool:
        """True when the full stop before `end` ends a sentence: no initial or abbreviation such as "U.S."."""
        word = self.text[max(start, end - 8) : end].split()
        return not (word and "." in word[-1][:-1]) or end - start == 1

    def _opened(self, start: int, end: int, tail: str) -> bool:
        opening = {"”": "“", "»": "«", '"': '"'}[tail]
        return opening in self.text[start : end - 1]
