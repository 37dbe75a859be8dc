"""Read the tables of methods in docs/js-client.md, and compute the expected rows from the resources."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from medusa import Medusa

from ..conftest import CORPUS
from ..examples import hints, required_fields
from ..pages import ROOT
from ..recorded_calls import method_of, snake_case

PAGE = ROOT / "docs" / "js-client.md"


@dataclass(frozen=True)
class Row:
    """A row of the table: a method in JS and in Python."""

    js: str
    python: str
    route: str
    returns: str
    notes: str

    @property
    def name(self) -> str:
        """The name of the method in JS."""
        return self.js.strip("`").partition("(")[0]


def table(name: str) -> Iterator[list[str]]:
    """Yield the cells of each row of a table on the page."""
    lines = PAGE.read_text().partition(f"<!-- {name} -->")[2].partition("<!-- end -->")[0]
    for line in lines.strip().splitlines()[2:]:
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))]


ROWS = [Row(*cells) for name in ("methods", "admin methods") for cells in table(name)]

TWICE = {row.name for row in ROWS if not row.notes.startswith("*once*")}
"""The methods that the Python client repeats after any failure. The JS client repeats all methods."""


@dataclass(frozen=True)
class JSMethod:
    """A method of the JS client."""

    name: str
    arguments: list[str]
    """The names of the arguments. Optional arguments end with `?`."""
    path: str = ""
    """The path of the request as the JS client writes it. Only the Admin methods have a path here."""


def _js_methods(kind: str) -> dict[str, JSMethod]:
    rows = [line.split("\t") for line in (CORPUS / f"{kind}-methods.tsv").read_text().splitlines()[1:]]
    return {name: JSMethod(name, list(filter(None, args.split(", "))), *path) for name, args, *path in rows}


STORE_METHODS, ADMIN_METHODS = _js_methods("store"), _js_methods("admin")
JS_METHODS = {**STORE_METHODS, **ADMIN_METHODS}


def expected(js: str) -> Row:
    """Return the expected row of a method, without notes."""
    function: Any = method_of(Medusa(), js)
    resource, _, name = snake_case(js).rpartition(".")
    arguments = [each for each in JS_METHODS[js].arguments if each != "customHeaders?"]
    parameters = inspect.signature(function).parameters.values()
    taken = [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY and each.name != "custom_headers"]
    options = [f"{each.name}=" for each in parameters if each.kind is each.KEYWORD_ONLY]
    python = f"`{resource}.{name}({', '.join([*taken, *options])})`"
    twin = re.sub("^list", "iterate", name)
    if name != twin and hasattr(function.__self__, twin):
        python += f", `{twin}`"
    verb, _, path = re.findall(r"`((GET|POST|DELETE) (/(?:store|admin)/[^?`]*))", function.__doc__ or "")[0][
        0
    ].partition(" ")
    result: Any = hints(function)["return"]
    returns = ", ".join(f"`.{field}`" for field in required_fields(result))
    return Row(f"`{js}({', '.join(arguments)})`", python, f"`{verb} {path}`", returns, "")
