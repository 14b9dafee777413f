"""A real web server on this machine whose pages a test writes, and which remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple


class Request(NamedTuple):
    path: str
    headers: Message
    at: float


class Served(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes
    wait: float = 0.0
    drip: float = 0.0


class Site:
    """`gives(path, body, headers, status)` sets what a path answers; every other path answers 404. A path may be given a function
    of the request that makes its answer. `wait` is a silence before the answer, `drip` the seconds between its bytes."""

    def __init__(self) -> None:
        self.pages: dict[str, Served | Callable[[Request], Served]] = {}
        self.requests: list[Request] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def __enter__(self) -> Site:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def gives(
        self, path: str, body: bytes | str, headers: Mapping[str, str] | None = None, status: int = 200, *, wait: float = 0.0,
        drip: float = 0.0,
    ) -> None:
        self.pages[path] = Served(status, headers or {}, body.encode() if isinstance(body, str) else body, wait, drip)

    def answers(self, path: str, make: Callable[[Request], Served]) -> None:
        self.pages[path] = make

    def asked(self, path: str) -> int:
        """How often the path was asked for."""
        return sum(request.path == path for request in self.requests)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        request = Request(self.path, self.headers, time.monotonic())
        site.requests.append(request)
        served = site.pages.get(self.path, Served(404, {}, b"not here"))
        if callable(served):
            served = served(request)
        time.sleep(served.wait)
        self.send_response(served.status)
        for name, value in served.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in served.headers:
            self.send_header("Content-Length", str(len(served.body)))
        self.end_headers()
        for piece in (served.body,) if not served.drip else (served.body[at : at + 1] for at in range(len(served.body))):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(served.drip)
        if served.headers.get("Content-Length", str(len(served.body))) != str(len(served.body)):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""
