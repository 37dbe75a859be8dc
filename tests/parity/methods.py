"""Each method of each resource: its name in JS, its usual arguments and the usual response of the backend.

These are derived from the resources and the recordings. A new method is therefore compared with all options without a
change to this file.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args, is_typeddict

from medusa import Lazy, Medusa, NoContent, Result

from ..examples import example, example_of, hints
from ..recorded_calls import Exchange, recorded_admin_exchanges, recorded_exchanges

LOGIN = {"email": "ada@example.com", "password": "correct-horse"}

# The JS client does not encode an @, so a complete e-mail address would make the requests differ.
IDS = {"auth.exists": "ada"}
FILE = ("a.txt", b"x", "text/plain")
PAYLOADS = {
    "admin.uploads.create": FILE,
    "admin.uploads.createProtected": FILE,
    "auth.authenticate": LOGIN,
    "auth.getToken": LOGIN,
    "orders.lookupOrder": {"display_id": 1, "email": "ada@example.com"},
    "orders.requestCustomerOrders": {"order_ids": ["order_1", "order_2"]},
}
HERE = {"AdminBatchJobsResource.wait"}
"""The methods that the JS client does not have."""
ANSWERS = {"auth.getToken": {"access_token": "a.b.c"}}
"""`IDS`, `PAYLOADS` and `ANSWERS` contain better examples than the derived ones."""


@dataclass(frozen=True)
class Method:
    """A method that both clients have."""

    function: Callable[..., Any]
    verb: str
    route: str
    ids: list[str]
    payload: Any
    """An example of the payload or query with every possible key, or None if the method has neither."""
    is_optional: bool
    """Whether the payload or query is optional."""
    query: Any
    """An example of the query after the payload, or None if the method has no such query."""
    answer: Any
    """The body of the usual response: JSON, the text `OK` or an empty text."""

    @property
    def arguments(self) -> list[Any]:
        return [*self.ids, *(each for each in (self.payload, self.query) if each is not None)]

    @property
    def sends_body(self) -> bool:
        """Whether the payload is sent as the body."""
        return self.payload is not None and self.verb != "GET"

    @property
    def queried(self) -> Any:
        """The example of the query, or None if the method has no query."""
        return self.query if self.sends_body else self.payload


def _methods(parent: Any, prefix: str = "") -> Iterator[tuple[str, Method]]:
    for name in (name for name, value in vars(type(parent)).items() if isinstance(value, Lazy) and name[0] != "_"):
        resource = getattr(parent, name)
        path = f"{prefix}{in_js(name)}."
        for method, function in _functions(type(resource)).items():
            yield path + in_js(method), _method(path + in_js(method), function)
        yield from _methods(resource, path)


def _functions(resource: type[Any]) -> dict[str, Callable[..., Any]]:
    """Return the methods of a resource that JS also has. JS has no methods that iterate over all pages."""
    return {
        name: function
        for cls in reversed(resource.__mro__[:-2])  # The last two classes are Resource and object.
        for name, function in vars(cls).items()
        if inspect.isfunction(function)
        and not re.match("_|iterate", name)
        and f"{resource.__name__}.{name}" not in HERE
    }


def _method(name: str, function: Any) -> Method:
    of_function = hints(function)
    parameters = inspect.signature(function).parameters
    positional = [each for each, parameter in parameters.items() if parameter.kind is not parameter.KEYWORD_ONLY]
    ids = [each for each in positional if of_function.get(each) is str]
    taken = {
        each: kind
        for each in positional
        if each in of_function
        for kind in (of_function[each], *get_args(of_function[each]))
        if is_typeddict(kind)
    }
    payload, query, *_ = [*(example(kind, whole=True) for kind in taken.values()), None, None]
    verb, _, route = re.findall(r"`((GET|POST|DELETE) (/(?:store|admin)/\S*))`", function.__doc__)[0]
    return Method(
        function=function,
        verb=verb.split()[0],
        route=route.partition("?")[0],
        ids=[IDS.get(name, f"{each}_1") for each in ids],
        payload=PAYLOADS.get(name, payload),
        is_optional=any(parameters[each].default is None for each in taken) and query is None,
        query=query,
        answer=ANSWERS.get(name) or _usual_response(name, of_function["return"]),
    )


def _usual_response(name: str, result: type[Any]) -> Any:
    """Return the recorded body of median size. If no success was recorded, return an example of the result."""
    if result is Result:
        return "OK"
    if result is NoContent:
        return ""
    bodies = [each.body for each in _recorded(name) if each.js == name and each.is_success]
    return sorted(bodies, key=lambda body: len(str(body)))[len(bodies) // 2] if bodies else example_of(result).to_dict()


def _recorded(name: str) -> list[Exchange]:
    return recorded_admin_exchanges() if name.startswith("admin.") else recorded_exchanges()


def in_js(name: str) -> str:
    return re.sub("_([a-z])", lambda letter: letter[1].upper(), name)


METHODS = dict(_methods(Medusa()))
STORE = {name: method for name, method in METHODS.items() if not name.startswith("admin.")}
ADMIN = {name: method for name, method in METHODS.items() if name.startswith("admin.")}
