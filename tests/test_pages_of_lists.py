"""Iterating over all pages of a list while the list changes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextvars import ContextVar, copy_context
from typing import Any

import pytest
import requests
from hypothesis import given, settings, strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from medusa import (
    Medusa,
    MedusaConnectionError,
    MedusaNotFoundError,
    MedusaServerError,
    Product,
    StoreProductsListRes,
    entity,
    field,
)

from .paged import Shop


@pytest.fixture
def shop(httpserver: HTTPServer) -> Shop:
    return Shop(httpserver, 10)


def lists(medusa: Medusa) -> list[Callable[..., Iterator[Any]]]:
    """Return the `iterate` methods of a list whose response has a count and of a list whose response has none."""
    return [medusa.products.iterate, medusa.products.variants.iterate]


READ_AHEAD = pytest.mark.parametrize("read_ahead", [False, True])


@READ_AHEAD
@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 6, 7, 9, 10])
@pytest.mark.parametrize("page_size", [1, 2, 3, 10, 100])
def test_each_item_once_and_in_order(medusa: Medusa, shop: Shop, size: int, page_size: int, read_ahead: bool) -> None:
    shop.ids = shop.ids[:size]
    for iterate in lists(medusa):
        shop.requests.clear()
        found = [item.id for item in iterate(page_size=page_size, read_ahead=read_ahead)]
        assert found == shop.ids
        assert len(shop.requests) <= size // page_size + 1
        assert [item.id for item in iterate(page_size=page_size, start=2)] == shop.ids[2:]


def test_what_is_sent(medusa: Medusa, shop: Shop) -> None:
    assert len(list(medusa.products.iterate({"q": "shirt"}, page_size=4))) == 10
    # Each page but the first begins with the last item of the page before.
    assert shop.requests == [(0, 4), (3, 5), (7, 5)]
    assert {(query["q"], query["order"]) for query in shop.queries} == {("shirt", "id")}
    shop.queries.clear()
    next(medusa.products.iterate({"order": "-title"}))
    next(medusa.products.variants.iterate())
    assert [query.get("order") for query in shop.queries] == ["-title", None]


def test_each_page_is_requested_with_the_headers_of_the_caller(medusa: Medusa, shop: Shop) -> None:
    for iterate in lists(medusa):
        shop.headers.clear()
        assert len(list(iterate({}, {"x-channel": "shop"}, page_size=4))) == 10
        assert shop.headers == ["shop"] * 3


def test_a_page_is_fetched_when_it_is_needed(medusa: Medusa, shop: Shop) -> None:
    products = medusa.products.iterate(page_size=4)
    assert shop.requests == []
    for needed in (1, 1, 1, 1, 2):
        next(products)
        assert len(shop.requests) == needed


def test_the_query_is_the_one_of_the_call(medusa: Medusa, shop: Shop) -> None:
    query: Any = {"q": "shirt"}
    products = medusa.products.iterate(query, {"X-Shop": "one"}, page_size=4)
    query["q"] = "mug"
    list(products)
    assert {sent["q"] for sent in shop.queries} == {"shirt"}


@pytest.mark.parametrize("name", ["limit", "offset"])
def test_limit_and_offset_are_refused(medusa: Medusa, httpserver: HTTPServer, name: str) -> None:
    instead = {"limit": "page_size", "offset": "start"}[name]
    for value in (1, None):
        with pytest.raises(
            ValueError, match=rf"^query must not contain {name}: pass {instead} instead, or call list for one page$"
        ):
            medusa.products.iterate({name: value})  # type: ignore[arg-type]  # pyright: ignore
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"page_size": 0}, ValueError, "^page_size must be at least 1$"),
        ({"page_size": True}, TypeError, "^page_size must be an integer, not bool$"),
        ({"page_size": "1"}, TypeError, "^page_size must be an integer, not str$"),
        ({"start": -1}, ValueError, "^start must be at least 0$"),
        ({"start": 1.0}, TypeError, "^start must be an integer, not float$"),
        ({"query": "q=shirt"}, TypeError, "^query must be a mapping, not str$"),
        ({"query": []}, TypeError, "^query must be a mapping, not list$"),
    ],
)
def test_bad_arguments_are_refused_at_once(
    medusa: Medusa, httpserver: HTTPServer, options: Any, error: type[Exception], said: str
) -> None:
    for iterate in (*lists(medusa), medusa.regions.iterate, medusa.collections.iterate, medusa.product_tags.iterate):
        with pytest.raises(error, match=said):
            iterate(**options)
    assert httpserver.log == []


@READ_AHEAD
@pytest.mark.parametrize("gone", [[0], [1, 2], [3], [2, 3], [0, 1, 2], [0, 1, 2, 3], [4], [0, 1, 2, 3, 4, 5], [0, 9]])
def test_a_list_that_shrinks(medusa: Medusa, shop: Shop, gone: list[int], read_ahead: bool) -> None:
    """If items are deleted after the first page of four, every remaining item is returned once."""
    every = list(shop.ids)
    left = [id for number, id in enumerate(every) if number not in gone]

    def change(shop: Shop) -> None:
        shop.ids = left

    for iterate in lists(medusa):
        shop.ids, shop.change = every, change
        found = [item.id for item in iterate(page_size=4, read_ahead=read_ahead)]
        assert found == every[:4] + [id for id in left if id not in every[:4]]


def test_a_list_of_items_with_a_code_that_shrinks(medusa: Medusa, shop: Shop) -> None:
    """Currencies have a code instead of an ID."""
    codes = shop.ids.copy()

    def change(shop: Shop) -> None:
        if len(shop.requests) == 1:
            del shop.ids[:2]

    shop.change = change
    assert [currency.code for currency in medusa.admin.currencies.iterate(page_size=4)] == codes


@READ_AHEAD
@pytest.mark.parametrize("more", [1, 2, 3, 5, 12])
def test_a_list_that_grows_at_its_beginning(medusa: Medusa, shop: Shop, more: int, read_ahead: bool) -> None:
    every = list(shop.ids)

    def change(shop: Shop) -> None:
        shop.ids = [*(f"new_{number}" for number in range(more)), *every]

    for iterate in lists(medusa):
        shop.ids, shop.change = every, change
        found = [item.id for item in iterate(page_size=4, read_ahead=read_ahead)]
        assert len({*found}) == len(found)
        assert {*every} <= {*found}


@pytest.mark.parametrize("after", [2, 3, 4])
@pytest.mark.parametrize("more", [4, 5, 8])
def test_a_list_that_grows_by_a_page_later(medusa: Medusa, shop: Shop, more: int, after: int) -> None:
    """If the list grows by a page, the next page is the same as the one before. No item is returned twice or missed."""
    every = [f"item_{number:02}" for number in range(30)]

    def change(shop: Shop) -> None:
        if len(shop.requests) == after:
            shop.ids = [*(f"new_{number}" for number in range(more)), *every]

    for iterate in lists(medusa):
        shop.ids, shop.change = every, change
        shop.requests.clear()
        found = [item.id for item in iterate(page_size=4)]
        assert len({*found}) == len(found)
        assert [id for id in found if id in every] == every  # `found` may also contain new items.


def test_a_list_that_loses_one_item_and_gains_another(medusa: Medusa, shop: Shop) -> None:
    """If one item is deleted and one is added, the count stays the same, but no item is missed."""
    every = list(shop.ids)

    def change(shop: Shop) -> None:
        shop.ids = [*every[1:], "new"]

    for iterate in lists(medusa):
        shop.ids, shop.change = every, change
        assert [item.id for item in iterate(page_size=4)] == [*every, "new"]


@settings(max_examples=60)
@given(data=st.data())
def test_any_changes(data: st.DataObject) -> None:
    """An item that exists the whole time is returned once. No item is returned twice."""
    with HTTPServer() as server, Medusa(server.url_for("")) as medusa:
        shop = Shop(server, data.draw(st.integers(0, 12)))
        kept = data.draw(st.sets(st.sampled_from(shop.ids))) if shop.ids else set[str]()
        changes = iter(data.draw(st.lists(st.tuples(st.booleans(), st.integers(0, 20)), max_size=8)))

        def change(shop: Shop) -> None:
            goes, number = next(changes, (False, 0))
            goers = [id for id in shop.ids if id not in kept]
            if goes and goers:
                shop.ids.remove(goers[number % len(goers)])
            elif number:
                shop.ids.insert(number % (len(shop.ids) + 1), f"new_{len(shop.requests)}")

        shop.change = change
        iterate = data.draw(st.sampled_from(lists(medusa)))
        found = [item.id for item in iterate(page_size=data.draw(st.integers(2, 5)))]
    assert len({*found}) == len(found)
    assert kept <= {*found}


def test_a_count_of_the_page_alone_does_not_end_it(medusa: Medusa, shop: Shop) -> None:
    """All pages are read even if the count is that of the page, as it is for an empty `expand` in Medusa."""
    shop.counts_the_page = True
    for page_size in (1, 2, 5, 10, 20):
        found = medusa.products.iterate({"expand": ""}, page_size=page_size)
        assert [product.id for product in found] == shop.ids


def test_a_backend_with_a_longest_page(medusa: Medusa, shop: Shop) -> None:
    shop.longest = 3
    assert [product.id for product in medusa.products.iterate(page_size=5)] == shop.ids


@pytest.mark.parametrize("ignored", [["limit"], ["offset"], ["limit", "offset"]], ids=str)
def test_a_backend_that_ignores_the_query(medusa: Medusa, shop: Shop, ignored: list[str]) -> None:
    shop.ignores = {*ignored}
    for iterate in lists(medusa):
        found = [item.id for item in iterate(page_size=4)]
        assert len({*found}) == len(found)
        assert found == shop.ids[: len(found)]
        if "limit" in ignored:
            assert found == shop.ids
    assert len(shop.requests) < 10


def test_items_without_an_id(medusa: Medusa, shop: Shop) -> None:
    shop.hides_ids = True
    for iterate in lists(medusa):
        assert [item.title for item in iterate(page_size=4)] == shop.ids


def test_items_of_the_classes_of_the_caller(medusa: Medusa, httpserver: HTTPServer) -> None:
    """The caller may declare that items are any JSON, or that an ID is not a string."""

    @entity
    class Anything(StoreProductsListRes):
        products: list[Any] = field()

    @entity
    class Composed(Product):
        id: Any = field()

    items: list[Any] = [{"id": {"shop": "one", "number": number}} for number in range(5)]

    def page(request: Request) -> Response:
        limit, offset = int(request.args["limit"]), int(request.args["offset"])
        body = {"products": items[offset : offset + limit], "count": 5, "offset": offset, "limit": limit}
        return Response(json.dumps(body), content_type="application/json")

    httpserver.expect_request("/store/products").respond_with_handler(page)
    of_json = medusa.with_options(models={StoreProductsListRes: Anything})
    assert list(of_json.products.iterate(page_size=2)) == items
    composed = medusa.with_options(models={Product: Composed})
    assert [product.id for product in composed.products.iterate(page_size=2)] == [item["id"] for item in items]


@pytest.mark.parametrize("page_size", [1, 2, 3, 7])
def test_pages_with_any_order_within_them(medusa: Medusa, shop: Shop, page_size: int) -> None:
    """Every item is returned even if a page has any order, as with variants that were created at the same moment."""
    shop.shuffles = True
    for iterate in lists(medusa):
        shop.requests.clear()
        assert sorted(item.id for item in iterate(page_size=page_size)) == shop.ids
        assert len(shop.requests) <= 10 // page_size + 1


def test_an_order_that_is_not_stable_ends(medusa: Medusa, shop: Shop) -> None:
    def change(shop: Shop) -> None:
        shop.ids = [*shop.ids[3:], *shop.ids[:3]]

    shop.change = change
    for iterate in lists(medusa):
        found = [item.id for item in iterate(page_size=3)]
        assert len({*found}) == len(found)


@READ_AHEAD
def test_an_error_comes_where_its_page_is_needed(medusa: Medusa, shop: Shop, read_ahead: bool) -> None:
    shop.fails_at = 2
    products = medusa.products.iterate(page_size=4, read_ahead=read_ahead)
    assert [next(products).id for _ in range(4)] == shop.ids[:4]
    with pytest.raises(MedusaServerError):
        next(products)
    assert list(products) == []


def test_the_next_page_is_read_ahead(medusa: Medusa, shop: Shop) -> None:
    requested = threading.Semaphore(0)
    shop.change = lambda _: requested.release()
    products = medusa.products.iterate(page_size=4, read_ahead=True)
    next(products)
    for _ in range(2):
        assert requested.acquire(timeout=30)
    assert len(shop.requests) == 2
    assert [product.id for product in products] == shop.ids[1:]


def test_the_next_page_is_requested_in_the_context_of_the_caller(shop: Shop, httpserver: HTTPServer) -> None:
    """Tracing libraries keep the current span in a context variable."""
    span: ContextVar[str] = ContextVar("span", default="none")
    spans: list[str] = []

    class Traced(requests.adapters.HTTPAdapter):
        def send(self, *args: Any, **kwargs: Any) -> requests.Response:
            spans.append(span.get())
            return super().send(*args, **kwargs)

    def iterate() -> None:
        span.set("sync")
        with requests.Session() as session:
            session.mount("http://", Traced())
            medusa = Medusa(httpserver.url_for(""), session=session)
            assert len(list(medusa.products.iterate(page_size=4, read_ahead=True))) == 10

    copy_context().run(iterate)
    assert spans == ["sync"] * 3


def test_closing_does_not_wait_for_the_next_page(medusa: Medusa, shop: Shop) -> None:
    requested, closed, waits = threading.Event(), threading.Event(), list[bool]()

    def change(shop: Shop) -> None:
        if len(shop.requests) == 2:
            requested.set()
            waits.append(closed.wait(30))

    shop.change = change
    products = medusa.products.iterate(page_size=4, read_ahead=True)
    assert isinstance(products, Generator)
    next(products)
    assert requested.wait(30)
    products.close()
    assert waits == []
    closed.set()


def threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if "ThreadPoolExecutor" in thread.name}


def test_no_thread_is_left(medusa: Medusa, shop: Shop) -> None:
    before = threads()
    iterators = [medusa.products.iterate(page_size=2, read_ahead=True) for _ in range(6)]
    assert threads() <= before
    list(iterators[0])
    for number in (1, 2, 3):
        next(iterators[number])
    closed, failed = iterators[1:3]
    assert isinstance(closed, Generator)
    assert isinstance(failed, Generator)
    closed.close()
    with pytest.raises(ZeroDivisionError):
        failed.throw(ZeroDivisionError())
    iterators.clear()  # Iterator 3 is abandoned on its first page, iterators 4 and 5 before it.
    end = time.monotonic() + 30
    while threads() - before and time.monotonic() < end:
        time.sleep(0.01)
    assert threads() <= before


def test_a_backend_that_is_gone(httpserver: HTTPServer) -> None:
    for read_ahead in (False, True):
        with Medusa("http://127.0.0.1:9") as medusa, pytest.raises(MedusaConnectionError):
            next(medusa.products.iterate(read_ahead=read_ahead))
    with Medusa(httpserver.url_for("")) as medusa:
        httpserver.expect_request("/store/regions").respond_with_json({"message": "none"}, 404)
        with pytest.raises(MedusaNotFoundError):
            list(medusa.regions.iterate())
