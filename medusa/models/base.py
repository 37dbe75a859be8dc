"""The base class of all models: fields that may not be loaded, unknown keys, equality, repr, pickling."""

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
"""A JSON object without a model, such as the metadata of an order or the data of a payment provider."""


def field() -> Any:
    """Declare a field that a response may leave out.

    A field that is declared without `field()` is required: a response without its key raises `MedusaDecodeError`. If a
    class declares a field of its parent class again, with or without `field()`, the field is as required as before.
    """
    return attrs.field(metadata={_MAY_BE_ABSENT: True})


_MAY_BE_ABSENT = "medusa may be absent"


@attrs.frozen
class ToldApartBy:
    """The field that tells which entity of an `Annotated` union an object is.

    The field contains the lower-case name of the entity. With `data: Annotated[Order | Cart, ToldApartBy("type")]`, the
    object in `data` is an `Order` if `type` is "order".
    """

    field: str
    """The name of the field. It belongs to the same class as the annotated field."""


class _AnyShape:
    """The shape of a model that was not decoded. To write the model, it checks each field for whether it is loaded."""

    @staticmethod
    def write(model: Model) -> dict[str, Any]:
        from ..codec.converter import write_plainly  # The converter imports this module.

        return write_plainly(model)


class Model:
    """The base class of all objects that Medusa sends.

    A field that the response did not include is *not loaded*: reading it raises `NotLoadedError`. `is_loaded` tells
    whether a field is loaded. To create a model, pass any of its fields by name: `Order(id="order_1", total=1000)`.
    Subclasses are attrs classes: `attrs.fields(Order)` lists the fields.
    """

    __slots__: ClassVar[Any] = ("_extra", "_shape", "_spelled")

    if TYPE_CHECKING:
        __attrs_attrs__: ClassVar[tuple[attrs.Attribute[Any], ...]]

    _field_names: ClassVar[tuple[str, ...]] = ()
    _required: ClassVar[frozenset[str]] = frozenset()
    _is_whole_body: ClassVar[bool] = False  # True for results. Paths in their error messages begin with a field.
    _extra: dict[str, Any]
    # Timestamps that we would write differently than they were received: field -> (value, received text).
    _spelled: dict[str, tuple[datetime, str]]
    # Its `write` method returns the JSON object. The shape of a decoded model knows which fields are loaded. The shape
    # does not belong to the state.
    _shape: Any

    __hash__ = None  # type: ignore[assignment]  # mutable
    __signature__ = Signature()

    def __init__(self, **fields: Any) -> None:
        for name, value in fields.items():
            if name not in self._field_names:
                raise TypeError(f"{type(self).__name__} has no field {name!r}{did_you_mean(name, self._field_names)}")
            setattr(self, name, value)
        if missing := self._required - fields.keys():
            raise TypeError(f"{type(self).__name__} requires {', '.join(sorted(missing))}")

    @property
    def extra(self) -> dict[str, Any]:
        """The keys of the response that this model has no fields for, with their unchanged values."""
        if "_extra" not in self._state():
            self._extra = {}
        return self._extra

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the model of a JSON object that `json.loads` returned.

        `data` is the object itself, not the body of the response: for `{"order": {...}}`, pass `data["order"]`.

        Raises `MedusaDecodeError`, with the path, if a value has the wrong type, if `data` has no key that is a field
        of the model, if `data` is an object of Medusa v2, or if models are nested more than 64 levels deep.
        """
        from ..codec.converter import decode_dict

        return decode_dict(data, cls)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the model of a JSON text, such as the content of a file or a message of a queue.

        The text contains the object itself, as for `from_dict`, and is checked as strictly as a response.

        Raises `MedusaDecodeError` if `from_dict` would raise it, or if the text is not JSON in UTF-8.
        """
        from ..codec.converter import decode_text

        return decode_text(text, cls)

    def to_dict(self) -> dict[str, Any]:
        """Return the model as a JSON object: the loaded fields and `extra`, in new containers.

        An unchanged model returns the JSON object that it was decoded from. Raises `ValueError` if a `datetime` that
        you set is not timezone-aware or is out of range in UTC.
        """
        from ..codec.converter import as_dict

        return as_dict(self)

    def _state(self) -> dict[str, Any]:
        """Return everything that is set, by name."""
        state: dict[str, Any] = dict(getattr(self, "__dict__", ()))
        for name in (*self._field_names, "_extra", "_spelled"):
            try:  # noqa: SIM105  # suppress() would take half of the time of this method.
                state[name] = object.__getattribute__(self, name)
            except AttributeError:
                pass
        return state

    def _deep(self, state: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the values of a state that are nested too deeply for `copy` and `pickle`, with their names."""
        for name, value in state.items():
            # Most values are not containers or are empty. They are skipped without a call.
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
        """Return what makes two models equal: the fields and `extra`, but not the received texts of timestamps."""
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
        """Yield what `repr` and `rich` show. It identifies the object and contains no personal data."""
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
        """Print the model in IPython and Hypothesis. Hypothesis would otherwise read every field of an attrs class."""
        printer.text(repr(self))

    def __dir__(self) -> Iterable[str]:
        loaded = self._state()
        return [name for name in super().__dir__() if name not in self._field_names or name in loaded]

    if not TYPE_CHECKING:  # Otherwise, a type checker would accept misspelled names.

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
    """Decorate a subclass of `Model`: make it an attrs class whose fields can be unset.

    A subclass of an entity, such as `class MyOrder(Order)`, adds the fields of a backend that extends the entity. The
    annotation of a field says what JSON to expect. Types with a structure hook on `medusa.converter` are supported too.
    If a key is a Python keyword, the name of its field ends with an underscore: `return_` is the key `return`.

    Raises `TypeError` if the annotation of a field is not supported, if a field has a default, or if the class uses the
    name of a field for something else. If an annotation contains a name that is defined later, the annotation is
    checked when the class is first used.
    """
    if not issubclass(cls, Model):
        raise TypeError(f"{cls.__name__} must be a subclass of medusa.Model")
    inherited, required = cls._field_names, {*cls._required}
    made = attrs.define(cls, init=False, repr=False, eq=False, getstate_setstate=False, kw_only=True, auto_attribs=True)
    for field in attrs.fields(made):
        if field.inherited:
            continue
        if field.default is not attrs.NOTHING:
            raise TypeError(f"{cls.__name__}.{field.name}: a field can't have a default: write `= field()` instead")
        if field.name not in inherited and any(hasattr(base, field.name) for base in cls.__bases__):
            raise TypeError(f"{cls.__name__}.{field.name}: the class already uses this name: choose another one")
        if field.name not in inherited and _MAY_BE_ABSENT not in field.metadata:
            required.add(field.name)
    delattr(made, "__attrs_init__")  # help() would show it, although only `__init__` works.
    made._field_names = tuple(field.name for field in attrs.fields(made))
    made._required = frozenset(required)
    made.__slots__ = FieldDocs(made)
    if not is_ours(cls):
        from ..codec.converter import check_declaration

        check_declaration(made, sys._getframe(1).f_locals if "<locals>" in cls.__qualname__ else {})
    return made


def is_ours(cls: type[Any]) -> bool:
    """Return whether a class belongs to this package. Its declaration need not be checked."""
    return cls.__module__.startswith(("medusa.models.", "medusa.resources."))


def is_loaded(model: Model, name: str) -> bool:
    """Return whether the response included this field. A field that is null or empty is loaded.

    Raises `ValueError` if the model has no field with this name.
    """
    if name not in model._field_names:
        raise ValueError(f"{type(model).__name__} has no field {name!r}{did_you_mean(name, model._field_names)}")
    try:
        object.__getattribute__(model, name)
    except AttributeError:
        return False
    return True
