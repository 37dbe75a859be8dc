"""Order edits, and the payment collections that pay for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import (
    Medusa,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    OrderEdit,
    OrderEditStatus,
    PaymentCollection,
    PaymentCollectionStatus,
    PaymentSessionStatus,
    is_loaded,
)

from .conftest import Replay, Sent, target

Call = Callable[[Medusa], Any]


@pytest.mark.parametrize(
    ("call", "case", "sent_as", "body", "status"),
    [
        (
            lambda medusa: medusa.order_edits.retrieve("oe/1", expand=["changes", "items"], fields="id, order_id"),
            "order_edit_confirmed",
            "GET /store/order-edits/oe%2F1?expand=changes%2Citems&fields=id%2Corder_id",
            None,
            OrderEditStatus.CONFIRMED,
        ),
        (
            lambda medusa: medusa.order_edits.decline("oe/1", {"declined_reason": "高い"}),
            "order_edit_decline",
            "POST /store/order-edits/oe%2F1/decline",
            {"declined_reason": "高い"},
            OrderEditStatus.DECLINED,
        ),
        (
            lambda medusa: medusa.order_edits.decline("oe_1", {}),
            "order_edit_decline_no_reason",
            "POST /store/order-edits/oe_1/decline",
            {},
            OrderEditStatus.DECLINED,
        ),
        (
            lambda medusa: medusa.order_edits.complete("oe/1"),
            "order_edit_complete",
            "POST /store/order-edits/oe%2F1/complete",
            {},
            OrderEditStatus.CONFIRMED,
        ),
    ],
)
def test_an_order_edit_comes_back(
    medusa: Medusa, replay: Replay, sent: Sent, call: Call, case: str, sent_as: str, body: Any, status: OrderEditStatus
) -> None:
    recorded = replay(case)
    result = call(medusa)
    assert f"{sent().method} {target(sent())}" == sent_as
    assert (sent().get_json() if sent().data else None) == body
    assert isinstance(result.order_edit, OrderEdit)
    assert result.order_edit.status is status
    assert result.to_dict() == recorded
    assert result.order_edit.extra == {}
    assert not is_loaded(result.order_edit, "internal_note")


@pytest.mark.parametrize(
    ("call", "case", "sent_as", "body"),
    [
        (
            lambda collections: collections.retrieve("paycol/1"),
            "payment_collection_retrieve",
            "GET /store/payment-collections/paycol%2F1",
            None,
        ),
        (
            lambda collections: collections.retrieve("paycol_1", {"fields": "id"}, expand=["payments", " region"]),
            "payment_collection_expand",
            "GET /store/payment-collections/paycol_1?fields=id&expand=payments%2Cregion",
            None,
        ),
        (
            lambda collections: collections.manage_payment_session("paycol_1", {"provider_id": "manual"}),
            "payment_collection_session_same",
            "POST /store/payment-collections/paycol_1/sessions",
            {"provider_id": "manual"},
        ),
        (
            lambda collections: collections.manage_payment_sessions_batch(
                "paycol_1", {"sessions": [{"provider_id": "manual", "amount": 1740}]}
            ),
            "payment_collection_batch",
            "POST /store/payment-collections/paycol_1/sessions/batch",
            {"sessions": [{"provider_id": "manual", "amount": 1740}]},
        ),
        (
            lambda collections: collections.authorize_payment_sessions_batch("paycol_1", {"session_ids": ["ps_1"]}),
            "payment_collection_batch_authorize_all",
            "POST /store/payment-collections/paycol_1/sessions/batch/authorize",
            {"session_ids": ["ps_1"]},
        ),
    ],
)
def test_a_payment_collection_comes_back(
    medusa: Medusa, replay: Replay, sent: Sent, call: Callable[[Any], Any], case: str, sent_as: str, body: Any
) -> None:
    recorded = replay(case)
    result = call(medusa.payment_collections)
    assert f"{sent().method} {target(sent())}" == sent_as
    assert (sent().get_json() if sent().data else None) == body
    assert isinstance(result.payment_collection, PaymentCollection)
    assert result.to_dict() == recorded
    assert result.payment_collection.extra == {}


@pytest.mark.parametrize(
    ("method", "case", "end", "status"),
    [
        ("authorize_payment_session", "payment_collection_authorize", "/authorize", PaymentSessionStatus.AUTHORIZED),
        ("refresh_payment_session", "payment_collection_refresh", "", PaymentSessionStatus.PENDING),
    ],
)
def test_a_payment_session_comes_back(
    medusa: Medusa, replay: Replay, sent: Sent, method: str, case: str, end: str, status: PaymentSessionStatus
) -> None:
    recorded = replay(case)
    result = getattr(medusa.payment_collections, method)("paycol/1", "ps/1")
    assert (sent().method, target(sent())) == ("POST", f"/store/payment-collections/paycol%2F1/sessions/ps%2F1{end}")
    assert sent().get_json() == {}
    assert result.to_dict() == recorded
    assert (result.payment_session.status, result.payment_session.amount) == (status, 3480)


def test_sessions_that_do_not_become_authorized(medusa: Medusa, replay: Replay) -> None:
    replay("pc_pending_authorize_batch")
    payload: Any = {"session_ids": ["ps_1"]}
    collection = medusa.payment_collections.authorize_payment_sessions_batch("paycol_1", payload).payment_collection
    assert collection.status is PaymentCollectionStatus.AWAITING
    assert (collection.authorized_amount, collection.payments) == (0, [])


@pytest.mark.parametrize(
    ("call", "case", "error", "code", "said"),
    [
        (
            lambda medusa: medusa.order_edits.retrieve("oe_1", fields="id,status"),
            "order_edit_fields",
            MedusaInvalidRequestError,
            None,
            "Requested fields [status] are not valid",
        ),
        (
            lambda medusa: medusa.order_edits.retrieve("oe_1", expand="nope"),
            "order_edit_expand_bad",
            MedusaServerError,
            "unknown_error",
            "An unknown error occurred.",
        ),
        (
            lambda medusa: medusa.order_edits.complete("oe_1"),
            "order_edit_complete_unpaid",
            MedusaInvalidRequestError,
            None,
            "Unable to complete an order edit if the payment is not authorized",
        ),
        (
            lambda medusa: medusa.order_edits.decline("oe_1", {}),
            "order_edit_decline_confirmed",
            MedusaInvalidRequestError,
            None,
            "Cannot decline an order edit with status confirmed.",
        ),
        (
            lambda medusa: medusa.payment_collections.authorize_payment_session("paycol_1", "ps_1"),
            "pc_fail_authorize",
            MedusaInvalidRequestError,
            "card_declined",
            "Your card was declined.:\ninsufficient_funds",
        ),
        (
            lambda medusa: medusa.payment_collections.authorize_payment_session("paycol_1", "ps_1"),
            "pc_pending_authorize",
            MedusaInvalidRequestError,
            None,
            'Failed to authorize Payment Session id "paycol_01M8G4KZYRG1ZR834AJD3HG43S"',
        ),
        (
            lambda medusa: medusa.payment_collections.refresh_payment_session("paycol_1", "ps_nope"),
            "payment_collection_refresh_unknown",
            MedusaNotFoundError,
            None,
            "Payment collection related to Payment Session id ps_nope was not found",
        ),
        (
            lambda medusa: medusa.payment_collections.manage_payment_sessions_batch("paycol_1", {"sessions": []}),
            "payment_collection_batch_wrong_total",
            MedusaServerError,
            None,
            "The sum of sessions is not equal to 5220 on Payment Collection",
        ),
    ],
)
def test_a_recorded_failure(
    medusa: Medusa, replay: Replay, call: Call, case: str, error: type[Exception], code: str | None, said: str
) -> None:
    replay(case)
    with pytest.raises(error) as caught:
        call(medusa)
    problem: Any = caught.value
    assert (type(problem), problem.code, problem.message) == (error, code, said)


@pytest.mark.parametrize(
    ("call", "case", "causes"),
    [
        (
            lambda medusa: medusa.order_edits.retrieve("oe_1", expand="nope"),
            "order_edit_expand_bad",
            "expand has an unknown name",
        ),
        (
            lambda medusa: medusa.payment_collections.retrieve("paycol_1", fields="nope"),
            "payment_collection_fields_bad",
            "expand or fields has an unknown name",
        ),
        (
            lambda medusa: medusa.payment_collections.manage_payment_sessions_batch("paycol_1", {"sessions": []}),
            "payment_collection_batch_bad_amount",
            "a provider_id or an amount is missing or malformed",
        ),
    ],
)
def test_a_500_names_its_causes(medusa: Medusa, replay: Replay, call: Call, case: str, causes: str) -> None:
    replay(case)
    with pytest.raises(MedusaServerError, match=causes):
        call(medusa)


@pytest.mark.parametrize("option", ["expand", "fields"])
def test_an_option_that_is_given_in_both_ways(medusa: Medusa, httpserver: HTTPServer, option: str) -> None:
    query: Any = {option: "region"}
    options: Any = {option: ["region"]}
    with pytest.raises(ValueError, match=f"^{option} must not be given both in query and as an argument$"):
        medusa.payment_collections.retrieve("paycol_1", query, **options)
    assert httpserver.log == []


@pytest.mark.parametrize("payload", [[], "manual", b"x", 1])
def test_a_payload_that_is_no_mapping_is_refused(medusa: Medusa, httpserver: HTTPServer, payload: Any) -> None:
    collections = medusa.payment_collections
    for call in (
        medusa.order_edits.decline,
        collections.retrieve,
        collections.manage_payment_session,
        collections.manage_payment_sessions_batch,
        collections.authorize_payment_sessions_batch,
    ):
        with pytest.raises(TypeError, match="must be a mapping"):
            call("id_1", payload)
    assert httpserver.log == []


@pytest.mark.parametrize("id", ["", ".", "..", None, 12])
def test_an_invalid_id_is_refused(medusa: Medusa, httpserver: HTTPServer, id: Any) -> None:
    collections = medusa.payment_collections
    calls: list[Callable[[], Any]] = [
        lambda: medusa.order_edits.retrieve(id),
        lambda: medusa.order_edits.decline(id, {}),
        lambda: medusa.order_edits.complete(id),
        lambda: collections.retrieve(id),
        lambda: collections.authorize_payment_session("paycol_1", id),
        lambda: collections.refresh_payment_session(id, "ps_1"),
    ]
    for call in calls:
        with pytest.raises(ValueError if isinstance(id, str) else TypeError, match="id"):
            call()
    assert httpserver.log == []
