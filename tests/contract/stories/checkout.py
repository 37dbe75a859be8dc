"""Requests of the checkout: shipping, payment sessions, completion, and the lookup of the order by a guest."""

from __future__ import annotations

from typing import Any

from ..mirror import Case, delete, get, gets, post

ADDRESS: dict[str, Any] = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "address_1": "Unter den Linden 1",
    "city": "Berlin",
    "postal_code": "10117",
    "country_code": "de",
}
BRITAIN: dict[str, Any] = {**ADDRESS, "address_1": "12 St James's Square", "city": "London", "country_code": "gb"}
CART = "/store/carts/{cart}"


def cart_in(region: str, sku: str = "", quantity: int = 2, email: str = "checkout-{run}@example.com") -> list[Case]:
    """Return the requests that create a cart with an item and the customer's addresses."""
    address = ADDRESS if region == "Europe" else BRITAIN
    sku = sku or ("MUG-350" if region == "Europe" else "SHIRT-S-WHITE")
    variant = "{few}" if sku == "few" else f"{{variant.{sku}}}"
    return [
        post("/store/carts", {"region_id": f"{{region.{region}}}"}, cart="cart.id"),
        post(f"{CART}/line-items", {"variant_id": variant, "quantity": quantity}),
        post(CART, {"email": email, "shipping_address": address, "billing_address": address}),
    ]


SELECT_TEST_PAY = [
    post(f"{CART}/payment-sessions"),
    post(f"{CART}/payment-session", {"provider_id": "test-pay"}),
]
COMPLETE = post(f"{CART}/complete")

CHECKOUT: list[Case] = [
    *cart_in("Europe"),
    get("/store/shipping-options/{cart}"),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Post}"}),
    post(f"{CART}/payment-sessions"),
    get(CART),
    post(f"{CART}/complete", order="data.id", display_id="data.display_id"),
    get("/store/orders/{order}"),
    get("/store/orders/cart/{cart}"),
    get("/store/orders?display_id={display_id}&email=checkout-{run}@example.com"),
    get(CART),
    COMPLETE,
    post(f"{CART}/complete-cart"),
    post(f"{CART}/complete?fields=id&expand=items"),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Courier}"}),
]


def mode(name: str) -> Case:
    """Return the request that chooses the outcome of the payment."""
    return post(f"{CART}/payment-sessions/test-pay", {"data": {"mode": name, "extra": {"a": [1, 2.5, None]}}})


def outcome(name: str) -> list[Case]:
    """Return the requests that complete a cart with this outcome of the payment, and then with an authorized one."""
    return [
        *cart_in("Testland"),
        *SELECT_TEST_PAY,
        mode(name),
        COMPLETE,
        get(CART),
        COMPLETE,
        mode("authorized"),
        COMPLETE,
        get(CART),
        get("/store/orders/cart/{cart}"),
    ]


METHODS: list[Case] = [
    *cart_in("Testland"),
    get("/store/shipping-options/{cart}"),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Testland.Parcel}", "data": {"point": "12"}}),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Testland.Calculated}", "data": {"a": 1}}),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Testland.Calculated}", "data": {"reject": True}}),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Testland.Return by post}"}),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Testland.Staff only}"}),
    *(
        post(f"{CART}/shipping-methods", body)
        for body in (
            {"option_id": "{option.Testland.Free over 100}"},
            {"option_id": "{option.Europe.Post}"},
            {"option_id": "so_nope"},
            {"option_id": ""},
            {"option_id": 5, "data": "x"},
            {"option_id": "{option.Testland.Parcel}", "price": 1},
            {"option_id": "{option.Testland.Parcel}", "data": None},
            {},
        )
    ),
    post(f"{CART}/shipping-methods?nope=1", {"option_id": "{option.Testland.Parcel}"}),
    post(f"{CART}/shipping-methods?fields=id&expand=items", {"option_id": "{option.Testland.Parcel}"}),
    post(f"{CART}/line-items", {"variant_id": "{variant.SHIRT-S-WHITE}", "quantity": 2}),
    get("/store/shipping-options/{cart}"),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Testland.Free over 100}"}),
]

