"""How a test puts discounts and gift cards into a store, and looks at its carts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from .. import Cart, Discount, GiftCard
from .adding import known_row, refuse_all_but_columns, refuse_taken
from .answers import Refused
from .carts import CART_RELATIONS, cart_body
from .catalogue import entity
from .database import Database
from .entities import JSON, new_id
from .json_text import now, timestamp
from .relations import load, store


class Vouchers:
    """The part of a store that is about carts and what makes them cheaper."""

    _database: Database

    @property
    def carts(self) -> list[Cart]:
        """All carts, with what the routes send of them, the oldest first.

        A cart whose variants are all deleted has no totals: a backend fails to send it.
        """
        with self._database.transaction():
            return [self._cart(row) for row in self._database.find("cart")]

    def _cart(self, row: JSON) -> Cart:
        try:
            return Cart.from_dict(cart_body(self._database, row["id"]))
        except Refused:
            return Cart.from_dict(load(self._database, "cart", row, CART_RELATIONS))

    @property
    def discounts(self) -> list[Discount]:
        """All discounts, with their rules and regions, the oldest first."""
        return [self._discount(row) for row in self._database.find("discount")]

    @property
    def gift_cards(self) -> list[GiftCard]:
        """All gift cards, with their regions, the oldest first."""
        return [self._gift_card(row) for row in self._database.find("gift_card")]

    def add_discount(
        self,
        code: str,
        *,
        type: Literal["percentage", "fixed", "free_shipping"] = "percentage",
        value: int = 0,
        allocation: Literal["total", "item"] = "total",
        region_ids: Iterable[str] | None = None,
        starts_at: datetime | None = None,
        ends_at: datetime | None = None,
        usage_limit: int | None = None,
        **fields: Any,
    ) -> Discount:
        """Add a discount, and return it with its rule and regions.

        `code`: customers may write it in any case. `value`: percent, or an amount in the smallest currency unit.
        `allocation`: whether a fixed amount is taken off the cart or off each piece of each item. `region_ids`: where
        it is valid; everywhere if not given. `starts_at`, `ends_at`: when it is valid, as aware datetimes; without the
        first, from now on. `usage_limit`: how many orders can have it. `fields`: any other column of a `Discount`, such
        as `is_disabled` or `usage_count`.

        Raises `TypeError` for a name that a discount does not have, and `ValueError` for a type, value or allocation
        that there is not, for a region that is not there, and for a code or an id that is there already.
        """
        refuse_all_but_columns("discount", fields, Discount)
        if type not in ("percentage", "fixed", "free_shipping"):
            raise ValueError(f"a discount's type is percentage, fixed or free_shipping, not {type!r}")
        if allocation not in ("total", "item"):
            raise ValueError(f"a discount's allocation is total or item, not {allocation!r}")
        if value < 0 or (type == "percentage" and value > 100):
            raise ValueError("a discount's value is from 0 to 100 percent, or an amount that is not negative")
        created_at = now()
        rule: JSON = {"description": None, "type": type, "value": value, "allocation": allocation, "metadata": None}
        discount = entity(
            new_id("disc"),
            created_at,
            code=code.strip().upper(),
            is_dynamic=False,
            rule=entity(new_id("dru"), created_at, **rule),
            is_disabled=False,
            parent_discount_id=None,
            starts_at=timestamp(starts_at) if starts_at else created_at,
            ends_at=timestamp(ends_at) if ends_at else None,
            valid_duration=None,
            usage_limit=usage_limit,
            usage_count=0,
            metadata=None,
        )
        discount |= {**fields, "rule_id": discount["rule"]["id"]}
        with self._database.transaction():
            for column in ("id", "code"):
                refuse_taken(self._database, "discount", **{column: discount[column]})
            regions = self._database.find("region")
            ids = [region["id"] for region in regions] if region_ids is None else list(region_ids)
            discount["regions"] = [known_row(self._database, "region", id) for id in ids]
            store(self._database, "discount", discount)
            return self._discount(known_row(self._database, "discount", discount["id"]))

    def add_gift_card(
        self,
        code: str,
        value: int,
        *,
        region_id: str | None = None,
        balance: int | None = None,
        ends_at: datetime | None = None,
        **fields: Any,
    ) -> GiftCard:
        """Add a gift card, and return it with its region.

        `code`: customers must write it as it is. `value`, `balance`: what it was worth, and what is left of that, in
        the smallest unit of the currency of its region; all of it if not given. `region_id`: the first region if not
        given. `fields`: any other column of a `GiftCard`, such as `is_disabled`; `tax_rate` is that of the region.

        Raises `TypeError` for a name that a gift card does not have, and `ValueError` for an amount below 0, for a
        region that is not there, and for a code or an id that is there already.
        """
        refuse_all_but_columns("gift_card", fields, GiftCard)
        balance = value if balance is None else balance
        if value < 0 or balance < 0:
            raise ValueError("the value and the balance of a gift card must not be negative")
        with self._database.transaction():
            if self._database.find("gift_card", code=code):
                raise ValueError("there is a gift card with this code")
            first = self._database.find("region")[:1]
            if region_id is None and not first:
                raise ValueError("a gift card needs a region: add one")
            region = first[0] if region_id is None else known_row(self._database, "region", region_id)
            card = entity(
                fields.pop("id", new_id("gift")),
                now(),
                code=code,
                value=value,
                balance=balance,
                region_id=region["id"],
                order_id=None,
                is_disabled=False,
                ends_at=timestamp(ends_at) if ends_at else None,
                tax_rate=region["tax_rate"] or None if region["gift_cards_taxable"] else None,
                metadata=None,
            )
            card |= fields
            refuse_taken(self._database, "gift_card", id=card["id"])
            store(self._database, "gift_card", card)
            return self._gift_card(known_row(self._database, "gift_card", card["id"]))

    def _discount(self, row: JSON) -> Discount:
        return Discount.from_dict(load(self._database, "discount", row, ["rule", "regions"]))

    def _gift_card(self, row: JSON) -> GiftCard:
        return GiftCard.from_dict(load(self._database, "gift_card", row, ["region"]))
