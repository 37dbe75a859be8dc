"""The one cattrs converter: JSON to models and back, strict, lossless, open to new fields.

cattrs asks for a hook per class; ours are functions whose source is written for the class, because every field
must be checked for its exact JSON type, may be absent, and must come back as it was. A hook only says *that*
something does not fit; `_problem` then walks the data again, slowly, to say what and where.
"""

from __future__ import annotations

import gc
import json
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from math import inf, isfinite
from typing import Any, TypeVar, cast

import attrs
import cattrs
from cattrs.dispatch import StructureHook

try:
    import orjson  # the extra `speed`
except ImportError:
    orjson: Any = None  # type: ignore[no-redef]

from . import models, timestamps
from .errors import MedusaDecodeError, NotLoadedError
from .models.base import Model

_M = TypeVar("_M", bound=Model)


class Mismatch(Exception):
    """Data that is not what the model promises. The text says where and why, and quotes no value."""


def loads(body: bytes) -> Any:
    """The value of a JSON text, strictly: UTF-8, no NaN, no number too large to hold. Raises `Mismatch`."""
    # orjson makes floats of integers past 64 bits, so what has 19 digits in a row is not for it.
    if orjson is not None and _19_DIGITS not in body.translate(_ALL_DIGITS_ZERO):
        with suppress(ValueError):  # or json says what is wrong
            return orjson.loads(body)
    try:
        text = body.decode("utf-8").removeprefix("\ufeff").strip(" \t\r\n")  # a string without these is not copied
        value, end = _decoder.raw_decode(text)
        if end != len(text):
            raise json.JSONDecodeError("Extra data", text, end)
        return value
    except UnicodeDecodeError:
        raise Mismatch("the body is not UTF-8") from None
    except RecursionError:
        raise Mismatch("the body is nested too deeply") from None
    except json.JSONDecodeError as error:
        problem = "the body is empty" if not body.strip() else f"the body is not JSON: {error}"
        raise Mismatch(problem) from None
    except ValueError:  # an integer of thousands of digits
        raise Mismatch("the body holds a number that is too long") from None


def structure(data: Any, cls: type[_M]) -> _M:
    """The model of parsed JSON. Raises `Mismatch`."""
    try:
        return converter.structure(data, cls)
    except (Mismatch, RecursionError, ValueError):  # ValueError: of a timestamp
        raise Mismatch(_problem(data, cls)) from None


def structure_checked(data: Mapping[str, Any], cls: type[_M]) -> _M:
    """The model of a caller's dict, which is copied and checked to be JSON. Raises `MedusaDecodeError`."""
    try:
        return structure(_copy_json(data, _root(cls)), cls)
    except RecursionError:
        raise MedusaDecodeError("the data is nested too deeply") from None
    except Mismatch as error:
        raise MedusaDecodeError(str(error)) from None


def unstructure(model: Model) -> dict[str, Any]:
    """The JSON object of a model: what is loaded, and its unknown keys."""
    data: dict[str, Any] = converter.unstructure(model)
    return data


def dumps(payload: Any) -> bytes:
    """The JSON text of a payload: mappings, lists, models, datetimes. Raises `TypeError` and `ValueError`."""
    options: dict[str, Any] = {"separators": (",", ":"), "allow_nan": False, "default": _json_default}
    try:
        return json.dumps(payload, ensure_ascii=False, **options).encode()
    except UnicodeEncodeError:  # a lone surrogate, which JSON can only escape
        return json.dumps(payload, **options).encode()


def _json_default(value: Any) -> Any:
    if isinstance(value, datetime):
        return timestamps.write(value)
    if isinstance(value, Model):
        return unstructure(value)
    if isinstance(value, Mapping):
        return dict(cast("Mapping[Any, Any]", value))
    raise TypeError(f"a payload can't hold a {type(value).__name__}")


def _refuse_constant(name: str) -> Any:
    raise Mismatch(f"the body holds {name}, which is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise Mismatch("the body holds a number that is too large")
    return value


_19_DIGITS = b"0" * 19
_ALL_DIGITS_ZERO = bytes(48 if chr(byte).isdecimal() else 32 for byte in range(256))
_decoder = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)


