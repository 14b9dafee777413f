"""The program `rashomon`: its commands, and what leaves it when one of them ends."""

from __future__ import annotations

import io
import os
import sys
import warnings
from collections.abc import Sequence
from typing import TextIO

import click

from ..errors import RashomonError, UsageError
from .actors import actors
from .batch import batch
from .brief import brief
from .changes import changes
from .control import control
from .deciding import decisions, join, split, withdraw
from .dyads import dyads
from .export import export
from .filling import add, remove, reread
from .forecasts import forecasts, outcome
from .gazetteer import gazetteer
from .lineage import lineage
from .looking import contradictions, incidents, search, status, stories, verify
from .naming import naming
from .pledges import pledges
from .reading import read
from .revised import editions, revisions
from .serve import serve
from .show import show
from .tallies import tallies
from .watch import watch

DONE, SOME_FAILED, WRONG_USAGE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141


class Commands(click.Group):
    """Commands listed in the order of use rather than of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            # The reader (`head`, `less`) has seen enough. Nothing more may be written, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(PIPE_CLOSED)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done, 1 some documents failed (each is named on standard error), 2 wrong usage.",
)
@click.version_option(package_name="rashomon", message="rashomon %(version)s")
def commands() -> None:
    """Who did what to whom, where, when, and according to whom.

    Rashomon reads reports on armed conflict into a ledger of attributed claims, links the reports of one incident, and
    sets the accounts side by side. It never says which of them is true.

    \b
    A first look:
      rashomon add articles/ --ledger war.db
      rashomon incidents --ledger war.db
      rashomon show ID --ledger war.db --why
    """


for command in (
    read, add, batch, watch, serve,
    incidents, stories, contradictions, tallies, changes, lineage, search, show,
    control,
    brief, pledges, forecasts, outcome,
    revisions, editions, naming,
    join, split, withdraw, decisions,
    export, status, verify, reread, remove, dyads, gazetteer, actors,
):
    commands.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status. Errors are told on standard error, in a sentence each."""
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _tell
            result = commands.main(args=arguments, prog_name="rashomon", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        click.echo("Stopped. What was finished before is kept.", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except UsageError as error:
        click.echo(f"rashomon: {error}", err=True)
        return WRONG_USAGE
    except RashomonError as error:
        click.echo(f"rashomon: {error}", err=True)
        return SOME_FAILED
    return result if isinstance(result, int) else DONE


def _tell(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A warning in a sentence, without the line of code that gave it."""
    click.echo(f"rashomon: {message}", err=True)


def main() -> None:
    """Entry point of the installed program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A sign that the terminal cannot show is shown by its number rather than ending the program.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run())
