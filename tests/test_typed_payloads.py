"""Type checkers reject every wrong payload of every resource, and accept the right ones.

The cases are derived from the `TypedDict`s and from the methods that take them, so a new resource needs no line here.
One module contains all cases, one on each line. A checker must report exactly the lines that are wrong.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NotRequired, Required, get_args, get_origin, is_typeddict

import pytest

import medusa
import medusa.resources
from medusa.resources.admin.custom import AdminCustomResource
from medusa.resources.custom import CustomResource

from .examples import hints, required_keys
from .pages import ROOT

pytestmark = pytest.mark.once

TOOLS = Path(sys.executable).parent
Line = tuple[str, bool]
"""A line of code, and whether it is wrong."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(medusa.resources.__path__, "medusa.resources."):
        yield importlib.import_module(found.name)


def classes(module: ModuleType) -> Iterator[type[Any]]:
    for value in vars(module).values():
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield value


PAYLOADS = {cls.__name__: cls for module in modules() for cls in classes(module) if is_typeddict(cls)}
PARAMETERS = [
    (cls, name, parameter, annotation)
    for module in modules()
    for cls in classes(module)
    if issubclass(cls, medusa.Resource)
    for name, method in vars(cls).items()
    if inspect.isfunction(method) and not name.startswith("_")
    for parameter, annotation in hints(method).items()
]
METHODS = [
    (cls, name, parameter, each)
    for cls, name, parameter, annotation in PARAMETERS
    for each in (annotation, *get_args(annotation))
    if is_typeddict(each)
]
"""Each method that takes a payload: its class, its name, the payload's parameter and the payload's class."""


def whole(payload: type[Any], some: str = "some") -> dict[str, str]:
    """Return the items of a payload with every key, as code. `some` is the name of a variable with a right payload."""
    return {key: f"{some}[{key!r}]" for key in hints(payload)}


def variants(payload: type[Any], some: str = "some") -> Iterator[tuple[dict[str, str], bool]]:
    """Yield the items of payloads of this class, as code, and whether they are wrong."""
    every = whole(payload, some)
    required = {key: value for key, value in every.items() if key in required_keys(payload)}
    yield every, False
    yield required, False
    yield {**every, "no_such_key": "1"}, True
    yield {**required, "no_such_key": "None"}, True
    for key, hint in hints(payload).items():
        others = {other: value for other, value in every.items() if other != key}
        yield {**others, f"{key}_misspelt": every[key]}, True
        if (get_args(hint)[0] if get_origin(hint) in (Required, NotRequired) else hint) is not Any:
            yield {**others, key: "object()"}, True
        if key in required:
            yield others, True


def nested_in(payload: type[Any]) -> Iterator[tuple[str, str, type[Any]]]:
    """Yield each key whose value is a payload or a list of payloads, with the code around a payload and its class."""
    for key, hint in hints(payload).items():
        for each in inner(hint):
            if is_typeddict(each):
                yield key, "%s", each
            elif get_origin(each) is list and is_typeddict(get_args(each)[0]):
                yield key, "[%s]", get_args(each)[0]
                break


def inner(hint: Any) -> Iterator[Any]:
    """Yield the classes that an annotation names."""
    if isinstance(hint, list):  # These are the parameters of a callable.
        for parameter in hint:
            yield from inner(parameter)
        return
    yield hint
    for argument in get_args(hint):
        yield from inner(argument)


NESTED = [(payload, *nested) for payload in PAYLOADS.values() for nested in nested_in(payload)]
"""Each payload within a payload: the outer class, its key, the code around the inner payload, and the inner class."""


def literal(items: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key!r}: {value}" for key, value in items.items()) + "}"


