"""From bytes to the exact text that the spans count in."""

from __future__ import annotations

import codecs
import unicodedata

from charset_normalizer import from_bytes

from ..config import Limits
from ..errors import DocumentTooLarge, EmptyDocument, UndecodableText

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Text of one encoding read in another gives few of these; a picture or a programme gives many.
MOST_CONTROLS = 0.01
PLAIN_CONTROLS = frozenset("\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f\x85")
# From this share of ASCII on, the rest is taken for punctuation and accents of a Western text.
MOSTLY_ASCII = 0.9
BROKEN = "\ufffd"
# Of text beyond ASCII, so many characters must be good UTF-8 for each that is not.
FEWEST_GOOD = 4


def decode(content: bytes, where: str, limits: Limits, declared: str | None = None) -> tuple[str, str]:
    """The text of `content` and the encoding that it was in.

    Nothing is changed in it: carriage returns, no-break spaces and U+FEFF inside the text stay. Only a byte order mark
    at the very start is no text (it names the encoding) and is left out: offsets count from the character after it.
    Tried in turn: that mark, UTF-8, `declared` (what a page says of itself; where that is UTF-8 and a few bytes of it are
    spoiled, these become U+FFFD), Windows-1252 for what is nearly all ASCII, and what charset-normalizer finds most likely.
    DocumentTooLarge, EmptyDocument, UndecodableText say what is wrong with `where`.
    """
    if not content:
        raise EmptyDocument(f"{where} is empty (0 bytes): leave it out, or fetch it again")
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return checked(content[len(mark) :].decode(encoding), where, limits), encoding
            except UnicodeDecodeError as error:
                raise UndecodableText(
                    f"{where} is marked as {encoding.upper()} but is not valid at byte {error.start + len(mark)}: "
                    "save it again as UTF-8 text"
                ) from error
    if b"\0" in content:
        raise UndecodableText(f"{where} holds zero bytes, so it is binary (or UTF-16 without its mark): save it as UTF-8 text")
    if len(content) > 4 * limits.max_characters:  # no encoding takes more than four bytes a character
        raise too_large(where, limits)
    text, encoding = _guess(content, where, declared)
    return checked(text, where, limits), encoding


def _guess(content: bytes, where: str, declared: str | None) -> tuple[str, str]:
    for encoding in ("utf-8", declared):
        if encoding:
            try:
                return content.decode(encoding), encoding
            except (UnicodeDecodeError, LookupError):
                continue
    if declared is not None and declared.lower().replace("_", "-") in ("utf-8", "utf8"):
        patched = content.decode("utf-8", "replace")
        broken = patched.count(BROKEN)
        if sum(character > "\x7f" for character in patched) > (1 + FEWEST_GOOD) * broken:
            return patched, "utf-8"
    beyond = sum(byte > 0x7F for byte in content)
    if beyond <= (1 - MOSTLY_ASCII) * len(content):
        try:
            return content.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            pass  # five bytes mean nothing in Windows-1252
    best = from_bytes(content).best()
    if best is None:
        raise UndecodableText(f"{where} is no text in any encoding that was tried: save it as UTF-8 text")
    return content.decode(best.encoding), best.encoding


def checked(text: str, where: str, limits: Limits) -> str:
    """The text itself, once known to be text: within the limit, not blank, not binary, fit to be written as UTF-8."""
    if len(text) > limits.max_characters:
        raise too_large(where, limits)
    if not any(map(_visible, text)):
        raise EmptyDocument(f"{where} is blank ({len(text)} characters, none visible): leave it out, or fetch it again")
    if "\0" in text:
        raise UndecodableText(f"{where} holds zero characters (U+0000), so it is binary: save it as UTF-8 text")
    controls = sum(unicodedata.category(character) == "Cc" for character in set(text) - PLAIN_CONTROLS)
    if controls:
        controls = sum(text.count(c) for c in set(text) - PLAIN_CONTROLS if unicodedata.category(c) == "Cc")
        if controls > MOST_CONTROLS * len(text):
            raise UndecodableText(f"{where} holds {controls} control characters, so it is binary: save it as UTF-8 text")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UndecodableText(
            f"{where} holds half a surrogate pair at character {error.start}, which no text may: repair it there"
        ) from error
    return text


def too_large(where: str, limits: Limits) -> DocumentTooLarge:
    """The refusal of a text over the limit."""
    return DocumentTooLarge(
        f"{where} is longer than {limits.max_characters:,} characters, the limit for one document: "
        "split it into articles, or raise max_characters in the settings"
    )


def carrier(content: bytes, limits: Limits) -> Limits:
    """Limits for what is no document itself but holds some (a page's source, a table): only its bytes are bounded."""
    return Limits(max_bytes=limits.max_bytes, max_characters=max(limits.max_characters, len(content)))


def _visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf")
