"""Refund an order by its number, once for each reference.

MEDUSA_API_KEY=... python examples/refund_order.py 1042 --reference RMA-77
MEDUSA_API_KEY=... python examples/refund_order.py 1042 --reference RMA-78 --amount 12.30 --reason discount --yes

Without an amount it refunds all that can be. The reference names the reason, such as the number of a return or of a
ticket. The refund keeps it as its note, and the script looks for it first: the same command does nothing a second time.
"""

from __future__ import annotations

import argparse
import os
import sys
from decimal import Decimal, InvalidOperation

from medusa import AdminPostOrdersOrderRefundsReq, Medusa, MedusaError, Order, Refund, RefundReason
from medusa.contrib.money import from_decimal, to_decimal


class Refused(Exception):
    """Nothing was refunded; the text says why."""


def find(medusa: Medusa, number: str) -> Order:
    """The order with this number, with its payments, refunds and totals."""
    found = medusa.admin.orders.list({"display_id": number, "fields": "id"}).orders
    if not found:
        raise Refused(f"there is no order {number}")
    return medusa.admin.orders.retrieve(found[0].id).order


def refund_of(order: Order, reference: str) -> Refund | None:
    """The refund that was made for this reference."""
    return next((refund for refund in order.refunds if refund.note == reference), None)


def refundable(order: Order) -> int:
    """What can be refunded: Medusa's own `refundable_amount` counts payments that are not captured, too."""
    captured = [payment for payment in order.payments if payment.captured_at]
    return sum(payment.amount - payment.amount_refunded for payment in captured)


def refund(medusa: Medusa, number: str, reference: str, wanted: Decimal | None, reason: str, is_sure: bool) -> str:
    """Refund an amount, or all, for this reference. Return what was done."""
    order = find(medusa, number)
    most = refundable(order)
    amount = most if wanted is None else from_decimal(wanted, order.currency_code)

    def money(amount: int) -> str:
        return f"{to_decimal(amount, order.currency_code)} {order.currency_code.upper()}"

    if done := refund_of(order, reference):
        if wanted is not None and amount != done.amount:
            raise Refused(f"{money(done.amount)} were refunded for {reference}, not {money(amount)}")
        return f"Order {number}: {money(done.amount)} were refunded for {reference} at {done.created_at:%Y-%m-%d %H:%M}"
    if not 0 < amount <= most:
        raise Refused(f"{money(most)} can be refunded of order {number}, not {money(amount)}")
    question = f"Refund {money(amount)} of order {number} for {reference}? [y/N] "
    if not is_sure and (not sys.stdin.isatty() or input(question).strip().lower() not in ("y", "yes")):
        raise Refused("nothing was refunded: confirm it, or pass --yes")
    try:
        payload: AdminPostOrdersOrderRefundsReq = {"amount": amount, "reason": reason, "note": reference}
        medusa.admin.orders.refund_payment(order.id, payload)
    except MedusaError as error:
        # The response was lost. Never repeat it: look whether the refund is there.
        if not error.may_have_happened or not refund_of(find(medusa, number), reference):
            raise
    return f"Order {number}: refunded {money(amount)} for {reference}"


def decimal(text: str) -> Decimal:
    """An amount such as 12.30."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None  # argparse says which argument is wrong.


def main() -> int:
    """Refund what the arguments say. Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", help="the number that the customer knows the order by")
    parser.add_argument("--reference", required=True, help="what the refund is for; there is one refund for each")
    parser.add_argument("--amount", type=decimal, help="all that can be refunded by default")
    reasons = [reason.value for reason in RefundReason]
    parser.add_argument("--reason", choices=reasons, default="return", help="return by default")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    given = parser.parse_args()
    base_url = os.environ.get("MEDUSA_BASE_URL", "http://localhost:9000")
    try:
        with Medusa(base_url, api_key=os.environ.get("MEDUSA_API_KEY"), max_retries=3) as medusa:
            print(refund(medusa, given.number, given.reference, given.amount, given.reason, given.yes))
    except (MedusaError, Refused, ValueError) as error:
        unknown = isinstance(error, MedusaError) and error.may_have_happened
        print(
            f"{error}. The refund may come yet: run the same command in a minute." if unknown else error,
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to see whether the refund was made.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
