"""What every model has: fields that may not be loaded, unknown keys, equality, repr, pickling."""

from __future__ import annotations

import sys
from copy import deepcopy
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

import attrs

from ..codec import nesting
from ..errors import NotLoadedError
from ..suggestions import did_you_mean, no_attribute
from .introspection import FieldDocs, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Self

__all__ = ["JSONObject", "Model", "ToldApartBy", "entity", "field", "is_loaded"]

JSONObject = dict[str, Any]
"""A JSON object that has no model, such as the metadata of an order or the data of a payment provider."""


def field() -> Any:
    """Declare a field that a response may leave out.

    A field annotated without it is required: a response without its key is refused. A field of the parent class that
    is declared again, with or without `field()`, is as required as before.
    """
    return attrs.field(metadata={_MAY_BE_ABSENT: True})


_MAY_BE_ABSENT = "medusa may be absent"


@attrs.frozen
class ToldApartBy:
    """Says, in an `Annotated` union of entities, which field beside it holds the lower-case name of the entity.

    With `data: Annotated[Order | Cart, ToldApartBy("type")]`, the object in `data` is an `Order` if `type` is "order".
    """

    field: str
    """The name of the field, which is one of the same entity."""


class _AnyShape:
    """The shape of a model that was not decoded: its fields are asked whether they are loaded."""

    @staticmethod
    def write(model: Model) -> dict[str, Any]:
        from ..codec.converter import write_any  # The converter imports this module.

        return write_any(model)


class Model:
    """An object that Medusa sends, typed.

    A field that the response did not include is *not loaded*: reading it raises `NotLoadedError`. Call `is_loaded` to
    ask. Create a model by keywords, with any of its fields: `Order(id="order_1", total=1000)`. Subclasses are attrs
    classes: `attrs.fields(Order)` lists the fields.
    """

    __slots__: ClassVar[Any] = ("_extra", "_shape", "_spelled")

    if TYPE_CHECKING:
        __attrs_attrs__: ClassVar[tuple[attrs.Attribute[Any], ...]]

    _field_names: ClassVar[tuple[str, ...]] = ()
    _required: ClassVar[frozenset[str]] = frozenset()
    _is_whole_body: ClassVar[bool] = False  # Results are: the path of what does not fit in one begins with a field.
    _extra: dict[str, Any]
    # Timestamps whose text is not the one we would write: field -> (value, text).
    _spelled: dict[str, tuple[datetime, str]]
    # Whose `write` makes a JSON object of it; of a decoded model it knows what is loaded. No part of the state.
    _shape: Any

    __hash__ = None  # type: ignore[assignment]  # mutable
    __signature__ = Signature()

    def __init__(self, **fields: Any) -> None:
        for name, value in fields.items():
            if name not in self._field_names:
                raise TypeError(f"{type(self).__name__} has no field {name!r}{did_you_mean(name, self._field_names)}")
            setattr(self, name, value)
        if missing := self._required - fields.keys():
            raise TypeError(f"{type(self).__name__} needs {', '.join(sorted(missing))}")

    @property
    def extra(self) -> dict[str, Any]:
        """The keys of the answer that this model does not know, as they came."""
        if "_extra" not in self._state():
            self._extra = {}
        return self._extra

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the model of a JSON object, as `json.loads` gives it.

        `data` is the object itself: of a response body such as `{"order": {...}}` it is `data["order"]`.

        Raises `MedusaDecodeError`, with the path, for a value of the wrong type, for data that has none of the
        model's fields, for data of Medusa v2, and for models nested more than 64 deep.
        """
        from ..codec.converter import decode_dict

        return decode_dict(data, cls)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the model of a JSON text: of a file, a queue or a webhook.

        The text holds the object itself, as for `from_dict`, and is read as strictly as a response.

        Raises `MedusaDecodeError` for what `from_dict` refuses, and for a text that is not JSON in UTF-8.
        """
        from ..codec.converter import decode_text

        return decode_text(text, cls)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object this model came from, or stands for: what is loaded, and `extra`, in new containers.

        Raises `ValueError` for a timestamp that you set and that has no time zone, or is out of range in UTC.
        """
        from ..codec.converter import as_dict

        return as_dict(self)

    def _state(self) -> dict[str, Any]:
        """Everything that is set, by name."""
        state: dict[str, Any] = dict(getattr(self, "__dict__", ()))
        for name in (*self._field_names, "_extra", "_spelled"):
            try:  # noqa: SIM105  # suppress() would take half of the time
                state[name] = object.__getattribute__(self, name)
            except AttributeError:
                pass
        return state

    def _deep(self, state: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """The values of a state that are nested too deeply for `copy` and `pickle`, by name."""
        for name, value in state.items():
            # Most values are no containers, or empty ones, and need no call.
            if (value.__class__ is dict or value.__class__ is list) and value and nesting.is_deep(value):
                yield name, value

    def __getstate__(self) -> dict[str, Any]:
        state = self._state()
        for name, value in self._deep(state):
            state[name] = nesting.Pickled(value)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    def __copy__(self) -> Self:
        model = object.__new__(type(self))
        Model.__setstate__(model, self._state())
        return model

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        memo[id(self)] = model = object.__new__(type(self))
        state = self._state()
        for _, value in self._deep(state):
            memo[id(value)] = nesting.copied(value, lambda item: deepcopy(item, memo))
        Model.__setstate__(model, {name: deepcopy(value, memo) for name, value in state.items()})
        return model

    def _value(self) -> dict[str, Any]:
        """What two equal models have in common: no spelling, and nothing that a subclass keeps beside its fields."""
        state = self._state()
        value = {name: state[name] for name in self._field_names if name in state}
        if state.get("_extra"):
            value["_extra"] = state["_extra"]
        return value

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        one, other = self._value(), other._value()
        try:
            return one == other
        except RecursionError:
            return nesting.are_equal(one, other)

    def _shown(self) -> Iterator[tuple[str, Any]]:
        """What `repr` and `rich` show: it tells objects apart and holds nothing personal."""
        state = self._state()
        for name in ("id", "display_id", "status", "total"):
            if name in state:
                value = state[name]
                yield name, str(value) if isinstance(value, str) else value
        for name in self._field_names:
            if type(state.get(name)) is list:
                yield name, len(state[name])

    def __repr__(self) -> str:
        return f"<{' '.join([type(self).__name__, *(f'{name}={value!r}' for name, value in self._shown())])}>"

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        return self._shown()

    __rich_repr__.angular = True  # type: ignore[attr-defined]  # rich then prints <Order ...>, not Order(...).

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What IPython and Hypothesis print. Hypothesis would read each field of an attrs class."""
        printer.text(repr(self))

    def __dir__(self) -> Iterable[str]:
        loaded = self._state()
        return [name for name in super().__dir__() if name not in self._field_names or name in loaded]

    if not TYPE_CHECKING:  # a type checker that saw it would let misspelt names pass

        def __getattr__(self, name):
            if name == "_shape":
                return _AnyShape
            model = type(self).__name__
            if name not in self._field_names:
                if hasattr(type(self), name):  # A property raised an AttributeError: raise that one.
                    return object.__getattribute__(self, name)
                raise no_attribute(self, name)
            raise NotLoadedError(
                f"{model}.{name} is not loaded: the response did not include it. Request a relation with expand=[...]"
                " and a column with fields=[...], if the method takes them",
                model=model,
                field=name,
            )


