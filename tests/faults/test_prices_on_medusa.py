"""Batch jobs and prices of price lists are made once on a real Medusa, through a proxy that loses answers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from medusa import Medusa, MedusaError

from ..contract.shop import Shop
from .test_twice_on_medusa import Calls, Proxy, accounted, marks_in, outcomes_of

OF_EACH_KIND = 15
DESCRIPTION = "through a proxy"
"""Of the price lists of this test."""

Call = Callable[[Medusa], object]


def marked(kind: str, call: Callable[[str, int], Call]) -> Calls:
    return {f"mark-{kind}-{number}": call(f"mark-{kind}-{number}", number) for number in range(OF_EACH_KIND)}


def jobs() -> Calls:
    def call(mark: str, _: int) -> Call:
        payload: Any = {"type": "product-export", "context": {"mark": mark}, "dry_run": True}
        return lambda medusa: medusa.admin.batch_jobs.create(payload)

    return marked("job", call)


def price_lists() -> Calls:
    def call(mark: str, _: int) -> Call:
        payload: Any = {"name": mark, "description": DESCRIPTION, "type": "sale", "prices": []}
        return lambda medusa: medusa.admin.price_lists.create(payload)

    return marked("list", call)


def prices(price_list: str, variant: str, kind: str) -> Calls:
    """The amount of a price is the number of its mark, which is in a header."""

    def call(mark: str, number: int) -> Call:
        price: Any = {"variant_id": variant, "currency_code": "eur", "amount": number}
        headers = {"X-Mark": mark}
        if kind == "added":
            return lambda medusa: medusa.admin.price_lists.add_prices(price_list, {"prices": [price]}, headers)
        return lambda medusa: medusa.admin.price_lists.update(price_list, {"prices": [price]}, headers)

    return marked(kind, call)


def test_jobs_and_prices(backend: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda least, most: least)  # No waits between attempts.
    shop = Shop(backend)
    admin, variant = shop.merchant.admin, shop.variants["HAT"]
    empty: Any = {"name": "Prices", "description": DESCRIPTION, "type": "sale", "prices": []}
    of_kind = {kind: admin.price_lists.create(empty).price_list.id for kind in ("added", "updated")}
    work: list[Calls] = [jobs(), price_lists(), *(prices(id, variant, kind) for kind, id in of_kind.items())]
    earlier = {job.id for job in admin.batch_jobs.iterate()}
    outcomes: dict[str, MedusaError | None] = {}
    with Proxy(backend["url"]) as proxy, ThreadPoolExecutor(3) as pool:
        options: Any = {"timeout": 60, "max_retries": 3, "custom_headers": shop.admin.headers}
        with Medusa(proxy.url, **options) as medusa:
            for part in pool.map(lambda calls: outcomes_of(calls, medusa), work):
                outcomes |= part
    held = Counter[str]()
    for job in admin.batch_jobs.iterate():
        held.update(marks_in(str(job.context)) if job.id not in earlier else ())
    for kind, id in of_kind.items():
        held.update(f"mark-{kind}-{price.amount}" for price in admin.price_lists.retrieve(id).price_list.prices)
    for price_list in list(admin.price_lists.iterate({"description": DESCRIPTION})):
        held.update(marks_in(price_list.name))
        admin.price_lists.delete(price_list.id)

    assert len(outcomes) == 4 * OF_EACH_KIND
    assert accounted(proxy, outcomes, held) >= {
        "successful, held: 1",
        "may have happened: True, held: 1",
        "may have happened: False, held: 0",
    }
    shop.close()
