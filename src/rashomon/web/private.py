"""Routes of a person's folders with private notes. Asked for under that person's name; nothing else of the API tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

import msgspec
from fastapi import Body, FastAPI, HTTPException, Query, Request, Response

from ..ledger import Folder, ItemKind, Kept
from ..records import Span, sentence_around
from .answers import Answer, answers
from .library import Library

T = TypeVar("T", bound="Asked")
Person = Annotated[str, Query(min_length=1, max_length=100, description="The person's name.")]
Key = Annotated[str, Query(min_length=1, max_length=300)]
Sent = Annotated[dict[str, object], Body()]
_NOT_THEIRS: dict[int | str, dict[str, object]] = {404: {"description": "The person has no such folder."}}
_NAME, _NOTE, _KEY, _LABEL = 100, 20_000, 300, 200


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person asks to be kept."""

    person: str
    name: str


class FolderSent(Asked, frozen=True, forbid_unknown_fields=True):
    """A folder's name and note."""

    note: str = ""


class ItemSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to be put into a folder, or another note for it."""

    person: str
    kind: ItemKind
    key: str
    note: str = ""


class FolderList(msgspec.Struct, frozen=True):
    """A person's folders by name."""

    folders: tuple[Folder, ...]


class FolderItem(msgspec.Struct, frozen=True):
    """Something in a folder with its name today, None where the ledger holds it no more, and its address on the page."""

    kept: Kept
    label: str | None
    address: str | None


class FolderPage(msgspec.Struct, frozen=True):
    """A folder with all that lies in it, in the order in which it was put there."""

    folder: Folder
    items: tuple[FolderItem, ...]


def understood(given: dict[str, object], kind: type[T]) -> T:
    """What was sent, its name and person without white space around them. 422 where it cannot be understood."""
    try:
        asked = msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise HTTPException(422, f"This cannot be understood: {error}.")
    person, name = asked.person.strip(), asked.name.strip()
    if not (0 < len(person) <= _NAME and 0 < len(name) <= _NAME):
        raise HTTPException(422, f"A person and a name are needed, each of {_NAME} characters at most.")
    return msgspec.structs.replace(asked, person=person, name=name)


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""
    private = library.ledger.private()

    def page(person: str, id: str) -> FolderPage:
        return FolderPage(private.folder(person, id), tuple(_item(library, each) for each in private.items(person, id)))

    @app.get("/api/folders", summary="A person's folders")
    @answers(FolderList)
    def folders(request: Request, person: Person) -> Answer:
        return Answer(FolderList(private.folders(person)), request)

    @app.post("/api/folders", status_code=201, summary="Make a folder")
    @answers(Folder, status=201)
    def make(given: Sent) -> Answer:
        asked = _noted(understood(given, FolderSent))
        return Answer(private.make_folder(asked.person, asked.name, asked.note), status_code=201)

    @app.get("/api/folders/{id}", summary="A folder with all that lies in it")
    @answers(FolderPage, missing=True)
    def folder(request: Request, id: str, person: Person) -> Answer:
        return Answer(page(person, id), request)

    @app.put("/api/folders/{id}", summary="Another name or note for a folder")
    @answers(FolderPage, missing=True)
    def change(id: str, given: Sent) -> Answer:
        asked = _noted(understood(given, FolderSent))
        private.change_folder(asked.person, id, asked.name, asked.note)
        return Answer(page(asked.person, id))

    @app.delete("/api/folders/{id}", summary="Throw a folder away with its notes")
    @answers(FolderList, missing=True)
    def drop(id: str, person: Person) -> Answer:
        private.drop_folder(person, id)
        return Answer(FolderList(private.folders(person)))

    @app.put("/api/folders/{id}/items", summary="Put something into a folder, or change its note")
    @answers(FolderPage, missing=True)
    def put(id: str, given: Sent) -> Answer:
        try:
            asked = msgspec.convert(given, ItemSent)
        except msgspec.ValidationError as error:
            raise HTTPException(422, f"This cannot be understood: {error}.")
        if not 0 < len(asked.key) <= _KEY or len(asked.note) > _NOTE:
            raise HTTPException(422, f"A key has {_KEY} characters at most, a note {_NOTE:,}.")
        if _item(library, Kept(asked.kind, asked.key, "", "")).label is None:
            raise HTTPException(422, f"The ledger has no {asked.kind} {asked.key!r}.")
        private.put(asked.person, id, asked.kind, asked.key, asked.note)
        return Answer(page(asked.person, id))

    @app.delete("/api/folders/{id}/items", summary="Take something out of a folder")
    @answers(FolderPage, missing=True)
    def take_out(id: str, person: Person, kind: ItemKind, key: Key) -> Answer:
        private.take_out(person, id, kind, key)
        return Answer(page(person, id))

    @app.get(
        "/api/folders/{id}/export", summary="A folder as a file, for its own person", response_class=Response,
        responses=_NOT_THEIRS,
    )
    def export(id: str, person: Person, format: Literal["json", "markdown"] = "markdown") -> Response:
        found = page(person, id)
        if format == "json":
            body, media, ending = msgspec.json.format(msgspec.json.encode(found), indent=2), "application/json", "json"
        else:
            body, media, ending = _markdown(found).encode(), "text/markdown; charset=utf-8", "md"
        headers = {"content-disposition": f'attachment; filename="folder.{ending}"', "cache-control": "no-store"}
        return Response(body, media_type=media, headers=headers)


