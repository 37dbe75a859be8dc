"""Refund an order by its number. There is one refund for each reference.

MEDUSA_API_KEY=... python examples/refund_order.py 1042 --reference RMA-77
MEDUSA_API_KEY=... python examples/refund_order.py 1042 --reference RMA-78 --amount 12.30 --reason discount --yes

Without --amount, the script refunds the whole amount that can be refunded. The reference identifies the refund, for
example the number of a return or a ticket. The script stores the reference as the note of the refund, and first checks
whether this refund exists. So the same command is safe to repeat.
"""

from __future__ import annotations

import argparse
import os
import sys
from decimal import Decimal, InvalidOperation

from medusa import AdminPostOrdersOrderRefundsReq, Medusa, MedusaError, Order, Refund, RefundReason
from medusa.contrib.money import from_decimal, to_decimal


class Refused(Exception):
    """Nothing was refunded. The message says why."""


def find(medusa: Medusa, number: str) -> Order:
    """Return the order with this number, with its payments, refunds and totals."""
    found = medusa.admin.orders.list({"display_id": number, "fields": "id"}).orders
    if not found:
        raise Refused(f"there is no order {number}")
    return medusa.admin.orders.retrieve(found[0].id).order


def refund_of(order: Order, reference: str) -> Refund | None:
    """Return the refund for this reference, or None."""
    return next((refund for refund in order.refunds if refund.note == reference), None)


def refundable(order: Order) -> int:
    """Return the amount that can be refunded. Medusa's `refundable_amount` includes payments before the capture."""
    captured = [payment for payment in order.payments if payment.captured_at]
    return sum(payment.amount - payment.amount_refunded for payment in captured)


def refund(medusa: Medusa, number: str, reference: str, wanted: Decimal | None, reason: str, is_sure: bool) -> str:
    """Refund an amount, or the whole amount, for this reference. Return a message that says what was refunded."""
    order = find(medusa, number)
    most = refundable(order)
    amount = most if wanted is None else from_decimal(wanted, order.currency_code)

    def money(amount: int) -> str:
        return f"{to_decimal(amount, order.currency_code)} {order.currency_code.upper()}"

    if done := refund_of(order, reference):
        if wanted is not None and amount != done.amount:
            raise Refused(f"there already is a refund for {reference}, of {money(done.amount)}, not {money(amount)}")
        date = f"{done.created_at:%Y-%m-%d %H:%M}"
        return f"Order {number}: {money(done.amount)} were already refunded for {reference} at {date}"
    if not 0 < amount <= most:
        raise Refused(f"cannot refund {money(amount)}: {money(most)} of order {number} can be refunded")
    question = f"Refund {money(amount)} of order {number} for {reference}? [y/N] "
    if not is_sure and (not sys.stdin.isatty() or input(question).strip().lower() not in ("y", "yes")):
        raise Refused("nothing was refunded: confirm the refund, or pass --yes")
    try:
        payload: AdminPostOrdersOrderRefundsReq = {"amount": amount, "reason": reason, "note": reference}
        medusa.admin.orders.refund_payment(order.id, payload)
    except MedusaError as error:
        # The response was lost. The call must not be repeated: check whether the refund exists.
        if not error.may_have_happened or not refund_of(find(medusa, number), reference):
            raise
    return f"Order {number}: refunded {money(amount)} for {reference}"


def decimal(text: str) -> Decimal:
    """Parse an amount like 12.30."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None  # argparse names the argument in its error message.


def main() -> int:
    """Run the script. Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", help="the order number (display_id)")
    parser.add_argument("--reference", required=True, help="identifies the refund; there is one for each reference")
    parser.add_argument("--amount", type=decimal, help="default: the whole amount that can be refunded")
    reasons = [reason.value for reason in RefundReason]
    parser.add_argument("--reason", choices=reasons, default="return", help="default: return")
    parser.add_argument("--yes", action="store_true", help="do not ask for confirmation")
    given = parser.parse_args()
    base_url = os.environ.get("MEDUSA_BASE_URL", "http://localhost:9000")
    try:
        with Medusa(base_url, api_key=os.environ.get("MEDUSA_API_KEY"), max_retries=3) as medusa:
            print(refund(medusa, given.number, given.reference, given.amount, given.reason, given.yes))
    except (MedusaError, Refused, ValueError) as error:
        unknown = isinstance(error, MedusaError) and error.may_have_happened
        print(
            f"{error}. The refund may still be made: run the same command again in a minute." if unknown else error,
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to see whether the refund was made.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