SESSIONS: list[Case] = [
    *cart_in("Testland"),
    post(f"{CART}/payment-session", {"provider_id": "manual"}),
    post(f"{CART}/payment-sessions/manual/refresh"),
    delete(f"{CART}/payment-sessions/manual"),
    COMPLETE,
    post(f"{CART}/payment-sessions"),
    COMPLETE,
    post(f"{CART}/payment-session", {"provider_id": "nope"}),
    post(f"{CART}/payment-session", {"provider_id": 1}),
    post(f"{CART}/payment-session", {"provider_id": "manual"}),
    post(f"{CART}/payment-session", {"provider_id": "test-pay"}),
    post(f"{CART}/payment-session", {"provider_id": "test-pay"}),
    post(f"{CART}/payment-sessions/test-pay", {"data": {"token": "tok_1", "nested": {"a": [1, 2.5, None]}}}),
    post(f"{CART}/payment-sessions/test-pay", {"data": "x"}),
    post(f"{CART}/payment-sessions/test-pay", {"data": {}, "x": 1}),
    post(f"{CART}/payment-sessions/nope", {"data": {}}),
    post(f"{CART}/payment-sessions/test-pay", {"data": {"mode": "data_error"}}),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Testland.Parcel}"}),
    post(f"{CART}/payment-sessions/manual", {"data": {"a": 1, "data": {"b": 2}}}),
    post(f"{CART}/payment-sessions"),
    post(f"{CART}/payment-sessions/test-pay/refresh"),
    post(f"{CART}/payment-sessions/manual/refresh"),
    post(f"{CART}/payment-sessions/nope/refresh"),
    get(CART),
    delete(f"{CART}/payment-sessions/manual"),
    delete(f"{CART}/payment-sessions/manual"),
    delete(f"{CART}/payment-sessions/nope"),
    mode("update_error"),
    post(f"{CART}/payment-session", {"provider_id": "test-pay"}),
    post(f"{CART}/payment-sessions"),
]

WITHOUT_A_SESSION: list[Case] = [
    *cart_in("Testland", email="no-session@example.com"),
    *SELECT_TEST_PAY,
    get(CART),
]

MODE_OF_THE_ADDRESS: list[Case] = [
    *cart_in("Testland", email="mode-fail@checkout-{run}.example.com"),
    *SELECT_TEST_PAY,
    COMPLETE,
]

EMPTY: list[Case] = [
    post("/store/carts", {"region_id": "{region.Testland}"}, cart="cart.id"),
    get("/store/shipping-options/{cart}"),
    post(f"{CART}/payment-sessions"),
    post(f"{CART}/complete?nope=1"),
    COMPLETE,
    post(CART, {"email": "checkout-{run}@example.com"}),
    COMPLETE,
    post(f"{CART}/shipping-methods", {"option_id": "{option.Testland.Parcel}"}),
    COMPLETE,
]

WITHOUT_A_CUSTOMER: list[Case] = [
    post("/store/carts", {"region_id": "{region.Testland}"}, cart="cart.id"),
    post(f"{CART}/line-items", {"variant_id": "{variant.SHIRT-S-WHITE}", "quantity": 1}),
    *SELECT_TEST_PAY,
    COMPLETE,
    COMPLETE,
    get(CART),
]

OUT_OF_STOCK: list[Case] = [
    *cart_in("Testland", "few", 2),
    *SELECT_TEST_PAY,
    get(CART, late="cart.id"),
    *cart_in("Testland", "few", 2),
    *SELECT_TEST_PAY,
    COMPLETE,
    post("/store/carts/{late}/line-items", {"variant_id": "{variant.SHIRT-S-WHITE}", "quantity": 1}),
    post("/store/carts/{late}/complete"),
    get("/store/carts/{late}"),
    post("/store/carts/{late}/complete"),
    get("/store/carts/{late}"),
]

DISCOUNT: list[Case] = [
    *cart_in("Europe", quantity=3),
    post(CART, {"discounts": [{"code": "{often}"}]}),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Post}"}),
    post(f"{CART}/payment-sessions"),
    post(f"{CART}/complete", order="data.id"),
    get("/store/orders/{order}"),
]

FREE_SHIPPING: list[Case] = [
    *cart_in("Europe"),
    post(CART, {"discounts": [{"code": "FREESHIPPING"}]}),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Post}"}),
    post(f"{CART}/payment-sessions"),
    post(f"{CART}/complete", order="data.id"),
    get("/store/orders/{order}"),
]

