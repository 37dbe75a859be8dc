"""Read the e-mail of a claim, which a demo shows instead of sending it.

Medusa emits the event `order-update-token.created` for each claim. The shop itself must send the token to the order's
e-mail address. For tests, the backend and the sandbox of this repository return these events at `GET /claim-tokens`. A
real backend must never do that.
"""

from __future__ import annotations

import time
from typing import Any

from medusa import Medusa


def claim_mail(medusa: Medusa, order_id: str) -> dict[str, Any] | None:
    """Return the newest claim of this order by the client's customer, with `old_email`, `token` and more.

    Medusa emits the claim up to three seconds after `request_customer_orders`. Returns None if there is no claim.
    """
    customer_id = medusa.auth.get_session().customer.id
    for _ in range(100):
        events: list[dict[str, Any]] = medusa.request("GET", "/claim-tokens")
        for event in events[::-1]:
            if order_id in event["orders"] and event["new_customer_id"] == customer_id:
                return event
        time.sleep(0.1)
    return None
