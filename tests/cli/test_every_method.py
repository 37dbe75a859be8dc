"""`medusa call` has every method of the client, and sends what the method sends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from inspect import signature
from operator import attrgetter
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request

from medusa import Medusa

from ..conftest import target
from ..parity.methods import HERE, METHODS, Method
from ..recorded_calls import method_of, pairs, snake_case
from .command import Answer, Run

CALLABLE = {snake_case(name): method for name, method in METHODS.items()}


def as_sent(request: Request) -> tuple[str, str, bytes, str]:
    """Return the parts of a request that are compared, with the same boundary in each upload."""
    boundary = request.mimetype_params.get("boundary", "no boundary")
    content_type = request.headers.get("Content-Type", "").replace(boundary, "boundary")
    return request.method, target(request), request.get_data().replace(boundary.encode(), b"boundary"), content_type


@pytest.mark.parametrize(("name", "method"), CALLABLE.items(), ids=CALLABLE)
def test_a_call_is_sent_as_by_python(
    medusa: Medusa, answer: Answer, sent: Callable[[], Request], run: Run, tmp_path: Path, name: str, method: Method
) -> None:
    answer(method.answer, headers={"Set-Cookie": "connect.sid=s%3Aa; Path=/; HttpOnly"})
    parameters = signature(method.function).parameters
    files = [tmp_path / name for name in ("a.txt", "b.csv", "c.png")] if "files" in parameters else []
    for file in files:
        file.write_text(file.name)
    attrgetter(name)(medusa)(*([files] if files else method.arguments))
    by_python = sent()
    arguments = ["call", name, *method.ids, *map(str, files)]
    if "payload" in parameters:
        arguments += ["--data", by_python.get_data().decode() or json.dumps(method.payload)]
    if "query" in parameters:
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


LISTS = {
    name: method
    for name, method in CALLABLE.items()
    if hasattr(attrgetter(name.rpartition(".")[0])(Medusa()), name.rpartition(".")[2].replace("list", "iterate", 1))
    and name.rpartition(".")[2].startswith("list")
}


@pytest.mark.parametrize(("name", "method"), LISTS.items(), ids=LISTS)
def test_all_pages_are_asked_for_as_by_python(
    medusa: Medusa, answer: Answer, httpserver: HTTPServer, run: Run, name: str, method: Method
) -> None:
    answer(method.answer)
    resource, _, last = name.rpartition(".")
    iterate = getattr(attrgetter(resource)(medusa), last.replace("list", "iterate", 1))
    objects = [each.to_dict() for each in iterate(*method.ids)]
    by_python = [as_sent(request) for request, _ in httpserver.log]
    httpserver.clear_log()
    done = run("call", name, *method.ids, "--all")
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line) for line in done.stdout.splitlines()] == objects
    assert [as_sent(request) for request, _ in httpserver.log] == by_python


def test_help_lists_every_method(run: Run) -> None:
    listed = re.findall(r"^  ([\w.]+\.\w+)  +\w", run("call", "--help").stdout, re.MULTILINE)
    assert listed == sorted(listed, key=lambda name: name.split("."))
    more = {*listed} - {*CALLABLE}
    assert {*listed} - more == {*CALLABLE}
    assert {method_of(Medusa(), name).__qualname__ for name in more if ".iterate" not in name} <= HERE
    assert len(LISTS) == len([name for name in more if ".iterate" in name])
    for name in more:
        assert f"Usage: medusa call {name}" in run("call", name, "--help").stdout
