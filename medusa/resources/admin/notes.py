"""Notes: what merchants write down about orders and other objects."""

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
    """A note."""

    note: Note


@entity
class AdminNotesDeleteRes(DeleteResponse):
    """The ID of the deleted note."""


@entity
class AdminNotesListRes(Result):
    """A page of notes."""

    notes: list[Note]
    count: int
    """How many notes match in all."""
    offset: int
    limit: int


class AdminPostNotesReq(TypedDict):
    """A new note."""

    resource_id: str
    """The ID of the object that the note is about. The backend does not check it."""
    resource_type: str
    """What the note is about, such as "order". The backend accepts any text."""
    value: str
    """The text, not empty."""


class AdminPostNotesNoteReq(TypedDict):
    """What to change of a note."""

    value: str
    """The new text."""


class AdminGetNotesParams(TypedDict, total=False):
    """Which notes to list."""

    resource_id: str
    """The ID of the object that the notes are about."""
    limit: int
    """The size of the page, 50 by default; 0 for all notes."""
    offset: int
    """How many notes to skip."""


class AdminNotesResource(Resource):
    """Notes."""

    def create(self, payload: AdminPostNotesReq, custom_headers: Headers = None) -> AdminNotesRes:
        """Create a note by the user who is logged in. Return it, as `.note`, without its `author`.

        `POST /admin/notes`

        Raises `MedusaInvalidRequestError` if a value is missing, empty or malformed.
        """
        return self._post(AdminNotesRes, "/admin/notes", json=payload, headers=custom_headers)

    def update(self, id: str, payload: AdminPostNotesNoteReq, custom_headers: Headers = None) -> AdminNotesRes:
        """Change the text of a note. Return it, as `.note`.

        `POST /admin/notes/{id}`

        Raises `MedusaNotFoundError` for an unknown note and `MedusaInvalidRequestError` if the text is missing or
        malformed.
        """
        return self._post(AdminNotesRes, "/admin/notes/{id}", id, json=payload, headers=custom_headers, repeatable=True)

    def delete(self, id: str, custom_headers: Headers = None) -> AdminNotesDeleteRes:
        """Delete a note.

        `DELETE /admin/notes/{id}`

        Raises `MedusaNotFoundError` for an unknown ID, and for a note that was deleted before.
        """
        return self._delete(AdminNotesDeleteRes, "/admin/notes/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminNotesRes:
        """Return the note with this ID, as `.note`, with its `author`.

        `GET /admin/notes/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminNotesRes, "/admin/notes/{id}", id, headers=custom_headers)

    def list(self, query: AdminGetNotesParams | None = None, custom_headers: Headers = None) -> AdminNotesListRes:
        """Return a page of notes, as `.notes`, with their `author`, the oldest first.

        `GET /admin/notes`

        `.count` is the number of all notes that match. Raises `MedusaInvalidRequestError` for an unknown key or a
        malformed value in `query`.
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
        """Return an iterator over all notes, which fetches a page when it is needed.

        `GET /admin/notes`

        The backend sorts the pages by ID, the oldest first, and takes no other order. Raises what `list` raises.
        """
        return iterate(
            self.list, "notes", query, custom_headers, page_size=page_size, start=start, read_ahead=read_ahead
        )
