"""A merchant manages the store: its currencies, its return reasons and its notifications."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from medusa import (
    AdminGetNotificationsParams,
    Medusa,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Notification,
    Store,
    is_loaded,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("store", "currencies", "return_reasons", "notifications")


@pytest.fixture(scope="module")
def store(shop: Shop) -> Iterator[Store]:
    """The store. Its name and currencies are restored after the tests."""
    stores = shop.merchant.admin.store
    before = stores.retrieve().store
    yield before
    currencies = [currency.code for currency in before.currencies]
    stores.update(
        {"name": before.name, "currencies": currencies, "default_currency_code": before.default_currency_code}
    )


def currencies(store: Store) -> set[str]:
    return {currency.code for currency in store.currencies}


def test_a_store(shop: Shop, store: Store) -> None:
    stores = shop.merchant.admin.store
    assert {provider.id for provider in store.payment_providers} == {"manual", "test-pay"}
    assert {provider.id for provider in store.fulfillment_providers} == {"manual", "calc"}
    assert {flag.key: flag.value for flag in store.feature_flags}["tax_inclusive_pricing"] is False
    assert "eventBus" in {module.module for module in store.modules}
    assert store.default_sales_channel
    changed = stores.update({"name": "Corner Shop", "invite_link_template": "https://shop.example.com/{invite_token}"})
    assert (changed.store.name, is_loaded(changed.store, "modules")) == ("Corner Shop", False)
    assert stores.update({"invite_link_template": None}).store.invite_link_template is None
    assert stores.update({"metadata": {"a": 1, "b": 2}}).store.metadata == {"a": 1, "b": 2}
    assert stores.update({"metadata": {"a": "", "b": ""}}).store.metadata == {}
    providers = {provider.id for provider in stores.list_payment_providers().payment_providers}
    assert providers == {"manual", "test-pay"}
    assert stores.list_tax_providers().tax_providers == []


def test_currencies_of_a_store(shop: Shop, store: Store) -> None:
    stores, before = shop.merchant.admin.store, currencies(store)
    assert currencies(stores.add_currency("SEK").store) == {*before, "sek"}
    with pytest.raises(MedusaInvalidRequestError, match="Currency already added"):
        stores.add_currency("sek")
    for _ in range(2):
        assert currencies(stores.delete_currency("sek").store) == before
    both = stores.update({"currencies": [*before, "nok"], "default_currency_code": "nok"}).store
    assert (currencies(both), both.default_currency_code) == ({*before, "nok"}, "nok")
    assert "nok" not in currencies(stores.delete_currency("nok").store)  # Even the default currency can be removed.
    stores.update({"currencies": list(before), "default_currency_code": store.default_currency_code})
    with pytest.raises(MedusaInvalidRequestError, match="not allowed to remove default currency"):
        stores.update({"currencies": []})
    with pytest.raises(MedusaInvalidRequestError, match="xxx not found"):
        stores.add_currency("xxx")
    with pytest.raises(MedusaAuthenticationError):
        shop.medusa.admin.store.retrieve()


def test_currencies(shop: Shop) -> None:
    api = shop.merchant.admin.currencies
    page = api.list()
    assert (len(page.currencies), page.count, page.limit) == (20, 120, 20)
    codes = [currency.code for currency in api.iterate(page_size=50)]
    assert (len(codes), codes) == (120, sorted(codes))
    kroner = api.list({"q": "krone", "order": "-name"}).currencies
    assert [currency.code for currency in kroner] == ["nok", "dkk"]
    assert api.list({"code": "eur"}).currencies[0].symbol == "€"
    with pytest.raises(MedusaServerError, match="order has an unknown name"):
        api.list({"order": "id"})
    with pytest.raises(MedusaInvalidRequestError, match="includes_tax should not exist"):
        api.update("eur", {"includes_tax": True})
    with pytest.raises(MedusaNotFoundError):
        api.update("eur", {})


def test_a_currency_that_includes_taxes(shop_with_flags: Shop) -> None:
    api = shop_with_flags.merchant.admin.currencies
    # No other test uses this currency.
    assert api.update("SEK", {"includes_tax": True}).currency.includes_tax
    includes_tax: Any = {"includes_tax": True}
    with pytest.raises(MedusaInvalidRequestError, match="includes_tax must be a boolean value"):
        api.list(includes_tax)  # Medusa does not convert this query parameter to a boolean.
    assert not api.update("sek", {"includes_tax": False}).currency.includes_tax
    with pytest.raises(MedusaNotFoundError):
        api.update("xxx", {"includes_tax": True})


def test_return_reasons(shop: Shop) -> None:
    reasons, run = shop.merchant.admin.return_reasons, uuid.uuid4().hex
    broken = reasons.create({"value": f"broken-{run}", "label": "Broken", "metadata": {"a": 1}}).return_reason
    glass = reasons.create(
        {"value": f"glass-{run}", "label": "Broken glass", "parent_return_reason_id": broken.id}
    ).return_reason
    assert not is_loaded(broken, "metadata")
    changed = reasons.update(broken.id, {"label": "Damaged", "description": "It came so"}).return_reason
    assert (changed.value, changed.label, changed.description) == (f"broken-{run}", "Damaged", "It came so")
    assert [child.id for child in reasons.retrieve(broken.id).return_reason.return_reason_children] == [glass.id]
    listed = reasons.list().return_reasons
    known = ("wrong_size", "other", broken.value)
    assert [reason.value for reason in listed if reason.value in known] == [*known]  # The newest reason is last.
    assert glass.id not in {reason.id for reason in listed}
    with pytest.raises(MedusaInvalidRequestError, match="already exists"):
        reasons.create({"value": glass.value, "label": "Glass"})
    with pytest.raises(MedusaInvalidRequestError, match="Doubly nested"):
        reasons.create({"value": f"shard-{run}", "label": "Shard", "parent_return_reason_id": glass.id})
    assert reasons.delete(broken.id).object == "return_reason"
    for gone in (broken, glass):
        with pytest.raises(MedusaNotFoundError):
            reasons.retrieve(gone.id)
    with pytest.raises(MedusaNotFoundError):
        reasons.delete(broken.id)


def sent(merchant: Medusa, order_id: str) -> Notification:
    """Return the notification of an order. Medusa sends it up to three seconds after the order."""
    # While Medusa stores a notification, it may return 409 to requests for the list.
    patient = merchant.with_options(max_retries=5)
    for _ in range(300):
        found = patient.admin.notifications.list({"resource_id": order_id}).notifications
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no notification of {order_id}")


def test_notifications(shop: Shop) -> None:
    api, orders = shop.merchant.admin.notifications, [shop.order(MUG_350=1).id for _ in range(2)]
    first, second = (sent(shop.merchant, order) for order in orders)
    assert (first.event_name, first.resource_type, first.to) == ("order.placed", "order", "merchant@example.com")
    again = api.resend(first.id, {"to": "colleague@example.com"}).notification
    assert [(each.to, each.parent_id) for each in again.resends] == [("colleague@example.com", first.id)]
    assert len(api.resend(first.id, {}).notification.resends) == 2

    def ids(query: AdminGetNotificationsParams) -> set[str]:
        return {each.id for each in api.iterate(query, page_size=1)}

    assert ids({"resource_id": ",".join(orders)}) == {first.id, second.id}
    assert len(ids({"resource_id": orders[0], "include_resends": True})) == 3
    assert ids({"to": "colleague@example.com", "include_resends": True}).isdisjoint({first.id, second.id})
    assert ids({"event_name": "order.canceled"}) == set()
    some = api.list({"resource_id": orders[0], "fields": "id,created_at,data"}).notifications[0]
    assert (some.data, is_loaded(some, "to")) == ({"event": "order.placed", "order_id": orders[0]}, False)
    expanded = api.list({"resource_id": orders[0], "expand": "provider"}).notifications[0]
    assert expanded.provider
    assert expanded.provider.id == "test-notification"
    order: Any = {"order": "created_at"}
    with pytest.raises(MedusaInvalidRequestError, match="order should not exist"):
        api.list(order)
    with pytest.raises(MedusaServerError, match="fields lacks created_at"):
        api.list({"fields": "id,data"})
    with pytest.raises(MedusaNotFoundError):
        api.resend("noti_nope", {})


def test_every_method_returned(shop: Shop, shop_with_flags: Shop) -> None:
    """Every method of the set returned in an earlier test of this file."""
    assert METHODS - shop.returned - shop_with_flags.returned == set()
