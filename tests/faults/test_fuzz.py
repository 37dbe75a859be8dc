"""Fuzz responses: whatever the backend sends, a call returns a correct result or raises a `MedusaError` in time."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
import requests
import urllib3
from hypothesis import HealthCheck, given, settings, strategies as st

from medusa import Medusa, MedusaError

from ..conftest import CORPUS


class Answering(requests.adapters.HTTPAdapter):
    """A transport that responds with the status, body and headers of its attributes."""

    status, body, headers = 200, b"", {"Content-Type": "application/json"}

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        raw = urllib3.HTTPResponse(BytesIO(self.body), self.headers, self.status, preload_content=False)
        return self.build_response(request, raw)


ADAPTER = Answering()
SESSION = requests.Session()
SESSION.mount("http://", ADAPTER)
MEDUSA = Medusa(session=SESSION)
BODIES = [
    json.dumps(cast(Any, exchange)["body"]).encode()
    for name in ("plain", "claim_refund", "swap_requested", "gift_card_redemption_full")
    for exchange in json.loads((CORPUS / "orders" / f"{name}.json").read_text()).values()
]


def check(body: bytes, status: int, headers: dict[str, str]) -> None:
    """Call a route of each kind, and check the result, or the text of the error.

    A result must equal the JSON of the body. Any exception other than a `MedusaError` fails the test.
    """
    ADAPTER.body, ADAPTER.status, ADAPTER.headers = body, status, headers
    for call in (
        lambda: MEDUSA.orders.retrieve("order_1"),
        MEDUSA.auth.get_session,
        lambda: MEDUSA.with_options().auth.get_token({"email": "a", "password": "b"}),
        lambda: MEDUSA.orders.confirm_request({"token": "a"}),
        lambda: MEDUSA.request("GET", "/store/custom"),
    ):
        try:
            result: Any = cast(Any, call)()
        except MedusaError as error:
            told = str(error)
        else:
            told = ""
            if hasattr(result, "to_dict") and result.to_dict():
                assert result.to_dict() == json.loads(body)
        assert told.isprintable()
        assert len(told) < 1000


def mutated(body: bytes, seed: int) -> bytes:
    """Return a real body with up to six random changes: bytes replaced, removed, repeated, inserted or cut off."""
    chance = random.Random(seed)
    data = bytearray(body)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(max(1, len(data))), chance.randint(0, 20)
        kind = chance.randrange(5)
        if kind == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del data[at : at + length]
        elif kind == 2:
            data[at:at] = data[at : at + length]
        elif kind == 3:
            data[at:at] = chance.choice([b'"', b"{", b"}", b"[", b"null", b"-", b"1e400", b"\xff", b"\\ud800", b"NaN"])
        else:
            data = data[: max(1, at)]
    return bytes(data)


STATUS = st.sampled_from([200, 201, 204, 206, 299, 300, 304, 400, 401, 404, 409, 422, 429, 500, 503, 599])
TYPES = st.sampled_from(["application/json", "text/plain", "text/html", "", "application/json; charset=utf-7", "\xff"])
FAST = settings(max_examples=600, deadline=2000, suppress_health_check=list(HealthCheck))


@FAST
@given(st.binary(max_size=300) | st.text().map(str.encode), STATUS, TYPES, st.text(st.characters(max_codepoint=255)))
def test_any_bytes(body: bytes, status: int, content_type: str, retry_after: str) -> None:
    check(body, status, {"Content-Type": content_type, "Retry-After": retry_after, "Location": retry_after})


@FAST
@given(st.sampled_from(BODIES), st.integers(0, 2**32))
def test_mutated_answers(body: bytes, seed: int) -> None:
    check(mutated(body, seed), 200, {"Content-Type": "application/json"})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@FAST
@given(st.sampled_from(BODIES), JSON, st.data())
def test_an_answer_with_any_json_somewhere(body: bytes, strange: object, data: st.DataObject) -> None:
    whole: Any = json.loads(body)
    at: Any = whole
    while True:
        keys: list[Any] = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], (dict, list)) or not at[key] or data.draw(st.booleans()):
            at[key] = strange
            break
        at = at[key]
    check(json.dumps(whole).encode("utf-8", "surrogatepass"), 200, {"Content-Type": "application/json"})


def test_atheris(tmp_path: Path) -> None:
    """A fuzzer that follows the coverage of the package finds no response that fails the same check."""
    if not importlib.util.find_spec("atheris") and not os.environ.get("CI"):
        pytest.skip("atheris is not installed: there are no wheels of it for this machine")
    for number, body in enumerate(BODIES[:4]):
        (tmp_path / str(number)).write_bytes(body)
    command = [sys.executable, "-m", "tests.faults.fuzz_with_atheris", "-runs=5000", "-max_len=9000", "-timeout=10"]
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([*command, "-seed=1", tmp_path], cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done 5000 runs" in done.stderr
