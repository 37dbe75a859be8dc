"""Batch jobs: imports and exports that the backend runs in the background."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...errors import MedusaTimeoutError, batch_job_error
from ...models.base import entity, is_loaded
from ..base import Headers, Resource, Result
from ..pages import iterate

if TYPE_CHECKING:
    from ...models.batch_job import BatchJob
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminBatchJobListRes",
    "AdminBatchJobRes",
    "AdminBatchJobsResource",
    "AdminGetBatchParams",
    "AdminPostBatchesReq",
]

LONGEST_POLL = 10.0
"""The longest time in seconds that one request of `wait` may take."""
LONGEST_PAUSE = 5.0
"""The longest pause in seconds between two requests of `wait`."""


@entity
class AdminBatchJobRes(Result):
    """Response with one batch job."""

    batch_job: BatchJob


@entity
class AdminBatchJobListRes(Result):
    """Response with a page of batch jobs."""

    batch_jobs: list[BatchJob]
    count: int
    """The number of matching batch jobs on all pages."""
    offset: int
    limit: int


class AdminPostBatchesReq(TypedDict):
    """Payload of `admin.batch_jobs.create`."""

    type: str
    """For example, "product-export", "order-export", "product-import" or "price-list-import"."""
    context: dict[str, Any]
    """The settings of the job, which depend on its type.

    An export accepts `filterable_fields` (the same filters as the list), `list_config` (`order`, `skip` and `take`) and
    `batch_size`, the maximum number of rows to export. An export fails if the context contains `fields` or `expand`. An
    import requires `fileKey`, the key of an uploaded CSV file. An import of prices also requires `price_list_id`. The
    backend checks these settings only when the job runs. Values in the CSV files are separated by semicolons. Prices in
    the files are in the main currency unit, such as euros, and not in the smallest one.
    """
    dry_run: NotRequired[bool | None]
    """Whether the job stops after its preparation until `confirm` is called. False by default."""


class AdminGetBatchParams(TypedDict, total=False):
    """Options of `admin.batch_jobs.list`. A batch job must match all filters."""

    id: list[str]
    """Must be a list, even for one ID."""
    type: list[str]
    """Must be a list, even for one type."""
    confirmed_at: DateComparisonOperator | None
    """None selects the jobs that are not confirmed yet. The other timestamps of a job accept None in the same way."""
    pre_processed_at: DateComparisonOperator | None
    completed_at: DateComparisonOperator | None
    failed_at: DateComparisonOperator | None
    canceled_at: DateComparisonOperator | None
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    expand: str
    """Relations to return in addition: `created_by_user`."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of batch jobs to return. The default is 10; 0 returns all."""
    offset: int
    """The number of batch jobs to skip."""


