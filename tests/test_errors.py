"""A response that is not a success raises an error of the right class, with the request and the backend's message."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest
import requests
from pytest_httpserver import HTTPServer

import medusa as package
from medusa import (
    Medusa,
    MedusaAPIError,
    MedusaAuthenticationError,
    MedusaBatchJobError,
    MedusaConflictError,
    MedusaConnectionError,
    MedusaDecodeError,
    MedusaError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaPermissionError,
    MedusaRateLimitError,
    MedusaServerError,
    NotLoadedError,
    Order,
)

from .conftest import CORPUS
from .test_own_session import Raising

Answer = Callable[..., None]
ROUTES: list[dict[str, Any]] = json.loads((CORPUS / "routes.json").read_text())
BY_STATUS: dict[int, type[MedusaError]] = {
    304: MedusaAPIError,
    400: MedusaInvalidRequestError,
    401: MedusaAuthenticationError,
    404: MedusaNotFoundError,
    409: MedusaConflictError,
    413: MedusaInvalidRequestError,
    422: MedusaInvalidRequestError,
    431: MedusaInvalidRequestError,
    500: MedusaServerError,
}


def play(answer: Answer, exchange: dict[str, Any]) -> None:
    """Make the server send a recorded response. A body that is not JSON is sent byte for byte."""
    answer(exchange["body"], exchange["status"], exchange["content_type"] or "")


@pytest.mark.parametrize("exchange", [pytest.param(e, id=e["name"]) for e in ROUTES if e["status"] >= 300])
def test_every_recorded_refusal(medusa: Medusa, answer: Answer, exchange: dict[str, Any]) -> None:
    play(answer, exchange)
    body = exchange["body"]
    is_json = isinstance(body, dict)
    calls: list[tuple[str, Callable[[], object]]] = [
        ("GET /store/orders/{id}", lambda: medusa.orders.retrieve("order_1")),
        ("GET /store/orders", lambda: medusa.orders.lookup_order({"display_id": 1, "email": "ada@example.com"})),
        ("POST /store/orders/customer/confirm", lambda: medusa.orders.confirm_request({"token": "a.b.c"})),
        ("GET /store/auth", medusa.auth.get_session),
        ("GET /store/custom", lambda: medusa.request("GET", "/store/custom")),
    ]
    for route, call in calls:
        with pytest.raises(MedusaError) as caught:
            call()
        error = caught.value
        assert type(error) is BY_STATUS[exchange["status"]]
        assert isinstance(error, MedusaAPIError)
        assert error.status == exchange["status"]
        assert error.message == (body["message"] if is_json else body)
        assert (error.type, error.code) == ((body.get("type"), body.get("code")) if is_json else (None, None))
        assert error.response is not None
        assert error.response.status_code == exchange["status"]
        text = str(error)
        assert text.startswith(f"{route} returned {exchange['status']}")
        assert "\n" not in text
        assert "@" not in text
        assert len(text) < 320
        if is_json and "@" not in body["message"] and len(body["message"]) < 150:
            assert " ".join(body["message"].split()) in text


@pytest.mark.parametrize("exchange", [pytest.param(e, id=e["name"]) for e in ROUTES if e["status"] < 300])
def test_every_recorded_success(medusa: Medusa, answer: Answer, exchange: dict[str, Any]) -> None:
    """A method decodes the response of its own route, and raises an error for the response of another route."""
    play(answer, exchange)
    body = exchange["body"]
    keys = set(body) if isinstance(body, dict) else {body}
    calls: dict[str, Callable[[], Any]] = {
        "order": lambda: medusa.orders.retrieve("order_1"),
        "OK": lambda: medusa.orders.confirm_request({"token": "a.b.c"}),
        "customer": medusa.auth.get_session,
        "access_token": lambda: medusa.auth.get_token({"email": "ada@example.com", "password": "secret-password"}),
    }
    for key, call in calls.items():
        if key in keys:
            result = call()
            assert key == "OK" or result.to_dict() == body
        else:
            with pytest.raises(MedusaDecodeError) as caught:
                call()
            assert caught.value.response is not None


@pytest.mark.parametrize(
    ("status", "kind", "retryable"),
    [
        (300, MedusaAPIError, False),
        (400, MedusaInvalidRequestError, False),
        (401, MedusaAuthenticationError, False),
        (402, MedusaAPIError, False),
        (403, MedusaPermissionError, False),
        (404, MedusaNotFoundError, False),
        (405, MedusaInvalidRequestError, False),
        (409, MedusaConflictError, True),
        (410, MedusaAPIError, False),
        (413, MedusaInvalidRequestError, False),
        (414, MedusaInvalidRequestError, False),
        (418, MedusaAPIError, False),
        (422, MedusaInvalidRequestError, False),
        (429, MedusaRateLimitError, True),
        (430, MedusaAPIError, False),
        (431, MedusaInvalidRequestError, False),
        (500, MedusaServerError, False),
        (501, MedusaServerError, True),
        (503, MedusaServerError, True),
        (599, MedusaServerError, True),
        (600, MedusaAPIError, False),
    ],
)
def test_class_by_status(medusa: Medusa, answer: Answer, status: int, kind: type[MedusaError], retryable: bool) -> None:
    answer({"type": "t", "code": "c", "message": "m"}, status, headers={"x-request-id": "req_1"})
    with pytest.raises(MedusaError) as caught:
        medusa.orders.retrieve("order_1")
    error = caught.value
    assert type(error) is kind
    assert isinstance(error, MedusaAPIError)
    assert (error.type, error.code, error.message, error.request_id) == ("t", "c", "m", "req_1")
    assert error.retryable is retryable
    assert str(error) == f"GET /store/orders/{{id}} returned {status} t: m"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '"text"',
        "null",
        '{"message": 3, "type": [], "code": {}}',
        '{"message": "cut',
        "[" * 100_000,
        "\x00\x1b",
    ],
    ids=range(8),
)
def test_refusal_of_any_shape(medusa: Medusa, answer: Answer, body: str) -> None:
    """If the body has no `message` that is a string, the whole body is the message of the error."""
    answer(body, 404, "application/json")
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.orders.retrieve("order_1")
    assert caught.value.message == body
    assert str(caught.value).isprintable()


def test_a_location_alone_is_no_redirect(medusa: Medusa, answer: Answer) -> None:
    answer("", 400, headers={"Location": "/store/orders/2"})
    with pytest.raises(MedusaInvalidRequestError) as caught:
        medusa.orders.retrieve("order_1")
    assert str(caught.value) == "GET /store/orders/{id} returned 400"


def test_a_refusal_with_a_byte_order_mark(medusa: Medusa, answer: Answer) -> None:
    answer(b'\xef\xbb\xbf{"type": "not_found", "message": "none"}', 404, "application/json")
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.orders.retrieve("order_1")
    assert (caught.value.type, caught.value.message) == ("not_found", "none")


def test_a_refusal_that_is_no_utf8(medusa: Medusa, answer: Answer) -> None:
    answer(b"caf\xe9", 404, "text/plain")
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.orders.retrieve("order_1")
    assert caught.value.message == "caf\ufffd"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("a < b\n and b > c", "a < b and b > c"),
        ("  <!DOCTYPE html>\n<html><TITLE>502 Bad\n Gateway</TITLE><p>nginx", "502 Bad Gateway"),
        ("<title>Error</title><PRE>x &lt; <b>y</b><br> at JSON.parse</pre>", "x < y"),
        ("<title>Error</title><pre>first</pre>second", "first"),
        ("<h1>Down</h1>for <i>&quot;repair&quot;</i>", 'Down for "repair"'),
        ("<" + "-" * 900 + "> <b>after</b>", "after"),
        ("<p>" + "-" * 996 + "x<", "-" * 199 + "…"),
        ("<p>" + " " * 996 + "xy", "xy"),
        (" " * 999 + "xy", "xy"),
        ("\0\x1b\u200b", ""),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 199 + "…"),
    ],
    ids=range(12),
)
def test_the_gist_of_a_refusal(medusa: Medusa, answer: Answer, body: str, said: str) -> None:
    """The text of the error contains the readable part of a page, in one line of at most 200 characters."""
    answer(body, 502, "text/html")
    with pytest.raises(MedusaServerError) as caught:
        medusa.orders.retrieve("order_1")
    assert str(caught.value) == "GET /store/orders/{id} returned 502" + (f": {said}" if said else "")


def test_html_with_a_stack_trace_is_told_in_a_line(medusa: Medusa, answer: Answer) -> None:
    play(answer, next(e for e in ROUTES if e["name"] == "confirm_malformed_json"))
    with pytest.raises(MedusaInvalidRequestError) as caught:
        medusa.orders.confirm_request({"token": "a.b.c"})
    assert "SyntaxError" in str(caught.value)
    assert "node_modules" not in str(caught.value)


@pytest.mark.parametrize("status", [300, 302, 304, 399])
@pytest.mark.parametrize(
    ("location", "words"),
    [
        (
            "https://evil.example:444/x?email=ada@example.com",
            ", a redirect to evil.example, which the client does not follow",
        ),
        ("/store/orders/2", ", a redirect to the same host, which the client does not follow"),
        (None, ""),
    ],
)
def test_a_redirect_is_an_error(
    medusa: Medusa, answer: Answer, httpserver: HTTPServer, status: int, location: str | None, words: str
) -> None:
    answer("", status, headers={"Location": location} if location else {})
    with pytest.raises(MedusaAPIError) as caught:
        medusa.orders.retrieve("order_1")
    assert type(caught.value) is MedusaAPIError
    assert str(caught.value) == f"GET /store/orders/{{id}} returned {status}{words}"
    assert len(httpserver.log) == 1


def test_nobody_listens() -> None:
    medusa = Medusa(base_url="http://127.0.0.1:1")
    email = "@".join(["ada", "example.com"])  # A traceback would quote the address from this source line.
    with pytest.raises(MedusaConnectionError) as caught:
        medusa.orders.lookup_order({"display_id": 1, "email": email})
    said = "ConnectionError: Failed to establish a new connection: [Errno 111] Connection refused"
    said += " (check that the backend is running and that base_url is right)"
    assert str(caught.value) == f"GET /store/orders received no complete response from http://127.0.0.1:1: {said}"
    assert caught.value.retryable is True
    assert isinstance(caught.value.__cause__, OSError)
    text = "".join(traceback.format_exception(caught.value))
    assert email not in text
    assert email.replace("@", "%40") not in text


def errors(medusa: Medusa, answer: Answer) -> dict[type[MedusaError], MedusaError]:
    """Return one error of each class, raised by a call."""
    found: dict[type[MedusaError], MedusaError] = {}

    def catch(call: Callable[[], object]) -> None:
        with pytest.raises(MedusaError) as caught:
            call()
        found[type(caught.value)] = caught.value

    for status in (400, 401, 402, 403, 404, 409, 429, 500):
        headers = {"Set-Cookie": "connect.sid=s3cret", "x-request-id": "req_1", "Retry-After": "7"}
        answer({"type": "t", "message": "m"}, status, headers=headers)
        catch(lambda: medusa.orders.lookup_order({"display_id": 1, "email": "ada@example.com"}))
    answer("html")
    catch(lambda: medusa.orders.retrieve("order_1"))
    catch(lambda: Order(id="order_1").total)
    catch(medusa.with_options(base_url="http://127.0.0.1:1").auth.get_session)
    answer({"batch_job": {"id": "batch_1", "status": "failed", "dry_run": False, "result": {"errors": ["m"]}}})
    catch(lambda: medusa.admin.batch_jobs.wait("batch_1"))
    answer("late", delay=1)
    catch(medusa.with_options(timeout=(5, 0.05)).auth.get_session)
    return found


def test_every_error_survives_pickle_and_copy(medusa: Medusa, answer: Answer) -> None:
    medusa = medusa.with_options(token="jwt-s3cret", custom_headers={"Cookie": "connect.sid=s3cret"})
    found = errors(medusa, answer)
    public = {getattr(package, name) for name in package.__all__}
    classes = {cls for cls in public if isinstance(cls, type) and issubclass(cls, MedusaError)}
    assert classes - {MedusaError} == found.keys()
    for error in found.values():
        for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert type(twin) is type(error)
            assert str(twin) == str(error)
            assert twin.retryable == error.retryable
            assert twin.__dict__.keys() == error.__dict__.keys()
        pickled = pickle.dumps(error)
        assert b"s3cret" not in pickled
        assert b"ada" not in pickled
    twin = pickle.loads(pickle.dumps(found[MedusaRateLimitError]))
    assert (twin.status, twin.type, twin.message, twin.request_id, twin.retry_after) == (429, "t", "m", "req_1", 7.0)
    assert twin.response.json() == {"type": "t", "message": "m"}
    assert (twin.response.request.method, twin.response.request.url) == ("GET", medusa.base_url + "/store/orders")
    loaded = pickle.loads(pickle.dumps(found[NotLoadedError]))
    assert (loaded.model, loaded.field) == ("Order", "total")


def test_the_type_of_an_error_is_masked_and_one_line(medusa: Medusa, answer: Any) -> None:
    secret = "@".join(["ada", "example.com"])
    answer({"type": f"not\n\x1b[2J {secret}", "message": "no"}, status=404)
    with pytest.raises(MedusaNotFoundError) as caught:
        medusa.orders.retrieve("order_1")
    assert str(caught.value) == "GET /store/orders/{id} returned 404 not [2J [hidden]: no"


def test_a_failure_without_a_text() -> None:
    """If an error of requests has no text, the text of our error contains its class."""
    with requests.Session() as session:
        session.mount("http://", Raising(requests.ConnectionError()))
        with pytest.raises(MedusaConnectionError) as caught:
            Medusa(session=session).orders.retrieve("order_1")
    assert (
        str(caught.value)
        == "GET /store/orders/{id} received no complete response from http://localhost:9000: ConnectionError"
    )


def test_errors_made_without_arguments() -> None:
    assert vars(NotLoadedError()) == {"model": "", "field": ""}
    assert (MedusaAPIError().status, MedusaAPIError().message, MedusaAPIError().response) == (0, "", None)
    assert MedusaBatchJobError().batch_job is None
    for error in (NotLoadedError(), MedusaDecodeError(), MedusaAPIError(), MedusaBatchJobError()):
        assert str(error) == ""
