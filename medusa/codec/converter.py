"""The one cattrs converter: JSON to models and back, strict, lossless, open to new fields and to users' subclasses.

cattrs asks for a hook per class; ours are functions whose source is written for the class, because every field
must be checked for its exact JSON type, may be absent, and must come back as it was. A hook only says *that*
something does not fit; `_problem` then walks the data again, slowly, to say what and where.
"""

from __future__ import annotations

import gc
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC
from enum import Enum
from functools import cache
from inspect import get_annotations
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs
import cattrs
from cattrs.dispatch import StructureHook

import medusa

from .. import _names
from ..errors import MedusaDecodeError, NotLoadedError
from ..models.base import JSONObject, Model
from . import nesting, timestamps, v2
from .plain_json import SCALAR_TYPES, Mismatch, copied_json, json_type

if TYPE_CHECKING:
    from datetime import datetime

_M = TypeVar("_M", bound=Model)


def structure(data: Any, cls: type[_M]) -> _M:
    """The model of parsed JSON, of our classes. Raises `Mismatch`."""
    return default_decoder.structure(data, cls)


def structure_checked(data: Mapping[str, Any], cls: type[_M]) -> _M:
    """The model of a caller's dict, which is copied and checked to be JSON. Raises `MedusaDecodeError`."""
    try:
        copy = copied_json(data, _root(cls))
        _refuse_other_data(copy, cls)
        return structure(copy, cls)
    except Mismatch as error:
        raise MedusaDecodeError(str(error)) from None


def _refuse_other_data(data: Any, cls: type[Model]) -> None:
    """Refuse an object that has keys, but none of the model's, such as a whole response body."""
    kinds = _kinds(cls)
    if type(data) is not dict or not data or not kinds:
        return
    keys = cast("dict[str, Any]", data).keys()
    if keys.isdisjoint(kinds):
        name = _root(cls)
        what_to_do = f'; it looks like a whole response body: pass data["{name}"]' if name in keys else ""
        raise Mismatch(f"the data has none of the fields of {cls.__name__}{what_to_do}")


def unstructure(model: Model) -> dict[str, Any]:
    """The JSON object of a model: what is loaded, and its unknown keys."""
    data: dict[str, Any] = default_decoder.cattrs.unstructure(model)
    return data


# What a field holds. Each kind knows the source of its check and the words for it.


@attrs.frozen
class _Kind:
    name: str  # string, integer, number, boolean, timestamp, object, array, enum, model, or any
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
        if self.name == "any":
            return True
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
_SIMPLE: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    timestamps.Real.DATETIME: "timestamp",
    JSONObject: "object",
    Any: "any",
    str | list[str]: "any",  # names in a payload, which the backend checks
}


def _kind(annotation: Any) -> _Kind:
    if annotation in _SIMPLE:
        return _Kind(_SIMPLE[annotation])
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        alternatives = [arg for arg in args if arg is not type(None)]
        enums = [arg for arg in alternatives if isinstance(arg, type) and issubclass(arg, Enum)]
        if len(enums) == 1 and len(alternatives) == 2 and str in alternatives:  # or a value that is new to us
            return _Kind("enum", optional=type(None) in args, cls=enums[0])
        if len(alternatives) == 1:
            return attrs.evolve(_kind(alternatives[0]), optional=True)
    elif origin is list:
        item = _kind(args[0])
        if item.name != "timestamp":  # of which only a field's own spelling is remembered
            return _Kind("array", item=item)
    elif timestamps.is_datetime_class(annotation):  # that of freezegun
        return _Kind("timestamp")
    elif isinstance(annotation, type) and issubclass(annotation, Model):
        return _Kind("model", cls=annotation)
    raise TypeError(f"unsupported annotation: {annotation!r}")


_kinds_of: dict[type[Model], dict[str, _Kind]] = {}
_kinds_written: dict[tuple[str, str], _Kind] = {}  # by module and annotation, of ours


