"""Place an order on a backend, retrieve it with the SDK, print it as a receipt.

python examples/receipt.py http://127.0.0.1:9000
"""

from __future__ import annotations

import sys
from typing import Any, cast

from medusa import Address, Medusa, Order
from medusa.contrib.money import format_amount


def place_order(medusa: Medusa, email: str = "ada@example.com") -> str:
    """Fill a cart, check out, and return the id of the order."""
    regions = cast("list[Any]", medusa.request("GET", "/store/regions")["regions"])
    europe = next(region for region in regions if region["currency_code"] == "eur")
    variants = {
        variant["sku"]: variant["id"]
        for product in medusa.request("GET", "/store/products")["products"]
        for variant in product["variants"]
    }
    address = {
        "first_name": "Ada",
        "last_name": "Lovelace",
        "address_1": "Unter den Linden 1",
        "city": "Berlin",
        "postal_code": "10117",
        "country_code": "de",
    }
    cart = medusa.request("POST", "/store/carts", json={"region_id": europe["id"]})["cart"]
    path = f"/store/carts/{cart['id']}"
    for sku, quantity in {"BLANKET-MOSS": 1, "MUG-350": 4, "CANDLE-CEDAR": 2}.items():
        medusa.request("POST", f"{path}/line-items", json={"variant_id": variants[sku], "quantity": quantity})
    medusa.request("POST", path, json={"email": email, "shipping_address": address, "billing_address": address})
    options = medusa.request("GET", f"/store/shipping-options/{cart['id']}")["shipping_options"]
    medusa.request("POST", f"{path}/shipping-methods", json={"option_id": options[0]["id"]})
    medusa.request("POST", path, json={"discounts": [{"code": "TENPERCENT"}]})
    medusa.request("POST", f"{path}/payment-sessions")
    return cast(str, medusa.request("POST", f"{path}/complete")["data"]["id"])


def receipt(order: Order) -> str:
    """The order as a text, with its amounts in its currency."""

    def money(amount: int) -> str:
        return format_amount(amount, order.currency_code, "en")

    lines = [f"Order #{order.display_id}", f"{order.created_at:%Y-%m-%d %H:%M} UTC", ""]
    for item in order.items:
        lines.append(f"{item.quantity:>3} x {item.title:<24}{money(item.unit_price * item.quantity):>14}")
        if item.description:
            lines.append(f"      {item.description}")
    lines.append("-" * 44)
    sums = [
        ("Subtotal", order.subtotal),
        ("Discount", -order.discount_total),
        ("Shipping", order.shipping_total or 0),
        ("Tax", order.tax_total),
        ("Total", order.total),
    ]
    lines += [f"{name:<30}{money(amount):>14}" for name, amount in sums if amount or name == "Total"]
    lines += ["", f"Payment {order.payment_status}, delivery {order.fulfillment_status}"]
    if order.shipping_address:
        lines.append(f"To {_address(order.shipping_address)}")
    return "\n".join(lines)


def _address(address: Address) -> str:
    parts = [
        f"{address.first_name} {address.last_name}",
        address.address_1,
        f"{address.postal_code} {address.city}",
        (address.country_code or "").upper(),
    ]
    return ", ".join(part for part in parts if part)


def main() -> None:
    """Print the receipt of an order placed on the backend whose URL is the argument."""
    with Medusa(base_url=sys.argv[1], max_retries=3) as medusa:
        print(receipt(medusa.orders.retrieve(place_order(medusa)).order))


if __name__ == "__main__":
    main()
