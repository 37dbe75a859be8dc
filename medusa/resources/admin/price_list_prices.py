"""The methods of `admin.price_lists` for the prices of a price list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from .checks import check_not_negative

if TYPE_CHECKING:
    from ...models.price import PriceList

__all__ = [
    "AdminDeletePriceListPricesPricesReq",
    "AdminDeletePriceListsPriceListProductsPricesBatchReq",
    "AdminPostPriceListPricesPricesReq",
    "AdminPriceListDeleteBatchRes",
    "AdminPriceListDeleteProductPricesRes",
    "AdminPriceListDeleteVariantPricesRes",
    "AdminPriceListPrices",
    "AdminPriceListPricesUpdateReq",
    "AdminPriceListRes",
]


@entity
class AdminPriceListRes(Result):
    """Response with one price list."""

    price_list: PriceList


@entity
class AdminPriceListDeleteBatchRes(Result):
    """Response with the given IDs of prices."""

    ids: list[str]
    """The IDs that were sent, including unknown IDs."""
    object: str
    """Always "money-amount"."""
    deleted: bool
    """Always true."""


@entity
class AdminPriceListDeleteProductPricesRes(Result):
    """Response with the IDs of deleted prices."""

    ids: list[str]
    """Empty if there were no prices."""
    object: str
    """Always "money-amount"."""
    deleted: bool
    """Always true."""


@entity
class AdminPriceListDeleteVariantPricesRes(Result):
    """Response with the IDs of deleted prices."""

    ids: list[str]
    """Empty if there were no prices."""
    object: str
    """Always "money-amount"."""
    deleted: bool
    """Always true."""


class AdminPriceListPricesUpdateReq(TypedDict):
    """A price of a price list. A new price must have either a currency or a region."""

    variant_id: str
    """If no variant has this ID, the backend creates a price that belongs to no variant."""
    amount: int
    """Smallest currency unit, at least 0."""
    id: NotRequired[str | None]
    """The ID of the price to change. Without an ID, the backend adds a price."""
    currency_code: NotRequired[str | None]
    """ISO 4217 code in lower case. The store must have this currency."""
    region_id: NotRequired[str | None]
    """The price is in the region's currency and applies only in this region."""
    min_quantity: NotRequired[int | None]
    """The smallest quantity to which the price applies."""
    max_quantity: NotRequired[int | None]
    """The largest quantity to which the price applies."""


class AdminPostPriceListPricesPricesReq(TypedDict):
    """Prices to add to a price list."""

    prices: list[AdminPriceListPricesUpdateReq]
    override: NotRequired[bool | None]
    """Whether to delete all other prices of the price list. False by default: the prices are added, even if the list
    already has the same prices.
    """


class AdminDeletePriceListPricesPricesReq(TypedDict):
    """The prices to delete."""

    price_ids: list[str]
    """At least one ID. Unknown IDs are ignored."""


class AdminDeletePriceListsPriceListProductsPricesBatchReq(TypedDict):
    """The products whose prices to delete."""

    product_ids: list[str]
    """At least one ID. Unknown IDs are ignored."""


class AdminPriceListPrices(Resource):
    """The methods of `admin.price_lists` for the prices of a price list."""

    def add_prices(
        self, id: str, payload: AdminPostPriceListPricesPricesReq, custom_headers: Headers = None
    ) -> AdminPriceListRes:
        """Add prices to a price list and return it as `.price_list`, with all its `prices`.

        `POST /admin/price-lists/{id}/prices/batch`

        `update` changes prices by their IDs. This method ignores the ID of a price and adds a new price. The backend
        also accepts a price for an unknown variant, but that price belongs to no variant.

        Raises `ValueError` if a price is negative. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed, or if a price has both a currency and a region. Raises `MedusaNotFoundError` if the price list or a
        currency does not exist. Raises `MedusaServerError` if a region does not exist.
        """
        check_not_negative(payload, "prices[].amount")
        return self._post(
            AdminPriceListRes,
            "/admin/price-lists/{id}/prices/batch",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="a region is unknown",
        )

    def delete_prices(
        self, id: str, payload: AdminDeletePriceListPricesPricesReq, custom_headers: Headers = None
    ) -> AdminPriceListDeleteBatchRes:
        """Delete prices by their IDs and return the given IDs as `.ids`.

        `DELETE /admin/price-lists/{id}/prices/batch`

        Raises `MedusaInvalidRequestError` if the list is empty. Raises `MedusaNotFoundError` if no price list has this
        ID.
        """
        return self._delete(
            AdminPriceListDeleteBatchRes,
            "/admin/price-lists/{id}/prices/batch",
            id,
            json=payload,
            headers=custom_headers,
        )

    def delete_product_prices(
        self, price_list_id: str, product_id: str, custom_headers: Headers = None
    ) -> AdminPriceListDeleteProductPricesRes:
        """Delete the prices that a price list has for the variants of a product. Return their IDs as `.ids`.

        `DELETE /admin/price-lists/{price_list_id}/products/{product_id}/prices`

        `.ids` is empty if the price list or the product does not exist.
        """
        return self._delete(
            AdminPriceListDeleteProductPricesRes,
            "/admin/price-lists/{price_list_id}/products/{product_id}/prices",
            price_list_id,
            product_id,
            headers=custom_headers,
        )

    def delete_variant_prices(
        self, price_list_id: str, variant_id: str, custom_headers: Headers = None
    ) -> AdminPriceListDeleteVariantPricesRes:
        """Delete the prices that a price list has for a variant. Return their IDs as `.ids`.

        `DELETE /admin/price-lists/{price_list_id}/variants/{variant_id}/prices`

        `.ids` is empty if the price list or the variant does not exist.
        """
        return self._delete(
            AdminPriceListDeleteVariantPricesRes,
            "/admin/price-lists/{price_list_id}/variants/{variant_id}/prices",
            price_list_id,
            variant_id,
            headers=custom_headers,
        )

    def delete_products_prices(
        self,
        price_list_id: str,
        payload: AdminDeletePriceListsPriceListProductsPricesBatchReq,
        custom_headers: Headers = None,
    ) -> AdminPriceListDeleteProductPricesRes:
        """Delete the prices that a price list has for the variants of several products. Return their IDs as `.ids`.

        `DELETE /admin/price-lists/{price_list_id}/products/prices/batch`

        `.ids` is empty if the price list does not exist.

        Raises `MedusaInvalidRequestError` if the list of products is empty.
        """
        return self._delete(
            AdminPriceListDeleteProductPricesRes,
            "/admin/price-lists/{price_list_id}/products/prices/batch",
            price_list_id,
            json=payload,
            headers=custom_headers,
        )
