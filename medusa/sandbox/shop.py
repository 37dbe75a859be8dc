"""The made-up shop in a new sandbox store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .database import Database
from .relations import load
from .shop_catalogue import add_catalogue

if TYPE_CHECKING:
    from .store import SandboxStore

PASSWORD = "correct-horse"  # noqa: S105  # All customers are made up.
"""The password of all customers."""

CUSTOMERS = ("ada@example.com", "grace@example.com")
"""The e-mail addresses of the customers with an account."""


def open_shop(store: SandboxStore, database: Database) -> None:
    """Add the shop's products, customers and orders."""
    add_catalogue(database)
    ada = {"first_name": "Ada", "last_name": "Lovelace"}
    store.add_customer("ada@example.com", PASSWORD, **ada, addresses=[ADDRESS_OF_ADA])
    address = SHIPPED_ORDER["shipping_address"]
    name = {"first_name": "Grace", "last_name": "Hopper"}
    grace = store.add_customer("grace@example.com", PASSWORD, **name, addresses=[address])
    _add_order(store, database, ORDER_OF_A_GUEST)
    _add_order(store, database, SHIPPED_ORDER, customer_id=grace.id)
    for order in OTHER_ORDERS:
        _add_order(store, database, order)


def _add_order(store: SandboxStore, database: Database, order: dict[str, Any], **fields: Any) -> None:
    items = [{**item, "variant": _variant(database, item["variant_id"])} for item in order["items"]]
    store.add_order(**{**order, "items": items}, **fields)


def _variant(database: Database, id: str) -> dict[str, Any]:
    """Return a variant with its product. Routes send the product only if `fields` names a total."""
    variant = database.get("product_variant", id)
    assert variant is not None
    return load(database, "product_variant", variant, ["product.profiles"])


def _item(title: str, unit_price: int, quantity: int, sku: str, description: str | None = None) -> dict[str, Any]:
    return {
        "title": title,
        "unit_price": unit_price,
        "quantity": quantity,
        "description": description,
        "variant_id": f"variant_{sku.lower()}",
    }


_BLANKET = ("Wool blanket", 8900, 1, "BLANKET-MOSS", "Moss green")
_MUGS = ("Stoneware mug", 1250, 4, "MUG-350", "350 ml")
_CANDLES = ("Beeswax candle", 990, 2, "CANDLE-CEDAR", "Cedar")

ORDER_OF_A_GUEST: dict[str, Any] = {
    "items": [_item(*_BLANKET), _item(*_MUGS), _item(*_CANDLES)],
    "email": "ada@example.com",
    "tax_rate": 20,
    "discounts": [{"code": "TENPERCENT", "value": 10}],
    "created_at": "2026-11-02T08:15:00.000Z",
}
"""An order with a discount."""

ADDRESS_OF_ADA = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "address_1": "Unter den Linden 1",
    "city": "Berlin",
    "postal_code": "10117",
    "country_code": "de",
}

SHIPPED_ORDER: dict[str, Any] = {
    "items": [_item("Enamel lamp", 14900, 1, "LAMP-WHITE", "White"), _item("Linen towel", 1800, 3, "TOWEL-SAND")],
    "email": "grace@example.com",
    "currency_code": "usd",
    "tax_rate": 8.875,
    "shipping": 700,
    "tracking_numbers": ["1Z999AA10123456784"],
    "payment_status": "captured",
    "shipping_address": {
        "first_name": "Grace",
        "last_name": "Hopper",
        "address_1": "1 Harbor Street",
        "city": "New York",
        "province": "NY",
        "postal_code": "10004",
        "country_code": "us",
    },
    "created_at": "2026-11-05T16:40:12.345Z",
}
"""An order of a customer with an account."""

OTHER_ORDERS: list[dict[str, Any]] = [
    {  # An order in a currency without decimals.
        "items": [_item("Tea bowl", 4800, 2, "BOWL-CELADON", "Celadon"), _item("Whisk", 2600, 1, "WHISK-80")],
        "email": "murasaki@example.com",
        "currency_code": "jpy",
        "tax_rate": 10,
        "shipping": 800,
        "status": "completed",
        "payment_status": "captured",
        "tracking_numbers": ["4061-2233-8890"],
        "shipping_address": {
            "first_name": "Murasaki",
            "last_name": "Shikibu",
            "address_1": "3-1 Gojo",
            "city": "Kyoto",
            "postal_code": "600-8007",
            "country_code": "jp",
        },
        "created_at": "2026-11-08T02:05:59.001Z",
    },
    {  # A partially refunded order.
        "items": [_item("Oak stool", 12900, 2, "STOOL-OAK")],
        "email": "emmy@example.com",
        "tax_rate": 20,
        "shipping": 1290,
        "payment_status": "partially_refunded",
        "tracking_numbers": ["JD014600006281230704"],
        "refunds": [15480],
        "created_at": "2026-11-11T11:11:11.110Z",
    },
    {  # A canceled order.
        "items": [_item("Wall clock", 6900, 1, "CLOCK-BLACK", "Black")],
        "email": "hedy@example.com",
        "tax_rate": 20,
        "status": "canceled",
        "fulfillment_status": "canceled",
        "payment_status": "canceled",
        "created_at": "2026-11-15T19:30:00.000Z",
    },
    {  # An order with free shipping that is partially paid by gift card.
        "items": [_item(*_CANDLES), _item("Wool socks", 1690, 2, "SOCKS-GREY", "Grey, 39-42")],
        "email": "rosalind@example.com",
        "tax_rate": 20,
        "discounts": [{"code": "FREESHIPPING", "type": "free_shipping"}],
        "gift_card": 2500,
        "created_at": "2026-11-20T07:00:30.500Z",
    },
]
