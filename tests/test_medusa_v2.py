"""Objects of Medusa v2 raise an error, because their amounts would be misread. Objects of an extended v1 do not."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any, cast

import pytest

from medusa import (
    LineItem,
    LineItemTaxLine,
    Medusa,
    MedusaDecodeError,
    MedusaInvalidRequestError,
    Model,
    Order,
    Payment,
    ProductVariant,
    Refund,
    Result,
    ShippingMethod,
    StoreOrdersRes,
    entity,
    field,
)

from .conftest import recorded

SAID = (
    "this is an object of Medusa v2, and this SDK supports Medusa v1 only: v2 amounts are in major units and would be"
    " misread"
)


def amount(value: int) -> dict[str, Any]:
    """Return an exact amount. v2 sends one with each amount that it stores."""
    return {"value": str(value), "precision": 20}


SUMMARY = {
    "paid_total": 0,
    "raw_paid_total": amount(0),
    "pending_difference": 20,
    "raw_pending_difference": amount(20),
    "current_order_total": 20,
    "raw_current_order_total": amount(20),
}
TOTALS = {
    "item_total": 10,
    "item_subtotal": 10,
    "original_item_total": 10,
    "original_item_subtotal": 10,
    "original_item_tax_total": 0,
    "shipping_subtotal": 10,
    "discount_tax_total": 0,
}
ITEM = {
    "id": "ordli_1",
    "title": "Shirt",
    "is_tax_inclusive": False,
    "unit_price": 10,
    "raw_unit_price": amount(10),
    "raw_compare_at_unit_price": None,
    "quantity": 1,
    "raw_quantity": amount(1),
    "tax_lines": [],
    "detail": {"id": "orditem_1", "version": 1, "quantity": 1, "raw_quantity": amount(1)},
}
IN_A_LIST = {  # An order in the lists that `GET /store/orders` and `GET /admin/orders` return.
    "id": "order_1",
    "status": "pending",
    "version": 1,
    "summary": SUMMARY,
    "display_id": 1,
    "total": 20,
    "currency_code": "eur",
    "created_at": "2025-01-08T05:59:07.061Z",
}
ORDER = {**IN_A_LIST, **TOTALS, "subtotal": 20, "tax_total": 0, "items": [ITEM], "payment_collections": []}

OF_V2: list[tuple[type[Model], dict[str, Any]]] = [
    (Order, ORDER),
    (Order, IN_A_LIST),
    (Order, {"id": "order_1", "total": 20, **TOTALS}),
    (Order, {"id": "order_1", "total": 20, "raw_total": amount(20)}),
    (Order, {"id": "order_1", "raw_discount_total": amount(1)}),
    (LineItem, ITEM),
    (LineItem, {"id": "ordli_1", "quantity": 1, "detail": ITEM["detail"]}),
    (LineItemTaxLine, {"id": "ordlitxl_1", "rate": 10, "raw_rate": amount(10)}),
    (ShippingMethod, {"id": "ordsm_1", "amount": 10, "raw_amount": amount(10)}),
    (Payment, {"id": "pay_1", "amount": 20, "raw_amount": amount(20)}),
    (Refund, {"id": "ref_1", "amount": 20, "raw_amount": amount(20)}),
    (
        ProductVariant,
        {"id": "variant_1", "calculated_price": {"calculated_amount": 10, "raw_calculated_amount": amount(10)}},
    ),
]


@pytest.mark.parametrize(("cls", "data"), OF_V2, ids=[f"{cls.__name__}-{n}" for n, (cls, _) in enumerate(OF_V2)])
def test_every_entity_of_v2_is_refused(cls: type[Model], data: dict[str, Any]) -> None:
    for _ in range(4):  # The first object is read key by key. A function for these keys reads the other objects.
        with pytest.raises(MedusaDecodeError) as caught:
            cls.from_dict(data)
        assert str(caught.value).endswith(f": {SAID}")


def test_an_order_of_a_v2_backend(medusa: Medusa, answer: Callable[..., None]) -> None:
    answer({"order": ORDER})
    for client in (medusa, medusa.with_options(models={Order: MyOrder})):
        for _ in range(3):
            with pytest.raises(MedusaDecodeError) as caught:
                client.orders.retrieve("order_1")
            assert str(caught.value) == (
                "GET /store/orders/{id} returned 200 with an unexpected body (application/json; charset=utf-8):"
                f" order: {SAID}"
            )
            assert caught.value.response is not None
    assert medusa.request("GET", "/store/orders/order_1") == {"order": ORDER}


@entity
class MyOrder(Order):
    version: int = field()
    summary: str = field()


def test_an_object_of_v2_is_reported_with_its_path_and_before_other_mismatches() -> None:
    order = {**recorded("plain")["order"], "email": None}
    order["items"].append(ITEM)
    with pytest.raises(MedusaDecodeError) as caught:
        StoreOrdersRes.from_dict({"order": order})
    assert str(caught.value) == f"order.items[1]: {SAID}"


def test_the_value_counts_and_not_the_key_alone() -> None:
    """A key of v2 is accepted if its value is null. A later object with an exact amount still raises an error."""
    for _ in range(3):
        assert LineItem.from_dict({"id": "item_1", "raw_unit_price": None}).extra == {"raw_unit_price": None}
    with pytest.raises(MedusaDecodeError, match="Medusa v2"):
        LineItem.from_dict({"id": "item_1", "raw_unit_price": amount(10)})


EXTENSIONS: list[dict[str, Any]] = [
    {"version": 3},
    {"version": 3, "summary": "two shirts"},
    {"version": 3, "summary": {"paid_total": 4900, "pending_difference": 0}},
    {"detail": {"engraving": "Ada"}},
    {"detail": [amount(1)], "summary": None},
    {"payment_collections": [{"id": "paycol_1", "amount": 4900}]},
    {"item_total": 4900, "item_subtotal": 4900},
    {**TOTALS, "object": "order"},
    {"raw_weight": 1.5, "raw_note": "x", "raw_data": {}},
    {"raw_weight": {"value": "1"}},
    {"raw_weight": {"value": 1, "precision": 20}},
    {"raw_weight": {"value": "1", "precision": "20"}},
    {"raw_weight": {"value": "1", "precision": 20, "unit": "kg"}},
    {"weight": amount(1)},
    {"metadata": {"raw_total": amount(20), **TOTALS}},
]


@pytest.mark.parametrize("columns", EXTENSIONS, ids=range(len(EXTENSIONS)))
def test_a_v1_backend_may_have_columns_of_any_name(columns: dict[str, Any]) -> None:
    for body in ({**recorded("plain")["order"], **columns}, {"id": "order_1", "total": 2000, **columns}):
        for _ in range(4):
            order = Order.from_dict(copy.deepcopy(body))
            assert order.to_dict() == body


def test_three_of_its_totals_make_an_object_one_of_v2() -> None:
    """Two columns of a v1 backend can have the names of two totals."""
    totals = {"item_total": 20, "item_subtotal": 20, "shipping_subtotal": 0}
    for _ in range(4):
        assert Order.from_dict({"id": "order_1", "item_total": 20, "item_subtotal": 20}).extra["item_total"] == 20
        with pytest.raises(MedusaDecodeError, match=re.escape(SAID)):
            Order.from_dict({"id": "order_1", **totals})


def test_a_subclass_may_declare_such_columns() -> None:
    body = {**recorded("plain")["order"], "version": 3, "summary": "two shirts"}
    for _ in range(3):
        order = MyOrder.from_dict(body)
        assert (order.version, order.summary, order.extra) == (3, "two shirts", {})


@entity
class MyOrders(Result):
    orders: list[MyOrder]


def test_an_object_of_v2_whose_keys_a_subclass_declares() -> None:
    """The error names the innermost object of v2, and comes before other mismatches."""
    for _ in range(3):
        for orders, path in (
            ([{"id": 1}, IN_A_LIST], "orders[1]"),
            ([{**IN_A_LIST, "items": [ITEM]}], "orders[0].items[0]"),
        ):
            with pytest.raises(MedusaDecodeError) as caught:
                MyOrders.from_dict({"orders": orders})
            assert str(caught.value) == f"{path}: {SAID}"


@pytest.mark.parametrize(
    "message",
    [
        "Publishable API key required in the request header: x-publishable-api-key."
        " You can manage your keys in settings in the dashboard.",
        "A valid publishable key is required to proceed with the request",
    ],
)
def test_a_v2_backend_that_wants_a_publishable_key(medusa: Medusa, answer: Callable[..., None], message: str) -> None:
    answer({"type": "not_allowed", "message": message}, status=400)
    with pytest.raises(MedusaInvalidRequestError) as caught:
        medusa.orders.retrieve("order_1")
    assert str(caught.value) == (
        f"GET /store/orders/{{id}} returned 400 not_allowed: {message}"
        " (this is a message of Medusa v2, and this SDK supports Medusa v1 only: connect to a v1 backend)"
    )
    assert cast("MedusaInvalidRequestError", caught.value).message == message
