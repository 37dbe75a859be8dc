"""The merchant sells products in several channels, and creates a storefront's key for some of the channels."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from medusa import (
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    PublishableApiKey,
    SalesChannel,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("sales_channels", "publishable_api_keys")


def new_channel(shop: Shop, name: str = "Market") -> SalesChannel:
    return shop.merchant.admin.sales_channels.create({"name": name, "description": "Once a week"}).sales_channel


def new_key(shop: Shop, title: str = "Market") -> PublishableApiKey:
    return shop.merchant.admin.publishable_api_keys.create({"title": title}).publishable_api_key


def candle(shop: Shop) -> str:
    """Return the ID of a product that no test deletes."""
    return shop.medusa.products.list({"handle": "candle"}).products[0].id


def test_every_method(shop_with_inventory: Shop) -> None:
    """Every method returns on the backend profile with stock locations."""
    shop = shop_with_inventory
    channel = change(shop)
    with_products(shop, channel)
    with_a_location(shop, channel)
    with_a_key(shop, channel)
    for _ in range(2):
        deleted = shop.merchant.admin.sales_channels.delete(channel.id)
        assert (deleted.id, deleted.object, deleted.deleted) == (channel.id, "sales-channel", True)
    assert METHODS - shop.returned == set()


def change(shop: Shop) -> SalesChannel:
    channels, name = shop.merchant.admin.sales_channels, f"Market {uuid.uuid4().hex}"
    channel = new_channel(shop, name)
    assert (channel.name, channel.description, channel.is_disabled) == (name, "Once a week", False)
    assert channels.retrieve(channel.id).sales_channel == channel
    changed = channels.update(channel.id, {"description": None, "is_disabled": True}).sales_channel
    assert (changed.name, changed.description, changed.is_disabled) == (name, None, True)
    (listed,) = channels.list({"name": name}).sales_channels
    assert listed == changed
    return channel


def with_products(shop: Shop, channel: SalesChannel) -> None:
    """Add a product to the channel, and remove the product. A second call changes nothing."""
    channels = shop.merchant.admin.sales_channels
    product = candle(shop)
    batch: Any = {"product_ids": [{"id": product}]}

    def sold() -> list[str]:
        (found,) = channels.list({"id": channel.id, "expand": "products"}).sales_channels
        return [each.id for each in found.products]

    for _ in range(2):
        assert channels.add_products(channel.id, batch).sales_channel.id == channel.id
        assert sold() == [product]
    for _ in range(2):
        assert channels.remove_products(channel.id, batch).sales_channel.id == channel.id
        assert sold() == []


def with_a_location(shop: Shop, channel: SalesChannel) -> None:
    """Add a location to the channel, and remove the location. A repeated `add_location` creates another link."""
    channels = shop.merchant.admin.sales_channels
    location = shop.admin.post("stock-locations", name="Barn")["stock_location"]["id"]
    for links in (1, 2):
        assert channels.add_location(channel.id, {"location_id": location}).sales_channel.id == channel.id
        (found,) = channels.list({"id": channel.id, "expand": "locations"}).sales_channels
        assert [each.location_id for each in found.locations] == [location] * links
    for _ in range(2):
        removed = channels.remove_location(channel.id, {"location_id": location})
        assert (removed.id, removed.object, removed.deleted) == (channel.id, "stock-location", True)
    assert channels.list({"id": channel.id, "expand": "locations"}).sales_channels[0].locations == []
    with pytest.raises(MedusaNotFoundError):
        channels.add_location(channel.id, {"location_id": "sloc_none"})
    shop.admin.delete(f"stock-locations/{location}")


def with_a_key(shop: Shop, channel: SalesChannel) -> None:
    keys, title = shop.merchant.admin.publishable_api_keys, f"Storefront {uuid.uuid4().hex}"
    key = new_key(shop, title)
    assert (key.title, key.revoked_at, key.revoked_by) == (title, None, None)
    assert key.created_by
    assert keys.retrieve(key.id).publishable_api_key == key
    changed = keys.update(key.id, {"title": f"{title}, changed"}).publishable_api_key
    assert changed.title == f"{title}, changed"
    assert keys.list({"q": title.upper()}).publishable_api_keys == [changed]
    assert list(keys.iterate({"q": title}, page_size=1)) == [changed]
    batch: Any = {"sales_channel_ids": [{"id": channel.id}]}
    for _ in range(2):
        assert keys.add_sales_channels_batch(key.id, batch).publishable_api_key.id == key.id
        assert [each.id for each in keys.list_sales_channels(key.id).sales_channels] == [channel.id]
    assert [each.id for each in keys.list_sales_channels(key.id, {"q": "market"}).sales_channels] == [channel.id]
    assert keys.list_sales_channels(key.id, {"q": "nothing"}).sales_channels == []
    for _ in range(2):
        assert keys.delete_sales_channels_batch(key.id, batch).publishable_api_key.id == key.id
        assert keys.list_sales_channels(key.id).sales_channels == []
    revoked = keys.revoke(key.id).publishable_api_key
    assert revoked.revoked_at
    assert revoked.revoked_by == key.created_by
    with pytest.raises(MedusaInvalidRequestError, match="already been revoked"):
        keys.revoke(key.id)
    deleted = keys.delete(key.id)
    assert (deleted.id, deleted.object, deleted.deleted) == (key.id, "publishable_api_key", True)
    with pytest.raises(MedusaNotFoundError):
        keys.delete(key.id)


def test_a_storefront_sees_the_channels_of_its_key(shop: Shop) -> None:
    admin, channel, key = shop.merchant.admin, new_channel(shop), new_key(shop)
    product = candle(shop)
    admin.sales_channels.add_products(channel.id, {"product_ids": [{"id": product}]})
    admin.publishable_api_keys.add_sales_channels_batch(key.id, {"sales_channel_ids": [{"id": channel.id}]})
    storefront = shop.medusa.with_options(publishable_api_key=key.id)
    assert [each.id for each in storefront.products.list().products] == [product]
    admin.publishable_api_keys.revoke(key.id)
    assert [each.id for each in storefront.products.list().products] == [product]  # A revoked key still works.
    admin.publishable_api_keys.delete_sales_channels_batch(key.id, {"sales_channel_ids": [{"id": channel.id}]})
    assert storefront.products.list().count > 1
    admin.publishable_api_keys.delete(key.id)
    admin.sales_channels.delete(channel.id)


def test_pages_have_each_channel_once(shop: Shop) -> None:
    channels, name = shop.merchant.admin.sales_channels, f"Page-{uuid.uuid4().hex}"
    made = [new_channel(shop, name).id for _ in range(3)]  # Names do not have to be unique.
    page = channels.list({"name": name, "limit": 2, "fields": "id"})
    assert ([each.id for each in page.sales_channels], page.count, page.limit) == (made[:0:-1], 3, 2)
    assert [each.id for each in channels.iterate({"name": name}, page_size=1)] == sorted(made)
    # The backend ignores the order in a query with `q`.
    assert {each.id for each in channels.iterate({"q": name.upper(), "order": "-id"}, page_size=1)} == set(made)
    for each in made:
        channels.delete(each)


def test_what_the_backend_refuses(shop: Shop) -> None:
    channels, keys = shop.merchant.admin.sales_channels, shop.merchant.admin.publishable_api_keys
    channel, key = new_channel(shop), new_key(shop)
    unknown_product: Any = {"product_ids": [{"id": "prod_none"}]}
    nothing: Any = {}
    default = shop.admin.get("store")["store"]["default_sales_channel_id"]
    for call, said in (
        (lambda: channels.create(nothing), "name must be a string"),
        (lambda: channels.add_products(channel.id, unknown_product), "prod_none do not exist"),
        (lambda: channels.remove_products(channel.id, nothing), "product_ids must be an array"),
        (lambda: channels.delete(default), "default sales channel"),
        (lambda: keys.create(nothing), "title must be a string"),
        (lambda: keys.add_sales_channels_batch(key.id, nothing), "sales_channel_ids must be an array"),
    ):
        with pytest.raises(MedusaInvalidRequestError, match=said) as caught:
            call()
        assert caught.value.status == 400
    # Medusa rejects unknown products only when they are added, and accepts unknown channels.
    unknown_channel: Any = {"sales_channel_ids": [{"id": "sc_none"}]}
    assert keys.add_sales_channels_batch(key.id, unknown_channel).publishable_api_key.id == key.id
    assert channels.remove_products(channel.id, unknown_product).sales_channel.id == channel.id
    keys.delete(key.id)
    channels.delete(channel.id)


def test_unknown_ids(shop: Shop) -> None:
    channels, keys = shop.merchant.admin.sales_channels, shop.merchant.admin.publishable_api_keys
    product = candle(shop)
    products: Any = {"product_ids": [{"id": product}]}
    batch: Any = {"sales_channel_ids": []}
    for call in (
        lambda: channels.retrieve("sc_none"),
        lambda: channels.update("sc_none", {}),
        lambda: channels.add_products("sc_none", products),
        lambda: channels.remove_products("sc_none", products),
        lambda: keys.retrieve("pk_none"),
        lambda: keys.update("pk_none", {"title": "x"}),
        lambda: keys.revoke("pk_none"),
        lambda: keys.add_sales_channels_batch("pk_none", batch),
        lambda: keys.delete_sales_channels_batch("pk_none", batch),
    ):
        with pytest.raises(MedusaNotFoundError):
            call()
    assert keys.list_sales_channels("pk_none").sales_channels == []


def test_without_a_login(shop: Shop) -> None:
    admin = shop.medusa.admin
    for call in (admin.sales_channels.list, admin.publishable_api_keys.list):
        with pytest.raises(MedusaAuthenticationError):
            call()


def test_mistakes_that_are_answered_500(shop: Shop) -> None:
    """The backend returns 500 for these mistakes. This profile has no module for stock locations."""
    channels, keys = shop.merchant.admin.sales_channels, shop.merchant.admin.publishable_api_keys
    channel = new_channel(shop).id
    for call, cause in (
        (lambda: channels.list({"expand": "nope"}), "expand, fields or order has an unknown name"),
        (lambda: keys.list({"expand": "sales_channels"}), "expand, fields or order has an unknown name"),
        (lambda: channels.add_location(channel, {"location_id": "sloc_1"}), "no module for stock locations"),
        (lambda: channels.remove_location(channel, {"location_id": "sloc_1"}), "no module for stock locations"),
    ):
        with pytest.raises(MedusaServerError, match=cause):
            call()
    channels.delete(channel)
