"""Carts: create, fill, pay for and complete them."""

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
    """Response with one cart."""

    cart: Cart
    data: Cart = field()
    """The same cart again. Only the response to `create_payment_sessions` includes this key."""


@entity
class StoreCompleteCartRes(Result):
    """Response to `carts.complete`: an order, a swap or the cart.

    Check the class of `data` to see which one it is::

        completed = medusa.carts.complete(cart_id)
        if isinstance(completed.data, Order):
            print(completed.data.display_id)
    """

    type: str
    """The kind of `data`: "order", "swap", or "cart" if the customer must take another step to pay."""
    data: Annotated[Order | Cart | Swap, ToldApartBy("type")]
    """An order includes its relations except `customer` and `fulfillments`. A cart includes only its columns and
    payment sessions. A swap includes only its columns and its shipping address."""
    payment_status: PaymentSessionStatus | str = field()
    """The status that the payment provider reports, such as "requires_more". It is loaded only if `data` is a cart."""


class StorePostCartReqItem(TypedDict):
    """An item of a new cart."""

    variant_id: str
    quantity: int
    """The number of units. The backend treats 0 as 1."""


class StorePostCartReq(TypedDict, total=False):
    """Payload of `carts.create`."""

    region_id: str
    """The ID of the region. By default, the cart is created in the first region of the shop."""
    country_code: str
    """ISO 3166-1 alpha-2 code of a country in the region."""
    items: list[StorePostCartReqItem]
    sales_channel_id: str
    """The ID of the cart's sales channel."""
    context: dict[str, Any]
    """Custom data. The backend adds the IP address and the user agent of the request."""


class StorePostCartsCartReqDiscount(TypedDict):
    """A discount to apply to a cart."""

    code: str
    """The discount code. It is case-insensitive."""


class StorePostCartsCartReqGiftCard(TypedDict):
    """A gift card to apply to a cart."""

    code: str
    """The gift card code. It is case-sensitive."""


class StorePostCartsCartReq(TypedDict, total=False):
    """Payload of `carts.update`. Keys that you leave out keep their values."""

    region_id: str
    """The ID of the new region. Another region changes the prices and removes the shipping methods and payment
    sessions."""
    country_code: str
    """ISO 3166-1 alpha-2 code of a country in the region."""
    email: str
    """The e-mail address of the customer. The backend stores it in lower case."""
    billing_address: AddressPayload | str
    """An address or the ID of an address. Keys that the address leaves out keep their values in the cart."""
    shipping_address: AddressPayload | str
    """An address or the ID of an address. Keys that the address leaves out keep their values in the cart."""
    gift_cards: list[StorePostCartsCartReqGiftCard]
    """All gift cards of the cart. This list replaces the previous one."""
    discounts: list[StorePostCartsCartReqDiscount]
    """All discounts of the cart. This list replaces the previous one; `[]` removes all discounts. The backend keeps
    only one discount of the types percentage and fixed, and drops the others without an error."""
    customer_id: str
    """The ID of the customer."""
    context: dict[str, Any]
    """Custom data."""
    sales_channel_id: str
    """The ID of the new sales channel. Items that this channel does not sell are removed from the cart."""


class StorePostCartsCartShippingMethodReq(TypedDict):
    """Payload of `carts.add_shipping_method`."""

    option_id: str
    """The ID of a shipping option that `shipping_options.list_cart_options` returned for this cart."""
    data: NotRequired[dict[str, Any]]
    """Data for the fulfillment provider, such as a pick-up point."""


class StorePostCartsCartPaymentSessionReq(TypedDict):
    """Payload of `carts.set_payment_session`."""

    provider_id: str
    """The ID of the payment provider."""


class StorePostCartsCartPaymentSessionUpdateReq(TypedDict):
    """Payload of `carts.update_payment_session`."""

    data: dict[str, Any]
    """Data for the payment provider, such as the token of a card."""


_NO_CART = "the cart does not exist"
_NO_CART_OR_SESSION = "the cart does not exist, has no payment sessions, or contains a deleted variant"
_NO_CART_OR_DELETED_VARIANT = "the cart does not exist or contains a deleted variant"


