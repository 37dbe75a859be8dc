"""If a success has a body that the route does not promise, the error says what is wrong with the body."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from medusa import Medusa, MedusaDecodeError

pytestmark = pytest.mark.usefixtures("no_garbage")

Answer = Callable[..., None]
NOT_JSON = "the body is not JSON:"
WEB_PAGE = " (this is a web page: check that base_url is the address of the Medusa backend)"


@pytest.mark.parametrize(
    ("body", "content_type", "problem"),
    [
        (b"", "application/json", "the body is empty"),
        (b" \r\n", "application/json", "the body is empty"),
        (b"<html>down for maintenance</html>", "text/html", f"{NOT_JSON} Expecting value: line 1 column 1{WEB_PAGE}"),
        (b'{"order": {"id": "x"', "application/json", f"{NOT_JSON} Expecting ',' delimiter: line 1 column 21"),
        (b'X{"order": {"id": "x"}}X', "application/json", f"{NOT_JSON} Expecting value: line 1 column 1"),
        (b'{"order": {"id": "x"}}\x0b', "application/json", f"{NOT_JSON} Extra data: line 1 column 23"),
        ('\u2028{"order": {}}'.encode(), "application/json", f"{NOT_JSON} Expecting value: line 1 column 1"),
        (b'"order"', "application/json", "the body: expected object, got string"),
        (b"[]", "application/json", "the body: expected object, got array"),
        (b"null", "application/json", "the body: expected object, got null"),
        (b"{}", "application/json", "order: missing"),
        (b'{"order": null}', "application/json", "order: expected object, got null"),
        (b'{"order": []}', "application/json", "order: expected object, got array"),
        (b'{"order": {"total": NaN}}', "application/json", "the body contains NaN, which is not JSON"),
        (b'{"order": {"total": 1e999}}', "application/json", "the body contains a number that is too large"),
        (
            b'{"order": {"total": ' + b"9" * 5000 + b"}}",
            "application/json",
            "the body contains a number that is too long",
        ),
        (b'{"order": {"email": "\xff"}}', "application/json", "the body is not UTF-8"),
        (b"[" * 100_000, "application/json", "the body is nested too deeply"),
        ("{}".encode("utf-16"), "application/json", "the body is not UTF-8"),
    ],
    ids=range(19),
)
def test_a_success_that_is_not_what_the_route_promises(
    medusa: Medusa, answer: Answer, body: bytes, content_type: str, problem: str
) -> None:
    answer(body, 200, content_type)
    with pytest.raises(MedusaDecodeError) as caught:
        medusa.orders.retrieve("order_1")
    said = re.sub(r" \(char \d+\)", "", str(caught.value)).replace("; charset=utf-8)", ")")
    assert said == f"GET /store/orders/{{id}} returned 200 with an unexpected body ({content_type}): {problem}"
    assert caught.value.response is not None
    assert caught.value.response.content == body
    assert caught.value.retryable is False


def test_a_body_without_a_type(medusa: Medusa, answer: Answer) -> None:
    answer("x", content_type="")
    with pytest.raises(MedusaDecodeError, match=r"with an unexpected body \(no Content-Type\): the body is not JSON"):
        medusa.orders.retrieve("order_1")


def test_an_answer_without_its_entity(medusa: Medusa, answer: Answer) -> None:
    answer({})
    with pytest.raises(MedusaDecodeError, match=r"\(application/json; charset=utf-8\): order: missing$"):
        medusa.orders.retrieve("order_1")


@pytest.mark.parametrize("depth", [250, 330, 400, 5000])
def test_orders_nested_too_deeply(medusa: Medusa, answer: Answer, depth: int) -> None:
    """Creating models, finding the error in a body, and parsing JSON have different limits of nesting."""
    answer('{"order":' + '{"claims":[{"order":' * depth + "{}" + "}]}" * depth + "}", content_type="application/json")
    for _ in range(2):
        with pytest.raises(MedusaDecodeError, match=r"\(application/json\): (the body is )?nested too deeply$"):
            medusa.orders.retrieve("order_1")


def test_a_number_too_large(medusa: Medusa, answer: Answer) -> None:
    answer('{"order": {"total": 1e999}}', content_type="application/json")
    with pytest.raises(MedusaDecodeError, match=r"\(application/json\): the body contains a number that is too large$"):
        medusa.orders.retrieve("order_1")
