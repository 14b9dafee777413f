"""Who is said to take, hold, attempt or lose which place: claims of control with their standing, day, parties and voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ..knowledge.coding import CodingKnowledge
from ..records import Claim, Control, Event, Interval
from ..records.vocabulary import ControlKind
from . import clauses, standing
from .gains import Row, finished
from .ground import Area, Grounds
from .held import Held
from .holders import Holders
from .moves import Moves, Said
from .scene import Scene
from .standing import Status
from .timing import Timing
from .triggers import Trigger

_AHEAD = 12  # words after the verb in which the day of what lies ahead may stand


def find(
    scene: Scene, triggers: Sequence[Trigger], events: Sequence[Event], knowledge: CodingKnowledge, timing: Timing
) -> list[Control]:
    """Control statements in text order: changes, attempts, forecasts and states, each place of a claim its own statement."""
    words = knowledge.control
    grounds = Grounds(scene, words.ground)
    holders = Holders(scene, words.people, knowledge.triggers.classes["ARMED"] | knowledge.triggers.classes["FORCES"])
    coder = _Coder(scene, knowledge, timing, grounds, holders)
    moves, held = Moves(scene, words, grounds, holders), Held(scene, words, grounds, holders)
    rows: list[Row] = []
    for index in range(len(scene.tokens)):
        move = moves.at(index)
        for said in ([move] if move is not None else []) or held.at(index):
            rows += coder.rows(said)
            for area in said.areas:
                grounds.note(area)
    return finished(scene, rows)


class _Coder:
    """Turns what words say into statements."""

    def __init__(self, scene: Scene, knowledge: CodingKnowledge, timing: Timing, grounds: Grounds, holders: Holders) -> None:
        self._scene = scene
        self._knowledge = knowledge
        self._words = knowledge.control
        self._timing = timing
        self._grounds = grounds
        self._holders = holders
        actions = {action.name: action for action in knowledge.triggers.actions}
        self._action = actions["capture"]

    def rows(self, said: Said) -> Iterator[Row]:
        scene = self._scene
        trigger = Trigger(said.head, scene.syntax.span(said.head, said.head), said.noun, self._action)
        status = standing.judge(scene, trigger, self._knowledge.standing)
        claim = scene.claim_over(scene.syntax.span(said.head, said.head))
        kind = self._kind(said, status)
        if kind is None or self._unsaid(said, claim):
            return
        before = self._holders.names(said.before, claim)
        after = self._holders.names(said.after, claim)
        if said.says == "gain" and said.own and after is None and claim is not None:
            after = self._holders.side(claim)
        if kind == "predicted" and said.says == "hold":
            before, after = (before, None) if said.keeping else (None, after)
        denied = status.polarity == "negative" or self._denies(claim) or self._no_longer(said.head) or self._untrue(said.head)
        if kind == "attempted" and status.outcome == "failure":
            denied = False
        self._holders.note(before or after)
        for area in said.areas:
            control = self._control(said, area, kind, before, after, denied, status, trigger, claim)
            yield Row(said, control)
        if said.gains is not None:
            phrase = clauses.phrase(scene, said.gains).of(scene.text)
            area = Area(" ".join(phrase.split()), said.gains)
            row = Row(said, self._control(said, area, kind, before, after, denied, status, trigger, claim), said.gains)
            yield row
            yield from self._kept(row, claim)

    def _kept(self, row: Row, claim: Claim | None) -> Iterator[Row]:
        """ "All but the university": what is excepted is still held by whoever lost, or not yet taken by whoever gained."""
        grammar, words = self._scene.grammar, self._words.ground.except_
        found = [*grammar.prepositional(row.gains or row.said.head, words), *grammar.prepositional(row.said.head, words)]
        loser = row.control.before
        for area in [area for at in dict.fromkeys(found) for area in self._grounds.at(at)]:
            if loser is not None:
                kept = Said(row.said.head, "hold", (area,), row.said.span)
                control = msgspec.structs.replace(
                    row.control, place=area.text, after=loser, kind="hold", date=None, part=area.part, within=area.within
                )
                yield Row(kept, control)

    def _denies(self, claim: Claim | None) -> bool:
        """True where the speaker says that the content is not so."""
        if claim is None or claim.stance != "denies-occurrence":
            return False
        cues = [self._scene.tokens[at].lemma for cue in claim.cue for at in self._scene.syntax.within(cue)]
        return any(lemma in self._words.denying for lemma in cues)

    def _kind(self, said: Said, status: Status) -> ControlKind | None:
        modality = status.modality
        if self._came_to(said.head):
            return "change"
        if modality == "demanded" or self._asks(said.head):
            return None
        if modality in {"predicted", "planned", "conditional"} or (modality == "possible" and not self._perfect(said.head)):
            return "predicted"
        if said.ahead:
            return None
        if self._aims(said) or self._tried(said.head):
            return "attempted"
        if said.says == "attempt" or (status.outcome == "failure" and status.polarity == "positive"):
            return "attempted"
        return "hold" if said.says == "hold" else "change"

    def _came_to(self, verb: int) -> bool:
        """ "Took the town, only to lose it again"."""
        own = self._scene.grammar.under(verb, "aux", "advmod")
        return {"only", "to"} <= {self._scene.tokens[at].text.lower() for at in own} and self._scene.tokens[verb].dep == "advcl"

    def _aims(self, said: Said) -> bool:
        """ "The fight to seize P": what an infinitive says of a noun is aimed at; "the first town to be lost" was lost."""
        token = self._scene.tokens[said.head]
        return (
            token.dep == "acl"
            and token.tag == "VB"
            and not self._scene.grammar.passive(said.head)
            and not self._scene.grammar.under(said.head, "auxpass")
        )

    def _tried(self, verb: int) -> bool:
        """ "Failed to take", "tried to enter"."""
        token = self._scene.tokens[verb]
        above = self._scene.tokens[token.head]
        return token.dep == "xcomp" and above.lemma in self._knowledge.standing.failed.governors

    def _no_longer(self, verb: int) -> bool:
        """ "No longer holds", "has yet to enter"."""
        tokens, under = self._scene.tokens, self._scene.grammar.under
        above = tokens[verb].head
        if tokens[verb].dep == "xcomp" and tokens[above].lemma == "have":
            return any(tokens[at].text.lower() == "yet" for at in under(above, "advmod"))
        return any(tokens[at].text.lower() == "longer" and tokens[at - 1].text.lower() == "no" for at in under(verb, "advmod"))

    def _asks(self, head: int) -> bool:
        """True in a question."""
        sentence = self._scene.syntax.sentence_of(head)
        return self._scene.text[: self._scene.tokens[sentence.last - 1].end].rstrip('”"’ ').endswith("?")

    def _untrue(self, head: int) -> bool:
        """ "Reports that P had fallen were false"."""
        tokens, at = self._scene.tokens, self._scene.tokens[head].head
        if tokens[head].dep not in {"acl", "ccomp", "relcl"} or tokens[at].dep not in {"nsubj", "nsubjpass"}:
            return False
        said = self._scene.grammar.under(tokens[at].head, "acomp", "attr", "oprd")
        return any(tokens[one].lemma in self._words.untrue for one in said)

    def _perfect(self, verb: int) -> bool:
        """ "May have fallen": it is of what has been."""
        return any(self._scene.tokens[at].text.lower() == "have" for at in self._scene.grammar.under(verb, "aux"))

    def _unsaid(self, said: Said, claim: Claim | None) -> bool:
        """What nobody says: "could not confirm that", "asked whether"."""
        if claim is not None and claim.stance in {"could-not-verify", "declines", "did-not-respond"}:
            return True
        scene, at = self._scene, said.head
        for _ in range(4):
            token = scene.tokens[at]
            if token.head == at:
                break
            if token.dep == "ccomp" and any(
                scene.tokens[mark].text.lower() == "whether" for mark in scene.grammar.under(at, "mark")
            ):
                return True
            at = token.head
            if scene.tokens[at].lemma in self._words.unsaid and scene.grammar.under(at, "neg") and at < said.head:
                return True
        return False

    def _control(
        self,
        said: Said,
        area: Area,
        kind: ControlKind,
        before: str | None,
        after: str | None,
        denied: bool,
        status: Status,
        trigger: Trigger,
        claim: Claim | None,
    ) -> Control:
        place = area.place
        part = area.part or (said.says == "enter" and kind == "change")
        return Control(
            span=said.span,
            place=area.text,
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            before=before,
            after=after,
            date=self._date(said, kind, status, trigger),
            kind=kind,
            according_to=claim.id if claim else None,
            part=part,
            within=area.within,
            denied=denied,
            radius_km=place.radius_km if place else None,
            geonameid=place.geonameid if place else None,
        )

    def _date(self, said: Said, kind: ControlKind, status: Status, trigger: Trigger) -> Interval | None:
        if kind == "hold":
            return None
        if kind == "predicted":
            last = min(said.head + _AHEAD, self._scene.syntax.sentence_of(said.head).last - 1)
            return self._timing.ahead(said.head, last)
        time = self._timing.of(trigger, asserted=status.modality == "asserted")
        if time is None or not time.start or not time.end:
            return None
        return Interval(time.start[:10], time.end[:10])
