"""`rashomon actors`: who is known, and the check of a researcher's own war files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..knowledge.who import Known

_ON = click.option("--on", "day", metavar="DAY", help="As of this day (2016-10-03).")


@click.group()
def actors() -> None:
    """Who takes part in wars: look a name up, and check war files of your own.

    A war that Rashomon does not know is one YAML file in the folder actors/ of your data folder (or where the setting `actors` or
    the option --actors points); docs/actors.md explains it step by step.

    \b
    Examples:
      rashomon actors show "Nusra Front" --on 2016-11-03
      rashomon actors list --war "Syrian civil war"
      rashomon actors check norlund.yaml
      rashomon read report.txt --actors norlund.yaml
    """


@actors.command()
@click.argument("path", metavar="[FILE|FOLDER]", type=click.Path(path_type=Path), required=False)
@options.as_json
def check(path: Path | None, as_json: bool) -> int:
    """Check war files, each with those of the package: one sentence a fault, which names the file, the row and what to do.

    Without a path those in your own folder are checked. Exit status: 0 all in order, 1 there are faults.

    \b
    Examples:
      rashomon actors check norlund.yaml
      rashomon actors check
    """
    from ..errors import KnowledgeError, UsageError
    from ..knowledge.actors import check_files, own_files
    from .output import console, emit_record
    from .words import counted, plain

    try:
        files = own_files(path)
    except KnowledgeError as error:
        raise UsageError(str(error)) from error
    faults = check_files(files)
    if as_json:
        emit_record({"files": [str(file) for file in files], "faults": faults})
    else:
        for fault in faults:
            click.echo(plain(fault))
        told = counted(len(files), "file")
        end = f"{counted(len(faults), 'fault')} in {told}." if faults else f"{told}: all in order."
        console(stderr=bool(faults)).print(end, soft_wrap=True)
    return 1 if faults else 0


@actors.command("list")
@click.option("--war", metavar="NAME", help="Only the parties of this war.")
@click.option("--kind", metavar="KIND", help="Only this kind: state, government, armed-force, armed-group, igo, person, ...")
@_ON
@options.actors
@options.as_json
def list_(war: str | None, kind: str | None, day: str | None, actors: Path | None, as_json: bool) -> None:
    """Everybody known, one a line; without --war or --kind the wars with their counts of parties.

    \b
    Examples:
      rashomon actors list
      rashomon actors list --war "Russo-Ukrainian war" --on 2022-10-01
    """
    from ..errors import UsageError
    from ..knowledge.actors import load_actors
    from ..knowledge.who import everybody
    from .output import console, emit_record
    from .words import counted

    known = load_actors(own=actors)
    page = console()
    if war is not None and war not in (names := [one.war for one in known.wars]):
        raise UsageError(f"there is no war called {war!r}; there are {', '.join(names)}")
    if war is None and kind is None:
        for one in known.wars:
            row = {"war": one.war, "since": one.since, "until": one.until, "parties": len(one.parties)}
            if as_json:
                emit_record(row)
            else:
                page.print(f"{one.war}: since {one.since}, {counted(len(one.parties), 'party', 'parties')}", soft_wrap=True)
        return
    for actor in everybody(known, _day(day)):
        if war in (None, actor.war) and kind in (None, actor.kind):
            if as_json:
                emit_record(actor)
            else:
                side = f", {actor.side}" if actor.side else ""
                page.print(f"{actor.id}: {actor.name} ({actor.kind}{side})", soft_wrap=True)


@actors.command()
@click.argument("name")
@_ON
@options.actors
@options.as_json
def show(name: str, day: str | None, actors: Path | None, as_json: bool) -> int:
    """Who NAME is: its names over time, kind, side, sponsors, offices, codes. Exit status 1 where nobody is known by it.

    \b
    Examples:
      rashomon actors show Nusra --on 2016-11-03
      rashomon actors show Obama --on 2018-05-01
      rashomon actors show hts --json
    """
    from ..knowledge.actors import load_actors
    from ..knowledge.who import who
    from .output import console, emit_record
    from .words import plain

    found = who(load_actors(own=actors), name, _day(day))
    for one in found:
        if as_json:
            emit_record(one)
        else:
            for line in _told(one):
                console().print(line, soft_wrap=True)
    if not found:
        click.echo(plain(f"nobody is known as {name!r}; docs/actors.md tells how to add a name"), err=True)
    return 0 if found else 1


def _told(one: Known) -> list[str]:
    lines = [f"{one.name} ({one.kind})", f"  id: {one.id}"]
    lines += [f"  {key}: {value}" for key, value in (("war", one.war), ("side", one.side), ("state", one.state),
                                                    ("part of", one.part_of)) if value]
    for office in one.offices:
        held = f" ({office.held})" if office.held else ""
        lines.append(f"  office: {office.office}, {office.since} to {office.until or 'now'}{held}")
    for backer in one.sponsors:
        doubt = ", disputed" if backer.disputed else ""
        lines.append(f"  sponsor: {backer.name}, {backer.since or '?'} to {backer.until or 'now'}{doubt}")
    for tie in one.ties:
        doubt = ", disputed" if tie.disputed else ""
        lines.append(f"  belongs to: {tie.name}, {tie.since or '?'} to {tie.until or 'now'}{doubt}")
    codes = (("ACLED", f"{one.acled} ({one.acled_name})" if one.acled is not None else None), ("UCDP", one.ucdp),
             ("ISO 3166", f"{one.iso2} {one.iso3}" if one.iso3 else None), ("COW", one.cow))
    lines += [f"  {key}: {value}" for key, value in codes if value is not None]
    if one.note:
        lines.append(f"  note: {one.note}")
    others = [name for name in one.names if name != one.name]
    return [*lines, f"  also: {', '.join(others)}"] if others else lines


def _day(value: str | None) -> date | None:
    from ..errors import UsageError

    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is no day; write it as 2016-10-03") from error
