"""A sandbox and a real Medusa with the same customer and the same orders."""

from __future__ import annotations

import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import requests

from examples.receipt import place_order
from medusa import Medusa
from medusa.sandbox import SandboxStore

from .catalogue import JSON, Catalogue, texts
from .merchant import Admin
from .mirror import Pair, Twin, post
from .shop import PASSWORD

RELATIONS = (
    "shipping_address,fulfillments,fulfillments.tracking_links,items,items.variant,shipping_methods,"
    "shipping_methods.shipping_option,discounts,discounts.rule,customer,payments,region,billing_address"
)
COLUMNS = (
    "id,created_at,updated_at,status,fulfillment_status,payment_status,display_id,cart_id,customer_id,email,"
    "billing_address_id,shipping_address_id,region_id,currency_code,tax_rate,draft_order_id,canceled_at,metadata,"
    "no_notification,idempotency_key,external_id,sales_channel_id"
)


@contextmanager
def twins(url: str) -> Generator[Pair]:
    """Pair a new sandbox with the Medusa at this URL. Both have the same catalogue and the same orders."""
    run = uuid.uuid4().hex[:10]
    with Medusa(url) as medusa, SandboxStore(orders=False) as store, store.client() as client:
        own = _own_rows(Admin(medusa), run)
        catalogue = Catalogue(medusa, store)
        real, sandbox = (catalogue.names | own | _customers(each, run) for each in (medusa, client))
        orders = _orders(medusa, real)
        common = catalogue.texts | set(texts(orders)) | {f"display_id {order['display_id']}" for order in orders}
        common -= {real[name] for name in real if name.startswith(("customer", "other"))}
        for order in orders:
            if order["customer_id"] == real["customer"]:
                of_sandbox = {"id": sandbox["customer"], "created_at": sandbox["customer_created_at"]}
                of_sandbox["updated_at"] = sandbox["customer_updated_at"]
                order |= {"customer_id": sandbox["customer"], "customer": {**order["customer"], **of_sandbox}}
            store.add_order(order)
        guest, claimable, mine = orders[:3]
        names = {
            "order": guest["id"],
            "cart": str(guest["cart_id"]),
            "display_id": str(guest["display_id"]),
            "claimable": claimable["id"],
            "mine": mine["id"],
            "my_display_id": str(mine["display_id"]),
            "my_cart": mine["cart_id"],
            "my_region": mine["region_id"],
            "my_created_at": mine["created_at"],
        }
        pair = Pair(Twin(store.url, sandbox | names, common, run), Twin(url, real | names, common, run))
        for twin in (pair.sandbox, pair.real):
            _claim(twin, "customer_token")
            twin.names["claim_token"] = _claim(twin, "other_token")
        yield pair
        print(f"\n{pair.compared} responses compared")


def _own_rows(admin: Admin, run: str) -> dict[str, str]:
    """Create rows that no other test uses, so that their stock, usage counts and balances can be compared.

    The product is a draft, so that the lists of products do not contain it.
    """
    regions = {region["name"]: region["id"] for region in admin.get("regions")["regions"]}
    prices = [{"currency_code": "eur", "amount": 700}, {"currency_code": "gbp", "amount": 600}]
    variants: list[JSON] = [
        {"title": name, "sku": f"{name}-{run}", "inventory_quantity": 3, "prices": prices, "options": [{"value": name}]}
        for name in ("FEW", "RARE")
    ]
    options = [{"title": "Stock"}]
    lamp = admin.post(
        "products", title="Lamp", handle=f"lamp-{run}", status="draft", options=options, variants=variants
    )
    in_stock = {made["title"].lower(): made["id"] for made in lamp["product"]["variants"]}
    rule = {"type": "percentage", "value": 15, "allocation": "total"}
    for code, limit in ((f"ONCE-{run}", 1), (f"OFTEN-{run}", None)):
        limited = {"usage_limit": limit} if limit else {}
        admin.post(
            "discounts",
            code=code,
            rule=rule,
            is_dynamic=False,
            is_disabled=False,
            **limited,
            regions=[regions["Europe"]],
        )
    cards = {
        name: str(admin.post("gift-cards", region_id=regions[region], value=value)["gift_card"]["code"])
        for name, region, value in (("gift_card", "Europe", 1000), ("large_gift_card", "Europe", 100_000))
    }
    return {**cards, **in_stock, "once": f"ONCE-{run}", "often": f"OFTEN-{run}"}


def _customers(medusa: Medusa, run: str) -> dict[str, str]:
    """Register Grace and a second customer, who makes the claims. Return their values by name."""
    names = {"run": run, "password": PASSWORD, "email": f"twin-{run}@example.com"}
    for name, who in {"customer": "grace", "other": "other"}.items():
        login = {"email": f"{who}-{run}@example.com", "password": PASSWORD}
        account = {**login, "first_name": who.title(), "last_name": "Hopper"}
        customer = medusa.request("POST", "/store/customers", json=account)["customer"]
        names |= {
            name: customer["id"],
            f"{name}_created_at": customer["created_at"],
            f"{name}_updated_at": customer["updated_at"],
            f"{name}_email": login["email"],
            f"{name}_token": medusa.request("POST", "/store/auth/token", json=login)["access_token"],
        }
    return names