# What a field holds. Each kind knows the source of its check and the words for it.


@attrs.frozen
class _Kind:
    name: str  # string, integer, number, boolean, timestamp, object, array, enum, model
    optional: bool = False
    cls: Any = None  # the class of an enum or a model
    item: _Kind | None = None  # of an array

    def expected(self) -> str:
        words = {"enum": "string", "model": "object", "timestamp": "timestamp with a time zone"}.get(
            self.name, self.name
        )
        return words + " or null" if self.optional else words

    def fits(self, value: Any) -> bool:
        """Whether the value itself, without what is in it, is of this kind."""
        if value is None:
            return self.optional
        if self.name == "timestamp":
            try:
                return type(value) is str and bool(timestamps.parse(value))
            except ValueError:
                return False
        if self.name == "number":
            return type(value) is int or (type(value) is float and isfinite(value))
        return type(value) is _JSON_TYPES[self.name]


_JSON_TYPES: dict[str, type] = {
    "string": str,
    "enum": str,
    "integer": int,
    "boolean": bool,
    "object": dict,
    "model": dict,
    "array": list,
}
_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", datetime: "timestamp"}


def _kind(annotation: Any) -> _Kind:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        args = [arg for arg in typing.get_args(annotation) if arg is not type(None)]
        enums = [arg for arg in args if isinstance(arg, type) and issubclass(arg, Enum)]
        kind = _kind(enums[0] if enums else args[0])
        return attrs.evolve(kind, optional=len(args) < len(typing.get_args(annotation)))
    if annotation in _SCALARS:
        return _Kind(_SCALARS[annotation])
    if typing.get_origin(annotation) is dict:
        return _Kind("object")
    if typing.get_origin(annotation) is list:
        return _Kind("array", item=_kind(typing.get_args(annotation)[0]))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _Kind("enum", cls=annotation)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _Kind("model", cls=annotation)
    raise TypeError(f"no JSON type stands for {annotation!r}")


_kinds_of: dict[type[Model], dict[str, _Kind]] = {}
_kinds_written: dict[tuple[str, str], _Kind] = {}  # by module and annotation


def _kinds(cls: type[Model]) -> dict[str, _Kind]:
    """The kinds of a class's fields, by name."""
    if cls not in _kinds_of:
        fields = attrs.fields(cast("Any", cls)) if cls._hints else ()  # a class of no fields may be no attrs class
        _kinds_of[cls] = {field.name: _field_kind(cls, field) for field in fields}
    return _kinds_of[cls]


def _field_kind(cls: type[Model], field: attrs.Attribute[Any]) -> _Kind:
    if not isinstance(field.type, str):
        return _kind(field.type)
    home = next(c for c in cls.__mro__ if field.name in c.__dict__.get("__annotations__", ())).__module__
    if (home, field.type) not in _kinds_written:
        annotation = eval(field.type, vars(sys.modules[home]), vars(models))
        _kinds_written[home, field.type] = _kind(annotation)
    return _kinds_written[home, field.type]


# Structuring. The objects of one route mostly have the same keys in the same order: a shape. The first object of a
# shape is taken key by key; for the next ones a function is written, in which the values are unpacked, checked by one
# condition, and set, with no look-up left. A model made by that function remembers its shape, by which it is written.

_MOST_SHAPES = 64  # of a class; a backend that never repeats itself gets no more functions written for it

_structure_functions: dict[type[Model], Callable[[Any], Any]] = {}


def _structure_function(cls: type[Model]) -> Callable[[Any], Any]:
    """The function that makes a class's model of parsed JSON."""
    if cls in _structure_functions:
        return _structure_functions[cls]
    shapes: dict[tuple[str, ...], Callable[[Any], Any]] = {}
    latest: tuple[tuple[str, ...], Callable[[Any], Any] | None] = ((), None)

    def structure(data: Any) -> Any:
        nonlocal latest
        if data.__class__ is not dict:
            raise Mismatch
        keys = (*data,)
        known, function = latest  # most often right for a list's next item, and compared faster than hashed
        if function is None or keys != known:
            function = shapes.get(keys)
            if function is None:
                if len(shapes) < _MOST_SHAPES:
                    shapes[keys] = key_by_key
                return key_by_key(data)
            if function is key_by_key:
                function = shapes[keys] = _shape_function(cls, keys)
            latest = (keys, function)
        elif keys and keys[0] is not known[0]:  # the strings of another answer, which are compared slowly
            latest = (keys, function)
        return function(data)

    def key_by_key(data: dict[str, Any]) -> Model:
        return _structure_key_by_key(cls, data)

    _structure_functions[cls] = structure
    return structure


