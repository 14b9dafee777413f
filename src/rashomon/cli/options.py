"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


paths = click.argument("paths", metavar="PATH...", nargs=-1, required=True)
ledger = click.option(
    "--ledger", "-l", "ledger_at", metavar="L", help="A file, or a postgresql:// URL.  [default: in your data folder]"
)
actors = click.option(
    "--actors", "actors", metavar="PATH", type=click.Path(path_type=Path, exists=True),
    help="Your own war files: a folder, or one file.  [default: actors/ in your data folder]",
)
jobs = click.option(
    "--jobs", "-j", metavar="N", type=click.IntRange(min=1), default=processors,
    help="Work with N processes; the outcome is the same.  [default: one a processor]",
)
as_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output, and nothing else.")


def filters(command: F) -> F:
    """The options that choose among incidents; they arrive as the keyword arguments of `View.incidents`."""
    for option in reversed((
        click.option("--since", metavar="DAY", help="Touching this day or later (2016-10-03)."),
        click.option("--until", metavar="DAY", help="Touching this day or earlier."),
        click.option("--near", metavar="LAT,LON,KM", callback=circle, help="Touching this circle."),
        click.option("--type", metavar="ROOT", help="PLOVER root: ASSAULT, COERCE, ..."),
        click.option("--party", metavar="NAME", help="With this actor or recipient."),
        click.option("--relation", metavar="R", help="With accounts that: disagree, agree, compatible, ..."),
        click.option("--min-documents", metavar="N", type=int, default=1, help="Told by at least N documents."),
        click.option("--min-accounts", metavar="N", type=int, default=1, help="Told in at least N accounts."),
    )):
        command = option(command)
    return command


def circle(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[float, float, float] | None:
    """LAT,LON,KM as three numbers on the globe; None where the option is not given. BadParameter for what is none."""
    if value is None:
        return None
    try:
        lat, lon, km = (float(part) for part in value.split(","))
    except ValueError:
        raise click.BadParameter(f"{value!r} is not LATITUDE,LONGITUDE,KILOMETRES as in 36.2,37.16,30")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and km > 0):
        raise click.BadParameter(f"{value!r} lies outside the globe, or has no size")
    return lat, lon, km
