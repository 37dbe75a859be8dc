"""A client that checks each of its results against the raw response."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, cast

from medusa import Medusa, MedusaConflictError, Model, Resource, Result


def checking(medusa: Medusa, returned: set[str]) -> Medusa:
    """Return a client whose methods check their results and then add their own names to `returned`."""
    return cast("Medusa", _Checking(medusa, "", returned))


class _Checking:
    def __init__(self, checked: Medusa | Resource, path: str, returned: set[str]) -> None:
        self._checked = checked
        self._path = path
        self._returned = returned

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._checked, name)
        if isinstance(value, Resource):
            return _Checking(value, f"{self._path}{name}.", self._returned)
        return self._checking(name, value) if callable(value) else value

    def _checking(self, name: str, method: Any) -> Any:
        def call(*arguments: Any, **keywords: Any) -> Any:
            result = undisturbed(lambda: method(*arguments, **keywords))
            if isinstance(result, Medusa):
                return checking(result, self._returned)
            if isinstance(result, Result):
                assert type(result).__name__ == method.__annotations__["return"]
                check(result)
            self._returned.add(f"{self._path}{name}")
            return result

        return call


def undisturbed(call: Callable[[], Any]) -> Any:
    """Repeat the call after a 409. Medusa returns 409 if another test changes the same rows at the same time."""
    for _ in range(9):
        with suppress(MedusaConflictError):
            return call()
        time.sleep(0.2)
    return call()


def check(result: Result) -> None:
    """Check that the result contains the whole body of the response, and that every key has a field in a model."""
    if "json" not in result.response.headers.get("Content-Type", ""):
        return
    body = result.response.json()
    assert result.to_dict() == body
    # The keys of a search response depend on the search service.
    unknown = {path: model.extra for path, model in models(result, type(result).__name__) if model.extra}
    assert {path: extra for path, extra in unknown.items() if path != "StorePostSearchRes"} == {}


def models(value: Any, path: str) -> Iterator[tuple[str, Model]]:
    """Yield all models in a value, each with its path."""
    if isinstance(value, Model):
        yield path, value
        for name in dir(value):
            if name in value._field_names:
                yield from models(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from models(each, f"{path}[]")
