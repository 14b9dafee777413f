"""`rashomon gazetteer`: more place names than come with Rashomon, imported by the user."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..knowledge.imported import Summary
    from ..knowledge.importing import Report

SHOWN = 20  # bad rows named on standard error


@click.group()
def gazetteer() -> None:
    """Import place names: a GeoNames dump, or a table of your own.

    Towns above 500 inhabitants and a supplement of places in wars come with Rashomon. Imported names are looked up beside
    them from the next reading on; `rashomon reread` reads again what was read without them.

    \b
    Examples:
      rashomon gazetteer import allCountries.zip
      rashomon gazetteer import SY.zip
      rashomon gazetteer import my.csv
      rashomon gazetteer status
      rashomon gazetteer remove SY
    """


@gazetteer.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="What to call it.  [default: the file's name]")
@options.as_json
def import_(file: Path, name: str | None, as_json: bool) -> int:
    """Import FILE: a GeoNames dump (.zip, or its .txt), or a .csv with the columns name, latitude, longitude and, as you like,
    alternates (joined by ;), kind, precision, radius_km, country, admin1, population, source.

    Run it again after a stop, and it goes on where it was. Rows that cannot be read are named with their lines (exit
    status 1) and the rest is kept. A gazetteer of the same name is replaced when the new one is whole.

    \b
    Examples:
      rashomon gazetteer import SY.zip
      rashomon gazetteer import villages.csv --name "my villages"
    """
    from ..config import Settings
    from ..knowledge.importing import import_file
    from .output import console, emit_record
    from .words import counted, plain

    with _bar() as watch:
        report = import_file(file, Settings.load().gazetteers, name, watch)
    for bad in report.bad_rows[:SHOWN]:
        click.echo(plain(f"bad row: {file}, line {bad.line}: {bad.reason}"), err=True)
    if report.gazetteer.bad > SHOWN and report.bad_rows:
        click.echo(f"and {counted(report.gazetteer.bad - SHOWN, 'bad row')} more; --json lists the first 1,000", err=True)
    if as_json:
        emit_record(report)
    else:
        console().print(_told(report), soft_wrap=True)
    return 1 if report.bad_rows else 0


@gazetteer.command()
@options.as_json
def status(as_json: bool) -> None:
    """What is imported: its rows and names, and imports that were stopped.

    \b
    Example:
      rashomon gazetteer status
    """
    from ..config import Settings
    from ..knowledge.imported import summaries
    from .output import console, emit_record

    folder = Settings.load().gazetteers
    found = summaries(folder)
    if as_json:
        for one in found:
            emit_record(one)
        return
    page = console()
    for one in found:
        page.print(_line(one), soft_wrap=True)
    if not found:
        page.print(f"No gazetteer is imported (they go to {folder}).", soft_wrap=True)


@gazetteer.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@options.as_json
def remove(names: tuple[str, ...], as_json: bool) -> None:
    """Delete imported gazetteers, and imports that were stopped.

    \b
    Example:
      rashomon gazetteer remove SY
    """
    from ..config import Settings
    from ..knowledge.imported import remove as delete
    from .output import console, emit_record

    folder = Settings.load().gazetteers
    for name in dict.fromkeys(names):
        freed = delete(folder, name)
        if as_json:
            emit_record({"name": name, "removed": True, "bytes": freed})
        else:
            console().print(f"{name} is removed ({_size(freed)}).", soft_wrap=True)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from .output import console

    columns = TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        steps = ("reading", "sorting")
        tasks = {step: progress.add_task(f"{step} names", total=None, visible=step == steps[0]) for step in steps}

        def watch(step: str, done: int, total: int) -> None:
            progress.update(tasks[step], completed=done, total=max(total, 1), visible=True)

        yield watch


def _told(report: Report) -> str:
    from .words import counted

    one = report.gazetteer
    if report.known:
        return f"{one.name} is imported already: {counted(one.names, 'name')} of {counted(one.places, 'place')}."
    parts = [
        f"{one.name} is imported: {counted(one.names, 'name')} of {counted(one.places, 'place')}",
        f"from {counted(one.rows, 'row')}",
        *([f"{counted(report.resumed, 'row')} of them read before the stop"] if report.resumed else []),
        *([f"{one.left_out:,} left out (kinds of feature that reports do not name)"] if one.left_out else []),
        *([f"{counted(one.bad, 'bad row')}"] if one.bad else []),
    ]
    return ", ".join(parts) + f". It takes {_size(one.size)}: {one.path}"


def _line(one: Summary) -> str:
    from .words import counted

    if one.state == "broken":
        return f"{one.name}: broken: {one.problem}"
    if one.state == "unfinished":
        return (f"{one.name}: stopped after {counted(one.rows, 'row')} of {one.source or 'its file'} ({_size(one.size)}): "
                f"import the same file again to go on, or remove it")
    bad = f", {counted(one.bad, 'bad row')}" if one.bad else ""
    return f"{one.name}: {counted(one.names, 'name')} of {counted(one.places, 'place')} from {one.source}{bad}, {_size(one.size)}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size / 1000:,.1f} kB"
