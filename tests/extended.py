"""Entities of an extended backend that several tests use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from types import ModuleType
from typing import Any, ClassVar

import pytest

from medusa import Customer, LineItem, Model, Order, Resource, Result, StoreOrdersRes, entity, field, is_loaded

from .conftest import fields_of, recorded


class Tier(StrEnum):
    GOLD = "gold"


@entity
class MyLineItem(LineItem):
    engraving: str | None = field()


@entity
class MyOrder(Order):
    loyalty_points: int = field()
    weights: list[float] | None = field()
    tiers: list[Tier | str] = field()
    tier: Tier | str = field()
    delivered_at: datetime | None = field()
    boxes: list[list[int]] = field()
    free: Any = field()
    notes: list[str | None] = field()
    gifts: list[MyLineItem | None] = field()
    parent: Order | None = field()

    @property
    def is_big(self) -> bool:
        return self.total > 1000

    @cached_property
    def shout(self) -> str:
        return self.email.upper()

    def total_in_words(self) -> str:
        return f"{self.total} {super().currency_code}"


@entity
class MyOrderOfMyItems(Order):
    items: list[MyLineItem] = field()  # type: ignore[assignment]


class PlainOrder(Order):
    """A subclass that declares no field, so it does not need `@entity`."""

    limit: ClassVar[int] = 1000

    @property
    def is_big(self) -> bool:
        return self.total > self.limit

    @cached_property
    def shout(self) -> str:
        return self.email.upper()


@entity
class MyStoreOrdersRes(StoreOrdersRes):
    order: MyOrder


@entity
class MyCustomer(Customer):
    vat_number: str


@entity
class Wishlist(Model):
    id: str = field()
    last_order: Order | None = field()
    items: list[LineItem] = field()


@entity
class StoreWishlistsRes(Result):
    wishlist: Wishlist


class WishlistsResource(Resource):
    def retrieve(self, id: str) -> StoreWishlistsRes:
        return self._get(StoreWishlistsRes, "/store/wishlists/{id}", id)


EXTENDED = {Order: MyOrder, LineItem: MyLineItem}


def new_module(monkeypatch: pytest.MonkeyPatch, source: str = "") -> Any:
    """Return an importable module with this source."""
    module = ModuleType("shop_entities")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(source, module.__dict__)
    return module


def whole(**added: Any) -> dict[str, Any]:
    """Return a recorded order with an engraving on its first item, and with the added keys."""
    order: dict[str, Any] = {**recorded("plain")["order"], **added}
    order["items"][0]["engraving"] = "Ada"
    return order


def inside(value: Any) -> Iterator[Model]:
    """Yield a model and all models in it, at any depth."""
    if isinstance(value, Model):
        yield value
        for name in fields_of(type(value)):
            if is_loaded(value, name):
                yield from inside(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from inside(item)


def classes_inside(value: Any, cls: type[Model]) -> set[type[Model]]:
    return {type(model) for model in inside(value) if isinstance(model, cls)}
