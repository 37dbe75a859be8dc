"""The converter of JSON to models and back. It supports users' classes and hooks, and keeps unknown fields."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import cattrs
from cattrs.errors import BaseValidationError

from ..errors import MedusaDecodeError
from ..models.base import Model, is_loaded, is_ours
from . import declarations, json_text, nesting, timestamps
from .factories import FACTORIES, Registration, is_model, is_nullable, is_union, unsupported, without_null
from .hooks import (
    BOOLEAN,
    DECIMAL,
    FAST_AND_OURS,
    INTEGER,
    IS_ACCELERATED,
    NOT_FAST,
    NUMBER,
    STRING,
    TIMESTAMP,
    EntityHook,
    Hook,
    Scalar,
)
from .plain_json import SCALAR_TYPES, Mismatch, copied_json

__all__ = ["converter"]

_M = TypeVar("_M", bound=Model)


class Converter(cattrs.Converter):
    """A cattrs converter with the hooks of this package.

    A copy may replace our classes with subclasses of users.
    """

    replacements: Mapping[type[Model], type[Model]] = types.MappingProxyType({})

    def hook(self, annotation: Any) -> Hook:
        """Return the structure hook of an annotation. Raises `TypeError` if the annotation is not supported."""
        hook = self.get_structure_hook(annotation)
        if not isinstance(hook, Hook):
            return UsersHook(hook, annotation)
        if isinstance(hook, Scalar) and isinstance(annotation, type) and annotation is not hook.cls:
            raise unsupported(annotation)  # cattrs also returns the hook of a class for its subclasses.
        return hook

    def get_unstructure_hook(self, type: Any, cache_result: bool = True) -> Any:
        _need_calls(50)
        return super().get_unstructure_hook(type, cache_result)

    def register_structure_hook(self, cl: Any, func: Any = None) -> Any:
        # cattrs does not copy the hooks of unions, and it would not find the names in our annotations.
        if func is None or not (is_union(cl) or is_model(cl)):
            return super().register_structure_hook(cl, func)  # pyright: ignore[reportArgumentType]  # a decorator
        return self.register_structure_hook_func(_covers(cl), func)

    def register_unstructure_hook(self, cls: Any = None, func: Any = None) -> Any:
        _write_hooks.clear()
        if func is None or not is_model(cls):
            return super().register_unstructure_hook(cls, func)  # pyright: ignore[reportArgumentType]
        return self.register_unstructure_hook_func(_covers(cls), func)

    def register_unstructure_hook_func(self, check_func: Any, func: Any) -> None:
        _write_hooks.clear()
        super().register_unstructure_hook_func(check_func, func)

    def register_unstructure_hook_factory(self, predicate: Any, factory: Any = None) -> Any:
        _write_hooks.clear()
        return super().register_unstructure_hook_factory(predicate, factory)


class UsersHook(Hook):
    """A hook that a user has registered. If it raises an error, the value does not fit."""

    def __init__(self, hook: Callable[[Any, Any], Any], annotation: Any) -> None:
        self._hook, self._annotation = hook, annotation

    def has_users_hook(self) -> bool:
        return True

    def read(self, value: Any, level: int, way: int) -> Any:
        if way != FAST_AND_OURS:
            value = copied_json(value)
        try:
            return self._hook(value, self._annotation)
        except Mismatch:
            raise
        except MedusaDecodeError as error:
            raise Mismatch(str(error), path="") from error
        except (ValueError, TypeError, LookupError, ArithmeticError, BaseValidationError) as error:
            name = getattr(self._annotation, "__name__", str(self._annotation))
            raise Mismatch(f"the structure hook of {name} raised {type(error).__name__}", path="") from error


def _covers(registered: Any) -> Callable[[Any], bool]:
    """Return a function that tells whether the hook registered for a union or a model is for an annotation."""
    if is_model(registered):
        return lambda annotation: is_model(annotation) and issubclass(annotation, registered)
    return lambda annotation: bool(annotation == registered)


# Unstructuring.


_write_hooks: dict[type[Any], Callable[[Any], Any]] = {}


def as_json(value: Any) -> Any:
    """Return a value as JSON, in new containers."""
    hook = _write_hooks.get(value.__class__)
    if hook is None:
        hook = _write_hooks[value.__class__] = converter.get_unstructure_hook(value.__class__)
    return hook(value)


def _need_calls(count: int) -> None:
    """Raise `RecursionError` if fewer calls are left. Otherwise, cattrs could remember a wrong hook forever."""
    if count:
        _need_calls(count - 1)


def _write_model(model: Model) -> Any:
    return model._shape.write(model)


def is_written_by_us(cls: type[Model]) -> bool:
    return converter.get_unstructure_hook(cls) is _write_model


def as_dict(model: Model) -> dict[str, Any]:
    """Return the JSON object of a model."""
    return cast("dict[str, Any]", as_json(model))


def write_plainly(model: Model) -> dict[str, Any]:
    """Return the JSON object of a model. Each field is checked for whether it is loaded."""
    data: dict[str, Any] = {}
    hook = converter.get_structure_hook(type(model))
    if not isinstance(hook, EntityHook):
        hook = EntityHook(type(model), converter)
    state = model._state()
    spelled = state.get("_spelled", {})
    for name, value in state.items():
        if name in spelled and value == spelled[name][0]:  # It was not changed, so the received text is written.
            data[declarations.key_of(name)] = spelled[name][1]
        elif name in hook.fields:
            annotation = hook.users_annotation(name)
            write = as_json if annotation is None else converter.get_unstructure_hook(annotation)
            data[declarations.key_of(name)] = write(value)
    data.update(as_json(state.get("_extra", {})))
    return data


# A Decimal in a list or a dict does not belong to a field. It is left unchanged, so that sending it raises an error.
_AS_THEY_ARE = SCALAR_TYPES | {Decimal}


def _item_as_json(item: Any) -> Any:
    return item if item.__class__ in _AS_THEY_ARE else as_json(item)


def _container_as_json(value: Any) -> Any:
    """Write a list or a dict. A recursive call for each level is fast. Deeper containers are left to `nesting`."""
    try:
        if isinstance(value, list):
            return [item if item.__class__ in _AS_THEY_ARE else as_json(item) for item in cast("list[Any]", value)]
        return {key: item if item.__class__ in _AS_THEY_ARE else as_json(item) for key, item in value.items()}
    except RecursionError:
        if not nesting.is_deep(value):
            raise  # The problem is not only in this container. For example, a model contains itself.
        return nesting.copied(value, _item_as_json)


def _string_as_json(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _or_null_hook(annotation: Any, converter: cattrs.Converter) -> Callable[[Any], Any]:
    """Write `A | B | None`. A user may have registered a hook for `A | B`, and cattrs handles only `A | None`."""
    write = converter.get_unstructure_hook(without_null(annotation))
    return lambda value: None if value is None else write(value)


def _is_subclass_of(parents: type[Any] | tuple[type[Any], ...]) -> Callable[[Any], bool]:
    return lambda cls: isinstance(cls, type) and issubclass(cls, parents)


_UNSTRUCTURE_HOOKS: list[tuple[Callable[[Any], bool], Callable[[Any], Any]]] = [
    (is_model, _write_model),
    (_is_subclass_of(timestamps.Real.DATETIME), TIMESTAMP.write),
    (_is_subclass_of(Decimal), DECIMAL.write),
    (_is_subclass_of((list, dict)), _container_as_json),
]


def _new_converter() -> Converter:
    converter = Converter()
    for scalar in (STRING, INTEGER, NUMBER, BOOLEAN):
        converter.register_structure_hook(scalar.cls, scalar)
    for cls in cast("list[type[Any]]", [bytes, Path]):  # cattrs would convert strings to these.
        converter.register_structure_hook(cls, Scalar(object, ""))  # The class of no JSON value is `object`.
    for predicate, factory in FACTORIES:
        converter.register_structure_hook_factory(predicate, factory)
    for predicate, unstructure_hook in _UNSTRUCTURE_HOOKS:
        converter.register_unstructure_hook_func(predicate, unstructure_hook)
    converter.register_unstructure_hook(str, _string_as_json)
    converter.register_unstructure_hook_factory(is_nullable, _or_null_hook)
    return converter


converter: Converter = _new_converter()
"""The converter of all models. Register hooks on it for your own types."""


# Decoding.


class Decoder:
    """Converts parsed JSON to models of our classes, or of the subclasses that replace them.

    Clients with the same `replacements` share one decoder, because a decoder owns the functions that are generated for
    its classes. All others share the default one.
    """

    def __init__(self, replacements: Mapping[type[Model], type[Model]]) -> None:
        self._replacements = replacements
        self._prepared: set[type[Model]] = set()
        self._registration: object = None
        self._converter = converter

    def __reduce__(self) -> Any:
        return decoder_with, (frozenset(self._replacements.items()),)

    @property
    def converter(self) -> Converter:
        """A copy of the public converter, with all hooks that are registered on it so far."""
        if self._replacements:
            registration = converter.get_structure_hook(Registration)
            if registration is not self._registration:
                copy = converter.copy()
                copy.replacements = self._replacements
                self._converter, self._registration = copy, registration
        return self._converter

    def read(self, text: str | bytes, cls: type[_M]) -> _M:
        """Return the model of a JSON text. Raises `Mismatch`."""
        data = json_text.loads(text)
        hook = self.converter.hook(cls)
        if IS_ACCELERATED:
            try:
                return cast("_M", hook.read(data, 0, FAST_AND_OURS))
            except NOT_FAST:
                data = json_text.loads(text)  # Parsed again, because the data may contain models now.
        return self._told(hook.read_step_by_step, data, cls)

    def structure(self, data: Any, cls: type[_M]) -> _M:
        """Return the model of parsed JSON. It shares nothing with the data. Raises `Mismatch`."""
        return self._told(self.converter.hook(cls), data, cls)

    @staticmethod
    def _told(read: Callable[[Any], Any], data: Any, cls: type[_M]) -> _M:
        try:
            return cast("_M", read(data))
        except Mismatch as error:
            raise Mismatch(error.told(_root(cls))) from None

    def prepare(self, cls: type[Model]) -> None:
        """Raise `TypeError` if a class can't be decoded because the annotation of a field is not supported."""
        if cls not in self._prepared:
            _check(self.converter.hook(cls), set())
            self._prepared.add(cls)


