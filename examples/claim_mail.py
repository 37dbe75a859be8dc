"""The mail of a claim, which a demo shows in place of sending it.

Medusa emits the event `order-update-token.created` for each claim, and mailing its token to the order's address is the
shop's own work. The backend and the sandbox of this repository hand those events out at `GET /claim-tokens`; a real
Store must never do that.
"""

from __future__ import annotations

import time
from typing import Any

from medusa import Medusa


def claim_mail(medusa: Medusa, order_id: str) -> dict[str, Any] | None:
    """The newest claim of this order by the client's customer: `old_email`, `token` and more, of which Medusa tells
    up to three seconds after `request_customer_orders`; None where it does not come."""
    customer_id = medusa.auth.get_session().customer.id
    for _ in range(100):
        events: list[dict[str, Any]] = medusa.request("GET", "/claim-tokens")
        for event in events[::-1]:
            if order_id in event["orders"] and event["new_customer_id"] == customer_id:
                return event
        time.sleep(0.1)
    return None
