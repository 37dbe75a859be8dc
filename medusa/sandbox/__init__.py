"""A Medusa Store API on this machine for demos and tests: `pip install 'medusa-sdk[sandbox]'`.

with SandboxStore() as store, Medusa(store.url) as medusa:
    order = medusa.orders.retrieve(store.orders[0].id).order
"""

from ..extras import explain_missing

try:
    from .received import ReceivedRequest
    from .store import ClaimEvent, PasswordResetEvent, SandboxStore
except ModuleNotFoundError as error:
    explain_missing(error, "medusa.sandbox", "medusa-sdk[sandbox]")

__all__ = ["ClaimEvent", "PasswordResetEvent", "ReceivedRequest", "SandboxStore"]
