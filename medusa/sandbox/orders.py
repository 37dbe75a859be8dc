"""Build complete orders from a few values, with the IDs, relations and totals of a real backend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from .adding import refuse_unknown
from .database import Database
from .entities import ADDRESS_FIELDS, ITEM_FIELDS, JSON, ORDER_FIELDS, new_customer, new_entity, new_id
from .json_text import now
from .relations import load
from .settlement import add_payment, add_shipment, new_refund, pay_by_gift_card
from .totals import add_totals, round_half_up

_ADDRESS: JSON = {
    "company": None,
    "first_name": "Ada",
    "last_name": "Lovelace",
    "address_1": "Unter den Linden 1",
    "address_2": None,
    "city": "Berlin",
    "country_code": "de",
    "province": None,
    "postal_code": "10117",
    "phone": None,
}


def find_orders(database: Database, **where: Any) -> list[JSON]:
    """Return the orders with these values in these columns, each with the current data of its customer."""
    orders = database.find("order", **where)
    for order in orders:
        # The customer of a recorded order may have no row.
        if customer := database.get("customer", order["customer_id"]):
            order["customer"] = load(database, "customer", customer)
    return orders


def build_order(
    database: Database,
    items: Iterable[Mapping[str, Any]],
    *,
    email: str,
    currency_code: str,
    tax_rate: float,
    shipping: int | None,
    discounts: Iterable[Mapping[str, Any]],
    gift_card: int,
    refunds: Iterable[int],
    shipping_address: Mapping[str, Any] | None,
    tracking_numbers: Iterable[str],
    fields: Mapping[str, Any],
) -> JSON:
    """Return the order with its billing address, like the cart route. Raises `TypeError` and `ValueError`."""
    refuse_unknown("order", fields, ORDER_FIELDS)
    created_at = fields.get("created_at", now())
    if isinstance(tracking_numbers, str):
        raise TypeError("tracking_numbers must be a list of strings")
    numbers = list(tracking_numbers)
    customer = _customer(database, fields.get("customer_id"), email, created_at)
    order = new_order(
        created_at,
        fulfillment_status="shipped" if numbers else "not_fulfilled",
        display_id=database.next_display_id(),
        cart_id=new_id("cart"),
        customer_id=customer["id"],
        email=email,
        region_id=f"reg_{currency_code}",
        currency_code=currency_code,
        sales_channel_id="sc_default",
        customer=customer,
        discounts=[_discount(discount, created_at) for discount in discounts],
    )
    order.update(fields)
    order["items"] = [_item(item, order, tax_rate) for item in items]
    order["refunds"] = [new_refund(amount, order) for amount in refunds]
    order["region"] = database.get("region", order["region_id"]) or _region(currency_code, tax_rate, created_at)
    address = _address(shipping_address, created_at)
    order["billing_address"], order["shipping_address"] = {**address, "id": new_id("addr")}, address
    order["billing_address_id"], order["shipping_address_id"] = order["billing_address"]["id"], address["id"]
    order["shipping_methods"] = [] if shipping is None else [_shipping_method(shipping, order, tax_rate)]
    _discount_items(order)
    add_totals(order)
    if gift_card:
        pay_by_gift_card(order, min(gift_card, order["total"]))
        add_totals(order)
    add_payment(order)
    add_totals(order)
    if numbers:
        add_shipment(order, numbers)
    return order


def new_order(created_at: str, **values: Any) -> JSON:
    """Return a pending order with these values, without items, addresses, payments and totals."""
    return {
        "object": "order",
        "id": new_id("order"),
        "created_at": created_at,
        "updated_at": created_at,
        "status": "pending",
        "fulfillment_status": "not_fulfilled",
        "payment_status": "awaiting",
        **dict.fromkeys(("display_id", "cart_id", "customer_id", "email", "billing_address_id", "shipping_address_id")),
        **dict.fromkeys(("region_id", "currency_code", "tax_rate", "draft_order_id", "canceled_at")),
        "metadata": {},
        **dict.fromkeys(("no_notification", "idempotency_key", "external_id", "sales_channel_id")),
        "claims": [],
        "customer": None,
        **{name: [] for name in ("discounts", "fulfillments", "gift_card_transactions", "gift_cards")},
        **{name: [] for name in ("items", "payments", "refunds")},
        **dict.fromkeys(("region", "billing_address", "shipping_address")),
        **{name: [] for name in ("shipping_methods", "swaps")},
        **values,
    }


def _customer(database: Database, id: str | None, email: str, created_at: str) -> JSON:
    """Return the customer with this ID, or the guest. Like in Medusa, a guest and an account are separate customers."""
    if id is not None:
        customer = database.get("customer", id)
        if customer is None:
            raise ValueError(f"there is no customer {id!r}")
        return customer
    known = database.guest(email)
    if known:
        return known
    guest = new_customer(email, created_at=created_at, has_account=False)
    database.put("customer", guest)
    return guest


def _item(given: Mapping[str, Any], order: JSON, tax_rate: float) -> JSON:
    for name in ("title", "unit_price"):
        if name not in given:
            raise ValueError(f"an item must have a {name}")
    refuse_unknown("item", given, ITEM_FIELDS)
    item = new_entity(
        "item",
        order["created_at"],
        cart_id=order["cart_id"],
        order_id=order["id"],
        swap_id=None,
        claim_order_id=None,
        original_item_id=None,
        order_edit_id=None,
        title=given["title"],
        description=None,
        thumbnail=None,
        is_return=False,
        is_giftcard=False,
        should_merge=True,
        allow_discounts=True,
        has_shipping=True,
        unit_price=given["unit_price"],
        variant_id=None,
        quantity=1,
        fulfilled_quantity=None,
        returned_quantity=None,
        shipped_quantity=None,
        metadata={},
        adjustments=[],
        variant=None,
    )
    item.update(deepcopy(dict(given)))
    for name, least in {"unit_price": 0, "quantity": 1}.items():
        if type(item[name]) is not int:
            raise TypeError(f"an item's {name} must be an integer, not {type(item[name]).__name__}")
        if item[name] < least:
            raise ValueError(f"an item's {name} must be at least {least}")
    if item["variant"]:
        item["variant_id"] = item["variant"]["id"]
    item.setdefault("tax_lines", [_tax_line("litl", order, tax_rate, item_id=item["id"])])
    return item


def _tax_line(prefix: str, order: JSON, rate: float, **owner: str) -> JSON:
    return new_tax_line(prefix, order["created_at"], {"rate": rate, "name": "default", "code": "default"}, **owner)


def new_tax_line(prefix: str, created_at: str, rate: JSON, **owner: str) -> JSON:
    """Return the tax line of an item or a shipping method. `rate` has a rate, a name and a code."""
    names = ("rate", "name", "code")
    return new_entity(prefix, created_at, **{name: rate[name] for name in names}, metadata=None, **owner)


def _discount(given: Mapping[str, Any], created_at: str) -> JSON:
    """Return a discount from its `code`, `type` and `value` (percent, or smallest currency unit)."""
    if "code" not in given:
        raise ValueError("a discount must have a code")
    kind = given.get("type", "percentage")
    if kind not in ("percentage", "fixed", "free_shipping"):
        raise ValueError(f"a discount's type must be percentage, fixed or free_shipping, not {kind!r}")
    rule = new_entity(
        "dru",
        created_at,
        deleted_at=None,
        description="",
        type=kind,
        value=given.get("value", 0),
        allocation=None if kind == "free_shipping" else "total",
        metadata=None,
    )
    return new_entity(
        "disc",
        created_at,
        deleted_at=None,
        code=given["code"],
        is_dynamic=False,
        rule_id=rule["id"],
        is_disabled=False,
        parent_discount_id=None,
        starts_at=created_at,
        ends_at=None,
        valid_duration=None,
        usage_limit=None,
        usage_count=1,
        metadata=None,
        rule=rule,
    )


def _discount_items(order: JSON) -> None:
    items = [item for item in order["items"] if item["allow_discounts"]]
    whole = sum(item["unit_price"] * item["quantity"] for item in items)
    for discount in order["discounts"]:
        rule = discount["rule"]
        for item in items:
            price = item["unit_price"] * item["quantity"]
            if rule["type"] == "free_shipping" or not price:
                continue
            if rule["type"] == "percentage":
                amount: float = round_half_up(price / 100 * rule["value"])
            else:
                amount = min(rule["value"], whole) * (price / whole)
            item["adjustments"].append(
                {
                    "id": new_id("lia"),
                    "item_id": item["id"],
                    "description": "discount",
                    "discount_id": discount["id"],
                    "amount": int(amount) if amount == int(amount) else amount,
                    "metadata": None,
                }
            )


def _region(currency_code: str, tax_rate: float, created_at: str) -> JSON:
    return {
        "id": f"reg_{currency_code}",
        "created_at": created_at,
        "updated_at": created_at,
        "deleted_at": None,
        "name": {"eur": "Europe", "usd": "United States", "jpy": "Japan"}.get(currency_code, currency_code.upper()),
        "currency_code": currency_code,
        "tax_rate": tax_rate,
        "tax_code": None,
        "gift_cards_taxable": True,
        "automatic_taxes": True,
        "tax_provider_id": None,
        "metadata": None,
    }


def _address(given: Mapping[str, Any] | None, created_at: str) -> JSON:
    address = new_entity("addr", created_at, deleted_at=None, customer_id=None)
    refuse_unknown("address", given or {}, ADDRESS_FIELDS)
    whole = _ADDRESS if given is None else {**dict.fromkeys(_ADDRESS), **given}
    return {**address, **whole, "metadata": None}


def _shipping_method(price: int, order: JSON, tax_rate: float) -> JSON:
    option: JSON = {
        "id": f"so_{order['currency_code']}",
        "created_at": order["created_at"],
        "updated_at": order["created_at"],
        "deleted_at": None,
        "name": "Post",
        "region_id": order["region_id"],
        "profile_id": "sp_default",
        "provider_id": "manual",
        "price_type": "flat_rate",
        "amount": price,
        "is_return": False,
        "admin_only": False,
        "data": {"id": "manual-fulfillment"},
        "metadata": None,
    }
    method: JSON = {
        "id": new_id("sm"),
        "shipping_option_id": option["id"],
        "order_id": order["id"],
        "claim_order_id": None,
        "cart_id": order["cart_id"],
        "swap_id": None,
        "return_id": None,
        "price": price,
        "data": {},
        "shipping_option": option,
    }
    method["tax_lines"] = [_tax_line("smtl", order, tax_rate, shipping_method_id=method["id"])]
    return method
