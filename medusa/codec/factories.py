"""The factories that return the structure hook of an annotation. There is one for each kind of annotation."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Literal, NewType

from ..models.base import Model, ToldApartBy
from . import timestamps
from .declarations import UnknownNameError, annotation_of, fields_of, key_of
from .hooks import (
    DECIMAL,
    TIMESTAMP,
    DictOf,
    EntityHook,
    FreeForm,
    Hook,
    ListOf,
    OneOf,
    OpenEnum,
    OrNull,
    ToldApart,
    UnionHook,
)

if TYPE_CHECKING:
    from .converter import Converter


def is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Model)


def is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in (typing.Union, types.UnionType)


def is_nullable(annotation: Any) -> bool:
    return is_union(annotation) and types.NoneType in typing.get_args(annotation)


def without_null(annotation: Any) -> Any:
    return typing.Union[tuple(arg for arg in typing.get_args(annotation) if arg is not types.NoneType)]


def _is_free_object(annotation: Any) -> bool:
    is_dict = annotation is dict or typing.get_origin(annotation) is dict
    return is_dict and typing.get_args(annotation) in ((), (str, Any))


def _is_alias(annotation: Any) -> bool:
    alias_class = getattr(typing, "TypeAliasType", ())  # since Python 3.12
    return isinstance(typing.get_origin(annotation) or annotation, alias_class)


def unsupported(annotation: Any, advice: str = "") -> TypeError:
    """Return the error for an annotation without a hook."""
    if not advice and isinstance(annotation, type) and issubclass(annotation, Enum):
        advice = f"write {annotation.__name__} | str, because a backend may send a value that the enum does not know"
    how = "register a structure hook for it on medusa.converter before the class is declared, or write Any"
    return TypeError(f"unsupported annotation: {annotation!r}; {advice or how}")


def _refused(annotation: Any) -> Hook:
    raise unsupported(annotation, _ADVICE.get(typing.get_origin(annotation) or annotation, ""))


_ADVICE: dict[Any, str] = {
    **dict.fromkeys((list, tuple, set, frozenset), "write list[...] with the type of the items, such as list[Any]"),
    dict: "write dict[str, ...], because the keys of a JSON object are strings",
}


def _entity_hook(annotation: Any, converter: Converter) -> Hook:
    return EntityHook(converter.replacements.get(annotation, annotation), converter)


def _free_form(annotation: Any) -> Hook:
    return FreeForm(is_object=annotation is not Any)


def _container_hook(annotation: Any, converter: Converter) -> Hook:
    item = converter.hook(typing.get_args(annotation)[-1])
    if isinstance(item, ToldApart):
        raise unsupported(annotation, "a union with ToldApartBy can't be in a list or a dict")
    if item.keeps_text:
        advice = "write str for the items, because the received text of an item can't be kept"
        raise unsupported(annotation, advice)
    return ListOf(item) if typing.get_origin(annotation) is list else DictOf(item)


def _or_null_hook(annotation: Any, converter: Converter) -> Hook:
    return OrNull(converter.hook(without_null(annotation)))


def _union_hook(annotation: Any, converter: Converter) -> Hook:
    alternatives = typing.get_args(annotation)
    enums = [arg for arg in alternatives if isinstance(arg, type) and issubclass(arg, Enum)]
    if len(enums) == 1 and len(alternatives) == 2 and str in alternatives:  # An enum, or a value that it does not know.
        return OpenEnum(enums[0])
    if not all(map(is_model, alternatives)):
        raise unsupported(annotation)
    hooks = {cls: converter.hook(cls) for cls in alternatives}
    fields = {cls: fields_of(cls) for cls in alternatives}
    for tag in sorted(set[str].intersection(*map(set, fields.values()))):
        values = [(value, cls) for cls in alternatives for value in _literals(annotation_of(fields[cls][tag], tag))]
        if {cls for _, cls in values} == {*alternatives} and len(dict(values)) == len(values):
            return UnionHook(hooks, key_of(tag), {value: hooks[cls] for value, cls in values})
    needed = {
        cls: cls._required - {name for other in alternatives if other is not cls for name in fields[other]}
        for cls in alternatives
    }
    if not all(needed.values()):
        advice = 'give each a field such as `object: Literal["order"]`, or a required field that the others do not have'
        raise unsupported(annotation, advice)
    return UnionHook(hooks, "", {key_of(name): hooks[cls] for cls in alternatives for name in needed[cls]})


def _told_apart(annotation: Any, converter: Converter) -> Hook:
    alternatives = {cls.__name__.lower(): converter.hook(cls) for cls in typing.get_args(annotation.__origin__)}
    return ToldApart(_tag_beside(annotation).field, alternatives)


def _tag_beside(annotation: Any) -> Any:
    return next((each for each in getattr(annotation, "__metadata__", ()) if isinstance(each, ToldApartBy)), None)


def _literals(annotation: Any) -> list[str]:
    """Return the strings of a `Literal`."""
    while typing.get_origin(annotation) is Annotated or isinstance(annotation, NewType) or _is_alias(annotation):
        annotation = _meant(annotation)
    values = typing.get_args(annotation) if typing.get_origin(annotation) is Literal else ()
    return [value for value in values if type(value) is str]


def _meant(annotation: Any) -> Any:
    """Return the annotation that an `Annotated`, a `NewType` or a type alias stands for."""
    if isinstance(annotation, NewType):
        return annotation.__supertype__
    if not _is_alias(annotation):
        return annotation.__origin__
    alias, args = typing.get_origin(annotation), typing.get_args(annotation)
    return alias.__value__[args] if alias else annotation.__value__


def _hook_of_meant(annotation: Any, converter: Converter) -> Hook:
    try:
        return converter.hook(_meant(annotation))
    except NameError as error:  # The value of a type alias is evaluated here.
        raise UnknownNameError(f"{error}, in the type alias {annotation}") from None
    except RecursionError:
        raise unsupported(annotation, "a type alias must not contain itself") from None


class Registration:
    """A class whose hook is a new object after each registration of any hook. See `Decoder.converter`."""


def _new_object(annotation: Any) -> object:
    return object()


def _constant(hook: Hook) -> Callable[[Any], Hook]:
    return lambda annotation: hook


def _one_of(annotation: Any) -> Hook:
    return OneOf(typing.get_args(annotation))


def _has_origin(*origins: Any) -> Callable[[Any], bool]:
    return lambda annotation: typing.get_origin(annotation) in origins and bool(typing.get_args(annotation))


FACTORIES: list[tuple[Callable[[Any], bool], Callable[..., Any]]] = [
    (lambda _: True, _refused),
    (lambda annotation: annotation is Registration, _new_object),
    (lambda annotation: annotation is Any, _free_form),
    (timestamps.is_datetime_class, _constant(TIMESTAMP)),
    (lambda annotation: annotation is Decimal, _constant(DECIMAL)),
    (lambda annotation: isinstance(annotation, NewType), _hook_of_meant),
    (lambda annotation: typing.get_origin(annotation) is Annotated, _hook_of_meant),
    (lambda annotation: _tag_beside(annotation) is not None, _told_apart),
    (_is_alias, _hook_of_meant),
    (lambda annotation: typing.get_origin(annotation) is Literal, _one_of),
    (_has_origin(list), _container_hook),
    (lambda annotation: _has_origin(dict)(annotation) and typing.get_args(annotation)[0] is str, _container_hook),
    (_is_free_object, _free_form),
    (is_union, _union_hook),
    (is_nullable, _or_null_hook),
    (is_model, _entity_hook),
]
