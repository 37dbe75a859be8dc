"""Look up the fields of an entity and resolve their annotations.

The names in an annotation are looked up in the function that defines the class, in its module, and among the public
names of `medusa`, which are imported one by one. The annotations of our own classes are resolved when a response first
contains the field. So decoding an order imports only the modules of the entities that this order contains.
"""

from __future__ import annotations

import keyword
import sys
import types
import typing
from collections.abc import Hashable, Mapping
from inspect import get_annotations
from typing import Annotated, Any, Literal

import attrs

import medusa

from .. import _names
from ..models.base import Model, is_ours

_fields: dict[type[Any], dict[str, type[Any]]] = {}  # By class: the class that declares each field.
_declared: dict[type[Any], dict[str, Any]] = {}  # By user's class: the annotations of the fields that it adds.
_written: dict[tuple[str, str], Any] = {}  # By module and text: the annotations of our classes.


class UnknownNameError(TypeError):
    """An annotation contains a name that is not defined, or not yet defined."""


def fields_of(cls: type[Model]) -> dict[str, type[Any]]:
    """Return, for each field, the class that declares it.

    Raises `TypeError` if the class is not declared correctly.
    """
    if cls in _fields:
        return _fields[cls]
    fields: dict[str, type[Any]] = {}
    for home in reversed(cls.__mro__):
        if not is_ours(home) and home not in _declared:
            _check_is_entity(home)
            names = _Names(home, {})
            _declared[home] = {field.name: _looked_up(field, home, names) for field in _own_fields(home)}
        fields.update({field.name: home for field in _own_fields(home)})
    for name in fields:
        if not isinstance(getattr(cls, name), types.MemberDescriptorType):
            raise TypeError(f"{cls.__name__}.{name} is a field and can't be something else in a subclass")
    _fields[cls] = fields
    return fields


def key_of(name: str) -> str:
    """Return the JSON key of a field. The key of `return_` is `return`, which Python does not allow as a name."""
    bare = name.removesuffix("_")
    return bare if keyword.iskeyword(bare) else name


def annotation_of(home: type[Any], name: str) -> Any:
    """Return the annotation of a field in the class that declares it. `fields_of` must have been called before."""
    if home in _declared:
        return _declared[home][name]
    return _looked_up(next(field for field in _own_fields(home) if field.name == name), home, _Names(home, {}))


def declare(cls: type[Model], local: Mapping[str, Any]) -> dict[str, Any]:
    """Return the annotations of the fields that a class adds, except for those with a name that is not defined yet.

    `local` are the variables of the function that defines the class. They do not exist later. So for such a class, a
    name that is not defined yet raises `TypeError`.
    """
    found: dict[str, Any] = {}
    names = _Names(cls, local)
    for field in _own_fields(cls):
        try:
            found[field.name] = _looked_up(field, cls, names)
        except UnknownNameError:
            if local:
                raise
    if len(found) == len([*_own_fields(cls)]):
        _declared[cls] = found
    return found


def _own_fields(cls: type[Any]) -> list[attrs.Attribute[Any]]:
    return [field for field in cls.__dict__.get("__attrs_attrs__", ()) if not field.inherited]


def _check_is_entity(cls: type[Any]) -> None:
    """Raise `TypeError` if a user's class declares fields but is not an entity."""
    if not issubclass(cls, Model) or "_required" in cls.__dict__:
        return
    declared = [name for name, written in get_annotations(cls).items() if "ClassVar" not in str(written)]
    if declared or "__attrs_attrs__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} declares {', '.join(declared) or 'fields'}: it must be a medusa.entity")


class _Names(dict[str, Any]):
    """The names that the annotations of a class may use."""

    def __init__(self, cls: type[Any], local: Mapping[str, Any]) -> None:
        super().__init__({**local, cls.__name__: cls})
        self._cls = cls
        self.are_local = bool(local)  # Local names do not exist later.

    def __missing__(self, name: str) -> Any:
        module = vars(sys.modules.get(self._cls.__module__, types))
        if name in module:
            return module[name]
        if isinstance(inner := vars(self._cls).get(name), type):
            return inner
        if name in _names.HOMES:
            return getattr(medusa, name)
        raise KeyError(name)


def _looked_up(field: attrs.Attribute[Any], home: type[Any], names: _Names) -> Any:
    key = (home.__module__, str(field.type)) if is_ours(home) else None
    if key in _written:
        return _written[key]
    try:
        annotation = _resolved(field.type, names)
    except (NameError, AttributeError) as error:
        where = ", in its module at run time"
        if names.are_local:
            where = f"; define it before {home.__name__}, or define both at the top level of a module"
        raise UnknownNameError(f"{home.__name__}.{field.name}: {error}{where}") from None
    except (SyntaxError, TypeError) as error:
        raise TypeError(f"{home.__name__}.{field.name}: unsupported annotation: {field.type!r}: {error}") from None
    if key:
        _written[key] = annotation
    return annotation


def _resolved(annotation: Any, names: _Names) -> Any:
    """Return an annotation in which all strings are replaced by what they name."""
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        return _resolved(eval(annotation, {}, names), names)
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is None or origin is Literal or not args:
        return annotation
    if origin is Annotated:
        annotated = _resolved(args[0], names)
        # cattrs looks up hooks in a dict, whose keys must be hashable.
        return Annotated[(annotated, *args[1:])] if all(isinstance(arg, Hashable) for arg in args) else annotated
    resolved = tuple(_resolved(arg, names) for arg in args)
    if resolved == args:
        return annotation
    return typing.Union[resolved] if origin in (typing.Union, types.UnionType) else origin[resolved]
