"""Calls still work if a new version of urllib3 or http.client renames its undocumented parts."""

from __future__ import annotations

import ast
import http
import json
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import trustme
import urllib3

from medusa.http import internals

from .peer import Peer, cut, ok, silent
from .test_connecting import socks_5

ROOT = Path(__file__).parents[2]
NAMES = list(dict.fromkeys(name for _, names in internals.needed() for name in names))
LOST = "a deadline bounds each step of a call but not the whole call, and pool_maxsize does not limit the connections"
LOST_WITH_SOCKS = "connecting through a SOCKS proxy may take longer than a deadline"

CALLS = """if True:
    import json, sys, warnings
    from concurrent.futures import ThreadPoolExecutor

    def outcome(url, proxy=None, **options):
        with Medusa(url, pool_maxsize=2, **options) as medusa, ThreadPoolExecutor(4) as executor:
            medusa.session.proxies = {"http": proxy} if proxy else {}
            try:
                first = medusa.orders.retrieve("order_1").order.id
                return [first, *executor.map(lambda _: medusa.orders.retrieve("order_1").order.id, range(4))]
            except MedusaError as error:
                return type(error).__name__

    urls = json.loads(sys.argv[1])
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        from medusa import Medusa, MedusaError
        report = {
            "plain": outcome(urls["plain"]),
            "with a deadline": outcome(urls["plain"], deadline=20),
            "tls": outcome(urls["tls"], deadline=20),
            "socks": outcome(urls["plain"], urls["socks"], deadline=20),
            "retried": outcome(urls["cut"], max_retries=1),
            "silence": outcome(urls["silent"], deadline=0.3),
            "refused": outcome("http://127.0.0.1:1", max_retries=1),
        }
    report["told"] = [str(each.message) for each in warned if each.category is RuntimeWarning]
    print(json.dumps(report))
"""
OUTCOMES = {
    **dict.fromkeys(["plain", "with a deadline", "tls", "socks", "retried"], ["order_1"] * 5),
    "silence": "MedusaTimeoutError",
    "refused": "MedusaConnectionError",
}


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The URLs of backends and of a proxy, and the path of the authority that signed the certificate of one backend."""
    authority = trustme.CA()
    trusted = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(trusted))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with ExitStack() as stack:
        peers = {
            "plain": Peer(ok),
            "tls": Peer(ok, context=context),
            "cut": Peer(cut(), ok),
            "silent": Peer(silent),
        }
        urls = {name: stack.enter_context(peer).url for name, peer in peers.items()}
        yield {**urls, "socks": f"socks5://{stack.enter_context(socks_5()).at}", "trusted": str(trusted)}


def report(urls: dict[str, str], folder: Path) -> dict[str, Any]:
    """Return the outcomes of calls if the packages in this folder replace the installed ones."""
    environment = {**os.environ, "PYTHONPATH": f"{folder}:{ROOT}", "REQUESTS_CA_BUNDLE": urls["trusted"]}
    command = [sys.executable, "-c", CALLS, json.dumps(urls)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, cwd=folder)
    assert done.returncode == 0, done.stderr
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def rename(name: str, folder: Path) -> None:
    """Copy urllib3 and http to this folder, and rename this name in the copies."""
    for package in (urllib3, http):
        home = Path(package.__path__[0])
        for file in home.rglob("*.py"):
            copy = folder / home.name / file.relative_to(home)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(re.sub(rf"(?<!\w)(key_)?{name}\b", rf"\1{name}_of_old", file.read_text()))


def private_names(tree: ast.AST) -> Iterator[str]:
    """Yield the names with an underscore that a module uses as attributes of any object, or imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
            yield node.attr
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield from (part for part in f"{node.module}".split(".") if part.startswith("_") and part != "__future__")


