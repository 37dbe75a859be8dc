"""The structure hooks. Each converts one kind of JSON value into the value of a field, or raises `Mismatch`.

cattrs calls a hook as `hook(value, annotation)`. The hooks call each other by `read`, which also takes the number of
models around the value, and the way to read it. The fast ways use the accelerator: functions that are compiled for each
class. These functions only detect that a value does not fit. The whole value is then read again step by step, which
finds out what does not fit and where.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

from ..models.base import Model, is_ours
from . import timestamps, v2
from .declarations import annotation_of, fields_of, key_of
from .plain_json import OF_V2, SCALAR_TYPES, Mismatch, check_keys, copied_json, graver, unfit

if TYPE_CHECKING:
    from functools import cached_property as _kept

    from .compiled import Reader
    from .converter import Converter
else:

    class _kept:
        """`functools.cached_property` without the lock of Python 3.11, which may be held forever in a forked child."""

        def __init__(self, make):
            self._make = make

        def __get__(self, hook, _):
            value = hook.__dict__[self._make.__name__] = self._make(hook)
            return value


IS_ACCELERATED = not os.environ.get("MEDUSA_NO_ACCELERATOR")

# The ways to read a value.
STEP_BY_STEP = 0
FAST = 1
FAST_AND_OURS = 2  # For a value that no one else uses: its lists are filled with models, other JSON is not copied.
NOT_FAST = (Mismatch, RecursionError, ValueError)  # The errors of the fast ways. Timestamps raise ValueError.

MOST_LEVELS = 64  # of models in one another, so that every decoded model can be copied, compared and pickled
_TOO_DEEP = "nested too deeply"


class Hook:
    """A structure hook of this package. The accelerator knows these hooks."""

    parts: tuple[Hook, ...] = ()  # The hooks of the parts of a value.
    keeps_text = False  # Whether a model keeps the received text of a value if we would write it differently.

    def __call__(self, value: Any, _: Any = None) -> Any:
        """Return the value of a field for a JSON value."""
        if IS_ACCELERATED:
            try:
                return self.read(value, 0, FAST)
            except NOT_FAST:
                pass
        return self.read_step_by_step(value)

    def read_step_by_step(self, value: Any) -> Any:
        """Return the value of a field for a JSON value. Raises `Mismatch`, which says what does not fit and where."""
        try:
            return self.read(value, 0, STEP_BY_STEP)
        except RecursionError:
            raise Mismatch(_TOO_DEEP) from None

    def read(self, value: Any, level: int, way: int) -> Any:
        """Return the value of a field for a JSON value that is nested in `level` models."""
        raise NotImplementedError

    def read_in(self, data: dict[str, Any], key: str, level: int, way: int) -> Any:
        """Return the value of a field for the value of this key in an object."""
        return self.read(data[key], level, way)

    def has_users_hook(self) -> bool:
        return any(part.has_users_hook() for part in self.parts)


class Scalar(Hook):
    """The hook of a JSON type."""

    def __init__(self, cls: type[Any], expected: str, *also: type[Any]) -> None:
        self.cls, self.expected, self._classes = cls, expected, (cls, *also)

    def read(self, value: Any, level: int, way: int) -> Any:
        if value.__class__ in self._classes and (value.__class__ is not float or isfinite(value)):
            return value
        raise unfit(self.expected, value)


STRING, INTEGER, BOOLEAN = Scalar(str, "string"), Scalar(int, "integer"), Scalar(bool, "boolean")
NUMBER = Scalar(float, "number", int)


class FreeForm(Hook):
    """The hook of any JSON, or of any JSON object. Its content is not checked."""

    def __init__(self, *, is_object: bool) -> None:
        self.is_object = is_object

    def read(self, value: Any, level: int, way: int) -> Any:
        if self.is_object and value.__class__ is not dict:
            raise unfit("object", value)
        return value if way == FAST_AND_OURS else copied_json(value)


class OfText(Hook):
    """The hook of a value that is a string in JSON. `parse` raises `ValueError` for a string that does not fit."""

    keeps_text = True

    def __init__(self, expected: str, parse: Callable[[str], Any], write: Callable[[Any], str]) -> None:
        self.expected, self.parse, self.write = expected, parse, write

    def read(self, value: Any, level: int, way: int) -> Any:
        if value.__class__ is str:
            try:
                return self.parse(value)
            except ValueError:
                pass
        raise unfit(self.expected, value)


def _parse_decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?", text):
        raise ValueError("not a number")
    return Decimal(text)


TIMESTAMP = OfText("timestamp with a time zone", timestamps.parse, timestamps.write)
# A decimal number in a string, as the backend sends columns of PostgreSQL's type `numeric`. A JSON number does not fit,
# because the parser has converted it to a `float`, which may lose digits.
DECIMAL = OfText("string with a decimal number", _parse_decimal, "{:f}".format)


def keep_text(hook: Hook, text: str, model: Model, name: str) -> Any:
    """Return the value of a text. The model keeps the text if we would write it differently, or can't write it."""
    value = hook.read(text, 0, STEP_BY_STEP)
    if value is None:
        return None
    text_hook: Any = hook.inner if isinstance(hook, OrNull) else hook
    ours: str | None = None
    with suppress(ValueError):  # The value is out of range in UTC.
        ours = text_hook.write(value)
    if ours != text:
        try:
            model._spelled[name] = (value, text)
        except AttributeError:
            model._spelled = {name: (value, text)}
    return value


