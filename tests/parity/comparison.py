"""Play a case with the real JS client and with the Python client, and return the differences."""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import json
import re
import subprocess
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from medusa import Medusa, MedusaAPIError, MedusaConnectionError, MedusaDecodeError, MedusaTimeoutError, Model

from ..faults.peer import Peer, Request
from ..recorded_calls import method_of, snake_case
from .cases import ANSWERS, Both, Call, Case

HERE = Path(__file__).parent
_UUID4 = re.compile(r"[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}")

Difference = tuple[str, str]
"""The behavior of the JS client and the different behavior of the Python client."""


@dataclass
class Done:
    """The outcome of one call: the result or error for the caller, and the requests that the server received."""

    outcome: str
    data: Any
    requests: list[Request]

    def __str__(self) -> str:
        count = len(self.requests)
        sent = f"after {count} request{'s' if count > 1 else ''}" if count else "nothing sent"
        return f"{self.outcome}, {sent}"


# The two clients


def install() -> None:
    """Install the JS client, unless it is already installed."""
    lock_file = HERE / "package-lock.json"
    stamp = HERE / "node_modules" / ".installed"
    with lock_file.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Several pytest-xdist workers may call this at once.
        wanted = hashlib.sha256(lock.read()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            subprocess.run(["npm", "install", "--no-save"], cwd=HERE, check=True, timeout=600)
            stamp.write_text(wanted)


class JSClient:
    """A Node process that makes calls with the JS client. Several threads can use it at the same time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", "driver.js"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._under_way: dict[int, Future[dict[str, Any]]] = {}
        self._ids = itertools.count()
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            done = json.loads(line)
            self._under_way.pop(done["id"]).set_result(done)
        for waiting in list(self._under_way.values()):
            waiting.set_exception(RuntimeError("Node has ended"))

    def perform(self, case: Case, call: Call, server: str) -> tuple[str, Any]:
        args = list(call.args)
        if call.method == "client.request":
            args += [Both("undefined", None)] * (3 - len(args)) + [{}]
        if call.headers is not None:
            args.append(call.headers)
        id, future = next(self._ids), Future[dict[str, Any]]()
        self._under_way[id] = future
        line = {
            "id": id,
            "client": f"{case.name} {call.client}",
            "options": {"baseUrl": server, **_at(case.options, server)},
            "method": call.method,
            "args": args,
        }
        assert self._process.stdin
        with self._lock:
            self._process.stdin.write(json.dumps(line, default=_in_js) + "\n")
            self._process.stdin.flush()
        done = future.result(timeout=60)
        if call.returns_body and done["outcome"].startswith("ok"):
            return "ok", done["data"]  # The Python client does not return the status of these calls.
        return done["outcome"], done["data"]

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._reader.join(timeout=30)
        self._process.stdout.close()
        self._process.wait(timeout=30)


def _in_js(value: Both | datetime) -> dict[str, str]:
    return {"$js": value.js if isinstance(value, Both) else f"new Date('{value.isoformat()}')"}


def perform(clients: dict[int, Medusa], case: Case, call: Call, server: str) -> tuple[str, Any]:
    """Make the same call with the Python client."""
    args = _here(call.args)
    try:
        if call.client not in clients:
            options = _here({"baseUrl": server, **_at(case.options, server)})
            given = {snake_case(name): value for name, value in options.items()}
            clients[call.client] = Medusa(**given, **case.python_options)
        medusa = clients[call.client]
        if call.method == "client.request":
            method, path, *payload = args
            return "ok", medusa.request(method, path, json=next(iter(payload), None), custom_headers=call.headers)
        method = method_of(medusa, call.method)
        result = method(*args) if call.headers is None else method(*args, call.headers)
    except MedusaAPIError as error:
        return f"error {error.status}", _body(error.response)
    except MedusaDecodeError:
        return "decode error", None
    except MedusaTimeoutError:
        return "no response in time", None
    except MedusaConnectionError:
        return "no response", None
    except (TypeError, ValueError):
        return "argument error", None
    if result is None:  # Only `set_publishable_key` returns None.
        return "ok", {}
    if call.returns_body:
        return "ok", result
    return f"ok {result.response.status_code}", result.to_dict() if isinstance(result, Model) else result


def _body(response: requests.Response | None) -> Any:
    assert response is not None
    text = response.content.decode()
    try:
        return json.loads(text)
    except ValueError:
        return text


def _at(options: dict[str, Any], server: str) -> dict[str, Any]:
    return {**options, "baseUrl": options.get("baseUrl", server).replace("{server}", server)}


def _here(value: Any) -> Any:
    """Return the value with Python's values in place of each `Both`."""
    if isinstance(value, Both):
        return value.python
    if isinstance(value, list):
        return [_here(item) for item in value]
    if isinstance(value, dict):
        return {key: _here(item) for key, item in value.items() if not (isinstance(item, Both) and item.python is ...)}
    return value


# Playing a case with both


def play(case: Case, js: JSClient) -> list[tuple[Done, Done]]:
    """Play a case with both clients. Return the outcome in JS and in Python for each call."""
    ours: dict[int, Medusa] = {}
    done: list[tuple[Done, Done]] = []
    with Peer(ANSWERS["client.request"]) as for_js, Peer(ANSWERS["client.request"]) as for_us:
        for call in case.calls:
            before = len(for_js.requests), len(for_us.requests)
            for peer, count in zip((for_js, for_us), before, strict=True):
                peer.answers = peer.answers[:1] * count + (call.answers or [ANSWERS[call.method]])
            in_js = js.perform(case, call, for_js.url)
            here = perform(ours, case, call, for_us.url)
            done.append((Done(*in_js, for_js.requests[before[0] :]), Done(*here, for_us.requests[before[1] :])))
        for medusa in ours.values():
            medusa.close()
    return done


def differences(done: list[tuple[Done, Done]]) -> list[Difference]:
    """Return all differences, in the format of the list on the page."""
    found: list[Difference] = []
    keys: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for js, ours in done:
        if str(js) != str(ours):
            found.append((str(js), str(ours)))
        elif (theirs := json.dumps(js.data, sort_keys=True)) != (own := json.dumps(ours.data, sort_keys=True)):
            found.append((f"data {theirs}", f"data {own}"))
        for pair in zip(js.requests, ours.requests, strict=False):
            in_js, here = (_facts(request, names) for request, names in zip(pair, keys, strict=True))
            for name in {**in_js, **here}:
                difference = in_js.get(name, f"no {name}"), here.get(name, f"no {name}")
                if difference[0] != difference[1]:
                    found.append(difference)
    return list(dict.fromkeys(found))


def _facts(request: Request, keys: dict[str, str]) -> dict[str, str]:
    """Return a line for each part of a request. Names replace the server's address and random keys."""
    facts = {"request": request.head.removesuffix(" HTTP/1.1")}
    if request.body:
        facts["body"] = f"body {request.body.decode()}"
    for line in request.lines:
        name, _, value = line.partition(": ")
        if name.lower() == "host":
            value = re.sub(r"^127\.0\.0\.1:\d+$", "{server}", value)
        if name.lower() == "idempotency-key" and _UUID4.fullmatch(value):
            value = keys.setdefault(value, f"key {len(keys) + 1}")
        if name.lower() == "content-length" and value == str(len(request.body)):
            value = "that of the body"
        name = name.title()  # The names of HTTP headers are not case-sensitive.
        shown = f"{name}: {value}"
        facts[name] = f"{facts[name]}, {shown}" if name in facts else shown
    return facts