def _claim(twin: Twin, login: str) -> str:
    """Claim the guest's second order, and return the token of the claim.

    A real Medusa emits the event with the token up to three seconds later.
    """
    known = requests.get(f"{twin.url}/claim-tokens", timeout=30).json()
    case = post(
        "/store/orders/batch/customer/token",
        {"order_ids": ["{claimable}"]},
        {"Authorization": f"Bearer {{{login}}}"},
    )
    assert twin.response(case)["status"] == 200
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for event in requests.get(f"{twin.url}/claim-tokens", timeout=30).json()[len(known) :]:
            if event["orders"] == [twin.names["claimable"]]:
                return str(event["token"])
        time.sleep(0.1)
    raise AssertionError("the backend emitted no event for the claim")


def _orders(medusa: Medusa, names: dict[str, str]) -> list[JSON]:
    """Place the orders on the real Medusa: one that is shipped, one for the claims, and the orders of the customer."""
    orders = _RealOrders(medusa, names["customer_token"])
    guest, claimable = (place_order(medusa, names["email"]) for _ in range(2))
    orders.admin.ship(guest)
    orders.refund(guest)
    return [orders.whole(id) for id in (guest, claimable, *orders.of_customer(names["customer_email"]))]


class _RealOrders:
    """Places orders on the real Medusa, and reads all of their fields that any route of the sandbox may send."""

    def __init__(self, medusa: Medusa, customer_token: str) -> None:
        self._medusa = medusa
        self._customer = medusa.with_options(token=customer_token)
        self.admin = Admin(medusa)

    def refund(self, id: str) -> None:
        self.admin.post(f"orders/{id}/refund", amount=500, reason="other")

    def of_customer(self, email: str) -> list[str]:
        """Place the orders of the customer, and return their IDs.

        The first has two claims and a swap, the second is canceled, the third is partially paid by a gift card.
        """
        changed, canceled = (place_order(self._customer, email) for _ in range(2))
        self.admin.ship(changed)
        item = self._customer.orders.retrieve(changed).order.items[0]
        returned = [{"item_id": item.id, "quantity": 1}]
        new = [{"variant_id": item.variant_id, "quantity": 1}]
        claimed = [{**returned[0], "reason": "other", "note": "scratched"}]
        self.admin.post(f"orders/{changed}/swaps", return_items=returned, additional_items=new)
        self.admin.post(f"orders/{changed}/claims", type="refund", refund_amount=100, claim_items=claimed)
        self.admin.post(f"orders/{changed}/claims", type="replace", claim_items=claimed, additional_items=new)
        self.refund(changed)
        self.admin.post(f"orders/{canceled}/cancel")
        return [changed, canceled, self._paid_by_gift_card(email)]

    def _paid_by_gift_card(self, email: str) -> str:
        europe = next(r for r in self._medusa.request("GET", "/store/regions")["regions"] if r["name"] == "Europe")
        card = self.admin.post("gift-cards", region_id=europe["id"], value=1000)["gift_card"]
        (product,) = self._medusa.request("GET", "/store/products?handle=straw-hat")["products"]
        variant = product["variants"][0]["id"]
        cart = self._customer.request("POST", "/store/carts", json={"region_id": europe["id"]})["cart"]
        path = f"/store/carts/{cart['id']}"
        address = {"first_name": "Grace", "last_name": "Hopper", "address_1": "1 Harbor Street", "city": "Rome"}
        address |= {"postal_code": "00100", "country_code": "it"}
        details = {"email": email, "shipping_address": address, "billing_address": address}
        self._customer.request("POST", f"{path}/line-items", json={"variant_id": variant, "quantity": 1})
        self._customer.request("POST", path, json={**details, "gift_cards": [{"code": card["code"]}]})
        self._customer.request("POST", f"{path}/payment-sessions")
        return str(self._customer.request("POST", f"{path}/complete")["data"]["id"])

    def whole(self, id: str) -> dict[str, Any]:
        """Return an order with its columns, its relations, its totals and the products of its items."""
        columns = self.admin.get(f"orders/{id}?fields={COLUMNS}")
        row = {name: value for name, value in columns["order"].items() if name in COLUMNS.split(",")}
        order = self._medusa.orders.retrieve_by_cart_id(row["cart_id"], expand=RELATIONS).order.to_dict()
        with_products = self._medusa.request("GET", f"/store/orders/{id}?fields=total")["order"]["items"]
        variants = {item["id"]: item["variant"] for item in with_products}
        for item in order["items"]:
            item["variant"] = variants[item["id"]]
        return {**row, **order}
