"""The products, product types and shipping options that tax rates apply to."""

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
    """Response with one tax rate."""

    tax_rate: TaxRate


class AdminGetTaxRatesTaxRateParams(TypedDict, total=False):
    """Which relations and fields of a tax rate to return."""

    expand: list[str]
    """Relations to return: `products`, `product_types`, `region`, `shipping_options`. No relations by default."""
    fields: list[str]
    """Fields to return instead of all fields. `product_count`, `product_type_count` and `shipping_option_count` are
    included only if this list names them.
    """


class AdminPostTaxRatesTaxRateProductsParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Which relations and fields of a tax rate to return."""


class AdminPostTaxRatesTaxRateShippingOptionsParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Which relations and fields of a tax rate to return."""


class AdminDeleteTaxRatesTaxRateProductsParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Which relations and fields of a tax rate to return."""


class AdminDeleteTaxRatesTaxRateProductTypesParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Which relations and fields of a tax rate to return."""


class AdminDeleteTaxRatesTaxRateShippingOptionsParams(AdminGetTaxRatesTaxRateParams, total=False):
    """Which relations and fields of a tax rate to return."""


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
    """The methods of `admin.tax_rates` that choose what tax rates apply to."""

    def add_products(
        self,
        id: str,
        payload: AdminPostTaxRatesTaxRateProductsReq,
        query: AdminPostTaxRatesTaxRateProductsParams | None = None,
        custom_headers: Headers = None,
    ) -> AdminTaxRatesRes:
        """Apply a tax rate to more products and return the tax rate as `.tax_rate`.

        `POST /admin/tax-rates/{id}/products/batch`

        Passing products that already have the rate raises no error.

        Raises `MedusaNotFoundError` if the tax rate or a product does not exist. Raises `MedusaInvalidRequestError` if
        `products` is not a list. Raises `MedusaServerError` if `expand` or `fields` contains an unknown name. The
        backend notices such a name only after it has made the change.
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
        """Apply a tax rate to the products of more types and return the tax rate as `.tax_rate`.

        `POST /admin/tax-rates/{id}/product-types/batch`

        Passing types that already have the rate raises no error.

        Raises `MedusaNotFoundError` if the tax rate or a product type does not exist. Raises
        `MedusaInvalidRequestError` if `product_types` is not a list. Raises `MedusaServerError` if `expand` or `fields`
        contains an unknown name. The backend notices such a name only after it has made the change.
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
        """Apply a tax rate to more shipping options and return the tax rate as `.tax_rate`.

        `POST /admin/tax-rates/{id}/shipping-options/batch`

        Passing options that already have the rate raises no error.

        Raises `MedusaNotFoundError` if the tax rate or a shipping option does not exist. Raises
        `MedusaInvalidRequestError` if a shipping option is in another region, or if `shipping_options` is not a list.
        Raises `MedusaServerError` if `expand` or `fields` contains an unknown name. The backend notices such a name
        only after it has made the change.
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
        """Stop applying a tax rate to products and return the tax rate as `.tax_rate`.

        `DELETE /admin/tax-rates/{id}/products/batch`

        The backend ignores unknown products and products that do not have the rate.

        Raises `MedusaNotFoundError` if no tax rate has this ID. Raises `MedusaInvalidRequestError` if `products` is not
        a list. Raises `MedusaServerError` if `expand` or `fields` contains an unknown name. The backend notices such a
        name only after it has made the change.
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
        """Stop applying a tax rate to the products of some types and return the tax rate as `.tax_rate`.

        `DELETE /admin/tax-rates/{id}/product-types/batch`

        The backend ignores unknown types and types that do not have the rate.

        Raises `MedusaNotFoundError` if no tax rate has this ID. Raises `MedusaInvalidRequestError` if `product_types`
        is not a list. Raises `MedusaServerError` if `expand` or `fields` contains an unknown name. The backend notices
        such a name only after it has made the change.
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
        """Stop applying a tax rate to shipping options and return the tax rate as `.tax_rate`.

        `DELETE /admin/tax-rates/{id}/shipping-options/batch`

        The backend ignores unknown options and options that do not have the rate.

        Raises `MedusaNotFoundError` if no tax rate has this ID. Raises `MedusaInvalidRequestError` if
        `shipping_options` is not a list. Raises `MedusaServerError` if `expand` or `fields` contains an unknown name.
        The backend notices such a name only after it has made the change.
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
