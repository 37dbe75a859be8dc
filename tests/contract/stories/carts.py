"""Of carts: their items, addresses, discounts, gift cards and taxes."""

from __future__ import annotations

from ..mirror import Case

CASES: dict[tuple[str, str], list[Case]] = {}

STORIES: dict[str, list[Case]] = {}
