"""The result of most methods of `admin.orders`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.base import entity
from ..base import Result

if TYPE_CHECKING:
    from ...models.order import Order

__all__ = ["AdminOrdersRes"]


@entity
class AdminOrdersRes(Result):
    """Response with one order."""

    order: Order
