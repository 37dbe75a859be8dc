"""The accelerator: functions whose source is written for a class and the keys of its objects.

Objects of one route mostly have the same keys in the same order: a shape. The first object of a shape is read key by
key. For the next ones a function is written that unpacks the values, checks them by one condition and sets them,
without any look-up. It reads a list of objects; a single object is a list of one. A model made by it remembers its
shape, which knows how to write the model as JSON.

Without this file everything works the same, only slower.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC
from functools import partial
from itertools import groupby
from math import inf
from typing import Any

from ..errors import NotLoadedError
from ..models.base import Model
from . import converter as converters, timestamps, v2
from .declarations import key_of
from .hooks import (
    BOOLEAN,
    FAST_AND_OURS,
    MOST_LEVELS,
    NUMBER,
    TIMESTAMP,
    EntityHook,
    FreeForm,
    Hook,
    ListOf,
    OpenEnum,
    OrNull,
    Scalar,
    ToldApart,
    keep_text,
)
from .plain_json import Mismatch, copied_json

# A backend that never repeats itself, or sends objects of very many or very long keys, gets no functions written for
# those: functions are kept for ever.
_MOST_SHAPES = 64  # of a class
_MOST_KEYS = 256
_MOST_CHARACTERS = 16_384  # of all keys of a shape

# A function that is written to make the models of a list of objects. It also takes how many models are around, and the
# way to read.
_Function = Callable[[list[Any], int, int], list[Any]]


class Reader:
    """Makes a class's models of JSON objects. It raises a `Mismatch` without a text."""

    __slots__ = ("_hook", "_shapes", "read")

    def __init__(self, hook: EntityHook) -> None:
        self._hook = hook
        self._shapes: dict[tuple[str, ...], _Shape | None] = {}
        # The function for the shape that came last, which is most often right. It hands others back to this method.
        self.read: _Function = self.read_any

    def read_any(self, items: list[Any], level: int, way: int, start: int = 0) -> list[Any]:
        """Return the models of objects of any shape. The items before `start` are models already."""
        made = items[:start]
        for keys, alike in groupby(items[start:], _keys_of):
            left = [*alike]
            shape = self._shape_of(keys)
            if shape is None:
                made.append(self._hook.read_by_key(left.pop(0), level, way))
                shape = self._shape_of(keys) if left else None
            if shape is None:
                made += [self._hook.read_by_key(data, level, way) for data in left]
            else:
                made += shape.read(left, level, way)
                self.read = shape.read  # which is written by now
        return made

    def _shape_of(self, keys: tuple[str, ...]) -> _Shape | None:
        """Return the shape of objects with these keys, but None for the first one, which may be the only one."""
        shape = self._shapes.get(keys)
        if shape is None and _are_few_and_short(keys):
            if keys in self._shapes:
                shape = self._shapes[keys] = _Shape(self, self._hook, keys)
            elif len(self._shapes) < _MOST_SHAPES:
                self._shapes[keys] = None
        return shape


def _keys_of(data: Any) -> tuple[Any, ...]:
    if data.__class__ is not dict:
        raise Mismatch
    return (*data,)


def _are_few_and_short(keys: tuple[Any, ...]) -> bool:
    if len(keys) > _MOST_KEYS or not all(type(key) is str for key in keys):
        return False
    return sum(map(len, keys)) <= _MOST_CHARACTERS


