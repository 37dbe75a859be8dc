"""Shipping options: how a region, or a cart, can be shipped to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.shipping import ShippingOption

__all__ = ["ShippingOptionsResource", "StoreGetShippingOptionsParams", "StoreShippingOptionsListRes"]


@entity
class StoreShippingOptionsListRes(Result):
    """Shipping options."""

    shipping_options: list[ShippingOption]


class StoreGetShippingOptionsParams(TypedDict, total=False):
    """Which shipping options to list."""

    region_id: str
    is_return: bool
    """Whether to list the options for returns, or those that are not. The published type is a string."""
    product_ids: str
    """Comma-separated product IDs. Medusa 1.20 has a bug here: with this key it always returns an empty list."""


class ShippingOptionsResource(Resource):
    """Shipping options.

    `amount` is in the smallest unit of the region's currency, without tax unless `includes_tax` is set.
    """

    def list_cart_options(self, cart_id: str, custom_headers: Headers = None) -> StoreShippingOptionsListRes:
        """Return the shipping options for this cart, as `.shipping_options`, each with its price for the cart.

        `GET /store/shipping-options/{cart_id}`

        The backend selects the options whose requirements the cart meets and whose shipping profile its items have. A
        cart without items has none. Calculated prices are included. Raises `MedusaServerError` for an unknown cart.
        """
        return self._get(
            StoreShippingOptionsListRes,
            "/store/shipping-options/{cart_id}",
            cart_id,
            headers=custom_headers,
            causes_of_500="the cart does not exist, or a variant in it has been deleted",
        )

    def list(
        self, query: StoreGetShippingOptionsParams | None = None, custom_headers: Headers = None
    ) -> StoreShippingOptionsListRes:
        """Return the shipping options of all regions, or of those that `query` names, as `.shipping_options`.

        `GET /store/shipping-options`

        There are no pages. Options for returns and for gift cards are included, those for the admin are not. `amount`
        is None where the price is calculated for a cart; see `list_cart_options`. Raises `MedusaInvalidRequestError`
        for an unknown key or a malformed value in `query`.
        """
        return self._get(
            StoreShippingOptionsListRes,
            "/store/shipping-options",
            query={} if query is None else query,
            headers=custom_headers,
        )
