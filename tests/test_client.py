"""The client: its options, the headers it sends, its copies, a session of the user's own, custom routes."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, cast

import pytest
import requests
from pytest_httpserver import HTTPServer
from urllib3.util import Retry
from werkzeug import Request

import medusa as package
from medusa import Address, Medusa, MedusaDecodeError, MedusaServerError, Options, RetryAdapter

from .conftest import recorded
from .faults.peer import Peer, ok

Answer = Callable[..., None]
Sent = Callable[[], Request]


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


# Options that can't be right.


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"base_url": "localhost:9000"}, ValueError, "http:// or https://"),
        ({"base_url": "ftp://shop.example"}, ValueError, "http:// or https://"),
        ({"base_url": "http://"}, ValueError, "host"),
        ({"base_url": "http:///store"}, ValueError, "host"),
        ({"base_url": ""}, ValueError, "http:// or https://"),
        ({"base_url": "http://shop:port"}, ValueError, "http:// or https://"),
        ({"base_url": "http://shop:99999"}, ValueError, "http:// or https://"),
        ({"base_url": "http://[::1"}, ValueError, "http:// or https://"),
        ({"base_url": "http://ada:hunter2@shop.example"}, ValueError, "user"),
        ({"base_url": "http://hunter2@shop.example"}, ValueError, "user"),
        ({"base_url": "http://shop.example/?hunter2"}, ValueError, "query"),
        ({"base_url": "http://shop.example/#hunter2"}, ValueError, "fragment"),
        ({"base_url": "http://shop.example\\@evil.example"}, ValueError, ""),
        ({"base_url": "http://shop.example/a b"}, ValueError, "space"),
        ({"base_url": "http://shop.example\n"}, ValueError, ""),
        ({"base_url": b"http://shop.example"}, TypeError, "string"),
        ({"base_url": None}, TypeError, "string"),
        ({"max_retries": -1}, ValueError, "at least 0"),
        ({"max_retries": 1.5}, TypeError, "integer"),
        ({"max_retries": True}, TypeError, "integer"),
        ({"max_retries": None}, TypeError, "integer"),
        ({"api_key": 5}, TypeError, "string"),
        ({"api_key": ""}, ValueError, "empty"),
        ({"publishable_api_key": "hunter2\r\nX: y"}, ValueError, "header"),
        ({"token": "hunter2 x"}, ValueError, "header"),
        ({"token": "hunter2é"}, ValueError, "header"),
        ({"token": b"hunter2"}, TypeError, "string"),
        ({"custom_headers": {"X-A": "hunter2\nX-B: y"}}, ValueError, "X-A"),
        ({"custom_headers": {"X-A": "hunter2\x00"}}, ValueError, "X-A"),
        ({"custom_headers": {"X-A": "hunter2 \u20ac"}}, ValueError, "X-A"),
        ({"custom_headers": {"X A": "hunter2"}}, ValueError, "X A"),
        ({"custom_headers": {"": "hunter2"}}, ValueError, "name"),
        ({"custom_headers": {"X-A": 5}}, TypeError, "X-A"),
        ({"custom_headers": {"X-A": None}}, TypeError, "X-A"),
        ({"custom_headers": {5: "hunter2"}}, TypeError, "strings"),
        ({"custom_headers": "hunter2"}, TypeError, "mapping"),
        ({"custom_headers": 5}, TypeError, "mapping"),
        ({"timeout": 0}, ValueError, "timeout"),
        ({"timeout": -1.0}, ValueError, "timeout"),
        ({"timeout": float("nan")}, ValueError, "timeout"),
        ({"timeout": float("inf")}, ValueError, "timeout"),
        ({"timeout": "5"}, TypeError, "timeout"),
        ({"timeout": (1.0, 2.0, 3.0)}, ValueError, "timeout"),
        ({"timeout": (1.0, "2")}, TypeError, "timeout"),
        ({"deadline": 0}, ValueError, "deadline"),
        ({"deadline": (1, 2)}, TypeError, "deadline"),
        ({"retries": 3}, TypeError, "retries"),
    ],
)
def test_bad_options_are_told_at_once(options: dict[str, Any], error: type[Exception], said: str) -> None:
    with Medusa() as medusa:
        for make in (Medusa, medusa.with_options):
            with pytest.raises(error) as caught:
                make(**options)
            assert type(caught.value) is error
            assert said in str(caught.value)
            assert "hunter2" not in str(caught.value)
            assert "hunter2" not in repr(caught.value)


@pytest.mark.parametrize("value", [0, -1, "32", 1.5])
def test_bad_pool_size(value: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="pool_maxsize"):
        Medusa(pool_maxsize=value)


def test_bad_session() -> None:
    with pytest.raises(TypeError, match=r"requests\.Session"):
        Medusa(session="session")  # type: ignore[arg-type]  # the wrong type is the point
    with requests.Session() as session, pytest.raises(ValueError, match="RetryAdapter"):
        Medusa(session=session, max_retries=2)
    with requests.Session() as session, pytest.raises(ValueError, match="RetryAdapter"):
        Medusa(session=session).with_options(max_retries=2)


@pytest.mark.parametrize(
    "headers",
    [{"X-A": "line\r\nbreak"}, {"X-A": 5}, {"X A": "x"}, "X-A: x", {"X-A": b"bytes"}, {"X-A": " space"}],
)
def test_bad_headers_of_a_call_are_told_before_anything_is_sent(
    medusa: Medusa, httpserver: HTTPServer, headers: Any
) -> None:
    calls: list[Callable[[], object]] = [
        lambda: medusa.orders.retrieve("order_1", headers),
        lambda: medusa.orders.confirm_request({"token": "t"}, headers),
        lambda: medusa.auth.get_session(headers),
        lambda: medusa.request("GET", "/store/custom", custom_headers=headers),
    ]
    for call in calls:
        with pytest.raises((TypeError, ValueError)) as caught:
            call()
        assert type(caught.value) in (TypeError, ValueError)
    assert httpserver.log == []


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


# What there is not.


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("products", 'no products yet: use medusa.request("GET", "/store/products")'),
        ("gift_cards", 'no gift_cards yet: use medusa.request("GET", "/store/gift-cards")'),
        ("giftCards", 'no gift_cards yet: use medusa.request("GET", "/store/gift-cards")'),
        ("payment_methods", 'use medusa.request("GET", "/store/customers/me/payment-methods")'),
        ("admin", 'no admin yet: use medusa.request("GET", "/admin/orders")'),
        ("Orders", "it is called 'orders' here"),
        ("ordres", "'Medusa' object has no attribute 'ordres'"),
        ("_private", "'Medusa' object has no attribute '_private'"),
    ],
)
def test_an_attribute_that_there_is_not(name: str, said: str) -> None:
    with Medusa() as medusa:
        assert not hasattr(medusa, name)
        assert getattr(medusa, name, "default") == "default"
        with pytest.raises(AttributeError) as caught:
            getattr(medusa, name)
        assert type(caught.value) is AttributeError
        assert caught.value.name == name
        assert str(caught.value).endswith(said)
        if "yet" in said:
            assert str(caught.value).startswith("this version has auth and orders, but no ")


def test_a_misspelt_attribute_gets_the_suggestion_of_python() -> None:
    for code, suggested in (("medusa.Medusa().ordres", "orders"), ("medusa.Oder", "Order")):
        command = [sys.executable, "-c", f"import medusa; {code}"]
        printed = subprocess.run(command, capture_output=True, text=True, timeout=60).stderr
        assert printed.rstrip().endswith(f". Did you mean: {suggested!r}?")


def test_a_property_of_a_subclass_says_itself_what_it_lacks() -> None:
    class Shop(Medusa):
        @property
        def wishlists(self) -> Any:
            return cast(Any, object()).of_this_shop

    with Shop() as shop, pytest.raises(AttributeError, match="'object' object has no attribute 'of_this_shop'"):
        print(shop.wishlists)


@pytest.mark.parametrize("name", ["orders", "request", "with_options", "products"])
def test_the_module_is_no_client(name: str) -> None:
    assert not hasattr(package, name)
    with pytest.raises(AttributeError, match=rf"create a client first, such as medusa\.Medusa\(.*\)\.{name}$"):
        getattr(package, name)


def test_a_part_of_the_package_is_imported_by_name() -> None:
    code = "import medusa; medusa.sandbox"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stderr
    assert "has no attribute 'sandbox': import it first, as in `import medusa.sandbox`" in printed


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
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stderr
    assert printed.splitlines()[-1] == f"ModuleNotFoundError: {said}"


# Options in a dict.


def test_options_in_a_dict(httpserver: HTTPServer, answer: Answer, sent: Sent) -> None:
    answer(recorded("plain"))
    options: Options = {"base_url": url(httpserver), "token": "jwt", "timeout": (1, 2), "pool_maxsize": 2}
    with Medusa(**options) as medusa:
        medusa.orders.retrieve("order_1")
    assert sent().headers["Authorization"] == "Bearer jwt"


def test_options_are_those_of_the_constructor() -> None:
    parameters = inspect.signature(Medusa.__init__, eval_str=False).parameters
    of_constructor = {name: parameter.annotation for name, parameter in parameters.items() if name != "self"}
    of_dict = inspect.get_annotations(Options)
    assert {name: option.__forward_arg__ for name, option in of_dict.items()} == of_constructor
    of_copies = inspect.signature(Medusa.with_options, eval_str=False).parameters
    assert {*of_constructor} - {*of_copies} == {"pool_maxsize", "session"}


# A session of the user's own.


def test_a_session_of_ones_own_keeps_its_meaning(httpserver: HTTPServer, answer: Answer, sent: Sent) -> None:
    answer(recorded("plain"), headers={"Set-Cookie": "connect.sid=stray; Path=/"})
    hooked: list[int] = []
    with requests.Session() as session:
        session.headers["X-Shop"] = "mine"
        session.headers["User-Agent"] = "my-shop"
        session.auth = ("ada", "basic")
        session.params = {"trace": "1"}
        session.hooks["response"].append(lambda response, **_: hooked.append(response.status_code))
        session.cookies.set("theirs", "kept")
        session.mount("http://", RetryAdapter(1))
        medusa = Medusa(url(httpserver), session=session)
        assert medusa.session is session
        medusa.orders.retrieve("order_1")
        request = sent()
        assert request.headers["X-Shop"] == "mine"
        assert request.headers["User-Agent"] == "my-shop"
        assert request.authorization is not None
        assert request.authorization.password == "basic"
        assert request.args["trace"] == "1"
        assert request.headers["Cookie"] == "theirs=kept"
        assert hooked == [200]
        medusa.orders.retrieve("order_1")
        assert sent().headers["Cookie"] == "theirs=kept"
        answer()
        medusa.orders.confirm_request({"token": "t"})
        assert sent().headers["Idempotency-Key"]
        medusa.close()
        answer({"still": "open"})
        assert session.get(url(httpserver)).json() == {"still": "open"}


@pytest.mark.parametrize("own", [True, False], ids=["a session of one's own", "the client's"])
def test_headers_of_a_session_as_requests_takes_them(own: bool) -> None:
    """None is for a header that is not sent; bytes are sent as they are."""
    with Peer(ok) as peer, requests.Session() as session:
        session.mount("http://", RetryAdapter())
        with Medusa(peer.url, token="jwt", session=session if own else None) as medusa:
            headers: Any = medusa.session.headers
            headers.update({"X-Bytes": b"caf\xe9", b"X-Name": "n", "X-None": None, "Accept": None, "X-Empty": ""})
            headers.update({"Content-Type": None, "Authorization": None, "Accept-Encoding": None})
            medusa.orders.retrieve("order_1")
            received = peer.requests[0].headers
    assert received["x-bytes"] == "café"
    assert received["x-name"] == "n"
    assert "X-Empty: " in peer.requests[0].lines
    assert received.keys() & {"x-none", "accept", "content-type"} == set()
    assert received["accept-encoding"] == "identity"  # which http.client adds
    assert received["authorization"] == "Bearer jwt"  # the client's credentials go before


@pytest.mark.parametrize("own", [True, False], ids=["a session of one's own", "the client's"])
@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("X-Key", "hunter2\n", ValueError),
        ("X-Key", " hunter2", ValueError),
        ("X-Key", "hunter2\r\nX: y", ValueError),
        ("X-Key", b"hunter2\n", ValueError),
        ("X-Key", "hunter2 €", ValueError),
        ("Authorization", "Bearer hunter2\n", ValueError),
        ("X Key", "hunter2", ValueError),
        ("X-Kéy", "hunter2", ValueError),
        (b"X-Key\n", "hunter2", ValueError),
        ("Content-Length", "5", ValueError),
        ("X-Key", 5, TypeError),
        ("X-Key", ["hunter2"], TypeError),
    ],
)
def test_a_header_of_a_session_that_cannot_be_sent(
    httpserver: HTTPServer, name: Any, value: Any, error: type[Exception], own: bool
) -> None:
    with requests.Session() as session:
        medusa = Medusa(url(httpserver), session=session if own else None)
        cast(Any, medusa.session.headers)[name] = value
        for call in (lambda: medusa.orders.retrieve("order_1"), lambda: medusa.request("POST", "/store/custom")):
            with pytest.raises(error) as caught:
                call()
            assert type(caught.value) is error
            assert str(caught.value).startswith(f"session.headers[{name!r}]: ")
            assert "hunter2" not in "".join(traceback.format_exception(caught.value))
        medusa.close()
    assert httpserver.log == []


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("kind", ["application/json", "text/html", "text/plain; charset=utf-16"])
def test_a_response_is_as_requests_makes_it(answer: Answer, httpserver: HTTPServer, kind: str, stream: bool) -> None:
    answer(b"\xff\xfea\0", 418, kind, headers={"Set-Cookie": "a=b; Path=/", "Link": '</x>; rel="next"'})
    url = httpserver.url_for("/x")
    with Medusa(url) as medusa, requests.Session() as session:
        medusa.session.cookies.clear()
        ours, theirs = (each.get(url, stream=stream) for each in (medusa.session, session))
        assert type(ours.connection) is RetryAdapter
        assert ours.elapsed.total_seconds() > 0
        for response in (ours, theirs):
            assert response._content_consumed is not stream
            assert list(response.iter_content(1)) == [b"\xff", b"\xfe", b"a", b"\0"]
        for name in ("status_code", "reason", "url", "encoding", "history", "next", "is_redirect", "links", "ok"):
            assert getattr(ours, name) == getattr(theirs, name), name
        assert ours.cookies.get_dict() == theirs.cookies.get_dict() == {"a": "b"}
        assert ours.headers.keys() == theirs.headers.keys()
        assert ours.headers["content-type"] == theirs.headers["CONTENT-TYPE"] == kind
        assert ours.request.headers.keys() == theirs.request.headers.keys()
        assert vars(ours).keys() - {"cookies"} == vars(theirs).keys() - {"cookies"}
        if not stream:
            assert ours.text == theirs.text


def test_two_clients_on_one_session_do_not_share_a_login(httpserver: HTTPServer, answer: Answer, sent: Sent) -> None:
    with requests.Session() as session:
        ada, grace = Medusa(url(httpserver), session=session), Medusa(url(httpserver), session=session)
        answer({"customer": {"id": "cus_ada"}}, headers={"Set-Cookie": "connect.sid=ada; Path=/"})
        ada.auth.authenticate({"email": "ada@example.com", "password": "p"})
        answer({"customer": {"id": "cus"}})
        grace.auth.get_session()
        assert "Cookie" not in sent().headers
        ada.auth.get_session()
        assert sent().headers["Cookie"] == "connect.sid=ada"


def test_netrc_never_replaces_a_credential(
    httpserver: HTTPServer, answer: Answer, sent: Sent, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {httpserver.host} login ada password hunter2\n")
    monkeypatch.setenv("NETRC", str(netrc))
    answer(recorded("plain"))
    Medusa(url(httpserver), token="jwt").orders.retrieve("order_1")
    assert sent().headers["Authorization"] == "Bearer jwt"
    Medusa(url(httpserver)).orders.retrieve("order_1")
    assert "Authorization" not in sent().headers


# Custom routes.


@pytest.mark.parametrize(
    ("body", "content_type", "given"),
    [
        (b'{"points": 12, "rate": 1.5, "big": 9007199254740993}', "application/json", None),
        (b"[1, 2]", "application/json; charset=utf-8", [1, 2]),
        (b"null", "application/json", None),
        (b'"text"', "application/problem+json", "text"),
        (b"", "application/json", None),
        (b"", "", None),
        (b"OK", "text/plain; charset=utf-8", "OK"),
        ("grüße".encode(), "text/plain; charset=utf-8", "grüße"),
        ("grüße".encode(), "text/plain", "grüße"),
        ("grüße".encode("latin-1"), "text/plain; Charset=ISO-8859-1", "grüße"),
    ],
)
def test_a_custom_routes_body(medusa: Medusa, answer: Answer, body: bytes, content_type: str, given: Any) -> None:
    answer(body, 200, content_type)
    expected = {"points": 12, "rate": 1.5, "big": 2**53 + 1} if body.startswith(b"{") else given
    assert medusa.request("GET", "/store/points") == expected


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<html></html>", "text/html"),
        (b'{"cut": ', "application/json"),
        (b'{"x": NaN}', "application/json"),
        (b'{"x": 1e999}', "application/json"),
        (b'{"x": "\xff"}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"1" * 5000, "application/json"),
        (b'{"points": 12}', ""),
        (b"\x89PNG", "image/png"),
    ],
)
def test_any_other_body_of_a_custom_route_is_refused(
    medusa: Medusa, answer: Answer, body: bytes, content_type: str
) -> None:
    answer(body, 200, content_type)
    with pytest.raises(MedusaDecodeError, match="GET /store/points answered 200") as caught:
        medusa.request("get", "/store/points")
    assert caught.value.response is not None
    assert caught.value.response.content == body


def test_what_a_custom_route_is_sent(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer({})
    medusa.request("PUT", "/store/a%20b/ü?x=1", params={"q": {"a": [True, None]}}, json={"ä": [1.5, None]})
    assert sent().environ["RAW_URI"] == "/store/a%20b/%C3%BC?x=1&q%5Ba%5D%5B0%5D=true&q%5Ba%5D%5B1%5D="
    assert sent().data.decode() == '{"ä":[1.5,null]}'
    medusa.request("GET", "/store/100%/%2F%c3?discount=50%&email=ada%40example.com&%zz")
    assert sent().environ["RAW_URI"] == "/store/100%25/%2F%C3?discount=50%25&email=ada%40example.com&%25zz"
    for method, data in (("POST", b"{}"), ("DELETE", b"{}"), ("GET", b""), ("PUT", b"")):
        medusa.request(method, "/store/points")
        assert (sent().method, sent().data) == (method, data)
    medusa.request("POST", "/store/points", json=[])
    assert sent().data == b"[]"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "store",
        "//evil.example/store",
        "http://evil.example",
        "/store/../admin",
        "/store/%2e%2E/admin",
        "/./store",
        "/store\\orders",
        "/store#x",
        "/store\r\nHost: x",
        "/\x00",
        "@evil.example/",
        None,
        b"/store",
        5,
    ],
)
def test_bad_paths(medusa: Medusa, httpserver: HTTPServer, path: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="path"):
        medusa.request("GET", path)
    assert httpserver.log == []


@pytest.mark.parametrize("method", ["", "GET /", "G\r\n", None, 5])
def test_bad_methods(medusa: Medusa, httpserver: HTTPServer, method: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="method"):
        medusa.request(method, "/store")
    assert httpserver.log == []


@pytest.mark.parametrize("json", [{"x": object()}, {"x": float("nan")}, {1, 2}, b"bytes"])
def test_a_body_that_json_cannot_hold(medusa: Medusa, httpserver: HTTPServer, json: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        medusa.request("POST", "/store", json=json)
    assert httpserver.log == []


def test_what_is_set_on_a_copys_session_is_its_own(httpserver: HTTPServer) -> None:
    with Medusa(httpserver.url_for("")) as medusa:
        copy = medusa.with_options()
        copy.session.headers["X-Shop"] = "two"
        copy.session.hooks["response"].append(print)
        copy.session.proxies["http"] = "http://127.0.0.1:9"
        assert "X-Shop" not in medusa.session.headers
        assert medusa.session.hooks["response"] == []
        assert medusa.session.proxies == {}


def test_a_body_with_models_and_mappings(medusa: Medusa, answer: Any, sent: Any) -> None:
    answer({})
    address = Address(city="London", first_name=None)
    medusa.request("POST", "/store/custom", json={"at": [address], "free": MappingProxyType({"a": {"b": 1}})})
    assert sent().get_json() == {"at": [{"city": "London", "first_name": None}], "free": {"a": {"b": 1}}}
    with pytest.raises(TypeError, match=r"^a payload can't hold a complex$"):
        medusa.request("POST", "/store/custom", json={"at": 1j})


def test_a_lone_surrogate_is_escaped(medusa: Medusa, answer: Any, httpserver: HTTPServer) -> None:
    answer({})
    moment = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    medusa.request("POST", "/store/custom", json={"ü\ud800": [moment, 1]})
    assert httpserver.log[-1][0].data == b'{"\\u00fc\\ud800":["2024-01-02T03:04:05.000Z",1]}'
    with pytest.raises(ValueError, match="JSON"):
        medusa.request("POST", "/store/custom", json={"\ud800": float("nan")})
