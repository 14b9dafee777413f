"""Building a ledger: what is stored, linked, skipped; one by one and all at once come to the same."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon import builder, relinking
from rashomon.builder import Change
from rashomon.errors import InputError, RashomonError
from rashomon.ledger import Ledger, open_ledger
from rashomon.linker import Linker
from rashomon.records import Arrival, Document, MadeBy, Reading

from .base import Base
from .factories import MAKE, count, document, event, raw, reading

TEXTS = {
    "a": "An air strike on the Ruwaida clinic near the olive press killed 12 people on Monday, doctors said.",
    "b": "In Ruwaida on Monday 15 people died in an air strike that brought down the clinic by the olive press.",
    "c": "The clinic of Ruwaida was hit again in an air strike on Tuesday; 4 people were killed near the olive press.",
    "d": "Grain ships left the harbour of Qasr Medina after the port strike ended, said captain Oduya Benali.",
}
DAYS = {"a": "2022-05-02", "b": "2022-05-02", "c": "2022-05-03", "d": "2022-05-02"}
TOLLS = {"a": "12", "b": "15", "c": "4"}


class FakeReader:
    """Knows the readings of TEXTS by heart."""

    def __init__(self, make: MadeBy = MAKE) -> None:
        self.made_by = make
        self.reads = 0

    def read(self, given: Document) -> Reading:
        self.reads += 1
        if given.id == "refused":
            raise InputError("refused: this text is refused")
        if given.id == "fault":
            raise ZeroDivisionError("by zero")
        id = given.id[0]
        text, day = given.text, DAYS[id]
        found = ()
        if id in TOLLS:
            toll = count(text, TOLLS[id], float(TOLLS[id]), float(TOLLS[id]))
            found = (event("E1", text, "strike", where="Ruwaida", day=day, quantities=(toll,)),)
        made = reading(given, events=found, publisher=f"Outlet {given.id}", published=day)
        return type(made)(**{**{f: getattr(made, f) for f in made.__struct_fields__}, "made_by": self.made_by})


class Heard:
    """A watch that remembers."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.skipped: list[str] = []

    def __call__(self, source: str, error: RashomonError) -> None:
        self.failed.append(f"{source}: {error}")

    def step(self, name: str) -> None:
        pass

    def skip(self, name: str, reason: str) -> None:
        self.skipped.append(name)


def arrival(id: str, text: str | None = None, language: str = "en") -> Arrival:
    given = document(id, text or TEXTS.get(id, "Some text."))
    given = Document(given.id, given.source, given.text, language)
    return Arrival(raw(given), given)


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker.load()


@pytest.fixture
def ledger(base: Base) -> Iterator[Ledger]:
    with open_ledger(base.target, create=True) as opened:
        yield opened


def state(ledger: Ledger) -> tuple[object, ...]:
    view = ledger.view()
    return view.stories(), tuple(view.incidents()), view.tallies()


def test_add_reads_links_and_compares(ledger: Ledger, linker: Linker) -> None:
    change = builder.add(map(arrival, "abcd"), ledger, FakeReader(), linker=linker)
    assert (change.read, change.linked, change.failed) == (4, 4, 0)
    view = ledger.view()
    assert sorted(len(story.documents) for story in view.stories()) == [1, 3]
    assert sorted(len(one.documents) for one in view.incidents()) == [1, 2]
    (both,) = [one for one in view.incidents() if len(one.documents) == 2]
    assert [pair.relation for pair in both.comparisons if pair.field == "killed"] == ["disagree"]
    assert not view.pending() and not list(view.verify())


def test_adding_twice_changes_nothing_and_reads_nothing(ledger: Ledger, linker: Linker) -> None:
    reader = FakeReader()
    builder.add(map(arrival, "abcd"), ledger, reader, linker=linker)
    before, reads = state(ledger), reader.reads
    change = builder.add(map(arrival, "dcba"), ledger, reader, linker=linker)
    assert change == Change(known=4)
    assert state(ledger) == before and reader.reads == reads


