"""The methods of the Admin, of which a contract test drives each."""

from __future__ import annotations

from ...parity.guide import ADMIN_METHODS
from ...recorded_calls import snake_case


def methods_of(*names: str) -> set[str]:
    """The methods with these names, or in these groups, such as `admin.regions.add_country` of `regions`."""
    starts = tuple(f"admin.{name}." for name in names)
    return {name for name in map(snake_case, ADMIN_METHODS) if f"{name}.".startswith(starts)}
