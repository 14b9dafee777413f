"""The application: routes of the API, the built page beside them, and what keeps both to this machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.gzip import GZipMiddleware

from ..config import Fetching, Limits, Settings
from ..errors import NotThere, RashomonError, UsageError
from ..ledger import Ledger
from ..reader import Reader
from . import (
    adding,
    books,
    control,
    deciding,
    document,
    incident,
    later,
    overview,
    private,
    reviewing,
    searches,
    sheet,
    who,
)
from .answers import Answer, Problem, describe
from .caution import Caution
from .library import Library
from .work import Works

STATIC = Path(__file__).parent / "static"
# Everything comes from here, nothing inline. Maps draw in a worker; pictures may be drawn on the spot.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self';"
    " worker-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
_A_YEAR = "public, max-age=31536000, immutable"
Next = Callable[[Request], Awaitable[Response]]


def create_app(
    ledger: Ledger, where: str, *, hosts: frozenset[str] = frozenset(), static: Path = STATIC,
    limits: Limits | None = None, caution: Caution | None = None, reader: Callable[[], Reader] = Reader.load,
    fetching: Fetching | None = None,
) -> FastAPI:
    """The page and its API over an open ledger.

    `hosts`: names besides those of this machine under which it is asked for; `static`: where the built page lies; `caution`:
    how long recent positions are held back, by the settings where it is not given; `reader`: loads
    what reads documents in, when the first one comes; `fetching`: how pages are fetched from their addresses.
    """
    app = FastAPI(
        title="Rashomon", version=version("rashomon"), openapi_url=None, docs_url=None, redoc_url=None,
        description="A ledger of attributed claims: who did what to whom, where, when, according to whom.",
    )
    library = Library(ledger, where, caution or Caution(Settings().delay_days))
    limits = limits or Limits()
    works = Works(ledger, limits, reader, fetching)
    for room in (overview, incident, later, document, who, control, books, sheet, private, searches):
        room.routes(app, library)
    adding.routes(app, works, limits)
    reviewing.routes(app, library, works)
    deciding.routes(app, library, works)
    app.state.described = describe(app)

    @app.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> Answer:
        return Answer(app.state.described, request)

    _errors(app)
    _page(app, static)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    _guard(app, _LOCAL | hosts)
    return app


def _errors(app: FastAPI) -> None:
    @app.exception_handler(StarletteHTTPException)
    async def told(_request: Request, error: StarletteHTTPException) -> Response:
        return Answer(Problem(str(error.detail)), status_code=error.status_code)

    @app.exception_handler(RequestValidationError)
    async def misunderstood(_request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return Answer(Problem(f"{where}: {first['msg']}."), status_code=422)

    @app.exception_handler(RashomonError)
    async def ours(_request: Request, error: RashomonError) -> Response:
        status = 404 if isinstance(error, NotThere) else 422 if isinstance(error, UsageError) else 503
        return Answer(Problem(str(error)), status_code=status)


def _page(app: FastAPI, static: Path) -> None:
    """Every address that is no file of the page and no route of the API is a view of the page."""

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def view(path: str) -> Response:
        if path.startswith("api/"):
            raise StarletteHTTPException(404, f"The API has no /{path}.")
        file = _file(static, path)
        if file is not None:
            lasting = _A_YEAR if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"cache-control": lasting})
        if not (static / "index.html").is_file():
            raise StarletteHTTPException(503, "The page is not built: install with `pip install '.[web]'`.")
        return FileResponse(static / "index.html", headers={"cache-control": "no-cache"})


def _file(static: Path, path: str) -> Path | None:
    """The file of the page at an address; None where there is none, or none could be: a view's address may hold any name."""
    try:
        file = (static / path).resolve()
        return file if path and file.is_file() and file.is_relative_to(static.resolve()) else None
    except (OSError, ValueError):
        return None


def _guard(app: FastAPI, hosts: frozenset[str]) -> None:
    """Only this machine's own page may ask: no other site through a user's browser, no other name for this address."""

    @app.middleware("http")
    async def guard(request: Request, call_next: Next) -> Response:
        host = (request.headers.get("host") or "").lower()
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        origin = request.headers.get("origin")
        if name not in hosts:
            response: Response = Answer(Problem("This address does not serve the page: use 127.0.0.1."), status_code=421)
        elif request.headers.get("sec-fetch-site") == "cross-site" or (
            origin is not None and urlsplit(origin).netloc.lower() != host
        ):
            response = Answer(Problem("Another site's page may not ask this ledger."), status_code=403)
        else:
            response = await call_next(request)
        response.headers["content-security-policy"] = POLICY
        response.headers["x-content-type-options"] = "nosniff"
        response.headers["referrer-policy"] = "no-referrer"
        response.headers["cross-origin-opener-policy"] = "same-origin"
        response.headers["cross-origin-resource-policy"] = "same-origin"
        return response