def _noted(asked: FolderSent) -> FolderSent:
    if len(asked.note) > _NOTE:
        raise HTTPException(422, f"A note has {_NOTE:,} characters at most.")
    return asked


def _item(library: Library, kept: Kept) -> FolderItem:
    label, address = _shown(library, kept.kind, kept.key)
    return FolderItem(kept, label, address)


def _shown(library: Library, kind: ItemKind, key: str) -> tuple[str | None, str | None]:
    """What it is called today, and its address on the page. Nothing of a removed document is left."""
    view = library.view
    if kind == "incident":
        incident = view.incident(key)
        if incident is None:
            return None, None
        parties = " → ".join(name for name in (incident.first("actor"), incident.first("recipient")) if name)
        where = incident.place.name if incident.place else "place not stated"
        day = (incident.time.start or "")[:10] if incident.time else ""
        told = f"{incident.action.replace('-', ' ')}{': ' if parties else ''}{parties}"
        return ", ".join(part for part in (told, where, day) if part), f"/incident/{incident.id}"
    if kind == "document":
        entry = view.known(key)
        return (entry.title or entry.id, f"/document/{key}") if entry is not None else (None, None)
    if kind == "claim":
        claim = view.claim(key)
        if claim is None or (at := claim.content or claim.source) is None:
            return None, None
        text = library.document(claim.document).text
        words = sentence_around(text, Span(at.start, at.start + 1)).of(text)
        words = words if len(words) <= _LABEL else f"{words[:_LABEL].rstrip()} …"
        return f"{claim.speaker or 'somebody'}: {words}", f"/document/{claim.document}?at={at.start}-{at.end}"
    return key, f"/actor/{quote(key, safe='')}" if kind == "actor" else f"/?place={quote(key, safe='')}"


def _markdown(found: FolderPage) -> str:
    lines = [f"# {_plain(found.folder.name)}", "", *_paragraphs(found.folder.note)]
    for kind in dict.fromkeys(each.kept.kind for each in found.items):
        lines += [f"## {kind.capitalize()}s", ""]
        for each in found.items:
            if each.kept.kind == kind:
                lines += [f"- {_plain(each.label or 'no longer in the ledger')} (`{_plain(each.kept.key)}`)"]
                lines += [f"  {line}" for line in _paragraphs(each.kept.note)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(note: str) -> Iterable[str]:
    return [*note.strip().splitlines(), ""] if note.strip() else []
