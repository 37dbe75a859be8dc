"""The methods of `SandboxStore` for carts, discounts and gift cards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from .. import Cart, Discount, GiftCard
from .adding import known_row, refuse_all_but_columns, refuse_taken
from .carts import CART_RELATIONS, cart_body
from .catalogue import entity
from .database import Database
from .entities import JSON, new_id
from .json_text import now, timestamp
from .relations import load, store
from .responses import Refused


class Vouchers:
    """The part of `SandboxStore` for carts, discounts and gift cards."""

    _database: Database

    @property
    def carts(self) -> list[Cart]:
        """All carts, with the fields that the cart routes send. The oldest cart is first.

        If all variants of a cart are deleted, the cart has no totals, because a backend cannot send such a cart.
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
        """All discounts with their rules and regions. The oldest discount is first."""
        return [self._discount(row) for row in self._database.find("discount")]

    @property
    def gift_cards(self) -> list[GiftCard]:
        """All gift cards with their regions. The oldest gift card is first."""
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

        - `code`: the discount code. Customers can enter it in upper or lower case.
        - `value`: percent, or an amount in the smallest currency unit.
        - `allocation`: "total" subtracts a fixed amount once from the cart, "item" from each piece of each item.
        - `region_ids`: the regions where the discount is valid. By default it is valid in all regions.
        - `starts_at`, `ends_at`: when the discount is valid, as timezone-aware datetimes. By default it starts now and
          does not end.
        - `usage_limit`: the number of orders that can use the discount.
        - `fields`: any other columns of a `Discount`, for example `is_disabled` or `usage_count`.

        Raises `TypeError` for an unknown field. Raises `ValueError` if the type, value or allocation is not valid, if a
        region does not exist, or if the code or ID already exists.
        """
        refuse_all_but_columns("discount", fields, Discount)
        if type not in ("percentage", "fixed", "free_shipping"):
            raise ValueError(f"a discount's type must be percentage, fixed or free_shipping, not {type!r}")
        if allocation not in ("total", "item"):
            raise ValueError(f"a discount's allocation must be total or item, not {allocation!r}")
        if value < 0 or (type == "percentage" and value > 100):
            raise ValueError("a discount's value must be from 0 to 100 percent, or an amount that is not negative")
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

        - `code`: the code. Customers must enter it exactly.
        - `value`, `balance`: the original and the remaining amount, in the smallest currency unit of the region. By
          default the balance is the value.
        - `region_id`: the region. By default it is the first region.
        - `fields`: any other columns of a `GiftCard`, for example `is_disabled`. `tax_rate` is the region's by default.

        Raises `TypeError` for an unknown field. Raises `ValueError` if an amount is negative, if the region does not
        exist, or if the code or ID already exists.
        """
        refuse_all_but_columns("gift_card", fields, GiftCard)
        balance = value if balance is None else balance
        if value < 0 or balance < 0:
            raise ValueError("the value and the balance of a gift card must not be negative")
        with self._database.transaction():
            if self._database.find("gift_card", code=code):
                raise ValueError("there already is a gift card with this code")
            first = self._database.find("region")[:1]
            if region_id is None and not first:
                raise ValueError("a gift card requires a region: call add_region first")
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
