"""The regions, products and discounts of the made-up shop. Their IDs are the same in each store."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from .catalogue import add_defaults, add_shipping_option, build_price, build_product, build_region, entity, slug
from .database import Database
from .entities import JSON
from .relations import store

_OPENED_AT = "2026-01-05T09:00:00.000Z"

_EUROPE = ("de", "fr", "it", "es", "nl", "be", "at", "ie", "dk", "fi", "pt", "se")
_REGIONS: list[JSON] = [
    {"name": "Europe", "currency_code": "eur", "countries": _EUROPE, "tax_rate": 20},
    {"name": "United States", "currency_code": "usd", "countries": ("us",), "tax_rate": 8.875},
    {"name": "Japan", "currency_code": "jpy", "countries": ("jp",), "tax_rate": 10},
]

_SHIPPING = {"eur": (490, 1290), "usd": (700, 1900), "jpy": (800, 1500)}
"""The prices of the post and the courier in each currency."""

_COLLECTIONS = {"winter": "Warm winter", "tea-time": "Tea time"}
_TYPES = ("Accessories", "Candles", "Ceramics", "Furniture", "Lighting", "Textiles")
_TAGS = ("handmade", "natural", "wool")
_CATEGORIES: dict[str, tuple[str, str | None, str]] = {
    "home": ("Home", None, "For the rooms you live in"),
    "kitchen": ("Kitchen", "home", "For cooking and for the table"),
    "tea": ("Tea", "kitchen", "For making tea, and drinking it"),
    "light": ("Light", "home", "Lamps and candles"),
    "clothes": ("Clothes", None, "For cold days"),
}
"""The name, the handle of the parent and the description of each category, by its handle."""


def _prices(eur: int, usd: int, jpy: int) -> dict[str, int]:
    return {"eur": eur, "usd": usd, "jpy": jpy}


def _variants(option: str, **values: str) -> list[JSON]:
    return [{"sku": sku.replace("_", "-"), "options": {option: value}} for sku, value in values.items()]


_SOCKS = {"SOCKS-GREY": ("Grey", "39-42"), "SOCKS-GREY-L": ("Grey", "43-46"), "SOCKS-MOSS": ("Moss", "39-42")}

_PRODUCTS: list[JSON] = [
    {
        "title": "Wool blanket",
        "description": "A heavy blanket of undyed and plant-dyed wool, woven in a small mill. 130 by 200 cm.",
        "prices": _prices(8900, 9900, 14800),
        "variants": [
            *_variants("Colour", BLANKET_MOSS="Moss green", BLANKET_OAT="Oatmeal"),
            {"sku": "BLANKET-SLATE", "options": {"Colour": "Slate"}, "stock": 0},
        ],
        "collection": "winter",
        "type": "Textiles",
        "tags": ("handmade", "wool"),
        "categories": ("home",),
        "picture": "blanket",
        "weight": 1400,
    },
    {
        "title": "Stoneware mug",
        "description": "Thrown by hand and glazed in moss green. Safe in the dishwasher.",
        "prices": _prices(1250, 1400, 2100),
        "variants": [
            *_variants("Size", MUG_350="350 ml"),
            {"sku": "MUG-500", "options": {"Size": "500 ml"}, "prices": _prices(1450, 1600, 2400)},
        ],
        "collection": "tea-time",
        "type": "Ceramics",
        "tags": ("handmade",),
        "categories": ("kitchen", "tea"),
        "picture": "mug",
        "weight": 380,
    },
    {
        "title": "Beeswax candle",
        "description": "Burns for forty hours and smells of little else than its name says.",
        "prices": _prices(990, 1100, 1600),
        "variants": _variants("Scent", CANDLE_CEDAR="Cedar", CANDLE_HONEY="Honey", CANDLE_LAVENDER="Lavender"),
        "collection": "winter",
        "type": "Candles",
        "tags": ("natural",),
        "categories": ("light",),
        "picture": "candle",
        "weight": 240,
    },
    {
        "title": "Enamel lamp",
        "description": "A ceiling lamp of enamelled steel with two metres of cloth cable.",
        "prices": _prices(13900, 14900, 22000),
        "variants": [
            *_variants("Colour", LAMP_WHITE="White"),
            {"sku": "LAMP-BLACK", "options": {"Colour": "Black"}, "stock": 0, "allow_backorder": True},
        ],
        "type": "Lighting",
        "categories": ("light",),
        "weight": 1900,
    },
    {
        "title": "Linen towel",
        "description": "Washed linen that dries fast and grows softer. 50 by 70 cm.",
        "prices": _prices(1600, 1800, 2700),
        "variants": _variants("Colour", TOWEL_SAND="Sand", TOWEL_SAGE="Sage"),
        "type": "Textiles",
        "tags": ("natural",),
        "categories": ("kitchen",),
        "weight": 160,
    },
    {
        "title": "Tea bowl",
        "description": "A bowl for one, small enough for both hands.",
        "prices": _prices(2900, 3200, 4800),
        "variants": [
            *_variants("Glaze", BOWL_CELADON="Celadon"),
            {"sku": "BOWL-TENMOKU", "options": {"Glaze": "Tenmoku"}, "stock": 4},
        ],
        "collection": "tea-time",
        "type": "Ceramics",
        "tags": ("handmade",),
        "categories": ("tea",),
        "weight": 310,
    },
    {
        "title": "Whisk",
        "description": "Split from one piece of bamboo, for matcha.",
        "prices": _prices(1590, 1800, 2600),
        "variants": _variants("Prongs", WHISK_80="80", WHISK_120="120"),
        "collection": "tea-time",
        "type": "Accessories",
        "tags": ("handmade", "natural"),
        "categories": ("tea",),
        "weight": 30,
    },
    {
        "title": "Oak stool",
        "description": "Solid oak with an oiled seat, 45 cm high. Delivered in one piece.",
        "prices": _prices(12900, 14500, 21000),
        "variants": _variants("Wood", STOOL_OAK="Oak"),
        "stock": 12,
        "type": "Furniture",
        "tags": ("natural",),
        "categories": ("home",),
        "weight": 5200,
    },
    {
        "title": "Wall clock",
        "description": "A quiet clock with a face of painted steel, 25 cm across.",
        "prices": _prices(6900, 7500, 11500),
        "variants": _variants("Colour", CLOCK_BLACK="Black", CLOCK_CREAM="Cream"),
        "type": "Accessories",
        "categories": ("home",),
        "weight": 720,
    },
    {
        "title": "Wool socks",
        "description": "Thick socks of sheep's wool for cold floors.",
        "prices": _prices(1690, 1900, 2800),
        "variants": [
            {"sku": sku, "title": f"{colour}, {size}", "options": {"Colour": colour, "Size": size}}
            for sku, (colour, size) in _SOCKS.items()
        ],
        "collection": "winter",
        "type": "Textiles",
        "tags": ("wool",),
        "categories": ("clothes",),
        "weight": 120,
    },
    {
        "title": "Gift card",
        "description": "Sent by e-mail. It pays for anything in the shop.",
        "prices": {},
        "variants": [
            {
                **{"title": f"{value // 100}", "sku": f"GIFT-CARD-{value // 100}", "manage_inventory": False},
                **{"options": {"Value": str(value)}, "prices": _prices(value, value, value * 150 // 100)},
            }
            for value in (2500, 5000, 10000)
        ],
        "stock": 0,
        "is_giftcard": True,
        "discountable": False,
    },
]

_SALE = {"SOCKS-GREY": _prices(1290, 1450, 2100), "SOCKS-GREY-L": _prices(1290, 1450, 2100)}

_DISCOUNTS: dict[str, tuple[JSON, tuple[str, ...]]] = {
    "TENPERCENT": ({"type": "percentage", "value": 10, "allocation": "total"}, ("eur", "usd", "jpy")),
    "FREESHIPPING": ({"type": "free_shipping", "value": 0, "allocation": "total"}, ("eur", "usd", "jpy")),
    "WELCOME5": ({"type": "fixed", "value": 500, "allocation": "total"}, ("eur",)),
}
"""The rule of each discount, and the currencies of the regions where it is valid, by its code."""

GIFT_CARD_CODE = "MOSS-WICK-GIFT-2500"
"""The code of a gift card with 25 euros."""

_RETURN_REASONS = {
    "wrong_size": ("Wrong size", "It does not fit"),
    "damaged": ("Damaged", "It arrived broken or worn"),
    "not_wanted": ("Not wanted", None),
}


def add_catalogue(database: Database) -> None:
    """Add the shop's regions, products and discounts."""
    database.put_texts(_rows())