class AdminBatchJobsResource(Resource):
    """Imports and exports that the backend runs in the background.

    The status of a job is first `created`, then `pre_processed`, `confirmed` and `processing`, and finally `completed`,
    `failed` or `canceled`. Each step starts after a delay of up to three seconds. An admin user sees only the jobs that
    this user created. Imports and exports require a file service on the backend.
    """

    def create(self, payload: AdminPostBatchesReq, custom_headers: Headers = None) -> AdminBatchJobRes:
        """Create a batch job and return it as `.batch_job`.

        `POST /admin/batch-jobs`

        The backend starts the job immediately. Call `wait` to wait until it ends.

        Raises `MedusaInvalidRequestError` if a value is malformed. Raises `MedusaNotFoundError` if the type is unknown.
        """
        return self._post(AdminBatchJobRes, "/admin/batch-jobs", json=payload, headers=custom_headers)

    def list(self, query: AdminGetBatchParams | None = None, custom_headers: Headers = None) -> AdminBatchJobListRes:
        """Return a page of the user's batch jobs as `.batch_jobs`, newest first.

        `GET /admin/batch-jobs`

        A page has 10 batch jobs by default.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value, such as a string
        instead of a list. Raises `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if
        `limit` or `offset` is negative.
        """
        filters: Mapping[str, Any] = {} if query is None else query
        if isinstance(filters, Mapping):  # The backend reads the text "null" as None and fails on an empty text.
            filters = {key: "null" if value is None else value for key, value in filters.items()}
        return self._get(
            AdminBatchJobListRes,
            "/admin/batch-jobs",
            query=filters,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetBatchParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[BatchJob]:
        """Return an iterator over all batch jobs of the user. Each page is fetched when it is needed.

        `GET /admin/batch-jobs`

        The jobs are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "batch_jobs",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def cancel(self, batch_job_id: str, custom_headers: Headers = None) -> AdminBatchJobRes:
        """Cancel a batch job and return it as `.batch_job`.

        `POST /admin/batch-jobs/{batch_job_id}/cancel`

        Canceling a canceled job again changes nothing.

        Raises `MedusaInvalidRequestError` if the job is completed or belongs to another user. Raises
        `MedusaNotFoundError` if no batch job has this ID.
        """
        route = "/admin/batch-jobs/{batch_job_id}/cancel"
        return self._post(AdminBatchJobRes, route, batch_job_id, headers=custom_headers, repeatable=True)

    def confirm(self, batch_job_id: str, custom_headers: Headers = None) -> AdminBatchJobRes:
        """Continue a job that was created with `dry_run`, and return it as `.batch_job`.

        `POST /admin/batch-jobs/{batch_job_id}/confirm`

        Raises `MedusaInvalidRequestError` if the job belongs to another user or its status is not `pre_processed`.
        Raises `MedusaNotFoundError` if no batch job has this ID.
        """
        route = "/admin/batch-jobs/{batch_job_id}/confirm"
        return self._post(AdminBatchJobRes, route, batch_job_id, headers=custom_headers)

    def retrieve(self, batch_job_id: str, custom_headers: Headers = None) -> AdminBatchJobRes:
        """Return the batch job with this ID as `.batch_job`.

        `GET /admin/batch-jobs/{batch_job_id}`

        `batch_job.result` is None before the job has started.

        Raises `MedusaInvalidRequestError` if the job belongs to another user. Raises `MedusaNotFoundError` if no batch
        job has this ID.
        """
        return self._get(AdminBatchJobRes, "/admin/batch-jobs/{batch_job_id}", batch_job_id, headers=custom_headers)

    def wait(
        self,
        batch_job_id: str,
        custom_headers: Headers = None,
        *,
        timeout: float | None = 600.0,
        progress: Callable[[BatchJob], object] | None = None,
    ) -> AdminBatchJobRes:
        """Wait until a batch job has ended and return it as `.batch_job`.

        `GET /admin/batch-jobs/{batch_job_id}`

        A job has ended when its status is `completed`. A job that was created with `dry_run` has also ended when its
        status is `pre_processed`, because it then waits for `confirm`. `wait` requests the job immediately, again after
        half a second, and then at growing intervals of up to five seconds. It calls `progress` with the job after each
        response::

            job = medusa.admin.batch_jobs.wait(job.id, progress=lambda job: print(job.status)).batch_job

        `timeout` is in seconds. None waits without a limit. The backend can stop responding to requests about a job
        that hangs. Each request is therefore limited to ten seconds, regardless of the client's `timeout` and
        `deadline`, and is repeated if it takes longer.

        Raises `MedusaBatchJobError` if the job fails or is canceled. The error has the job as `.batch_job`. Raises
        `MedusaTimeoutError` if the job has not ended within `timeout`. The job continues, and you can call `wait`
        again. Raises the same errors as `retrieve`.
        """
        if timeout is not None and not timeout >= 0:
            raise ValueError("timeout must be at least 0 seconds, or None")
        if progress is not None and not callable(progress):
            raise TypeError(f"progress must be callable, not {type(progress).__name__}")
        ends = math.inf if timeout is None else time.monotonic() + timeout
        state, pause = "the backend did not respond", 0.5
        while True:
            cause = None
            seconds = min(max(ends - time.monotonic(), 1.0), LONGEST_POLL)
            try:
                result = self._copy(self._transport.within(seconds)).retrieve(batch_job_id, custom_headers)
            except MedusaTimeoutError as error:
                cause = error
            else:
                if progress is not None:
                    progress(result.batch_job)
                if _has_ended(result.batch_job):
                    return result
                state = f"its status is {result.batch_job.status}"
            left = ends - time.monotonic()
            if left <= 0:
                message = f"the batch job did not end within {timeout:g} seconds ({state}): call wait again to continue"
                raise MedusaTimeoutError(message) from cause
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, LONGEST_PAUSE)


def _has_ended(job: BatchJob) -> bool:
    """Whether the job has stopped. Raises `MedusaBatchJobError` if it failed or was canceled."""
    if job.status in ("failed", "canceled"):
        raise batch_job_error(job, job.result.errors if job.result and is_loaded(job.result, "errors") else [])
    return job.status == "completed" or (job.status == "pre_processed" and job.dry_run)
