"""Print the result of a method, as a table on a terminal and as JSON otherwise."""

from __future__ import annotations

import sys
from typing import Any, TypeGuard

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import Model
from . import json_text
from .jsonl import key_of
from .outputs import print_json
from .receipt import plain
from .streams import write_error

_FIRST = ("id", "display_id", "code", "title", "name", "email", "handle", "status", "total", "amount", "quantity")
"""The columns that are shown first. They remain if there is no room for all columns."""
_WIDEST = 40
"""The maximum width of a column in a table of several objects, in characters."""


def plain_data(result: Any) -> Any:
    """Return the result of a method as data for JSON."""
    return result.to_dict() if isinstance(result, Model) else result


def show_result(data: Any, as_json: bool) -> None:
    """Print the result of a method: as JSON with `as_json` or without a terminal, otherwise as a table."""
    if as_json or not sys.stdout.isatty():
        print_json(data)
    elif data == {}:
        write_error("Done.")
    else:
        _print_table(data)


def _print_table(data: Any) -> None:
    console = Console(markup=False, highlight=False, emoji=False)
    if not _is_object(data):
        print_json(data)
        return
    lists = [value for value in data.values() if _is_list(value)]
    if len(lists) == 1 and all(map(_is_object, lists[0])):
        console.print(_table(lists[0], console.width))
        about = " · ".join(f"{name} {_cell(value)}" for name, value in data.items() if _is_shown(value))
        if about:
            console.print(Text(about, style="dim"))
    else:
        console.print(_grid(data))


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _table(objects: list[dict[str, Any]], width: int) -> Table:
    """Return a table with a row for each object, and a column for each simple value that there is room for."""
    names = list(dict.fromkeys(name for each in objects for name, value in each.items() if _is_shown(value)))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    columns: list[str] = []
    for name in sorted(names, key=_rank):
        widest = max(len(name), *(len(_cell(each.get(name))) for each in objects))
        needed = min(widest, _WIDEST) + 2
        if needed <= width or not columns:
            width -= needed
            columns.append(name)
            table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=_WIDEST)
    for each in objects:
        table.add_row(*(Text(_cell(each.get(name))) for name in columns))
    return table


def _rank(name: str) -> int:
    """Return the position of a column. Timestamps come last."""
    return _FIRST.index(name) if name in _FIRST else len(_FIRST) + name.endswith("_at")


def _is_shown(value: Any) -> bool:
    return value is not None and not _is_object(value) and not _is_list(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return plain(value if isinstance(value, str) else json_text.line(value))


def _grid(data: dict[str, Any]) -> Table:
    """Return a table with a row for each value. If the data contains one object, its values are rows too.

    For a list or an object in a row, only its length or its ID is shown.
    """
    objects = [value for value in data.values() if _is_object(value)]
    rows = {name: value for name, value in data.items() if _is_shown(value)} | objects[0] if len(objects) == 1 else data
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows.items():
        if value is not None:
            table.add_row(plain(name), Text(_note(value)))
    return table


def _note(value: Any) -> str:
    if _is_list(value) and value:
        return f"{len(value)} item{'s' * (len(value) > 1)}"
    key = key_of(value) if _is_object(value) else None
    return _cell(value) if key is None else plain(key)
