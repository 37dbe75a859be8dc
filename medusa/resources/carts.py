"""Carts: fill them, pay for them, and complete them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NotRequired, TypedDict

from ..models.base import ToldApartBy, entity, field
from .base import Headers, Names, Resource, Result, selection
from .lazy import Lazy, lazy

if TYPE_CHECKING:
    from ..models.cart import Cart
    from ..models.order import Order
    from ..models.payment import PaymentSessionStatus
    from ..models.swap import Swap
    from .addresses import AddressPayload
    from .line_items import LineItemsResource

__all__ = [
    "CartsResource",
    "StoreCartsRes",
    "StoreCompleteCartRes",
    "StorePostCartReq",
    "StorePostCartReqItem",
    "StorePostCartsCartPaymentSessionReq",
    "StorePostCartsCartPaymentSessionUpdateReq",
    "StorePostCartsCartReq",
    "StorePostCartsCartReqDiscount",
    "StorePostCartsCartReqGiftCard",
    "StorePostCartsCartShippingMethodReq",
]


@entity
class StoreCartsRes(Result):
    """A cart."""

    cart: Cart
    data: Cart = field()
    """The same cart. Only `create_payment_sessions` sends it once more under this name."""


@entity
class StoreCompleteCartRes(Result):
    """What became of a cart.

    `isinstance` tells what `data` is::

        completed = medusa.carts.complete(cart_id)
        if isinstance(completed.data, Order):
            print(completed.data.display_id)
    """

    type: str
    """What `data` is: "order", "swap", or "cart" if the payment needs another step of the customer."""
    data: Annotated[Order | Cart | Swap, ToldApartBy("type")]
    """An order has its relations but `customer` and `fulfillments`, a cart its columns and payment sessions only, a
    swap its columns and its shipping address only."""
    payment_status: PaymentSessionStatus | str = field()
    """With a cart only: what the payment provider says, such as "requires_more"."""


class StorePostCartReqItem(TypedDict):
    """An item of a new cart."""

    variant_id: str
    quantity: int
    """How many. The backend takes 0 for 1."""


class StorePostCartReq(TypedDict, total=False):
    """What a new cart holds."""

    region_id: str
    """Without it, the cart gets the first region of the shop."""
    country_code: str
    """ISO 3166-1 alpha-2: a country of the region."""
    items: list[StorePostCartReqItem]
    sales_channel_id: str
    context: dict[str, Any]
    """Free data, to which the backend adds the IP address and the user agent of the request."""


class StorePostCartsCartReqDiscount(TypedDict):
    """A discount by its code, in upper or lower case."""

    code: str


class StorePostCartsCartReqGiftCard(TypedDict):
    """A gift card by its code, which is case-sensitive."""

    code: str


class StorePostCartsCartReq(TypedDict, total=False):
    """What to change in a cart. What is left out stays as it is."""

    region_id: str
    """Another region changes the prices and drops the shipping methods and payment sessions."""
    country_code: str
    """ISO 3166-1 alpha-2: a country of the region."""
    email: str
    billing_address: AddressPayload | str
    """An address, of which the parts that are given replace those of the cart, or the ID of an address."""
    shipping_address: AddressPayload | str
    """As `billing_address`."""
    gift_cards: list[StorePostCartsCartReqGiftCard]
    """All gift cards of the cart: the list replaces the one before."""
    discounts: list[StorePostCartsCartReqDiscount]
    """All discounts of the cart: the list replaces the one before, and `[]` removes them. Of discounts of the types
    percentage and fixed, the backend keeps one and drops the others without an error."""
    customer_id: str
    context: dict[str, Any]
    """Free data."""
    sales_channel_id: str
    """Another channel drops the items that it does not sell."""


class StorePostCartsCartShippingMethodReq(TypedDict):
    """How to ship a cart."""

    option_id: str
    """One of `shipping_options.list_cart_options`."""
    data: NotRequired[dict[str, Any]]
    """What the fulfillment provider needs, such as a pick-up point."""


class StorePostCartsCartPaymentSessionReq(TypedDict):
    """Which payment session to select."""

    provider_id: str


class StorePostCartsCartPaymentSessionUpdateReq(TypedDict):
    """What to give to a payment provider."""

    data: dict[str, Any]


_NO_CART = "the cart does not exist"
_NO_CART_OR_SESSION = "the cart does not exist, has no payment sessions yet, or holds a variant that was deleted"
_NO_CART_OR_DELETED_VARIANT = "the cart does not exist, or holds a variant that was deleted"


class CartsResource(Resource):
    """Carts.

    Each method but `complete` returns the whole cart. Amounts are integers in the smallest unit of the currency of
    `cart.region`, rates are percentages, timestamps are UTC.
    """

    line_items: Lazy[LineItemsResource] = lazy("medusa.resources.line_items:LineItemsResource")

    def create(self, payload: StorePostCartReq | None = None, custom_headers: Headers = None) -> StoreCartsRes:
        """Create a cart. Return it, as `.cart`.

        `POST /store/carts`

        If a customer is logged in, the cart is theirs. Raises `MedusaNotFoundError` for an unknown region, and
        `MedusaInvalidRequestError` for a country that is not in the region, and for a variant without a price in its
        currency.
        """
        causes = "a quantity is negative, or the publishable API key has several sales channels"
        json = StorePostCartReq() if payload is None else payload
        return self._post(StoreCartsRes, "/store/carts", json=json, headers=custom_headers, causes_of_500=causes)

    def retrieve(
        self, cart_id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreCartsRes:
        """Return the cart with this ID, as `.cart`.

        `GET /store/carts/{cart_id}`

        If a customer is logged in, the backend makes the cart theirs and updates its prices. Raises
        `MedusaNotFoundError` for an unknown ID, and `MedusaServerError` for an unknown name in `expand` or `fields`,
        and for a cart with a variant that was deleted.
        """
        return self._get(
            StoreCartsRes,
            "/store/carts/{cart_id}",
            cart_id,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name, or the cart holds a variant that was deleted",
        )

    def update(self, cart_id: str, payload: StorePostCartsCartReq, custom_headers: Headers = None) -> StoreCartsRes:
        """Change a cart: its region, addresses, discounts, gift cards and so on. Return it, as `.cart`.

        `POST /store/carts/{cart_id}`

        The e-mail address is stored in lower case. If a customer is logged in, the backend makes the cart theirs and
        keeps their address. Otherwise an `email` makes it a guest's cart, even if a registered customer has the
        address: the order is not in their list then. Raises `MedusaNotFoundError` for an unknown discount, gift card,
        region, customer, sales channel or country, `MedusaInvalidRequestError` for a discount that is not valid now or
        not in this region, for a gift card that is disabled or of another region and for a shipping country that is not
        in the region, and `MedusaServerError` for an unknown cart.
        """
        return self._post(
            StoreCartsRes,
            "/store/carts/{cart_id}",
            cart_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="the cart or the ID of an address does not exist, or an address or discounts is null",
        )

    def complete(self, cart_id: str, custom_headers: Headers = None) -> StoreCompleteCartRes:
        """Complete the cart: make an order of it. Return the order, the swap or the cart, as `.data`.

        `POST /store/carts/{cart_id}/complete`

        `.type` and the class of `.data` say what it is: an `Order`; a `Swap` if the cart is that of a swap; or the
        `Cart`, if the payment is not authorized yet, with `.payment_status`. A cart that was completed before returns
        its order again.

        Raises `MedusaConflictError` if an item is out of stock: `.code` is "insufficient_inventory". Raises
        `MedusaInvalidRequestError` for a declined payment, with the code of the provider in `.code`, such as
        "card_declined"; for a cart without items or without a selected payment session; and, with the type
        `duplicate_error`, while another call completes the same cart: the order may exist, so call `complete` again.
        Raises `MedusaServerError` for an unknown cart.

        Set an `email` before. Without one the call fails with `MedusaInvalidRequestError`, and the cart can't be
        completed any more. The backend never answers for the cart of a swap with an amount due: set a `deadline`.
        """
        return self._post(
            StoreCompleteCartRes,
            "/store/carts/{cart_id}/complete",
            cart_id,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=f"{_NO_CART_OR_DELETED_VARIANT}, or the payment provider failed",
        )

    def add_shipping_method(
        self, cart_id: str, payload: StorePostCartsCartShippingMethodReq, custom_headers: Headers = None
    ) -> StoreCartsRes:
        """Choose how the cart is shipped. Return the cart, as `.cart`.

        `POST /store/carts/{cart_id}/shipping-methods`

        The new shipping method replaces one of the same shipping profile. Medusa also accepts options for returns and
        for the admin alone: pass only an option that `shipping_options.list_cart_options` returned for this cart.

        Raises `MedusaNotFoundError` for a completed cart, `MedusaInvalidRequestError` for an option of another region,
        and `MedusaServerError` for an unknown cart and for data that the fulfillment provider rejects.
        """
        return self._post(
            StoreCartsRes,
            "/store/carts/{cart_id}/shipping-methods",
            cart_id,
            json=payload,
            headers=custom_headers,
            causes_of_500=f"{_NO_CART}, or the fulfillment provider rejects the data",
        )

    def delete_discount(self, cart_id: str, code: str, custom_headers: Headers = None) -> StoreCartsRes:
        """Take a discount off the cart. Return the cart, as `.cart`.

        `DELETE /store/carts/{cart_id}/discounts/{code}`

        A code that the cart does not have is no error. Raises `MedusaServerError` for an unknown cart.
        """
        route = "/store/carts/{cart_id}/discounts/{code}"
        return self._delete(StoreCartsRes, route, cart_id, code, headers=custom_headers, causes_of_500=_NO_CART)

    def create_payment_sessions(self, cart_id: str, custom_headers: Headers = None) -> StoreCartsRes:
        """Create a payment session for each payment provider of the region. Return the cart, as `.cart`.

        `POST /store/carts/{cart_id}/payment-sessions`

        With one provider, its session is selected at once; `set_payment_session` selects one of several. A cart that
        costs nothing gets none. Raises `MedusaServerError` for an unknown cart.
        """
        return self._post(
            StoreCartsRes,
            "/store/carts/{cart_id}/payment-sessions",
            cart_id,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=_NO_CART_OR_DELETED_VARIANT,
        )

    def set_payment_session(
        self, cart_id: str, payload: StorePostCartsCartPaymentSessionReq, custom_headers: Headers = None
    ) -> StoreCartsRes:
        """Select the payment session of a provider. Return the cart, as `.cart`.

        `POST /store/carts/{cart_id}/payment-session`

        Raises `MedusaInvalidRequestError` for a provider that the region does not have, and if the provider refuses,
        with its code in `.code`. Raises `MedusaServerError` for an unknown cart.
        """
        return self._post(
            StoreCartsRes,
            "/store/carts/{cart_id}/payment-session",
            cart_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=_NO_CART_OR_SESSION,
        )

    def update_payment_session(
        self,
        cart_id: str,
        provider_id: str,
        payload: StorePostCartsCartPaymentSessionUpdateReq,
        custom_headers: Headers = None,
    ) -> StoreCartsRes:
        """Give data to a provider's payment session, such as a card's token. Return the cart, as `.cart`.

        `POST /store/carts/{cart_id}/payment-sessions/{provider_id}`

        The session becomes the selected one. Raises what `set_payment_session` raises.
        """
        return self._post(
            StoreCartsRes,
            "/store/carts/{cart_id}/payment-sessions/{provider_id}",
            cart_id,
            provider_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500=_NO_CART_OR_SESSION,
        )

    def refresh_payment_session(self, cart_id: str, provider_id: str, custom_headers: Headers = None) -> StoreCartsRes:
        """Replace a provider's payment session by a new one. Return the cart, as `.cart`.

        `POST /store/carts/{cart_id}/payment-sessions/{provider_id}/refresh`

        The cart comes without `billing_address`, `payment` and `sales_channel`. Raises `MedusaServerError` for an
        unknown cart.
        """
        return self._post(
            StoreCartsRes,
            "/store/carts/{cart_id}/payment-sessions/{provider_id}/refresh",
            cart_id,
            provider_id,
            headers=custom_headers,
            causes_of_500=_NO_CART_OR_DELETED_VARIANT,
        )

    def delete_payment_session(self, cart_id: str, provider_id: str, custom_headers: Headers = None) -> StoreCartsRes:
        """Delete the payment session of a provider. Return the cart, as `.cart`.

        `DELETE /store/carts/{cart_id}/payment-sessions/{provider_id}`

        A session that the cart does not have is no error. Raises `MedusaServerError` for an unknown cart.
        """
        return self._delete(
            StoreCartsRes,
            "/store/carts/{cart_id}/payment-sessions/{provider_id}",
            cart_id,
            provider_id,
            headers=custom_headers,
            causes_of_500=_NO_CART,
        )
