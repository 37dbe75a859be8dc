"""Requests about carts: items, addresses, discounts, gift cards and taxes."""

from __future__ import annotations

from typing import Any

from ..mirror import Case, delete, get, gets, post, posts
from .checkout import ADDRESS
from .orders import BEARER

CART = "/store/carts/{cart}"
ITEMS = f"{CART}/line-items"
EUROPE = {"region_id": "{region.Europe}"}
NEW = post("/store/carts", EUROPE, cart="cart.id")
MUG, CANDLE, BLANKET = (f"{{variant.{sku}}}" for sku in ("MUG-350", "CANDLE-CEDAR", "BLANKET-MOSS"))
ITEM = f"{ITEMS}/{{item}}"


def with_items(*items: tuple[str, int]) -> list[Case]:
    """Return the requests that create a cart in Europe with these quantities of variants."""
    return [NEW, *(post(ITEMS, {"variant_id": variant, "quantity": quantity}) for variant, quantity in items)]


def updates(*bodies: Any) -> list[Case]:
    """Return one update of the cart for each body."""
    return [post(CART, body) for body in bodies]


NEW_CARTS: list[dict[str, Any]] = [
    {"country_code": "DE"},
    {"country_code": "us"},
    {"country_code": ""},
    {"items": [{"variant_id": MUG, "quantity": 2}]},
    {"items": [{"variant_id": MUG, "quantity": 0}]},
    {"items": [{"variant_id": MUG, "quantity": -1}]},
    {"items": [{"variant_id": MUG, "quantity": 1.5}]},
    {"items": [{"variant_id": MUG, "quantity": "1"}]},
    {"items": [{"variant_id": MUG}]},
    {"items": [{"variant_id": "", "quantity": None}]},
    {"items": [{"variant_id": MUG, "quantity": 1, "metadata": {}}]},
    {"items": [{"variant_id": "variant_nope", "quantity": 1}, {"variant_id": "none", "quantity": 1}]},
    {"items": [{"variant_id": "{variant.SHIRT-L-WHITE}", "quantity": 1}]},
    {"items": [{"variant_id": "{variant.SHIRT-L-BLUE}", "quantity": 9_000_000}]},
    {"items": [{"variant_id": "{variant.SHIRT-L-BLUE}", "quantity": 9_000_000_000}]},
    {"items": [{"variant_id": "{variant.CRATE-24}", "quantity": 1}]},
    {
        "items": [{"variant_id": "{variant.CRATE-24}", "quantity": 1}],
        "sales_channel_id": "{channel.Wholesale}",
    },
    {"items": [{"variant_id": MUG, "quantity": 1}], "sales_channel_id": "{channel.Wholesale}"},
    {"items": [{"variant_id": "{variant.DRAFT}", "quantity": 1}]},
]
"""The bodies for new carts in Europe, without the region."""

CASES: dict[tuple[str, str], list[Case]] = {
    ("POST", "/store/carts"): [
        post("/store/carts", EUROPE),
        *posts(
            "/store/carts",
            [
                *("{}", "", "[]", "null", '{"region_id": null}', '{"region_id": ""}', '{"region_id": "reg_nope"}'),
                *('{"region_id": 5, "items": "x", "context": "y"}', '{"nope": 1, "email": "a@example.com"}'),
                *('{"country_code": "de"}', '{"country_code": 5, "sales_channel_id": 5}', '{"items": []}'),
                *('{"context": "ab"}', '{"context": {"b": 1, "aa": [null], "ip": "1.2.3.4"}}', '{"items": [5, {}]}'),
                *('{"sales_channel_id": "sc_nope"}', '{"metadata": {"a": 1}}', '{"context": null, "items": null}'),
            ],
        ),
        *(post("/store/carts", {**EUROPE, **more}) for more in NEW_CARTS),
        post("/store/carts?expand=nope&fields=nope", EUROPE),
        post("/store/carts?nope=1", EUROPE),
        post("/store/carts", {"region_id": "{region.New York}"}),
        post(
            "/store/carts",
            {"region_id": "{region.Testland}", "items": [{"variant_id": "{variant.HAT}", "quantity": 3}]},
        ),
        post("/store/carts", {"region_id": "{region.Testland}", "items": [{"variant_id": MUG, "quantity": 3}]}),
        post("/store/carts", EUROPE, BEARER),
        post("/store/carts", {**EUROPE, "items": [{"variant_id": MUG, "quantity": 1}]}, BEARER),
        post("/store/carts", EUROPE, {"User-Agent": "shop/1.0"}),
        post("/store/carts", EUROPE, {"X-Publishable-Api-Key": "{key.Wholesale}"}),
        post(
            "/store/carts",
            {**EUROPE, "sales_channel_id": "{channel.Default Sales Channel}"},
            {"X-Publishable-Api-Key": "{key.Wholesale}"},
        ),
        post("/store/carts", EUROPE, {"X-Publishable-Api-Key": "pk_nope"}),
    ],
}

