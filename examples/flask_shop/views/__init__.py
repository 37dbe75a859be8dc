"""The pages of the shop."""

from __future__ import annotations

from . import accounts, cart, catalogue, checkout, orders
from .blueprint import shop

__all__ = ["accounts", "cart", "catalogue", "checkout", "orders", "shop"]