def _kinds(cls: type[Model]) -> dict[str, _Kind]:
    """The kinds of a class's fields, by name. Raises `TypeError` for a class that is not declared as it must be."""
    if cls not in _kinds_of:
        kinds: dict[str, _Kind] = {}
        for home in reversed(cls.__mro__):
            if not _is_ours(home):
                _check_declaration(home)
            for field in home.__dict__.get("__attrs_attrs__", ()):
                if not field.inherited:
                    kinds[field.name] = _field_kind(home, field)
        for name in kinds:
            if not isinstance(getattr(cls, name), types.MemberDescriptorType):
                raise TypeError(f"{cls.__name__}.{name} is a field and can't be something else in a subclass")
        _kinds_of[cls] = kinds
    return _kinds_of[cls]


def _check_declaration(cls: type[Any]) -> None:
    """Refuse a user's class whose fields would be taken for unknown keys."""
    if not issubclass(cls, Model) or "_fields" in cls.__dict__:
        return
    declared = [name for name, written in get_annotations(cls).items() if "ClassVar" not in str(written)]
    if declared or "__attrs_attrs__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} declares {', '.join(declared) or 'fields'}: it must be a medusa.entity")


def _field_kind(home: type[Model], field: attrs.Attribute[Any]) -> _Kind:
    if not isinstance(field.type, str):
        annotation = field.type
    elif (home.__module__, field.type) in _kinds_written:
        return _kinds_written[home.__module__, field.type]
    else:
        try:
            annotation = eval(field.type, {}, _NamesOf(home))
        except (NameError, AttributeError) as error:
            raise TypeError(f"{home.__name__}.{field.name}: {error}, in its module at run time") from None
    try:
        kind = _kind(annotation)
    except TypeError as error:
        raise TypeError(f"{home.__name__}.{field.name}: {error}") from None
    if isinstance(field.type, str) and _is_ours(home):
        _kinds_written[home.__module__, field.type] = kind
    return kind


def _is_ours(cls: type[Any]) -> bool:
    return cls.__module__.startswith(("medusa.models.", "medusa.resources."))


class _NamesOf(dict[str, Any]):
    """What an annotation of a class may name: what its module has at run time, and the public names of the package."""

    def __init__(self, cls: type[Any]) -> None:
        super().__init__(vars(sys.modules.get(cls.__module__, medusa)))

    def __missing__(self, name: str) -> Any:
        if name not in _names.HOMES:
            raise KeyError(name)
        return getattr(medusa, name)


# Structuring. The objects of one route mostly have the same keys in the same order: a shape. The first object of a
# shape is taken key by key; for the next ones a function is written, in which the values are unpacked, checked by one
# condition, and set, with no look-up left. A model made by that function remembers its shape, by which it is written.

# A backend that never repeats itself, or sends objects of very many or very long keys, gets no functions written for
# those: functions are kept for ever.
_MOST_SHAPES = 64  # of a class
_MOST_KEYS = 256
_MOST_CHARACTERS = 16_384  # of all keys of a shape

_MOST_LEVELS = 64  # of models in one another, so that what is decoded can be copied, compared and pickled

_Function = Callable[[Any, int], Any]  # makes a model of parsed JSON that so many models are around


