"""The names of the package for a type checker: it must know each public name and report all others."""

from __future__ import annotations

from typing import assert_type

import medusa
from medusa import Ordr  # type: ignore[attr-defined]  # pyright: ignore
from medusa.models.order import Order


def use() -> None:
    assert_type(medusa.Order(id="order_1"), Order)
    assert_type(medusa.Order(id="order_1").items[0].quantity, int)
    assert_type(medusa.Medusa().orders.retrieve("order_1"), medusa.StoreOrdersRes)
    assert_type(medusa.is_loaded(Order(), "id"), bool)


def misuse() -> None:
    print(medusa.Ordr)  # type: ignore[attr-defined]  # pyright: ignore
    print(Ordr)  # pyright: ignore
