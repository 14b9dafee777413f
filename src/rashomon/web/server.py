"""The server that carries the page: one process, 127.0.0.1 alone."""

from __future__ import annotations

import socket

import uvicorn

from ..config import Fetching, Limits
from ..errors import UsageError
from ..ledger import Ledger
from .app import create_app
from .caution import Caution


def listen(port: int) -> socket.socket:
    """A socket that listens on 127.0.0.1; port 0 takes one that is free. UsageError where the port is taken."""
    # Named as TCP, so that asyncio sends each piece at once: else an answer waits 40 ms for the other side.
    heard = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    heard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        heard.bind(("127.0.0.1", port))
        heard.listen(128)
    except OSError as error:
        heard.close()
        raise UsageError(f"port {port} cannot be used ({error.strerror}): name another with --port, or 0 for any") from error
    return heard


def run(ledger: Ledger, where: str, heard: socket.socket, limits: Limits, caution: Caution, fetching: Fetching) -> None:
    """Serve until the process is told to stop."""
    app = create_app(ledger, where, limits=limits, caution=caution, fetching=fetching)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[heard])