def own_names(tree: ast.AST) -> Iterator[str]:
    """Yield the names of the functions, classes, variables and attributes that a module defines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def test_no_other_module_uses_a_private_name() -> None:
    folder = Path(internals.__file__).parent
    trees = {file.name: ast.parse(file.read_text()) for file in folder.glob("*.py")}
    own = {name for tree in trees.values() for name in own_names(tree)}
    foreign = {file: sorted({*private_names(tree)} - own) for file, tree in trees.items() if file != "internals.py"}
    assert {file: names for file, names in foreign.items() if names} == {}


def test_no_warning_if_nothing_is_renamed(urls: dict[str, str], tmp_path: Path) -> None:
    assert report(urls, tmp_path) == {**OUTCOMES, "told": []}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_gone(name: str, urls: dict[str, str], tmp_path: Path) -> None:
    rename(name, tmp_path)
    found = report(urls, tmp_path)
    (told,) = found.pop("told")
    assert found == OUTCOMES
    assert re.fullmatch(rf"this version of urllib3 or Python has no such [\w.]*\.{name}(, [\w.]*)?: {LOST}", told)


def test_the_options_of_a_socks_proxy_that_are_gone(urls: dict[str, str], tmp_path: Path) -> None:
    rename("_socks_options", tmp_path)
    told = f"this version of urllib3 or Python has no such SOCKSConnection._socks_options: {LOST_WITH_SOCKS}"
    found = report(urls, tmp_path)
    assert set(found.pop("told")) == {told}
    assert found == OUTCOMES


def test_a_function_with_other_parameters(urls: dict[str, str], tmp_path: Path) -> None:
    rename("_get_conn", tmp_path)
    pool = tmp_path / "urllib3" / "connectionpool.py"
    pool.write_text(
        pool.read_text()
        .replace("_get_conn_of_old", "_get_conn")
        .replace("def _get_conn(self, timeout", "def _get_conn(self, seconds: float | None = None, timeout")
    )
    found = report(urls, tmp_path)
    (told,) = found.pop("told")
    assert found == OUTCOMES
    assert told == f"this version of urllib3 or Python has no such HTTPConnectionPool._get_conn: {LOST}"


def usual_head(folder: Path) -> str:
    """Return the pattern of the heads that are read without http.client, if the packages in this folder are used.

    It is "None" if http.client must read all heads.
    """
    code = "from medusa.http.internals import _usual_head; print(_usual_head())"
    environment = {**os.environ, "PYTHONPATH": f"{folder}:{ROOT}"}
    return subprocess.check_output([sys.executable, "-c", code], text=True, env=environment, cwd=folder).strip()


def test_usual_heads_are_read_without_http_client(tmp_path: Path) -> None:
    assert usual_head(tmp_path).startswith("re.compile(")


def test_usual_heads_after_a_first_call_with_a_deadline(urls: dict[str, str]) -> None:
    code = """if True:
        import sys
        from medusa import Medusa
        from medusa.http.internals import _usual_head
        Medusa(sys.argv[1], deadline=20).orders.retrieve("order_1")
        assert _usual_head.cache_info().currsize == 1
        print(_usual_head())
    """
    found = subprocess.check_output([sys.executable, "-c", code, urls["plain"]], text=True, cwd=ROOT)
    assert found.startswith("re.compile(")


@pytest.mark.parametrize(
    ("line", "of_tomorrow"),
    [
        ("self.will_close = self._check_close()", "self.will_close, self.trailers = self._check_close(), {}"),
        ("self.reason = reason.strip()", "self.reason = reason.strip().upper() + '!'"),
        ("self.chunk_left = None", "self.chunk_remaining = self.chunk_left = None"),
    ],
    ids=["more", "something else", "more of chunks"],
)
def test_an_http_client_that_remembers_more_of_a_head(
    line: str, of_tomorrow: str, urls: dict[str, str], tmp_path: Path
) -> None:
    rename("_of_nothing", tmp_path)
    client = tmp_path / "http" / "client.py"
    text = client.read_text()
    assert line in text
    client.write_text(text.replace(line, of_tomorrow))
    assert usual_head(tmp_path) == "None"
    assert report(urls, tmp_path) == {**OUTCOMES, "told": []}
