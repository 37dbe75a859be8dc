"""A first look at the SDK: an order as a receipt, a guest's lookup, and a claim by a customer.

python -m examples.demo          on a sandbox store of its own
python -m examples.demo URL      on the Medusa at this URL, where an order is placed first
"""

from __future__ import annotations

import sys
import uuid

from examples.claim_mail import claim_mail
from examples.receipt import place_order, receipt
from medusa import Medusa, MedusaNotFoundError, Order
from medusa.sandbox import SandboxStore


def show(medusa: Medusa, order: Order) -> None:
    """Retrieve, look up, log in, claim, confirm; print what comes of it."""
    print(f"\nmedusa.orders.retrieve({order.id!r})\n")
    print(receipt(medusa.orders.retrieve(order.id).order))

    print(f'\nmedusa.orders.lookup_order({{"display_id": {order.display_id}, "email": "{order.email}"}})\n')
    found = medusa.orders.lookup_order({"display_id": order.display_id, "email": order.email}).order
    print(f"A guest finds order #{found.display_id} of {found.created_at:%Y-%m-%d}.")

    email = f"emmy-{uuid.uuid4().hex[:8]}@example.com"
    medusa.customers.create({"email": email, "password": "correct-horse", "first_name": "Emmy", "last_name": "Noether"})
    customer = medusa.with_options()  # its own login on the same connections
    customer.auth.get_token({"email": email, "password": "correct-horse"})
    print(f"\n{email} logs in and claims it: request_customer_orders, then confirm_request with the mailed token.\n")
    customer.orders.request_customer_orders({"order_ids": [order.id]})
    mail = claim_mail(customer, order.id)
    if mail is None:
        raise TimeoutError("no claim token came")
    medusa.orders.confirm_request({"token": mail["token"]})
    print(f"Now it belongs to {medusa.orders.retrieve(order.id).order.email}.")
    try:
        medusa.orders.lookup_order({"display_id": order.display_id, "email": order.email})
    except MedusaNotFoundError as error:
        print(f"With the old address it is not found any more: {error}")


def main() -> None:
    """Run on the Medusa whose URL is given, or else on a sandbox."""
    if len(sys.argv) > 1:
        with Medusa(base_url=sys.argv[1], max_retries=3) as medusa:
            show(medusa, medusa.orders.retrieve(place_order(medusa)).order)
    else:
        with SandboxStore() as store, Medusa(base_url=store.url, max_retries=3) as medusa:
            show(medusa, store.orders[0])
    print(
        "\nNext: `.venv/bin/python -m medusa.sandbox` keeps a store running to try things on, README.md and docs/ say"
        "\nwhat there is to try, `make demo BACKEND=real` does the same on a real Medusa, `make test` runs everything."
    )


if __name__ == "__main__":
    main()
