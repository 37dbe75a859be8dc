"""Iterate over the items of all pages of a list."""

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

    `list_page` is the method that fetches a page, and `items` is the field of its result. `order` is the order to
    request if `query` has none. It is given for routes whose default order is not stable. Raises `TypeError` or
    `ValueError` at once if an argument is not valid.
    """
    if query is not None and not isinstance(query, Mapping):
        raise TypeError(f"query must be a mapping, not {type(query).__name__}")
    given = dict(query or {})
    for name, instead in (("limit", "page_size"), ("offset", "start")):
        if name in given:
            raise ValueError(f"query must not contain {name}: pass {instead} instead, or call list for one page")
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
    """The number of items on all pages, if the route returns it."""
    limit: int
    offset: int
    is_continued: bool
    """Whether this page must contain the last item of the previous page."""

    @property
    def end(self) -> int:
        return self.offset + len(self.items)

    def repeats(self, before: _Page | None) -> bool:
        """Return whether this page has the same items as the previous page, even if their content has changed."""
        return before is not None and [_key(each) or each for each in before.items] == [
            _key(each) or each for each in self.items
        ]

    def follows(self, seen: set[str]) -> bool:
        """Return whether no item can be missing between the items that were seen and this page."""
        if not self.is_continued:
            return True
        # All items are checked, because Medusa returns variants that were created at the same time in any order, but on
        # the right page.
        return any(key is None or key in seen for key in map(_key, self.items))

    def is_last(self, new: list[Any], repeated: int) -> bool:
        """Return whether no page follows. `new` are the items that were not seen before.

        `repeated` is how often in a row a page had the same items as the previous one.
        """
        is_short = len(self.items) < self.limit
        # If `expand` is empty, Medusa counts only the items of this page. That count is less than the end of the page,
        # except on the first page.
        if isinstance(self.count, int) and self.count >= self.end and (self.offset or self.count > self.end):
            return self.count == self.end or (is_short and not new)
        # A backend that ignores the offset returns the same page forever. If a list has grown by a page, only one page
        # repeats the previous one.
        return is_short or repeated == 2


def _items(
    page_at: Callable[[int, int], _Page], page_size: int, start: int, pool: ThreadPoolExecutor | None
) -> Generator[Any]:
    """Yield each item once. With a pool, the next page is fetched while the caller works on the current page.

    Each page but the first begins with the last item of the previous page. If a page contains no item that was seen,
    items before it were deleted, and the items that moved to their positions were not on any page yet. Then the
    iteration goes back.
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
            may_go_back = bool(new)  # Otherwise, the iteration could go back forever if the order is not stable.
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
    """Return the ID or code of an item, or None if the response did not include it."""
    content = item._state() if isinstance(item, Model) else {}
    key = content.get("id", content.get("code"))
    return key if isinstance(key, str) else None


def _check_count(name: str, value: Any, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an integer, not {type(value).__name__}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}")