STORIES: dict[str, list[Case]] = {
    "a cart is looked at": [
        *with_items((MUG, 2), (CANDLE, 1)),
        get(CART),
        *gets(
            CART,
            [
                *("fields=id,email", "fields=id,total", "fields=nope", "fields=", "expand=", "expand=items,region"),
                *("expand=customer,sales_channel", "expand=nope", "expand=items.variant.prices,items.variant.options"),
                *("expand=payment_sessions,billing_address", "expand=region.currency,items.tax_lines", "nope=1"),
                *("fields=+email", "fields=-email,-context", "expand=items.nope", "fields=region_id&expand=customer"),
            ],
        ),
        get(CART, {"Authorization": "Bearer nope"}),
        get("/store/carts/cart_nope"),
        get("/store/carts/cart_nope", BEARER),
        get(CART, BEARER),
        get(CART),
        post(f"{CART}/taxes"),
        post(f"{CART}/taxes?expand=nope"),
        post("/store/carts/cart_nope/taxes"),
    ],
    "items of a cart": [
        NEW,
        post(ITEMS, {"variant_id": MUG, "quantity": 1}, item="cart.items.0.id"),
        post(ITEMS, {"variant_id": MUG, "quantity": 2}),
        post(ITEMS, {"variant_id": MUG, "quantity": -1}),
        post(ITEMS, {"variant_id": MUG, "quantity": 0}),
        post(ITEMS, {"variant_id": MUG, "quantity": -3}),
        post(ITEMS, {"variant_id": MUG, "quantity": -30}),
        *updates({}),
        post(ITEMS, {"variant_id": CANDLE, "quantity": 1, "metadata": {"engraving": "für Ada", "b": [1]}}),
        post(ITEMS, {"variant_id": CANDLE, "quantity": 1, "metadata": {"b": [1], "engraving": "für Ada"}}),
        post(ITEMS, {"variant_id": CANDLE, "quantity": 1, "metadata": None}),
        # If a cart has several items with the same variant, Medusa merges a new item with any of them. The stores could
        # choose different ones, so the next item has another variant.
        post(ITEMS, {"variant_id": "{variant.SHIRT-S-WHITE}", "quantity": 1, "metadata": "text"}),
        post(ITEMS, {"variant_id": CANDLE, "quantity": "1"}),
        post(ITEMS, {"variant_id": CANDLE, "quantity": 1.5, "nope": 1}),
        post(ITEMS, {"variant_id": 5}),
        post(ITEMS),
        post(ITEMS, []),
        post(ITEMS, {"variant_id": "variant_nope", "quantity": 1}),
        post(ITEMS, {"variant_id": "", "quantity": 1}),
        post(ITEMS, {"variant_id": "{variant.SHIRT-L-WHITE}", "quantity": 1}),
        post(ITEMS, {"variant_id": "{variant.SHIRT-M-BLUE}", "quantity": 1}),
        post(ITEMS, {"variant_id": "{variant.CRATE-24}", "quantity": 1}),
        post(ITEMS, {"variant_id": "{variant.GIFT-25}", "quantity": 1}),
        post(f"{ITEMS}?expand=nope&fields=nope", {"variant_id": "{variant.GIFT-25}", "quantity": 1}),
        post("/store/carts/cart_nope/line-items", {"variant_id": MUG, "quantity": 1}),
        post(ITEMS, {"variant_id": MUG, "quantity": 1}, BEARER),
        post(ITEM, {"quantity": 5}),
        post(ITEM, {"quantity": 5, "metadata": {"a": 1, "b": "x"}}),
        post(ITEM, {"quantity": 6, "metadata": {"a": "", "c": None}}),
        post(ITEM, {"quantity": 6, "metadata": None}),
        post(ITEM, {"quantity": 100_000_000}),
        post(ITEM, {"quantity": -1}),
        post(ITEM, {"quantity": "3", "title": "x"}),
        post(ITEM, {"metadata": {"a": 1}}),
        post(f"{ITEMS}/item_nope", {"quantity": 1}),
        post(f"{ITEMS}/item_nope", {"quantity": 0}),
        post("/store/carts/cart_nope/line-items/{item}", {"quantity": 1}),
        post(f"{ITEM}?nope=1", {"quantity": 1}),
        post(ITEM, {"quantity": 0}),
        delete(ITEM),
        post(ITEMS, {"variant_id": BLANKET, "quantity": 1}, blanket=f"cart.items.variant_id={BLANKET}.id"),
        delete(f"{ITEMS}/{{blanket}}"),
        delete(f"{ITEMS}/{{blanket}}"),
        delete("/store/carts/cart_nope/line-items/{item}"),
        get(CART),
    ],
    "addresses of a cart": [
        *with_items((MUG, 1)),
        *updates(
            {"shipping_address": ADDRESS},
            {"shipping_address": {"city": "Köln"}},
            {"shipping_address": {"metadata": {"floor": 2, "a": None}, "company": ""}},
            {"shipping_address": {}},
            {"shipping_address": {"country_code": "FR"}},
            {"shipping_address": {"country_code": "fr"}},
            {"shipping_address": {"country_code": "us"}},
            {"shipping_address": {"country_code": None}},
            {"shipping_address": {"nope": 1, "city": 5}},
            {"shipping_address": []},
            {"shipping_address": 5},
            {"shipping_address": "addr_nope"},
            {"billing_address": "addr_nope"},
            {"billing_address": None},
            {"billing_address": {**ADDRESS, "country_code": "us"}},
            {"billing_address": {"country_code": "zz"}},
            {"billing_address": {"id": "addr_1"}},
            {"shipping_address": ADDRESS, "billing_address": ADDRESS},
            {"country_code": "fr"},
            {"country_code": 5, "customer_id": 5, "region_id": 5, "email": "x"},
            {"shipping_address": None},
            {"shipping_address": ADDRESS},
        ),
    ],
    "who a cart belongs to": [
        *with_items((MUG, 1)),
        *updates(
            {"email": "Twice-{run}@Example.com"},
            {"email": "twice-{run}@example.com"},
            {"email": ""},
            {"email": None},
            {"customer_id": "{customer}"},
            {"customer_id": "cus_nope"},
            {"customer_id": "{customer}", "email": "other-{run}@example.com"},
            {"customer_id": None},
            {"customer_id": ""},
            {"email": "{customer_email}"},
            {"context": {"a": 1, "ip": "1.2.3.4"}},
            {"context": "ab"},
            {"context": None},
            {"metadata": {"a": 1}},
            {"nope": 1},
            {},
        ),
        post(CART, {"email": "someone-{run}@example.com"}, BEARER),
        post("/store/carts/cart_nope", {"email": "a@example.com"}),
        post(f"{CART}?nope=1", {}),
        post(f"{CART}?fields=id&expand=", {}),
        post(CART, []),
    ],
    "regions and channels of a cart": [
        *with_items((MUG, 2), ("{variant.SHIRT-M-WHITE}", 1)),
        *updates(
            {"region_id": "{region.Europe}"},
            {"region_id": "{region.New York}"},
            {"region_id": "reg_nope"},
            {"region_id": ""},
            {"region_id": "{region.Europe}", "country_code": "DE"},
            {"region_id": "{region.New York}", "country_code": "de"},
            {"region_id": "{region.New York}", "shipping_address": {**ADDRESS, "country_code": "us"}},
            {"region_id": "{region.Europe}", "shipping_address": {"city": "Bonn"}},
            {"region_id": "{region.Testland}"},
            {"region_id": "{region.Europe}"},
            {"sales_channel_id": "{channel.Default Sales Channel}"},
            {"sales_channel_id": "sc_nope"},
            {"sales_channel_id": "{channel.Wholesale}"},
        ),
        post(ITEMS, {"variant_id": "{variant.CRATE-24}", "quantity": 1}),
        post(ITEMS, {"variant_id": MUG, "quantity": 1}),
    ],
    "discounts of a cart": [
        *with_items((MUG, 3), (CANDLE, 1), ("{variant.GIFT-25}", 1)),
        *updates(
            *({"discounts": [{"code": code}]} for code in ("TENPERCENT", "tenpercent ", "FIVEOFF", "FREESHIPPING")),
            {"discounts": [{"code": "TENPERCENT"}, {"code": "FREESHIPPING"}]},
            {"discounts": [{"code": "FREESHIPPING"}]},
            {"discounts": [{"code": "FIVEOFF"}, {"code": "FREESHIPPING"}]},
            {"discounts": [{"code": "TENPERCENT"}, {"code": "TENPERCENT"}]},
            *(
                {"discounts": [{"code": code}]}
                for code in ("EXPIRED", "FUTURE", "DISABLED", "USEDUP", "NOPE", "", "{once}")
            ),
            {"discounts": [{"code": "TENPERCENT"}, {"code": "nope"}]},
            {"discounts": None},
            {"discounts": "x"},
            {"discounts": ["TENPERCENT"]},
            {"discounts": [{}]},
            {"discounts": [{"code": "TENPERCENT", "id": 1}]},
            {"discounts": [{"code": "FIVEOFF"}], "region_id": "{region.Europe}"},
        ),
        post(ITEMS, {"variant_id": MUG, "quantity": 4}, item="cart.items.0.id"),
        post(f"{CART}/taxes"),
        *updates(
            {"region_id": "{region.New York}"}, {"discounts": [{"code": "FIVEOFF"}]}, {"region_id": "{region.Europe}"}
        ),
        *updates({"discounts": [{"code": "TENPERCENT"}, {"code": "FREESHIPPING"}]}),
        delete(f"{CART}/discounts/tenpercent"),
        delete(f"{CART}/discounts/TENPERCENT"),
        delete(f"{CART}/discounts/NOPE"),
        delete("/store/carts/cart_nope/discounts/TENPERCENT"),
        *updates({"discounts": []}),
    ],
    "a fixed discount that is worth more than the items": [
        *with_items(("{variant.GIFT-25}", 1)),
        *updates({"discounts": [{"code": "FIVEOFF"}]}),
    ],
    "free shipping of a cart": [
        *with_items((MUG, 1)),
        post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Post}"}),
        *updates({"discounts": [{"code": "FREESHIPPING"}]}, {"discounts": [{"code": "TENPERCENT"}]}),
        *updates(
            {"discounts": [{"code": "FREESHIPPING"}]}, {"discounts": []}, {"discounts": [{"code": "FREESHIPPING"}]}
        ),
        delete(f"{CART}/discounts/FREESHIPPING"),
        post(CART, {}, BEARER),
        post(ITEMS, {"variant_id": MUG, "quantity": 1}),
    ],
    "gift cards of a cart": [
        *with_items((MUG, 1)),
        *updates(
            {"gift_cards": [{"code": "{gift_card}"}]},
            {"gift_cards": [{"code": "{gift_card}"}, {"code": "{large_gift_card}"}]},
            {"gift_cards": [{"code": "{gift_card}"}, {"code": "{gift_card}"}]},
            {"gift_cards": [{"code": "NOPE"}]},
            {"gift_cards": ["NOPE"]},
            {"gift_cards": "x"},
            {"gift_cards": [{}]},
            {"gift_cards": [{"code": "{large_gift_card}"}], "discounts": [{"code": "TENPERCENT"}]},
            {"gift_cards": None},
            {"gift_cards": []},
            {"gift_cards": [{"code": "{gift_card}"}]},
            {"region_id": "{region.New York}"},
            {"gift_cards": [{"code": "{gift_card}"}]},
        ),
    ],
    "payment sessions follow a cart": [
        *with_items((MUG, 1)),
        post(f"{CART}/payment-sessions"),
        post(ITEMS, {"variant_id": MUG, "quantity": 1}, item="cart.items.0.id"),
        post(ITEM, {"quantity": 5}),
        *updates({"discounts": [{"code": "TENPERCENT"}]}, {"region_id": "{region.New York}"}),
        post(f"{CART}/payment-sessions"),
        delete(ITEM),
    ],
}
"""Later requests of a story use the rows that earlier requests created."""
