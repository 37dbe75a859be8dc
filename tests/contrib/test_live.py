"""Shops in Django and Flask on a real Medusa: logins, orders that only their customer may see, and carts."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from examples.receipt import place_order
from medusa import Medusa, MedusaServerError, Region
from medusa.contrib.money import to_decimal

from ..amounts import written
from .conftest import Browser, open_django, open_flask

PASSWORD = "correct-horse"


def register(medusa: Medusa) -> tuple[str, str]:
    """Register a customer and place an order. Return the e-mail address and the ID of the order."""
    email = f"customer-{uuid.uuid4().hex[:10]}@example.com"
    customer = {"email": email, "password": PASSWORD, "first_name": "Grace", "last_name": "Hopper"}
    medusa.request("POST", "/store/customers", json=customer)
    own = medusa.with_options()
    own.auth.get_token({"email": email, "password": PASSWORD})
    return email, place_order(own, email)


def signed_token(secret: str, customer_id: str, seconds: int) -> str:
    """Return a JWT that is signed like those of the backend, and is valid for this number of seconds."""

    def encode(part: bytes) -> str:
        return base64.urlsafe_b64encode(part).rstrip(b"=").decode()

    claims = {"customer_id": customer_id, "domain": "store", "exp": int(time.time()) + seconds}
    signed = ".".join(encode(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return f"{signed}.{encode(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


@pytest.mark.parametrize("open_shop", [open_django, open_flask])
def test_a_shop(
    backend_as_seeded: dict[str, Any], open_shop: Callable[..., Callable[[], Browser]], session_files: str
) -> None:
    medusa = Medusa(backend_as_seeded["url"])
    (ada_email, ada_order), (bob_email, bob_order) = register(medusa), register(medusa)
    with medusa, ExitStack() as exits:
        browsers = open_shop(backend_as_seeded["url"], exits, SESSION_FILE_PATH=session_files)
        ada, bob, nobody = browsers(), browsers(), browsers()
        assert ada("/login", email=ada_email, password="wrong").status == 401
        assert ada("/me").status == 401
        assert ada("/login", email=ada_email, password=PASSWORD).text == ada_email
        assert bob("/login", email=bob_email, password=PASSWORD).text == bob_email
        for browser, email, own, others in (
            (ada, ada_email, ada_order, bob_order),
            (bob, bob_email, bob_order, ada_order),
        ):
            assert browser("/me").text == email
            assert browser(f"/my-orders/{own}").text == own
            assert browser(f"/my-orders/{own}", fields="id").text == own
            assert browser(f"/my-orders/{others}").status == 404
            assert browser(f"/orders/{others}").text.strip() == f"{others}: {written('216.37', 'eur')}"
        assert nobody(f"/my-orders/{ada_order}").status == 401
        for id in ("order_nope", "..", "%00", "%25", "x" * 300):
            assert ada(f"/orders/{id}").status == 404
            assert ada(f"/my-orders/{id}").status == 404

        bob_id = medusa.orders.retrieve(bob_order).order.customer_id
        assert bob_id
        for seconds, status in ((60, 200), (-60, 401)):
            token = signed_token(backend_as_seeded["jwt_secret"], bob_id, seconds)
            assert bob(f"/keep/{token}", key="medusa_token").status == 200
            assert bob("/me").status == status
        assert bob(f"/keep/{token}", key="medusa_token").status == 200
        assert bob(f"/my-orders/{bob_order}").status == 401
        assert bob("/me").status == 401
        assert bob(f"/orders/{bob_order}").status == 200

        assert ada("/logout").status == 200
        assert ada("/me").status == 401


@pytest.mark.parametrize("open_shop", [open_django, open_flask])
def test_a_cart(
    backend_as_seeded: dict[str, Any], open_shop: Callable[..., Callable[[], Browser]], session_files: str
) -> None:
    medusa = Medusa(backend_as_seeded["url"])
    variants = {variant.sku: variant.id for product in medusa.products.iterate() for variant in product.variants}
    mug, candle = variants["MUG-350"], variants["CANDLE-CEDAR"]
    email, _ = register(medusa)
    with medusa, ExitStack() as exits:
        browser = open_shop(backend_as_seeded["url"], exits, SESSION_FILE_PATH=session_files)()

        def cart() -> Any:
            return json.loads(browser("/cart").text)

        assert cart() is None
        browser(f"/add/{mug}")
        first = cart()
        assert first["items"] == {mug: 1}
        browser("/login", email=email, password=PASSWORD)
        browser(f"/add/{candle}")
        assert cart() == {"id": first["id"], "items": {mug: 1, candle: 1}}
        stored = medusa.carts.retrieve(first["id"]).cart
        assert stored.email == email
        assert stored.region
        assert browser("/price").text == price_of_mug(medusa, stored.region)

        assert browser("/complete").text == "Please choose how to pay."
        browser("/check-out", email=email)
        order_id = browser("/complete").text
        order = medusa.orders.retrieve(order_id).order
        assert (order.cart_id, order.email) == (first["id"], email)
        assert browser("/complete").text == order_id
        assert cart() is None
        browser(f"/add/{mug}")
        second = cart()
        assert second["items"] == {mug: 1}
        assert second["id"] != first["id"]
        assert len(medusa.orders.retrieve(order_id).order.items) == 2

        browser("/login", email=register(medusa)[0], password=PASSWORD)
        assert cart() is None
        browser(f"/add/{mug}")
        assert cart() is not None
        browser("/logout")
        assert cart() is None


def price_of_mug(medusa: Medusa, region: Region) -> str:
    """Return what a template shows for the product and for its variant."""
    (mug,) = medusa.products.list({"handle": "enamel-mug", "region_id": region.id}).products
    including_tax = mug.variants[0].calculated_price_incl_tax
    assert including_tax
    text = written(str(to_decimal(including_tax, region.currency_code)), region.currency_code)
    return f"{text} {text}"


@pytest.mark.parametrize("open_shop", [open_django, open_flask])
def test_a_cart_with_a_deleted_variant(
    backend_as_seeded: dict[str, Any], open_shop: Callable[..., Callable[[], Browser]], session_files: str
) -> None:
    """The shop shows no cart. The backend returns 500 for such a cart after its taxes were computed."""
    with Medusa(backend_as_seeded["url"]) as medusa, ExitStack() as exits:
        browser = open_shop(backend_as_seeded["url"], exits, SESSION_FILE_PATH=session_files)()
        sign_in = {"email": "admin@example.com", "password": "supersecret"}
        token = medusa.request("POST", "/admin/auth/token", json=sign_in)["access_token"]
        admin = medusa.with_options(custom_headers={"Authorization": f"Bearer {token}"})
        variant: dict[str, Any] = {
            "title": "Only",
            "inventory_quantity": 5,
            "prices": [{"currency_code": code, "amount": 100} for code in ("eur", "usd", "gbp")],
            "options": [{"value": "One"}],
        }
        product: dict[str, Any] = {"title": f"Short-lived {uuid.uuid4().hex}", "status": "published"}
        product |= {"options": [{"title": "Size"}], "variants": [variant]}
        made = admin.request("POST", "/admin/products", json=product)["product"]
        channel = medusa.carts.create().cart.sales_channel_id
        admin.request("POST", f"/admin/products/{made['id']}", json={"sales_channels": [{"id": channel}]})
        cart_id = json.loads(browser(f"/add/{made['variants'][0]['id']}").text)["id"]
        region = medusa.carts.retrieve(cart_id).cart.region
        assert region
        country = str(region.countries[0].iso_2)
        medusa.carts.update(cart_id, {"email": "a@example.com", "shipping_address": {"country_code": country}})
        medusa.carts.create_payment_sessions(cart_id)
        admin.request("DELETE", f"/admin/products/{made['id']}")
        with pytest.raises(MedusaServerError):
            medusa.carts.retrieve(cart_id)
        assert browser("/cart").text.strip() == "null"