class OpenEnum(Hook):
    """The hook of `SomeEnum | str`. A string that the enum does not know is not changed."""

    def __init__(self, cls: type[Enum]) -> None:
        self.members = {member.value: member for member in cls if isinstance(member.value, str)}

    def read(self, value: Any, level: int, way: int) -> Any:
        if value.__class__ is not str:
            raise unfit("string", value)
        return self.members.get(value, value)


class OneOf(Hook):
    """The hook of a `Literal`."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        plain = [value.value if isinstance(value, Enum) else value for value in values]
        self.values = {(value.__class__, value): literal for value, literal in zip(plain, values, strict=True)}
        self.expected = " or ".join(map(json.dumps, plain))

    def read(self, value: Any, level: int, way: int) -> Any:
        if value.__class__ not in SCALAR_TYPES or (value.__class__, value) not in self.values:
            raise unfit(self.expected, value)
        return self.values[value.__class__, value]


class OrNull(Hook):
    """The hook of `... | None`."""

    def __init__(self, inner: Hook) -> None:
        self.inner, self.parts, self.keeps_text = inner, (inner,), inner.keeps_text

    def read(self, value: Any, level: int, way: int) -> Any:
        if value is None:
            return None
        try:
            return self.inner.read(value, level, way)
        except Mismatch as error:
            if error.path == "" and error.expected:
                error.expected += " or null"
            raise

    def read_in(self, data: dict[str, Any], key: str, level: int, way: int) -> Any:
        if not isinstance(self.inner, ToldApart):
            return self.read(data[key], level, way)
        return None if data[key] is None else self.inner.read_in(data, key, level, way)


class _ContainerOf(Hook):
    def __init__(self, item: Hook) -> None:
        self.item, self.parts = item, (item,)

    def read_each(self, items: Iterable[tuple[Any, Any]], step: str, level: int, way: int) -> list[Any]:
        """Return the read items. Each item has its key or index, which `step` formats for a path."""
        made: list[Any] = []
        problem: Mismatch | None = None
        for key, item in items:
            try:
                made.append(self.item.read(item, level, way))
            except Mismatch as error:
                problem = graver(problem, error.at(step.format(key)))
        if problem:
            raise problem
        return made


class ListOf(_ContainerOf):
    """The hook of `list[...]`."""

    def read(self, value: Any, level: int, way: int) -> Any:
        if value.__class__ is not list:
            raise unfit("array", value)
        return self.read_each(enumerate(cast("list[Any]", value)), "[{}]", level, way)


class DictOf(_ContainerOf):
    """The hook of `dict[str, ...]`."""

    def read(self, value: Any, level: int, way: int) -> Any:
        if value.__class__ is not dict:
            raise unfit("object", value)
        check_keys(value)
        return dict(zip(value, self.read_each(value.items(), ".{}", level, way), strict=True))


class EntityHook(Hook):
    """The hook of an entity or a result."""

    def __init__(self, cls: type[Model], converter: Converter) -> None:
        self.cls, self._converter = cls, converter
        self._hooks: dict[str, Hook] = {}  # A field gets its hook when a response first has its key.
        self._users_annotations: dict[str, Any] = {}

    @_kept
    def fields(self) -> dict[str, type[Any]]:
        """The fields, each with the class that declares it.

        Raises `TypeError` if the class is not declared correctly.
        """
        fields = fields_of(self.cls)
        for name, home in fields.items():
            if not is_ours(home):
                self._make_hook(name, home)
        return fields

    @_kept
    def names(self) -> dict[str, str]:
        """The names of the fields, by their JSON keys."""
        return {key_of(name): name for name in self.fields}

    def hook_of(self, name: str) -> Hook:
        """Return the hook of a field. The first call imports the class of the field's value."""
        return self._hooks.get(name) or self._make_hook(name, self.fields[name])

    def users_annotation(self, name: str) -> Any:
        """Return the annotation of a field that a user's hook reads and writes. Return None for other fields."""
        self.hook_of(name)
        return self._users_annotations.get(name)

    def _make_hook(self, name: str, home: type[Any]) -> Hook:
        annotation = annotation_of(home, name)
        try:
            hook = self._converter.hook(annotation)
        except TypeError as error:
            raise TypeError(f"{home.__name__}.{name}: {error}") from None
        if hook.has_users_hook():
            self._users_annotations[name] = annotation
        self._hooks[name] = hook
        return hook

    @_kept
    def reader(self) -> Reader:
        from .compiled import Reader

        return Reader(self)

    def read(self, value: Any, level: int, way: int) -> Any:
        if way == STEP_BY_STEP:
            return self.read_by_key(value, level, way)
        return self.reader.read([value], level, way)[0]

    def read_by_key(self, data: Any, level: int, way: int) -> Any:
        """Return the model of an object, which is read key by key. The models in it are read in the given way."""
        if data.__class__ is not dict:
            raise unfit("object", data)
        if level > MOST_LEVELS:
            raise Mismatch(_TOO_DEEP)
        required = self.cls._required
        model: Any = object.__new__(self.cls)
        problem: Mismatch | None = None
        try:
            extra = self._extra(data, way)
        except Mismatch as error:
            problem = error
        else:
            if extra:
                model._extra = extra
        for key, name in self.names.items():
            try:
                if key not in data:
                    if name in required:
                        raise Mismatch("missing", path="")
                    continue
                hook = self.hook_of(name)
                if hook.keeps_text:
                    setattr(model, name, keep_text(hook, data[key], model, name))
                else:
                    setattr(model, name, hook.read_in(data, key, level + 1, way))
            except Mismatch as error:
                problem = graver(problem, error.at(f".{key}"))
        if problem:
            if problem.rank < OF_V2 and v2.is_v2(data):
                raise Mismatch(v2.PROBLEM, path="", rank=OF_V2)
            raise problem
        return model

    def _extra(self, data: dict[Any, Any], way: int) -> dict[str, Any]:
        """Return the keys that the class has no fields for, with their values."""
        extra = {key: value for key, value in data.items() if key not in self.names}
        check_keys(extra)
        if v2.may_be_v2(extra) and v2.is_v2(data):
            raise Mismatch(v2.PROBLEM, path="", rank=OF_V2)
        return extra if way == FAST_AND_OURS else cast("dict[str, Any]", copied_json(extra))


