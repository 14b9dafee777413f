"""The words of time: what stands in times.yaml, as one record."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class TimeWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lists of times.yaml. Words are lower case; `units` give the base unit and how many of it a word means."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    ambiguous: tuple[str, ...]
    units: dict[str, tuple[str, int]]
    plurals: dict[str, str]
    ones: dict[str, int]
    tens: dict[str, int]
    larger: dict[str, int]
    ordinals: dict[str, int]
    vague_numbers: tuple[str, ...]
    set_words: dict[str, str]
    times_a: tuple[str, ...]
    measures: tuple[str, ...]
    unit_adjectives: tuple[str, ...]
    ways_back: tuple[str, ...]
    ways_on: tuple[str, ...]
    bare_after: tuple[str, ...]
    counted: tuple[str, ...]
    seasons: dict[str, str]
    day_parts: dict[str, str]
    begin_day_parts: tuple[str, ...]
    clock_words: dict[str, str]
    zones: dict[str, str]
    day_followed_by: tuple[str, ...]
    early: tuple[str, ...]
    middle: tuple[str, ...]
    late: tuple[str, ...]
    not_year_after: tuple[str, ...]
    year_after: tuple[str, ...]
    month_after: tuple[str, ...]
    present: tuple[str, ...]
    present_adjectives: tuple[str, ...]
    past: tuple[str, ...]
    past_adjectives: tuple[str, ...]
    future: tuple[str, ...]
    future_adjectives: tuple[str, ...]
    not_times: tuple[str, ...]
    name_nouns: tuple[str, ...]
    given_names: tuple[str, ...]
    openers: tuple[str, ...]
    said_words: tuple[str, ...]
    phrase_ends: tuple[str, ...]
    persons: tuple[str, ...]
    possessives: tuple[str, ...]
    length_leads: tuple[str, ...]
    no_triggers: tuple[str, ...]
    put_off: tuple[str, ...]
    fiscal_words: tuple[str, ...]
    american: tuple[str, ...]
    named_days: dict[str, datetime.date]
    unit_shifts: dict[str, int]
    from_now: tuple[str, ...]
    through: tuple[str, ...]
    stretch_shifts: dict[str, int]
    weekday_shifts: dict[str, int]
    deictic: dict[str, int]
    future_signs: tuple[str, ...]
    past_signs: tuple[str, ...]
    present_signs: tuple[str, ...]
    reporting: tuple[str, ...]
    future_helpers: tuple[str, ...]
    modals: tuple[str, ...]
    began_words: tuple[str, ...]
    lasted_words: tuple[str, ...]
    ahead: tuple[str, ...]
    feasts: dict[str, tuple[int, int]]
    nth_weekdays: dict[str, tuple[int, int, int]]
    from_easter: dict[str, int]
    orthodox_easter_words: tuple[str, ...]
    hijri_months: dict[str, int]
    hijri_feasts: dict[str, tuple[int, int]]
    feast_shifts: dict[str, int]
    ramadan: dict[int, tuple[datetime.date, datetime.date]]
    eid_al_adha: dict[int, datetime.date]
    eid_words: tuple[str, ...]
    eid_al_adha_words: tuple[str, ...]
    eid_al_fitr_words: tuple[str, ...]
    ramadan_words: tuple[str, ...]


def load_time_words(path: Path = HERE / "times.yaml") -> TimeWords:
    """The word lists. KnowledgeError names the file and the key that breaks its rules."""
    return load_yaml(path, TimeWords)
