"""Compute the totals of an order or a cart like Medusa: tax per line, rounded half up, discounts before tax."""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import Any


def add_totals(order: dict[str, Any]) -> None:
    """Set the totals of an order, its items and its shipping methods."""
    totals = _line_totals(order, lambda _: True)
    for item in order["items"]:
        item["refundable"] = refund_of(item, item["quantity"] - (item.get("returned_quantity") or 0))
    raw_discount_total = totals.pop("raw_discount_total")
    gift_card_total, gift_card_tax_total = _gift_card_totals(order)
    tax_total = totals["item_tax_total"] + totals["shipping_tax_total"] - gift_card_tax_total
    discount_total = round_half_up(raw_discount_total)
    paid_total = sum(payment["amount"] for payment in order["payments"])
    refunded_total = sum(refund["amount"] for refund in order["refunds"])
    order.update(
        **totals,
        discount_total=discount_total,
        refunded_total=refunded_total,
        paid_total=paid_total,
        refundable_amount=paid_total - refunded_total,
        tax_total=tax_total,
        gift_card_total=gift_card_total,
        gift_card_tax_total=gift_card_tax_total,
        total=totals["subtotal"] + totals["shipping_total"] + tax_total - gift_card_total - discount_total,
    )


def add_cart_totals(cart: dict[str, Any]) -> None:
    """Set the totals of a cart, its items and its shipping methods. Taxes are calculated from their tax lines.

    Like in Medusa, adjustments of a removed discount stay until the items change, but are not counted.
    """
    discounts = (each["id"] for each in cart["discounts"] if each["rule"]["type"] != "free_shipping")
    counted = (None, next(discounts, None))
    totals = _line_totals(cart, lambda adjustment: adjustment["discount_id"] in counted)
    tax_total = totals["item_tax_total"] + totals["shipping_tax_total"]
    discount_total = round_half_up(totals["raw_discount_total"])
    payable = totals["subtotal"] + totals["shipping_total"] - discount_total
    if not cart["region"]["gift_cards_taxable"]:
        payable += tax_total
    gift_card_total, gift_card_tax_total = _gift_cards_share(cart["gift_cards"], payable)
    total = totals["subtotal"] + totals["shipping_total"] + tax_total - discount_total
    cart.update(
        subtotal=totals["subtotal"],
        discount_total=discount_total,
        item_tax_total=totals["item_tax_total"],
        shipping_total=totals["shipping_total"],
        shipping_tax_total=totals["shipping_tax_total"],
        tax_total=tax_total,
        raw_discount_total=totals["raw_discount_total"],
        gift_card_total=gift_card_total,
        gift_card_tax_total=gift_card_tax_total,
        total=total - gift_card_total - gift_card_tax_total,
    )


def _line_totals(whole: dict[str, Any], counts: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Set the totals of the items and shipping methods, and return their sums. `counts` selects the adjustments."""
    items, methods, discounts = whole["items"], whole["shipping_methods"], whole["discounts"]
    for item in items:
        _add_item_totals(item, sum(each["amount"] for each in item["adjustments"] if counts(each)))
    ships_free = any(discount["rule"]["type"] == "free_shipping" for discount in discounts)
    for method in methods:
        _add_method_totals(method, ships_free)
    return {
        "subtotal": sum(item["subtotal"] for item in items),
        "raw_discount_total": sum(item["raw_discount_total"] for item in items),
        "shipping_total": sum(method["subtotal"] for method in methods),
        "item_tax_total": sum(item["tax_total"] for item in items),
        "shipping_tax_total": sum(method["tax_total"] for method in methods),
    }


def _add_item_totals(item: dict[str, Any], raw_discount_total: float) -> None:
    rates, subtotal = _rates(item), untaxed_subtotal(item)
    discount_total = round_half_up(raw_discount_total)
    tax_total = tax(_taxable(item) - raw_discount_total, rates)
    original_tax_total = tax(_taxable(item), rates)
    item.update(
        subtotal=subtotal,
        discount_total=discount_total,
        total=subtotal - discount_total + tax_total,
        original_total=subtotal + original_tax_total,
        original_tax_total=original_tax_total,
        tax_total=tax_total,
        raw_discount_total=raw_discount_total,
    )


def untaxed_subtotal(item: dict[str, Any]) -> int:
    """Return the price of an item without tax and before discounts.

    Like in Medusa, this is 0 if the price includes tax but there are no taxes.
    """
    subtotal: int = item["unit_price"] * item["quantity"]
    if item.get("includes_tax"):
        return subtotal - tax(_taxable(item), _rates(item)) if item["tax_lines"] else 0
    return subtotal


def _taxable(item: dict[str, Any]) -> int:
    price: int = item["unit_price"]
    if item.get("includes_tax"):
        price -= round_half_up(_included_tax(price, _rates(item)))
    taxable: int = price * item["quantity"]
    return taxable


def refund_of(item: dict[str, Any], quantity: int) -> int:
    """Return the refund for this quantity of an item. The discounted price of one piece is rounded."""
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


def _gift_cards_share(cards: list[dict[str, Any]], payable: int) -> tuple[int, int]:
    """Return the part of an amount that the gift cards of a cart pay, and the tax on it."""
    if not cards:
        return 0, 0
    tax_total, rest = 0, payable
    for card in cards:
        amount = min(rest, card["balance"])
        if amount > 0 and card["tax_rate"]:
            tax_total += round_half_up(amount * (card["tax_rate"] / 100))
            rest -= amount
    return min(payable, sum(card["balance"] for card in cards)), tax_total


def _rates(taxed: dict[str, Any]) -> list[float]:
    """Return the tax rates of an item or a shipping method, in percent."""
    return [line["rate"] for line in taxed["tax_lines"]]


def tax(price: float, rates: list[float]) -> int:
    """Return the taxes on a price without tax, for rates in percent. Each tax is rounded."""
    return sum(round_half_up(price * rate / 100) for rate in rates)


def _included_tax(price: int, rates: list[float]) -> float:
    """Return the tax in a price that includes tax."""
    return price * sum(rates) / (100 + sum(rates))


def round_half_up(value: float) -> int:
    """Round like JS: halves are rounded up."""
    return floor(value + 0.5)
