"""A demo of the SDK: buy products, print a receipt, look up the order as a guest, and claim the order as a customer.

python -m examples.demo          use a new sandbox store
python -m examples.demo URL      use the Medusa backend at this URL
"""

from __future__ import annotations

import sys
import uuid

from examples.claim_mail import claim_mail
from examples.receipt import check_out, fill_cart, receipt
from medusa import Cart, Medusa, MedusaNotFoundError, Order, Region
from medusa.contrib.carts import price_of
from medusa.contrib.money import format_amount
from medusa.sandbox import SandboxStore


def show_products(medusa: Medusa, region: Region) -> None:
    """Print the products and their prices in the region."""
    print(f'\nmedusa.products.iterate({{"region_id": ...}}): the products in {region.name}, with taxes\n')
    for product in medusa.products.iterate({"region_id": region.id}):
        price = price_of(product)
        variants = " · ".join(variant.title for variant in product.variants)
        if price is not None:
            print(f"  {product.title:<18}{format_amount(price, region.currency_code, 'en'):>10}   {variants}")


def show_cart(medusa: Medusa) -> Cart:
    """Fill a cart, print it and return it."""
    print("\nmedusa.carts.create, then medusa.carts.line_items.create for each product\n")
    cart = fill_cart(medusa)
    for item in cart.items:
        print(f"  {item.quantity} x {item.title}, {item.description}")
    return cart


def show_order(medusa: Medusa, cart: Cart) -> Order:
    """Check out, print the receipt, and return the order."""
    print("\nSet an address, a shipping method, a discount and a payment session, then call medusa.carts.complete\n")
    order = medusa.orders.retrieve(check_out(medusa, cart, "ada@example.com").id).order
    print(receipt(order))
    return order


def show_lookup(medusa: Medusa, order: Order) -> None:
    """Look the order up as a guest."""
    print(f'\nmedusa.orders.lookup_order({{"display_id": {order.display_id}, "email": "{order.email}"}})\n')
    found = medusa.orders.lookup_order({"display_id": order.display_id, "email": order.email}).order
    print(f"A guest finds order #{found.display_id} of {found.created_at:%Y-%m-%d}.")


def show_claim(medusa: Medusa, order: Order) -> None:
    """Claim the guest's order for a customer with an account."""
    email = f"emmy-{uuid.uuid4().hex[:8]}@example.com"
    medusa.customers.create({"email": email, "password": "correct-horse", "first_name": "Emmy", "last_name": "Noether"})
    customer = medusa.with_options()  # This client has a separate login, but shares the connections.
    customer.auth.get_token({"email": email, "password": "correct-horse"})
    print(f"\n{email} claims the order: request_customer_orders, then confirm_request with the token from the e-mail\n")
    customer.orders.request_customer_orders({"order_ids": [order.id]})
    mail = claim_mail(customer, order.id)
    if mail is None:
        raise TimeoutError("no claim token was received")
    medusa.orders.confirm_request({"token": mail["token"]})
    print(f"The order now belongs to {medusa.orders.retrieve(order.id).order.email}.")
    try:
        medusa.orders.lookup_order({"display_id": order.display_id, "email": order.email})
    except MedusaNotFoundError as error:
        print(f"A lookup with the old e-mail address now fails: {error}")


def show(url: str) -> None:
    """Run the demo with the backend at this URL."""
    with Medusa(base_url=url, max_retries=3) as medusa:
        region = next(region for region in medusa.regions.list().regions if region.currency_code == "eur")
        show_products(medusa, region)
        order = show_order(medusa, show_cart(medusa))
        show_lookup(medusa, order)
        show_claim(medusa, order)


def main() -> None:
    """Run the demo with the backend at the given URL, or with a sandbox."""
    if len(sys.argv) > 1:
        show(sys.argv[1])
    else:
        with SandboxStore() as store:
            show(store.url)
    print(
        "\nNext steps:"
        "\n  make django-shop, make flask-shop     run a complete example shop"
        "\n  .venv/bin/python -m medusa.sandbox    run a sandbox store"
        "\n  make demo BACKEND=real                run this demo with a real Medusa backend"
        "\n  make test                             run all tests"
        "\nThe documentation is in README.md and docs/."
    )


if __name__ == "__main__":
    main()
