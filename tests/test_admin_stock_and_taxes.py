"""What the Admin's methods for shipping options, tax rates and stock reject, and the queries that they send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from pytest_httpserver import HTTPServer

from medusa import Medusa, Result

from .conftest import Sent, target

NEGATIVE: list[tuple[str, tuple[Any, ...], str]] = [
    (
        "shipping_options.create",
        ({"requirements": [{"type": "max_subtotal", "amount": 1}, {"type": "min_subtotal", "amount": -1}]},),
        "requirements[1].amount",
    ),
    (
        "shipping_options.update",
        ("so_1", {"requirements": [{"type": "min_subtotal", "amount": -1}]}),
        "requirements[0].amount",
    ),
    ("tax_rates.create", ({"rate": -0.5},), "rate"),
    ("tax_rates.update", ("txr_1", {"rate": -1}), "rate"),
    ("inventory_items.create_location_level", ("iitem_1", {"stocked_quantity": -1}), "stocked_quantity"),
    ("inventory_items.create_location_level", ("iitem_1", {"incoming_quantity": -1}), "incoming_quantity"),
    ("reservations.create", ({"quantity": -1},), "quantity"),
    ("reservations.update", ("resitem_1", {"quantity": -1}), "quantity"),
]


@pytest.mark.parametrize(("method", "arguments", "key"), NEGATIVE)
def test_a_negative_number_is_not_sent(
    medusa: Medusa, httpserver: HTTPServer, method: str, arguments: tuple[Any, ...], key: str
) -> None:
    group, name = method.split(".")
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        getattr(getattr(medusa.admin, group), name)(*arguments)
    assert str(refused.value) == f"{key} must not be negative"
    assert httpserver.log == []


def test_zero_is_sent(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    answer({"reservation": {"id": "resitem_1", "quantity": 0}})
    medusa.admin.reservations.create({"location_id": "sloc_1", "inventory_item_id": "iitem_1", "quantity": 0})
    assert sent().get_json()["quantity"] == 0


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({"expand": "products, region"}, "?expand[0]=products&expand[1]=region"),
        ({"expand": ["products"], "fields": ("id", " rate")}, "?expand[0]=products&fields[0]=id&fields[1]=rate"),
        ({"query": {"expand": ["region"]}, "fields": "rate"}, "?expand[0]=region&fields[0]=rate"),
        ({"expand": "", "fields": []}, ""),
        ({}, ""),
    ],
)
def test_names_are_lists_for_tax_rates(
    medusa: Medusa, answer: Callable[..., None], sent: Sent, options: dict[str, Any], query: str
) -> None:
    answer({"tax_rate": {"id": "txr_1"}})
    medusa.admin.tax_rates.retrieve("txr_1", **options)
    assert unquote(target(sent())) == f"/admin/tax-rates/txr_1{query}"


def test_names_are_given_once(medusa: Medusa, httpserver: HTTPServer) -> None:
    """`expand` must not be both in the query and an argument."""
    with pytest.raises(ValueError, match=r"^expand must not be given both in query and as an argument$"):
        medusa.admin.tax_rates.retrieve("txr_1", {"expand": ["region"]}, expand=["products"])
    assert httpserver.log == []


def test_currencies_are_sorted_by_code(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    answer({"currencies": [{"code": "eur"}], "count": 1, "offset": 0, "limit": 100})
    assert [currency.code for currency in medusa.admin.currencies.iterate()] == ["eur"]
    assert sent().args["order"] == "code"


def test_notifications_are_sorted_by_the_backend(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    """`iterate` sends no `order` for notifications."""
    answer({"notifications": [{"id": "noti_1"}], "count": 1, "offset": 0, "limit": 100})
    assert [each.id for each in medusa.admin.notifications.iterate({"include_resends": True})] == ["noti_1"]
    assert target(sent()) == "/admin/notifications?include_resends=true&limit=100&offset=0"


def test_a_reservation_is_changed_without_a_result(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    answer({})
    changed = medusa.admin.reservations.update("resitem_1", {"quantity": 2})
    assert (type(changed), changed.to_dict(), sent().method) == (Result, {}, "POST")


def test_a_currency_is_added_where_the_route_is(medusa: Medusa, answer: Callable[..., None], sent: Sent) -> None:
    """The currency is posted to Medusa's route. The JS client posts to `/admin/store/sek`, which no backend has."""
    answer({"store": {"id": "store_1", "currencies": [{"code": "sek"}]}})
    assert medusa.admin.store.add_currency("sek").store.currencies[0].code == "sek"
    assert target(sent()) == "/admin/store/currencies/sek"