def _structure_key_by_key(cls: type[Model], data: dict[str, Any]) -> Model:
    kinds = _kinds(cls)
    model = object.__new__(cls)
    extra: dict[str, Any] = {}
    for key, value in data.items():
        if key in kinds:
            setattr(model, key, _made(value, key, kinds[key], model))
        else:
            extra[key] = value
    if not cls._required.issubset(data):
        raise Mismatch
    if extra:
        model._extra = extra
    return model


def _made(value: Any, name: str, kind: _Kind, model: Model) -> Any:
    """What a field is set to."""
    if not kind.fits(value):
        raise Mismatch
    if value is None:
        return None
    if kind.name == "timestamp":
        return _timestamp(value, model, name)
    if kind.name == "enum":
        return kind.cls._value2member_map_.get(value, value)
    if kind.name == "model":
        return _structure_function(kind.cls)(value)
    if kind.item is not None:
        return [_made(item, name, kind.item, model) for item in value]
    return value


def _shape_function(cls: type[Model], keys: tuple[str, ...]) -> Callable[[Any], Any]:
    """Write and compile the function for a class's objects with these keys."""
    kinds = _kinds(cls)
    namespace: dict[str, Any] = {
        "Mismatch": Mismatch,
        "cls": cls,
        "new": object.__new__,
        "inf": inf,
        "parse_usual": timestamps.parse_usual,
        "timestamp": _timestamp,
        "keys": keys,
    }
    checks: list[str] = []
    sets: list[str] = []
    names = [key for key in keys if key in kinds]
    extra: list[str] = []
    for number, key in enumerate(keys):
        if key in kinds:
            value = f"v{number}"
            checks.append(_check_source(value, kinds[key]))
            sets.append(f"    model.{key} = {_made_source(value, key, kinds[key], namespace)}")
        else:
            extra.append(f"keys[{number}]: v{number}")
    if not cls._required.issubset(keys):
        checks.append("True")
    lines = ["def structure(data):"]
    if keys:
        lines.append(f"    [{', '.join(f'v{number}' for number in range(len(keys)))}] = data.values()")
    if checks:
        lines.append(f"    if {' or '.join(checks)}: raise Mismatch")
    namespace["shape"] = _Shape(cls, names, has_extra=bool(extra))
    lines += ["    model = new(cls)", "    model._shape = shape", *sets]
    if extra:
        lines.append(f"    model._extra = {{{', '.join(extra)}}}")
    lines.append("    return model")
    exec(compile("\n".join(lines), f"<structure {cls.__name__}>", "exec"), namespace)
    function: Callable[[Any], Any] = namespace["structure"]
    return function


def _check_source(value: str, kind: _Kind) -> str:
    """The condition under which a value is none of this kind."""
    if kind.name == "number":
        check = f"{value}.__class__ is not int and not ({value}.__class__ is float and -inf < {value} < inf)"
    elif kind.name == "boolean":
        check = f"{value} is not True and {value} is not False"
    else:
        json_type = "str" if kind.name == "timestamp" else _JSON_TYPES[kind.name].__name__
        check = f"{value}.__class__ is not {json_type}"
        if kind.item is not None and kind.item.name != "model":
            item_type = _JSON_TYPES[kind.item.name].__name__
            check += f" or any(item.__class__ is not {item_type} for item in {value})"
    return f"({value} is not None and ({check}))" if kind.optional else f"({check})"