class Decoder:
    """Makes models of parsed JSON: of our classes, or of subclasses that a user has put in their place.

    There is one for everybody else, and one for all clients with the same `replacements`, because it owns the
    functions that are written for its classes.
    """

    def __init__(self, replacements: Mapping[type[Model], type[Model]]) -> None:
        self._replacements = replacements
        self._kinds_of: dict[type[Model], dict[str, _Kind]] = {}
        self._functions: dict[type[Model], _Function] = {}
        self.cattrs = cattrs.Converter()
        self.cattrs.register_structure_hook_factory(_is_model, self._structure_hook)
        self.cattrs.register_unstructure_hook_func(_is_model, _write_model)

    def __reduce__(self) -> Any:
        return decoder_with, (frozenset(self._replacements.items()),)

    def structure(self, data: Any, cls: type[_M]) -> _M:
        """The model of parsed JSON. Raises `Mismatch`."""
        try:
            return self.cattrs.structure(data, cast("type[_M]", self._replacements.get(cls, cls)))
        except (Mismatch, RecursionError, ValueError):  # ValueError: of a timestamp
            raise Mismatch(self._problem(data, cls)) from None

    def prepare(self, cls: type[Model]) -> None:
        """Raise `TypeError` for a class that can't be decoded."""
        self._kinds(self._replacements.get(cls, cls))

    def _kinds(self, cls: type[Model]) -> dict[str, _Kind]:
        """The kinds of a class's fields, by name, replaced."""
        if not self._replacements:
            return _kinds(cls)
        if cls not in self._kinds_of:
            self._kinds_of[cls] = {name: self._replace(kind) for name, kind in _kinds(cls).items()}
        return self._kinds_of[cls]

    def _replace(self, kind: _Kind) -> _Kind:
        if kind.item is not None:
            return attrs.evolve(kind, item=self._replace(kind.item))
        if kind.cls in self._replacements:
            return attrs.evolve(kind, cls=self._replacements[kind.cls])
        return kind

    def _structure_hook(self, cls: type[Model]) -> StructureHook:
        function = self._function(cls)
        return lambda data, _: function(data, 0)

    def _function(self, cls: type[Model]) -> _Function:
        """The function that makes a class's model of parsed JSON."""
        if cls in self._functions:
            return self._functions[cls]
        shapes: dict[tuple[str, ...], _Function] = {}
        latest: tuple[tuple[str, ...], _Function | None] = ((), None)

        def structure(data: Any, level: int) -> Any:
            nonlocal latest
            if data.__class__ is not dict or level > _MOST_LEVELS:
                raise Mismatch
            keys = (*data,)
            known, function = latest  # most often right for a list's next item, and compared faster than hashed
            if function is None or keys != known:
                function = shapes.get(keys)
                if function is None:
                    if len(shapes) < _MOST_SHAPES and _are_few_and_short(keys):
                        shapes[keys] = key_by_key
                    return key_by_key(data, level)
                if function is key_by_key:
                    function = shapes[keys] = self._shape_function(cls, keys)
                latest = (keys, function)
            elif keys and keys[0] is not known[0]:  # the strings of another answer, which are compared slowly
                latest = (keys, function)
            return function(data, level)

        def key_by_key(data: dict[str, Any], level: int) -> Model:
            return self._structure_key_by_key(cls, data, level)

        self._functions[cls] = structure
        return structure

    def _structure_key_by_key(self, cls: type[Model], data: dict[str, Any], level: int) -> Model:
        kinds = self._kinds(cls)
        model = object.__new__(cls)
        extra: dict[str, Any] = {}
        for key, value in data.items():
            if key in kinds:
                setattr(model, key, self._made(value, key, kinds[key], model, level))
            else:
                extra[key] = value
        if not cls._required.issubset(data) or (v2.may_be_v2(extra) and v2.is_v2(data)):
            raise Mismatch
        if extra:
            model._extra = extra
        return model

    def _made(self, value: Any, name: str, kind: _Kind, model: Model, level: int) -> Any:
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
            return self._function(kind.cls)(value, level + 1)
        if kind.item is not None:
            return [self._made(item, name, kind.item, model, level) for item in value]
        return value

    def _shape_function(self, cls: type[Model], keys: tuple[str, ...]) -> _Function:
        """Write and compile the function for a class's objects with these keys."""
        kinds = self._kinds(cls)
        namespace: dict[str, Any] = {
            "Mismatch": Mismatch,
            "cls": cls,
            "new": object.__new__,
            "inf": inf,
            "parse_usual": timestamps.parse_usual,
            "timestamp": _timestamp,
            "is_v2": v2.is_v2,
            "keys": keys,
        }
        checks: list[str] = []
        sets: list[str] = []
        extra: list[str] = []
        for number, key in enumerate(keys):
            if key in kinds:
                value = f"v{number}"
                checks.append(_check_source(value, kinds[key]))
                sets.append(f"    model.{key} = {self._made_source(value, key, kinds[key], namespace)}")
            else:
                extra.append(f"keys[{number}]: v{number}")
        if not cls._required.issubset(keys):
            checks.append("True")
        if v2.may_be_v2(key for key in keys if key not in kinds):
            checks.append("is_v2(data)")
        lines = ["def structure(data, level):"]
        if keys:
            lines.append(f"    [{', '.join(f'v{number}' for number in range(len(keys)))}] = data.values()")
        if checks:
            lines.append(f"    if {' or '.join(checks)}: raise Mismatch")
        known = {name: kind for name, kind in kinds.items() if name in keys}  # in the order of the class, always
        namespace["shape"] = _Shape(cls, known, has_extra=bool(extra))
        if any("level" in line for line in sets):
            lines.append("    level += 1")
        lines += ["    model = new(cls)", "    model._shape = shape", *sets]
        if extra:
            lines.append(f"    model._extra = {{{', '.join(extra)}}}")
        lines.append("    return model")
        exec(compile("\n".join(lines), f"<structure {cls.__name__}>", "exec"), namespace)
        function: _Function = namespace["structure"]
        return function

    def _made_source(self, value: str, name: str, kind: _Kind, namespace: dict[str, Any]) -> str:
        """What the field is set to."""
        if kind.name == "timestamp":
            made = f"parse_usual({value}) or timestamp({value}, model, {name!r})"
        elif kind.name == "enum":
            namespace[f"enum_{name}"] = kind.cls._value2member_map_.get
            made = f"enum_{name}({value}, {value})"
        elif kind.name == "model":
            namespace[f"structure_{name}"] = self._function(kind.cls)
            made = f"structure_{name}({value}, level)"
        elif kind.item is not None:
            item = self._made_source("item", name, kind.item, namespace)
            if item == "item":
                return value
            made = f"[{item} for item in {value}]"
        else:
            return value
        return f"None if {value} is None else ({made})" if kind.optional else made

    def _problem(self, data: Any, cls: type[Model]) -> str:
        """What is wrong: that the data is of v2, if it is, else the first that does not fit."""
        kind = self._replace(_Kind("model", cls=cls))
        first = ""
        with suppress(RecursionError):
            for problem in self._problems(_root(cls), data, kind, 0):
                if problem.endswith(v2.PROBLEM):
                    return problem
                first = first or problem
        return first or _TOO_DEEP

    def _problems(self, path: str, value: Any, kind: _Kind, level: int) -> Iterator[str]:
        """What is wrong, and where."""
        if not kind.fits(value):
            yield f"{path or 'the body'}: expected {kind.expected()}, got {json_type(value)}"
        elif kind.name == "model" and value is not None:
            if level > _MOST_LEVELS:
                yield _TOO_DEEP
                return
            if v2.is_v2(value):
                yield f"{path or 'the body'}: {v2.PROBLEM}"
            for name, inner in self._kinds(kind.cls).items():
                inner_path = f"{path}.{name}" if path else name
                if name in value:
                    yield from self._problems(inner_path, value[name], inner, level + 1)
                elif name in kind.cls._required:
                    yield f"{inner_path}: missing"
        elif kind.name == "array" and value is not None and kind.item is not None:
            for index, item in enumerate(value):
                yield from self._problems(f"{path}[{index}]", item, kind.item, level)


