"""The shop of a real backend as a storefront sees it, and functions that place orders in the shop."""

from __future__ import annotations

import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from medusa import Cart, Medusa, Order, OrderEdit

from .checking import checking
from .merchant import Admin

SEEDED_REGIONS = ("Europe", "New York", "Testland")
"""The names of the seeded regions. Other tests add and delete regions at the same time."""
SEEDED_VARIANTS: tuple[str, ...] = (
    "BLANKET-MOSS",
    "BLANKET-SAND",
    "MUG-350",
    "CANDLE-CEDAR",
    "HAT",
    "CRATE-24",
    "DRAFT",
    "GIFT-25",
)
SEEDED_VARIANTS += ("GIFT-50", "SHIRT-S-WHITE", "SHIRT-M-WHITE", "SHIRT-L-WHITE", "SHIRT-M-BLUE", "SHIRT-L-BLUE")
"""The SKUs of the seeded variants. Other tests add and delete variants at the same time."""

PASSWORD = "correct-horse"
GERMANY: Any = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "address_1": "Unter den Linden 1",
    "city": "Berlin",
    "postal_code": "10117",
    "country_code": "de",
}
BRITAIN: Any = {**GERMANY, "address_1": "12 St James's Square", "city": "London", "country_code": "gb"}


def new_email(who: str = "guest-") -> str:
    """Return a new e-mail address that begins with `who`.

    `who` is the beginning of the local part, or the complete local part with the `@`.
    """
    return f"{who}{uuid.uuid4().hex[:10]}{'.' if who.endswith('@') else '@'}example.com"


def mailed_token(medusa: Medusa, route: str, **event: str) -> str:
    """Return the token that the shop would send by e-mail for this event.

    The backend emits the event up to three seconds later.
    """
    for _ in range(100):
        for each in medusa.request("GET", route):
            if event.items() <= each.items():
                return str(each["token"])
        time.sleep(0.1)
    raise AssertionError(f"{route} returned no token for this event")


class Shop:
    """A shop: the IDs of its variants and options, and methods that buy. `medusa` checks the result of each call."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.state = state
        self.url: str = state["url"]
        self.plain = Medusa(self.url, deadline=60)
        self.returned: set[str] = set()
        """The names of the methods that returned, such as `carts.create`."""
        self.medusa = checking(self.plain, self.returned)
        self.admin = Admin(self.plain)
        merchant = self.plain.with_options(custom_headers=self.admin.headers)
        self.merchant = checking(merchant, self.returned)
        """A client that is logged in to the Admin. It checks the result of each call too."""
        self.regions = {region.name: region.id for region in self.medusa.regions.list().regions}
        # A limit of 0 returns all variants. Other tests create products with hundreds of variants.
        variants = self.admin.get("variants?limit=0&fields=id,sku&expand=product")["variants"]
        self.variants: dict[str, str] = {variant["sku"]: variant["id"] for variant in variants}
        options = self.medusa.shipping_options.list().shipping_options
        self.options = {(option.region_id, option.name): option.id for option in options}

    def option(self, name: str, region: str = "Europe") -> str:
        return self.options[self.regions[region], name]

    def customer(self, who: str = "customer-") -> tuple[Medusa, str]:
        """Create a customer. Return a client that is logged in as the customer, and the e-mail address."""
        email = new_email(who)
        medusa = self.medusa.with_options()
        medusa.customers.create({"email": email, "password": PASSWORD, "first_name": "Grace", "last_name": "Hopper"})
        medusa.auth.get_token({"email": email, "password": PASSWORD})
        return medusa, email

    def cart(self, region: str = "Europe", medusa: Medusa | None = None, **items: int) -> Cart:
        """Create a cart with these items, such as `MUG_350=1`."""
        wanted: Any = [{"variant_id": self.variants[sku.replace("_", "-")], "quantity": n} for sku, n in items.items()]
        client = medusa or self.medusa
        return client.carts.create({"region_id": self.regions[region], "items": wanted}).cart

    def checkout(
        self, cart_id: str, email: str, region: str = "Europe", provider: str = "manual", medusa: Medusa | None = None
    ) -> Cart:
        """Make a cart ready to be completed."""
        address, option = (GERMANY, "Post") if region == "Europe" else (BRITAIN, "Parcel")
        carts = (medusa or self.medusa).carts
        carts.update(cart_id, {"email": email, "shipping_address": address, "billing_address": address})
        carts.add_shipping_method(cart_id, {"option_id": self.option(option, region)})
        cart = carts.create_payment_sessions(cart_id).cart
        if len(cart.payment_sessions) > 1:
            cart = carts.set_payment_session(cart_id, {"provider_id": provider}).cart
        return cart

    def order(self, region: str = "Europe", email: str = "", medusa: Medusa | None = None, **items: int) -> Order:
        """Place an order with these items, such as `MUG_350=1`."""
        cart = self.cart(region, medusa, **items)
        self.checkout(cart.id, email or new_email(), region, medusa=medusa)
        order = self.medusa.carts.complete(cart.id).data
        assert isinstance(order, Order)
        return order

    @contextmanager
    def own_product(self, *names: str, **more: Any) -> Generator[dict[str, Any]]:
        """Create a product that no other test uses. Its variants have a stock of 10 and a price of 10.00 each.

        The product is a draft: the Store API does not list drafts, but sells them.
        """
        run = uuid.uuid4().hex[:10]
        stocked: Any = {"inventory_quantity": 10}
        stocked["prices"] = [{"currency_code": currency, "amount": 1000} for currency in ("eur", "usd", "gbp")]
        variants = [{"title": name, "sku": f"{name}-{run}", "options": [{"value": name}], **stocked} for name in names]
        texts = {"title": f"Kite {run}", "status": "draft", "options": [{"title": "Colour"}]}
        product = self.admin.post("products", **{**texts, "variants": variants, **more})["product"]
        self.variants |= {variant["title"]: variant["id"] for variant in product["variants"]}
        yield product
        for name in names:
            del self.variants[name]
        self.admin.delete(f"products/{product['id']}")

    def edit(self, order: Order, quantity: int) -> OrderEdit:
        """Create an edit that changes the quantity of the order's first item."""
        edit = self.admin.post("order-edits", order_id=order.id)["order_edit"]
        # The edit has copies of the order's items, with new IDs.
        item = next(each for each in edit["items"] if each["original_item_id"] == order.items[0].id)
        self.admin.post(f"order-edits/{edit['id']}/items/{item['id']}", quantity=quantity)
        return self.medusa.order_edits.retrieve(edit["id"]).order_edit

    def request_edit(self, edit: OrderEdit) -> OrderEdit:
        """Request the customer's confirmation of the edit, and return the edit."""
        self.admin.post(f"order-edits/{edit.id}/request")
        return self.medusa.order_edits.retrieve(edit.id).order_edit

    def close(self) -> None:
        self.plain.close()
