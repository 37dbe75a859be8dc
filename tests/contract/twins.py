"""A sandbox and a real Medusa with the same customer and the same orders, and what is comparable of their answers."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import requests

from examples.receipt import place_order
from medusa import Medusa
from medusa.sandbox import SandboxStore

from .admin import Admin
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
# The headers whose values depend on ids and times, and the name of the server itself.
VOLATILE_HEADERS = {"Content-Length", "Date", "Etag", "Server", "Set-Cookie", "Transfer-Encoding"}


class Twin:
    """One of the two stores: its URL, and the values that stand for `{name}` in the requests."""

    def __init__(self, url: str, names: dict[str, str]) -> None:
        self.url = url
        self.names = names
        """Those of the orders are the same on both; the ids of customers, their times and their tokens differ."""

    def exchange(
        self, method: str, target: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """What is comparable of the answer."""
        filled = {name: self._filled(value) for name, value in (headers or {}).items()}
        data = None if body is None else self._filled(body).encode()
        url = self.url + self._filled(target)
        response = requests.request(method, url, data=data, headers=filled, timeout=30, allow_redirects=False)
        self.names |= {"cookie": response.headers["Set-Cookie"].partition(";")[0]} if response.cookies else {}
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        text = response.text.partition("<br>")[0]  # an error page without its stack trace
        for name in (f"{who}{what}" for who in ("customer", "other") for what in ("", "_created_at", "_updated_at")):
            text = text.replace(self.names[name], f"<{name}>")
        # The length and the ETag of an error page depend on its stack trace.
        ignored = {"Content-Length", "Etag"} if "<br>" in response.text else set[str]()
        given = {name.title(): value for name, value in response.headers.items()}
        return {
            "status": response.status_code,
            "header names": given.keys() - {"Server", "Transfer-Encoding"} - ignored,
            "headers": {name: value for name, value in given.items() if name not in VOLATILE_HEADERS},
            "cookie": re.sub(r"=[^;]*", "", response.headers.get("Set-Cookie", "")),
            "body": comparable(json.loads(text)) if is_json and method != "HEAD" else text,
        }

    def _filled(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self.names.get(found[1], found[0]), text)


def comparable(value: Any) -> Any:
    """A body without what must differ: new customers, tokens, and what changes when others buy the same."""
    if isinstance(value, list):  # the claims of other customers are those of other tests
        return [
            comparable(each) for each in value if "old_email" not in each or each["new_customer_id"] == "<customer>"
        ]
    if not isinstance(value, dict):
        return value
    body: dict[str, Any] = {name: comparable(each) for name, each in value.items()}
    if str(body.get("id")).startswith("cus_"):  # created by the request itself
        body["id"] = re.sub(r"[0-9A-Z]{26}$", "<ulid>", body["id"])
        for name in ("created_at", "updated_at"):
            body[name] = re.sub(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", "<time>", body[name])
    for name in ("access_token", "token"):
        if name in body:
            body[name] = re.sub(r"^eyJ[\w-]+\.[\w-]+\.[\w-]+$", "<jwt>", body[name])
    if "inventory_quantity" in body:  # of a variant
        body |= {"inventory_quantity": 0, "updated_at": "<time>"}
    if "usage_count" in body:  # of a discount
        body |= {"usage_count": 0, "updated_at": "<time>"}
    for name, each in body.items():  # PostgreSQL sends related rows in any order
        if isinstance(each, list) and each and isinstance(each[0], dict) and "count" not in body:
            body[name] = sorted(each, key=lambda related: (str(related.get("id")), str(related.get("item_id"))))
    return body


@contextmanager
def twins(url: str) -> Generator[tuple[Twin, Twin]]:
    """A new sandbox, and the Medusa at this URL, with the same orders of a guest and of a customer."""
    run = uuid.uuid4().hex[:10]
    with Medusa(url) as medusa, SandboxStore(orders=False) as store, store.client() as client:
        real, sandbox = _twin(url, medusa, run), _twin(store.url, client, run)
        orders = _RealOrders(medusa, real.names["customer_token"])
        guest, claimable = (medusa.orders.retrieve(place_order(medusa, real.names["email"])).order for _ in range(2))
        orders.admin.ship(guest.id)
        orders.refund(guest.id)
        for id in (guest.id, claimable.id):
            store.add_order(orders.whole(id))
        of_customer = [orders.whole(id) for id in orders.of_customer(real.names["customer_email"])]
        for order in of_customer:
            names = {"customer": "id", "customer_created_at": "created_at", "customer_updated_at": "updated_at"}
            order["customer"] |= {key: sandbox.names[name] for name, key in names.items()}
            store.add_order({**order, "customer_id": sandbox.names["customer"]})
        for twin in (real, sandbox):
            twin.names |= {
                "order": guest.id,
                "cart": str(guest.cart_id),
                "display_id": str(guest.display_id),
                "claimable": claimable.id,
                "mine": of_customer[0]["id"],
                "my_display_id": str(of_customer[0]["display_id"]),
                "my_cart": of_customer[0]["cart_id"],
                "my_region": of_customer[0]["region_id"],
                "my_created_at": of_customer[0]["created_at"],
            }
            _claim(twin, "customer_token")
            twin.names["claim_token"] = _claim(twin, "other_token")
        yield sandbox, real


def _twin(url: str, medusa: Medusa, run: str) -> Twin:
    """The store with two customers: Grace, and another one for the claims."""
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
    return Twin(url, names)


def _claim(twin: Twin, login: str) -> str:
    """Claim the guest's second order. Returns the claim's token, for which a real Medusa takes up to three seconds."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {{{login}}}"}
    known = requests.get(f"{twin.url}/claim-tokens", timeout=30).json()
    target, body = "/store/orders/batch/customer/token", '{"order_ids": ["{claimable}"]}'
    assert twin.exchange("POST", target, body, headers)["status"] == 200
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for event in requests.get(f"{twin.url}/claim-tokens", timeout=30).json()[len(known) :]:
            if event["orders"] == [twin.names["claimable"]]:
                return str(event["token"])
        time.sleep(0.1)
    raise AssertionError("the claim's event did not come")


class _RealOrders:
    """Places the orders on the real Medusa, and reads all of them that any route of the sandbox could send."""

    def __init__(self, medusa: Medusa, customer_token: str) -> None:
        self._medusa = medusa
        self._customer = medusa.with_options(token=customer_token)
        self.admin = Admin(medusa)

    def refund(self, id: str) -> None:
        self.admin.post(f"orders/{id}/refund", amount=500, reason="other")

    def of_customer(self, email: str) -> list[str]:
        """The ids of: one with two claims and a swap, one that was canceled, one paid in part by a gift card."""
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
        europe = next(
            r for r in self._medusa.request("GET", "/store/regions")["regions"] if r["currency_code"] == "eur"
        )
        card = self.admin.post("gift-cards", region_id=europe["id"], value=1000)["gift_card"]
        variant = self._medusa.request("GET", "/store/products")["products"][0]["variants"][0]["id"]
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
        """All that any route sends of an order: its columns, its relations and totals, the products of its items."""
        columns = self.admin.get(f"orders/{id}?fields={COLUMNS}")
        row = {name: value for name, value in columns["order"].items() if name in COLUMNS.split(",")}
        order = self._medusa.orders.retrieve_by_cart_id(row["cart_id"], expand=RELATIONS).order.to_dict()
        with_products = self._medusa.request("GET", f"/store/orders/{id}?fields=total")["order"]["items"]
        variants = {item["id"]: item["variant"] for item in with_products}
        for item in order["items"]:
            item["variant"] = variants[item["id"]]
        return {**row, **order}