def test_many_who_add_at_once_come_to_what_one_comes_to(base: Base, linker: Linker) -> None:
    """Different documents and the same ones; each links what it finds."""
    arrivals = {f"{id}{number}": arrival(f"{id}{number}", TEXTS[id]) for id in "abcd" for number in range(4)}
    errors: list[Exception] = []

    def work(ids: Sequence[str]) -> None:
        try:
            with open_ledger(base.target) as own:
                for some in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
                    builder.add([arrivals[id] for id in some], own, FakeReader(), linker=linker)
        except Exception as error:
            errors.append(error)

    open_ledger(base.target, create=True).close()
    shares = [sorted(arrivals)[at::2] for at in (0, 1, 0)] + [sorted(arrivals)[::-1]]
    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with open_ledger(base.target) as many, open_ledger(base.another().target, create=True) as one:
        builder.add(arrivals.values(), one, FakeReader(), linker=linker)
        assert state(many) == state(one) and len(many.view().documents()) == 16
        assert not many.view().pending() and not list(many.view().verify())


def test_what_was_read_is_kept_when_the_next_document_stops_the_run(ledger: Ledger, linker: Linker) -> None:
    class Stopped(Exception):
        pass

    def arrivals() -> Iterator[Arrival]:
        yield from map(arrival, "ab")
        raise Stopped

    with pytest.raises(Stopped):
        builder.add(arrivals(), ledger, FakeReader(), linker=linker)
    assert len(ledger.view().pending()) == 2


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations("abcd"))
def test_one_by_one_in_any_order_equals_all_at_once(
    order: Sequence[str], linker: Linker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("ledgers")
    with open_ledger(folder / "one.db", create=True) as one, open_ledger(folder / "all.db", create=True) as every:
        for id in order:
            builder.add([arrival(id)], one, FakeReader(), linker=linker)
        builder.add(map(arrival, "abcd"), every, FakeReader(), linker=linker)
        assert state(one) == state(every)
        builder.relink(one, linker=linker)
        assert state(one) == state(every)


WORDS = (
    "Ruwaida", "clinic", "olive", "press", "strike", "Oduya", "Benali", "grain", "Qasr", "harbour", "Lumbarda", "bridge", "ferry",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_ledger_changed_step_by_step_is_linked_as_if_made_at_once(
    data: st.DataObject, linker: Linker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    some = st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=9), min_size=2, max_size=8)
    texts = {f"t{at}": " ".join(words) + "." for at, words in enumerate(data.draw(some))}

    class Plain(FakeReader):
        def read(self, given: Document) -> Reading:
            return reading(given, publisher=f"Outlet {given.id}", published="2022-05-02")

    folder = tmp_path_factory.mktemp("steps")
    with open_ledger(folder / "steps.db", create=True) as steps, open_ledger(folder / "once.db", create=True) as once:
        left = data.draw(st.permutations(sorted(texts)))
        gone = set(data.draw(st.lists(st.sampled_from(left), max_size=3)))
        for id in left:
            builder.add([arrival(id, texts[id])], steps, Plain(), linker=linker)
        for id in sorted(gone):
            builder.remove(steps, [steps.view().document(id).key], linker=linker)
        builder.add([arrival(id, texts[id]) for id in sorted(texts) if id not in gone], once, Plain(), linker=linker)
        whole = linker.link(steps.view().readings())
        assert [story.documents for story in steps.view().stories()] == [story.documents for story in once.view().stories()]
        assert steps.view().stories() == whole.stories


@pytest.mark.parametrize("seed", range(4))
def test_stories_saved_a_few_at_a_time_are_those_of_linking_at_once(
    seed: int, linker: Linker, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    texts = {f"t{at}": " ".join(dice.sample(WORDS, dice.randint(3, 6))) + "." for at in range(18)}

    class Plain(FakeReader):
        def read(self, given: Document) -> Reading:
            return reading(given, publisher=f"Outlet {given.id}", published="2022-05-02")

    monkeypatch.setattr(relinking, "_AT_ONCE", 2)
    for some in (list(texts)[:9], list(texts)[9:12], list(texts)[12:]):
        builder.add([arrival(id, texts[id]) for id in some], ledger, Plain(), linker=linker)
        assert ledger.view().stories() == linker.link(ledger.view().readings()).stories
    assert len(ledger.view().stories()) < 18 and not list(ledger.view().verify())


def test_removing_leaves_what_the_rest_would_have_been(ledger: Ledger, linker: Linker, tmp_path: Path) -> None:
    builder.add(map(arrival, "abcd"), ledger, FakeReader(), linker=linker)
    change = builder.remove(ledger, [ledger.view().document("a").key], linker=linker)
    assert change.removed == 1
    with open_ledger(tmp_path / "rest.db", create=True) as rest:
        builder.add(map(arrival, "bcd"), rest, FakeReader(), linker=linker)
        assert state(ledger) == state(rest)


def test_another_language_is_kept_and_not_read(ledger: Ledger, linker: Linker) -> None:
    heard = Heard()
    change = builder.add([arrival("x", "Un texte.", "fr")], ledger, FakeReader(), watch=heard, linker=linker)
    assert change.not_read == 1 and heard.skipped == ["x"]
    assert ledger.view().document("x").state == "not-read"


@pytest.mark.parametrize("id", ["refused", "fault"])
def test_a_document_that_fails_is_noted_and_the_others_go_on(ledger: Ledger, linker: Linker, id: str) -> None:
    heard = Heard()
    arrivals = [arrival(id), arrival("a")]
    change = builder.add(arrivals, ledger, FakeReader(), watch=heard, linker=linker)
    assert (change.read, change.failed) == (1, 1)
    assert len(heard.failed) == 1 and id in heard.failed[0]
    assert [failure.id for failure in ledger.view().status().failed] == [id]


def test_reread_replaces_readings_of_another_make(ledger: Ledger, linker: Linker) -> None:
    builder.add(map(arrival, "abc"), ledger, FakeReader(), linker=linker)
    newer = FakeReader(MadeBy(code="newer", knowledge="knowledge", models="models"))
    assert builder.add(map(arrival, "abc"), ledger, newer, linker=linker).stale == 3
    change = builder.reread(ledger, newer, linker=linker)
    assert change.read == 3
    assert builder.reread(ledger, newer, linker=linker) == Change()
    assert len(ledger.view().history(ledger.view().document("a").key)) == 2


class CopyReader:
    """Every document is one text; only "dated" states its day."""

    made_by = MAKE

    def read(self, given: Document) -> Reading:
        return reading(given, publisher=f"Outlet {given.id}", published="2022-05-02" if given.id == "dated" else None)


@pytest.mark.parametrize("order", [("dated", "copy", "other"), ("other", "copy", "dated")])
def test_a_copy_narrows_the_date_of_an_undated_document_in_any_order(
    tmp_path: Path, linker: Linker, order: tuple[str, ...]
) -> None:
    text = " ".join((TEXTS["a"], TEXTS["b"], TEXTS["c"]))
    with open_ledger(str(tmp_path / "copies.db"), create=True) as ledger:
        for id in order:
            builder.add([arrival(id, text)], ledger, CopyReader(), linker=linker)
        view = ledger.view()
        keys = {entry.id: entry.key for entry in view.documents()}
        found = builder.date_of(view, keys["copy"])
        assert found is not None and (found.start, found.end, found.best) == ("2022-04-29", "2022-05-05", "2022-05-02")
        assert [clue.documents for clue in found.clues] == [(keys["dated"],)]
        assert builder.date_of(view, keys["dated"]) is None
        kept = view.reading(keys["copy"])
        assert kept is not None and kept.document.published.basis == "unknown"
        builder.remove(ledger, [keys["dated"]], linker=linker)
        assert builder.date_of(view, keys["copy"]) is None
