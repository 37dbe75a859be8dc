"""Pages: go through all items of a list, page by page."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

import attrs

from ..models.base import Model

if TYPE_CHECKING:
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
            raise ValueError(f"query must not hold {name}: pass {instead}, or call list for one page")
    _check_count("page_size", page_size, least=1)
    _check_count("start", start, least=0)
    if order is not None:
        given.setdefault("order", order)

    def page_at(offset: int, overlap: int) -> _Page:
        limit = page_size + overlap
        content = list_page({**given, "limit": limit, "offset": offset - overlap}, headers)._state()
        return _Page(content[items], content.get("count"), limit, offset - overlap, bool(overlap))

    return _items(page_at, page_size, start, ThreadPoolExecutor(1) if read_ahead else None)


@attrs.frozen
class _Page:
    items: list[Any]
    count: Any
    """The number of items on all pages, as far as the route tells."""
    limit: int
    offset: int
    is_continued: bool
    """Whether the last item of the page before must be on it."""

    @property
    def end(self) -> int:
        return self.offset + len(self.items)

    def repeats(self, before: _Page | None) -> bool:
        """Whether this page has the items of the one before, which may have changed meanwhile."""
        return before is not None and [_key(each) or each for each in before.items] == [
            _key(each) or each for each in self.items
        ]

    def follows(self, seen: set[str]) -> bool:
        """Whether no item can be missing between what was seen and this page."""
        if not self.is_continued:
            return True
        # Medusa puts variants of the same moment on the right page, but there in any order: look at the whole page.
        return any(key is None or key in seen for key in map(_key, self.items))

    def is_last(self, new: list[Any], repeated: int) -> bool:
        is_short = len(self.items) < self.limit
        # Medusa counts the items of this page alone where `expand` is empty, which shows on each page but the first.
        if isinstance(self.count, int) and self.count >= self.end and (self.offset or self.count > self.end):
            return self.count == self.end or (is_short and not new)
        # A backend that ignores the offset answers the same page for ever. A list that grew by a page does so once.
        return is_short or repeated == 2


def _items(
    page_at: Callable[[int, int], _Page], page_size: int, start: int, pool: ThreadPoolExecutor | None
) -> Generator[Any]:
    """Yield each item once. With a pool, the next page is fetched while the caller works on this one.

    Each page but the first begins with the last item of the page before. If a page holds nothing that was seen, items
    before it are gone, and those that took their place were on no page yet.
    """
    seen: set[str] = set()
    before: _Page | None = None
    page, may_go_back, repeated = page_at(start, 0), True, 0
    try:
        while True:
            while may_go_back and page.offset > start and not page.follows(seen):
                page, before = page_at(max(start, page.offset - page_size) + 1, 1), None
            new: list[Any] = []
            for item in page.items:
                key = _key(item)
                if key not in seen:
                    new.append(item)
                if key is not None:
                    seen.add(key)
            may_go_back = bool(new)  # Otherwise a list without a stable order could send it back for ever.
            repeated = repeated + 1 if page.repeats(before) else 0
            is_last = page.is_last(new, repeated)
            overlap = 1 if page.items and _key(page.items[-1]) else 0
            following = None
            if pool and not is_last:
                following = pool.submit(copy_context().run, page_at, page.end, overlap)
            yield from new
            if is_last:
                return
            before, page = page, following.result() if following else page_at(page.end, overlap)
    finally:
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)


def _key(item: Any) -> str | None:
    """What tells an item apart, or None if the response did not include it."""
    content = item._state() if isinstance(item, Model) else {}
    key = content.get("id", content.get("code"))
    return key if isinstance(key, str) else None


def _check_count(name: str, value: Any, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an integer, not {type(value).__name__}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}")
