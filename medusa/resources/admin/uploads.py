"""Uploads: files stored by the file service of the backend."""

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
    """Response with the uploaded files, in the given order."""

    uploads: list[Upload]


@entity
class AdminDeleteUploadsRes(DeleteResponse):
    """Response with the key of the deleted file as `.id`."""


@entity
class AdminUploadsDownloadUrlRes(Result):
    """Response with the URL to download a file from."""

    download_url: str


class AdminDeleteUploadsReq(TypedDict):
    """The file to delete."""

    file_key: str
    """The `key` of an `Upload`."""


class AdminPostUploadsDownloadUrlReq(TypedDict):
    """The file to download."""

    file_key: str
    """The `key` of an `Upload`, or the `file_key` of a batch job's result."""


class AdminUploadsResource(Resource):
    """Files stored by the file service of the backend, such as product images.

    The backend needs a file service, such as the plugin `@medusajs/file-local` or `medusa-file-s3`. Without a file
    service it responds with 500.
    """

    def create(
        self, files: UploadFiles, custom_headers: Headers = None, *, progress: UploadProgress | None = None
    ) -> AdminUploadsRes:
        """Upload a file or a list of files. Return their URLs and keys as `.uploads`, in the given order.

        `POST /admin/uploads`

        A file is a `pathlib.Path`, a file object opened in binary mode, or `(name, bytes, content_type)`::

            uploads = medusa.admin.uploads.create([Path("front.jpg"), Path("back.jpg")]).uploads

        The SDK reads files while it sends them, 64 KiB at a time. It sends a file object from its current position and
        leaves it open. A file object that is not seekable is sent with chunked transfer encoding, and the call is not
        retried after its bytes were read. The content type is guessed from the name. `progress` is called with the
        number of bytes sent and the total number of bytes, including the headers of the parts. The total is None if a
        file is not seekable. A retry starts at 0 again. Exceptions raised by `progress` or by a file object are passed
        on to the caller.

        The backend reads names as Latin-1: the key of `bücher.txt` contains `bÃ¼cher.txt`. It removes folders from
        names. Uploading a file twice stores two files.

        Raises `OSError`, such as `FileNotFoundError`, before anything is sent if a path cannot be read. Raises
        `TypeError` for a text file or a path given as a string. Raises `ValueError` if the size of a file changes while
        it is sent. Raises `MedusaInvalidRequestError` if the backend or a proxy rejects the size (413). Raises
        `MedusaServerError` if the backend has no file service.
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
        """Upload a file or a list of files to protected storage. Return their URLs and keys as `.uploads`.

        `POST /admin/uploads/protected`

        This method works like `create` and raises the same errors. The file service decides what "protected" means:
        `@medusajs/file-local` stores these files like any other file. `get_presigned_download_url` returns a URL for
        the file.
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
        """Delete a file by its key and return the key as `.id`.

        `DELETE /admin/uploads`

        The result is the same if no file has this key.

        Raises `MedusaServerError` if the backend has no file service.
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
        """Return a URL for downloading the file with this key as `.download_url`.

        `POST /admin/uploads/download-url`

        The backend does not check whether the file exists. The file service decides how long the URL is valid.

        Raises `MedusaServerError` if the backend has no file service.
        """
        return self._post(
            AdminUploadsDownloadUrlRes,
            "/admin/uploads/download-url",
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=_CAUSES_OF_500,
        )
