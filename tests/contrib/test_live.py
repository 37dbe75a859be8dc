"""A shop in Django and in Flask on a real Medusa: log in, see one's own order and nobody else's, expire, log out."""

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
from medusa import Medusa

from ..amounts import written
from .conftest import Browser, open_django, open_flask

PASSWORD = "correct-horse"


def register(medusa: Medusa) -> tuple[str, str]:
    """A new customer's e-mail address, and the id of an order of theirs."""
    email = f"customer-{uuid.uuid4().hex[:10]}@example.com"
    customer = {"email": email, "password": PASSWORD, "first_name": "Grace", "last_name": "Hopper"}
    medusa.request("POST", "/store/customers", json=customer)
    own = medusa.with_options()
    own.auth.get_token({"email": email, "password": PASSWORD})
    return email, place_order(own, email)


def signed_token(secret: str, customer_id: str, seconds: int) -> str:
    """A JWT as the backend signs them, which is valid for these seconds."""

    def encode(part: bytes) -> str:
        return base64.urlsafe_b64encode(part).rstrip(b"=").decode()

    claims = {"customer_id": customer_id, "domain": "store", "exp": int(time.time()) + seconds}
    signed = ".".join(encode(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return f"{signed}.{encode(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


@pytest.mark.parametrize("open_shop", [open_django, open_flask])
def test_a_shop(backend: dict[str, Any], open_shop: Callable[..., Callable[[], Browser]], session_files: str) -> None:
    medusa = Medusa(backend["url"])
    (ada_email, ada_order), (bob_email, bob_order) = register(medusa), register(medusa)
    with medusa, ExitStack() as exits:
        browsers = open_shop(backend["url"], exits, SESSION_FILE_PATH=session_files)
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
            token = signed_token(backend["jwt_secret"], bob_id, seconds)
            assert bob(f"/keep/{token}", key="medusa_token").status == 200
            assert bob("/me").status == status
        assert bob(f"/keep/{token}", key="medusa_token").status == 200
        assert bob(f"/my-orders/{bob_order}").status == 401
        assert bob("/me").status == 401
        assert bob(f"/orders/{bob_order}").status == 200

        assert ada("/logout").status == 200
        assert ada("/me").status == 401
