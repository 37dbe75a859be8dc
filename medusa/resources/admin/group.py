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

    batch_jobs: Lazy[medusa.AdminBatchJobsResource] = lazy("medusa.resources.admin.batch_jobs:AdminBatchJobsResource")
    collections: Lazy[medusa.AdminCollectionsResource] = lazy(
        "medusa.resources.admin.collections:AdminCollectionsResource"
    )
    gift_cards: Lazy[medusa.AdminGiftCardsResource] = lazy("medusa.resources.admin.gift_cards:AdminGiftCardsResource")
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
    variants: Lazy[medusa.AdminVariantsResource] = lazy("medusa.resources.admin.variants:AdminVariantsResource")
