"""The type of a dict of options. `make api` writes this module from `options.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    import requests
    from urllib3.util import Retry

    from .models.base import Model

__all__ = ["Options"]


class Options(TypedDict, total=False):
    """The options of `Medusa` in a dict: `Medusa(**options)`. `ClientOptions` describes them."""

    base_url: str
    max_retries: int | Retry
    api_key: str | None
    publishable_api_key: str | None
    token: str | Callable[[], str | None] | None
    admin_token: str | Callable[[], str | None] | None
    custom_headers: Mapping[str, str] | None
    timeout: float | tuple[float, float] | None
    deadline: float | None
    max_response_bytes: int
    repeat_posts: bool
    models: Mapping[type[Any], type[Model]] | None
    pool_maxsize: int
    session: requests.Session | None
