"""BatchJob, BatchJobResult, BatchJobResultStatDescriptor."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from .base import JSONObject, Model, entity, field

if TYPE_CHECKING:
    from .user import User

__all__ = ["BatchJob", "BatchJobResult", "BatchJobResultStatDescriptor", "BatchJobStatus"]


class BatchJobStatus(StrEnum):
    """How far a batch job has come."""

    CREATED = "created"
    PRE_PROCESSED = "pre_processed"
    CONFIRMED = "confirmed"
    PROCESSING = "processing"
    COMPLETED = "completed"
    CANCELED = "canceled"
    FAILED = "failed"


@entity
class BatchJob(Model):
    """An import or an export that the backend does in the background."""

    id: str = field()
    type: str = field()
    """Such as "product-export", "order-export", "product-import" or "price-list-import"."""
    status: BatchJobStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    canceled_at: datetime | None = field()
    completed_at: datetime | None = field()
    confirmed_at: datetime | None = field()
    context: JSONObject | None = field()
    """The settings of the job. The backend adds to what was sent."""
    created_by: str | None = field()
    """The ID of a user."""
    created_by_user: User | None = field()
    dry_run: bool = field()
    """Whether the job stops after its preparation, with the status `pre_processed`, until it is confirmed."""
    failed_at: datetime | None = field()
    pre_processed_at: datetime | None = field()
    processing_at: datetime | None = field()
    result: BatchJobResult | None = field()


@entity
class BatchJobResult(Model):
    """What a batch job has done so far, and what went wrong."""

    advancement_count: int = field()
    """How many rows are done."""
    count: int = field()
    """How many rows there are."""
    errors: list[Any] = field()
    """Each is a text, or an object with `code`, `message` and `err`."""
    file_key: str = field()
    """The key of the file that an export wrote. The file service gives its URL."""
    file_size: int = field()
    """Bytes."""
    files: JSONObject = field()
    """The keys of the files that an import made of its rows, by operation."""
    operations: JSONObject = field()
    """How many rows an import creates and updates, by operation."""
    progress: float = field()
    """The share of the rows that is done, from 0 to 1."""
    stat_descriptors: list[BatchJobResultStatDescriptor] = field()


@entity
class BatchJobResultStatDescriptor(Model):
    """What a batch job is going to do, in words."""

    key: str = field()
    name: str = field()
    message: str = field()
