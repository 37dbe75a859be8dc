"""Gift cards: create, change and delete them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .checks import check_not_negative
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.gift_card import GiftCard

__all__ = [
    "AdminGetGiftCardsParams",
    "AdminGiftCardsDeleteRes",
    "AdminGiftCardsListRes",
    "AdminGiftCardsRes",
    "AdminGiftCardsResource",
    "AdminPostGiftCardsGiftCardReq",
    "AdminPostGiftCardsReq",
]


@entity
class AdminGiftCardsRes(Result):
    """Response with one gift card."""

    gift_card: GiftCard


@entity
class AdminGiftCardsDeleteRes(DeleteResponse):
    """Response with the ID of the deleted gift card."""


@entity
class AdminGiftCardsListRes(Result):
    """Response with a page of gift cards."""

    gift_cards: list[GiftCard]
    count: int
    """The number of matching gift cards on all pages."""
    offset: int
    limit: int


class AdminPostGiftCardsReq(TypedDict):
    """Payload of `admin.gift_cards.create`."""

    region_id: str
    value: int
    """Smallest currency unit, at least 0. The published type makes this key optional, but the backend requires it."""
    ends_at: NotRequired[datetime | str | None]
    """When the gift card expires. Never by default."""
    is_disabled: NotRequired[bool | None]
    metadata: NotRequired[dict[str, Any] | None]


class AdminPostGiftCardsGiftCardReq(TypedDict, total=False):
    """Payload of `admin.gift_cards.update`. Keys that you leave out keep their values."""

    balance: int | None
    """Smallest currency unit, at least 0 and at most the gift card's `value`."""
    is_disabled: bool | None
    ends_at: datetime | str | None
    """None removes the expiry date."""
    region_id: str | None
    metadata: dict[str, Any] | None
    """Keys to add or replace. The value `""` removes a key; other keys keep their values."""


class AdminGetGiftCardsParams(TypedDict, total=False):
    """Options of `admin.gift_cards.list`."""

    limit: int
    """The maximum number of gift cards to return. The default is 50; 0 returns all."""
    offset: int
    """The number of gift cards to skip."""
    q: str
    """Text to find in the code and in the display ID of the order that the gift card was bought with."""
    order: str
    """The field to sort by. Put `-` before the field for descending order. An unknown field stops the backend's
    process.
    """


class AdminGiftCardsResource(Resource):
    """Gift cards."""

    def create(self, payload: AdminPostGiftCardsReq, custom_headers: Headers = None) -> AdminGiftCardsRes:
        """Create a gift card and return it as `.gift_card`, with its `code`.

        `POST /admin/gift-cards`

        `value` and `balance` are in the smallest unit of the region's currency.

        Raises `ValueError` if the value is negative. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed. Raises `MedusaNotFoundError` if the region does not exist.
        """
        check_not_negative(payload, "value")
        return self._post(AdminGiftCardsRes, "/admin/gift-cards", json=payload, headers=custom_headers)

    def update(
        self, id: str, payload: AdminPostGiftCardsGiftCardReq, custom_headers: Headers = None
    ) -> AdminGiftCardsRes:
        """Change a gift card and return it as `.gift_card`.

        `POST /admin/gift-cards/{id}`

        Keys that you leave out keep their values.

        Raises `ValueError` if the balance is negative. Raises `MedusaInvalidRequestError` if a value is malformed.
        Raises `MedusaNotFoundError` if the gift card or the region does not exist. Raises `MedusaServerError` if the
        balance is above the gift card's value.
        """
        check_not_negative(payload, "balance")
        return self._post(
            AdminGiftCardsRes,
            "/admin/gift-cards/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
            causes_of_500="the balance is above the gift card's value",
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminGiftCardsDeleteRes:
        """Delete a gift card.

        `DELETE /admin/gift-cards/{id}`

        The result is the same if no gift card has this ID.
        """
        return self._delete(AdminGiftCardsDeleteRes, "/admin/gift-cards/{id}", id, headers=custom_headers)

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminGiftCardsRes:
        """Return the gift card with this ID as `.gift_card`, with its `region` and its `order`.

        `GET /admin/gift-cards/{id}`

        Raises `MedusaNotFoundError` if no gift card has this ID.
        """
        return self._get(AdminGiftCardsRes, "/admin/gift-cards/{id}", id, headers=custom_headers)

    def list(
        self, query: AdminGetGiftCardsParams | None = None, custom_headers: Headers = None
    ) -> AdminGiftCardsListRes:
        """Return a page of gift cards as `.gift_cards`, newest first.

        `GET /admin/gift-cards`

        `.count` is the number of all gift cards that match. An unknown field in `order` stops the backend's
        process: the call raises `MedusaConnectionError` and is not retried.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `limit` or `offset` is negative.
        """
        return self._get(
            AdminGiftCardsListRes,
            "/admin/gift-cards",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="limit or offset is negative",
            fatal_keys=("order",),
        )

    def iterate(
        self,
        query: AdminGetGiftCardsParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[GiftCard]:
        """Return an iterator over all gift cards. Each page is fetched when it is needed.

        `GET /admin/gift-cards`

        The gift cards are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
        """
        return iterate(
            self.list,
            "gift_cards",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )
