"""Complete visits with requests of several areas: from a new cart to an order, and later changes of the order."""

from __future__ import annotations

from ..mirror import Case, delete, get, post
from .checkout import ADDRESS
from .orders import BEARER

CART = "/store/carts/{cart}"
HOME = {**ADDRESS, "first_name": "Grace", "last_name": "Hopper"}
LOGIN = {"email": "shopper-{run}@example.com", "password": "{password}"}


def filled(quantity: int = 2, headers: dict[str, str] | None = None, sku: str = "BLANKET-MOSS") -> list[Case]:
    """Return the requests that create a cart in Europe with one item."""
    return [
        post("/store/carts", {"region_id": "{region.Europe}"}, headers, cart="cart.id"),
        post(f"{CART}/line-items", {"variant_id": f"{{variant.{sku}}}", "quantity": quantity}, headers),
    ]


def bought(email: str, headers: dict[str, str] | None = None) -> list[Case]:
    """Return the requests that complete the cart, and that read the order on each route that sends orders."""
    addresses = {"shipping_address": ADDRESS, "billing_address": ADDRESS}
    return [
        post(CART, {"email": email, **addresses}, headers),
        post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Courier}"}, headers),
        post(f"{CART}/payment-sessions", None, headers),
        get(CART, headers),
        post(
            f"{CART}/complete", None, headers, order="data.id", display_id="data.display_id", bought="data.items.0.id"
        ),
        get(CART, headers),
        get("/store/orders/{order}"),
        get("/store/orders/{order}?fields=id,total,items.refundable&expand=items"),
        get("/store/orders/cart/{cart}"),
        get(f"/store/orders?display_id={{display_id}}&email={email}"),
    ]


STORIES: dict[str, list[Case]] = {
    "a guest buys": [*filled(), *bought("guest-{run}@example.com")],
    "a customer buys": [
        *filled(headers=BEARER),
        *bought("{customer_email}", BEARER),
        get("/store/customers/me/orders?id={order}", BEARER),
        get("/store/customers/me", BEARER),
        get("/store/auth", BEARER),
    ],
    "a visitor registers on the way": [
        *filled(),
        post(
            "/store/customers",
            {**LOGIN, "first_name": "Grace", "last_name": "Hopper"},
            customer="customer.id",
        ),
        post("/store/auth/token", LOGIN, shopper_token="access_token"),
        get(CART, {"Authorization": "Bearer {shopper_token}"}),
        post(
            "/store/customers/me/addresses",
            {"address": HOME},
            {"Authorization": "Bearer {shopper_token}"},
            address="customer.shipping_addresses.0.id",
        ),
        post(CART, {"shipping_address": "{address}", "billing_address": "{address}"}),
        post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Post}"}),
        post(f"{CART}/payment-sessions", None, {"Authorization": "Bearer {shopper_token}"}),
        post(f"{CART}/complete", order="data.id"),
        get("/store/orders/{order}"),
        get("/store/customers/me/orders", {"Authorization": "Bearer {shopper_token}"}),
        get("/store/customers/me", {"Authorization": "Bearer {shopper_token}"}),
    ],
    "a discount and free shipping": [
        *filled(quantity=3),
        post(CART, {"discounts": [{"code": "tenpercent"}]}),
        post(f"{CART}/line-items", {"variant_id": "{variant.CANDLE-CEDAR}", "quantity": 1}),
        post(CART, {"discounts": [{"code": "TENPERCENT"}, {"code": "FREESHIPPING"}]}),
        *bought("saver-{run}@example.com"),
    ],
    "a fixed discount that is taken back": [
        *filled(),
        post(CART, {"discounts": [{"code": "FIVEOFF"}]}),
        delete(f"{CART}/discounts/FIVEOFF"),
        post(CART, {"discounts": [{"code": "FIVEOFF"}]}),
        *bought("undecided-{run}@example.com"),
    ],
    "a gift card pays a part": [
        *filled(),
        post(CART, {"gift_cards": [{"code": "{gift_card}"}]}),
        *bought("thrifty-{run}@example.com"),
        get("/store/gift-cards/{gift_card}"),
    ],
    "a gift card pays all": [
        *filled(quantity=1),
        post(CART, {"gift_cards": [{"code": "{large_gift_card}"}], "discounts": [{"code": "TENPERCENT"}]}),
        *bought("gifted-{run}@example.com"),
        get("/store/gift-cards/{large_gift_card}"),
    ],
    "a gift card is bought": [*filled(quantity=2, sku="GIFT-25"), *bought("giver-{run}@example.com")],
    "an item on sale": [*filled(quantity=5, sku="HAT"), *bought("sale-{run}@example.com")],
    "a cart moves to another region": [
        *filled(),
        post(f"{CART}/line-items", {"variant_id": "{variant.SHIRT-M-BLUE}", "quantity": 1}),
        post(CART, {"discounts": [{"code": "TENPERCENT"}]}),
        post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Post}"}),
        post(CART, {"region_id": "{region.New York}"}),
        post(CART, {"country_code": "us"}),
        get(CART),
        post(f"{CART}/shipping-methods", {"option_id": "{option.New York.Mail}"}),
        post(f"{CART}/payment-sessions"),
        get(CART),
    ],
    "what was bought comes back": [
        *filled(),
        *bought("returner-{run}@example.com"),
        post(
            "/store/returns",
            {"order_id": "{order}", "items": [{"item_id": "{bought}", "quantity": 1, "reason_id": "{reason.other}"}]},
        ),
        get("/store/orders/{order}"),
        get("/store/orders/cart/{cart}"),
    ],
    "the last ones are gone": [
        post("/store/carts", {"region_id": "{region.Europe}"}, cart="cart.id"),
        post(f"{CART}/line-items", {"variant_id": "{rare}", "quantity": 4}),
        post(f"{CART}/line-items", {"variant_id": "{rare}", "quantity": 2}),
        post("/store/carts", {"region_id": "{region.Europe}"}, other_cart="cart.id"),
        post("/store/carts/{other_cart}/line-items", {"variant_id": "{rare}", "quantity": 2}),
        post("/store/carts/{other_cart}", {"email": "late-{run}@example.com"}),
        post("/store/carts/{other_cart}/payment-sessions"),
        *bought("early-{run}@example.com"),
        post("/store/carts/{other_cart}/complete"),
        get("/store/carts/{other_cart}"),
        get("/store/variants/{rare}"),
        post("/store/carts/{other_cart}/line-items", {"variant_id": "{rare}", "quantity": 1}),
    ],
}
