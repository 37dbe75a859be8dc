"""Gift cards: what a code is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.gift_card import GiftCard

__all__ = ["GiftCardsResource", "StoreGiftCardsRes"]


@entity
class StoreGiftCardsRes(Result):
    """A gift card."""

    gift_card: GiftCard


class GiftCardsResource(Resource):
    """Gift cards."""

    def retrieve(self, code: str, custom_headers: Headers = None) -> StoreGiftCardsRes:
        """Return the gift card with this code, as `.gift_card`.

        `GET /store/gift-cards/{code}`

        The code is case-sensitive. `balance` and `value` are in the smallest unit of the currency of `.region`. Expired
        and disabled cards are returned too. Raises `MedusaNotFoundError` for an unknown code.
        """
        return self._get(StoreGiftCardsRes, "/store/gift-cards/{code}", code, headers=custom_headers)