def _are_few_and_short(keys: tuple[str, ...]) -> bool:
    return len(keys) <= _MOST_KEYS and sum(map(len, keys)) <= _MOST_CHARACTERS


def _check_source(value: str, kind: _Kind) -> str:
    """The condition under which a value is none of this kind."""
    if kind.name == "any":
        return "False"
    if kind.name == "number":
        check = f"{value}.__class__ is not int and not ({value}.__class__ is float and -inf < {value} < inf)"
    elif kind.name == "boolean":
        check = f"{value} is not True and {value} is not False"
    else:
        json_type = "str" if kind.name == "timestamp" else _JSON_TYPES[kind.name].__name__
        check = f"{value}.__class__ is not {json_type}"
        if kind.item is not None and (kind.item.name != "model" or kind.item.optional):  # a model's function checks
            check += f" or any({_check_source('item', kind.item)} for item in {value})"
    return f"({value} is not None and ({check}))" if kind.optional else f"({check})"


def _timestamp(text: str, model: Model, name: str) -> datetime:
    """A timestamp that we would write in another way, or not at all, whose text is kept."""
    moment = timestamps.parse(text)
    try:
        ours = timestamps.write(moment)
    except ValueError:  # There is none where UTC's calendar ends.
        ours = None
    if ours == text:
        return moment
    try:
        model._spelled[name] = (moment, text)
    except AttributeError:
        model._spelled = {name: (moment, text)}
    return moment


# Unstructuring. What a scalar field holds is written as it is; other values are asked what they are, because a model
# may have been built or changed by hand.

_SCALAR_KINDS = frozenset(("string", "integer", "number", "boolean"))