def arguments(items: dict[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in items.items())


def lines() -> Iterator[Line]:
    """Yield the module: all variants of each payload, and one right and one wrong payload wherever a payload goes."""
    yield "from __future__ import annotations", False
    yield "from typing import Any, cast", False
    for name, payload in PAYLOADS.items():
        yield f"from {payload.__module__} import {name}", False
    for cls in {cls for cls, *_ in METHODS}:
        yield f"from {cls.__module__} import {cls.__name__}", False
    for number, (name, payload) in enumerate(PAYLOADS.items()):
        yield f"def take_{number}(payload: {name}) -> None: ...", False
        yield f"def payload_{number}(some: {name}, built: dict[str, Any], texts: dict[str, str]) -> None:", False
        yield from narrowing(payload)
        for place, (items, is_wrong) in enumerate(variants(payload)):
            yield f"    take_{number}({literal(items)})", is_wrong
            if place < 4:  # The payload with every key, with the required keys, and both with an unknown key.
                yield f"    take_{number}({name}({arguments(items)}))", is_wrong
        yield f"    take_{number}(built)", True
        yield f"    take_{number}(texts)", True
        yield f"    take_{number}(cast({name!r}, built))", False
    for number, (payload, key, around, held) in enumerate(NESTED):
        taken = f"some: {payload.__name__}, held: {held.__name__}"
        yield f"def nested_{number}({taken}) -> None:", False
        yield from narrowing(payload)
        yield from narrowing(held, "held")
        for items, is_wrong in [(whole(held, "held"), False), ({**whole(held, "held"), "no_such_key": "1"}, True)]:
            code = literal({**whole(payload), key: around % literal(items)})
            yield f"    take_{[*PAYLOADS.values()].index(payload)}({code})", is_wrong
    for number, (cls, method, parameter, payload) in enumerate(METHODS):
        others = [
            f"{each.name}=anything"
            for each in inspect.signature(getattr(cls, method)).parameters.values()
            if each.default is each.empty and each.name not in ("self", parameter)
        ]
        call = f"    resource.{method}({', '.join([*others, f'{parameter}=%s'])})"
        taken = f"resource: {cls.__name__}, some: {payload.__name__}, built: dict[str, Any], anything: Any"
        yield f"def method_{number}({taken}) -> None:", False
        yield from narrowing(payload)
        yield call % "some", False
        yield call % "built", True
        yield call % literal(whole(payload)), False
        yield call % literal({**whole(payload), "no_such_key": "1"}), True


def narrowing(payload: type[Any], some: str = "some") -> Iterator[Line]:
    """Yield assertions that tell a checker that the optional keys of a payload are present."""
    for key in sorted(hints(payload).keys() - required_keys(payload)):
        yield f"    assert {key!r} in {some}", False


def by_mypy(module: Path) -> set[int]:
    printed = run("mypy", "--config-file", "pyproject.toml", module)
    return {int(line) for line in re.findall(rf"{re.escape(module.name)}:(\d+): error:", printed)}


def by_pyright(module: Path) -> set[int]:
    printed = json.loads(run("pyright", "--project", ".", "--outputjson", module))
    return {problem["range"]["start"]["line"] + 1 for problem in printed["generalDiagnostics"]}


def by_pyrefly(module: Path) -> set[int]:
    printed = json.loads(run("pyrefly", "check", "--config", "pyproject.toml", "--output-format=json", module))
    return {problem["line"] for problem in printed["errors"]}


def run(*command: str | Path) -> str:
    return subprocess.run([TOOLS / command[0], *command[1:]], cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout


@pytest.mark.parametrize("reported_by", [by_mypy, by_pyright, by_pyrefly])
def test_wrong_payloads_are_refused_and_right_ones_accepted(
    reported_by: Callable[[Path], set[int]], tmp_path: Path
) -> None:
    cases = list(lines())
    module = tmp_path / "payloads_of_all_resources.py"
    module.write_text("".join(f"{code}\n" for code, _ in cases))
    wrong = {number for number, (_, is_wrong) in enumerate(cases, 1) if is_wrong}
    reported = reported_by(module)
    assert [cases[number - 1][0] for number in sorted(reported ^ wrong)] == []


def test_the_cases_are_about_every_payload() -> None:
    assert {medusa.StorePostAuthReq, medusa.StoreGetOrdersParams} <= {*PAYLOADS.values()}
    assert {"authenticate", "get_token", "lookup_order", "confirm_request"} <= {method for _, method, *_ in METHODS}
    taken = {payload for *_, payload in METHODS}
    nested = {each for payload in PAYLOADS.values() for hint in hints(payload).values() for each in inner(hint)}
    sources = [inspect.getsource(module) for module in modules()]
    bases = {base for source in sources for base in re.findall(r"^class \w+\((\w+)", source, re.MULTILINE)}
    assert {payload for payload in PAYLOADS.values() if payload.__name__ not in bases} <= taken | nested
    lists = {payload for payload, _, around, _ in NESTED if around == "[%s]"}
    assert {medusa.StorePostCartReq, medusa.StorePostReturnsReq, medusa.StorePostSwapsReq} <= lists
    assert {medusa.StoreGetProductsParams, medusa.StorePostCartsCartReq} <= {payload for payload, *_ in NESTED}
    wrong = [code for code, is_wrong in lines() if is_wrong]
    assert len(wrong) > 4 * len(PAYLOADS)


def test_no_method_takes_just_any_mapping() -> None:
    untyped = {
        (cls, name, parameter)
        for cls, name, parameter, annotation in PARAMETERS
        if parameter != "custom_headers" and {dict, Mapping} & {get_origin(each) or each for each in inner(annotation)}
    }
    # Only the shop knows the payloads of its custom routes.
    assert {(cls, name) for cls, name, _ in untyped} == {(CustomResource, "request"), (AdminCustomResource, "get")}
