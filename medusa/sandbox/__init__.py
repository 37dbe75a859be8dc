"""A Store API on this machine, for demos and for tests: `pip install 'medusa-sdk[sandbox]'`.

with SandboxStore() as store, Medusa(store.url) as medusa:
    order = medusa.orders.retrieve(store.orders[0].id).order
"""

try:
    from .api import ReceivedRequest
    from .store import ClaimEvent, SandboxStore
except ModuleNotFoundError as error:
    if (error.name or "").startswith("medusa"):
        raise
    raise ModuleNotFoundError(
        f"medusa.sandbox needs {error.name}: pip install 'medusa-sdk[sandbox]'", name=error.name
    ) from error

__all__ = ["ClaimEvent", "ReceivedRequest", "SandboxStore"]
