"""Measures decoding and `to_dict`. These rows need no server, so callgrind can also count their instructions."""

from __future__ import annotations

import gc
import itertools
import json
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs
import cattrs

from medusa import AdminOrdersListRes, Model, Order, StoreProductsListRes

from .bodies import BODIES, ITEMS, in_other_years, label, order_alone
from .measuring import Call, Pair, Ratio, Report, compare
from .naive import naive_class

JSON = "`json.loads`"
CATTRS = "`unstructure` of default cattrs"
PAGES: dict[str, type[Model]] = {"products": StoreProductsListRes, "orders": AdminOrdersListRes}


@attrs.frozen
class Row:
    what: str
    against: str
    target: str
    make: Callable[[], Pair]


def from_json(text: str | bytes, model: type[Model]) -> Pair:
    return lambda: model.from_json(text), lambda: json.loads(text)


def from_dict(text: str, model: type[Model]) -> Pair:
    return lambda: model.from_dict(json.loads(text)), lambda: json.loads(text)


def from_json_unseen(text: str, model: type[Model]) -> Pair:
    """Decode texts with timestamps that the last 2,048 decoded ones don't include."""
    ours, theirs = (itertools.cycle(in_other_years(text)) for _ in range(2))
    return lambda: model.from_json(next(ours)), lambda: json.loads(next(theirs))


def to_dict(name: str) -> Pair:
    ours = PAGES[name].from_json(BODIES[name])
    converter, theirs = naive(name, BODIES[name])
    return ours.to_dict, lambda: converter.unstructure(theirs)


def to_dict_unseen(name: str) -> Pair:
    """Write objects with timestamps that the last 2,048 written ones don't include."""
    texts = in_other_years(BODIES[name])
    ours = itertools.cycle([PAGES[name].from_json(text) for text in texts])
    converter, _ = naive(name, BODIES[name])
    theirs = itertools.cycle([naive(name, text)[1] for text in texts])
    return lambda: next(ours).to_dict(), lambda: converter.unstructure(next(theirs))


def naive(name: str, text: str) -> tuple[cattrs.Converter, Any]:
    """Return a cattrs converter without any optimization, and the objects that it creates from a page."""
    converter = cattrs.Converter()
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(datetime, lambda moment: moment and moment.isoformat())
    return converter, converter.structure(json.loads(text), naive_class(PAGES[name]))


ROWS = [
    *(
        Row(f"`Order.{way.__name__}({text})`, {label(name)}", JSON, "≤ 1.70", make)
        for way, text in ((from_json, "text"), (from_dict, "json.loads(text)"))
        for name in ("plain", "100")
        for make in [lambda way=way, name=name: way(order_alone(name), Order)]
    ),
    *(
        Row(f"`{model.__name__}.from_json(body)`, a page of 100 {name}, as bytes", JSON, "", make)
        for name, model in PAGES.items()
        for make in [lambda name=name, model=model: from_json(BODIES[name].encode(), model)]
    ),
    Row("`to_dict()`, a page of 100 products", CATTRS, "≤ 0.55", lambda: to_dict("products")),
]

UNSEEN = [
    Row("`Order.from_json(text)`, 100 items", JSON, "", lambda: from_json_unseen(order_alone("100"), Order)),
    Row("`to_dict()`, a page of 100 products", CATTRS, "", lambda: to_dict_unseen("products")),
]
"""Rows in which no timestamp is among the remembered ones."""


def times(report: Report, counts: dict[str, str]) -> None:
    for row in ROWS:
        report.row(row.what, row.against, row.target, compare(*row.make(), report.rounds), counts.get(row.what, ""))
    for row in UNSEEN:
        found = compare(*row.make(), report.rounds)
        report.row(f"{row.what}, all timestamps new", row.against, row.target, found, "")


def memory(report: Report) -> None:
    for way, text, target in ((from_json, "text", "≤ 1.10"), (from_dict, "json.loads(text)", "")):
        ours, theirs = map(peak, way(order_alone("100"), Order))
        what = f"peak memory of `Order.{way.__name__}({text})`, 100 items"
        report.row(what, JSON, target, f"{ours / theirs:.2f}", "")


def peak(make: Call) -> int:
    """Return the peak memory of a call in bytes. The first call is not measured."""
    make()
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    make()
    most = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return most


def by_items(rounds: int) -> dict[str, Ratio]:
    return {name: compare(*from_json(order_alone(name), Order), rounds) for name in ITEMS}