@cache
def _rows() -> list[tuple[str, str, str]]:
    """Return the rows. They are the same in each store, so they are created only once."""
    database = Database(None)
    database.create()
    add_defaults(database)
    _make(database)
    rows = database.texts()
    database.close()
    return rows


def _make(database: Database) -> None:
    for second, region in zip((2, 1, 0), _REGIONS, strict=True):  # Lists begin with the newest region.
        created_at = f"2026-01-05T09:00:0{second}.000Z"
        id = f"reg_{region['currency_code']}"
        store(database, "region", build_region(**region, id=id, created_at=created_at))
    for currency_code, (post, courier) in _SHIPPING.items():
        option: JSON = {"created_at": _OPENED_AT, "region_id": f"reg_{currency_code}"}
        add_shipping_option(database, f"so_{currency_code}", **option, name="Post", amount=post)
        add_shipping_option(database, f"so_{currency_code}_courier", **option, name="Courier", amount=courier)
        add_shipping_option(
            database, f"so_{currency_code}_return", **option, name="By post", amount=post, is_return=True
        )
    for handle, title in _COLLECTIONS.items():
        collection = entity(f"pcol_{handle}", _OPENED_AT, title=title, handle=handle, metadata=None)
        database.put("product_collection", collection)
    for value in _TYPES:
        database.put("product_type", entity(f"ptyp_{slug(value)}", _OPENED_AT, value=value, metadata=None))
    for value in _TAGS:
        database.put("product_tag", entity(f"ptag_{value}", _OPENED_AT, value=value, metadata=None))
    for category in _categories():
        database.put("product_category", category)
    for minute, product in enumerate(reversed(_PRODUCTS)):
        store(database, "product", _product(**product, created_at=f"2026-01-05T09:{minute:02}:00.000Z"))
    _add_sale(database)
    _add_discounts(database)
    for value, (label, description) in _RETURN_REASONS.items():
        reason = {"value": value, "label": label, "description": description, "metadata": None}
        row = entity(f"rr_{value}", _OPENED_AT, **reason, parent_return_reason_id=None)
        database.put("return_reason", row)


