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

    auth: Lazy[medusa.AdminAuthResource] = lazy("medusa.resources.admin.auth:AdminAuthResource")
    custom: Lazy[medusa.AdminCustomResource] = lazy("medusa.resources.admin.custom:AdminCustomResource")
    gift_cards: Lazy[medusa.AdminGiftCardsResource] = lazy("medusa.resources.admin.gift_cards:AdminGiftCardsResource")
