"""Batch jobs: imports and exports that the backend does in the background."""

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
"""Seconds that one request of `wait` may take."""
LONGEST_PAUSE = 5.0
"""Seconds between two requests of `wait`."""


@entity
class AdminBatchJobRes(Result):
    """A batch job."""

    batch_job: BatchJob


@entity
class AdminBatchJobListRes(Result):
    """A page of batch jobs."""

    batch_jobs: list[BatchJob]
    count: int
    """How many batch jobs match in all."""
    offset: int
    limit: int


class AdminPostBatchesReq(TypedDict):
    """A new batch job."""

    type: str
    """Such as "product-export", "order-export", "product-import" or "price-list-import"."""
    context: dict[str, Any]
    """The settings of the job, which depend on its type.

    An export takes `filterable_fields`, with filters as those of the list, `list_config`, with `order`, `skip` and
    `take`, and `batch_size`, which is how many rows it exports at most. It fails with `fields` or `expand`. An import
    needs `fileKey`, the key of an uploaded CSV file, and that of prices `price_list_id`, too. The backend does not
    check them before the job runs. Semicolons separate the values of the CSV files. Their prices are in the main unit
    of the currency, such as euros, not in the smallest one.
    """
    dry_run: NotRequired[bool | None]
    """Whether the job stops after its preparation, until `confirm`. False by default."""


class AdminGetBatchParams(TypedDict, total=False):
    """Which batch jobs to list. All filters that are given must hold."""

    id: list[str]
    """Must be a list, even of one ID."""
    type: list[str]
    """Must be a list, even of one type."""
    confirmed_at: DateComparisonOperator | None
    """None finds the jobs that are not confirmed yet. It is the same for the other steps of a job."""
    pre_processed_at: DateComparisonOperator | None
    completed_at: DateComparisonOperator | None
    failed_at: DateComparisonOperator | None
    canceled_at: DateComparisonOperator | None
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    expand: str
    """Relations to send as well: `created_by_user`."""
    fields: str
    """Fields to send instead of all, separated by commas."""
    order: str
    """The field to sort by, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 10 by default; 0 for all batch jobs."""
    offset: int
    """How many batch jobs to skip."""


class AdminBatchJobsResource(Resource):
    """Imports and exports that the backend does in the background.

    A job is `created`, then `pre_processed`, `confirmed` and `processing`, and at last `completed`, `failed` or
    `canceled`. Each step takes up to three seconds and the time of its work. An admin user sees only the jobs that this
    user created. Exports and imports need a file service on the backend.
    """

    def create(self, payload: AdminPostBatchesReq, custom_headers: Headers = None) -> AdminBatchJobRes:
        """Create a batch job, which the backend starts at once. Return it, as `.batch_job`.

        `POST /admin/batch-jobs`

        `wait` waits until it ends. Raises `MedusaInvalidRequestError` for a malformed value and `MedusaNotFoundError`
        for an unknown type.
        """
        return self._post(AdminBatchJobRes, "/admin/batch-jobs", json=payload, headers=custom_headers)

    def list(self, query: AdminGetBatchParams | None = None, custom_headers: Headers = None) -> AdminBatchJobListRes:
        """Return a page of the user's batch jobs, as `.batch_jobs`, the newest first. A page has 10 by default.

        `GET /admin/batch-jobs`

        Raises `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`, such as a string in the
        place of a list, and `MedusaServerError` for an unknown name in `expand`, `fields` or `order`.
        """
        asked: Mapping[str, Any] = {} if query is None else query
        if isinstance(asked, Mapping):  # The backend takes the text "null" for None, and fails with an empty text.
            asked = {key: "null" if value is None else value for key, value in asked.items()}
        return self._get(
            AdminBatchJobListRes,
            "/admin/batch-jobs",
            query=asked,
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
        """Return an iterator over all batch jobs of the user, which fetches a page when it is needed.

        `GET /admin/batch-jobs`

        The jobs are sorted by ID unless `query` has an `order`. Raises what `list` raises.
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
        """Cancel a batch job. Return it, as `.batch_job`.

        `POST /admin/batch-jobs/{batch_job_id}/cancel`

        Nothing changes if it is canceled already. Raises `MedusaInvalidRequestError` for a completed job and for one of
        another user, and `MedusaNotFoundError` for an unknown ID.
        """
        route = "/admin/batch-jobs/{batch_job_id}/cancel"
        return self._post(AdminBatchJobRes, route, batch_job_id, headers=custom_headers, repeatable=True)

    def confirm(self, batch_job_id: str, custom_headers: Headers = None) -> AdminBatchJobRes:
        """Have the backend go on with a job that was created with `dry_run`. Return it, as `.batch_job`.

        `POST /admin/batch-jobs/{batch_job_id}/confirm`

        Raises `MedusaInvalidRequestError` for a job of another user and for one whose status is not `pre_processed`,
        and `MedusaNotFoundError` for an unknown ID.
        """
        route = "/admin/batch-jobs/{batch_job_id}/confirm"
        return self._post(AdminBatchJobRes, route, batch_job_id, headers=custom_headers)

    def retrieve(self, batch_job_id: str, custom_headers: Headers = None) -> AdminBatchJobRes:
        """Return the batch job with this ID, as `.batch_job`.

        `GET /admin/batch-jobs/{batch_job_id}`

        `batch_job.result` is None before the job has begun. Raises `MedusaInvalidRequestError` for a job of another
        user and `MedusaNotFoundError` for an unknown ID.
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
        """Wait until a batch job has ended. Return it, as `.batch_job`.

        `GET /admin/batch-jobs/{batch_job_id}`

        The job has ended if it is `completed`. One that was created with `dry_run` has also ended if it is
        `pre_processed`: it waits for `confirm`. The backend is asked at once, after half a second, and then less often,
        at last every five seconds. `progress` is called with the job after each answer::

            job = medusa.admin.batch_jobs.wait(job.id, progress=lambda job: print(job.status)).batch_job

        `timeout` is in seconds; None waits without a limit. A job can hang so that the backend answers nothing more
        about it. So a request gets ten seconds at most, whatever the client's `timeout` and `deadline`, and one that
        takes longer is repeated.

        Raises `MedusaBatchJobError` if the job fails or is canceled. It has the job as `.batch_job`. Raises
        `MedusaTimeoutError` if the job has not ended in time; it goes on, and you can wait for it again. Raises what
        `retrieve` raises.
        """
        if timeout is not None and not timeout >= 0:
            raise ValueError("timeout must be at least 0 seconds, or None")
        if progress is not None and not callable(progress):
            raise TypeError(f"progress must be callable, not {type(progress).__name__}")
        ends = math.inf if timeout is None else time.monotonic() + timeout
        state, pause = "no answer came", 0.5
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
                raise MedusaTimeoutError(f"the batch job did not end within {timeout:g} seconds: {state}") from cause
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, LONGEST_PAUSE)


def _has_ended(job: BatchJob) -> bool:
    """Whether a job goes on no more by itself. Raises `MedusaBatchJobError` if it failed or was canceled."""
    if job.status in ("failed", "canceled"):
        raise batch_job_error(job, job.result.errors if job.result and is_loaded(job.result, "errors") else [])
    return job.status == "completed" or (job.status == "pre_processed" and job.dry_run)
