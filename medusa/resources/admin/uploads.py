"""Uploads: the files that the file service of the backend stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...http.multipart import UploadFiles, UploadProgress
    from ...models.upload import Upload

__all__ = [
    "AdminDeleteUploadsReq",
    "AdminDeleteUploadsRes",
    "AdminPostUploadsDownloadUrlReq",
    "AdminUploadsDownloadUrlRes",
    "AdminUploadsRes",
    "AdminUploadsResource",
]

_CAUSES_OF_500 = "the backend has no file service"


@entity
class AdminUploadsRes(Result):
    """The files that were uploaded, in the order in which they were given."""

    uploads: list[Upload]


@entity
class AdminDeleteUploadsRes(DeleteResponse):
    """The key of the deleted file, as `.id`."""


@entity
class AdminUploadsDownloadUrlRes(Result):
    """Where a file can be downloaded."""

    download_url: str


class AdminDeleteUploadsReq(TypedDict):
    """The file to delete."""

    file_key: str
    """`Upload.key`."""


class AdminPostUploadsDownloadUrlReq(TypedDict):
    """The file to download."""

    file_key: str
    """`Upload.key`, or the `file_key` of a batch job's result."""


class AdminUploadsResource(Resource):
    """The files that the file service of the backend stores, such as the images of products.

    A backend without a file service, such as the plugin `@medusajs/file-local` or `medusa-file-s3`, answers 500.
    """

    def create(
        self, files: UploadFiles, custom_headers: Headers = None, *, progress: UploadProgress | None = None
    ) -> AdminUploadsRes:
        """Upload a file or a list of files. Return their URLs and keys, as `.uploads`, in the order given.

        `POST /admin/uploads`

        A file is a `pathlib.Path`, a file that is open in binary mode, or `(name, bytes, content_type)`::

            uploads = medusa.admin.uploads.create([Path("front.jpg"), Path("back.jpg")]).uploads

        Files are read while they are sent, 64 KiB at a time. An open file is sent from its current position and is
        left open; one that is not seekable is sent with chunked transfer encoding, and the call is not retried once
        its bytes were read. The content type is guessed from the name. `progress` is called with the bytes sent and
        the bytes in all, headers of the parts included; the latter is None if a file is not seekable. A retry begins
        at 0 again. What `progress` or a file raises passes through.

        The backend reads names as Latin-1: the key of `bücher.txt` holds `bÃ¼cher.txt`. It ignores folders in names.
        Uploading a file twice stores two files. Raises `OSError`, such as `FileNotFoundError`, before anything is sent
        if a path can't be read; `TypeError` for a text file or a path as a string; `ValueError` if the size of a file
        changes while it is sent; and `MedusaInvalidRequestError` if the backend, or a proxy before it, refuses the size
        (413).
        """
        return self._post(
            AdminUploadsRes,
            "/admin/uploads",
            files={"files": files},
            progress=progress,
            headers=custom_headers,
            causes_of_500=_CAUSES_OF_500,
        )

    def create_protected(
        self, files: UploadFiles, custom_headers: Headers = None, *, progress: UploadProgress | None = None
    ) -> AdminUploadsRes:
        """Upload a file or a list of files to the protected storage. Return their URLs and keys, as `.uploads`.

        `POST /admin/uploads/protected`

        Works as `create` does. What protected means is up to the file service; that of `@medusajs/file-local` stores
        the file as any other. `get_presigned_download_url` returns a URL of the file.
        """
        return self._post(
            AdminUploadsRes,
            "/admin/uploads/protected",
            files={"files": files},
            progress=progress,
            headers=custom_headers,
            causes_of_500=_CAUSES_OF_500,
        )

    def delete(self, payload: AdminDeleteUploadsReq, custom_headers: Headers = None) -> AdminDeleteUploadsRes:
        """Delete a file by its key. Return the key, as `.id`.

        `DELETE /admin/uploads`

        The backend answers the same for an unknown key.
        """
        return self._delete(
            AdminDeleteUploadsRes,
            "/admin/uploads",
            json=payload,
            headers=custom_headers,
            causes_of_500=_CAUSES_OF_500,
        )

    def get_presigned_download_url(
        self, payload: AdminPostUploadsDownloadUrlReq, custom_headers: Headers = None
    ) -> AdminUploadsDownloadUrlRes:
        """Return a URL at which the file with this key can be downloaded, as `.download_url`.

        `POST /admin/uploads/download-url`

        The backend does not check that the file exists. How long the URL is valid is up to the file service.
        """
        return self._post(
            AdminUploadsDownloadUrlRes,
            "/admin/uploads/download-url",
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=_CAUSES_OF_500,
        )
