"""The methods of the Admin, of which a contract test drives each."""

from __future__ import annotations

from ...parity.guide import ADMIN_METHODS
from ...recorded_calls import snake_case


def methods_of(*groups: str) -> set[str]:
    """The methods of these groups, such as `admin.regions.add_country` of `regions`."""
    return {name for name in map(snake_case, ADMIN_METHODS) if name.split(".")[1] in groups}
