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
    """The status of a batch job."""

    CREATED = "created"
    PRE_PROCESSED = "pre_processed"
    CONFIRMED = "confirmed"
    PROCESSING = "processing"
    COMPLETED = "completed"
    CANCELED = "canceled"
    FAILED = "failed"


@entity
class BatchJob(Model):
    """An import or an export that the backend runs in the background."""

    id: str = field()
    type: str = field()
    """The type of the job, such as "product-export", "order-export", "product-import" or "price-list-import"."""
    status: BatchJobStatus | str = field()
    created_at: datetime = field()
    updated_at: datetime = field()
    deleted_at: datetime | None = field()
    canceled_at: datetime | None = field()
    completed_at: datetime | None = field()
    confirmed_at: datetime | None = field()
    context: JSONObject | None = field()
    """The settings of the job. The backend adds keys to the settings of the request."""
    created_by: str | None = field()
    """The ID of the user who created the job."""
    created_by_user: User | None = field()
    dry_run: bool = field()
    """Whether the job pauses with the status `pre_processed` until it is confirmed."""
    failed_at: datetime | None = field()
    pre_processed_at: datetime | None = field()
    processing_at: datetime | None = field()
    result: BatchJobResult | None = field()
    """The progress and the outcome of the job."""


@entity
class BatchJobResult(Model):
    """The progress and the outcome of a batch job."""

    advancement_count: int = field()
    """The number of rows that have been processed."""
    count: int = field()
    """The total number of rows."""
    errors: list[Any] = field()
    """The errors. Each is a string, or an object with `code`, `message` and `err`."""
    file_key: str = field()
    """The key of the file that an export wrote. The file service returns the URL for this key."""
    file_size: int = field()
    """The size of the file in bytes."""
    files: JSONObject = field()
    """The keys of the files that an import created from its rows, by operation."""
    operations: JSONObject = field()
    """The number of rows that an import creates and updates, by operation."""
    progress: float = field()
    """The share of rows that have been processed, from 0 to 1."""
    stat_descriptors: list[BatchJobResultStatDescriptor] = field()
    """Descriptions of what the job is going to do."""


@entity
class BatchJobResultStatDescriptor(Model):
    """A description of what a batch job is going to do."""

    key: str = field()
    name: str = field()
    message: str = field()
