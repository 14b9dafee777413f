"""What goes to standard output and what to standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from ..errors import RashomonError
from .words import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.text import Text


def emit(line: bytes) -> None:
    """One line of JSON on standard output, at once, so that the next program can begin."""
    out = sys.stdout.buffer
    out.write(line + b"\n")
    out.flush()


def emit_record(value: Any) -> None:
    """A record or a dict as one line of JSON."""
    import msgspec

    emit(msgspec.json.encode(value))


def console(*, stderr: bool = False) -> Console:
    """Where text for people goes: coloured and fitted on a terminal, plain and 110 wide elsewhere."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 110
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def indented(page: Console, text: Text | str, by: int, style: str = "") -> None:
    """A paragraph whose every line begins `by` columns in."""
    from rich.text import Text

    paragraph = text if isinstance(text, Text) else Text(text, style=style)
    for line in paragraph.wrap(page, max(page.width - by, 20)):
        line.rstrip()
        page.print(Text(" " * by).append_text(line), soft_wrap=True)


class Work:
    """One run over many documents: a progress line on a terminal, and a count of what failed.

    Call it as `failed(source, error)`; the error's own sentence names the document. `prints`: the command writes each
    document's result to standard output, so that on a terminal the results themselves are the progress.
    """

    def __init__(self, doing: str, *, prints: bool = False) -> None:
        self._doing = doing
        self._live = sys.stderr.isatty() and not (prints and sys.stdout.isatty())
        self._progress: Progress | None = None
        self.done = 0
        self.failed = 0
        self.not_read = 0

    def __enter__(self) -> Work:
        if self._live:
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
            self._progress = Progress(*columns, console=console(stderr=True), transient=True)
            self._progress.add_task(self._doing)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def __call__(self, source: str, error: RashomonError) -> None:
        self.failed += 1
        self.say(f"failed: {error}")

    def step(self, name: str) -> None:
        """Count one document as done and show its name."""
        self.done += 1
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], description=f"{self._doing} {self.done}: {plain(name)}")

    def doing(self, what: str) -> None:
        """Say on the progress line what is being done now."""
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], description=what)

    def skip(self, name: str, reason: str) -> None:
        """Count one document as kept but not read, and say why."""
        self.not_read += 1
        self.say(f"not read: {name}: {reason}")

    def note(self, name: str, what: str) -> None:
        """Say what else there is in a file."""
        self.say(f"{name}: {what}")

    def say(self, message: str) -> None:
        """A line on standard error, above the progress line."""
        if self._progress is not None:
            self._progress.console.print(plain(message), soft_wrap=True)
        else:
            click.echo(plain(message), err=True)

    @property
    def status(self) -> int:
        """The command's exit status: 1 when a document failed."""
        return 1 if self.failed else 0
