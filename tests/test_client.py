"""The client: its options, the headers that it sends, and its copies."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
import requests
from pytest_httpserver import HTTPServer
from urllib3.util import Retry

from medusa import Medusa, MedusaServerError

from .conftest import Sent, recorded

Answer = Callable[..., None]


def url(httpserver: HTTPServer) -> str:
    return httpserver.url_for("")


# Headers and credentials.


def test_headers_of_a_plain_call(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer(recorded("plain"))
    medusa.orders.retrieve("order_1")
    headers = sent().headers
    assert headers["Accept"] == "application/json"
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("medusa-sdk ")
    for name in ("Authorization", "Cookie", "Idempotency-Key", "x-publishable-api-key", "x-medusa-access-token"):
        assert name not in headers


def test_per_call_headers_go_over_the_clients_over_the_defaults(
    httpserver: HTTPServer, answer: Answer, sent: Sent
) -> None:
    """Headers of a call replace headers of the client, which replace the default headers."""
    answer(recorded("plain"))
    custom = {"accept": "application/vnd.shop+json", "X-Store": "client"}
    medusa = Medusa(url(httpserver), token="jwt", publishable_api_key="pk_1", custom_headers=custom)
    medusa.orders.retrieve("order_1", {"x-store": "call", "authorization": "Bearer other", "X-Empty": ""})
    headers = sent().headers
    assert headers.getlist("Accept") == ["application/vnd.shop+json"]
    assert headers.getlist("X-Store") == ["call"]
    assert headers.getlist("Authorization") == ["Bearer other"]
    assert headers["x-publishable-api-key"] == "pk_1"
    assert headers["X-Empty"] == ""
    medusa.orders.retrieve("order_1")
    assert sent().headers["X-Store"] == "client"
    assert sent().headers["Authorization"] == "Bearer jwt"
    assert custom == {"accept": "application/vnd.shop+json", "X-Store": "client"}


@pytest.mark.parametrize(
    ("path", "api_key", "token"),
    [
        ("/store/orders", None, "Bearer jwt"),
        ("/custom", None, "Bearer jwt"),
        ("/administration", None, "Bearer jwt"),
        ("/admin", "sk_1", None),
        ("/admin/orders", "sk_1", None),
        ("/admin/orders?q=/store", "sk_1", None),
        ("/store?next=/admin/", None, "Bearer jwt"),
        ("/admin/auth", None, None),
    ],
)
def test_the_api_key_goes_to_admin_paths_and_the_token_to_all_others(
    httpserver: HTTPServer, answer: Answer, sent: Sent, path: str, api_key: str | None, token: str | None
) -> None:
    answer({})
    Medusa(url(httpserver), api_key="sk_1", token="jwt").request("POST", path)
    assert sent().headers.get("x-medusa-access-token") == api_key
    assert sent().headers.get("Authorization") == token


def test_publishable_key_can_be_set_later(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer(recorded("plain"))
    before = medusa.with_options()
    medusa.set_publishable_key("pk_2")
    medusa.orders.retrieve("order_1")
    assert sent().headers["x-publishable-api-key"] == "pk_2"
    before.orders.retrieve("order_1")
    assert "x-publishable-api-key" not in sent().headers


@pytest.mark.parametrize(
    ("max_retries", "has_key"),
    [(0, False), (1, True), (Retry(0), False), (Retry(2), True), (Retry(None), True), (Retry(False), False)],
)
def test_a_post_that_may_be_retried_has_an_idempotency_key_of_its_own(
    httpserver: HTTPServer, answer: Answer, sent: Sent, max_retries: int | Retry, has_key: bool
) -> None:
    answer()
    medusa = Medusa(url(httpserver), max_retries=max_retries)
    keys = []
    for _ in range(2):
        medusa.orders.confirm_request({"token": "t"})
        keys.append(sent().headers.get("Idempotency-Key"))
    assert (len({key for key in keys if key}) == 2) is has_key
    medusa.orders.confirm_request({"token": "t"}, {"idempotency-key": "mine"})
    assert sent().headers["Idempotency-Key"] == "mine"
    medusa.auth.delete_session()
    assert "Idempotency-Key" not in sent().headers


# Copies, closing, pickling.


def test_a_copy_has_its_own_credentials_on_the_same_connection(
    httpserver: HTTPServer, answer: Answer, sent: Sent
) -> None:
    answer(recorded("plain"))
    with Medusa(url(httpserver), publishable_api_key="pk_1", custom_headers={"X-Store": "1"}) as medusa:
        ada, grace = medusa.with_options(token="ada"), medusa.with_options(token="grace", custom_headers=None)
        seen = []
        for client in (medusa, ada, grace, medusa):
            client.orders.retrieve("order_1")
            seen.append((sent().headers.get("Authorization"), sent().headers.get("X-Store")))
            assert sent().headers["x-publishable-api-key"] == "pk_1"
        assert seen == [(None, "1"), ("Bearer ada", "1"), ("Bearer grace", None), (None, "1")]
        assert ada.session is not medusa.session
        assert ada.session.get_adapter(url(httpserver)) is medusa.session.get_adapter(url(httpserver))


def test_a_copys_retries_are_its_own(httpserver: HTTPServer, answer: Answer) -> None:
    answer({"message": "no"}, 503, headers={"Retry-After": "0"})
    medusa = Medusa(url(httpserver))
    patient = medusa.with_options(max_retries=2)
    for client, attempts in ((medusa, 1), (patient, 3), (patient.with_options(token="t"), 3)):
        before = len(httpserver.log)
        with pytest.raises(MedusaServerError):
            client.orders.retrieve("order_1")
        assert len(httpserver.log) - before == attempts


@pytest.mark.parametrize("option", [{"session": requests.Session()}, {"pool_maxsize": 5}])
def test_what_copies_share_cannot_be_changed(medusa: Medusa, option: Any) -> None:
    with pytest.raises(ValueError, match=next(iter(option))):
        medusa.with_options(**option)


def test_closing_a_copy_leaves_the_pool_and_closing_twice_is_fine(medusa: Medusa, answer: Answer) -> None:
    answer(recorded("plain"))
    medusa.orders.retrieve("order_1")
    with medusa.with_options(token="ada") as copied:
        copied.orders.retrieve("order_1")
    medusa.orders.retrieve("order_1")
    medusa.close()
    medusa.close()
    medusa.orders.retrieve("order_1")


def test_a_pickled_or_copied_client_keeps_its_configuration_but_no_cookies(
    httpserver: HTTPServer, answer: Answer, sent: Sent
) -> None:
    answer({"customer": {"id": "cus_1"}}, headers={"Set-Cookie": "connect.sid=s3cret; Path=/"})
    medusa = Medusa(
        url(httpserver), max_retries=1, api_key="sk_1", publishable_api_key="pk_1", custom_headers={"X": "1"}
    )
    medusa.auth.authenticate({"email": "ada@example.com", "password": "p"})
    assert medusa.session.cookies
    pickled = pickle.dumps(medusa)
    assert b"s3cret" not in pickled
    for twin in (pickle.loads(pickled), copy.deepcopy(medusa), copy.copy(medusa)):
        twin.request("POST", "/store/custom")
        headers = sent().headers
        assert headers["x-publishable-api-key"] == "pk_1"
        assert headers["X"] == "1"
        assert headers["Idempotency-Key"]
        assert "Cookie" not in headers
        assert not twin.session.cookies
        twin.close()
    assert medusa.session.cookies


def test_repr_names_the_backend_alone() -> None:
    medusa = Medusa("https://shop.example/", api_key="sk_secret", token="jwt_secret", publishable_api_key="pk_secret")
    assert repr(medusa) == "<Medusa https://shop.example>"


def test_base_url_may_have_a_path_and_a_slash(httpserver: HTTPServer, answer: Answer, sent: Sent) -> None:
    answer(recorded("plain"))
    Medusa(url(httpserver) + "/shop/").orders.retrieve("order_1")
    assert sent().path == "/shop/store/orders/order_1"
