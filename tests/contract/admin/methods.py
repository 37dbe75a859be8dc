"""Sets of Admin methods. Each contract test asserts that all methods of its set were called."""

from __future__ import annotations

from ...parity.guide import ADMIN_METHODS
from ...recorded_calls import snake_case


def methods_of(*names: str) -> set[str]:
    """Return the methods with these names or in these groups. `regions` contains `admin.regions.add_country`."""
    starts = tuple(f"admin.{name}." for name in names)
    return {name for name in map(snake_case, ADMIN_METHODS) if f"{name}.".startswith(starts)}
