"""`rashomon serve`: the page and its API on this machine."""

from __future__ import annotations

import click

from . import options


@click.command(short_help="Open the ledger as a page in your browser.")
@options.ledger
@click.option("--port", type=click.IntRange(0, 65535), default=8611, show_default=True, help="0: any that is free.")
@click.option("--open/--no-open", "show", default=False, help="Open a browser on it.")
def serve(ledger_at: str | None, port: int, show: bool) -> None:
    """Serve the page and its API (described at /openapi.json) on 127.0.0.1, for this machine alone, until Ctrl-C.

    \b
    Examples:
      rashomon serve --ledger war.db
      rashomon serve --ledger war.db --port 9000 --open
    """
    from ..errors import UsageError
    from .desk import Desk

    try:
        from ..web.server import listen, run
    except ModuleNotFoundError as error:
        raise UsageError(f"the page needs {error.name}: install it with `pip install 'rashomon[web]'`") from error
    with Desk(ledger_at) as desk:
        heard = listen(port)
        address = f"http://127.0.0.1:{heard.getsockname()[1]}/"
        click.echo(f"Serving {desk.where} at {address}  (Ctrl-C stops)")
        if show:
            click.launch(address)
        run(desk.ledger, desk.where, heard, desk.settings.limits, desk.settings.fetching)
