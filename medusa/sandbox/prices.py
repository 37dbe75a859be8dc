"""Select the price of a variant by region or currency, sale, quantity and customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import attrs

from .database import Database
from .entities import JSON
from .queries import not_found
from .relations import load
from .totals import round_half_up

COMPUTED = (
    *("original_price", "calculated_price", "original_price_incl_tax", "calculated_price_incl_tax"),
    *("original_tax", "calculated_tax", "tax_rates"),
)
"""The price fields of a variant, besides `calculated_price_type`."""


@attrs.frozen
class PriceContext:
    """The region, the currency and the customer for the prices of variants."""

    currency_code: str | None = None
    region: JSON | None = None
    customer: JSON | None = None

    @classmethod
    def of(
        cls,
        database: Database,
        *,
        region_id: str | None = None,
        currency_code: str | None = None,
        customer_id: str | None = None,
    ) -> PriceContext:
        """Return the context for these IDs. A region's currency wins. Raises `Refused` for an unknown region."""
        region = database.get("region", region_id) if region_id else None
        if region_id and region is None:
            raise not_found(f"Region with {region_id} was not found")
        customer = database.get("customer", customer_id) if customer_id else None
        return cls(region["currency_code"] if region else currency_code, region, customer)

    def tax_rates(self, database: Database, product: JSON | None) -> list[JSON] | None:
        """Return the tax rates for the prices of a product, or None if the region calculates taxes at the checkout."""
        if self.region is None or not self.region["automatic_taxes"]:
            return None
        return product_rates(database, product, self.region)


@attrs.frozen
class SelectedPrice:
    """The prices of a variant in a context."""

    prices: list[JSON]
    """All prices in the context, with their price lists."""
    original: int | None = None
    calculated: int | None = None
    """The lowest price, or None if there is no price for this quantity."""
    type: str | None = None
    """The type of the price list of the lowest price, or `default`."""

    def fields(self, rates: list[JSON] | None) -> JSON:
        """Return the price fields of the variant, with these tax rates."""
        result: JSON = {"original_price": self.original, "calculated_price": self.calculated}
        result |= {"calculated_price_type": self.type} if self.type else {}
        result |= dict.fromkeys(name for name in COMPUTED if name not in result)
        if rates is not None:
            result["tax_rates"] = rates
            rate = sum(each["rate"] or 0 for each in rates) / 100
            for name, amount in (("original", self.original), ("calculated", self.calculated)):
                if amount is not None:
                    tax = round_half_up(amount * rate)
                    result |= {f"{name}_tax": tax, f"{name}_price_incl_tax": amount + tax}
        return {**result, "prices": self.prices}


def product_rates(database: Database, product: JSON | None, region: JSON) -> list[JSON]:
    """Return the tax rates of a product or its type in a region, or else the tax rate of the region."""
    found = [
        {name: value for name, value in rate.items() if not name.startswith("_")}
        for rate in database.find("tax_rate", region_id=region["id"])
        if product
        and (product["id"] in rate.get("_products", ()) or product.get("type_id") in rate.get("_product_types", ()))
    ]
    return found or [{"rate": region["tax_rate"], "name": "default", "code": "default"}]


def select_price(
    database: Database, variant_id: str, context: PriceContext, quantity: int | None = None
) -> SelectedPrice | None:
    """Return the prices of a variant like Medusa's price selection, or None if it has no price in the context."""
    prices = [
        price
        for row in database.find("money_amount", variant_id=variant_id)
        if _is_in(price := load(database, "money_amount", row, ["price_list"]), context)
        and _is_open(database, row.get("price_list_id"), context.customer)
    ]
    if not prices:
        return None
    here = prices if context.currency_code or context.region else []
    plain = [price for price in here if not price.get("price_list_id") and _is_for_any_quantity(price)]
    regional = [price["amount"] for price in plain if price.get("region_id")]
    original = regional[-1] if regional else next((price["amount"] for price in plain), None)
    best = min((price for price in here if _is_for(price, quantity)), key=_amount, default=None)
    if best is None:
        return SelectedPrice(prices, original)
    price_list = best["price_list"]
    return SelectedPrice(prices, original, best["amount"], price_list["type"] if price_list else "default")


def unit_price(database: Database, variant_id: str, context: PriceContext, quantity: int | None = None) -> int | None:
    """Return the price of a line item with this variant and quantity, without tax, or None if there is none."""
    selected = select_price(database, variant_id, context, quantity)
    return selected.calculated if selected else None


def _amount(price: Mapping[str, Any]) -> int:
    amount: int = price["amount"]
    return amount


def _is_in(price: JSON, context: PriceContext) -> bool:
    if context.currency_code is None and context.region is None:
        return True
    is_regional = context.region is not None and price.get("region_id") == context.region["id"]
    return is_regional or bool(price["currency_code"] == context.currency_code)


def _is_open(database: Database, price_list_id: str | None, customer: JSON | None) -> bool:
    """Return whether a price list is active now and applies to this customer."""
    if price_list_id is None:
        return True
    price_list = database.get("price_list", price_list_id)
    if price_list is None:
        return False
    groups = set(price_list.get("_customer_groups", []))
    now = datetime.now(UTC)
    return (
        price_list["status"] == "active"
        and _is_past(price_list.get("starts_at"), now, unless=True)
        and not _is_past(price_list.get("ends_at"), now, unless=False)
        and (not groups or bool(groups & set((customer or {}).get("_groups", []))))
    )


def _is_past(moment: str | None, now: datetime, *, unless: bool) -> bool:
    return unless if moment is None else datetime.fromisoformat(moment) < now


def _is_for_any_quantity(price: JSON) -> bool:
    return price.get("min_quantity") is None and price.get("max_quantity") is None


def _is_for(price: JSON, quantity: int | None) -> bool:
    least, most = price.get("min_quantity"), price.get("max_quantity")
    if quantity is None:
        return not least
    return (not least or least <= quantity) and (not most or most >= quantity)