def _product(
    title: str,
    prices: dict[str, int],
    variants: list[JSON],
    created_at: str,
    type: str | None = None,
    collection: str | None = None,
    tags: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
    picture: str | None = None,
    stock: int = 100,
    **fields: Any,
) -> JSON:
    key = slug(title)
    url = f"/static/{picture}.svg" if picture else None
    image = entity(f"img_{key}", created_at, url=url, metadata=None)
    return build_product(
        title,
        prices=prices,
        stock=stock,
        options={},
        variants=variants,
        created_at=created_at,
        key=key,
        type_id=type and f"ptyp_{slug(type)}",
        collection_id=collection and f"pcol_{collection}",
        tags=[{"id": f"ptag_{tag}"} for tag in tags],
        categories=[{"id": f"pcat_{category}"} for category in categories],
        thumbnail=url,
        images=[image] if picture else [],
        **fields,
    )


def _categories() -> Iterator[JSON]:
    ranks: dict[str | None, int] = {}
    for handle, (name, parent, description) in _CATEGORIES.items():
        id = f"pcat_{handle}"
        rank = ranks[parent] = ranks.get(parent, -1) + 1
        yield {
            **{"id": id, "created_at": _OPENED_AT, "updated_at": _OPENED_AT},
            **{"name": name, "description": description, "handle": handle},
            **{"is_active": True, "is_internal": False},
            **{"parent_category_id": parent and f"pcat_{parent}", "rank": rank, "metadata": None},
        }


def _add_sale(database: Database) -> None:
    sale: JSON = {"name": "Winter sale", "description": "Grey socks for less", "type": "sale", "status": "active"}
    database.put("price_list", entity("pl_winter", _OPENED_AT, **sale, starts_at=None, ends_at=None))
    for sku, prices in _SALE.items():
        for code, amount in prices.items():
            id = f"ma_{sku.lower()}-{code}-sale"
            price = build_price(amount, code, id, _OPENED_AT, price_list_id="pl_winter")
            database.put("money_amount", {**price, "variant_id": f"variant_{sku.lower()}"})


def _add_discounts(database: Database) -> None:
    for code, (rule, currencies) in _DISCOUNTS.items():
        key = code.lower()
        discount = entity(
            f"disc_{key}",
            _OPENED_AT,
            code=code,
            is_dynamic=False,
            is_disabled=False,
            rule_id=f"dru_{key}",
            parent_discount_id=None,
            starts_at=_OPENED_AT,
            **dict.fromkeys(("ends_at", "valid_duration", "usage_limit")),
            usage_count=0,
            metadata=None,
            _regions=[f"reg_{currency}" for currency in currencies],
        )
        database.put("discount", discount)
        database.put("discount_rule", entity(f"dru_{key}", _OPENED_AT, description=None, **rule, metadata=None))
    amounts = {"value": 2500, "balance": 2500, "tax_rate": 20}
    card = {"code": GIFT_CARD_CODE, "region_id": "reg_eur", "order_id": None, "is_disabled": False, "ends_at": None}
    database.put("gift_card", entity("gift_moss-wick", _OPENED_AT, **card, **amounts, metadata=None))
