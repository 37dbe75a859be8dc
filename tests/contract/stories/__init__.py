"""The requests that both stores receive: single requests and stories for each area of the Store API.

`CASES` contains the single requests of each route. They are independent of each other, and the first one succeeds.
`STORIES` contains lists of requests in which later requests use the rows that earlier requests created. Each area has
its own file.
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
