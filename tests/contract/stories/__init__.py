"""What both stores are asked: for each area of the Store API its single requests and its stories.

`CASES` has for each route its requests, of which the first succeeds. They are independent of each other. A story of
`STORIES` is a list of requests, in which a later one means what an earlier one made. Each area has a file of its own.
"""

from __future__ import annotations

from ..mirror import Case
from . import carts, catalogue, checkout, customers, orders, shopping

CASES: dict[tuple[str, str], list[Case]] = {
    **orders.CASES,
    **catalogue.CASES,
    **carts.CASES,
    **checkout.CASES,
    **customers.CASES,
}
STORIES: dict[str, list[Case]] = {
    **orders.STORIES,
    **catalogue.STORIES,
    **carts.STORIES,
    **checkout.STORIES,
    **customers.STORIES,
    **shopping.STORIES,
}
STORIES_WITH_FLAGS: dict[str, list[Case]] = {**catalogue.STORIES_WITH_FLAGS}