def _check(hook: Hook, seen: set[Hook]) -> None:
    """Raise `TypeError` if a field of a class can't be decoded. Fields of our own classes are not checked."""
    parts = hook.parts
    if isinstance(hook, EntityHook) and not is_ours(hook.cls):
        parts = tuple(hook.hook_of(name) for name, home in hook.fields.items() if not is_ours(home))
    seen.add(hook)
    for part in parts:
        if part not in seen:
            _check(part, seen)


default_decoder = Decoder({})


def decode_dict(data: Mapping[str, Any], cls: type[_M]) -> _M:
    """Return the model of a caller's dict. It shares nothing with the dict. Raises `MedusaDecodeError`."""
    try:
        return _not_of_another(default_decoder.structure(data, cls))
    except Mismatch as mismatch:
        problem = _told_of_another(data, cls) or str(mismatch)
    try:
        copied_json(data)
    except Mismatch as no_json:
        problem = no_json.told(_root(cls))
    raise MedusaDecodeError(problem)


def decode_text(text: str | bytes, cls: type[_M]) -> _M:
    """Return the model of a JSON text. Raises `MedusaDecodeError`."""
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"the JSON text must be str or bytes, not {type(text).__name__}")
    try:
        return _not_of_another(default_decoder.read(text, cls))
    except Mismatch as mismatch:
        problem = str(mismatch)
    with suppress(Mismatch):  # The text is not JSON. Then `problem` says so already.
        problem = _told_of_another(json_text.loads(text), cls) or problem
    raise MedusaDecodeError(problem)


