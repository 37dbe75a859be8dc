"""Place an order, retrieve the order, and print it as a receipt.

python examples/receipt.py http://127.0.0.1:9000
"""

from __future__ import annotations

import sys

from medusa import Address, AddressPayload, Cart, Medusa, Order, is_loaded
from medusa.contrib.money import format_amount


def place_order(medusa: Medusa, email: str = "ada@example.com") -> str:
    """Fill a cart, check out, and return the ID of the order."""
    return check_out(medusa, fill_cart(medusa), email).id


def fill_cart(medusa: Medusa) -> Cart:
    """Create a cart for Europe with three products, and return it."""
    europe = next(region for region in medusa.regions.list().regions if region.currency_code == "eur")
    variants = {variant.sku: variant.id for product in medusa.products.iterate() for variant in product.variants}
    cart = medusa.carts.create({"region_id": europe.id}).cart
    for sku, quantity in {"BLANKET-MOSS": 1, "MUG-350": 4, "CANDLE-CEDAR": 2}.items():
        cart = medusa.carts.line_items.create(cart.id, {"variant_id": variants[sku], "quantity": quantity}).cart
    return cart


def check_out(medusa: Medusa, cart: Cart, email: str) -> Order:
    """Set the cart's addresses, shipping method, discount and payment. Complete the cart, and return the order."""
    address: AddressPayload = {
        "first_name": "Ada",
        "last_name": "Lovelace",
        "address_1": "Unter den Linden 1",
        "city": "Berlin",
        "postal_code": "10117",
        "country_code": "de",
    }
    medusa.carts.update(cart.id, {"email": email, "shipping_address": address, "billing_address": address})
    options = medusa.shipping_options.list_cart_options(cart.id).shipping_options
    medusa.carts.add_shipping_method(cart.id, {"option_id": options[0].id})
    medusa.carts.update(cart.id, {"discounts": [{"code": "TENPERCENT"}]})
    cart = medusa.carts.create_payment_sessions(cart.id).cart
    if not is_loaded(cart, "payment_session"):  # If there is only one payment provider, the backend has selected it.
        medusa.carts.set_payment_session(cart.id, {"provider_id": "manual"})
    completed = medusa.carts.complete(cart.id).data
    if not isinstance(completed, Order):
        raise RuntimeError("the customer must complete another step of the payment")
    return completed


def receipt(order: Order) -> str:
    """Return the order as text, with amounts in the order's currency."""

    def money(amount: int) -> str:
        return format_amount(amount, order.currency_code, "en")

    lines = [f"Order #{order.display_id}", f"{order.created_at:%Y-%m-%d %H:%M} UTC", ""]
    for item in order.items:
        lines.append(f"{item.quantity:>3} x {item.title:<24}{money(item.unit_price * item.quantity):>14}")
        if item.description:
            lines.append(f"      {item.description}")
    lines.append("-" * 44)
    sums = [
        ("Subtotal, without tax", order.subtotal),
        ("Discount", -order.discount_total),
        ("Shipping", order.shipping_total or 0),
        ("Tax", order.tax_total),
        ("Total", order.total),
    ]
    lines += [f"{name:<30}{money(amount):>14}" for name, amount in sums if amount or name == "Total"]
    payment, delivery = (status.replace("_", " ") for status in (order.payment_status, order.fulfillment_status))
    lines += ["", f"Payment: {payment}. Delivery: {delivery}."]
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
    """Place an order on the backend at the given URL, and print its receipt."""
    with Medusa(base_url=sys.argv[1], max_retries=3) as medusa:
        print(receipt(medusa.orders.retrieve(place_order(medusa)).order))


if __name__ == "__main__":
    main()