GIFT_CARD: list[Case] = [
    *cart_in("Europe"),
    post(CART, {"gift_cards": [{"code": "{gift_card}"}]}),
    post(f"{CART}/shipping-methods", {"option_id": "{option.Europe.Post}"}),
    post(f"{CART}/payment-sessions"),
    post(f"{CART}/complete", order="data.id"),
    get("/store/gift-cards/{gift_card}"),
    get("/store/orders/{order}"),
    get("/store/orders/cart/{cart}"),
    get(CART),
]

FREE_BY_A_GIFT_CARD: list[Case] = [
    *cart_in("Europe"),
    post(CART, {"gift_cards": [{"code": "{large_gift_card}"}]}),
    post(f"{CART}/payment-sessions"),
    post(f"{CART}/payment-session", {"provider_id": "manual"}),
    post(f"{CART}/complete", order="data.id"),
    get("/store/gift-cards/{large_gift_card}"),
    get("/store/orders/{order}"),
    get(CART),
]

GIFT_CARD_BOUGHT: list[Case] = [
    *cart_in("Testland", "GIFT-25"),
    get("/store/shipping-options/{cart}"),
    *SELECT_TEST_PAY,
    COMPLETE,
    get("/store/orders/cart/{cart}"),
]

KEYS: list[Case] = [
    *cart_in("Testland"),
    post(f"{CART}/payment-sessions", headers={"Idempotency-Key": "mine"}),
    post(f"{CART}/payment-session", {"provider_id": "test-pay"}),
    post(f"{CART}/complete", headers={"Idempotency-Key": "mine"}),
    post("/store/carts/cart_nope/complete", headers={"Idempotency-Key": "mine"}),
]

UNKNOWN: list[Case] = [
    get("/store/shipping-options/cart_nope"),
    post("/store/carts/cart_nope/shipping-methods", {"option_id": "{option.Europe.Post}"}),
    post("/store/carts/cart_nope/payment-sessions"),
    post("/store/carts/cart_nope/payment-session", {"provider_id": "manual"}),
    post("/store/carts/cart_nope/payment-sessions/manual", {"data": {}}),
    post("/store/carts/cart_nope/payment-sessions/manual/refresh"),
    delete("/store/carts/cart_nope/payment-sessions/manual"),
    post("/store/carts/cart_nope/complete"),
    post("/store/carts/cart_nope/complete-cart"),
    post("/store/carts/cart_nope/wishes"),
    get("/store/shipping-options/a/b"),
]

CASES: dict[tuple[str, str], list[Case]] = {
    ("GET", "/store/shipping-options"): gets(
        "/store/shipping-options",
        [
            "",
            "region_id={region.Testland}",
            "region_id={region.Europe}&is_return=false",
            *("is_return=true", "is_return=1", "is_return=", "is_return=maybe", "is_return=true&is_return=false"),
            *("region_id=reg_nope", "region_id=", "region_id[]=a&region_id[]=b"),
            *("product_ids={product.candle}", "product_ids=", "product_ids[]=a", "nope=1", "limit=2"),
        ],
    )
}

STORIES: dict[str, list[Case]] = {
    "checkout": CHECKOUT,
    **{
        f"checkout: {name}": outcome(name)
        for name in ("requires_more", "pending", "error", "canceled", "fail", "throw")
    },
    "checkout: shipping methods": METHODS,
    "checkout: payment sessions": SESSIONS,
    "checkout: no session can be created": WITHOUT_A_SESSION,
    "checkout: mode of the address": MODE_OF_THE_ADDRESS,
    "checkout: empty cart": EMPTY,
    "checkout: no customer": WITHOUT_A_CUSTOMER,
    "checkout: out of stock": OUT_OF_STOCK,
    "checkout: discount": DISCOUNT,
    "checkout: free shipping": FREE_SHIPPING,
    "checkout: paid in part by a gift card": GIFT_CARD,
    "checkout: paid by a gift card": FREE_BY_A_GIFT_CARD,
    "checkout: a gift card is bought": GIFT_CARD_BOUGHT,
    "checkout: Idempotency-Key": KEYS,
    "checkout: unknown cart": UNKNOWN,
}
