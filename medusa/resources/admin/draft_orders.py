"""Draft orders: orders that the shop prepares for a customer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .checks import check_not_negative, check_positive, check_whole
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.draft_order import DraftOrder, DraftOrderStatus
    from ...models.order import Order
    from ..addresses import AddressPayload
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminDraftOrdersDeleteRes",
    "AdminDraftOrdersListRes",
    "AdminDraftOrdersRes",
    "AdminDraftOrdersResource",
    "AdminGetDraftOrdersParams",
    "AdminPostDraftOrdersDraftOrderLineItemsItemReq",
    "AdminPostDraftOrdersDraftOrderLineItemsReq",
    "AdminPostDraftOrdersDraftOrderRegisterPaymentRes",
    "AdminPostDraftOrdersDraftOrderReq",
    "AdminPostDraftOrdersReq",
    "AdminPostDraftOrdersReqDiscount",
    "AdminPostDraftOrdersReqItem",
    "AdminPostDraftOrdersReqShippingMethod",
]


@entity
class AdminDraftOrdersRes(Result):
    """Response with one draft order."""

    draft_order: DraftOrder


@entity
class AdminDraftOrdersListRes(Result):
    """Response with a page of draft orders."""

    draft_orders: list[DraftOrder]
    count: int
    """The number of matching draft orders on all pages."""
    offset: int
    limit: int


@entity
class AdminDraftOrdersDeleteRes(DeleteResponse):
    """Response with the ID of the deleted draft order."""


@entity
class AdminPostDraftOrdersDraftOrderRegisterPaymentRes(Result):
    """Response with the order created from a draft order."""

    order: Order


class AdminPostDraftOrdersReqItem(TypedDict):
    """An item: either a variant, or a custom item with its own title and price."""

    quantity: int
    variant_id: NotRequired[str]
    title: NotRequired[str]
    """`Custom item` if neither this key nor `variant_id` is given."""
    unit_price: NotRequired[int]
    """Smallest currency unit, at least 0. By default, the price of the variant, or 0 if there is no variant."""
    metadata: NotRequired[dict[str, Any]]


class AdminPostDraftOrdersReqDiscount(TypedDict):
    """A discount."""

    code: str


class AdminPostDraftOrdersReqShippingMethod(TypedDict):
    """How to ship the items."""

    option_id: str
    data: NotRequired[dict[str, Any]]
    price: NotRequired[int]
    """Smallest currency unit, at least 0. By default, the price of the shipping option."""


class AdminPostDraftOrdersReq(TypedDict):
    """Payload of `admin.draft_orders.create`."""

    email: str
    region_id: str
    shipping_methods: list[AdminPostDraftOrdersReqShippingMethod]
    items: NotRequired[list[AdminPostDraftOrdersReqItem] | None]
    billing_address: NotRequired[AddressPayload | str | None]
    """An address or the ID of an address."""
    shipping_address: NotRequired[AddressPayload | str | None]
    """An address or the ID of an address."""
    discounts: NotRequired[list[AdminPostDraftOrdersReqDiscount] | None]
    customer_id: NotRequired[str | None]
    """The backend does not check this value."""
    no_notification_order: NotRequired[bool | None]
    """Whether to send the customer no notification of the order."""
    status: NotRequired[DraftOrderStatus | str | None]
    """The backend accepts this key, but a new draft order is always open."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostDraftOrdersDraftOrderReq(TypedDict, total=False):
    """Payload of `admin.draft_orders.update`. Keys that you leave out keep their values."""

    region_id: str | None
    country_code: str | None
    """ISO 3166-1 alpha-2 code in lower case, such as "fr"."""
    email: str | None
    billing_address: AddressPayload | str | None
    """An address or the ID of an address."""
    shipping_address: AddressPayload | str | None
    """An address or the ID of an address."""
    discounts: list[AdminPostDraftOrdersReqDiscount] | None
    """All discounts of the draft order. They replace the current ones."""
    no_notification_order: bool | None
    customer_id: str | None


class AdminPostDraftOrdersDraftOrderLineItemsReq(TypedDict):
    """An item to add."""

    quantity: int
    variant_id: NotRequired[str | None]
    title: NotRequired[str | None]
    """`Custom item` if neither this key nor `variant_id` is given."""
    unit_price: NotRequired[int | None]
    """Smallest currency unit, at least 0. By default, the price of the variant, or 0 if there is no variant."""
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostDraftOrdersDraftOrderLineItemsItemReq(TypedDict, total=False):
    """Payload of `admin.draft_orders.update_line_item`. Keys that you leave out keep their values."""

    title: str | None
    unit_price: int | None
    """Smallest currency unit, at least 0."""
    quantity: int | None
    """0 removes the item."""
    metadata: dict[str, Any] | None


class AdminGetDraftOrdersParams(TypedDict, total=False):
    """Options of `admin.draft_orders.list`."""

    q: str
    """Text to find in the display ID and in the e-mail address."""
    status: list[DraftOrderStatus | str]
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    offset: int
    """The number of draft orders to skip."""
    limit: int
    """The maximum number of draft orders to return. The default is 50; 0 returns all."""
    order: str
    """The field to sort by. Put `-` before the field for descending order."""
    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """The backend rejects every value except a number, and ignores a number."""


