"""The totals of an order, computed as Medusa does: tax per line, rounded half up, discounts before tax."""

from __future__ import annotations

from math import floor
from typing import Any


def add_totals(order: dict[str, Any]) -> None:
    """Set the totals of an order, its items and its shipping methods."""
    for item in order["items"]:
        _add_item_totals(item)
    ships_free = any(discount["rule"]["type"] == "free_shipping" for discount in order["discounts"])
    for method in order["shipping_methods"]:
        _add_method_totals(method, ships_free)
    items, methods = order["items"], order["shipping_methods"]
    subtotal = sum(item["subtotal"] for item in items)
    raw_discount_total = sum(item["raw_discount_total"] for item in items)
    shipping_total = sum(method["subtotal"] for method in methods)
    item_tax_total = sum(item["tax_total"] for item in items)
    shipping_tax_total = sum(method["tax_total"] for method in methods)
    gift_card_total, gift_card_tax_total = _gift_card_totals(order)
    tax_total = item_tax_total + shipping_tax_total - gift_card_tax_total
    discount_total = round_half_up(raw_discount_total)
    paid_total = sum(payment["amount"] for payment in order["payments"])
    refunded_total = sum(refund["amount"] for refund in order["refunds"])
    order.update(
        subtotal=subtotal,
        discount_total=discount_total,
        shipping_total=shipping_total,
        refunded_total=refunded_total,
        paid_total=paid_total,
        refundable_amount=paid_total - refunded_total,
        item_tax_total=item_tax_total,
        shipping_tax_total=shipping_tax_total,
        tax_total=tax_total,
        gift_card_total=gift_card_total,
        gift_card_tax_total=gift_card_tax_total,
        total=subtotal + shipping_total + tax_total - gift_card_total - discount_total,
    )


def _add_item_totals(item: dict[str, Any]) -> None:
    quantity, rates = item["quantity"], _rates(item)
    price = item["unit_price"]
    if item.get("includes_tax"):
        price -= round_half_up(_included_tax(price, rates))
    raw_discount_total = sum(adjustment["amount"] for adjustment in item["adjustments"])
    subtotal = price * quantity
    discount_total = round_half_up(raw_discount_total)
    tax_total = tax(subtotal - raw_discount_total, rates)
    original_tax_total = tax(subtotal, rates)
    item.update(
        subtotal=subtotal,
        discount_total=discount_total,
        total=subtotal - discount_total + tax_total,
        original_total=subtotal + original_tax_total,
        original_tax_total=original_tax_total,
        tax_total=tax_total,
        raw_discount_total=raw_discount_total,
        refundable=refund_of(item, quantity - (item.get("returned_quantity") or 0)),
    )


def refund_of(item: dict[str, Any], quantity: int) -> int:
    """What the customer gets back for so many of an item: the discounted price of one is rounded."""
    price, rates = item["unit_price"], _rates(item)
    if item.get("includes_tax"):
        price -= round_half_up(_included_tax(price, rates))
    raw_discount_total = sum(adjustment["amount"] for adjustment in item["adjustments"])
    refunded: int = (price - round_half_up(raw_discount_total / item["quantity"])) * quantity
    return refunded + tax(refunded, rates)


def _add_method_totals(method: dict[str, Any], ships_free: bool) -> None:
    price, rates = method["price"], _rates(method)
    if method.get("includes_tax"):
        tax_total = round_half_up(_included_tax(price, rates))
        price -= tax_total
    else:
        tax_total = tax(price, rates)
    method.update(
        original_total=price + tax_total,
        total=0 if ships_free else price + tax_total,
        subtotal=0 if ships_free else price,
        original_tax_total=tax_total,
        tax_total=0 if ships_free else tax_total,
    )


def _gift_card_totals(order: dict[str, Any]) -> tuple[int, int]:
    total = tax_total = 0
    for transaction in order["gift_card_transactions"]:
        total += transaction["amount"]
        tax_total = round_half_up(tax_total + transaction["amount"] * (transaction["tax_rate"] or 0) / 100)
    return total, tax_total


def _rates(taxed: dict[str, Any]) -> list[float]:
    """The tax rates of an item or a shipping method, in percent."""
    return [line["rate"] for line in taxed["tax_lines"]]


def tax(price: float, rates: list[float]) -> int:
    """The taxes of a price without them, at rates in percent: each is rounded."""
    return sum(round_half_up(price * rate / 100) for rate in rates)


def _included_tax(price: int, rates: list[float]) -> float:
    """The tax in a price that includes it."""
    return price * sum(rates) / (100 + sum(rates))


def round_half_up(value: float) -> int:
    """As JS rounds: halves up."""
    return floor(value + 0.5)
