"""Notes that merchants write about orders and other objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.note import Note

__all__ = [
    "AdminGetNotesParams",
    "AdminNotesDeleteRes",
    "AdminNotesListRes",
    "AdminNotesRes",
    "AdminNotesResource",
    "AdminPostNotesNoteReq",
    "AdminPostNotesReq",
]


@entity
class AdminNotesRes(Result):
    """Response with one note."""

    note: Note


@entity
class AdminNotesDeleteRes(DeleteResponse):
    """Response with the ID of the deleted note."""


@entity
class AdminNotesListRes(Result):
    """Response with a page of notes."""

    notes: list[Note]
    count: int
    """The number of matching notes on all pages."""
    offset: int
    limit: int


class AdminPostNotesReq(TypedDict):
    """Payload of `admin.notes.create`."""

    resource_id: str
    """The ID of the object that the note is about. The backend does not check this value."""
    resource_type: str
    """The type of the object, such as "order". The backend accepts any text."""
    value: str
    """The text of the note. Must not be empty."""


class AdminPostNotesNoteReq(TypedDict):
    """Payload of `admin.notes.update`."""

    value: str
    """The new text."""


class AdminGetNotesParams(TypedDict, total=False):
    """Options of `admin.notes.list`."""

    resource_id: str
    """The ID of the object that the notes are about."""
    limit: int
    """The maximum number of notes to return. The default is 50; 0 returns all."""
    offset: int
    """The number of notes to skip."""


class AdminNotesResource(Resource):
    """Notes."""

    def create(self, payload: AdminPostNotesReq, custom_headers: Headers = None) -> AdminNotesRes:
        """Create a note as the logged-in user and return it as `.note`, without its `author`.

        `POST /admin/notes`

        Raises `MedusaInvalidRequestError` if a value is missing, empty or malformed.
        """
        return self._post(AdminNotesRes, "/admin/notes", json=payload, headers=custom_headers)

    def update(self, id: str, payload: AdminPostNotesNoteReq, custom_headers: Headers = None) -> AdminNotesRes:
        """Change the text of a note and return it as `.note`.

        `POST /admin/notes/{id}`

        Raises `MedusaNotFoundError` if no note has this ID. Raises `MedusaInvalidRequestError` if the text is missing
        or malformed.
        """
        return self._post(AdminNotesRes, "/admin/notes/{id}", id, json=payload, headers=custom_headers, repeatable=True)

    def delete(self, id: str, custom_headers: Headers = None) -> AdminNotesDeleteRes:
        """Delete a note.

        `DELETE /admin/notes/{id}`

        Raises `MedusaNotFoundError` if no note has this ID or the note was already deleted.
        """
        return self._delete(AdminNotesDeleteRes, "/admin/notes/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminNotesRes:
        """Return the note with this ID as `.note`, with its `author`.

        `GET /admin/notes/{id}`

        Raises `MedusaNotFoundError` if no note has this ID.
        """
        return self._get(AdminNotesRes, "/admin/notes/{id}", id, headers=custom_headers)

    def list(self, query: AdminGetNotesParams | None = None, custom_headers: Headers = None) -> AdminNotesListRes:
        """Return a page of notes as `.notes`, with their `author`, oldest first.

        `GET /admin/notes`

        `.count` is the number of all notes that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `limit` or `offset` is negative.
        """
        return self._get(
            AdminNotesListRes,
            "/admin/notes",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetNotesParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Note]:
        """Return an iterator over all notes. Each page is fetched when it is needed.

        `GET /admin/notes`

        The backend always sorts the notes by ID, oldest first.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list, "notes", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
