"""The methods of `admin.products` for the options of a product: what its variants differ in, such as size."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from .product_variants import AdminProductsRes

if TYPE_CHECKING:
    from ...models.product import Product

__all__ = [
    "AdminPostProductsProductOptionsOption",
    "AdminPostProductsProductOptionsReq",
    "AdminProductOptions",
    "AdminProductsDeleteOptionRes",
]


@entity
class AdminProductsDeleteOptionRes(Result):
    """The ID of the deleted option, and the product without it."""

    option_id: str
    object: str
    """Always "option"."""
    deleted: bool
    """Always true."""
    product: Product


class AdminPostProductsProductOptionsReq(TypedDict):
    """A new option of a product."""

    title: str
    """Such as "Size"."""


class AdminPostProductsProductOptionsOption(TypedDict):
    """What to change of an option."""

    title: str
    """Such as "Size"."""


class AdminProductOptions(Resource):
    """The methods of `admin.products` for the options of a product."""

    def add_option(
        self, id: str, payload: AdminPostProductsProductOptionsReq, custom_headers: Headers = None
    ) -> AdminProductsRes:
        """Add an option to a product. Return the product, as `.product`, with all its `options`.

        `POST /admin/products/{id}/options`

        Existing variants get the value "Default Value". Raises `MedusaInvalidRequestError` for a title that another
        option of the product has, and `MedusaNotFoundError` for an unknown product.
        """
        return self._post(AdminProductsRes, "/admin/products/{id}/options", id, json=payload, headers=custom_headers)

    def update_option(
        self, id: str, option_id: str, payload: AdminPostProductsProductOptionsOption, custom_headers: Headers = None
    ) -> AdminProductsRes:
        """Rename an option. Return the product, as `.product`.

        `POST /admin/products/{id}/options/{option_id}`

        Raises `MedusaNotFoundError` for an unknown product or option, and for a title that another option of the
        product has.
        """
        return self._post(
            AdminProductsRes,
            "/admin/products/{id}/options/{option_id}",
            id,
            option_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete_option(self, id: str, option_id: str, custom_headers: Headers = None) -> AdminProductsDeleteOptionRes:
        """Delete an option with the values of all variants. Return its ID, as `.option_id`, and the `.product`.

        `DELETE /admin/products/{id}/options/{option_id}`

        The result is the same for an unknown option. Raises `MedusaNotFoundError` for an unknown product.
        """
        route = "/admin/products/{id}/options/{option_id}"
        return self._delete(AdminProductsDeleteOptionRes, route, id, option_id, headers=custom_headers)
