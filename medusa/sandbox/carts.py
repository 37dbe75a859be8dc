"""Create carts, and return their fields for responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from .addresses import add_address
from .channels import default_channel_id
from .database import Database
from .entities import JSON, new_customer, new_entity, updated
from .json_text import jsonb, now
from .products import without_variant_ids
from .queries import not_found
from .relations import load, related
from .responses import Refused, error_response, failed
from .shapes import Shape
from .tax_lines import add_tax_lines
from .totals import add_cart_totals

CART_RELATIONS = (
    *("billing_address", "discounts", "discounts.rule", "gift_cards", "items", "items.adjustments", "items.variant"),
    *("payment", "payment_sessions", "region", "region.countries", "region.payment_providers", "sales_channel"),
    *("shipping_address", "shipping_methods", "shipping_methods.shipping_option"),
)
"""The relations of a cart that the routes send, besides the relations for the totals."""
_RELATIONS_OF_TOTALS = (
    *("discounts", "discounts.rule", "gift_cards", "items", "items.adjustments", "items.tax_lines"),
    *("items.variant.product.profiles", "region", "region.tax_rates", "shipping_address"),
    *("shipping_methods", "shipping_methods.tax_lines"),
)
_COLUMNS = (
    *("id", "created_at", "updated_at", "deleted_at", "email", "billing_address_id", "shipping_address_id"),
    *("region_id", "customer_id", "payment_id", "type", "completed_at", "payment_authorized_at", "idempotency_key"),
    *("context", "metadata", "sales_channel_id"),
)
_TOTALS = ("subtotal", "tax_total", "shipping_total", "discount_total", "gift_card_total", "total")

CART = Shape("cart", columns=(*_COLUMNS, *_TOTALS), relations=CART_RELATIONS, default_fields=_COLUMNS)


def cart_row(database: Database, id: str) -> JSON:
    """Return the row of a cart. Raises `Refused`."""
    row = database.get("cart", id)
    if row is None:
        raise not_found(f"Cart with {id} was not found")
    return row


def cart_row_of_update(database: Database, id: str) -> JSON:
    """Return the row of a cart. If it does not exist, raise the `Refused` of most routes."""
    row = database.get("cart", id)
    if row is None:
        raise failed()
    return row


def cart_body(
    database: Database,
    id: str,
    relations: Iterable[str] = CART_RELATIONS,
    *,
    fields: Iterable[str] = _COLUMNS,
    force_taxes: bool = False,
) -> JSON:
    """Return the cart that most routes send: all fields except the discount total before rounding.

    Raises `Refused` if all variants of the cart are deleted.
    """
    cart = whole_cart(database, id, relations, fields=fields, force_taxes=force_taxes)
    return {name: value for name, value in cart.items() if name != "raw_discount_total"}


def whole_cart(
    database: Database,
    id: str,
    relations: Iterable[str] = CART_RELATIONS,
    *,
    fields: Iterable[str] = _COLUMNS,
    force_taxes: bool = False,
) -> JSON:
    """Return the fields of a cart, these relations, the relations for the totals, the tax lines and the totals.

    `force_taxes`: whether to calculate taxes in a region without automatic taxes. Raises `Refused`.
    """
    row = cart_row(database, id)
    loaded = load(database, "cart", row, dict.fromkeys((*relations, *_RELATIONS_OF_TOTALS)))
    selected = set(fields)
    columns = {name: value for name, value in loaded.items() if name in selected}
    others = {name: value for name, value in sorted(loaded.items()) if name not in row}
    cart: JSON = {"object": "cart", **columns, **_with_selected_session(others)}
    for item in cart["items"]:
        if item["variant"]:
            without_variant_ids(item["variant"])
    if force_taxes or cart["region"]["automatic_taxes"]:
        add_tax_lines(database, cart)
    add_cart_totals(cart)
    return cart


def _with_selected_session(relations: JSON) -> JSON:
    result: JSON = {}
    for name, value in relations.items():
        result[name] = value
        if name == "payment_sessions":
            selected = next((session for session in value if session["is_selected"]), None)
            result |= {"payment_session": selected} if selected else {}
    return result


# New carts


def create_cart(
    database: Database, body: Mapping[str, Any], *, customer_id: str | None, channel_id: str | None, context: JSON
) -> JSON:
    """Store a cart without items and return its row. Raises `Refused`."""
    region = _region_of_new_cart(database, body)
    channel_id = valid_channel_id(database, channel_id)
    customer = database.get("customer", customer_id) if customer_id else None
    if region is None:
        raise not_found(f"Region with {body['region_id']} was not found")
    cart = new_entity(
        "cart",
        now(),
        deleted_at=None,
        email=customer and customer["email"],
        billing_address_id=None,
        shipping_address_id=_address_id_of_new_cart(database, body.get("country_code"), region),
        region_id=region["id"],
        customer_id=customer and customer["id"],
        payment_id=None,
        type="default",
        completed_at=None,
        payment_authorized_at=None,
        idempotency_key=None,
        context=jsonb({**context, **spread(body.get("context"))}),
        metadata=None,
        sales_channel_id=channel_id,
        _discounts=[],
        _gift_cards=[],
    )
    database.put("cart", cart)
    return cart


def _region_of_new_cart(database: Database, body: Mapping[str, Any]) -> JSON | None:
    if "region_id" in body:
        if not body["region_id"]:
            text = "A region_id must be provided when creating a cart"
            raise Refused(error_response(400, "invalid_data", text))
        return database.get("region", body["region_id"])
    regions = database.find("region")
    if not regions:
        raise Refused(error_response(400, "invalid_data", "A region is required to create a cart"))
    return regions[0]


def _address_id_of_new_cart(database: Database, country_code: str | None, region: JSON) -> str | None:
    codes = country_codes(database, region)
    if country_code:
        country_code = country_code.lower()
        if country_code not in codes:
            raise Refused(error_response(400, "not_allowed", "Shipping country not in region"))
    elif len(codes) == 1:
        country_code = codes[0]
    return add_address(database, {"country_code": country_code})["id"] if country_code else None


def country_codes(database: Database, region: JSON) -> list[str]:
    """Return the codes of the countries of a region."""
    return [country["iso_2"] for country in related(database, "region", region, "countries")]


def valid_channel_id(database: Database, id: str | None) -> str | None:
    """Return the ID of the cart's sales channel. Without an ID, it is the default channel. Raises `Refused`."""
    if id is None:
        return default_channel_id(database)
    channel = database.get("sales_channel", id)
    if channel is None:
        raise not_found(f"Sales channel with id: {id} was not found")
    if channel["is_disabled"]:
        text = f'Unable to assign the cart to a disabled Sales Channel "{channel["name"]}"'
        raise Refused(error_response(400, "invalid_data", text))
    return id


def is_in_channel(database: Database, product_id: str, channel_id: str | None) -> bool:
    """Return whether a product is sold in a channel. A product without known channels is sold in all."""
    product = database.get("product", product_id) or {}
    return channel_id is None or channel_id in product.get("_sales_channels", [channel_id])


def spread(value: Any) -> JSON:
    """Return the result of `{...value}` in JS."""
    if isinstance(value, dict):
        return cast("JSON", value)
    values = cast("list[Any] | str", value) if isinstance(value, str | list) else ()
    return {str(index): each for index, each in enumerate(values)}


def guest_of(database: Database, email: str) -> JSON:
    """Return the guest customer with this e-mail address. If there is none, create one."""
    email = email.lower()
    guest = database.guest(email)
    if guest is None:
        guest = new_customer(email, created_at=now(), has_account=False)
        database.put("customer", guest)
    return guest


def save_cart(database: Database, row: JSON, **changes: Any) -> JSON:
    """Store the row of a cart with these values, and return it."""
    row = updated(row, changes)
    database.put("cart", row)
    return row
