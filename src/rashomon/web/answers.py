"""Answers of the API: msgspec records as JSON with an ETag, their shapes in the OpenAPI description, errors in a sentence."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

F = TypeVar("F", bound=Callable[..., Any])
_REFERENCE = "#/components/schemas/{name}"


class Problem(msgspec.Struct, frozen=True):
    """What went wrong, in one sentence."""

    detail: str


class Packed(NamedTuple):
    """A record as JSON, as it is sent: kept where making and compressing it takes long."""

    body: bytes
    tag: str
    small: bytes

    @classmethod
    def of(cls, record: object) -> Packed:
        """The record made ready."""
        body = msgspec.json.encode(record, order="deterministic")
        return cls(body, _tag(body), gzip.compress(body, 5, mtime=0))


def _tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


class Answer(Response):
    """A record as JSON; one that the browser holds already (If-None-Match) is answered with 304 and no body."""

    media_type = "application/json"

    def __init__(self, record: object, request: Request | None = None, status_code: int = 200) -> None:
        small = isinstance(record, Packed) and request is not None and "gzip" in (request.headers.get("accept-encoding") or "")
        if isinstance(record, Packed):
            body, tag = record.small if small else record.body, record.tag
        else:
            body = msgspec.json.encode(record, order="deterministic")
            tag = _tag(body)
        held = request is not None and tag in (request.headers.get("if-none-match") or "")
        super().__init__(b"" if held else body, 304 if held else status_code)
        self.headers["etag"] = tag
        if small and not held:
            self.headers["content-encoding"] = "gzip"
            self.headers["vary"] = "Accept-Encoding"
        self.headers["cache-control"] = "no-cache"


class Told(NamedTuple):
    """What a route's description says of its answer and of what is sent to it."""

    kind: Any
    status: int
    missing: bool
    media: str
    takes: Any


def answers(
    kind: Any, *, status: int = 200, missing: bool = False, media: str = "application/json", takes: Any = None,
) -> Callable[[F], F]:
    """Says of which type a route's answer is, or each of its events; `missing`: it may also find nothing; `takes`: the type of
    the JSON that is sent to it."""

    def mark(route: F) -> F:
        route.__dict__["answers"] = Told(kind, status, missing, media, takes)
        return route

    return mark


def nothing(what: str, name: str) -> HTTPException:
    """404: the ledger has no such thing."""
    return HTTPException(404, f"The ledger has no {what} {name!r}.")


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of the app, with the shapes of its records among the components."""
    made: dict[str, Any] = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    told: list[tuple[APIRoute, Told]] = [
        (route, route.endpoint.__dict__["answers"])
        for route in app.routes
        if isinstance(route, APIRoute) and "answers" in route.endpoint.__dict__
    ]
    kinds = [kind for _, each in told for kind in (each.kind, each.takes) if kind is not None]
    shapes, components = msgspec.json.schema_components([Problem, *kinds], ref_template=_REFERENCE)
    made.setdefault("components", {}).setdefault("schemas", {}).update(components)
    shape = dict(zip([Problem, *kinds], shapes, strict=True))

    def content(kind: Any, media: str = "application/json") -> dict[str, Any]:
        return {"content": {media: {"schema": shape[kind]}}}

    problem = content(Problem)
    # A file to take away is told by its route alone; what cannot be understood is answered to it as to the others.
    for operation in (one for path in made["paths"].values() for one in path.values() if "422" in one["responses"]):
        operation["responses"]["422"] = {"description": "The question cannot be understood.", **problem}
    for route, each in told:
        for method in sorted(route.methods or ()):
            operation = made["paths"][route.path][method.lower()]
            responses = operation["responses"]
            responses.pop("200", None)
            responses[str(each.status)] = {"description": "As asked.", **content(each.kind, each.media)}
            if method == "GET" and each.media == "application/json":
                responses["304"] = {"description": "What the browser holds is still so."}
            if "requestBody" in operation:
                responses["400"] = {"description": "What was sent cannot be read at all.", **problem}
                responses["413"] = {"description": "More was sent than is taken.", **problem}
            if each.takes is not None:
                operation["requestBody"] = {"required": True, **content(each.takes)}
            responses["422"] = {"description": "The question cannot be understood.", **problem}
            responses["503"] = {"description": "The ledger cannot answer now.", **problem}
            if each.missing:
                responses["404"] = {"description": "The ledger has nothing of that name.", **problem}
    return made