class CartsResource(Resource):
    """Carts.

    Every method except `complete` returns the whole cart. Amounts are integers in the smallest unit of the currency of
    `cart.region`, rates are percentages, and timestamps are in UTC.
    """

    line_items: Lazy[LineItemsResource] = lazy("medusa.resources.line_items:LineItemsResource")
    """Add, change and remove the items of a cart."""

    def create(self, payload: StorePostCartReq | None = None, custom_headers: Headers = None) -> StoreCartsRes:
        """Create a cart and return it as `.cart`.

        `POST /store/carts`

        If a customer is logged in, the cart belongs to that customer.

        Raises `MedusaNotFoundError` if no region has the given ID. Raises `MedusaInvalidRequestError` if the country is
        not in the region, or if a variant has no price in the region's currency. Raises `MedusaServerError` if a
        quantity is negative, or if the client's publishable API key has several sales channels.
        """
        causes = "a quantity is negative, or the publishable API key has several sales channels"
        json = StorePostCartReq() if payload is None else payload
        return self._post(StoreCartsRes, "/store/carts", json=json, headers=custom_headers, causes_of_500=causes)

    def retrieve(
        self, cart_id: str, custom_headers: Headers = None, *, expand: Names = None, fields: Names = None
    ) -> StoreCartsRes:
        """Return the cart with this ID as `.cart`.

        `GET /store/carts/{cart_id}`

        If a customer is logged in, the backend assigns the cart to that customer and updates its prices.

        Raises `MedusaNotFoundError` if no cart has this ID. Raises `MedusaServerError` if `expand` or `fields` contains
        an unknown name, or if the cart contains a deleted variant.
        """
        return self._get(
            StoreCartsRes,
            "/store/carts/{cart_id}",
            cart_id,
            query=selection(expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name, or the cart contains a deleted variant",
        )

    def update(self, cart_id: str, payload: StorePostCartsCartReq, custom_headers: Headers = None) -> StoreCartsRes:
        """Change a cart, for example its region, addresses, discounts or gift cards. Return the cart as `.cart`.

        `POST /store/carts/{cart_id}`

        If a customer is logged in, the backend assigns the cart to that customer and keeps the customer's e-mail
        address. Otherwise, setting `email` makes the cart a guest's cart, even if a registered customer has this
        address. The order is then not in the list of that customer's orders.

        Raises `MedusaNotFoundError` if a discount, gift card, region, customer, sales channel or country does not
        exist. Raises `MedusaInvalidRequestError` if a discount is not valid now or not valid in this region, if a gift
        card is disabled or belongs to another region, or if the shipping country is not in the region. Raises
        `MedusaServerError` if no cart has this ID, if no address has the given ID, or if an address or `discounts` is
        None.
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
        """Complete the cart to place the order. Return the order, the swap or the cart as `.data`.

        `POST /store/carts/{cart_id}/complete`

        `.data` is an `Order` if the order was placed, and a `Swap` if the cart belongs to a swap. `.data` is the `Cart`
        if the payment is not authorized yet; `.payment_status` is then the status of the payment. `.type` also tells
        which one it is. Completing a completed cart returns its order again.

        Set an `email` before you complete the cart. Without one, the call raises `MedusaInvalidRequestError` and the
        cart can never be completed. The backend never responds if the cart belongs to a swap for which the customer has
        to pay, so set a `deadline`.

        Raises `MedusaConflictError` with the code "insufficient_inventory" if an item is out of stock. Raises
        `MedusaInvalidRequestError` if the payment is declined; `.code` is then the code of the payment provider, such
        as "card_declined". Raises `MedusaInvalidRequestError` if the cart has no items or no selected payment session.

        Raises `MedusaInvalidRequestError` with the type "duplicate_error" if another call is completing the same cart.
        The order may exist then, so call `complete` again. If the error remains for more than a few seconds, an earlier
        call failed halfway. The cart can then never be completed.

        Raises `MedusaServerError` if no cart has this ID, if the cart contains a deleted variant, or if the payment
        provider fails.
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
        """Select a shipping option for the cart. Return the cart as `.cart`.

        `POST /store/carts/{cart_id}/shipping-methods`

        The new shipping method replaces the cart's shipping method of the same shipping profile. Medusa also accepts
        options that are meant for returns or only for the Admin. Pass only an option that
        `shipping_options.list_cart_options` returned for this cart.

        Raises `MedusaNotFoundError` if the cart is completed. Raises `MedusaInvalidRequestError` if the option belongs
        to another region. Raises `MedusaServerError` if no cart has this ID, or if the fulfillment provider rejects
        `data`.
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
        """Remove a discount from the cart. Return the cart as `.cart`.

        `DELETE /store/carts/{cart_id}/discounts/{code}`

        If the cart does not have the discount, the call changes nothing and raises no error.

        Raises `MedusaServerError` if no cart has this ID.
        """
        route = "/store/carts/{cart_id}/discounts/{code}"
        return self._delete(StoreCartsRes, route, cart_id, code, headers=custom_headers, causes_of_500=_NO_CART)

    def create_payment_sessions(self, cart_id: str, custom_headers: Headers = None) -> StoreCartsRes:
        """Create a payment session for each payment provider of the region. Return the cart as `.cart`.

        `POST /store/carts/{cart_id}/payment-sessions`

        If the region has only one provider, its session is selected automatically. Otherwise, select a session with
        `set_payment_session`. The backend creates no payment session for a cart with a total of 0.

        Raises `MedusaServerError` if no cart has this ID, or if the cart contains a deleted variant.
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
        """Select the payment session of a provider. Return the cart as `.cart`.

        `POST /store/carts/{cart_id}/payment-session`

        Raises `MedusaInvalidRequestError` if the region does not have the provider. Raises `MedusaInvalidRequestError`
        if the provider rejects the request; `.code` is then the code of the provider. Raises `MedusaServerError` if no
        cart has this ID, or if the cart has no payment sessions or contains a deleted variant.
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
        """Send data, such as the token of a card, to a provider's payment session. Return the cart as `.cart`.

        `POST /store/carts/{cart_id}/payment-sessions/{provider_id}`

        The backend also selects this payment session.

        Raises `MedusaInvalidRequestError` if the region does not have the provider. Raises `MedusaInvalidRequestError`
        if the provider rejects the request; `.code` is then the code of the provider. Raises `MedusaServerError` if no
        cart has this ID, or if the cart has no payment sessions or contains a deleted variant.
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
        """Replace a provider's payment session with a new one. Return the cart as `.cart`.

        `POST /store/carts/{cart_id}/payment-sessions/{provider_id}/refresh`

        The cart in the response has no `billing_address`, `payment` and `sales_channel`.

        Raises `MedusaServerError` if no cart has this ID, or if the cart contains a deleted variant.
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
        """Delete the payment session of a provider. Return the cart as `.cart`.

        `DELETE /store/carts/{cart_id}/payment-sessions/{provider_id}`

        If the cart does not have the payment session, the call changes nothing and raises no error.

        Raises `MedusaServerError` if no cart has this ID.
        """
        return self._delete(
            StoreCartsRes,
            "/store/carts/{cart_id}/payment-sessions/{provider_id}",
            cart_id,
            provider_id,
            headers=custom_headers,
            causes_of_500=_NO_CART,
        )
