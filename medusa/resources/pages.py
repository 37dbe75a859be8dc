"""Pages: go through all items of a list, page by page."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..models.base import Model
    from .base import Result


def iterate(
    list_page: Callable[[Any, Any], Result],
    items: str,
    query: Mapping[str, Any] | None,
    headers: Mapping[str, str] | None,
    *,
    order: str | None = None,
    page_size: int,
    start: int,
    read_ahead: bool,
) -> Iterator[Any]:
    """Return an iterator over the items of all pages of a list.

    `list_page` is the method that fetches a page, `items` the field of its result. `order` is what to sort by if
    `query` has no `order`, for a route whose default order is not stable. Raises `TypeError` and `ValueError` at once
    for arguments that are not valid.
    """
    if query is not None and not isinstance(query, Mapping):
        raise TypeError(f"query must be a mapping, not {type(query).__name__}")
    given = dict(query or {})
    for name, instead in (("limit", "page_size"), ("offset", "start")):
        if name in given:
            raise ValueError(f"query must not hold {name}: pass {instead}")
    _check_count("page_size", page_size, least=1)
    _check_count("start", start, least=0)
    if order is not None:
        given.setdefault("order", order)

    def page_at(offset: int) -> Result:
        return list_page({**given, "limit": page_size, "offset": offset}, headers)

    return _items(page_at, items, page_size, start, ThreadPoolExecutor(1) if read_ahead else None)


def _items(
    page_at: Callable[[int], Result], items: str, page_size: int, start: int, pool: ThreadPoolExecutor | None
) -> Generator[Any]:
    """Yield each item once. With a pool, the next page is fetched while the caller works on this one."""
    seen: set[Any] = set()
    offset, count = start, None
    page = page_at(offset)
    try:
        while True:
            content = page._state()
            found, before, count = content[items], count, content.get("count")
            if before is not None and count is not None and count < before:
                # Items before this page are gone, and those that took their place were never on a page.
                offset = max(start, offset - (before - count))
                page = page_at(offset)
                continue
            new = [item for item in found if _key(item) is None or _key(item) not in seen]
            seen.update(map(_key, new))
            offset += len(found)
            is_last = not found or (offset >= count if count is not None else len(found) < page_size or not new)
            following = pool.submit(copy_context().run, page_at, offset) if pool and not is_last else None
            yield from new
            if is_last:
                return
            page = following.result() if following else page_at(offset)
    finally:
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)


def _key(item: Model) -> Any:
    """What tells an item apart, or None if the response did not include it."""
    content = item._state()
    return content.get("id", content.get("code"))


def _check_count(name: str, value: Any, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an integer, not {type(value).__name__}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}")
