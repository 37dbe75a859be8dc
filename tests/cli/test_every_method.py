"""`medusa call` has every method of the client and sends what the method sends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from inspect import signature
from operator import attrgetter

import pytest
from werkzeug import Request

from medusa import Medusa

from ..conftest import target
from ..parity.methods import METHODS, Method
from ..recorded_calls import pairs, snake_case
from .command import Answer, Run

CALLABLE = {snake_case(name): method for name, method in METHODS.items()}


def as_sent(request: Request) -> tuple[str, str, bytes, str | None]:
    return request.method, target(request), request.get_data(), request.headers.get("Content-Type")


@pytest.mark.parametrize(("name", "method"), CALLABLE.items(), ids=CALLABLE)
def test_a_call_is_sent_as_by_python(
    medusa: Medusa, answer: Answer, sent: Callable[[], Request], run: Run, name: str, method: Method
) -> None:
    answer(method.answer, headers={"Set-Cookie": "connect.sid=s%3Aa; Path=/; HttpOnly"})
    attrgetter(name)(medusa)(*method.arguments)
    by_python = sent()
    arguments = ["call", name, *method.ids]
    if "payload" in signature(method.function).parameters:
        arguments += ["--data", by_python.get_data().decode() or json.dumps(method.payload)]
    if "query" in signature(method.function).parameters:
        for key, text in pairs(by_python.query_string.decode()):
            arguments += ["--query", f"{key}={text}"]
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert as_sent(sent()) == as_sent(by_python)


@pytest.mark.parametrize("name", CALLABLE)
def test_help_says_what_a_method_does_and_takes(run: Run, name: str) -> None:
    done = run("call", name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Usage: medusa call {name}" in done.stdout


def test_help_lists_every_method(run: Run) -> None:
    listed = re.findall(r"^  ([\w.]+\.\w+)  +\w", run("call", "--help").stdout, re.MULTILINE)
    assert listed == sorted(listed, key=lambda name: name.split("."))
    assert {name for name in listed if ".iterate" not in name} - {"admin.batch_jobs.wait"} >= {*CALLABLE}
