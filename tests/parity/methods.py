"""Each method of each resource: the name that it has in JS, usual arguments, and what the backend usually answers.

All of it is derived from the resources, so that both clients call a new method with all options without a line here.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, is_typeddict

from medusa import Lazy, Medusa, Result

from ..conftest import recorded
from ..examples import example, example_of, hints

LOGIN = {"email": "ada@example.com", "password": "correct-horse"}
CUSTOMER = {"id": "cus_1", "email": "ada@example.com", "first_name": None, "metadata": {"ü": [1, {"a": None}]}}

ARGUMENTS: dict[str, list[Any]] = {
    "auth.authenticate": [LOGIN],
    "auth.getToken": [LOGIN],
    "auth.exists": ["ada"],  # JS does not encode an @
    "orders.lookupOrder": [{"display_id": 1, "email": "ada@example.com"}],
    "orders.requestCustomerOrders": [{"order_ids": ["order_1", "order_2"]}],
}
ANSWERS: dict[str, Any] = {
    "auth.authenticate": {"customer": CUSTOMER},
    "auth.getSession": {"customer": {**CUSTOMER, "orders": []}},
    "orders.retrieve": recorded("plain"),
    "orders.retrieveByCartId": recorded("plain", "cart"),
    "orders.lookupOrder": recorded("plain", "lookup"),
}
"""What says more than the derived arguments and answers."""


@dataclass(frozen=True)
class Method:
    """A method that both clients have."""

    arguments: list[Any]
    answer: Any
    """The body: JSON, or the text `OK`."""
    sends_body: bool
    """Its last argument is the body."""


def _methods(parent: Any, prefix: str = "") -> Iterator[tuple[str, Method]]:
    for name in (name for name, value in vars(type(parent)).items() if isinstance(value, Lazy) and name[0] != "_"):
        resource = getattr(parent, name)
        path = f"{prefix}{_in_js(name)}."
        for method, function in vars(type(resource)).items():
            if inspect.isfunction(function) and not method.startswith(("_", "iterate")):  # JS does not iterate.
                yield path + _in_js(method), _method(path + _in_js(method), function)
        yield from _methods(resource, path)


def _method(name: str, function: Any) -> Method:
    of_function = hints(function)
    _, *parameters = inspect.signature(function).parameters.values()
    arguments = [
        f"{each.name}_1" if of_function[each.name] is str else _every_key(of_function[each.name])
        for each in parameters
        if each.kind is each.POSITIONAL_OR_KEYWORD and each.name != "custom_headers"
    ]
    result = of_function["return"]
    return Method(
        arguments=ARGUMENTS.get(name, arguments),
        answer=ANSWERS.get(name) or ("OK" if result is Result else example_of(result).to_dict()),
        sends_body=bool(arguments) and isinstance(arguments[-1], dict) and "`POST /" in (function.__doc__ or ""),
    )


def _every_key(hint: Any) -> Any:
    """An example of a payload or of a query with all keys, the optional ones too."""
    payload = next((each for each in (hint, *get_args(hint)) if is_typeddict(each)), None)
    if payload is None:
        return example(hint)
    return {key: _every_key(of_key) for key, of_key in hints(payload).items()}


def _in_js(name: str) -> str:
    return re.sub("_([a-z])", lambda letter: letter[1].upper(), name)


METHODS = dict(_methods(Medusa()))
