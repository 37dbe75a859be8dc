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

    customer_groups: Lazy[medusa.AdminCustomerGroupsResource] = lazy(
        "medusa.resources.admin.customer_groups:AdminCustomerGroupsResource"
    )
    customers: Lazy[medusa.AdminCustomersResource] = lazy("medusa.resources.admin.customers:AdminCustomersResource")
    discounts: Lazy[medusa.AdminDiscountsResource] = lazy("medusa.resources.admin.discounts:AdminDiscountsResource")
    gift_cards: Lazy[medusa.AdminGiftCardsResource] = lazy("medusa.resources.admin.gift_cards:AdminGiftCardsResource")
    invites: Lazy[medusa.AdminInvitesResource] = lazy("medusa.resources.admin.invites:AdminInvitesResource")
    publishable_api_keys: Lazy[medusa.AdminPublishableApiKeyResource] = lazy(
        "medusa.resources.admin.publishable_api_keys:AdminPublishableApiKeyResource"
    )
    sales_channels: Lazy[medusa.AdminSalesChannelsResource] = lazy(
        "medusa.resources.admin.sales_channels:AdminSalesChannelsResource"
    )
    users: Lazy[medusa.AdminUsersResource] = lazy("medusa.resources.admin.users:AdminUsersResource")
