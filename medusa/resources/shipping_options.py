"""Shipping options: list the options of a cart or of all regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.shipping import ShippingOption

__all__ = ["ShippingOptionsResource", "StoreGetShippingOptionsParams", "StoreShippingOptionsListRes"]


@entity
class StoreShippingOptionsListRes(Result):
    """Response with a list of shipping options."""

    shipping_options: list[ShippingOption]


class StoreGetShippingOptionsParams(TypedDict, total=False):
    """Options of `shipping_options.list`."""

    region_id: str
    """The ID of a region."""
    is_return: bool
    """Whether to list options for returns (True) or options for orders (False). The published type is a string."""
    product_ids: str
    """Product IDs, separated by commas. Because of a bug in Medusa 1.20, the backend returns an empty list if this key
    is given."""


class ShippingOptionsResource(Resource):
    """Shipping options.

    `amount` is in the smallest unit of the region's currency. It is without tax unless `includes_tax` is True.
    """

    def list_cart_options(self, cart_id: str, custom_headers: Headers = None) -> StoreShippingOptionsListRes:
        """Return the shipping options for this cart as `.shipping_options`.

        `GET /store/shipping-options/{cart_id}`

        Each option has its price for this cart, including options with a calculated price. The backend returns the
        options whose requirements the cart meets and whose shipping profile matches an item. A cart without items has
        no shipping options.

        Raises `MedusaServerError` if no cart has this ID, or if the cart contains a deleted variant.
        """
        return self._get(
            StoreShippingOptionsListRes,
            "/store/shipping-options/{cart_id}",
            cart_id,
            headers=custom_headers,
            causes_of_500="the cart does not exist or contains a deleted variant",
        )

    def list(
        self, query: StoreGetShippingOptionsParams | None = None, custom_headers: Headers = None
    ) -> StoreShippingOptionsListRes:
        """Return the shipping options of all regions as `.shipping_options`.

        `GET /store/shipping-options`

        `query` restricts the list. The response is not paged. It includes options for returns and for gift cards, but
        not options that are only for the Admin. `amount` is None if the price is calculated for each cart; see
        `list_cart_options`.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value.
        """
        return self._get(
            StoreShippingOptionsListRes,
            "/store/shipping-options",
            query={} if query is None else query,
            headers=custom_headers,
        )
