"""Of products, variants, regions, collections, categories, tags and types."""

from __future__ import annotations

from ..mirror import Case

CASES: dict[tuple[str, str], list[Case]] = {}

STORIES: dict[str, list[Case]] = {}

STORIES_WITH_FLAGS: dict[str, list[Case]] = {}
"""Those of categories, on a Medusa that has them."""
