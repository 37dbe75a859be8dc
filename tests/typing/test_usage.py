"""What a type checker must accept, and what it must report on the lines with `ignore`.

An `ignore` on a line without an error is an error too.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

import requests

from medusa import (
    Customer,
    LineItem,
    Medusa,
    Options,
    Order,
    OrderStatus,
    StoreGetOrdersParams,
    StoreOrdersRes,
    is_loaded,
)


def use(medusa: Medusa, order: Order) -> None:
    result = medusa.orders.retrieve("order_1", expand=["items"], fields="id,email")
    assert_type(result, StoreOrdersRes)
    assert_type(result.order, Order)
    assert_type(result.response, requests.Response)
    assert_type(order.items, list[LineItem])
    assert_type(order.items[0].quantity, int)
    assert_type(order.items[0].raw_discount_total, float)
    assert_type(order.created_at, datetime)
    assert_type(order.customer, Customer | None)
    assert_type(order.status, OrderStatus | str)
    assert_type(is_loaded(order, "claims"), bool)
    assert_type(medusa.auth.exists("a@b.co").exists, bool)
    assert_type(medusa.auth.get_token({"email": "a@b.co", "password": "x"}).access_token, str)
    assert_type(medusa.with_options(token="x"), Medusa)
    options: Options = {"base_url": "http://localhost:9000", "timeout": (3.0, 10.0), "pool_maxsize": 8, "token": None}
    options["session"] = requests.Session()
    assert_type(Medusa(**options), Medusa)
    assert_type(Medusa(**Options(max_retries=3)), Medusa)
    medusa.orders.lookup_order(StoreGetOrdersParams(display_id=1, email="a@b.co"))
    medusa.orders.lookup_order({"display_id": 1, "email": "a@b.co", "expand": "items"})
    Order(id="order_1", email="a@b.co")


def misuse(medusa: Medusa, order: Order) -> None:
    print(order.totl)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    Order(emial="a@b.co")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Order(id=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    StoreGetOrdersParams(display_id=1)  # type: ignore[typeddict-item]  # pyright: ignore[reportCallIssue]
    medusa.orders.retrieve(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    print(medusa.wishlists)  # type: ignore[attr-defined]  # pyright: ignore
    Options(retries=3)  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportCallIssue]
    Options(timeout="5")  # type: ignore[typeddict-item]  # pyright: ignore[reportArgumentType]
    medusa.with_options(pool_maxsize=8)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    medusa.with_options(session=None)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    medusa.orders.retrieve_order("x")  # type: ignore[attr-defined]  # pyright: ignore
