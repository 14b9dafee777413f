"""Words as names are looked up by: folded, without possessive ending. Knowledge files and texts are folded alike."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

# "U.S." is one word; an apostrophe inside a word ("Shi'ite") belongs to it, the possessive ending does not.
WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’ʼʻ‘`][^\W_]+)*")
_GAP = re.compile(r"[-‐‑–/]|[ \u00a0]|\s{1,40}|\.[ \u00a0]?")
_APOSTROPHES = re.compile(r"['’ʼʻ‘`.]")
_BARE = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})


# The Arabic article in its assimilated forms, and the sounds by which transliterations of one name differ.
_ARTICLE = re.compile(r"\b(?:al|el|ar|as|ash|at|az|ad|adh|an|ez|es|esh|er|et|en|ech|ul|ud)\b ?")
_SOUNDS = (
    ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("zh", "z"), ("q", "k"), ("ck", "k"),
    ("j", "g"),
)
_SAME = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<=.)[aeiouwy]+|h$|h(?= )")
_OPEN = re.compile(r"ou|oo|ow|w|o")
_CLOSE = re.compile(r"ee|ei|ey|ie|ai|ay|y|e(?!h?$)")
_ENDING = re.compile(r"(?:ah|eh|e|a|i)$")


class Word(msgspec.Struct, frozen=True, gc=False):
    """One word: `text` as written without a possessive ending, `norm` folded for look-up, character offsets, the index of
    its first token, whether it carries a possessive ending, the plain word that it means where it is a loaded one, folded
    ("junta": "government"), else `norm` once more, and whether it begins with a capital letter or a digit."""

    text: str
    norm: str
    start: int
    end: int
    token: int
    possessive: bool
    plain: str
    capital: bool

    def reads(self, part: str, plain: str) -> bool:
        """True when the word is that folded word, or means the same plain one."""
        return part == self.norm or plain == self.plain


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case, without diacritics, apostrophes and full stops: the form in which words are compared."""
    plain = _APOSTROPHES.sub("", word)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.casefold().translate(_BARE))
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return plain.casefold()


def key_of(name: str) -> tuple[str, ...]:
    """The look-up key of a name in a knowledge file: its folded words."""
    return tuple(fold(stem(match.group())[0]) for match in WORD.finditer(name))


def texts_of(name: str) -> tuple[str, ...]:
    """The words of a name as written, without possessive endings."""
    return tuple(stem(match.group())[0] for match in WORD.finditer(name))


def joined(text: str, left: Word, right: Word) -> bool:
    """True when only a hyphen, a slash or white space stands between the two, as inside a name; or an initial's full stop."""
    gap = text[left.end : right.start]
    if len(gap) > 40:
        return False
    if gap.startswith("."):
        return len(left.text) == 1 and gap in (".", ". ", ".\u00a0")
    if left.possessive:
        return _possessive_gap(gap, left)
    return not gap or _GAP.fullmatch(gap) is not None


def _possessive_gap(gap: str, left: Word) -> bool:
    """ "People's Republic": the ending and a space stand between the words."""
    return left.possessive and gap[:2] in ("'s", "’s", "'S", "’S") and gap[2:].strip() == "" and len(gap) > 2


def stem(word: str) -> tuple[str, bool]:
    """The word without its possessive ending, and whether it had one."""
    if len(word) > 2 and word[-1] in "sS" and word[-2] in "'’":
        return word[:-2], True
    return word, False


def without_article(key: str) -> str:
    """The key without the Arabic article at its beginning: "al hassakeh" is "hassakeh"."""
    first, _, rest = key.partition(" ")
    return rest if rest and _ARTICLE.fullmatch(f"{first} ") else key


def skeleton(key: str) -> str:
    """What transliterations of a name share: its consonants without article, doubling and aspiration."""
    bare = _ARTICLE.sub("", key).strip()
    for sound, plain in _SOUNDS:
        bare = bare.replace(sound, plain)
    return _SAME.sub(r"\1", _VOWELS.sub("", bare)).replace(" ", "")


def likeness(key: str, other: str) -> float:
    """How alike two spellings sound, from 0 to 1: "hasakeh" and "hassaka" are 1, "jubailiyeh" and "jableh" are not."""
    return SequenceMatcher(None, _sounds(key), _sounds(other), autojunk=False).ratio()


@lru_cache(maxsize=8192)
def _sounds(key: str) -> str:
    bare = _ARTICLE.sub("", key).replace(" ", "")
    for sound, plain in _SOUNDS:
        bare = bare.replace(sound, plain)
    return _SAME.sub(r"\1", _ENDING.sub("a", _OPEN.sub("u", _CLOSE.sub("i", _SAME.sub(r"\1", bare)))))
