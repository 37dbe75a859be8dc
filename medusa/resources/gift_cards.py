"""Gift cards: look up the value and the balance of a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.gift_card import GiftCard

__all__ = ["GiftCardsResource", "StoreGiftCardsRes"]


@entity
class StoreGiftCardsRes(Result):
    """Response with one gift card."""

    gift_card: GiftCard


class GiftCardsResource(Resource):
    """Gift cards.

    Amounts are integers in the smallest unit of the currency of `gift_card.region`.
    """

    def retrieve(self, code: str, custom_headers: Headers = None) -> StoreGiftCardsRes:
        """Return the gift card with this code as `.gift_card`.

        `GET /store/gift-cards/{code}`

        The code is case-sensitive. Expired and disabled gift cards are also returned. The response includes only `id`,
        `code`, `value`, `balance` and `region`.

        Raises `MedusaNotFoundError` if no gift card has this code.
        """
        return self._get(StoreGiftCardsRes, "/store/gift-cards/{code}", code, headers=custom_headers)