class _Shape:
    """What models decoded from objects with the same keys have in common: the function that writes them."""

    __slots__ = ("_cls", "_has_extra", "_kinds", "write")

    def __init__(self, cls: type[Model], kinds: dict[str, _Kind], *, has_extra: bool) -> None:
        self._cls, self._kinds, self._has_extra = cls, kinds, has_extra
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
            "datetime": timestamps.Real.DATETIME,
            "plain": _plain,
            "references": gc.get_referents,
            "utc": UTC,
            "write_any": write_any,
            "write_utc": timestamps.write_utc,
        }
        pairs = [f"{name!r}: {_written_source(name, kind, namespace)}" for name, kind in self._kinds.items()]
        if self._has_extra:
            pairs.append("**plain(model._extra)")
        references = len(pairs) + 2  # to its class and to this shape
        lines = [
            "def write(model):",
            f"    if len(references(model)) == {references}:",
            f"        try: return {{{', '.join(pairs)}}}",
            "        except (NotLoadedError, ValueError): pass",
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
    state = model._state()
    spelled = state.get("_spelled", {})
    for name, value in state.items():
        if name in spelled and value == spelled[name][0]:  # It has not been changed, and is written as it came.
            data[name] = spelled[name][1]
        elif name in kinds:
            data[name] = value if kinds[name].name in _SCALAR_KINDS else _plain(value)
    data.update(_plain(state.get("_extra", {})))
    return data


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
    if issubclass(cls, timestamps.Real.DATETIME):
        return timestamps.write
    if issubclass(cls, list):
        return _plain_list
    if issubclass(cls, dict):
        return _plain_dict
    if issubclass(cls, Enum):
        return lambda value: value.value
    return lambda value: value


# These two call themselves for each level of nesting, which is fast, and leave what is deeper to `nesting`.


def _plain_list(value: list[Any]) -> list[Any]:
    try:
        return [_plain(item) for item in value]
    except RecursionError:
        if not nesting.is_deep(value):
            raise  # What is nested too deeply, such as a model that contains itself, is not in this container alone.
        return nesting.copied(value, _plain)  # type: ignore[no-any-return]


def _plain_dict(value: dict[str, Any]) -> dict[str, Any]:
    try:
        return {key: item if item.__class__ in SCALAR_TYPES else _plain(item) for key, item in value.items()}
    except RecursionError:
        if not nesting.is_deep(value):
            raise  # What is nested too deeply, such as a model that contains itself, is not in this container alone.
        return nesting.copied(value, _plain)  # type: ignore[no-any-return]


_plain_functions: dict[type[Any], Callable[[Any], Any]] = {}


def _is_model(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Model)


default_decoder = Decoder({})


def decoder_for(replacements: Any) -> Decoder:
    """The decoder with the classes of a client's option `models`. Raises `TypeError` and `ValueError`."""
    if not isinstance(replacements, Mapping):
        raise TypeError(f"models must be a mapping of classes, not {type(replacements).__name__}")
    checked: dict[type[Model], type[Model]] = {}
    for replaced, cls in cast("Mapping[Any, Any]", replacements).items():
        for given in (replaced, cls):
            if not isinstance(given, type):
                raise TypeError(f"models must map classes to classes, not {type(given).__name__}")
        if not _stands_in_an_answer(replaced):
            raise ValueError(f"models: {replaced.__name__} is no class of medusa that stands in an answer")
        if not issubclass(cls, replaced):
            raise ValueError(f"models: {cls.__name__} must be a subclass of {replaced.__name__}")
        _kinds(cls)
        if cls is not replaced:
            checked[replaced] = cls
    return decoder_with(frozenset(checked.items()))


@cache
def decoder_with(replacements: frozenset[tuple[type[Model], type[Model]]]) -> Decoder:
    """The one decoder with these classes."""
    return Decoder(dict(replacements)) if replacements else default_decoder


def _stands_in_an_answer(cls: type[Any]) -> bool:
    return _is_model(cls) and _is_ours(cls) and bool(cls._fields)


# Saying what is wrong.

_TOO_DEEP = "nested too deeply"


def _root(cls: type[Model]) -> str:
    """What a path begins with: `order` for an Order and its subclasses, nothing for a result, which is the answer."""
    if cls._is_whole_body:
        return ""
    ours = next(base for base in cls.__mro__ if _is_ours(base))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", (cls if ours is Model else ours).__name__).lower()
