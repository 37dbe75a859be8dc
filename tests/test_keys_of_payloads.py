"""Each method accepts all keys of payloads and queries in the JS client's types, and requires what Medusa requires.

`corpus/store-payloads.tsv` and `corpus/admin-payloads.tsv` list the keys of each method. They also say whether the
backend's validation requires a key, if it mentions the key.
"""

from __future__ import annotations

import inspect
import re
from typing import Any, get_args, is_typeddict

import pytest

from medusa import Medusa

from .conftest import CORPUS
from .examples import hints, required_keys
from .recorded_calls import method_of

pytestmark = pytest.mark.once

KEYS = [
    line.split("\t")
    for name in ("store-payloads.tsv", "admin-payloads.tsv")
    for line in (CORPUS / name).read_text().splitlines()[1:]
]

REFUSED = {("admin.currencies.list", "includes_tax"), ("admin.customerGroups.list", "id")}
"""The keys that the published types have and that a real backend rejects in every form."""

OTHERWISE = {
    ("admin.giftCards.create", "value"): "required: the database refuses a gift card without it",
    ("admin.inventoryItems.create", "variant_id"): "required: the service refuses an item without it",
    ("admin.products.create", "discountable"): "optional: the backend has a default",
    ("admin.products.create", "is_giftcard"): "optional: the backend has a default",
    ("admin.priceLists.create", "prices[].currency_code"): "optional: one of currency_code and region_id is required",
    ("admin.priceLists.create", "prices[].region_id"): "optional: one of currency_code and region_id is required",
    ("admin.products.createVariant", "prices[].currency_code"): "optional: one of the two is required",
    ("admin.products.createVariant", "prices[].region_id"): "optional: one of the two is required",
}
"""The keys that a real backend treats differently from what its validation says, and how."""


def payload_in(hint: Any) -> type[Any] | None:
    """Return the `TypedDict` in an annotation."""
    if is_typeddict(hint):
        payload: type[Any] = hint
        return payload
    return next(filter(None, map(payload_in, get_args(hint))), None)


@pytest.mark.parametrize(("js", "field", "validation"), KEYS, ids=lambda text: text or "unsaid")
def test_a_key_is_known(js: str, field: str, validation: str) -> None:
    method = method_of(Medusa(), js)
    taken = {name: hint for name, hint in hints(method).items() if name not in ("return", "custom_headers")}
    parameters = inspect.signature(method).parameters
    if field in taken and parameters[field].kind is inspect.Parameter.KEYWORD_ONLY:
        assert parameters[field].default is None
        return
    *outer, key = re.findall(r"\w+", field)
    if (js, (outer or [key])[0]) in REFUSED:
        assert not any(key in hints(payload) for hint in taken.values() if (payload := payload_in(hint)))
        return
    holders = [holder for hint in taken.values() if (holder := holder_of(outer, hint))]
    if not holders:
        assert outer == ["shipping_address"]  # `lookup_order` accepts any object as this address.
        return
    found = [holder for holder in holders if key in hints(holder)]
    assert found
    if validation:
        validation = OTHERWISE.get((js, field), validation).partition(":")[0]
        assert (key in required_keys(found[0])) == (validation == "required")


def holder_of(outer: list[str], hint: Any) -> type[Any] | None:
    """Return the `TypedDict` that is reached from an annotation by these keys, from the outermost to the innermost."""
    holder = payload_in(hint)
    for name in outer:
        holder = payload_in(hints(holder).get(name)) if holder else None
    return holder
