"""Read a query from options: `--query limit=5 --query created_at[gt]=2026-11-28T00:00Z`."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import click

from .hints import alternatives, described, item_of, keys_of, typed_dict

_HINT = "'--query'"

_EXPECTED: dict[Any, str] = {bool: "true or false", int: "an integer", float: "a number"}


class _Texts(list[str]):
    """The values that were given for a name. `is_list` is True if the name ends with `[]`."""

    is_list = False


def read_query(given: tuple[str, ...], kind: type[Any] | None) -> dict[str, Any]:
    """Return the query, with each value converted to its type in the TypedDict. Other names stay strings.

    Raises `click.BadParameter` if a value has the wrong type. The message repeats names but no values, because a value
    may be a secret.
    """
    tree: dict[str, Any] = {}
    for each in given:
        name, equals, text = each.partition("=")
        found = re.fullmatch(r"([^\[\]]+)((?:\[\w*\])*)", name)
        if not found or not equals:
            raise click.BadParameter("must be NAME=VALUE or NAME[KEY]=VALUE", param_hint=_HINT)
        _put(tree, [found[1], *re.findall(r"\[(\w*)\]", found[2])], text)
    return _object(tree, kind, "")


def _put(tree: dict[str, Any], path: list[str], text: str) -> None:
    is_list = len(path) > 1 and (not path[-1] or path[-1].isdigit())
    *groups, last = path[:-1] if is_list else path
    for group in groups:
        tree = tree.setdefault(group, {})
        if isinstance(tree, _Texts):
            raise click.BadParameter(f"{group} must have a value or keys, not both", param_hint=_HINT)
    texts = tree.setdefault(last, _Texts())
    if not isinstance(texts, _Texts):
        raise click.BadParameter(f"{last} must have a value or keys, not both", param_hint=_HINT)
    texts.append(text)
    texts.is_list = texts.is_list or is_list


def _object(tree: dict[str, Any], kind: type[Any] | None, path: str) -> dict[str, Any]:
    keys = keys_of(kind) if kind else {}
    values: dict[str, Any] = {}
    for name, given in tree.items():
        label = f"{path}[{name}]" if path else name
        hint = keys[name].hint if name in keys else Any
        values[name] = (
            _value(given, hint, label) if isinstance(given, _Texts) else _object(given, typed_dict(hint), label)
        )
    return values


def _value(texts: _Texts, hint: Any, label: str) -> Any:
    kinds = alternatives(hint)
    items = [item for kind in kinds if (item := item_of(kind)) is not None]
    scalars = [kind for kind in kinds if item_of(kind) is None and typed_dict(kind) is None]
    if len(texts) > 1 or texts.is_list or (items and not scalars):
        if not items and Any not in scalars:
            raise click.BadParameter(f"{label} must be a single value, not a list", param_hint=_HINT)
        return [_scalar(text, alternatives(items[0]) if items else [Any], label) for text in texts]
    if not scalars and (kind := typed_dict(hint)):
        allowed = ", ".join(f"{label}[{key}]" for key in keys_of(kind))
        raise click.BadParameter(f"{label} requires a key: use {allowed}", param_hint=_HINT)
    return _scalar(texts[0], scalars, label)


def _scalar(text: str, kinds: list[Any], label: str) -> Any:
    """Convert the text to the first of these types that it fits. `str` and unknown types keep the text unchanged."""
    if any(kind not in (NoneType, bool, int, float, datetime) and get_origin(kind) is not Literal for kind in kinds):
        return text
    for kind in kinds:
        if kind is NoneType and text == "null":
            return None
        if kind is bool and text in ("true", "false"):
            return text == "true"
        if kind in (int, float):
            with suppress(ValueError):
                return kind(text)
        for value in get_args(kind):
            if str(value) == text:
                return value
    allowed = " or ".join(_EXPECTED.get(kind) or described(kind) for kind in kinds)
    raise click.BadParameter(f"{label} must be {allowed}", param_hint=_HINT)