class _Shape:
    """What the objects of a class with the same keys have in common: the functions that read and write them.

    Each is written when it is first needed.
    """

    def __init__(self, reader: Reader, hook: EntityHook, keys: tuple[str, ...]) -> None:
        self._reader, self._hook, self._keys = reader, hook, keys
        # In the order of the class, so that models of equal shapes are written alike.
        self._fields = {name: hook.hook_of(name) for key, name in hook.names.items() if key in keys}
        # Both replace themselves. A cached property would hold a lock, which a forked child may find taken for ever.
        self.read: _Function = self._read_first
        self.write: Callable[[Model], dict[str, Any]] = self._write_first

    def _read_first(self, items: list[Any], level: int, way: int) -> list[Any]:
        self.read = self._read_function()
        return self.read(items, level, way)

    def _read_function(self) -> _Function:
        """Write and compile the function that makes the models of a list of objects.

        It leaves objects of other shapes to the reader.
        """
        hook, keys = self._hook, self._keys
        namespace: dict[str, Any] = {
            "MOST_LEVELS": MOST_LEVELS,
            "Mismatch": Mismatch,
            "cls": hook.cls,
            "copied": copied_json,
            "inf": inf,
            "is_v2": v2.is_v2,
            "keep_text": keep_text,
            "keys": [*keys],
            "moments": timestamps.moments,
            "new": object.__new__,
            "read_any": self._reader.read_any,
            "shape": self,
        }
        checks: list[str] = []
        sets: list[str] = []
        extra: list[str] = []
        for number, key in enumerate(keys):
            value = f"v{number}"
            if name := hook.names.get(key):
                checks.append(_check_source(value, self._fields[name]))
                sets.append(f"model.{name} = {_made_source(value, name, self._fields[name], namespace)}")
            else:
                extra.append(f"keys[{number}]: {_copied_source(value)}")
        if extra:
            checks.append(f"way != {FAST_AND_OURS} and {{*map(type, own)}} != {{str}}")
            sets.append(f"model._extra = {{{', '.join(extra)}}}")
        if not hook.cls._required.issubset(self._fields):
            checks.append("True")
        if v2.may_be_v2(key for key in keys if key not in hook.names):
            checks.append("is_v2(data)")
        checks.append("level > MOST_LEVELS")
        lines = [
            "if data.__class__ is not dict: raise Mismatch",
            "own = [*data]",
            "if own != keys: return read_any(items, level, way, index)",
        ]
        if keys:
            # The strings of another answer are compared slowly, and so those of this one are kept. A caller's keys may
            # be of a subclass of str, and asking for their types pays in a list alone.
            are_strings = f"(way == {FAST_AND_OURS} or index and {{*map(type, own)}} == {{str}})"
            lines.append(f"if own[0] is not keys[0] and {are_strings}: keys = own")
            lines.append(f"[{', '.join(f'v{number}' for number in range(len(keys)))}] = data.values()")
        lines.append(f"if {' or '.join(filter(None, checks))}: raise Mismatch")
        lines += ["model = new(cls)", "model._shape = shape", *sets, "items[index] = model"]
        loop = [
            "def read(items, level, way):",
            "    global keys",
            f"    if way != {FAST_AND_OURS}: items = [*items]",
            "    for index, data in enumerate(items):",
            *(f"        {line}" for line in lines),
            "    return items",
        ]
        exec(compile("\n".join(loop), f"<structure {hook.cls.__name__}>", "exec"), namespace)
        function: _Function = namespace["read"]
        return function

    def _write_first(self, model: Model) -> dict[str, Any]:
        self.write = self._write_function()
        return self.write(model)

    def _write_function(self) -> Callable[[Model], dict[str, Any]]:
        """Write and compile the function.

        It asks no field whether it is loaded: it counts the slots that are set, which is one call, and reads those
        that it knows. If the number is right and none is missing, no other can be set.
        """
        converter = converters.converter
        namespace: dict[str, Any] = {
            "NotLoadedError": NotLoadedError,
            "datetime": timestamps.Real.DATETIME,
            "as_json": converters.as_json,
            "references": gc.get_referents,
            "utc": UTC,
            "write_any": converters.write_any,
            "write_utc": timestamps.write_utc,
        }
        pairs: list[str] = []
        for name, hook in self._fields.items():
            if annotation := self._hook.users_annotation(name):
                namespace[f"write_{name}"] = partial(converter.unstructure, unstructure_as=annotation)
                pairs.append(f"{key_of(name)!r}: write_{name}(model.{name})")
            else:
                pairs.append(f"{key_of(name)!r}: {_written_source(name, hook, namespace)}")
        if len(self._fields) < len(self._keys):
            pairs.append("**as_json(model._extra)")
        references = len(pairs) + 2  # to its class and to this shape
        lines = [
            "def write(model):",
            f"    if len(references(model)) == {references}:",
            f"        try: return {{{', '.join(pairs)}}}",
            "        except (NotLoadedError, ValueError): pass",
            "    return write_any(model)",
        ]
        exec(compile("\n".join(lines), f"<unstructure {self._hook.cls.__name__}>", "exec"), namespace)
        function: Callable[[Model], dict[str, Any]] = namespace["write"]
        return function


