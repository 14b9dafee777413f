"""A reader without models, that workers of Ray can be handed, and documents with the events that it finds in them."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

from rashomon.batch import linking
from rashomon.batch.reading import ReadingWork
from rashomon.batch.run import Makes
from rashomon.blocks.pool import Make
from rashomon.config import Limits
from rashomon.errors import InputError
from rashomon.ingest import Languages, Singles
from rashomon.linker import Linker
from rashomon.records import Arrival, Document, Reading

from ..factories import MAKE, claim, count, document, event, raw, reading

TOWNS = ("Ruwaida", "Tell Amar", "Hasna")
OBJECTS = ("clinic near the olive press", "school by the northern gate", "bakery on the station road", "bridge over the Quweis")


class Light:
    """Finds an air strike with its toll where the text begins so; dies, refuses or sleeps where the text asks for it.

    `log`: a folder that gets a file for every document read.
    """

    made_by = MAKE

    def __init__(self, log: Path | None = None, seconds: float = 0.0) -> None:
        self._log = log
        self._seconds = seconds

    def read(self, given: Document) -> Reading:
        if self._log is not None:
            with (self._log / given.id).open("a") as file:
                file.write("x")
        if "kill the worker" in given.text:
            os._exit(9)
        if "refuse" in given.text:
            raise InputError(f"{given.id}: this text is refused")
        time.sleep(self._seconds)
        day = given.published
        if not given.text.startswith("An air strike"):
            return reading(given, published=day)
        toll = given.text.split(" killed ")[1].split()[0]
        town = next(each for each in TOWNS if each in given.text)
        struck = event("E1", given.text, "strike", where=town, day=day or "2022-05-02", according_to="A1", quantities=(
            count(given.text, toll, float(toll), float(toll)),
        ))
        said = claim("A1", given.text, "doctors", given.text.split(", doctors")[0], f"Outlet {given.id}")
        return reading(given, events=(struck,), claims=(said,), publisher=f"Outlet {given.id}", published=day)


def _made(log: Path | None, seconds: float) -> ReadingWork:
    return ReadingWork(Light(log, seconds), Singles(Limits(), Languages()))


def light(log: Path | None = None, seconds: float = 0.0) -> Make:
    """What makes a worker with a light reader."""
    return partial(_made, log, seconds)


def makes(log: Path | None = None, seconds: float = 0.0) -> Makes:
    """A light reader beside the program's own linker."""
    return Makes(light(log, seconds), MAKE, linking.links_with(None), Linker.load().made)


def arrival(id: str, text: str, published: str | None = None, language: str = "en") -> Arrival:
    """A document with its bytes."""
    given = document(id, text)
    given = Document(given.id, given.source, given.text, language, published=published)
    return Arrival(raw(given), given)


def news(number: int) -> Arrival:
    """The report of that number: four of one happening follow on another, months apart."""
    happening = number // 4
    town, hit = TOWNS[happening % len(TOWNS)], OBJECTS[happening % len(OBJECTS)]
    day = f"2022-{happening % 12 + 1:02}-{happening % 27 + 1:02}"
    text = f"An air strike on the {hit} in {town} killed {10 + happening + number % 2} people on that day, doctors said."
    if number % 4 == 3:
        text = f"In {town} the {hit} was destroyed, residents told Outlet {number}; {happening} families left the district."
    return arrival(f"n{number:04}", text, None if number % 9 == 8 else day)


class Heard:
    """A watch that remembers."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.skipped: list[str] = []
        self.done: list[str] = []

    def __call__(self, source: str, error: Exception) -> None:
        self.failed.append(f"{error}")

    def step(self, name: str) -> None:
        self.done.append(name)

    def skip(self, name: str, reason: str) -> None:
        self.skipped.append(name)
