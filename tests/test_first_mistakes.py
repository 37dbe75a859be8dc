"""The mistakes that newcomers make first: each error says what is wrong and what to do about it."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from typing import Any, cast

import pytest
from pytest_httpserver import HTTPServer

import medusa as package
from medusa import (
    Medusa,
    MedusaAPIError,
    MedusaAuthenticationError,
    MedusaConnectionError,
    MedusaDecodeError,
    MedusaError,
    NotLoadedError,
    Order,
    StoreOrdersRes,
    is_loaded,
)

from .conftest import recorded

Answer = Callable[..., None]


def last_line_of(code: str) -> str:
    """Return the last line that Python prints to stderr when it runs this code."""
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stderr
    return printed.splitlines()[-1]


# A wrong base URL.


@pytest.mark.parametrize(
    ("base_url", "said"),
    [
        ("localhost:9000", "base_url must begin with http:// or https://, such as http://localhost:9000"),
        ("shop.example", "base_url must begin with http:// or https://, such as http://localhost:9000"),
        ("http:/shop.example", "base_url must begin with http:// or https://, such as http://localhost:9000"),
        ("http://", "base_url must have a valid host and port, such as http://localhost:9000"),
        ("http://shop.example:99999", "base_url must have a valid host and port, such as http://localhost:9000"),
        ("http://shop.example:0", "base_url must have a valid host and port, such as http://localhost:9000"),
        ("http://ada:pa55@shop.example", "base_url must not contain a user or a password"),
        ("http://shop.example?x=a@b", "base_url must not contain a query, a fragment, a backslash or a space"),
        ("http://shop.example /", "base_url must not contain a query, a fragment, a backslash or a space"),
    ],
)
def test_a_base_url_that_is_not_valid(base_url: str, said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole text is asserted
        Medusa(base_url)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("path", "route"), [("/store", "GET /store/orders/{id}"), ("/admin", "GET /admin/orders/{id}")]
)
def test_a_base_url_with_the_path_of_an_api(medusa: Medusa, answer: Answer, path: str, route: str) -> None:
    answer("<!DOCTYPE html><title>Error</title><pre>Cannot GET /x</pre>", 404, "text/html; charset=utf-8")
    client = medusa.with_options(base_url=medusa.base_url + path)
    calls: dict[str, Callable[[], object]] = {
        "/store": lambda: client.orders.retrieve("order_1"),
        "/admin": lambda: client.admin.orders.retrieve("order_1"),
    }
    with pytest.raises(MedusaError) as caught:
        calls[path]()
    assert str(caught.value) == (
        f"{route} returned 404 (the backend has no such route: check the path, and that base_url is the root of a"
        " Medusa v1 backend, without /store or /admin): Cannot GET /x"
    )


def test_a_port_that_serves_web_pages(medusa: Medusa, answer: Answer) -> None:
    answer("<!doctype html><title>Shop</title>", 200, "text/html; charset=utf-8")
    with pytest.raises(MedusaDecodeError) as caught:
        medusa.products.list()
    assert str(caught.value) == (
        "GET /store/products returned 200 with an unexpected body (text/html; charset=utf-8): the body is not JSON:"
        " Expecting value: line 1 column 1 (char 0) (this is a web page: check that base_url is the address of the"
        " Medusa backend)"
    )


def test_https_to_a_port_without_tls(medusa: Medusa, httpserver: HTTPServer) -> None:
    base_url = f"https://127.0.0.1:{httpserver.port}"
    with pytest.raises(MedusaConnectionError) as caught:
        medusa.with_options(base_url=base_url).products.list()
    # The text of OpenSSL depends on its version.
    begin, _, openssl = str(caught.value).partition(": SSLError: [SSL: ")
    assert begin == f"GET /store/products received no complete response from {base_url}"
    assert openssl.startswith(("WRONG_VERSION_NUMBER]", "PACKET_LENGTH_TOO_LONG]", "RECORD_LAYER_FAILURE]"))
    assert openssl.endswith(
        ") (the server does not seem to speak TLS on this port: check the scheme and the port of base_url)"
    )


# A backend that is down, or that is Medusa v2.


ADVICE = "(check that the backend is running and that base_url is right)"


def test_a_backend_that_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        base_url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(MedusaConnectionError) as caught:
        Medusa(base_url).products.list()
    refused = f"[Errno {errno.ECONNREFUSED}] {os.strerror(errno.ECONNREFUSED)}"
    assert str(caught.value) == (
        f"GET /store/products received no complete response from {base_url}: ConnectionError: Failed to establish a new"
        f" connection: {refused} {ADVICE}"
    )


def test_a_host_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_host(*args: object, **options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_host)  # A machine without a name server raises another error.
    with pytest.raises(MedusaConnectionError) as caught:
        Medusa("http://shop.invalid").products.list()
    assert str(caught.value) == (
        "GET /store/products received no complete response from http://shop.invalid: ConnectionError: Failed to resolve"
        f" 'shop.invalid' ([Errno {socket.EAI_NONAME}] Name or service not known) {ADVICE}"
    )


def test_a_backend_of_v2(medusa: Medusa, answer: Answer) -> None:
    answer({"order": {"id": "order_1", "total": 20, "raw_total": {"value": "20", "precision": 20}}})
    with pytest.raises(MedusaDecodeError) as decoding:
        medusa.orders.retrieve("order_1")
    assert str(decoding.value) == (
        "GET /store/orders/{id} returned 200 with an unexpected body (application/json; charset=utf-8): order: this is"
        " an object of Medusa v2, and this SDK supports Medusa v1 only: v2 amounts are in major units and would be"
        " misread"
    )
    answer({"type": "not_allowed", "message": "A valid publishable key is required to proceed with the request"}, 400)
    with pytest.raises(MedusaAPIError) as refused:
        medusa.products.list()
    assert str(refused.value) == (
        "GET /store/products returned 400 not_allowed: A valid publishable key is required to proceed with the request"
        " (this is a message of Medusa v2, and this SDK supports Medusa v1 only: connect to a v1 backend)"
    )


# A missing login and a wrong credential.

LOGIN = {"email": "ada@example.com", "password": "wrong"}
NO_CUSTOMER = "Unauthorized (no customer is logged in, or the login has ended: call auth.get_token)"
NO_USER = (
    "Unauthorized (no admin user is logged in, or the login has ended: call admin.auth.get_token, or pass api_key)"
)
WRONG_KEY = "Unauthorized (api_key is not the API token of an admin user: correct it, or call admin.auth.get_token)"
WRONG_PASSWORD = "Unauthorized (the e-mail address or the password is wrong)"


@pytest.mark.parametrize(
    ("options", "method", "arguments", "said"),
    [
        ({}, "customers.retrieve", (), f"GET /store/customers/me returned 401: {NO_CUSTOMER}"),
        ({"token": "a.b.c"}, "auth.get_session", (), f"GET /store/auth returned 401: {NO_CUSTOMER}"),
        ({}, "admin.orders.list", (), f"GET /admin/orders returned 401: {NO_USER}"),
        ({"admin_token": "a.b.c"}, "admin.auth.get_session", (), f"GET /admin/auth returned 401: {NO_USER}"),
        ({"api_key": "key"}, "admin.orders.list", (), f"GET /admin/orders returned 401: {WRONG_KEY}"),
        ({}, "auth.authenticate", (LOGIN,), f"POST /store/auth returned 401: {WRONG_PASSWORD}"),
        ({}, "auth.get_token", (LOGIN,), f"POST /store/auth/token returned 401: {WRONG_PASSWORD}"),
        ({}, "admin.auth.create_session", (LOGIN,), f"POST /admin/auth returned 401: {WRONG_PASSWORD}"),
        (
            {"api_key": "key"},
            "admin.auth.get_token",
            (LOGIN,),
            f"POST /admin/auth/token returned 401: {WRONG_PASSWORD}",
        ),
        ({}, "request", ("GET", "/wishlists"), "GET /wishlists returned 401: Unauthorized"),
        ({}, "request", ("GET", "/store/gift lists"), f"GET /store/gift lists returned 401: {NO_CUSTOMER}"),
    ],
)
def test_a_missing_login_and_a_wrong_credential(
    medusa: Medusa, answer: Answer, options: dict[str, Any], method: str, arguments: tuple[Any, ...], said: str
) -> None:
    answer("Unauthorized", 401, "")
    with pytest.raises(MedusaAuthenticationError) as caught:
        attrgetter(method)(medusa.with_options(**options))(*arguments)
    assert str(caught.value) == said


def test_any_other_401_is_not_explained(medusa: Medusa, answer: Answer) -> None:
    answer({"type": "unauthorized", "message": "Invalid or expired password reset token"}, 401)
    with pytest.raises(MedusaAuthenticationError) as caught:
        medusa.customers.reset_password({"email": "ada@example.com", "password": "p", "token": "t"})
    assert str(caught.value) == (
        "POST /store/customers/password-reset returned 401 unauthorized: Invalid or expired password reset token"
    )


# An unknown ID, a field that was not requested, a naive datetime.


def test_an_unknown_id(medusa: Medusa, answer: Answer) -> None:
    answer({"type": "not_found", "message": "Order with id order_1 was not found"}, 404)
    with pytest.raises(MedusaAPIError) as caught:
        medusa.orders.retrieve("order_1")
    assert str(caught.value) == "GET /store/orders/{id} returned 404 not_found: Order with id order_1 was not found"


def test_a_forgotten_expand(medusa: Medusa, answer: Answer) -> None:
    answer(recorded("plain"))
    order = medusa.orders.retrieve("order_1").order
    with pytest.raises(NotLoadedError) as caught:
        print(order.claims)
    assert str(caught.value) == (
        "Order.claims is not loaded: the response did not include it. Request a relation with expand=[...] and a"
        " column with fields=[...], if the method takes them"
    )


def test_a_naive_datetime(medusa: Medusa) -> None:
    naive = datetime(2026, 1, 2)
    with pytest.raises(ValueError) as in_query:  # noqa: PT011
        medusa.admin.orders.list({"created_at": {"gt": naive}})
    with pytest.raises(ValueError) as in_payload:  # noqa: PT011
        medusa.admin.discounts.update("disc_1", {"starts_at": naive})
    with pytest.raises(ValueError) as in_model:  # noqa: PT011
        Order(id="order_1", created_at=naive).to_dict()
    said = "the datetime must be timezone-aware, such as datetime.now(UTC)"
    assert str(in_query.value) == f"params.created_at[gt]: {said}"
    assert str(in_payload.value) == f"payload.starts_at: {said}"
    assert str(in_model.value) == said


# A name that does not exist.


@pytest.mark.parametrize(
    ("owner", "name", "said"),
    [
        ("", "ordres", "'Medusa' object has no attribute 'ordres'. Did you mean: 'orders'?"),
        ("", "Orders", "'Medusa' object has no attribute 'Orders'. Did you mean: 'orders'?"),
        ("", "giftCards", "'Medusa' object has no attribute 'giftCards'. Did you mean: 'gift_cards'?"),
        ("", "frobnicate", "'Medusa' object has no attribute 'frobnicate'"),
        ("", "_orders", "'Medusa' object has no attribute '_orders'"),
        (".orders", "retreive", "'OrdersResource' object has no attribute 'retreive'. Did you mean: 'retrieve'?"),
        (
            ".orders",
            "lookupOrder",
            "'OrdersResource' object has no attribute 'lookupOrder'. Did you mean: 'lookup_order'?",
        ),
        (".orders", "_get_", "'OrdersResource' object has no attribute '_get_'"),
        (".admin", "order", "'AdminResource' object has no attribute 'order'. Did you mean: 'orders'?"),
    ],
)
def test_an_attribute_that_does_not_exist(owner: str, name: str, said: str) -> None:
    """The error suggests a similar name. Python prints the same text and adds no suggestion of its own."""
    obj: object = Medusa()
    if owner:
        obj = attrgetter(owner.removeprefix("."))(obj)
    assert not hasattr(obj, name)
    assert getattr(obj, name, "default") == "default"
    with pytest.raises(AttributeError) as caught:
        getattr(obj, name)
    assert type(caught.value) is AttributeError
    assert caught.value.name == name
    assert str(caught.value) == said
    if "mean" in said:
        assert last_line_of(f"import medusa; medusa.Medusa(){owner}.{name}") == f"AttributeError: {said}"


def test_a_field_that_does_not_exist() -> None:
    order: Any = Order(id="order_1")
    for name, said in (
        ("totl", "'Order' object has no attribute 'totl'. Did you mean: 'total'?"),
        ("shippingMethods", "'Order' object has no attribute 'shippingMethods'. Did you mean: 'shipping_methods'?"),
        ("frobnicate", "'Order' object has no attribute 'frobnicate'"),
        ("__html__", "'Order' object has no attribute '__html__'"),
    ):
        with pytest.raises(AttributeError) as caught:
            getattr(order, name)
        assert str(caught.value) == said
        assert not hasattr(order, name)
    with pytest.raises(AttributeError, match=r"^'StoreOrdersRes' .* 'ordr'\. Did you mean: 'order'\?$"):
        print(cast("Any", StoreOrdersRes(order=order)).ordr)
    with pytest.raises(TypeError, match=r"^Order has no field 'totl'\. Did you mean: 'total'\?$"):
        cast("Any", Order)(totl=1)
    with pytest.raises(ValueError, match=r"^Order has no field 'totl'\. Did you mean: 'total'\?$"):
        is_loaded(order, "totl")


def test_an_option_that_does_not_exist(medusa: Medusa) -> None:
    create: Any = Medusa
    copy: Any = medusa.with_options
    for call, name, said in (
        (create, "retries", "there is no option 'retries'. Did you mean: 'max_retries'?"),
        (create, "baseUrl", "there is no option 'baseUrl'. Did you mean: 'base_url'?"),
        (create, "frobnicate", "there is no option 'frobnicate'"),
        (copy, "apikey", "there is no option 'apikey'. Did you mean: 'api_key'?"),
    ):
        with pytest.raises(TypeError) as caught:
            call(**{name: "x"})
        assert str(caught.value) == said
    with pytest.raises(TypeError) as caught:
        create("http://localhost:9000", 3)
    assert str(caught.value) == "base_url is the only positional argument: pass every other option by its name"


class Shop(Medusa):
    @property
    def wishlists(self) -> Any:
        return cast("Any", object()).of_this_shop


class Wishlists(package.Resource):
    @property
    def first(self) -> Any:
        return cast("Any", object()).of_this_resource


def test_a_property_that_fails_says_itself_what_does_not_exist() -> None:
    """If a property raises an AttributeError, the caller gets this error and not one about the property."""
    with pytest.raises(AttributeError, match=r"^'object' object has no attribute 'of_this_shop'$"):
        print(Shop().wishlists)
    with pytest.raises(AttributeError, match=r"^'object' object has no attribute 'of_this_resource'$"):
        print(Wishlists(Shop()).first)


# The package itself.


@pytest.mark.parametrize("name", ["orders", "request", "with_options", "products"])
def test_the_module_is_no_client(name: str) -> None:
    assert not hasattr(package, name)
    with pytest.raises(AttributeError) as caught:
        getattr(package, name)
    assert str(caught.value) == (
        f"module 'medusa' has no attribute {name!r}: create a client first, such as medusa.Medusa(base_url=...).{name}"
    )


def test_a_part_of_the_package_is_imported_by_name() -> None:
    assert last_line_of("import medusa; medusa.sandbox") == (
        "AttributeError: module 'medusa' has no attribute 'sandbox': import it first, as in `import medusa.sandbox`"
    )


@pytest.mark.parametrize(
    ("use", "missing", "said"),
    [
        ("import medusa.contrib.flask", "flask", "medusa.contrib.flask needs flask: pip install 'medusa-sdk[flask]'"),
        (
            "import medusa.contrib.django",
            "django",
            "medusa.contrib.django needs django: pip install 'medusa-sdk[django]'",
        ),
        (
            "from medusa.sandbox import SandboxStore",
            "jwt",
            "medusa.sandbox needs jwt: pip install 'medusa-sdk[sandbox]'",
        ),
        (
            "from medusa.contrib import money; money.format_amount(1, 'eur', 'de')",
            "babel",
            "format_amount needs babel: pip install 'babel'",
        ),
    ],
)
def test_an_extra_that_is_not_installed(use: str, missing: str, said: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None\n{use}"
    assert last_line_of(code) == f"ModuleNotFoundError: {said}"
