"""A sandbox writes JSON with its own code and in the format of Node."""

from __future__ import annotations

import ast
from collections import UserDict
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import requests

from medusa.sandbox import SandboxStore

from ..pages import ROOT


def test_the_sandbox_has_its_own_codec() -> None:
    """The sandbox does not use the client's codec, because a shared bug would be in the request and the response."""
    for file in (ROOT / "medusa" / "sandbox").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom):
                imported = {*(node.module or "").split("."), *(alias.name for alias in node.names)}
                assert imported.isdisjoint({"codec", "transport"}), file


def sent(store: SandboxStore, id: str) -> bytes:
    return requests.get(f"{store.url}/store/orders/{id}", timeout=10).content


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), "2026-11-24T12:00:00.000Z"),
        (datetime(2026, 11, 24, 12, 0, 0, 123456, timezone(timedelta(hours=2))), "2026-11-24T10:00:00.123456Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00.000Z"),
    ],
)
def test_datetimes(store: SandboxStore, moment: datetime, text: str) -> None:
    order = store.add_order(created_at=moment)
    assert order.created_at == moment
    assert f'"created_at":"{text}"'.encode() in sent(store, order.id)


@pytest.mark.parametrize(
    ("metadata", "text"),
    [
        ({"ü": "追跡"}, '{"ü":"追跡"}'),
        ({"lone": "\ud800 ü"}, '{"lone":"\\ud800 ü"}'),  # Only a lone surrogate needs an escape.
        (UserDict({"price": 1.5}), '{"price":1.5}'),
    ],
)
def test_texts_and_mappings(store: SandboxStore, metadata: Any, text: str) -> None:
    order = store.add_order(items=[{"title": "Lamp", "unit_price": 1, "metadata": metadata}])
    assert f'"metadata":{text}'.encode() in sent(store, order.id)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"canceled_at": datetime(2026, 11, 24)}, ValueError),
        ({"canceled_at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))}, ValueError),
        ({"metadata": {"rate": float("nan")}}, ValueError),
        ({"metadata": {"price": Decimal("1.5")}}, TypeError),
    ],
)
def test_what_json_cannot_hold(store: SandboxStore, fields: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        store.add_order(**fields)
    assert len(store.orders) == 6
