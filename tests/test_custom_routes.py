"""`medusa.request` calls any route of the backend, and `medusa.admin.custom` any route of the Admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import Address, Medusa, MedusaDecodeError, MedusaServerError

from .conftest import Sent, target

Answer = Callable[..., None]


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
    with pytest.raises(MedusaDecodeError, match="GET /store/points returned 200") as caught:
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


def test_a_body_with_models_and_mappings(medusa: Medusa, answer: Any, sent: Any) -> None:
    answer({})
    address = Address(city="London", first_name=None)
    medusa.request("POST", "/store/custom", json={"at": [address], "free": MappingProxyType({"a": {"b": 1}})})
    assert sent().get_json() == {"at": [{"city": "London", "first_name": None}], "free": {"a": {"b": 1}}}
    with pytest.raises(TypeError, match=r"^payload\.at: a complex has no JSON form$"):
        medusa.request("POST", "/store/custom", json={"at": 1j})


def test_a_lone_surrogate_is_escaped(medusa: Medusa, answer: Any, httpserver: HTTPServer) -> None:
    answer({})
    moment = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    medusa.request("POST", "/store/custom", json={"ü\ud800": [moment, 1]})
    assert httpserver.log[-1][0].data == b'{"\\u00fc\\ud800":["2024-01-02T03:04:05.000Z",1]}'
    with pytest.raises(ValueError, match="JSON"):
        medusa.request("POST", "/store/custom", json={"\ud800": float("nan")})


# Routes of the Admin.


@pytest.mark.parametrize(
    ("path", "on_the_wire"),
    [
        ("wishlists", "/admin/wishlists"),
        ("/wishlists", "/admin/wishlists"),
        ("admin/wishlists", "/admin/wishlists"),
        ("/admin/wishlists", "/admin/wishlists"),
        ("/admin", "/admin"),
        ("admin", "/admin"),
        ("admin?x=1", "/admin?x=1"),
        ("administrators", "/admin/administrators"),
        ("/administrators/", "/admin/administrators/"),
        ("wishlists/ä b?q=100%", "/admin/wishlists/%C3%A4%20b?q=100%25"),
        ("/", "/admin/"),
        ("?x=1", "/admin/?x=1"),
    ],
)
def test_a_path_of_the_admin(medusa: Medusa, answer: Answer, sent: Sent, path: str, on_the_wire: str) -> None:
    answer({"points": 12})
    custom = medusa.with_options(api_key="sk_1", token="jwt").admin.custom
    calls: list[tuple[str, Callable[[str], object]]] = [
        *(("GET", custom.get), ("POST", custom.post), ("DELETE", custom.delete))
    ]
    for method, call in calls:
        assert call(path) == {"points": 12}
        assert (sent().method, target(sent())) == (method, on_the_wire)
        assert sent().headers["x-medusa-access-token"] == "sk_1"
        assert "Authorization" not in sent().headers


def test_what_a_custom_route_of_the_admin_is_sent(medusa: Medusa, answer: Answer, sent: Sent) -> None:
    answer({})
    custom, headers = medusa.admin.custom, {"X-Call": "1"}
    custom.get("wishlists?x=1", {"q": {"a": [True, None]}}, headers)
    assert target(sent()) == "/admin/wishlists?x=1&q%5Ba%5D%5B0%5D=true&q%5Ba%5D%5B1%5D="
    assert (sent().data, sent().headers["X-Call"]) == (b"", "1")
    custom.post("wishlists", {"ä": [1.5, None]}, headers)
    assert (sent().data.decode(), sent().headers["X-Call"]) == ('{"ä":[1.5,null]}', "1")
    custom.delete("wishlists", headers)
    assert (sent().data, sent().headers["X-Call"]) == (b"{}", "1")
    custom.post("wishlists")
    assert sent().data == b"{}"


def test_what_a_custom_route_of_the_admin_returns(medusa: Medusa, answer: Answer) -> None:
    answer("OK")
    assert medusa.admin.custom.post("wishlists") == "OK"
    answer("", 204)
    assert medusa.admin.custom.delete("wishlists/wish_1") is None
    answer([1], content_type="text/html")
    with pytest.raises(MedusaDecodeError, match=r"^GET /admin/wishlists returned 200"):
        medusa.admin.custom.get("wishlists")


@pytest.mark.parametrize(("repeatable", "attempts"), [(False, 1), (True, 2)])
def test_a_post_to_the_admin_is_repeated_if_that_does_no_harm(
    medusa: Medusa, httpserver: HTTPServer, answer: Answer, repeatable: bool, attempts: int
) -> None:
    """`repeatable` allows the client to retry a POST. GET and DELETE are always retried."""
    answer({}, 502)
    custom = medusa.with_options(max_retries=1).admin.custom
    with pytest.raises(MedusaServerError) as caught:
        custom.post("wishlists", repeatable=repeatable)
    assert len(httpserver.log) == attempts
    assert caught.value.may_have_happened is not repeatable
    for call in (custom.get, custom.delete):
        before = len(httpserver.log)
        with pytest.raises(MedusaServerError):
            call("wishlists")
        assert len(httpserver.log) == before + 2


@pytest.mark.parametrize("path", ["", "../store", "x/%2e%2E/store", "x#y", "x\\y", "x\n", None, 5, b"x"])
def test_bad_paths_of_the_admin(medusa: Medusa, httpserver: HTTPServer, path: Any) -> None:
    for call in (medusa.admin.custom.get, medusa.admin.custom.post, medusa.admin.custom.delete):
        with pytest.raises((TypeError, ValueError), match="path"):
            call(path)
    assert httpserver.log == []
