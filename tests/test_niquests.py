"""If niquests is installed, urllib3-future replaces urllib3. Calls, `close()` and forks still work."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from release import ROOT

from .test_package import Install, built, install, run

__all__ = ["built", "install"]  # The fixtures that this module imports.

NIQUESTS = ["niquests==3.21.2", "urllib3-future==2.25.904", "jh2==5.0.15", "qh3==2.1.0", "wassima==2.1.5"]

CALLS = """if True:
    import gzip, json, os, urllib3, warnings
    from peer import Peer, answered, cut, dripping, http, ok, silent

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        from medusa import Medusa, MedusaConnectionError, MedusaDecodeError, MedusaTimeoutError
        Medusa().orders, Medusa().auth
    told = [str(each.message) for each in warned if each.category is RuntimeWarning]

    def outcome(call, *errors):
        try:
            return call()
        except errors as error:
            return type(error).__name__

    def retrieve(medusa):
        return medusa.orders.retrieve("order_1").order.id

    report = {"urllib3": urllib3.__version__, "told": told}
    with Peer(ok) as peer:
        medusa = Medusa(peer.url, pool_maxsize=1, max_retries=1, deadline=60)
        report["call"] = retrieve(medusa)
        child = os.fork()
        if not child:
            status = 1
            try:
                status = int(retrieve(medusa) != "order_1")
                medusa.close()
            finally:
                os._exit(status)
        report["child"] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        report["after the fork"] = retrieve(medusa)
        report["connections"] = [request.connection for request in peer.requests]
        medusa.close()
        report["closed"] = peer.all_closed()
        report["after close"] = retrieve(medusa)
        medusa.close()
        shops = [medusa.with_options(base_url=f"http://127.0.0.{n}:{peer.url.rpartition(':')[2]}") for n in (1, 1)]
        report["many"] = [retrieve(shop) for shop in shops]
        medusa.close()
    with Peer(cut(), ok) as peer, Medusa(peer.url, max_retries=1) as medusa:
        report["retried"] = retrieve(medusa), len(peer.requests)
    with Peer(silent) as peer, Medusa(peer.url, deadline=0.3) as medusa:
        report["silence"] = outcome(lambda: retrieve(medusa), MedusaTimeoutError)
    packed = gzip.compress(b'{"order": {"id": "order_1"}}')
    for name, body in (("packed", packed), ("followed", packed + bytes(9)), ("cut", packed[:-9])):
        answer = answered(http(body, Content_Type="application/json", Content_Encoding="gzip"))
        with Peer(answer) as peer, Medusa(peer.url) as medusa:
            report[name] = outcome(lambda: retrieve(medusa), MedusaConnectionError)
    with Peer(answered(http(b"x" * 2000))) as peer, Medusa(peer.url, max_response_bytes=1000) as medusa:
        report["large"] = outcome(lambda: retrieve(medusa), MedusaDecodeError)
    with Medusa("http://127.0.0.1:1", max_retries=1) as medusa:
        report["refused"] = outcome(lambda: retrieve(medusa), MedusaConnectionError)
    print(json.dumps(report))
"""


@pytest.fixture(scope="module")
def report(built: dict[str, Path], install: Install, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("niquests")
    python = install(built["wheel"], *NIQUESTS)
    shutil.copy(ROOT / "tests" / "faults" / "peer.py", folder)
    printed: dict[str, object] = json.loads(run(python, "-c", CALLS, cwd=folder).splitlines()[-1])
    return printed


def test_niquests(report: dict[str, object]) -> None:
    told = (
        "urllib3 is replaced by another package, such as the urllib3-future of niquests: a deadline bounds each step of"
        " a call but not the whole call, and pool_maxsize does not limit the connections"
    )
    assert report == {
        "urllib3": "2.25.904",
        "told": [told],
        "call": "order_1",
        "child": 0,
        "after the fork": "order_1",
        "connections": [1, 2, 1],
        "closed": True,
        "after close": "order_1",
        "many": ["order_1", "order_1"],
        "retried": ["order_1", 2],
        "silence": "MedusaTimeoutError",
        "packed": "order_1",
        "followed": "order_1",
        "cut": "MedusaConnectionError",
        "large": "MedusaDecodeError",
        "refused": "MedusaConnectionError",
    }
