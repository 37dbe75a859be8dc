"""Write JSON of any depth as text.

`json.dumps` is recursive, and Python allows only about a thousand levels. The metadata of an order can be nested more
deeply, because the backend accepts such metadata from customers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, cast

_JOINERS = "\u200c\u200d"  # These occur within emoji and in Persian and Indic words.


def line(value: Any) -> str:
    """The value on one line, in ASCII."""
    try:
        return json.dumps(value, separators=(",", ":"))
    except RecursionError:
        return "".join(_pieces(value, json.JSONEncoder().encode, indent=""))


def lines(value: Any, *, ensure_ascii: bool) -> str:
    """Return the value as indented JSON. Characters that a terminal would interpret or hide are escaped."""
    text = "".join(_pieces(value, json.JSONEncoder(ensure_ascii=ensure_ascii).encode, indent="  "))
    return re.sub(r"[^\n -~]", lambda found: _shown(found[0]), text)


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return json.dumps(character)[1:-1] if character > "\x7f" else f"\\u{ord(character):04x}"


def _pieces(value: Any, encode: Callable[[Any], str], indent: str) -> Iterator[str]:
    """Yield the parts of the text in order."""
    colon = ": " if indent else ":"
    entries: list[Iterator[tuple[str, Any]]] = [iter([("", value)])]  # The remaining entries of each open container.
    closings = [""]
    separator = ""
    while entries:
        depth = len(entries) - 1
        entry = next(entries[-1], None)
        if entry is None:
            entries.pop()
            yield (_new_line(indent, depth - 1) if depth else "") + closings.pop()
            separator = ","
            continue
        name, each = entry
        yield separator + (_new_line(indent, depth) if depth else "") + name
        separator = ""
        if isinstance(each, dict) and each:
            members = cast("dict[str, Any]", each)
            entries.append((encode(name) + colon, member) for name, member in members.items())
            closings.append("}")
            yield "{"
        elif isinstance(each, list) and each:
            entries.append(("", member) for member in cast("list[Any]", each))
            closings.append("]")
            yield "["
        else:
            yield encode(each)
            separator = ","


def _new_line(indent: str, depth: int) -> str:
    return "\n" + indent * depth if indent else ""