class UnionHook(Hook):
    """The hook of a union of entities. A `Literal` field tells them apart, or a key that only one of them requires."""

    def __init__(self, hooks: Mapping[type[Model], Hook], tag: str, by_key: Mapping[Any, Hook]) -> None:
        self.parts, self._tag, self._by_key = (*hooks.values(),), tag, by_key
        self._names = " or ".join(cls.__name__ for cls in hooks)

    def read(self, value: Any, level: int, way: int) -> Any:
        if value.__class__ is not dict:
            raise unfit("object", value)
        return self._chosen(value).read(value, level, way)

    def _chosen(self, data: dict[str, Any]) -> Hook:
        if self._tag:
            tag = data.get(self._tag)
            if tag.__class__ is str and tag in self._by_key:
                return self._by_key[tag]
            expected = " or ".join(map(json.dumps, self._by_key))
            problem = unfit(expected, tag).at(f".{self._tag}") if self._tag in data else None
            problem = problem or Mismatch("missing", path=f".{self._tag}")
        else:
            found = {id(hook): hook for key, hook in self._by_key.items() if key in data}
            if len(found) == 1:
                return next(iter(found.values()))
            problem = Mismatch(f"expected the keys of {self._names}", path="")
        raise Mismatch(v2.PROBLEM, path="", rank=OF_V2) if v2.is_v2(data) else problem


class ToldApart(Hook):
    """The hook of a union of entities that another field of the same object tells apart."""

    def __init__(self, field: str, hooks: Mapping[str, Hook]) -> None:
        self.parts, self._field, self._hooks = (*hooks.values(),), field, hooks

    def read_in(self, data: dict[str, Any], key: str, level: int, way: int) -> Any:
        tag = data.get(self._field)
        if not isinstance(tag, str) or tag not in self._hooks:
            raise Mismatch(f"expected {self._field} to be {' or '.join(map(json.dumps, self._hooks))}", path="")
        return self._hooks[tag].read(data[key], level, way)