_M = TypeVar("_M", bound=Model)


@dataclass_transform(kw_only_default=True, eq_default=False)
def entity(cls: type[_M]) -> type[_M]:
    """Make a subclass of `Model` an attrs class whose fields may be left unset: a decorator.

    A subclass of an entity, `class MyOrder(Order)`, adds the fields of a backend that extends it. Fields may have any
    annotation that says what JSON to expect, and any type that has a structure hook on `medusa.converter`.
    A field for a key that is a Python keyword has an underscore at its end: `return_` is the key `return`.

    Raises `TypeError` for a field with an unsupported annotation, with a default, or with a name that the class uses
    otherwise. An annotation with a name that is defined later is checked when the class is first used.
    """
    if not issubclass(cls, Model):
        raise TypeError(f"{cls.__name__} must be a subclass of medusa.Model")
    inherited, required = cls._field_names, {*cls._required}
    made = attrs.define(cls, init=False, repr=False, eq=False, getstate_setstate=False, kw_only=True, auto_attribs=True)
    for field in attrs.fields(made):
        if field.inherited:
            continue
        if field.default is not attrs.NOTHING:
            raise TypeError(f"{cls.__name__}.{field.name}: a field has no default; write it as `= field()`")
        if field.name not in inherited and any(hasattr(base, field.name) for base in cls.__bases__):
            raise TypeError(f"{cls.__name__}.{field.name}: the name is taken")
        if field.name not in inherited and _MAY_BE_ABSENT not in field.metadata:
            required.add(field.name)
    made._field_names = tuple(field.name for field in attrs.fields(made))
    made._required = frozenset(required)
    made.__slots__ = FieldDocs(made)
    if not is_ours(cls):
        from ..codec.converter import check_declaration

        check_declaration(made, sys._getframe(1).f_locals if "<locals>" in cls.__qualname__ else {})
    return made


def is_ours(cls: type[Any]) -> bool:
    """Whether a class is one of this package, which is known to be declared right."""
    return cls.__module__.startswith(("medusa.models.", "medusa.resources."))


def is_loaded(model: Model, name: str) -> bool:
    """Whether the answer held this field, be it null or empty.

    Raises `ValueError` for a name that the model does not have.
    """
    if name not in model._field_names:
        raise ValueError(f"{type(model).__name__} has no field {name!r}{did_you_mean(name, model._field_names)}")
    try:
        object.__getattribute__(model, name)
    except AttributeError:
        return False
    return True
