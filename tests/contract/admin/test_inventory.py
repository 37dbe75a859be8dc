"""A merchant keeps stock at two locations, and reserves parts of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from medusa import (
    InventoryItem,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Result,
    StockLocation,
    is_loaded,
)

from ..shop import Shop
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("inventory_items", "reservations", "stock_locations")


@pytest.fixture(scope="module")
def location(shop_with_inventory: Shop) -> Iterator[StockLocation]:
    """A second stock location."""
    locations = shop_with_inventory.merchant.admin.stock_locations
    address: Any = {"address_1": "Lagerweg 1", "city": "Potsdam", "country_code": "de"}
    location = locations.create({"name": "Annex", "address": address, "metadata": {"a": 1}}).stock_location
    yield location
    for _ in range(2):  # The second deletion is not an error.
        assert locations.delete(location.id).object == "stock_location"
    with pytest.raises(MedusaNotFoundError):
        locations.retrieve(location.id)


@pytest.fixture(scope="module")
def variant_id(shop_with_inventory: Shop) -> Iterator[str]:
    """A variant of a new product. Medusa creates an inventory item for the variant."""
    product = shop_with_inventory.admin.post(
        "products",
        title="Lantern",
        options=[{"title": "Size"}],
        variants=[{"title": "Small", "sku": "LANTERN", "options": [{"value": "Small"}], "prices": []}],
    )["product"]
    yield product["variants"][0]["id"]
    shop_with_inventory.admin.delete(f"products/{product['id']}")


@pytest.fixture(scope="module")
def item(shop_with_inventory: Shop, variant_id: str) -> Iterator[InventoryItem]:
    """A new inventory item for the lantern. It replaces the item that Medusa created."""
    items = shop_with_inventory.merchant.admin.inventory_items
    (first,) = items.list({"sku": "LANTERN"}).inventory_items
    assert [variant and variant.id for variant in first.variants] == [variant_id]
    for _ in range(2):
        assert items.delete(first.id).object == "inventory_item"
    item = items.create({"variant_id": variant_id, "sku": "LANTERN-1", "weight": 200}).inventory_item
    yield item
    items.delete(item.id)
    with pytest.raises(MedusaNotFoundError):
        items.retrieve(item.id)


def test_a_stock_location(shop_with_inventory: Shop, location: StockLocation) -> None:
    locations = shop_with_inventory.merchant.admin.stock_locations
    assert (location.name, location.metadata, is_loaded(location, "address")) == ("Annex", {"a": 1}, False)
    full = locations.retrieve(location.id, expand=["address", "sales_channels"]).stock_location
    assert full.address
    assert (full.address.city, full.sales_channels) == ("Potsdam", [])
    moved: Any = {"address_1": "Lagerweg 2", "country_code": "de"}
    changed = locations.update(location.id, {"name": "Annexe", "address": moved, "metadata": {"b": 2}}).stock_location
    assert (changed.name, changed.metadata, changed.address_id) == ("Annexe", {"a": 1, "b": 2}, location.address_id)
    address = locations.retrieve(location.id, expand="address").stock_location.address
    assert address
    assert (address.address_1, address.city) == ("Lagerweg 2", "Potsdam")
    assert locations.update(location.id, {"address_id": None, "name": "Annex"}).stock_location.address_id is None


def test_stock_locations(shop_with_inventory: Shop, location: StockLocation) -> None:
    shop, locations = shop_with_inventory, shop_with_inventory.merchant.admin.stock_locations
    page = locations.list({"id": [shop.state["stock_location"], location.id]})
    assert (page.count, page.limit, page.stock_locations[0].id) == (2, 20, location.id)
    assert {each.id for each in locations.iterate(page_size=1)} >= {location.id, shop.state["stock_location"]}
    queries: list[Any] = [{"q": "ann"}, {"name": ["Annex"]}, {"id": location.id}]
    for query in queries:
        assert (query, [each.id for each in locations.list(query).stock_locations]) == (query, [location.id])
    of_channel = locations.list({"sales_channel_id": [shop.state["wholesale_channel"]]}).stock_locations
    assert [each.name for each in of_channel] == ["Warehouse"]
    with pytest.raises(MedusaInvalidRequestError, match="name should not be empty"):
        locations.create({"name": ""})
    with pytest.raises(MedusaServerError, match="expand or fields has an unknown name"):
        locations.retrieve(location.id, fields="nope")
    with pytest.raises(MedusaServerError, match="expand, fields or order has an unknown name"):
        locations.list({"order": "nope"})
    with pytest.raises(MedusaNotFoundError):
        locations.update("sloc_nope", {"name": "x"})
    with pytest.raises(MedusaAuthenticationError):
        shop.medusa.admin.stock_locations.list()


def test_an_inventory_item(shop_with_inventory: Shop, item: InventoryItem, variant_id: str) -> None:
    items = shop_with_inventory.merchant.admin.inventory_items
    assert (item.sku, item.weight, is_loaded(item, "location_levels")) == ("LANTERN-1", 200, False)
    changed = items.update(item.id, {"title": "Lantern", "weight": None}, {"fields": "title,weight"}).inventory_item
    assert (changed.title, changed.weight, is_loaded(changed, "sku")) == ("Lantern", None, False)
    with pytest.raises(MedusaServerError, match="expand or fields has an unknown name"):
        items.update(item.id, {"title": "Storm lantern"}, {"expand": "nope"})
    found = items.retrieve(item.id, fields=["title"]).inventory_item
    assert (found.title, found.location_levels, found.stocked_quantity) == ("Storm lantern", [], 0)
    with pytest.raises(MedusaInvalidRequestError, match="already exists"):
        items.update(item.id, {"sku": "HAT"})
    fractional: Any = {"weight": 1.5}
    with pytest.raises(MedusaServerError, match="is not an integer"):
        items.update(item.id, fractional)
    for taken in ("variant_nope", variant_id):
        with pytest.raises(MedusaServerError, match="the variant is unknown or already has an item"):
            items.create({"variant_id": taken, "sku": "LANTERN-2"})
    with pytest.raises(MedusaNotFoundError):
        items.update("iitem_nope", {"title": "x"})


def test_inventory_items(shop_with_inventory: Shop, item: InventoryItem) -> None:
    items = shop_with_inventory.merchant.admin.inventory_items
    some: Any = {"sku": ["HAT", "LANTERN-1"]}
    page = items.list(some)
    assert (page.count, page.limit, page.inventory_items[0].id) == (2, 20, item.id)
    assert [each.id for each in items.iterate(some, page_size=1)] == sorted(each.id for each in page.inventory_items)
    assert {each.id for each in items.iterate(page_size=4)} >= {each.id for each in page.inventory_items}
    queries: list[Any] = [{"q": "lantern"}, {"sku": ["LANTERN-1", "nope"]}, {"id": item.id, "requires_shipping": True}]
    for query in queries:
        assert (query, [each.id for each in items.list(query).inventory_items]) == (query, [item.id])
    (hat,) = items.list({"sku": "HAT", "location_id": shop_with_inventory.state["stock_location"]}).inventory_items
    assert hat.location_levels[0].stocked_quantity == hat.stocked_quantity
    with pytest.raises(MedusaServerError, match="fields or order has an unknown name"):
        items.list({"order": "nope"})


def test_levels(shop_with_inventory: Shop, item: InventoryItem, location: StockLocation) -> None:
    items, warehouse = shop_with_inventory.merchant.admin.inventory_items, shop_with_inventory.state["stock_location"]
    items.create_location_level(item.id, {"location_id": location.id, "stocked_quantity": 5, "incoming_quantity": 2})
    items.create_location_level(item.id, {"location_id": warehouse, "stocked_quantity": 10})
    with pytest.raises(MedusaInvalidRequestError, match="already exists"):
        items.create_location_level(item.id, {"location_id": warehouse, "stocked_quantity": 1})
    assert items.retrieve(item.id).inventory_item.stocked_quantity == 15
    changed = items.update_location_level(item.id, location.id, {"stocked_quantity": 7}, {"fields": "sku"})
    assert (changed.inventory_item.sku, is_loaded(changed.inventory_item, "title")) == ("LANTERN-1", False)
    levels = items.list_location_levels(item.id, {"location_id": [location.id]}).inventory_item.location_levels
    assert [(each.stocked_quantity, each.incoming_quantity, each.reserved_quantity) for each in levels] == [(7, 2, 0)]
    for _ in range(2):
        items.delete_location_level(item.id, location.id)
    levels = items.list_location_levels(item.id).inventory_item.location_levels
    assert [level.location_id for level in levels] == [warehouse]
    assert items.list_location_levels("iitem_nope").inventory_item.location_levels == []
    with pytest.raises(MedusaNotFoundError, match="is not stocked at location"):
        items.update_location_level(item.id, location.id, {"stocked_quantity": 1})
    with pytest.raises(MedusaInvalidRequestError, match="must not be less than 0"):
        items.update_location_level(item.id, warehouse, {"stocked_quantity": -1})
    with pytest.raises(MedusaNotFoundError):
        items.create_location_level(item.id, {"location_id": "sloc_nope", "stocked_quantity": 1})
    with pytest.raises(MedusaNotFoundError):
        items.delete_location_level("iitem_nope", warehouse)
    with pytest.raises(MedusaServerError, match="expand or fields has an unknown name"):
        items.list_location_levels(item.id, {"expand": "nope"})


def test_reservations(shop_with_inventory: Shop, item: InventoryItem) -> None:
    admin, warehouse = shop_with_inventory.merchant.admin, shop_with_inventory.state["stock_location"]
    api = admin.reservations

    def reserved() -> int:
        return admin.inventory_items.retrieve(item.id).inventory_item.reserved_quantity

    wanted: Any = {"location_id": warehouse, "inventory_item_id": item.id, "quantity": 3, "metadata": {"a": 1}}
    payloads: list[Any] = [{**wanted, "description": text} for text in ("Shop window", "Photo studio")]
    made = [api.create(payload).reservation for payload in payloads]
    assert (made[0].quantity, made[0].description, reserved()) == (3, "Shop window", 6)
    changed = api.update(made[0].id, {"quantity": 1, "description": None, "metadata": {"b": 2}})
    assert (type(changed), changed.to_dict()) == (Result, {})
    found = api.retrieve(made[0].id).reservation
    assert (found.quantity, found.description, found.metadata, reserved()) == (1, None, {"b": 2}, 4)
    queries: list[Any] = [
        {"inventory_item_id": [item.id], "quantity": {"lt": 2}},
        {"location_id": warehouse, "inventory_item_id": [item.id], "quantity": {"lte": 1}},
    ]
    for query in queries:
        assert (query, [each.id for each in api.list(query).reservations]) == (query, [made[0].id])
    assert [each.id for each in api.list({"description": {"contains": "studio"}}).reservations] == [made[1].id]
    of_item: Any = {"inventory_item_id": [item.id], "expand": "inventory_item"}
    assert [each.id for each in api.iterate(of_item, page_size=1)] == sorted(each.id for each in made)
    expanded = api.list(of_item).reservations[0].inventory_item
    assert expanded
    assert expanded.sku == "LANTERN-1"
    for reservation in made:
        for _ in range(2):
            assert api.delete(reservation.id).object == "reservation"
        with pytest.raises(MedusaNotFoundError):
            api.retrieve(reservation.id)
    assert reserved() == 0


def test_a_location_is_deleted_with_its_levels(shop_with_inventory: Shop, item: InventoryItem) -> None:
    admin = shop_with_inventory.merchant.admin
    shed = admin.stock_locations.create({"name": "Shed"}).stock_location.id
    before = admin.inventory_items.retrieve(item.id).inventory_item.stocked_quantity
    admin.inventory_items.create_location_level(item.id, {"location_id": shed, "stocked_quantity": 5})
    assert admin.inventory_items.retrieve(item.id).inventory_item.stocked_quantity == before + 5
    admin.stock_locations.delete(shed)
    assert admin.inventory_items.retrieve(item.id).inventory_item.stocked_quantity == before


def test_reservations_of_orders(shop_with_inventory: Shop) -> None:
    api, order = shop_with_inventory.merchant.admin.reservations, shop_with_inventory.order(SHIRT_M_WHITE=2)
    (kept,) = api.list({"line_item_id": [order.items[0].id], "expand": "line_item"}).reservations
    assert kept.line_item
    assert (kept.quantity, kept.line_item.id) == (2, order.items[0].id)
    with pytest.raises(MedusaInvalidRequestError):
        api.update(kept.id, {"quantity": 3})  # The line item has a quantity of two.
    shop_with_inventory.admin.post(f"orders/{order.id}/cancel")
    assert api.list({"line_item_id": [order.items[0].id]}).count == 0


def test_what_reservations_refuse(shop_with_inventory: Shop, item: InventoryItem) -> None:
    api = shop_with_inventory.merchant.admin.reservations
    with pytest.raises(MedusaNotFoundError, match="is not stocked at location"):
        api.create({"location_id": "sloc_nope", "inventory_item_id": item.id, "quantity": 1})
    with pytest.raises(MedusaNotFoundError):
        api.update("resitem_nope", {"quantity": 1})
    number: Any = {"quantity": 2}
    with pytest.raises(MedusaInvalidRequestError, match="quantity must be either object or array"):
        api.list(number)
    with pytest.raises(MedusaServerError, match="expand, fields or order has an unknown name"):
        api.list({"expand": "nope"})


def test_the_modules_of_the_store(shop_with_inventory: Shop) -> None:
    modules = {
        each.module: each.resolution for each in shop_with_inventory.merchant.admin.store.retrieve().store.modules
    }
    assert (modules["inventoryService"], modules["stockLocationService"]) == (False, False)
    assert modules["eventBus"] == "@medusajs/event-bus-local"


def test_a_backend_without_the_modules(shop: Shop) -> None:
    admin = shop.merchant.admin
    for call, module in (
        (admin.inventory_items.list, "inventory"),
        (admin.reservations.list, "inventory"),
        (admin.stock_locations.list, "stock location"),
        (lambda: admin.inventory_items.retrieve("iitem_nope"), "inventory"),
        (lambda: admin.reservations.retrieve("resitem_nope"), "inventory"),
        (lambda: admin.stock_locations.delete("sloc_nope"), "stock location"),
    ):
        with pytest.raises(MedusaServerError, match=f"the backend has no {module} module"):
            call()


def test_every_method_returned(shop_with_inventory: Shop) -> None:
    """Every method of the set returned in an earlier test of this file."""
    assert METHODS - shop_with_inventory.returned == set()