def _not_of_another(model: _M) -> _M:
    """Return the model if one of its fields is loaded. Raises `Mismatch` if it has only unknown keys."""
    for name in model._field_names:
        if is_loaded(model, name):
            return model
    if model._field_names and model.extra:
        raise Mismatch(f"none of the fields of {type(model).__name__} is loaded")
    return model


def _told_of_another(data: Any, cls: type[Model]) -> str:
    """Return the error message for an object that has none of the model's fields. It may be a whole response body."""
    fields = declarations.fields_of(cls)
    if type(data) is not dict or not data or not fields:
        return ""
    if not cast("dict[str, Any]", data).keys().isdisjoint(map(declarations.key_of, fields)):
        return ""
    name = _root(cls)
    what_to_do = f'; it looks like a whole response body: pass data["{name}"]' if name in data else ""
    return f"the data has none of the fields of {cls.__name__}{what_to_do}"


def check_declaration(cls: type[Model], local: Mapping[str, Any]) -> None:
    """Raise `TypeError` if an annotation of an entity is not supported.

    `local` are the variables of the function that defines the class.
    """
    for name, annotation in declarations.declare(cls, local).items():
        try:
            converter.hook(annotation)
        except declarations.UnknownNameError:
            pass  # The class is checked when it is used.
        except TypeError as error:
            raise TypeError(f"{cls.__name__}.{name}: {error}") from None


def checked_models(replacements: Any) -> dict[type, type]:
    """Return the classes that a client's option `models` replaces, with the classes that replace them.

    Raises `TypeError` or `ValueError` if the option is not valid.
    """
    if not isinstance(replacements, Mapping):
        raise TypeError(f"models must be a mapping of classes, not {type(replacements).__name__}")
    checked: dict[type, type] = {}
    for replaced, cls in cast("Mapping[Any, Any]", replacements).items():
        for given in (replaced, cls):
            if not isinstance(given, type):
                raise TypeError(f"models must map classes to classes, not {type(given).__name__}")
        if not _stands_in_an_answer(replaced):
            raise ValueError(f"models: {replaced.__name__} is not an entity or a result of medusa")
        if not issubclass(cls, replaced):
            raise ValueError(f"models: {cls.__name__} must be a subclass of {replaced.__name__}")
        default_decoder.prepare(cls)
        if cls is not replaced:
            checked[replaced] = cls
    return checked


@cache
def decoder_with(replacements: frozenset[tuple[type[Model], type[Model]]]) -> Decoder:
    """Return the decoder for these classes. There is only one."""
    return Decoder(dict(replacements)) if replacements else default_decoder


def _stands_in_an_answer(cls: type[Any]) -> bool:
    return is_model(cls) and is_ours(cls) and "__attrs_attrs__" in cls.__dict__


def _root(cls: type[Model]) -> str:
    """Return the beginning of a path: `order` for an Order and its subclasses, and an empty text for a result."""
    if cls._is_whole_body:
        return ""
    ours = next(base for base in cls.__mro__ if is_ours(base))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", (cls if ours is Model else ours).__name__).lower()
