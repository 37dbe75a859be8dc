"""The methods of the Admin's resources."""

from __future__ import annotations

import inspect

from medusa import Medusa


def methods_of(*groups: str) -> set[str]:
    """The methods of these resources that return a result, such as `admin.products.list`."""
    admin = Medusa().admin
    return {
        f"admin.{group}.{name}"
        for group in groups
        for name, method in inspect.getmembers(type(getattr(admin, group)), inspect.isfunction)
        if not name.startswith(("_", "iterate"))
    }
