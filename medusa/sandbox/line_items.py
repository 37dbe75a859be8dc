"""The items of a cart: adding, merging, changing, removing and pricing them."""

from __future__ import annotations

from typing import Any

from .carts import is_in_channel
from .database import Database
from .discounts import refresh_adjustments
from .entities import JSON, new_entity, updated
from .json_text import jsonb, merged_metadata, now
from .prices import PriceContext, unit_price
from .responses import Refused, error_response, failed
from .shipping import delete_method
from .validation import NotInSandboxError

_LARGEST_QUANTITY = 2**31 - 1


def add_items(database: Database, cart: JSON, items: list[JSON], *, customer_id: str | None) -> None:
    """Add variants to a cart. Each has a `variant_id`, a `quantity` and optional `metadata`. Raises `Refused`.

    `customer_id`: the customer for the prices.
    """
    generated = _generated(database, cart, items, customer_id)
    _refuse_other_channels(database, cart, generated)
    known = database.find("line_item", cart_id=cart["id"], should_merge=True)
    known.sort(key=lambda item: item["updated_at"])  # The backend merges with the item that changed last.
    latest = {item["variant_id"]: item for item in known}
    for item in generated:
        existing = latest.get(item["variant_id"])
        if existing and existing["metadata"] == item["metadata"]:
            _add_quantity(database, cart, existing, item["quantity"])
        else:
            _refuse_insufficient(database, item["variant_id"], item["quantity"])
            _put(database, item)
    for item in database.find("line_item", cart_id=cart["id"], has_shipping=True):
        _put(database, updated(item, {"has_shipping": False}))
    delete_methods(database, cart)
    refresh_adjustments(database, cart)


def refuse_missing(variant_id: str, quantity: int) -> None:
    """Raise `Refused` for an empty ID or a quantity of 0. Medusa treats them as missing."""
    if not variant_id or not quantity:
        what = "variant id is" if quantity else "quantity, regionId, and variantId are"
        text = "Unable to generate the line item because one or more required argument(s) are missing"
        raise Refused(error_response(400, "invalid_data", f"{text}. Ensure {what} passed"))


def _generated(database: Database, cart: JSON, items: list[JSON], customer_id: str | None) -> list[JSON]:
    variants = {item["variant_id"]: database.get("product_variant", item["variant_id"]) for item in items}
    if unknown := [id for id, variant in variants.items() if variant is None]:
        text = f"Unable to generate the line items, some variant has not been found: {', '.join(unknown)}"
        raise Refused(error_response(400, "invalid_data", text))
    quantities = {item["variant_id"]: item["quantity"] for item in items}
    context = PriceContext.of(database, region_id=cart["region_id"], customer_id=customer_id)
    generated: list[JSON] = []
    for item in items:
        variant = variants[item["variant_id"]] or {}
        product = database.get("product", variant["product_id"]) or {}
        price = unit_price(database, variant["id"], context, quantities[variant["id"]])
        if price is None:
            name = variant["title"] if variant["title"] is not None else product["title"]
            text = f'Cannot generate line item for variant "{name}" without a price'
            raise Refused(error_response(400, "invalid_data", text))
        generated.append(_new_item(cart, variant, product, price, item))
    return generated


def _new_item(cart: JSON, variant: JSON, product: JSON, price: int, given: JSON) -> JSON:
    return new_entity(
        "item",
        now(),
        cart_id=cart["id"],
        order_id=None,
        swap_id=None,
        claim_order_id=None,
        original_item_id=None,
        order_edit_id=None,
        title=product["title"],
        description=variant["title"],
        thumbnail=product["thumbnail"],
        is_return=False,
        is_giftcard=product["is_giftcard"],
        should_merge=True,
        allow_discounts=product["discountable"],
        has_shipping=False,
        unit_price=price,
        variant_id=variant["id"],
        quantity=given["quantity"] or 1,
        fulfilled_quantity=None,
        returned_quantity=None,
        shipped_quantity=None,
        metadata=jsonb(given.get("metadata") or {}),
    )


def _refuse_other_channels(database: Database, cart: JSON, items: list[JSON]) -> None:
    titles = [
        item["title"]
        for item in items
        if not is_in_channel(database, product_id_of(database, item), cart["sales_channel_id"])
    ]
    if titles:
        text = (
            f"The products [{' - '.join(titles)}] must belongs to the sales channel on which the cart has been created."
        )
        raise Refused(error_response(400, "invalid_data", text))


