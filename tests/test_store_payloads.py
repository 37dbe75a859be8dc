"""Every key of the payloads and queries of the JS client's types: each method takes it, and requires what Medusa does.

`corpus/store-payloads.tsv` lists the keys of each method with what the backend's validation says of them, if it does.
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

KEYS = [line.split("\t") for line in (CORPUS / "store-payloads.tsv").read_text().splitlines()[1:]]


def payload_in(hint: Any) -> type[Any] | None:
    """The `TypedDict` that an annotation names."""
    if is_typeddict(hint):
        payload: type[Any] = hint
        return payload
    return next(filter(None, map(payload_in, get_args(hint))), None)


@pytest.mark.parametrize(("js", "field", "backend"), KEYS, ids=lambda text: text or "unsaid")
def test_a_key_is_known(js: str, field: str, backend: str) -> None:
    method = method_of(Medusa(), js)
    taken = {name: hint for name, hint in hints(method).items() if name not in ("return", "custom_headers")}
    if field in taken:
        assert inspect.signature(method).parameters[field].default is None
        return
    payload = next(filter(None, map(payload_in, taken.values())), None)
    *outer, key = re.findall(r"\w+", field)
    for name in outer:
        assert payload, field
        payload = payload_in(hints(payload)[name])
    if payload is None:
        assert outer == ["shipping_address"]  # of `lookup_order`, which is any object
        return
    assert key in hints(payload)
    if backend:
        assert (key in required_keys(payload)) == (backend == "required")
