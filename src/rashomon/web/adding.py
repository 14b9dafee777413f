"""Routes of adding: files, pasted text or pages by their addresses, with every step told as it comes (server-sent events)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Annotated

import msgspec
from fastapi import Body, FastAPI, File, HTTPException, Request, UploadFile
from fastapi.responses import StreamingResponse

from ..config import Limits
from ..ingest.fetch import is_address
from .answers import Answer, answers, nothing
from .work import Step, Works

MOST_FILES = 1000
MOST_ADDRESSES = 100
_PIECE = 1 << 20


class Started(msgspec.Struct, frozen=True):
    """A job that was begun; its steps are at `/api/jobs/{id}/steps`."""

    job: str


class Pasted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text from the clipboard with what is known of it."""

    text: str
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


class Addresses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Addresses of pages, http or https, to be fetched and read."""

    addresses: tuple[str, ...]


def routes(app: FastAPI, works: Works, limits: Limits) -> None:
    """Adds the routes to the app."""

    @app.post("/api/documents", status_code=202, summary="Read files in")
    @answers(Started, status=202)
    async def files(files: Annotated[list[UploadFile], File(max_length=MOST_FILES)]) -> Answer:
        folder = Path(mkdtemp(prefix="rashomon-"))
        try:
            for number, file in enumerate(files):
                await _keep(file, folder / f"{number:04d}", limits)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        names = [file.filename or "file" for file in files]
        job = works.add_files(folder, names[0] if len(names) == 1 else f"{len(names)} files")
        return Answer(Started(job.id), status_code=202)

    @app.post("/api/documents/text", status_code=202, summary="Read a pasted text in")
    @answers(Started, status=202, takes=Pasted)
    def pasted(given: Annotated[dict[str, object], Body()]) -> Answer:
        try:
            text = msgspec.convert(given, Pasted)
        except msgspec.ValidationError as error:
            raise HTTPException(422, f"The pasted text cannot be understood: {error}.")
        if not text.text.strip():
            raise HTTPException(422, "There is no text to read.")
        folder = Path(mkdtemp(prefix="rashomon-"))
        told = {name: value for name, value in msgspec.to_builtins(text).items() if value}
        told.setdefault("id", (text.title or text.text).strip().split("\n")[0][:80])
        (folder / "pasted.jsonl").write_bytes(msgspec.json.encode(told) + b"\n")
        return Answer(Started(works.add_files(folder, told["id"]).id), status_code=202)

    @app.post("/api/documents/addresses", status_code=202, summary="Fetch pages and read them in")
    @answers(Started, status=202)
    def addresses(given: Annotated[dict[str, object], Body()]) -> Answer:
        try:
            asked = msgspec.convert(given, Addresses).addresses
        except msgspec.ValidationError as error:
            raise HTTPException(422, f"The addresses cannot be understood: {error}.")
        wanted = tuple(dict.fromkeys(each.strip() for each in asked if each.strip()))
        if not 0 < len(wanted) <= MOST_ADDRESSES:
            raise HTTPException(422, f"Give one address at least, and {MOST_ADDRESSES} at most.")
        if wrong := [each for each in wanted if not is_address(each)]:
            raise HTTPException(422, f"{wrong[0][:200]!r} is no address of a page: it begins with http:// or https://.")
        job = works.add_addresses(wanted, wanted[0] if len(wanted) == 1 else f"{len(wanted)} pages")
        return Answer(Started(job.id), status_code=202)

    @app.get("/api/jobs/{id}/steps", summary="The steps of a job as they come (server-sent events)",
             response_class=StreamingResponse)
    @answers(Step, missing=True, media="text/event-stream")
    def steps(request: Request, id: str) -> StreamingResponse:
        job = works.job(id)
        if job is None:
            raise nothing("job", id)
        last = request.headers.get("last-event-id", "0")

        def events() -> Iterator[bytes]:
            for number, step in job.steps(int(last) if last.isdigit() else 0):
                yield b": waiting\n\n" if step is None else b"id: %d\ndata: %s\n\n" % (number, msgspec.json.encode(step))
            yield b"event: end\ndata: {}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream", headers={"cache-control": "no-store"})


async def _keep(file: UploadFile, folder: Path, limits: Limits) -> None:
    """The uploaded bytes under the file's own last name, in a folder of their own. 413 past the limit."""
    name = PurePosixPath((file.filename or "").replace("\\", "/")).name or "file.txt"
    folder.mkdir()
    size = 0
    with (folder / name[-200:]).open("wb") as kept:
        while piece := await file.read(_PIECE):
            size += len(piece)
            if size > limits.max_bytes:
                raise HTTPException(413, f"{name} is larger than {limits.max_bytes:,} bytes, the most for one document.")
            kept.write(piece)