def product_id_of(database: Database, item: JSON) -> str:
    """Return the ID of the product of an item. Raises `Refused` if its variant is deleted."""
    variant = database.get("product_variant", item["variant_id"])
    if variant is None:
        raise failed()
    id: str = variant["product_id"]
    return id


def _add_quantity(database: Database, cart: JSON, item: JSON, quantity: int) -> None:
    item["quantity"] += quantity  # Later items of the same request are added to this quantity.
    _refuse_insufficient(database, item["variant_id"], item["quantity"])
    context = PriceContext.of(database, region_id=cart["region_id"], customer_id=cart["customer_id"])
    price = unit_price(database, item["variant_id"], context, item["quantity"])
    changes = {"has_shipping": False, "updated_at": now()} | ({} if price is None else {"unit_price": price})
    _put(database, {**item, **changes})


def _refuse_insufficient(database: Database, variant_id: str, quantity: int) -> None:
    if not is_in_stock(database, variant_id, quantity):
        text = f"Variant with id: {variant_id} does not have the required inventory"
        raise Refused(error_response(400, "not_allowed", text, "insufficient_inventory"))


def is_in_stock(database: Database, variant_id: str, quantity: int) -> bool:
    """Return whether the stock of a variant is sufficient, or the variant can be sold without stock."""
    variant = database.get("product_variant", variant_id)
    if variant is None:
        raise Refused(error_response(404, "not_found", f"Variant with id: {variant_id} was not found"))
    is_free = variant["allow_backorder"] or not variant["manage_inventory"]
    return bool(is_free or variant["inventory_quantity"] >= quantity)


def _put(database: Database, item: JSON) -> None:
    """Store an item. Raises `Refused` if the quantity is too large for the backend's database."""
    if not 0 < item["quantity"] <= _LARGEST_QUANTITY:
        raise failed()
    database.put("line_item", item)


def change_item(database: Database, cart: JSON, item_id: str, quantity: int, metadata: Any) -> None:
    """Change the quantity of an item, and add to its metadata. Raises `Refused`."""
    item = database.get("line_item", item_id)
    if item is None or item["cart_id"] != cart["id"]:
        raise Refused(error_response(400, "invalid_data", "Could not find the line item"))
    product_id_of(database, item)
    if not isinstance(metadata or {}, dict):
        raise NotInSandboxError("The sandbox requires an object as the metadata of a line item.")
    if not is_in_stock(database, item["variant_id"], quantity):
        text = "Inventory doesn't cover the desired quantity"
        raise Refused(error_response(400, "not_allowed", text, "insufficient_inventory"))
    context = PriceContext.of(database, region_id=cart["region_id"], customer_id=cart["customer_id"])
    price = unit_price(database, item["variant_id"], context, quantity)
    delete_methods(database, cart)
    changes: JSON = {"quantity": quantity, "metadata": merged_metadata(item["metadata"] or {}, metadata or {})}
    _put(database, updated(item, changes | ({} if price is None else {"unit_price": price})))
    refresh_adjustments(database, cart)


def remove_items(database: Database, cart: JSON, ids: list[str]) -> None:
    """Remove items from a cart. Items that are not in the cart are ignored. Raises `Refused`."""
    items = database.find("line_item", cart_id=cart["id"])
    if not any(item["id"] in ids for item in items):
        return
    if database.find("shipping_method", cart_id=cart["id"]):
        delete_methods(database, cart)
        for item in items:
            _put(database, updated(item, {"has_shipping": False}))
    for item in items:
        if item["id"] in ids:
            _delete(database, item)
    refresh_adjustments(database, cart)


def reprice_items(database: Database, cart: JSON, region_id: str, customer_id: str | None) -> None:
    """Update the prices of a cart's items for another region or customer. Items without a price are removed."""
    context = PriceContext.of(database, region_id=region_id, customer_id=customer_id)
    for item in database.find("line_item", cart_id=cart["id"]):
        price = unit_price(database, item["variant_id"], context, item["quantity"])
        if price is None:
            _delete(database, item)
        else:
            _put(database, updated(item, {"has_shipping": False, "unit_price": price}))


def delete_methods(database: Database, cart: JSON) -> None:
    """Remove the shipping methods of a cart. Raises `Refused` if they belong to an order."""
    for method in database.find("shipping_method", cart_id=cart["id"]):
        delete_method(database, method)


def _delete(database: Database, item: JSON) -> None:
    for adjustment in database.find("line_item_adjustment", item_id=item["id"]):
        database.delete("line_item_adjustment", adjustment["id"])
    database.delete("line_item", item["id"])
