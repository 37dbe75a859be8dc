"""Shipping options and methods: their prices and requirements, and the options for a cart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .database import Database
from .entities import JSON, new_id
from .json_text import now
from .relations import load
from .responses import Refused, error_response, failed
from .totals import round_half_up
from .validation import NotInSandboxError

_PRICE_OF_AN_ITEM = 123


def priced_options(database: Database, options: Iterable[JSON]) -> list[JSON]:
    """Return options with their prices in their regions, for the responses of the routes."""
    regions = {region["id"]: region for region in database.find("region")}
    return [_priced(database, option, regions[option["region_id"]]) for option in options]


def _priced(database: Database, option: JSON, region: JSON) -> JSON:
    rates = shipping_rates(database, option["id"], region) if region["automatic_taxes"] else []
    amount = option["amount"] or 0
    tax_amount = round_half_up(amount * sum((rate["rate"] or 0) / 100 for rate in rates))
    return {**option, "price_incl_tax": amount + tax_amount, "tax_rates": rates, "tax_amount": tax_amount}


def shipping_rates(database: Database, option_id: str, region: JSON) -> list[JSON]:
    """Return the tax rates of a shipping option, or else the tax rate of the region."""
    rates = [rate for rate in database.find("tax_rate") if option_id in rate.get("_shipping_options", ())]
    default = {"rate": region["tax_rate"], "name": "default", "code": "default"}
    return [{name: rate[name] for name in default} for rate in rates] or [default]


def cart_options(database: Database, cart: JSON) -> list[JSON]:
    """Return the options for a cart with all of its relations, with their prices for this cart."""
    profiles = {profile_of(item) for item in cart["items"]}
    rows = [row for row in database.find("shipping_option", admin_only=False) if row["profile_id"] in profiles]
    found: list[JSON] = []
    for row in rows:
        option = load(database, "shipping_option", row, ["requirements", "profile"])
        if not option["is_return"] and _refusal(option, cart) is None:
            found.append({**option, "amount": price_of(option, cart)})
    return found


def add_method(database: Database, cart: JSON, option_id: str, data: Any) -> None:
    """Add a shipping method to a cart. It replaces methods of the same profile. Raises `Refused`."""
    row = database.get("shipping_option", option_id)
    if row is None:
        raise Refused(error_response(404, "not_found", f"Shipping Option with {option_id} was not found"))
    option = load(database, "shipping_option", row, ["requirements"])
    refusal = None if option["is_return"] else _refusal(option, cart)
    if refusal:
        raise refusal
    method = _new_method(option, cart, data)
    if any(discount["rule"]["type"] == "free_shipping" for discount in cart["discounts"]):
        method["price"] = 0
    database.put("shipping_method", method)
    profiles = {option["profile_id"]}
    for other in cart["shipping_methods"]:
        other_option = database.get("shipping_option", other["shipping_option_id"])
        if other_option and other_option["profile_id"] == option["profile_id"]:
            delete_method(database, other)
        elif other_option:
            profiles.add(other_option["profile_id"])
    for item in cart["items"]:
        has_shipping = profile_of(item) is None or profile_of(item) in profiles
        stored = database.get("line_item", item["id"])
        if stored and stored["has_shipping"] != has_shipping:
            database.put("line_item", {**stored, "has_shipping": has_shipping, "updated_at": now()})


def profile_of(item: JSON) -> str | None:
    """Return the ID of the shipping profile of an item. The item's variant must have its product."""
    variant: JSON | None = item["variant"]
    product: JSON | None = variant and variant["product"]
    profiles: list[JSON] = product["profiles"] if product else []
    return str(profiles[0]["id"]) if profiles else None


def _refusal(option: JSON, cart: JSON) -> Refused | None:
    """Return the reason why a cart cannot have an option."""
    if option["region_id"] != cart["region_id"]:
        text = "The shipping option is not available in the cart's region"
        return Refused(error_response(400, "invalid_data", text))
    subtotal = cart["subtotal"]
    for requirement in option["requirements"]:
        amount = requirement["amount"]
        if subtotal >= amount if requirement["type"] == "max_subtotal" else subtotal < amount:
            text = "The Cart does not satisfy the shipping option's requirements"
            return Refused(error_response(400, "not_allowed", text))
    return None


def price_of(option: JSON, cart: JSON) -> int:
    """Return the price of an option for a cart. Raises `NotInSandboxError` if a provider would calculate it."""
    if option["price_type"] != "calculated":
        amount: int = option["amount"]
        return amount
    if option["provider_id"] != "calc":
        raise NotInSandboxError(
            f"The sandbox cannot calculate the price of the shipping option {option['name']!r}: it does not have the"
            f" fulfillment provider {option['provider_id']!r}. Give the option a fixed price, with the price_type"
            " 'flat_rate' and an amount."
        )
    return _PRICE_OF_AN_ITEM * (sum(item["quantity"] for item in cart["items"]) or 1)


def _new_method(option: JSON, cart: JSON, data: Any) -> JSON:
    if data is None:
        text = "Can't insert null value in field data on insert in table shipping_method"
        raise Refused(error_response(400, "invalid_data", text))
    if option["provider_id"] == "calc":
        if data.get("reject"):
            raise failed()
        data = {**data, "validated": True}
    return {
        "id": new_id("sm"),
        "shipping_option_id": option["id"],
        "order_id": None,
        "claim_order_id": None,
        "cart_id": cart["id"],
        "swap_id": None,
        "return_id": None,
        "price": price_of(option, cart),
        "data": data,
    }


def delete_method(database: Database, method: JSON) -> None:
    """Delete a shipping method. Raises `Refused` if it belongs to an order."""
    if method["order_id"]:  # It has tax lines, and the backend's database does not delete them.
        raise Refused(error_response(404, "not_found", "null"))
    database.delete("shipping_method", method["id"])
