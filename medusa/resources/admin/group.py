"""The Admin API. Its resources are the attributes of `medusa.admin`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import Resource
from ..lazy import Lazy, lazy

if TYPE_CHECKING:
    import medusa

__all__ = ["AdminResource"]


class AdminResource(Resource):
    """The Admin API, which merchants use to manage the store.

    Its methods require an admin user: pass `api_key` or `admin_token` to the client, or log in with `admin.auth`.
    """

    auth: Lazy[medusa.AdminAuthResource] = lazy("medusa.resources.admin.auth:AdminAuthResource")
    batch_jobs: Lazy[medusa.AdminBatchJobsResource] = lazy("medusa.resources.admin.batch_jobs:AdminBatchJobsResource")
    collections: Lazy[medusa.AdminCollectionsResource] = lazy(
        "medusa.resources.admin.collections:AdminCollectionsResource"
    )
    currencies: Lazy[medusa.AdminCurrenciesResource] = lazy("medusa.resources.admin.currencies:AdminCurrenciesResource")
    custom: Lazy[medusa.AdminCustomResource] = lazy("medusa.resources.admin.custom:AdminCustomResource")
    customer_groups: Lazy[medusa.AdminCustomerGroupsResource] = lazy(
        "medusa.resources.admin.customer_groups:AdminCustomerGroupsResource"
    )
    customers: Lazy[medusa.AdminCustomersResource] = lazy("medusa.resources.admin.customers:AdminCustomersResource")
    discounts: Lazy[medusa.AdminDiscountsResource] = lazy("medusa.resources.admin.discounts:AdminDiscountsResource")
    draft_orders: Lazy[medusa.AdminDraftOrdersResource] = lazy(
        "medusa.resources.admin.draft_orders:AdminDraftOrdersResource"
    )
    gift_cards: Lazy[medusa.AdminGiftCardsResource] = lazy("medusa.resources.admin.gift_cards:AdminGiftCardsResource")
    inventory_items: Lazy[medusa.AdminInventoryItemsResource] = lazy(
        "medusa.resources.admin.inventory_items:AdminInventoryItemsResource"
    )
    invites: Lazy[medusa.AdminInvitesResource] = lazy("medusa.resources.admin.invites:AdminInvitesResource")
    notes: Lazy[medusa.AdminNotesResource] = lazy("medusa.resources.admin.notes:AdminNotesResource")
    notifications: Lazy[medusa.AdminNotificationsResource] = lazy(
        "medusa.resources.admin.notifications:AdminNotificationsResource"
    )
    order_edits: Lazy[medusa.AdminOrderEditsResource] = lazy(
        "medusa.resources.admin.order_edits:AdminOrderEditsResource"
    )
    orders: Lazy[medusa.AdminOrdersResource] = lazy("medusa.resources.admin.orders:AdminOrdersResource")
    payment_collections: Lazy[medusa.AdminPaymentCollectionsResource] = lazy(
        "medusa.resources.admin.payment_collections:AdminPaymentCollectionsResource"
    )
    payments: Lazy[medusa.AdminPaymentsResource] = lazy("medusa.resources.admin.payments:AdminPaymentsResource")
    price_lists: Lazy[medusa.AdminPriceListResource] = lazy("medusa.resources.admin.price_lists:AdminPriceListResource")
    product_categories: Lazy[medusa.AdminProductCategoriesResource] = lazy(
        "medusa.resources.admin.product_categories:AdminProductCategoriesResource"
    )
    product_tags: Lazy[medusa.AdminProductTagsResource] = lazy(
        "medusa.resources.admin.product_tags:AdminProductTagsResource"
    )
    product_types: Lazy[medusa.AdminProductTypesResource] = lazy(
        "medusa.resources.admin.product_types:AdminProductTypesResource"
    )
    products: Lazy[medusa.AdminProductsResource] = lazy("medusa.resources.admin.products:AdminProductsResource")
    publishable_api_keys: Lazy[medusa.AdminPublishableApiKeyResource] = lazy(
        "medusa.resources.admin.publishable_api_keys:AdminPublishableApiKeyResource"
    )
    regions: Lazy[medusa.AdminRegionsResource] = lazy("medusa.resources.admin.regions:AdminRegionsResource")
    reservations: Lazy[medusa.AdminReservationsResource] = lazy(
        "medusa.resources.admin.reservations:AdminReservationsResource"
    )
    return_reasons: Lazy[medusa.AdminReturnReasonsResource] = lazy(
        "medusa.resources.admin.return_reasons:AdminReturnReasonsResource"
    )
    returns: Lazy[medusa.AdminReturnsResource] = lazy("medusa.resources.admin.returns:AdminReturnsResource")
    sales_channels: Lazy[medusa.AdminSalesChannelsResource] = lazy(
        "medusa.resources.admin.sales_channels:AdminSalesChannelsResource"
    )
    shipping_options: Lazy[medusa.AdminShippingOptionsResource] = lazy(
        "medusa.resources.admin.shipping_options:AdminShippingOptionsResource"
    )
    shipping_profiles: Lazy[medusa.AdminShippingProfilesResource] = lazy(
        "medusa.resources.admin.shipping_profiles:AdminShippingProfilesResource"
    )
    stock_locations: Lazy[medusa.AdminStockLocationsResource] = lazy(
        "medusa.resources.admin.stock_locations:AdminStockLocationsResource"
    )
    store: Lazy[medusa.AdminStoresResource] = lazy("medusa.resources.admin.store:AdminStoresResource")
    swaps: Lazy[medusa.AdminSwapsResource] = lazy("medusa.resources.admin.swaps:AdminSwapsResource")
    tax_rates: Lazy[medusa.AdminTaxRatesResource] = lazy("medusa.resources.admin.tax_rates:AdminTaxRatesResource")
    uploads: Lazy[medusa.AdminUploadsResource] = lazy("medusa.resources.admin.uploads:AdminUploadsResource")
    users: Lazy[medusa.AdminUsersResource] = lazy("medusa.resources.admin.users:AdminUsersResource")
    variants: Lazy[medusa.AdminVariantsResource] = lazy("medusa.resources.admin.variants:AdminVariantsResource")
