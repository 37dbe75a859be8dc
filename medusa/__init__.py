"""A Python SDK for the Store API and the Admin API of Medusa v1.

from medusa import Medusa

medusa = Medusa(base_url="http://localhost:9000", max_retries=3)
order = medusa.orders.retrieve("order_01G...").order
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import _names

__version__ = "0.2.0"

__all__: list[str] = ["__version__"]
__all__ += _names.__all__

if TYPE_CHECKING:
    from ._names import *
else:  # With this function, a type checker would accept misspelled names.

    def __getattr__(name: str) -> Any:
        """Import a name when it is first used, so that `import medusa` does not import attrs, cattrs and all models."""
        if name not in _names.HOMES:
            raise AttributeError(_no_attribute(name), name=name)
        value = globals()[name] = getattr(import_module(f"medusa.{_names.HOMES[name]}"), name)
        return value


def _no_attribute(name: str) -> str:
    """Return the error message for a name that the package does not have."""
    said = f"module 'medusa' has no attribute {name!r}"
    if name in ("cli", "contrib", "sandbox"):
        return f"{said}: import it first, as in `import medusa.{name}`"
    if name.startswith("_"):
        return said
    from .client import Medusa
    from .suggestions import did_you_mean

    if name in dir(Medusa):
        return f"{said}: create a client first, such as medusa.Medusa(base_url=...).{name}"
    return said + did_you_mean(name, __all__)


def __dir__() -> list[str]:
    return sorted(__all__)
