"""The options of a client: which values are rejected, and what type checkers and `help()` show."""

from __future__ import annotations

import inspect
import pydoc
from collections.abc import Callable
from typing import Any

import pytest
import requests
from pytest_httpserver import HTTPServer

from medusa import ClientOptions, Medusa, Options

from .conftest import Sent, recorded

Answer = Callable[..., None]


def url(httpserver: HTTPServer) -> str:
    return httpserver.url_for("")


# Invalid options.


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"base_url": "localhost:9000"}, ValueError, "http:// or https://"),
        ({"base_url": "ftp://shop.example"}, ValueError, "http:// or https://"),
        ({"base_url": "http://"}, ValueError, "host"),
        ({"base_url": "http:///store"}, ValueError, "host"),
        ({"base_url": ""}, ValueError, "http:// or https://"),
        ({"base_url": "http://shop:port"}, ValueError, "valid host and port"),
        ({"base_url": "http://shop:99999"}, ValueError, "valid host and port"),
        ({"base_url": "http://[::1"}, ValueError, "valid host and port"),
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
        Medusa(session="session")  # type: ignore[arg-type]  # The test passes a wrong type.
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


def test_help_shows_the_options() -> None:
    text = pydoc.plain(pydoc.render_doc(Medusa))
    for name in inspect.signature(ClientOptions).parameters:
        assert f"{name}: " in text
    assert "timeout: 'float | tuple[float, float] | None' = (5.0, 30.0)" in text
    assert repr(ClientOptions(token="s3cret")) == "<ClientOptions http://localhost:9000>"
