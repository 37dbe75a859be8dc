"""Build complete products and regions, and add the defaults of every store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import product as combinations
from typing import Any

from .adding import refuse_unknown
from .countries import country
from .currencies import currency
from .database import Database
from .entities import JSON, new_id
from .relations import store

DEFAULT_CHANNEL = "sc_default"
DEFAULT_PROFILE = "sp_default"
GIFT_CARD_PROFILE = "sp_gift_card"
PAYMENT_PROVIDERS = ("manual", "test-pay")
_SIZES = ("weight", "length", "height", "width")
_CUSTOMS = ("hs_code", "origin_country", "mid_code", "material")


def entity(id: str, created_at: str, **values: Any) -> JSON:
    """Return an entity with these values. It is not deleted."""
    return {"id": id, "created_at": created_at, "updated_at": created_at, "deleted_at": None, **values}


def add_defaults(database: Database) -> None:
    """Add the defaults of every Medusa backend: a sales channel, shipping profiles and providers."""
    created_at = "2026-01-05T08:00:00.000Z"
    channel = {"name": "Default Sales Channel", "description": "Created by Medusa", "is_disabled": False}
    database.put("sales_channel", entity(DEFAULT_CHANNEL, created_at, **channel, metadata=None))
    for id, name, kind in (
        (DEFAULT_PROFILE, "Default Shipping Profile", "default"),
        (GIFT_CARD_PROFILE, "Gift Card Profile", "gift_card"),
    ):
        database.put("shipping_profile", entity(id, created_at, name=name, type=kind, metadata=None))
    for id in PAYMENT_PROVIDERS:
        database.put("payment_provider", {"id": id, "is_installed": True})
    database.put("fulfillment_provider", {"id": "manual", "is_installed": True})


def build_region(
    name: str, *, currency_code: str, countries: Iterable[str], tax_rate: float, id: str, created_at: str, **fields: Any
) -> JSON:
    """Return a region with the providers of every store. Raises `TypeError` and `ValueError`."""
    if isinstance(countries, str):
        raise TypeError("countries must be a list of strings")
    known = {code: country(code) for code in countries}
    if unknown := [code for code, row in known.items() if row is None]:
        raise ValueError(f"there is no country {unknown[0]!r}: use two lower-case letters, for example 'de'")
    money = currency(currency_code)
    if money is None:
        raise ValueError(f"there is no currency {currency_code!r}: use three lower-case letters, for example 'eur'")
    if not 0 <= tax_rate <= 100:
        raise ValueError("tax_rate must be from 0 to 100, in percent")
    return {
        **entity(id, created_at, name=name, currency_code=currency_code, tax_rate=tax_rate, tax_code=None),
        "gift_cards_taxable": True,
        "automatic_taxes": True,
        "tax_provider_id": None,
        "metadata": None,
        "countries": list(known.values()),
        "currency": money,
        "fulfillment_providers": [{"id": "manual", "is_installed": True}],
        "payment_providers": [{"id": id, "is_installed": True} for id in PAYMENT_PROVIDERS],
        **fields,
    }


def build_product(
    title: str,
    *,
    prices: Mapping[str, int],
    stock: int,
    options: Mapping[str, Iterable[str]],
    variants: Iterable[Mapping[str, Any]],
    created_at: str,
    key: str | None = None,
    **fields: Any,
) -> JSON:
    """Return a published product with its variants and their prices. Raises `TypeError` and `ValueError`.

    `options`: the values of each option. Without `variants`, each combination is a variant. `variants`: for each, its
    own columns, `options` with the value of each option, and `prices`. `key`: the text for the product's IDs.
    """
    specs = [dict(spec) for spec in variants]
    if not specs:
        choices = [[(name, value) for value in values] for name, values in options.items()]
        specs = [{"options": dict(choice)} for choice in combinations(*choices)]
    names = list(dict.fromkeys([*options, *(name for spec in specs for name in spec.get("options", {}))]))
    product_id = _id("prod", key)
    product_options = [
        entity(_id("opt", key, name), created_at, title=name, product_id=product_id, metadata=None) for name in names
    ]
    option_ids = {option["title"]: option["id"] for option in product_options}
    profile_id = GIFT_CARD_PROFILE if fields.get("is_giftcard") else DEFAULT_PROFILE
    return {
        **entity(product_id, created_at, title=title, subtitle=None, description=None, handle=slug(title)),
        "is_giftcard": False,
        "status": "published",
        "thumbnail": None,
        **dict.fromkeys((*_SIZES, *_CUSTOMS)),
        "collection_id": None,
        "type_id": None,
        "discountable": True,
        "external_id": None,
        "metadata": None,
        "profiles": [{"id": profile_id}],
        "sales_channels": [{"id": DEFAULT_CHANNEL}],
        "images": [],
        "tags": [],
        "categories": [],
        **fields,
        "options": product_options,
        "variants": [
            _variant(spec, rank, product_id, option_ids, prices, stock, created_at, key)
            for rank, spec in enumerate(specs)
        ],
    }


def _variant(
    spec: Mapping[str, Any],
    rank: int,
    product_id: str,
    option_ids: Mapping[str, str],
    prices: Mapping[str, int],
    stock: int,
    created_at: str,
    key: str | None,
) -> JSON:
    own = dict(spec)
    choice: Mapping[str, str] = own.pop("options", {})
    amounts = {**prices, **own.pop("prices", {})}
    quantity = own.pop("stock", stock)
    if type(quantity) is not int:
        raise TypeError(f"stock must be an integer, not {type(quantity).__name__}")
    variant_key = key and (own.get("sku") or f"{key}-{rank + 1}").lower()
    variant_id = own.pop("id", None) or _id("variant", variant_key)
    variant = entity(
        variant_id,
        created_at,
        title=" / ".join(choice.values()) or "Default",
        product_id=product_id,
        **dict.fromkeys(("sku", "barcode", "ean", "upc")),
        variant_rank=rank,
        inventory_quantity=quantity,
        allow_backorder=False,
        manage_inventory=True,
        **dict.fromkeys((*_CUSTOMS, *_SIZES)),
        metadata=None,
    )
    refuse_unknown("variant", own, variant)
    variant.update(own)
    variant["options"] = [
        entity(
            _id("optval", variant_key, name),
            created_at,
            value=value,
            option_id=option_ids[name],
            variant_id=variant_id,
            metadata=None,
        )
        for name, value in choice.items()
    ]
    variant["prices"] = [
        build_price(amount, code, _id("ma", variant_key, code), created_at) for code, amount in amounts.items()
    ]
    return variant


def build_price(amount: int, currency_code: str, id: str, created_at: str, price_list_id: str | None = None) -> JSON:
    """Return the price of a variant in one currency, for all quantities. Raises `TypeError` and `ValueError`."""
    if type(amount) is not int:
        raise TypeError(f"a price must be an integer, in the smallest currency unit, not {type(amount).__name__}")
    if amount < 0:
        raise ValueError("a price must not be negative")
    if currency(currency_code) is None:
        raise ValueError(f"there is no currency {currency_code!r}: use three lower-case letters, for example 'eur'")
    quantities = {"min_quantity": None, "max_quantity": None}
    price = entity(id, created_at, currency_code=currency_code, amount=amount, **quantities)
    return {**price, "price_list_id": price_list_id, "region_id": None}


def add_shipping_option(
    database: Database, id: str, created_at: str, *, is_return: bool = False, **values: Any
) -> None:
    """Add a shipping option with a fixed price. The values are the name, the region and the amount."""
    data = {"id": "manual-fulfillment-return", "is_return": True} if is_return else {"id": "manual-fulfillment"}
    option = {
        **entity(id, created_at),
        **{"profile_id": DEFAULT_PROFILE, "provider_id": "manual", "price_type": "flat_rate"},
        **{"is_return": is_return, "admin_only": False, "data": data, "metadata": None, **values},
    }
    store(database, "shipping_option", option)


def slug(title: str) -> str:
    """Return a title as a handle: `Crème brûlée` becomes `creme-brulee`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _id(prefix: str, *key: str | None) -> str:
    parts = [slug(part) for part in key if part]
    return f"{prefix}_{'-'.join(parts)}" if key and key[0] else new_id(prefix)
