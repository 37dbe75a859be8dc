"""A merchant waits for exports and imports that a real Medusa executes in the background."""

from __future__ import annotations

import csv
import uuid

import pytest
import requests

from medusa import (
    BatchJob,
    MedusaAuthenticationError,
    MedusaBatchJobError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    MedusaTimeoutError,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("batch_jobs") | {"admin.batch_jobs.wait"}

IMPORT = """\
Product Handle;Product Title;Product Status;Product Discountable;Variant Title;Variant SKU;Variant Inventory Quantity;\
Variant Allow Backorder;Variant Manage Inventory;Price EUR;Option 1 Name;Option 1 Value
{name};Imported;draft;true;S;{name}-S;3;false;true;12.5;Size;S
{name};Imported;draft;true;M;{name}-M;4;false;true;12.5;Size;M
"""


def test_every_method(shop: Shop) -> None:
    shop.returned.clear()
    admin = shop.merchant.admin
    jobs = admin.batch_jobs
    context = {"filterable_fields": {"handle": "linen-shirt"}}
    export = jobs.create({"type": "product-export", "context": context}).batch_job
    assert (export.status, export.result, export.dry_run) == ("created", None, False)
    told: list[BatchJob] = []
    done = jobs.wait(export.id, timeout=120, progress=told.append).batch_job
    assert (done.id, done.status) == (export.id, "completed")
    assert [job.id for job in told] == [export.id] * len(told)
    assert told[-1] == done
    assert done.result is not None
    assert (done.result.count, done.result.progress) == (1, 1)
    url = admin.uploads.get_presigned_download_url({"file_key": done.result.file_key}).download_url
    rows = csv.DictReader(requests.get(url, timeout=30).text.splitlines(), delimiter=";")
    assert {row["Product Title"] for row in rows} == {"Linen Shirt"}
    assert jobs.wait(export.id, timeout=0).batch_job == jobs.retrieve(export.id).batch_job == done

    # An export of all orders would wait forever for an order that another test places after the start of the job.
    one_order = {"filterable_fields": {"id": [shop.order(MUG_350=1).id]}}
    prepared = jobs.create({"type": "order-export", "context": one_order, "dry_run": True}).batch_job
    assert jobs.wait(prepared.id, timeout=120).batch_job.status == "pre_processed"
    assert jobs.confirm(prepared.id).batch_job.status == "confirmed"
    with pytest.raises(
        MedusaTimeoutError,
        match=r"did not end within 0 seconds \(its status is confirmed\): call wait again to continue$",
    ):
        jobs.wait(prepared.id, timeout=0)
    assert jobs.wait(prepared.id, timeout=120).batch_job.status == "completed"
    with pytest.raises(MedusaInvalidRequestError, match="not pre processed"):
        jobs.confirm(prepared.id)
    with pytest.raises(MedusaInvalidRequestError, match="Cannot cancel completed batch job"):
        jobs.cancel(prepared.id)

    canceled = jobs.create({"type": "order-export", "context": one_order, "dry_run": True}).batch_job
    for _ in range(2):
        assert jobs.cancel(canceled.id).batch_job.status == "canceled"
    with pytest.raises(MedusaBatchJobError, match=rf"^the batch job {canceled.id} was canceled$") as caught:
        jobs.wait(canceled.id)
    assert caught.value.batch_job is not None
    assert caught.value.batch_job.status == "canceled"

    ids = [export.id, prepared.id, canceled.id]
    assert {job.id for job in jobs.list({"id": ids, "type": ["order-export"]}).batch_jobs} == {prepared.id, canceled.id}
    assert [job.id for job in jobs.iterate({"id": ids, "completed_at": None}, page_size=1)] == [canceled.id]
    assert [job.id for job in jobs.iterate({"id": ids}, page_size=1)] == sorted(ids)
    assert METHODS - shop.returned == set()


def test_import_products(shop: Shop) -> None:
    admin = shop.merchant.admin
    name = f"imported-{uuid.uuid4().hex[:10]}"
    upload = admin.uploads.create(("products.csv", IMPORT.format(name=name).encode(), "text/csv")).uploads[0]
    job = admin.batch_jobs.create({"type": "product-import", "context": {"fileKey": upload.key}}).batch_job
    result = admin.batch_jobs.wait(job.id, timeout=120).batch_job.result
    assert result is not None
    assert result.operations["VARIANT_CREATE"] == 2
    (product,) = admin.products.list({"handle": name}).products
    assert {(each.sku, each.inventory_quantity, each.prices[0].amount) for each in product.variants} == {
        (f"{name}-S", 3, 1250),
        (f"{name}-M", 4, 1250),
    }
    admin.products.delete(product.id)


def test_a_job_fails(shop: Shop) -> None:
    jobs = shop.merchant.admin.batch_jobs
    context = {"filterable_fields": {"handle": "linen-shirt"}, "expand": "variants"}
    job = jobs.create({"type": "product-export", "context": context}).batch_job
    with pytest.raises(MedusaBatchJobError, match=rf"^the batch job {job.id} failed: \S") as caught:
        jobs.wait(job.id, timeout=120)
    assert caught.value.batch_job is not None
    assert caught.value.batch_job.result is not None
    assert caught.value.batch_job.result.errors
    assert not caught.value.retryable


def test_errors(shop: Shop) -> None:
    jobs = shop.merchant.admin.batch_jobs
    with pytest.raises(MedusaAuthenticationError):
        shop.medusa.admin.batch_jobs.list()
    for call in (jobs.retrieve, jobs.confirm, jobs.cancel, jobs.wait):
        with pytest.raises(MedusaNotFoundError, match="Batch job with id unknown was not found"):
            call("unknown")
    with pytest.raises(MedusaNotFoundError, match="Unable to find a BatchJob strategy with the type unknown"):
        jobs.create({"type": "unknown", "context": {}})
    with pytest.raises(MedusaServerError, match="500 here if expand, fields or order has an unknown name"):
        jobs.list({"order": "unknown"})