def _made_source(value: str, name: str, kind: _Kind, namespace: dict[str, Any]) -> str:
    """What the field is set to."""
    if kind.name == "timestamp":
        made = f"parse_usual({value}) or timestamp({value}, model, {name!r})"
    elif kind.name == "enum":
        namespace[f"enum_{name}"] = kind.cls._value2member_map_.get
        made = f"enum_{name}({value}, {value})"
    elif kind.name == "model":
        namespace[f"structure_{name}"] = _structure_function(kind.cls)
        made = f"structure_{name}({value})"
    elif kind.item is not None and kind.item.name == "model":
        namespace[f"structure_{name}"] = _structure_function(kind.item.cls)
        made = f"[structure_{name}(item) for item in {value}]"
    else:
        return value
    return f"None if {value} is None else ({made})" if kind.optional else made


def _structure_hook(cls: type[Model]) -> StructureHook:
    function = _structure_function(cls)
    return lambda data, _: function(data)


def _timestamp(text: str, model: Model, name: str) -> datetime:
    """A timestamp that we would write in another way, whose text is kept."""
    moment = timestamps.parse(text)
    if timestamps.write(moment) != text:
        try:
            model._spelled[name] = (moment, text)
        except AttributeError:
            model._spelled = {name: (moment, text)}
    return moment


# Unstructuring. What a scalar field holds is written as it is; other values are asked what they are, because a model
# may have been built or changed by hand.

_SCALAR_KINDS = frozenset(("string", "integer", "number", "boolean"))
_SCALAR_TYPES = frozenset((str, int, bool, float, type(None)))


class _Shape:
    """What models decoded from objects with the same keys have in common: the function that writes them."""

    __slots__ = ("_cls", "_has_extra", "_names", "write")

    def __init__(self, cls: type[Model], names: list[str], *, has_extra: bool) -> None:
        self._cls, self._names, self._has_extra = cls, names, has_extra
        self.write: Callable[[Model], dict[str, Any]] = self._write_first

    def _write_first(self, model: Model) -> dict[str, Any]:
        self.write = self._write_function()
        return self.write(model)

    def _write_function(self) -> Callable[[Model], dict[str, Any]]:
        """Write and compile the function.

        It asks no field whether it is loaded: it counts the slots that are set, which is one call, and reads those
        that it knows. If the number is right and none is missing, no other can be set.
        """
        namespace: dict[str, Any] = {
            "NotLoadedError": NotLoadedError,
            "datetime": datetime,
            "plain": _plain,
            "references": gc.get_referents,
            "utc": UTC,
            "write_any": write_any,
            "write_utc": timestamps.write_utc,
        }
        kinds = _kinds(self._cls)
        pairs = [f"{name!r}: {_written_source(name, kinds[name], namespace)}" for name in self._names]
        if self._has_extra:
            pairs.append("**plain(model._extra)")
        references = len(pairs) + 2  # to its class and to this shape
        lines = [
            "def write(model):",
            f"    if len(references(model)) == {references}:",
            f"        try: return {{{', '.join(pairs)}}}",
            "        except NotLoadedError: pass",
            "    return write_any(model)",
        ]
        exec(compile("\n".join(lines), f"<unstructure {self._cls.__name__}>", "exec"), namespace)
        function: Callable[[Model], dict[str, Any]] = namespace["write"]
        return function


def _written_source(name: str, kind: _Kind, namespace: dict[str, Any]) -> str:
    """What is written of a field."""
    field = f"(value := model.{name})"
    if kind.name in _SCALAR_KINDS:
        return f"model.{name}"
    if kind.name == "timestamp":
        return f"write_utc(value) if {field}.__class__ is datetime and value.tzinfo is utc else plain(value)"
    of_model = f"{{0}}._shape.write({{0}}) if {{0}}.__class__ is class_{name} else plain({{0}})"
    if kind.name == "model":
        namespace[f"class_{name}"] = kind.cls
        return f"None if {field} is None else {of_model.format('value')}"
    if kind.item is not None and kind.item.name == "model":
        namespace[f"class_{name}"] = kind.item.cls
        items = f"[{of_model.format('item')} for item in value] if value else []"
        return f"({items}) if {field}.__class__ is list else plain(value)"
    return f"None if {field} is None else plain(value)"


def _write_model(model: Model) -> dict[str, Any]:
    return model._shape.write(model)  # type: ignore[no-any-return]


