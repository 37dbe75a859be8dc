"""The Admin API: its resources as attributes of `medusa.admin`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import Resource
from ..lazy import Lazy, lazy

if TYPE_CHECKING:
    import medusa

__all__ = ["AdminResource"]


class AdminResource(Resource):
    """The Admin API: what a merchant does with the store.

    Its methods need an admin user: pass `api_key` or `admin_token` to the client, or log in with `admin.auth`.
    """

    draft_orders: Lazy[medusa.AdminDraftOrdersResource] = lazy(
        "medusa.resources.admin.draft_orders:AdminDraftOrdersResource"
    )
    gift_cards: Lazy[medusa.AdminGiftCardsResource] = lazy("medusa.resources.admin.gift_cards:AdminGiftCardsResource")
    order_edits: Lazy[medusa.AdminOrderEditsResource] = lazy(
        "medusa.resources.admin.order_edits:AdminOrderEditsResource"
    )
    payment_collections: Lazy[medusa.AdminPaymentCollectionsResource] = lazy(
        "medusa.resources.admin.payment_collections:AdminPaymentCollectionsResource"
    )
    uploads: Lazy[medusa.AdminUploadsResource] = lazy("medusa.resources.admin.uploads:AdminUploadsResource")
