"""The texts of `help()` and `inspect.signature()` for a model. They are computed when they are first needed."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .base import Model


class FieldDocs(dict[str, Any]):
    """The `__slots__` of a model. `help()` and `inspect.getdoc()` look up the text for a field here."""

    def __init__(self, cls: type[Any]) -> None:
        super().__init__(dict.fromkeys(cls.__slots__))
        self._cls = cls

    def __getitem__(self, name: str) -> str | None:
        return self._docs.get(name)

    @cached_property
    def _docs(self) -> dict[str, str]:
        """The type of each field that the class declares, and the string below its declaration.

        Datetimes are marked as timezone-aware here, because their fields have no text that says it.
        """
        texts = _strings_below_fields(self._cls)
        docs: dict[str, str] = {}
        for field in attrs.fields(self._cls):
            if not field.inherited:
                written = field.type if isinstance(field.type, str) else inspect.formatannotation(field.type)
                if written in ("datetime", "datetime | None"):
                    written += ", timezone-aware"
                docs[field.name] = f"{written}: {texts[field.name]}" if field.name in texts else written
        return docs


def _strings_below_fields(cls: type[Any]) -> dict[str, str]:
    try:
        declaration: Any = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    except (
        OSError,
        TypeError,
        SyntaxError,
    ):  # There is no source, as for a class that was defined in a console.
        return {}
    texts: dict[str, str] = {}
    field: str | None = None
    for statement in declaration.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                field = name
            case ast.Expr(value=ast.Constant(value=str() as text)) if field:
                texts[field] = inspect.cleandoc(text)
            case _:
                field = None
    return texts


class _NotGiven:
    def __repr__(self) -> str:
        return "..."


class Signature:
    """The `__signature__` of a model: its fields as keyword arguments. Optional ones have the default `...`."""

    def __get__(self, model: Model | None, cls: type[Model]) -> inspect.Signature:
        from .base import Model

        fields: Iterable[attrs.Attribute[Any]] = getattr(cls, "__attrs_attrs__", ())
        if model is not None or cls.__init__ is not Model.__init__ or not fields:
            raise AttributeError("__signature__")  # inspect then uses the signature of __init__.
        parameters = [
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if field.name in cls._required else _NotGiven(),
                annotation=field.type,
            )
            for field in fields
        ]
        return inspect.Signature(parameters)
