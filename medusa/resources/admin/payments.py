"""Payments: capture and refund individual payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Names, Resource, Result, selection
from .checks import check_positive

if TYPE_CHECKING:
    from ...models.payment import Payment, Refund, RefundReason

__all__ = [
    "AdminPaymentRes",
    "AdminPaymentsResource",
    "AdminPostPaymentRefundsReq",
    "AdminRefundRes",
    "GetPaymentsParams",
]


@entity
class AdminPaymentRes(Result):
    """Response with one payment."""

    payment: Payment


@entity
class AdminRefundRes(Result):
    """Response with one refund."""

    refund: Refund


class GetPaymentsParams(TypedDict, total=False):
    """Which relations and fields of a payment to return."""

    expand: str
    """Relations to return, separated by commas."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


class AdminPostPaymentRefundsReq(TypedDict):
    """Payload of `admin.payments.refund_payment`."""

    amount: int
    """Smallest currency unit, at least 1 and at most the amount that is not refunded yet."""
    reason: RefundReason | str
    note: NotRequired[str | None]


class AdminPaymentsResource(Resource):
    """Payments.

    Amounts are integers in the smallest unit of `payment.currency_code`. These methods do not change the
    `payment_status` of an order. For the payments of an order, use `admin.orders.capture_payment` and
    `admin.orders.refund_payment`.
    """

    def retrieve(
        self,
        id: str,
        query: GetPaymentsParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> AdminPaymentRes:
        """Return the payment with this ID as `.payment`.

        `GET /admin/payments/{id}`

        The response includes relations only if `expand` names them.

        Raises `MedusaNotFoundError` if no payment has this ID. Raises `MedusaServerError` if `expand` or `fields`
        contains an unknown name.
        """
        return self._get(
            AdminPaymentRes,
            "/admin/payments/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def capture_payment(self, id: str, custom_headers: Headers = None) -> AdminPaymentRes:
        """Capture a payment and return it as `.payment`.

        `POST /admin/payments/{id}/capture`

        Capturing a captured payment again changes nothing.

        Raises `MedusaNotFoundError` if no payment has this ID. Raises `MedusaServerError` if the payment provider
        fails.
        """
        return self._post(
            AdminPaymentRes,
            "/admin/payments/{id}/capture",
            id,
            headers=custom_headers,
            causes_of_500="the payment provider failed",
        )

    def refund_payment(
        self, id: str, payload: AdminPostPaymentRefundsReq, custom_headers: Headers = None
    ) -> AdminRefundRes:
        """Refund an amount of a captured payment and return the refund as `.refund`.

        `POST /admin/payments/{id}/refund`

        Raises `ValueError` if the amount is not greater than 0. Raises `MedusaNotFoundError` if no payment has this ID.
        Raises `MedusaInvalidRequestError` if the payment is not captured, if the amount is above the amount that is not
        refunded yet, or if a value is missing or malformed. Raises `MedusaServerError` if the payment provider fails.
        """
        check_positive(payload, "amount")
        return self._post(
            AdminRefundRes,
            "/admin/payments/{id}/refund",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the payment provider failed",
        )
