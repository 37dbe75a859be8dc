"""The methods of `admin.products` for the options of a product, such as size."""

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
    """Response with the ID of the deleted option, and the product without it."""

    option_id: str
    object: str
    """Always "option"."""
    deleted: bool
    """Always true."""
    product: Product


class AdminPostProductsProductOptionsReq(TypedDict):
    """Payload of `admin.products.add_option`."""

    title: str
    """For example, "Size"."""


class AdminPostProductsProductOptionsOption(TypedDict):
    """Payload of `admin.products.update_option`."""

    title: str
    """For example, "Size"."""


class AdminProductOptions(Resource):
    """The methods of `admin.products` for the options of a product."""

    def add_option(
        self, id: str, payload: AdminPostProductsProductOptionsReq, custom_headers: Headers = None
    ) -> AdminProductsRes:
        """Add an option to a product and return the product as `.product`, with all its `options`.

        `POST /admin/products/{id}/options`

        Existing variants get the value "Default Value".

        Raises `MedusaInvalidRequestError` if another option of the product has the same title. Raises
        `MedusaNotFoundError` if no product has this ID.
        """
        return self._post(AdminProductsRes, "/admin/products/{id}/options", id, json=payload, headers=custom_headers)

    def update_option(
        self, id: str, option_id: str, payload: AdminPostProductsProductOptionsOption, custom_headers: Headers = None
    ) -> AdminProductsRes:
        """Rename an option and return the product as `.product`.

        `POST /admin/products/{id}/options/{option_id}`

        Raises `MedusaNotFoundError` if the product or the option does not exist, or if another option of the product
        has the same title.
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
        """Delete an option and the values that variants have for it. Return its ID as `.option_id`, and the `.product`.

        `DELETE /admin/products/{id}/options/{option_id}`

        The result is the same if no option has this ID.

        Raises `MedusaNotFoundError` if the product does not exist.
        """
        route = "/admin/products/{id}/options/{option_id}"
        return self._delete(AdminProductsDeleteOptionRes, route, id, option_id, headers=custom_headers)
