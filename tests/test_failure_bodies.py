"""What an error reads from the body of a failed response, and which causes of a 500 its text names."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from medusa import Medusa, MedusaAPIError, MedusaConflictError, MedusaInvalidRequestError

Answer = Callable[..., None]
OUT_OF_STOCK = {"message": "no stock", "type": "not_allowed", "code": "insufficient_inventory"}


@pytest.mark.parametrize(
    ("body", "of_error", "errors", "said"),
    [
        (
            {"errors": [OUT_OF_STOCK]},
            ("not_allowed", "insufficient_inventory", "no stock"),
            [OUT_OF_STOCK],
            "returned 409 not_allowed: no stock",
        ),
        (
            {"errors": ["first", "second"], "message": "both"},
            (None, None, "both"),
            [{"message": "first"}, {"message": "second"}],
            "returned 409: both; first; second",
        ),
        (
            {"errors": [{"code": "c1"}, {"message": "m2", "type": "t2", "code": "c2"}], "type": "t"},
            ("t", "c1", "m2"),
            [{"code": "c1"}, {"message": "m2", "type": "t2", "code": "c2"}],
            "returned 409 t: m2",
        ),
        (
            {"errors": ["same", "same"], "message": "same"},
            (None, None, "same"),
            [{"message": "same"}, {"message": "same"}],
            "returned 409: same",
        ),
        ({"errors": [1, None, ["x"]], "message": "m"}, (None, None, "m"), [], "returned 409: m"),
        ({"errors": "text", "message": "m"}, (None, None, "m"), [], "returned 409: m"),
        ({"errors": [], "message": "m"}, (None, None, "m"), [], "returned 409: m"),
        (
            {"errors": [{"message": 5, "code": []}], "message": "m"},
            (None, None, "m"),
            [{"message": 5, "code": []}],
            ": m",
        ),
    ],
    ids=range(8),
)
def test_a_list_of_errors(
    medusa: Medusa,
    answer: Answer,
    body: dict[str, Any],
    of_error: tuple[str | None, ...],
    errors: list[dict[str, Any]],
    said: str,
) -> None:
    answer(body, 409)
    with pytest.raises(MedusaConflictError) as caught:
        medusa.orders.retrieve("order_1")
    assert (caught.value.type, caught.value.code, caught.value.message) == of_error
    assert caught.value.errors == errors
    assert str(caught.value).endswith(said)
    assert pickle.loads(pickle.dumps(caught.value)).errors == errors


def test_a_list_of_errors_is_masked(medusa: Medusa, answer: Answer) -> None:
    email = "@".join(["ada", "example.com"])
    answer({"errors": [{"message": f"{email} is\ntaken"}], "message": "no"}, 400)
    with pytest.raises(MedusaInvalidRequestError) as caught:
        medusa.orders.retrieve("order_1")
    assert str(caught.value) == "GET /store/orders/{id} returned 400: no; [hidden] is taken"
    assert caught.value.errors == [{"message": f"{email} is\ntaken"}]


@pytest.mark.parametrize(("status", "names_it"), [(500, True), (400, False), (502, False)])
def test_what_is_known_to_cause_a_500(medusa: Medusa, answer: Answer, status: int, names_it: bool) -> None:
    answer({"type": "unknown_error", "code": "unknown_error", "message": "An unknown error occurred."}, status)
    with pytest.raises(MedusaAPIError) as caught:
        medusa.orders.confirm_request({"token": "a.b.c"})
    causes = " (Medusa returns 500 here if the token is expired or forged)"
    assert (f"An unknown error occurred.{causes}" in str(caught.value)) is names_it
    assert caught.value.message == "An unknown error occurred."