def _check_source(value: str, hook: Hook) -> str:
    """The condition under which a value does not fit; an empty text where the hook itself checks it."""
    check = ""
    if isinstance(hook, OrNull):
        check = _check_source(value, hook.inner)
        return check and f"({value} is not None and {check})"
    if hook is NUMBER:
        check = f"{value}.__class__ is not int and not ({value}.__class__ is float and -inf < {value} < inf)"
    elif hook is BOOLEAN:
        check = f"{value} is not True and {value} is not False"
    elif isinstance(hook, Scalar):
        check = f"{value}.__class__ is not {hook.cls.__name__}"
    elif isinstance(hook, OpenEnum) or hook is TIMESTAMP:
        check = f"{value}.__class__ is not str"
    elif isinstance(hook, FreeForm) and hook.is_object:
        check = f"{value}.__class__ is not dict"
    elif isinstance(hook, ListOf):
        check = f"{value}.__class__ is not list"
        if of_item := _check_source("item", hook.item):
            check += f" or any({of_item} for item in {value})"
    return check and f"({check})"


def _made_source(value: str, name: str, hook: Hook, namespace: dict[str, Any]) -> str:
    """What the field is set to, of a value that the condition has let pass."""
    if isinstance(hook, OrNull):
        made = _made_source(value, name, hook.inner, namespace)
        return made if made == value else f"None if {value} is None else ({made})"
    if isinstance(hook, Scalar):
        return value
    if isinstance(hook, FreeForm):
        return _copied_source(value)
    if isinstance(hook, OpenEnum):
        namespace[f"enum_{name}"] = hook.members.get
        return f"enum_{name}({value}, {value})"
    if isinstance(hook, EntityHook):
        namespace[f"reader_{name}"] = hook.reader
        return f"reader_{name}.read([{value}], level + 1, way)[0]"
    if isinstance(hook, ListOf):
        if isinstance(hook.item, EntityHook):
            namespace[f"reader_{name}"] = hook.item.reader
            return f"reader_{name}.read({value}, level + 1, way)"
        item = _made_source("item", name, hook.item, namespace)
        return (
            f"({value} if way == {FAST_AND_OURS} else {value}[:])"
            if item == "item"
            else f"[{item} for item in {value}]"
        )
    namespace[f"hook_{name}"] = hook
    if hook.keeps_text:
        kept = f"keep_text(hook_{name}, {value}, model, {name!r})"
        return f"moments[{value}] or {kept}" if hook is TIMESTAMP else kept
    if isinstance(hook, ToldApart):
        return f"hook_{name}.read_in(data, {key_of(name)!r}, level + 1, way)"
    return f"hook_{name}.read({value}, level + 1, way)"


def _copied_source(value: str) -> str:
    return f"({value} if way == {FAST_AND_OURS} else copied({value}))"


def _written_source(name: str, hook: Hook, namespace: dict[str, Any]) -> str:
    """What is written of a field."""
    field = f"(value := model.{name})"
    inner = hook.inner if isinstance(hook, OrNull) else hook
    if isinstance(inner, Scalar):
        return f"model.{name}"
    if inner is TIMESTAMP:
        return f"write_utc(value) if {field}.__class__ is datetime and value.tzinfo is utc else as_json(value)"
    of_model = f"{{0}}._shape.write({{0}}) if {{0}}.__class__ is class_{name} else as_json({{0}})"
    if isinstance(inner, EntityHook) and converters.is_written_by_us(inner.cls):
        namespace[f"class_{name}"] = inner.cls
        return f"None if {field} is None else {of_model.format('value')}"
    if isinstance(inner, ListOf) and isinstance(inner.item, EntityHook) and converters.is_written_by_us(inner.item.cls):
        namespace[f"class_{name}"] = inner.item.cls
        items = f"[{of_model.format('item')} for item in value] if value else []"
        return f"({items}) if {field}.__class__ is list else as_json(value)"
    return f"None if {field} is None else as_json(value)"
