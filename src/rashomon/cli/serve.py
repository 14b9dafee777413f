"""`rashomon serve`: the page and its API on this machine."""

from __future__ import annotations

import click

from . import options


@click.command(short_help="Open the ledger as a page in your browser.")
@options.ledger
@click.option("--port", type=click.IntRange(0, 65535), default=8611, show_default=True, help="0: any that is free.")
@click.option(
    "--delay-days", type=click.IntRange(0, 3650),
    help="Hold positions back for so long after their report; 0 shows them.  [default: 14]",
)
@click.option("--open/--no-open", "show", default=False, help="Open a browser on it.")
def serve(ledger_at: str | None, port: int, delay_days: int | None, show: bool) -> None:
    """Serve the page and its API (described at /openapi.json) on 127.0.0.1, for this machine alone, until Ctrl-C.

    The page is no live map of a front: who holds what is shown 14 days after the report, and incidents of the last 14 days are
    drawn as wide areas. The setting delay_days, or --delay-days, says for how long; archives of former years are as they were.

    \b
    Examples:
      rashomon serve --ledger war.db
      rashomon serve --ledger war.db --port 9000 --open
    """
    from ..errors import UsageError
    from .desk import Desk

    try:
        from ..web.caution import Caution
        from ..web.server import listen, run
    except ModuleNotFoundError as error:
        raise UsageError(f"the page needs {error.name}: install it with `pip install 'rashomon[web]'`") from error
    with Desk(ledger_at) as desk:
        heard = listen(port)
        address = f"http://127.0.0.1:{heard.getsockname()[1]}/"
        click.echo(f"Serving {desk.where} at {address}  (Ctrl-C stops)")
        if show:
            click.launch(address)
        delay = desk.settings.delay_days if delay_days is None else delay_days
        run(desk.ledger, desk.where, heard, desk.settings.limits, Caution(delay), desk.settings.fetching)
