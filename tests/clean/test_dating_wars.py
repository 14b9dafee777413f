"""Publication dates of texts on many wars, and datelines without a year. The texts are written for these tests."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from rashomon.clean.dating import date_document
from rashomon.errors import KnowledgeError
from rashomon.knowledge.calendar import load_calendar
from rashomon.knowledge.files import HERE
from rashomon.records import Block, Document, Layout, Publication, Span
from rashomon.resolve.times import Grammar

CALENDAR = load_calendar()
GRAMMAR = Grammar(CALENDAR.words)


def dated(text: str) -> Publication:
    layout = Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"\S(?:[^\n]*\S)?", text)))
    return date_document(Document(id="a", source="a", text=text), layout, None, GRAMMAR.expressions(text, layout, None), CALENDAR)


def held(text: str, day: str, widest: int) -> Publication:
    """The dating, once its interval is seen to hold the day and to be no wider than so many days."""
    found = dated(text)
    assert found.start is not None and found.end is not None and found.best is not None, found.evidence
    assert found.start <= day <= found.end
    assert (datetime.date.fromisoformat(found.end) - datetime.date.fromisoformat(found.start)).days <= widest
    assert found.start <= found.best <= found.end
    return found


@pytest.mark.parametrize(
    ("day", "widest", "text"),
    [
        ("2022-04-08", 7, "A missile struck the railway station in Kramatorsk on Friday and killed many who waited there."),
        ("2015-02-18", 7, "Ukrainian troops withdrew from Debaltseve on Wednesday after weeks of shelling, officers said."),
        ("2022-05-10", 100, "Shells hit the Azovstal plant in Mariupol, where fighters are holding out, on Tuesday."),
        ("2016-11-08", 300, "Iraqi special forces fought Islamic State in the eastern districts of Mosul on Tuesday."),
        ("2019-05-10", 31, "Men loyal to Khalifa Haftar shelled the suburbs. Their offensive on Tripoli began last month."),
        ("2018-08-09", 7, "An air strike by the coalition hit a bus in Saada province on Thursday, the Red Cross said."),
        ("2024-01-28", 31, "Gaza's health ministry said 26,422 Palestinians have been killed. Israel and Hamas fight on."),
        ("2021-08-26", 7, "Two blasts outside Kabul airport killed dozens on Thursday. The Taliban condemned the attack."),
        ("2020-10-17", 60, "Armenia blamed Azerbaijan. Shelling was heard in Stepanakert, where fighting goes on."),
        ("2023-04-12", 7, "An air strike on the village of Pazigyi killed many on Tuesday. Myanmar's junta confirmed it."),
        ("2016-07-09", 21, "Troops of Salva Kiir and Riek Machar fought in Juba on Saturday. Gunfire was heard in Juba."),
        ("2012-11-20", 31, "M23 rebels entered Goma on Tuesday as soldiers fled. President Joseph Kabila flew to Kampala."),
        ("2023-12-01", 1500, "The Rapid Support Forces shelled the army in Khartoum, the capital of Sudan, and the war went on."),
    ],
)
def test_undated_texts_on_many_wars(day: str, widest: int, text: str) -> None:
    assert held(text, day, widest).basis == "inferred"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2023-06-06", "KHERSON, June 6 (Wire) - The Kakhovka dam was breached early on Tuesday, officials said."),
        ("2020-11-29", "MEKELLE, 29 November (Wire) \u2014 Ethiopia's army took control of Mekelle on Saturday, officials said."),
        ("2025-01-28", "GOMA, Jan 28 (Wire) - M23 rebels, backed by Rwanda, seized Goma on Monday. Felix Tshisekedi was silent."),
        ("2016-09-18", "Toll rises\n\nHASNA/NEW YORK, Sept 18 (Wire) - A strike by the coalition on Syrian soldiers at Deir "
                       "al-Zor killed 90, a monitor said on Sunday, in what the coalition called a mistake."),
    ],
)
def test_a_dateline_takes_its_year_from_weekdays_and_the_rest(day: str, text: str) -> None:
    found = held(text, day, 0)
    assert found.basis == "stated"
    assert "dateline" in found.evidence[0].why and found.evidence[0].span is not None


def test_a_dateline_that_fits_several_years_says_so() -> None:
    text = "HASNA, May 9 (Wire) - Shells fell on the port.\nPrime Minister Denys Shmyhal spoke of it."
    found = dated(text)
    assert found.basis == "inferred" and found.start == "2020-05-09" and found.end == "2025-05-09"
    named = dated(text.replace("port.", "port on Saturday.", 1))  # 9 May is a Saturday in 2020, a Sunday in 2021
    assert (named.start, named.end, named.best) == ("2020-05-09", "2021-05-09", "2020-05-09")


def test_a_weekday_in_the_dateline_is_its_own() -> None:
    text = "Sunday, 9 May\nShells fell on the port.\nPresident Volodymyr Zelensky and President Joe Biden spoke."
    assert (dated(text).start, dated(text).end) == ("2021-05-09", "2021-05-09")


def test_no_year_is_found_where_nothing_bounds_the_text() -> None:
    assert dated("HASNA, May 9 (Wire) - Shells fell on the port on Monday.").basis == "unknown"


def test_a_past_day_without_a_year_is_of_the_year_that_fits() -> None:
    text = "Secretary of State John Kerry met Defense Secretary Ash Carter. The bridge was cut on Saturday, November 26."
    held(text, "2016-11-28", 7)


def test_what_is_looked_back_on_does_not_close_the_interval() -> None:
    news = "Shells hit the market as Bakhmut fell to Wagner fighters who captured Bakhmut on Saturday."
    assert dated(news).start is not None
    for text in ("Two years after the fall of Bakhmut its people met on Saturday.",
                 "A year on, survivors of the strike on the railway station in Kramatorsk spoke on Monday."):
        assert dated(text).basis == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "Vice President Joe Biden spoke.",
        "Deputy Secretary of State Antony Blinken spoke.",
        "He held out an olive branch to the party.",
        "Ten were killed, the Hezbollah leader Hassan Nasrallah said in Lebanon.",
        "Soldiers have been killed by men loyal to Muammar Gaddafi.",
        "The coastal province has seen a school closed in Syria.",
    ],
)
def test_words_that_look_like_an_event_are_none(text: str) -> None:
    assert not dated(text).evidence


def test_the_lists_are_checked(tmp_path: Path) -> None:
    for path in sorted((HERE / "dated").glob("*.yaml")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(load_calendar(tmp_path).events) == len(CALENDAR.events) > 400
    wrong = "wars: [{name: x, start: 2020-01-02, end: 2020-01-01, all: [x], words: [war]}]\n"
    (tmp_path / "zz.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'x' ends before it begins"):
        load_calendar(tmp_path)
    (tmp_path / "zz.yaml").unlink()
    (tmp_path / "words.yaml").unlink()
    with pytest.raises(KnowledgeError, match="known_until"):
        load_calendar(tmp_path)


def test_every_key_stands_where_its_event_is_named() -> None:
    """Keys only spare work: a pattern that is plain words must hold one of them."""
    plain = re.compile(r"[a-z -]+")
    for entry, _ in CALENDAR.events:
        if len(entry.all) == 1 and entry.keys:
            for said in entry.all[0].split("|") if "(" not in entry.all[0] else ():
                if plain.fullmatch(said):
                    assert any(key in said for key in entry.keys), entry.all
