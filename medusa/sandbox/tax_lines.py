"""Tax lines: the tax rates of the items and the shipping methods of a cart."""

from __future__ import annotations

from .database import Database
from .entities import JSON
from .prices import product_rates
from .responses import Refused, error_response
from .shipping import shipping_rates


def add_tax_lines(database: Database, cart: JSON) -> None:
    """Set the tax lines of the items and the shipping methods of a cart with its region. Raises `Refused`."""
    region = cart["region"]
    for item in cart["items"]:
        variant = item["variant"]
        rates = item_rates(database, variant["product_id"], region) if variant else []
        item["tax_lines"] = [{**rate, "item_id": item["id"]} for rate in rates]
    if cart["items"] and not any(item["tax_lines"] for item in cart["items"]):  # All variants are deleted.
        raise Refused(error_response(500, "unexpected_state", "Tax Lines must be joined to calculate taxes"))
    for method in cart["shipping_methods"]:
        rates = shipping_rates(database, method["shipping_option_id"], region)
        method["tax_lines"] = [{**rate, "shipping_method_id": method["id"]} for rate in rates]


def item_rates(database: Database, product_id: str, region: JSON) -> list[JSON]:
    """Return the tax rates of an item with this product, with the fields for tax lines."""
    rates = product_rates(database, database.get("product", product_id), region)
    return [{"rate": rate["rate"] or 0, "name": rate["name"], "code": rate["code"]} for rate in rates]
