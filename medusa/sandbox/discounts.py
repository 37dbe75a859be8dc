"""Discounts: check whether a cart can have them, and calculate their amounts."""

from __future__ import annotations

from datetime import UTC, datetime

from .database import Database
from .entities import JSON, new_id
from .queries import not_found
from .relations import load
from .responses import Refused, error_response
from .tax_lines import item_rates
from .totals import round_half_up, untaxed_subtotal
from .validation import NotInSandboxError


def apply_discounts(database: Database, cart: JSON, codes: list[str]) -> list[str]:
    """Return the IDs of the discounts for these codes, in upper or lower case. Raises `Refused`.

    A cart can have only one discount besides free shipping discounts.
    """
    codes = [code.upper().strip() for code in codes]
    rows = [row for row in database.find("discount") if row["code"] in codes and row.get("deleted_at") is None]
    if len(rows) != len(codes):
        raise not_found(f"Discounts with code [{', '.join(codes)}] was not found")
    discounts = [load(database, "discount", row, ["rule", "rule.conditions", "regions"]) for row in rows]
    for discount in discounts:
        _refuse_invalid(database, discount, cart)
    others = [discount for discount in discounts if not ships_free(discount)]
    return [discount["id"] for discount in discounts if ships_free(discount) or discount is others[0]]


def ships_free(discount: JSON) -> bool:
    """Return whether a discount with its rule is for free shipping."""
    return bool(discount["rule"]["type"] == "free_shipping")


def _refuse_invalid(database: Database, discount: JSON, cart: JSON) -> None:
    code, today = discount["code"], datetime.now(UTC)
    text = None
    if discount["usage_limit"] and (discount["usage_count"] or 0) >= discount["usage_limit"]:
        text = f"Discount {code} has been used maximum allowed times"
    elif datetime.fromisoformat(discount["starts_at"]) > today:
        text = f"Discount {code} is not valid yet"
    elif discount["ends_at"] and datetime.fromisoformat(discount["ends_at"]) < today:
        text = f"Discount {code} is expired"
    elif discount["is_disabled"]:
        text = f"The discount code {code} is disabled"
    if text:
        raise Refused(error_response(400, "not_allowed", text))
    if cart["region_id"] not in region_ids(database, discount):
        text = "The discount is not available in current region"
        raise Refused(error_response(400, "invalid_data", text))
    if discount["rule"]["conditions"]:
        raise NotInSandboxError(
            f"The sandbox does not have conditions of discounts, but the discount {code} has conditions."
        )


def region_ids(database: Database, discount: JSON) -> list[str]:
    """Return the IDs of the regions of a discount. A dynamic discount has the regions of its parent."""
    parent_id = discount.get("parent_discount_id")
    row = database.get("discount", parent_id or discount["id"]) or {}
    return list(row.get("_regions", []))


def refresh_adjustments(database: Database, cart: JSON) -> None:
    """Recalculate the amounts of a cart's discounts for its items."""
    items = database.find("line_item", cart_id=cart["id"])
    discounts = load(database, "cart", cart, ["discounts", "discounts.rule"])["discounts"]
    discount = next((each for each in discounts if not ships_free(each)), None)
    for item in items:
        for adjustment in database.find("line_item_adjustment", item_id=item["id"]):
            if adjustment["discount_id"] is not None:
                database.delete("line_item_adjustment", adjustment["id"])
        if discount and item["allow_discounts"] and not item["is_return"]:
            _add_adjustment(database, cart, discount, item, items)


def _add_adjustment(database: Database, cart: JSON, discount: JSON, item: JSON, items: list[JSON]) -> None:
    rule, price = discount["rule"], _price(database, cart, item)
    if rule["type"] == "percentage":
        amount: float = round_half_up(price / 100 * rule["value"])
    elif rule["allocation"] == "total":
        whole = sum(_price(database, cart, each) for each in items if each["allow_discounts"])
        amount = min(rule["value"], whole) * (price / whole) if whole else 0
    else:
        amount = rule["value"] * item["quantity"]
    amount = min(amount, price)
    if amount:
        columns = {"item_id": item["id"], "description": "discount", "discount_id": discount["id"]}
        amount = int(amount) if amount == int(amount) else amount
        row = {"id": new_id("lia"), **columns, "amount": amount, "metadata": None}
        database.put("line_item_adjustment", row)


def _price(database: Database, cart: JSON, item: JSON) -> int:
    """Return the price of an item for its quantity, without tax."""
    if not item.get("includes_tax"):
        price: int = item["unit_price"] * item["quantity"]
        return price
    variant = database.get("product_variant", item["variant_id"]) or {}
    region = database.get("region", cart["region_id"]) or {}
    rates = item_rates(database, variant["product_id"], region) if variant else []
    return untaxed_subtotal({**item, "tax_lines": rates})
