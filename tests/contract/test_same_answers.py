"""The same order in a sandbox and in a real Medusa, the same requests to both: the same answers, byte for byte."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from examples.receipt import place_order
from medusa import Medusa, Model, Order
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import ORDER_OF_A_GUEST

EVERYTHING = (
    "shipping_address,fulfillments,fulfillments.tracking_links,items,items.variant,shipping_methods,"
    "shipping_methods.shipping_option,discounts,discounts.rule,customer,payments,region,billing_address"
)
QUERIES = [
    "",
    *[f"expand={relation}" for relation in EVERYTHING.split(",")],
    *["expand=", "expand=,", "expand=items,", "expand=customer,items", "expand=nope", "expand=%20items"],
    *["expand=items&expand=region", "expand[]=items", "expand[a]=items", "expand=nope&fields=nope"],
    *["fields=", "fields=,", "fields=id", "fields=id,email", "fields=email,-id", "fields=object", "fields=created_at"],
    *["fields=tax_rate", "fields=currency_code,subtotal", "fields=id,total&expand=items", "fields=total&expand="],
    *["fields=email&expand=customer", "fields=items", "fields=items.refundable", "fields=items.refundablex"],
    *["fields=items.refundable.x", "fields=total,items.refundable", "fields=items.refundable,subtotal&expand=items"],
    *["fields=-email", "fields=%2Btotal", "fields=%2Bitems.refundable", "fields=*id", "fields=-nope", "fields=%2Bnope"],
    *[
        "fields=idempotency_key",
        "fields=idx",
        "fields=totalx",
        "fields=metadata",
        "fields=a,b,id",
        "fields=id,%20email",
    ],
    *[f"fields={name}" for name in ("shipping_total", "discount_total", "tax_total", "refunded_total", "total")],
    *[f"fields={name}" for name in ("subtotal", "paid_total", "refundable_amount", "gift_card_total")],
    *["fields=gift_card_tax_total", "fields=shipping_total,paid_total", "fields=-total", "fields[]=id"],
    *["limit=1", "foo=bar", "order=created_at", "foo=1&bar=2&expand[]=x"],
]
# Method, path, body as it is sent, and headers.
OTHERS: list[tuple[str, str, str | None, dict[str, str]]] = [
    *[
        ("GET", f"/store/orders?{query}", None, {})
        for query in (
            "display_id=1",
            "email=a@b.co",
            "display_id=x&email=x&expand[]=y&shipping_address=z",
            "display_id=0x1&email=a%40b.co",
            "display_id=1e400&email=a%40b.co",
            "display_id=99999999999&email=a%40b.co",
            "display_id=-0&email=a%40b.co",
            "display_id=+7&email=a@b",
            "display_id=999999&email=a@b.co&shipping_address[postal_code]=1&shipping_address[x]=2",
            "display_id=999999&email=a@b.co&shipping_address[]=1",
            "display_id=999999&email=a@b.co&shipping_address[0][postal_code]=1",
            "display_id=999999&email=a@b.co&shipping_address[postal_code][x]=1",
            "display_id[x]=1&email[]=a@b.co",
            "display_id=999999&email=a.b@sub-domain.example.museum",
            "display_id=999999&email=.a@example.com",
            "display_id=999999&email=a..b@example.com",
            "display_id=999999&email=a@example.c",
            "display_id=999999&email=a@-example.com",
            "display_id=999999&email=a@localhost",
        )
    ],
    *[
        (method, path, None, {})
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
        for path in (
            "/store/orders/order_nope",
            "/store/orders/cart/cart_nope/",
            "/STORE/ORDERS/ORDER_NOPE?expand=nope",
            "/store/orders/customer/confirm",
            "/store/orders/a/b/c",
            "/store/auth/nobody%40example.com",
            "/store/customers/me",
            "/store/customers/me/orders",
            "/storefront",
        )
        if (method, path) != ("OPTIONS", "/storefront")
    ],
    ("GET", "/health", None, {}),
    ("HEAD", "/health/", None, {}),
    *[
        ("POST", path, body, {"Content-Type": "application/json"})
        for path in ("/store/auth", "/store/auth/token", "/store/customers", "/store/orders/customer/confirm")
        for body in (
            "",
            "{}",
            "[]",
            "[1, 2]",
            '["a", {}]',
            "null",
            "{",
            "{]",
            "true",
            '{"email": "nobody", "password": ""}',
            '{"email": "nobody@example.com"}',
            '{"email": "nobody@example.com", "password": null, "x": 1}',
            '{"email": ["nobody@example.com"], "password": [1], "first_name": 1, "last_name": {}, "phone": 2}',
            '{"token": "a.b.c"}',
            '{"token": 1, "y": 2}',
        )
    ],
    ("POST", "/store/auth", "email=a", {"Content-Type": "application/x-www-form-urlencoded"}),
    ("POST", "/store/auth", "{}", {"Content-Type": "application/json; charset=utf-8"}),
    ("POST", "/store/auth", json.dumps({"x": "y" * 110_000}), {"Content-Type": "application/json"}),
    ("GET", "/store/auth", None, {"Authorization": "Bearer x"}),
    ("GET", "/store/auth", None, {"Authorization": "Basic eA=="}),
    ("GET", "/store/auth", None, {"Cookie": "connect.sid=s%3Ax.y"}),
    ("GET", "/store/orders/%", None, {}),
    ("GET", "/store/orders/%00", None, {}),
    ("GET", "/store/auth/%zz", None, {}),
]


@pytest.fixture(scope="module")
def pair(backend: dict[str, Any]) -> Iterator[tuple[str, str, Order]]:
    """The URLs of a sandbox and of a real Medusa, and the order that both have: shipped, and refunded in part."""
    with Medusa(backend["url"]) as medusa, Medusa(backend["url"]) as admin, SandboxStore(orders=False) as store:
        id = place_order(medusa, f"twin-{uuid.uuid4().hex[:10]}@example.com")
        login = {"email": "admin@example.com", "password": "supersecret"}
        token = admin.request("POST", "/admin/auth/token", json=login)["access_token"]
        path = f"/admin/orders/{id}"

        def as_admin(action: str, **json: Any) -> Any:
            headers = {"Authorization": f"Bearer {token}"}
            return admin.request("POST", f"{path}/{action}", json=json, custom_headers=headers)["order"]

        items = as_admin("capture")["items"]
        quantities = [{"item_id": item["id"], "quantity": item["quantity"]} for item in items]
        fulfillment = as_admin("fulfillment", items=quantities)["fulfillments"][0]
        as_admin("shipment", fulfillment_id=fulfillment["id"], tracking_numbers=["1Z999AA10123456784"])
        as_admin("refund", amount=500, reason="other")
        cart_id = medusa.orders.retrieve(id).order.cart_id
        assert cart_id
        whole = medusa.orders.retrieve_by_cart_id(cart_id, expand=EVERYTHING).order.to_dict()
        with_products = medusa.request("GET", f"/store/orders/{id}?fields=total")["order"]["items"]
        for item, with_product in zip(whole["items"], with_products, strict=True):
            item["variant"] = with_product["variant"]
        yield store.url, backend["url"], store.add_order(whole)


def exchange(url: str, method: str, path: str, body: str | None, headers: dict[str, str]) -> dict[str, Any]:
    """What is comparable of an answer."""
    response = requests.request(method, url + path, data=body, headers=headers, timeout=30, allow_redirects=False)
    names = {name.title() for name in response.headers} - {"Server", "Transfer-Encoding"}
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    text = response.text.partition("<br>")[0]  # of an error page without its stack
    return {
        "status": response.status_code,
        "headers": names - {"Etag", "Content-Length"} if "<br>" in response.text else names,
        "type": response.headers.get("Content-Type"),
        "body": _without_stock(response.json()) if is_json and method != "HEAD" else text,
    }


def _without_stock(body: Any) -> Any:
    """A body without what changes when others buy the same or use the same discount."""
    for item in body.get("order", {}).get("items", []):
        item["variant"] |= {"inventory_quantity": 0, "updated_at": ""}
    for discount in body.get("order", {}).get("discounts", []):
        discount |= {"usage_count": 0, "updated_at": ""}
    return body


@pytest.mark.parametrize("query", QUERIES)
def test_selection(pair: tuple[str, str, Order], query: str) -> None:
    sandbox, medusa, order = pair
    lookup = f"/store/orders?display_id={order.display_id}&email={order.email}&{query}"
    for path in (f"/store/orders/{order.id}?{query}", f"/store/orders/cart/{order.cart_id}?{query}", lookup):
        assert exchange(sandbox, "GET", path, None, {}) == exchange(medusa, "GET", path, None, {}), path


@pytest.mark.parametrize("request_", OTHERS, ids=lambda request: f"{request[0]} {request[1]} {request[2]}"[:60])
def test_other_requests(pair: tuple[str, str, Order], request_: tuple[str, str, str | None, dict[str, str]]) -> None:
    sandbox, medusa, _ = pair
    assert exchange(sandbox, *request_) == exchange(medusa, *request_)


def test_totals(backend: dict[str, Any]) -> None:
    """The same items, discount and shipping come to the same, and have the same fields, as those of a real order."""
    with SandboxStore(orders=False) as store, Medusa(backend["url"]) as medusa:
        real = medusa.orders.retrieve(place_order(medusa)).order
        items = [
            {"title": item.title, "unit_price": item.unit_price, "quantity": item.quantity, "variant": SOME_VARIANT}
            for item in real.items
        ]
        discounts = [{"code": "TENPERCENT", "type": "percentage", "value": 10}]
        id = store.add_order(items=items, tax_rate=20, shipping=490, discounts=discounts).id
        made = store.client().orders.retrieve(id).order
        assert amounts(made) == amounts(real)
        assert [amounts(item) for item in made.items] == [amounts(item) for item in real.items]
        assert amounts(made.shipping_methods[0]) == amounts(real.shipping_methods[0])
        assert dir(made) == dir(real)
        for ours, theirs in (
            (made.items, real.items),
            (made.payments, real.payments),
            (made.discounts, real.discounts),
        ):
            assert [dir(each) for each in ours] == [dir(each) for each in theirs]
        assert [dir(method) for method in made.shipping_methods] == [dir(method) for method in real.shipping_methods]


SOME_VARIANT = ORDER_OF_A_GUEST["items"][0]["variant"]


def amounts(model: Model) -> dict[str, Any]:
    """What a model holds in the smallest currency unit."""
    return {
        name: value
        for name, value in model.to_dict().items()
        if name in ("total", "subtotal", "refundable", "unit_price", "price") or name.endswith(("_total", "amount"))
    }
