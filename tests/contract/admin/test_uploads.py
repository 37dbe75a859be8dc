"""Files that the file service of a real Medusa stores."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
import requests

from medusa import (
    Medusa,
    MedusaAuthenticationError,
    MedusaBatchJobError,
    MedusaInvalidRequestError,
    MedusaServerError,
    UploadFile,
)

from ..shop import Shop
from .methods import methods_of

METHODS = methods_of("uploads")
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")


@pytest.fixture(scope="module")
def medusa(shop: Shop) -> Medusa:
    return shop.merchant


def content(url: str) -> bytes:
    response = requests.get(url, timeout=30)
    response.raise_for_status()
    return response.content


@pytest.mark.parametrize("is_protected", [False, True])
def test_a_file_that_is_uploaded_can_be_downloaded_and_deleted(
    medusa: Medusa, tmp_path: Path, is_protected: bool
) -> None:
    path = tmp_path / "pixel.png"
    path.write_bytes(PIXEL)
    uploads = medusa.admin.uploads
    (upload,) = (uploads.create_protected if is_protected else uploads.create)(path).uploads
    assert upload.key.endswith("-pixel.png")
    assert upload.url.endswith(f"/uploads/{upload.key}")
    url = uploads.get_presigned_download_url({"file_key": upload.key}).download_url
    assert url == upload.url
    assert content(url) == PIXEL
    for _ in range(2):  # The response is the same for a deleted file.
        deleted = uploads.delete({"file_key": upload.key})
        assert (deleted.id, deleted.object, deleted.deleted) == (upload.key, "file", True)
    assert uploads.get_presigned_download_url({"file_key": upload.key}).download_url == url
    assert requests.get(url, timeout=30).status_code == 404


def test_every_kind_of_file_in_one_call(medusa: Medusa, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(os.urandom(10_000_000))
    reader, writer = os.pipe()
    os.write(writer, b"from a pipe")
    os.close(writer)
    told: list[tuple[int, int | None]] = []
    with path.open("rb") as opened, open(reader, "rb") as pipe:
        opened.seek(9_999_990)
        files: list[UploadFile] = [path, opened, pipe, io.BytesIO(b"memory"), ("menü 1.txt", b"bytes", "text/plain")]
        made = medusa.admin.uploads.create(files, progress=lambda sent, size: told.append((sent, size))).uploads
    names = ["large.bin", "large.bin", "blob", "blob", "menÃ¼ 1.txt"]
    assert [upload.key.partition("-")[2] for upload in made] == names
    sizes = [len(path.read_bytes()), 10, len(b"from a pipe"), len(b"memory"), len(b"bytes")]
    assert told[-1][0] > sum(sizes)
    assert told[-1][1] is None
    text = medusa.admin.uploads.get_presigned_download_url({"file_key": made[4].key}).download_url
    assert content(text) == b"bytes"
    assert content(medusa.admin.uploads.create(path).uploads[0].url) == path.read_bytes()


def test_no_file(medusa: Medusa) -> None:
    assert medusa.admin.uploads.create([]).uploads == []


def test_what_the_backend_refuses(medusa: Medusa) -> None:
    file = ("a.txt", b"x", "text/plain")
    anonymous = medusa.with_options(custom_headers={})
    with pytest.raises(MedusaAuthenticationError):
        anonymous.admin.uploads.create(file)
    with pytest.raises(MedusaInvalidRequestError, match="file_key must be a string"):
        medusa.request("DELETE", "/admin/uploads", json={"file_key": 1})
    with pytest.raises(MedusaServerError):
        medusa.request("POST", "/admin/uploads", files={"file": file})
    assert len(medusa.request("POST", "/admin/uploads", files={"files": [file, file]})["uploads"]) == 2


def test_a_large_upload_without_a_login(medusa: Medusa, tmp_path: Path) -> None:
    """A large upload without a login raises the authentication error, although most of the file is not sent."""
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    sent: list[int] = []
    with pytest.raises(MedusaAuthenticationError):
        medusa.with_options(custom_headers={}).admin.uploads.create(path, progress=lambda done, _: sent.append(done))
    assert max(sent) < path.stat().st_size


def test_the_file_of_an_export_can_be_downloaded(medusa: Medusa) -> None:
    jobs = medusa.admin.batch_jobs
    context = {"filterable_fields": {"handle": "enamel-mug"}}
    job = jobs.wait(jobs.create({"type": "product-export", "context": context}).batch_job.id, timeout=120).batch_job
    assert job.status == "completed"
    assert job.result
    assert job.result.file_key
    url = medusa.admin.uploads.get_presigned_download_url({"file_key": job.result.file_key}).download_url
    rows = content(url).decode().splitlines()
    assert "Product Handle" in rows[0]
    assert ["enamel-mug" in row for row in rows] == [False, True]


def test_an_import_without_its_file_fails(medusa: Medusa) -> None:
    """An import without its file fails, and the backend keeps running.

    The published file service would stop the backend's process. This one is a corrected copy.
    """
    jobs = medusa.admin.batch_jobs
    job = jobs.create({"type": "product-import", "context": {"fileKey": "1-nothing.csv"}}).batch_job
    with pytest.raises(MedusaBatchJobError) as caught:
        jobs.wait(job.id, timeout=120)
    assert caught.value.batch_job
    assert caught.value.batch_job.status == "failed"
    assert medusa.request("GET", "/store/regions")["count"] > 0


def test_every_method_returned(shop: Shop) -> None:
    """Every method of the set returned in an earlier test of this file."""
    assert METHODS - shop.returned == set()
