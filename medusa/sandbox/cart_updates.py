"""Updates of a cart: customer, region, addresses, sales channel, discounts, gift cards and context."""

from __future__ import annotations

from typing import Any, cast

from .addresses import add_address, change_address
from .carts import country_codes, guest_of, is_in_channel, save_cart, spread, valid_channel_id
from .database import Database
from .discounts import apply_discounts, refresh_adjustments, region_ids, ships_free
from .entities import JSON
from .json_text import jsonb
from .line_items import delete_methods, product_id_of, remove_items, reprice_items
from .queries import not_found
from .relations import related
from .responses import Refused, error_response, failed
from .shipping import price_of


def update_cart(database: Database, cart: JSON, given: JSON) -> None:
    """Update the row of a cart with a valid body, in Medusa's order. Raises `Refused`."""
    before = cart
    cart = dict(cart)
    _set_customer(database, cart, given)
    if "customer_id" in given or "region_id" in given:
        _reprice(database, cart, given)
    if "region_id" in given and given["region_id"] != cart["region_id"]:
        _set_region(database, cart, given)
    if "billing_address" in given:
        _set_address(database, cart, "billing_address_id", given["billing_address"])
    if "shipping_address" in given:
        _set_shipping_address(database, cart, given["shipping_address"])
    if "sales_channel_id" in given and given["sales_channel_id"] != cart["sales_channel_id"]:
        _set_channel(database, cart, given["sales_channel_id"])
    if "discounts" in given:
        _set_discounts(database, cart, given["discounts"])
    if "gift_cards" in given:
        cart["_gift_cards"] = _gift_card_ids(database, cart, given["gift_cards"] or [])
    if "context" in given:
        cart["context"] = jsonb({**(cart["context"] or {}), **spread(given["context"])})
    save_cart(database, before, **cart)


def _set_customer(database: Database, cart: JSON, given: JSON) -> None:
    if given.get("customer_id"):
        customer = database.get("customer", given["customer_id"])
        if customer is None:
            raise not_found(f"Customer with id: {given['customer_id']} was not found")
        cart.update(customer_id=customer["id"], email=customer["email"])
    elif "email" in given:
        if given["email"] is None:
            raise Refused(error_response(400, "invalid_data", "The email is not valid"))
        customer = guest_of(database, given["email"])
        cart.update(customer_id=customer["id"], email=customer["email"])


def _reprice(database: Database, cart: JSON, given: JSON) -> None:
    if not database.find("line_item", cart_id=cart["id"]):
        return
    region_id = given.get("region_id") or cart["region_id"]
    if database.get("region", region_id) is None:
        raise not_found(f"Region with {region_id} was not found")
    reprice_items(database, cart, region_id, given.get("customer_id") or cart["customer_id"])


# Region


def _set_region(database: Database, cart: JSON, given: JSON) -> None:
    if cart["completed_at"] or cart["payment_authorized_at"]:
        text = "Cannot change the region of a completed cart"
        raise Refused(error_response(400, "not_allowed", text))
    region = database.get("region", given["region_id"] or "")
    if region is None:
        id = "null" if given["region_id"] is None else given["region_id"]
        raise not_found(f"Region with {id} was not found")
    cart["region_id"] = region["id"]
    _move_address(database, cart, region, _country_code(given))
    delete_methods(database, cart)
    discounts = related(database, "cart", cart, "discounts")
    cart["_discounts"] = [each["id"] for each in discounts if region["id"] in region_ids(database, each)]
    refresh_adjustments(database, cart)
    cart["_gift_cards"] = []
    for session in database.find("payment_session", cart_id=cart["id"]):
        database.delete("payment_session", session["id"])


def _country_code(given: JSON) -> str | None:
    """Return the country code in a body. It may be in the shipping address."""
    address = given.get("shipping_address")
    if given.get("country_code") or not isinstance(address, dict):
        return given.get("country_code")
    return cast("JSON", address).get("country_code")


def _move_address(database: Database, cart: JSON, region: JSON, country_code: str | None) -> None:
    """Set the country of the shipping address: the given one, the only one of the region, or none."""
    codes = country_codes(database, region)
    if country_code is not None:
        if country_code.lower() not in codes:
            raise Refused(error_response(400, "not_allowed", "Country not available in region"))
        country_code = country_code.lower()
    elif len(codes) == 1:
        country_code = codes[0]
    _set_address(database, cart, "shipping_address_id", {"country_code": country_code})


