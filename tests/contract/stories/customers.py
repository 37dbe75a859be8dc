"""Of customers with their addresses, gift cards, return reasons and returns."""

from __future__ import annotations

from ..mirror import Case

CASES: dict[tuple[str, str], list[Case]] = {}

STORIES: dict[str, list[Case]] = {}