class AdminDraftOrdersResource(Resource):
    """Draft orders. Amounts are in the smallest unit of the region's currency."""

    def create(self, payload: AdminPostDraftOrdersReq, custom_headers: Headers = None) -> AdminDraftOrdersRes:
        """Create a draft order and return it as `.draft_order`, with its `cart`.

        `POST /admin/draft-orders`

        The backend does not check whether the items are in stock.

        Raises `ValueError` if a price is negative. Raises `ValueError` if a quantity or unit price would stop the
        backend's process: a quantity of 0, a fraction, or a number above 2147483647. Raises `MedusaNotFoundError` if
        the region, a discount or a shipping option does not exist. Raises `MedusaInvalidRequestError` if a value is
        missing or malformed, or if a variant does not exist. Raises `MedusaServerError` if a shipping price is a
        fraction.
        """
        check_positive(payload, "items[].quantity")
        check_not_negative(payload, "items[].unit_price", "shipping_methods[].price")
        check_whole(payload, "items[].quantity", "items[].unit_price")
        return self._post(
            AdminDraftOrdersRes,
            "/admin/draft-orders",
            json=payload,
            headers=custom_headers,
            causes_of_500="the price of a shipping method is not a whole number",
        )

    def add_line_item(
        self, id: str, payload: AdminPostDraftOrdersDraftOrderLineItemsReq, custom_headers: Headers = None
    ) -> AdminDraftOrdersRes:
        """Add an item and return the draft order as `.draft_order`.

        `POST /admin/draft-orders/{id}/line-items`

        The response does not include `order`.

        Raises `ValueError` if the price is negative or the quantity is not greater than 0. Raises `MedusaNotFoundError`
        if no draft order has this ID. Raises `MedusaInvalidRequestError` if a value is missing or malformed, or if the
        draft order is paid.
        """
        check_positive(payload, "quantity")
        check_not_negative(payload, "unit_price")
        route = "/admin/draft-orders/{id}/line-items"
        return self._post(AdminDraftOrdersRes, route, id, json=payload, headers=custom_headers)

    def delete(self, id: str, custom_headers: Headers = None) -> AdminDraftOrdersDeleteRes:
        """Delete a draft order that is not paid.

        `DELETE /admin/draft-orders/{id}`

        The result is the same if no draft order has this ID.

        Raises `MedusaNotFoundError` if the draft order is paid.
        """
        return self._delete(AdminDraftOrdersDeleteRes, "/admin/draft-orders/{id}", id, headers=custom_headers)

    def remove_line_item(self, id: str, item_id: str, custom_headers: Headers = None) -> AdminDraftOrdersRes:
        """Remove an item and return the draft order as `.draft_order`.

        `DELETE /admin/draft-orders/{id}/line-items/{item_id}`

        If no item has this ID, the call changes nothing and raises no error. The response does not include `order`.

        Raises `MedusaNotFoundError` if the draft order does not exist. Raises `MedusaInvalidRequestError` if the draft
        order is paid.
        """
        route = "/admin/draft-orders/{id}/line-items/{item_id}"
        return self._delete(AdminDraftOrdersRes, route, id, item_id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminDraftOrdersRes:
        """Return the draft order with this ID as `.draft_order`, with its `cart`, its `order` and the cart's totals.

        `GET /admin/draft-orders/{id}`

        Raises `MedusaNotFoundError` if no draft order has this ID.
        """
        return self._get(AdminDraftOrdersRes, "/admin/draft-orders/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetDraftOrdersParams | None = None, custom_headers: Headers = None
    ) -> AdminDraftOrdersListRes:
        """Return a page of draft orders as `.draft_orders`, newest first.

        `GET /admin/draft-orders`

        `.count` is the number of all draft orders that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand` or `order` contains an unknown name, or if `limit` or `offset` is negative.
        """
        return self._get(
            AdminDraftOrdersListRes,
            "/admin/draft-orders",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetDraftOrdersParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[DraftOrder]:
        """Return an iterator over all draft orders. Each page is fetched when it is needed.

        `GET /admin/draft-orders`

        The draft orders are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "draft_orders",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def mark_paid(self, id: str, custom_headers: Headers = None) -> AdminPostDraftOrdersDraftOrderRegisterPaymentRes:
        """Turn a draft order into a paid order and return the order as `.order`.

        `POST /admin/draft-orders/{id}/pay`

        The payment provider of the order is `system`, and no money is charged. The backend does not check whether the
        items are in stock.

        Raises `MedusaNotFoundError` if no draft order has this ID. Raises `MedusaInvalidRequestError` if the draft
        order has no items (400), or, with the type `duplicate_error`, if it is already paid (422).
        """
        route = "/admin/draft-orders/{id}/pay"
        return self._post(AdminPostDraftOrdersDraftOrderRegisterPaymentRes, route, id, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostDraftOrdersDraftOrderReq, custom_headers: Headers = None
    ) -> AdminDraftOrdersRes:
        """Change a draft order and return it as `.draft_order`.

        `POST /admin/draft-orders/{id}`

        Keys that you leave out keep their values. A given address replaces the previous one. The response does not
        include `order`.

        Raises `MedusaNotFoundError` if the draft order, the region or a discount does not exist. Raises
        `MedusaInvalidRequestError` if a value is malformed or the draft order is paid.
        """
        return self._post(
            AdminDraftOrdersRes,
            "/admin/draft-orders/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def update_line_item(
        self,
        id: str,
        item_id: str,
        payload: AdminPostDraftOrdersDraftOrderLineItemsItemReq,
        custom_headers: Headers = None,
    ) -> AdminDraftOrdersRes:
        """Change an item and return the draft order as `.draft_order`.

        `POST /admin/draft-orders/{id}/line-items/{item_id}`

        Keys that you leave out keep their values.

        Raises `ValueError` if the price or the quantity is negative. Raises `MedusaNotFoundError` if the draft order
        does not exist. Raises `MedusaInvalidRequestError` if the item does not exist, a value is malformed, or the
        draft order is paid.
        """
        check_not_negative(payload, "unit_price", "quantity")
        return self._post(
            AdminDraftOrdersRes,
            "/admin/draft-orders/{id}/line-items/{item_id}",
            id,
            item_id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )
