"""Returns, and the reasons that they may have."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import (
    Medusa,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    Return,
    ReturnReason,
    ReturnStatus,
    StoreReturnsRes,
    is_loaded,
)

from .conftest import Replay, Sent

RETURN: Any = {
    "order_id": "order_1",
    "items": [{"item_id": "item_1", "quantity": 1, "reason_id": "rr_1", "note": "zu klein"}],
    "return_shipping": {"option_id": "so_1"},
}


def test_create(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    recorded = replay("return_create_reason")
    # The first object is read key by key, the others by a function that is generated for their keys.
    for _ in range(3):
        result = medusa.returns.create(RETURN)
        assert (sent().method, sent().path, sent().get_json()) == ("POST", "/store/returns", RETURN)
        assert isinstance(result.return_, Return)
        assert (result.return_.status, result.return_.refund_amount) == (ReturnStatus.REQUESTED, 1500)
        assert result.return_.items[0].reason
        assert result.return_.items[0].reason.label == "Too small"
        assert (result.to_dict(), result.extra) == (recorded, {})
    assert not is_loaded(result.return_, "order")
    assert not is_loaded(result.return_, "shipping_method")


def test_a_key_that_python_does_not_allow_as_a_name() -> None:
    of_dict = StoreReturnsRes.from_dict({"return": {"id": "ret_1", "items": []}, "later": 1})
    assert (of_dict.return_.id, of_dict.extra) == ("ret_1", {"later": 1})
    assert of_dict.to_dict() == {"return": {"id": "ret_1", "items": []}, "later": 1}
    built = StoreReturnsRes(return_=Return(id="ret_1"))
    assert built.to_dict() == {"return": {"id": "ret_1"}}
    assert repr(built) == "<StoreReturnsRes return_=<Return id='ret_1'>>"


def test_an_empty_return(medusa: Medusa, replay: Replay) -> None:
    replay("return_create_no_items")
    created = medusa.returns.create({"order_id": "order_1", "items": []}).return_
    assert (created.items, created.refund_amount, created.shipping_data) == ([], 0, None)


@pytest.mark.parametrize(
    ("case", "error", "said"),
    [
        ("return_create_unknown_order", MedusaNotFoundError, "Order with id: order_nope was not found"),
        ("return_create_unknown_reason", MedusaNotFoundError, "Return_reason with reason_id rr_nope does not exist."),
        ("return_create_unknown_shipping", MedusaNotFoundError, "Shipping Option with so_nope was not found"),
        ("return_create_parent_reason", MedusaInvalidRequestError, "Cannot apply return reason category"),
        ("return_create_quantity_0", MedusaInvalidRequestError, "quantity must not be less than 1"),
    ],
)
def test_a_return_that_is_refused(medusa: Medusa, replay: Replay, case: str, error: type[Exception], said: str) -> None:
    replay(case)
    with pytest.raises(error) as caught:
        medusa.returns.create(RETURN)
    problem: Any = caught.value
    assert (type(problem), problem.message, problem.may_have_happened) == (error, said, False)


@pytest.mark.parametrize("payload", [None, [], "order_1", 1])
def test_a_payload_that_is_no_mapping_is_refused(medusa: Medusa, httpserver: HTTPServer, payload: Any) -> None:
    with pytest.raises(TypeError, match="payload must be a mapping"):
        medusa.returns.create(payload)
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("case", "parent", "children"),
    [("return_reason_retrieve", None, ["Too small"]), ("return_reason_retrieve_child", "Wrong size", [])],
)
def test_retrieve_a_reason(
    medusa: Medusa, replay: Replay, sent: Sent, case: str, parent: str | None, children: list[str]
) -> None:
    recorded = replay(case)
    result = medusa.return_reasons.retrieve("rr/1")
    assert (sent().method, sent().environ["RAW_URI"]) == ("GET", "/store/return-reasons/rr%2F1")
    assert result.to_dict() == recorded
    above = result.return_reason.parent_return_reason
    assert (above.label if above else None) == parent
    assert [each.label for each in result.return_reason.return_reason_children] == children


def test_list_reasons(medusa: Medusa, replay: Replay, sent: Sent) -> None:
    recorded = replay("return_reasons_list")
    result = medusa.return_reasons.list()
    assert (sent().method, sent().environ["RAW_URI"]) == ("GET", "/store/return-reasons")
    assert result.to_dict() == recorded
    assert [type(each) for each in result.return_reasons] == [ReturnReason, ReturnReason]


def test_an_unknown_reason(medusa: Medusa, replay: Replay) -> None:
    replay("return_reason_not_found")
    with pytest.raises(MedusaNotFoundError, match=r"Return Reason with id: rr_nope was not found\."):
        medusa.return_reasons.retrieve("rr_nope")
