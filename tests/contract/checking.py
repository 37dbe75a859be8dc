"""A client that checks each of its results against the raw response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from medusa import Medusa, Model, Resource, Result


def checking(medusa: Medusa) -> Medusa:
    """The same client, whose methods check what they return."""
    return cast("Medusa", _Checking(medusa))


class _Checking:
    def __init__(self, checked: Medusa | Resource) -> None:
        self._checked = checked

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._checked, name)
        if isinstance(value, Resource):
            return _Checking(value)
        return _checked(value) if callable(value) else value


def _checked(method: Any) -> Any:
    def call(*arguments: Any, **keywords: Any) -> Any:
        result = method(*arguments, **keywords)
        if isinstance(result, Medusa):
            return checking(result)
        if isinstance(result, Result):
            assert type(result).__name__ == method.__annotations__["return"]
            check(result)
        return result

    return call


def check(result: Result) -> None:
    """The result holds the body of the response, the whole of it, in our own classes."""
    if "json" not in result.response.headers.get("Content-Type", ""):
        return
    body = result.response.json()
    assert result.to_dict() == body
    # A search service answers what it likes.
    unknown = {path: model.extra for path, model in models(result, type(result).__name__) if model.extra}
    assert {path: extra for path, extra in unknown.items() if path != "StorePostSearchRes"} == {}


def models(value: Any, path: str) -> Iterator[tuple[str, Model]]:
    """All models in a value, each with its path."""
    if isinstance(value, Model):
        yield path, value
        for name in dir(value):
            if name in value._fields:
                yield from models(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from models(each, f"{path}[]")
