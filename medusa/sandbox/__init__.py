"""A Store API on this machine, for demos and for tests: `pip install 'medusa-sdk[sandbox]'`.

with SandboxStore() as store, Medusa(store.url) as medusa:
    order = medusa.orders.retrieve(store.orders[0].id).order
"""

from .api import ReceivedRequest
from .store import SandboxStore

__all__ = ["ReceivedRequest", "SandboxStore"]