# Addresses


def _set_shipping_address(database: Database, cart: JSON, given: JSON | str | None) -> None:
    if given is None:
        cart["shipping_address_id"] = None
        return
    address = _address(database, given) if isinstance(given, str) else given
    code, region = address.get("country_code"), database.get("region", cart["region_id"]) or {}
    if code and code.lower() not in country_codes(database, region):
        text = "Shipping country must be in the cart region"
        raise Refused(error_response(400, "invalid_data", text))
    _set_address(database, cart, "shipping_address_id", given)


def _set_address(database: Database, cart: JSON, column: str, given: JSON | str | None) -> None:
    """Use the address with this ID for a cart, change the cart's address, or create a new address."""
    if given is None:
        raise failed()
    if isinstance(given, str):
        cart[column] = _address(database, given)["id"]
    elif address := database.get("address", cart[column] or ""):
        change_address(database, address, given)
    else:
        cart[column] = add_address(database, given)["id"]


def _address(database: Database, id: str) -> JSON:
    address = database.get("address", id)
    if address is None:
        raise failed()
    return address


# Sales channel


def _set_channel(database: Database, cart: JSON, id: str | None) -> None:
    if id is None:
        raise failed()
    channel_id = valid_channel_id(database, id)
    gone = [
        item["id"]
        for item in database.find("line_item", cart_id=cart["id"])
        if not is_in_channel(database, product_id_of(database, item), channel_id)
    ]
    if gone:
        remove_items(database, cart, gone)
    cart["sales_channel_id"] = channel_id


# Discounts and gift cards


def _set_discounts(database: Database, cart: JSON, given: list[JSON] | None) -> None:
    if given is None:
        raise failed()
    if not given:
        cart["_discounts"] = []
        refresh_adjustments(database, cart)
        return
    shipped_free = _ships_free(database, cart)
    cart["_discounts"] = apply_discounts(database, cart, [discount["code"] for discount in given])
    if not all(ships_free(discount) for discount in _discounts(database, cart)):
        refresh_adjustments(database, cart)
    if _ships_free(database, cart):
        set_shipping_free(database, cart)
    elif shipped_free:
        set_shipping_prices(database, cart)


def remove_discount(database: Database, cart: JSON, code: str) -> None:
    """Remove the discount with this code from a cart, if there is one."""
    if _ships_free(database, cart):
        set_shipping_prices(database, cart)
    kept = [discount["id"] for discount in related(database, "cart", cart, "discounts") if discount["code"] != code]
    refresh_adjustments(database, save_cart(database, cart, _discounts=kept))


def _discounts(database: Database, cart: JSON) -> list[JSON]:
    rows = related(database, "cart", cart, "discounts")
    return [{**row, "rule": database.get("discount_rule", row["rule_id"])} for row in rows]


def _ships_free(database: Database, cart: JSON) -> bool:
    return any(ships_free(discount) for discount in _discounts(database, cart))


def set_shipping_free(database: Database, cart: JSON) -> None:
    """Set the prices of a cart's shipping methods to 0. Medusa does this for a free shipping discount."""
    for method in database.find("shipping_method", cart_id=cart["id"]):
        database.put("shipping_method", {**method, "price": 0})


def set_shipping_prices(database: Database, cart: JSON) -> None:
    """Set the prices of a cart's shipping methods to the prices of their options."""
    items = database.find("line_item", cart_id=cart["id"])
    for method in database.find("shipping_method", cart_id=cart["id"]):
        option = database.get("shipping_option", method["shipping_option_id"]) or {}
        price = option["amount"] if option["amount"] is not None else price_of(option, {**cart, "items": items})
        database.put("shipping_method", {**method, "price": price})


def _gift_card_ids(database: Database, cart: JSON, given: list[dict[str, Any]]) -> list[str]:
    ids: list[str] = []
    for code in (each["code"] for each in given):
        cards = database.find("gift_card", code=code)
        if not cards:
            raise not_found(f"Gift card with code: {code} was not found")
        if cards[0]["is_disabled"]:
            raise Refused(error_response(400, "not_allowed", "The gift card is disabled"))
        if cards[0]["region_id"] != cart["region_id"]:
            text = "The gift card cannot be used in the current region"
            raise Refused(error_response(400, "invalid_data", text))
        ids.append(cards[0]["id"])
    return list(dict.fromkeys(ids))
