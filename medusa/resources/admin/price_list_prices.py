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
    """A price list."""

    price_list: PriceList


@entity
class AdminPriceListDeleteBatchRes(Result):
    """The IDs of prices that were to be deleted."""

    ids: list[str]
    """The IDs that were sent, unknown ones included."""
    object: str
    """Always "money-amount"."""
    deleted: bool
    """Always true."""


@entity
class AdminPriceListDeleteProductPricesRes(Result):
    """The IDs of deleted prices."""

    ids: list[str]
    """Empty if there were no prices."""
    object: str
    """Always "money-amount"."""
    deleted: bool
    """Always true."""


@entity
class AdminPriceListDeleteVariantPricesRes(Result):
    """The IDs of deleted prices."""

    ids: list[str]
    """Empty if there were no prices."""
    object: str
    """Always "money-amount"."""
    deleted: bool
    """Always true."""


class AdminPriceListPricesUpdateReq(TypedDict):
    """A price of a price list. A new one names either a currency or a region."""

    variant_id: str
    """For an unknown variant, a price is made that no variant has."""
    amount: int
    """Smallest currency unit, at least 0."""
    id: NotRequired[str | None]
    """The ID of the price to change. Without it a price is added."""
    currency_code: NotRequired[str | None]
    """ISO 4217, lower case. It must be one of the store's currencies."""
    region_id: NotRequired[str | None]
    """The price is in the currency of this region, and counts there alone."""
    min_quantity: NotRequired[int | None]
    """The smallest quantity that has this price."""
    max_quantity: NotRequired[int | None]
    """The largest quantity that has this price."""


class AdminPostPriceListPricesPricesReq(TypedDict):
    """Prices to add to a price list."""

    prices: list[AdminPriceListPricesUpdateReq]
    override: NotRequired[bool | None]
    """Whether all other prices of the price list are deleted. False by default: the prices are added to them, even if
    the same price is there."""


class AdminDeletePriceListPricesPricesReq(TypedDict):
    """Which prices to delete."""

    price_ids: list[str]
    """At least one ID. Unknown IDs are ignored."""


class AdminDeletePriceListsPriceListProductsPricesBatchReq(TypedDict):
    """Of which products to delete the prices."""

    product_ids: list[str]
    """At least one ID. Unknown IDs are ignored."""


class AdminPriceListPrices(Resource):
    """The methods of `admin.price_lists` for the prices of a price list."""

    def add_prices(
        self, id: str, payload: AdminPostPriceListPricesPricesReq, custom_headers: Headers = None
    ) -> AdminPriceListRes:
        """Add prices to a price list. Return it, as `.price_list`, with all its `prices`.

        `POST /admin/price-lists/{id}/prices/batch`

        `update` changes prices by their IDs; here the backend ignores the ID of a price and adds another one.
        The backend takes a price for an unknown variant, which no variant then has. Raises `ValueError` for a negative
        price. Raises `MedusaInvalidRequestError` for a missing or malformed value and for a price with both a currency
        and a region, `MedusaNotFoundError` for an unknown price list or currency, and `MedusaServerError` for an
        unknown region.
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
        """Delete prices by their IDs. Return the IDs that were sent, as `.ids`.

        `DELETE /admin/price-lists/{id}/prices/batch`

        Raises `MedusaInvalidRequestError` for an empty list and `MedusaNotFoundError` for an unknown price list.
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
        """Delete the prices that a price list has for the variants of a product. Return their IDs, as `.ids`.

        `DELETE /admin/price-lists/{price_list_id}/products/{product_id}/prices`

        `.ids` is empty for an unknown price list or product.
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
        """Delete the prices that a price list has for a variant. Return their IDs, as `.ids`.

        `DELETE /admin/price-lists/{price_list_id}/variants/{variant_id}/prices`

        `.ids` is empty for an unknown price list or variant.
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
        """Delete the prices that a price list has for the variants of several products. Return their IDs, as `.ids`.

        `DELETE /admin/price-lists/{price_list_id}/products/prices/batch`

        `.ids` is empty for an unknown price list. Raises `MedusaInvalidRequestError` for an empty list.
        """
        return self._delete(
            AdminPriceListDeleteProductPricesRes,
            "/admin/price-lists/{price_list_id}/products/prices/batch",
            price_list_id,
            json=payload,
            headers=custom_headers,
        )