def write_any(model: Model) -> dict[str, Any]:
    """The JSON object of a model, each of whose fields is asked whether it is loaded."""
    data: dict[str, Any] = {}
    kinds = _kinds(type(model))
    for name, value in model._state().items():
        if name in kinds:
            data[name] = value if kinds[name].name in _SCALAR_KINDS else _plain(value)
        elif name == "_spelled":
            _spell(value, model, data)
        elif name == "_extra":
            data.update(_plain(value))
    return data


def _spell(spelled: dict[str, tuple[datetime, str]], model: Model, data: dict[str, Any]) -> None:
    """Write the timestamps that have not been changed as they came."""
    for name, (moment, text) in spelled.items():
        if name in data and getattr(model, name) == moment:
            data[name] = text


def _plain(value: Any) -> Any:
    """JSON for a value, in new containers."""
    function = _plain_functions.get(value.__class__)
    if function is None:
        function = _plain_functions[value.__class__] = _plain_function(value.__class__)
    return function(value)


def _plain_function(cls: type[Any]) -> Callable[[Any], Any]:
    """What makes JSON of a class's values: a class of the caller's own may be a subclass of one of these."""
    if issubclass(cls, Model):
        return _write_model
    if issubclass(cls, datetime):
        return timestamps.write
    if issubclass(cls, list):
        return lambda value: [_plain(item) for item in value]
    if issubclass(cls, dict):
        return lambda value: {
            key: item if item.__class__ in _SCALAR_TYPES else _plain(item) for key, item in value.items()
        }
    if issubclass(cls, Enum):
        return lambda value: value.value
    return lambda value: value


_plain_functions: dict[type[Any], Callable[[Any], Any]] = {}


def _is_model(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Model)


converter = cattrs.Converter()
converter.register_structure_hook_factory(_is_model, _structure_hook)
converter.register_unstructure_hook_func(_is_model, _write_model)


# Saying what is wrong.


def _root(cls: type[Model]) -> str:
    """What a path begins with: `order` for an Order, nothing for a result, whose fields are the answer's own."""
    if issubclass(cls, models.Result):
        return ""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def _problem(data: Any, cls: type[Model]) -> str:
    return next(_problems(_root(cls), data, _Kind("model", cls=cls)), "nested too deeply")


def _problems(path: str, value: Any, kind: _Kind) -> Iterator[str]:
    if not kind.fits(value):
        yield f"{path or 'the body'}: expected {kind.expected()}, got {_json_type(value)}"
    elif kind.name == "model" and value is not None:
        for name, inner in _kinds(kind.cls).items():
            inner_path = f"{path}.{name}" if path else name
            if name in value:
                yield from _problems(inner_path, value[name], inner)
            elif name in kind.cls._required:
                yield f"{inner_path}: missing"
    elif kind.name == "array" and value is not None and kind.item is not None:
        for index, item in enumerate(value):
            yield from _problems(f"{path}[{index}]", item, kind.item)


def _json_type(value: Any) -> str:
    if value is None:
        return "null"
    if type(value) is float and not isfinite(value):
        return "a number that JSON does not have"
    name = type(value).__name__
    return _JSON_NAMES.get(name, name)


_JSON_NAMES = {
    "str": "string",
    "bool": "boolean",
    "int": "integer",
    "float": "number",
    "dict": "object",
    "list": "array",
}


def _copy_json(value: Any, path: str) -> Any:
    if value is None or type(value) in (str, int, bool) or (type(value) is float and isfinite(value)):
        return value
    if type(value) is dict:
        return {
            _key(key, path): _copy_json(item, f"{path}.{key}".lstrip("."))
            for key, item in cast("dict[Any, Any]", value).items()
        }
    if type(value) is list:
        return [_copy_json(item, f"{path}[{index}]") for index, item in enumerate(cast("list[Any]", value))]
    raise Mismatch(f"{path or 'the data'}: expected JSON, got {_json_type(value)}")


def _key(key: Any, path: str) -> str:
    if type(key) is not str:
        raise Mismatch(f"{path or 'the data'}: expected string keys, got {_json_type(key)}")
    return key
