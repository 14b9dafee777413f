"""What other documents add to a date: certain and likely bounds, no circles, no order."""

from __future__ import annotations

from itertools import permutations

from msgspec.structs import replace

from rashomon.knowledge.linking import DateRules, load_linking
from rashomon.link import ledger_date
from rashomon.records import Incident, LedgerDate, Reading, event_keys

from ..factories import claim, document, event, reading

RULES: DateRules = load_linking().dates
COPY = (
    "The river crossing at Ruwaida was shelled before dawn and the ferry that carried flour to the eastern bank burned down"
    " to the water line, the harbour master told the news desk by telephone while his clerks counted the sacks that could be"
    " saved from the hold and laid out to dry along the quay."
)
OTHER = "Nothing of this text stands in any other one, whatever else was printed in the same week by papers of the region."


def made(id: str, text: str, published: str | None = None, publisher: str | None = None, **more: object) -> Reading:
    return reading(document(id, text), published=published, publisher=publisher, **more)  # type: ignore[arg-type]


def dated(
    readings: dict[str, Reading], key: str = "a", incidents: tuple[Incident, ...] = (), captured: str | None = None
) -> LedgerDate | None:
    return ledger_date(key, readings, incidents, captured, RULES)


def incident(readings: dict[str, Reading]) -> Incident:
    """One incident of all events."""
    events = tuple(sorted(key for name, one in readings.items() for key in event_keys(name, one.events).values()))
    return Incident("i" * 32, "s", "ASSAULT", "shelling", tuple(sorted(readings)), events, None, None, (), ())


def test_a_copy_of_a_dated_text_is_of_those_days() -> None:
    found = dated({"a": made("a", COPY), "b": made("b", COPY, "2019-05-10", "Wire")})
    assert found is not None and (found.start, found.end, found.best) == ("2019-05-07", "2019-05-13", "2019-05-10")
    (clue,) = found.clues
    assert clue.ground == "same text" and clue.documents == ("b",) and not clue.certain
    assert "b (Wire) of 2019-05-10 has the same text" in clue.why


def test_the_reading_stays_and_a_dated_one_needs_nothing() -> None:
    own = made("a", COPY, "2019-05-09")
    assert dated({"a": own, "b": made("b", COPY, "2019-05-10")}) is None
    assert own.document.published.start == "2019-05-09"


def test_another_text_says_nothing() -> None:
    assert dated({"a": made("a", OTHER), "b": made("b", COPY, "2019-05-10")}) is None


def test_a_short_text_inside_a_long_one_is_no_copy() -> None:
    long = COPY + " " + " ".join(f"word{number}" for number in range(200))
    assert dated({"a": made("a", COPY), "b": made("b", long, "2019-05-10")}) is None


def test_no_circle() -> None:
    """Two undated copies date neither, and one dated by a third is no evidence for the other."""
    assert dated({"a": made("a", COPY), "b": made("b", COPY)}) is None
    three = {"a": made("a", COPY), "b": made("b", COPY), "c": made("c", COPY, "2019-05-10")}
    for key, other in (("a", "b"), ("b", "a")):
        found = dated(three, key)
        assert found is not None and all(clue.documents == ("c",) for clue in found.clues), other


def test_an_inferred_date_is_no_evidence() -> None:
    inferred = made("b", COPY, "2019-05-10")
    published = replace(inferred.document.published, basis="inferred")
    inferred = replace(inferred, document=replace(inferred.document, published=published))
    assert dated({"a": made("a", COPY), "b": inferred}) is None


def test_who_names_its_source_is_not_older() -> None:
    quoted = COPY[:120]
    text = f"{quoted} said a wire report. {OTHER}"
    taking = made("a", text, claims=(claim("A1", text, "Wire", quoted, "Herald"),), publisher="Herald")
    found = dated({"a": taking, "b": made("b", COPY, "2019-05-10", "Wire")})
    assert found is not None and (found.start, found.end) == ("2019-05-10", None)
    assert found.clues[0].certain and found.clues[0].ground == "names its source"


def test_who_is_named_as_source_is_not_younger() -> None:
    quoted = COPY[:120]
    text = f"{quoted} said a wire report. {OTHER}"
    taking = made("b", text, "2019-05-10", "Herald", claims=(claim("A1", text, "Wire", quoted, "Herald"),))
    found = dated({"a": made("a", COPY, publisher="Wire"), "b": taking})
    assert found is not None and (found.start, found.end) == (None, "2019-05-10")


def test_shared_words_without_a_name_show_no_direction() -> None:
    """Both may have copied a third."""
    text = f"{COPY[:120]} said a report. {OTHER}"
    assert dated({"a": made("a", text), "b": made("b", COPY, "2019-05-10", "Wire")}) is None


def test_no_account_is_older_than_its_event() -> None:
    one, two = "Guns shelled Ruwaida.", "On 3 May 2019 guns shelled Ruwaida, and again on 5 May."
    readings = {
        "a": made("a", one, events=(event("E1", one, "shelled"),)),
        "b": made("b", two, "2019-05-10", events=(event("E1", two, "shelled", day="2019-05-03"),)),
        "c": made("c", two, "2019-05-10", events=(event("E1", two, "shelled", day="2019-05-05"),)),
    }
    found = dated(readings, incidents=(incident(readings),))
    assert found is not None and (found.start, found.end) == ("2019-05-03", None)
    assert "“shelled”" in found.clues[0].why and not found.clues[0].certain


def test_a_day_reckoned_from_an_unstated_date_is_no_evidence() -> None:
    one = "Guns shelled Ruwaida."
    readings = {
        "a": made("a", one, events=(event("E1", one, "shelled"),)),
        "b": made("b", one, events=(event("E1", one, "shelled", day="2019-05-03", basis="anchored"),)),
    }
    assert dated(readings, incidents=(incident(readings),)) is None


def test_never_later_than_fetched() -> None:
    found = dated({"a": made("a", OTHER)}, captured="2020-02-02T10:00:00Z")
    assert found is not None and (found.start, found.end) == (None, "2020-02-02")
    assert found.clues[0].certain


def test_what_does_not_fit_is_left_out_and_said() -> None:
    found = dated({"a": made("a", COPY), "b": made("b", COPY, "2019-05-10")}, captured="2019-01-01")
    assert found is not None and (found.start, found.end, found.best) == (None, "2019-01-01", None)
    assert [clue.used for clue in found.clues] == [True, False] and "left out" in found.clues[1].why


def test_order_does_not_matter() -> None:
    one, two = f"{COPY} Guns shelled Hasna.", f"{COPY} Guns shelled Hasna on 8 May."
    readings = {
        "a": made("a", one, events=(event("E1", one, "shelled Hasna"),)),
        "b": made("b", two, "2019-05-10", events=(event("E1", two, "shelled Hasna", day="2019-05-08"),)),
        "c": made("c", COPY, "2019-05-12"),
    }
    found = {dated(dict(order), incidents=(incident(readings),)) for order in permutations(readings.items())}
    assert len(found) == 1
    (only,) = found
    assert only is not None and (only.start, only.end, only.best) == ("2019-05-09", "2019-05-13", "2019-05-10")
