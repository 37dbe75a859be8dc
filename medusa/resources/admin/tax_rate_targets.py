"""What tax rates apply to: products, product types and shipping options."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result

if TYPE_CHECKING:
    from ...models.tax import TaxRate

__all__ = [
    "AdminDeleteTaxRatesTaxRateProductTypesParams",
    "AdminDeleteTaxRatesTaxRateProductTypesReq",
    "AdminDeleteTaxRatesTaxRateProductsParams",
    "AdminDeleteTaxRatesTaxRateProductsReq",
    "AdminDeleteTaxRatesTaxRateShippingOptionsParams",
    "AdminDeleteTaxRatesTaxRateShippingOptionsReq",
    "AdminGetTaxRatesTaxRateParams",
    "AdminPostTaxRatesTaxRateProductTypesReq",
    "AdminPostTaxRatesTaxRateProductsParams",
    "AdminPostTaxRatesTaxRateProductsReq",
    "AdminPostTaxRatesTaxRateShippingOptionsParams",
    "AdminPostTaxRatesTaxRateShippingOptionsReq",
    "AdminTaxRateTargets",
    "AdminTaxRatesRes",
]

UNKNOWN_NAME = "expand or fields has an unknown name"


@entity
class AdminTaxRatesRes(Result):
    """A tax rate."""

    tax_rate: TaxRate


class AdminGetTaxRatesTaxRateParams(TypedDict, total=False):
    """What to send of a tax rate."""

    expand: list[str]
    """Relations to send: `products`, `product_types`, `region`, `shipping_options`. None by default."""
    fields: list[str]
    """Fields to send instead of all. `product_count`, `product_type_count` and `shipping_option_count` are sent only if
    they are listed."""


class AdminPostTaxRatesTaxRateProductsParams(AdminGetTaxRatesTaxRateParams, total=False):
    """What to send of a tax rate."""


class AdminPostTaxRatesTaxRateShippingOptionsParams(AdminGetTaxRatesTaxRateParams, total=False):
    """What to send of a tax rate."""


class AdminDeleteTaxRatesTaxRateProductsParams(AdminGetTaxRatesTaxRateParams, total=False):
    """What to send of a tax rate."""


class AdminDeleteTaxRatesTaxRateProductTypesParams(AdminGetTaxRatesTaxRateParams, total=False):
    """What to send of a tax rate."""


class AdminDeleteTaxRatesTaxRateShippingOptionsParams(AdminGetTaxRatesTaxRateParams, total=False):
    """What to send of a tax rate."""


class AdminPostTaxRatesTaxRateProductsReq(TypedDict):
    """The products to add to a tax rate."""

    products: list[str]
    """The IDs of the products."""


class AdminPostTaxRatesTaxRateProductTypesReq(TypedDict):
    """The product types to add to a tax rate."""

    product_types: list[str]
    """The IDs of the product types."""


class AdminPostTaxRatesTaxRateShippingOptionsReq(TypedDict):
    """The shipping options to add to a tax rate."""

    shipping_options: list[str]
    """The IDs of the shipping options."""


class AdminDeleteTaxRatesTaxRateProductsReq(TypedDict):
    """The products to remove from a tax rate."""

    products: list[str]
    """The IDs of the products."""


class AdminDeleteTaxRatesTaxRateProductTypesReq(TypedDict):
    """The product types to remove from a tax rate."""

    product_types: list[str]
    """The IDs of the product types."""


class AdminDeleteTaxRatesTaxRateShippingOptionsReq(TypedDict):
    """The shipping options to remove from a tax rate."""

    shipping_options: list[str]
    """The IDs of the shipping options."""


class AdminTaxRateTargets(Resource):
    """Adds what tax rates apply to, and removes it."""

    def add_products(
        self,
        id: str,
        payload: AdminPostTaxRatesTaxRateProductsReq,
        query: AdminPostTaxRatesTaxRateProductsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Apply a tax rate to more products. Return the tax rate, as `.tax_rate`.

        `POST /admin/tax-rates/{id}/products/batch`

        Products that have the rate already are no error. Raises `MedusaNotFoundError` for an unknown tax rate or
        product, `MedusaInvalidRequestError` if `products` is no list, and `MedusaServerError` for an unknown name in
        `query`. The backend notices such a name only after it has made the change.
        """
        return self._post(
            AdminTaxRatesRes,
            "/admin/tax-rates/{id}/products/batch",
            id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=UNKNOWN_NAME,
        )

    def add_product_types(
        self,
        id: str,
        payload: AdminPostTaxRatesTaxRateProductTypesReq,
        query: AdminGetTaxRatesTaxRateParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Apply a tax rate to the products of more types. Return the tax rate, as `.tax_rate`.

        `POST /admin/tax-rates/{id}/product-types/batch`

        Types that have the rate already are no error. Raises `MedusaNotFoundError` for an unknown tax rate or product
        type, `MedusaInvalidRequestError` if `product_types` is no list, and `MedusaServerError` for an unknown name in
        `query`. The backend notices such a name only after it has made the change.
        """
        return self._post(
            AdminTaxRatesRes,
            "/admin/tax-rates/{id}/product-types/batch",
            id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=UNKNOWN_NAME,
        )

    def add_shipping_options(
        self,
        id: str,
        payload: AdminPostTaxRatesTaxRateShippingOptionsReq,
        query: AdminPostTaxRatesTaxRateShippingOptionsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Apply a tax rate to more shipping options. Return the tax rate, as `.tax_rate`.

        `POST /admin/tax-rates/{id}/shipping-options/batch`

        Options that have the rate already are no error. Raises `MedusaNotFoundError` for an unknown tax rate or
        shipping option, `MedusaInvalidRequestError` for an option of another region and if `shipping_options` is no
        list, and `MedusaServerError` for an unknown name in `query`. The backend notices such a name only after it has
        made the change.
        """
        return self._post(
            AdminTaxRatesRes,
            "/admin/tax-rates/{id}/shipping-options/batch",
            id,
            query=query,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=UNKNOWN_NAME,
        )

    def remove_products(
        self,
        id: str,
        payload: AdminDeleteTaxRatesTaxRateProductsReq,
        query: AdminDeleteTaxRatesTaxRateProductsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Stop applying a tax rate to products. Return the tax rate, as `.tax_rate`.

        `DELETE /admin/tax-rates/{id}/products/batch`

        Products that do not have the rate are no error, nor are unknown ones. Raises `MedusaNotFoundError` for an
        unknown tax rate, `MedusaInvalidRequestError` if `products` is no list, and `MedusaServerError` for an unknown
        name in `query`. The backend notices such a name only after it has made the change.
        """
        return self._delete(
            AdminTaxRatesRes,
            "/admin/tax-rates/{id}/products/batch",
            id,
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500=UNKNOWN_NAME,
        )

    def remove_product_types(
        self,
        id: str,
        payload: AdminDeleteTaxRatesTaxRateProductTypesReq,
        query: AdminDeleteTaxRatesTaxRateProductTypesParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Stop applying a tax rate to the products of some types. Return the tax rate, as `.tax_rate`.

        `DELETE /admin/tax-rates/{id}/product-types/batch`

        Types that do not have the rate are no error, nor are unknown ones. Raises `MedusaNotFoundError` for an unknown
        tax rate, `MedusaInvalidRequestError` if `product_types` is no list, and `MedusaServerError` for an unknown name
        in `query`. The backend notices such a name only after it has made the change.
        """
        return self._delete(
            AdminTaxRatesRes,
            "/admin/tax-rates/{id}/product-types/batch",
            id,
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500=UNKNOWN_NAME,
        )

    def remove_shipping_options(
        self,
        id: str,
        payload: AdminDeleteTaxRatesTaxRateShippingOptionsReq,
        query: AdminDeleteTaxRatesTaxRateShippingOptionsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Stop applying a tax rate to shipping options. Return the tax rate, as `.tax_rate`.

        `DELETE /admin/tax-rates/{id}/shipping-options/batch`

        Options that do not have the rate are no error, nor are unknown ones. Raises `MedusaNotFoundError` for an
        unknown tax rate, `MedusaInvalidRequestError` if `shipping_options` is no list, and `MedusaServerError` for an
        unknown name in `query`. The backend notices such a name only after it has made the change.
        """
        return self._delete(
            AdminTaxRatesRes,
            "/admin/tax-rates/{id}/shipping-options/batch",
            id,
            query=query,
            json=payload,
            headers=custom_headers,
            causes_of_500=UNKNOWN_NAME,
        )
