"""Requests about customers, their addresses, gift cards, return reasons and returns."""

from __future__ import annotations

import json
from typing import Any

from ..mirror import Case, delete, get, gets, post, posts
from .orders import BEARER, CLAIMING, ODD_BODIES, logins

ADDRESS: dict[str, Any] = {
    "first_name": "Grace",
    "last_name": "Hopper",
    "address_1": "1 Harbor Street",
    "city": "New York",
    "postal_code": "10004",
    "country_code": "US",
}
WHOLE: dict[str, Any] = {**ADDRESS, "address_2": "", "province": "NY", "phone": "1", "company": None}
GERMANY: dict[str, Any] = {**ADDRESS, "city": "Berlin", "postal_code": "10117", "country_code": "de"}
METADATA: dict[str, Any] = {"b": 1, "aa": 2, "a": 1.0, "z": {"bb": [1, None], "c": 12345678901234567890}, "e": -0.5}


def values(*given: Any) -> tuple[Any, ...]:
    """Return the values as a tuple of any types."""
    return given


NEW_ADDRESSES: list[Any] = [
    {"address": ADDRESS},
    {"address": ADDRESS},  # Added again: a missing phone is not equal to null.
    {"address": WHOLE},
    {"address": WHOLE},  # Not added again: all values are equal.
    {"address": {**WHOLE, "company": "Navy", "metadata": {}}},  # Not added again: Medusa does not compare these.
    {"address": {**WHOLE, "phone": None}},
    {"address": {**WHOLE, "phone": None}},
    {"address": {**ADDRESS, "metadata": METADATA}},
    *({"address": {**ADDRESS, "metadata": value}} for value in values("text", [1], 5, None)),
    *({"address": {**ADDRESS, "country_code": code}} for code in ("", "xx", "FR", None)),
    *({"address": value} for value in values(None, [ADDRESS], [], [1, ADDRESS, {"x": 1}], "x", {})),
    *({}, {"x": 1}, [], {"address": {**ADDRESS, "id": "addr_own"}}, {"address": {**ADDRESS, "first_name": None}}),
    {"address": {**ADDRESS, "city": 1, "nope": 1, "last_name": [], "phone": 3}, "x": 1},
]
CHANGES_OF_ADDRESS: list[Any] = [
    *({}, [], {"x": 1}, {"id": "x"}, {"address": ADDRESS}),
    *({"country_code": code} for code in ("FR", "fr", "xx", None, "")),
    *({"city": value} for value in ("Arlington", "", None, 5)),
    *({"metadata": value} for value in ({"a": 1}, {"b": 2}, {"b": 2}, None, "text")),
    {"first_name": 1, "x": 2, "phone": [], "country_code": 3, "metadata": 1},
]
BILLING_ADDRESSES: list[Any] = [
    *(None, 5, 1.5, True, [], [1, None, "a", {}], {"city": 5}, {"nope": 5, "city": 3, "metadata": 2}),
    *({"country_code": "xx", "city": "d"}, {}, "", "addr_nope", {"metadata": {"a": 1}}, {"metadata": {"b": 1}}),
    *({"country_code": None, "city": "x"}, {"country_code": "FR"}, None, WHOLE),
]
CHANGES_OF_CUSTOMER: list[Any] = [
    *({}, [], {"first_name": "Amazing", "phone": "", "last_name": None}, {"password": ""}, {"email": "x"}),
    *({"metadata": value} for value in ([1], "x", {}, {}, {**METADATA, "k": {"x": ""}, "": 1}, {"a": "", "c": False})),
    *({"metadata": {"z": ""}}, {"metadata": None}, {"x": 1, "billing_address": [{}]}, {"x": 1, "billing_address": {}}),
    *({"email": "{other_email}"}, {"email": "CHANGED-{run}@example.com"}, {"email": "changed-{run}@example.com"}),
    {"first_name": 1, "last_name": 1, "password": 1, "phone": 1, "email": 1, "metadata": 1, "y": 1},
]


def registered(who: str) -> list[Case]:
    """Return the request that registers a customer. Later requests of the story send the cookie of the response."""
    return [post("/store/customers", {"email": f"{who}-{{run}}@example.com", "password": "x", "first_name": "Grace"})]


COOKIE = {"Cookie": "{cookie}"}
ME = "/store/customers/me"
AFTER = [get(ME, COOKIE), get("/store/auth", COOKIE)]

RETURN: dict[str, Any] = {"order_id": "{order}", "items": [{"item_id": "{item}", "quantity": 1}]}


def returns_of(**item: Any) -> dict[str, Any]:
    """Return the body for a return of one item with these values."""
    return {**RETURN, "items": [{**RETURN["items"][0], **item}]}


RETURNS: list[Any] = [
    RETURN,
    returns_of(reason_id="{too_small}", note="zu groß"),
    returns_of(reason_id="{reason.wrong_size}"),  # This reason has child reasons.
    *(returns_of(reason_id=value) for value in ("rr_nope", "", None, 1)),
    *(returns_of(quantity=value) for value in (2, 99999999999, 1.5, 0, -1, "1", True, None)),
    *(returns_of(item_id=value) for value in ("item_nope", "{other_item}", "", None)),
    {**RETURN, "items": [*RETURN["items"], *RETURN["items"]]},
    *({**RETURN, "order_id": value} for value in ("order_nope", "", 1)),
    *({**RETURN, "items": value} for value in values([], {}, None, [1, None], "x", [{"x": 1}])),
    {"order_id": "order_nope", "items": []},
    *({**RETURN, "return_shipping": value} for value in values(None, [], {}, "x", {"option_id": "so_nope"})),
    {**RETURN, "return_shipping": {"option_id": "", "price": 1}},
    {**RETURN, "return_shipping": {"option_id": "{option.Europe.Return by post}"}},
    {**RETURN, "return_shipping": {"option_id": "{option.Europe.Post}"}},
    {"order_id": "{order}", "items": [], "return_shipping": {"option_id": "{option.Europe.Return by post}"}},
    *({}, [], {"order_id": "{order}"}),
    # The order is canceled.
    {"order_id": "{my_canceled}", "items": []},
    {"order_id": "{my_canceled}", "items": [{"item_id": "{my_canceled_item}", "quantity": 1}]},
]
KEY = {"Idempotency-Key": "{key}"}
ITEMS = [
    get("/store/return-reasons", too_small="return_reasons.value=wrong_size.return_reason_children.0.id"),
    get("/store/orders/{order}", item="order.items.quantity=1.id"),
    get("/store/orders/{mine}", other_item="order.items.0.id"),
    get(
        "/store/customers/me/orders",
        BEARER,
        my_canceled="orders.status=canceled.id",
        my_canceled_item="orders.status=canceled.items.0.id",
    ),
]

CASES: dict[tuple[str, str], list[Case]] = {
    ("GET", "/password-tokens"): [Case("HEAD", "/password-tokens")],
    ("GET", "/store/gift-cards/{code}"): [
        get("/store/gift-cards/{gift_card}"),
        *gets("/store/gift-cards/{large_gift_card}", ["x=1"]),
        *gets("/store/gift-cards/NOPE", [""]),
        *gets("/store/gift-cards/%", [""]),
    ],
    ("GET", "/store/return-reasons"): gets("/store/return-reasons", ["", "x=1"]),
    ("GET", "/store/return-reasons/{id}"): [
        get("/store/return-reasons/{reason.wrong_size}"),
        *gets("/store/return-reasons/{reason.other}", ["x=1"]),
        *gets("/store/return-reasons/rr_nope", [""]),
        *gets("/store/return-reasons/%", [""]),
    ],
    ("GET", "/store/customers/me/payment-methods"): [
        get("/store/customers/me/payment-methods", BEARER),
        *gets("/store/customers/me/payment-methods", ["limit=1"], BEARER),
        *logins("GET", "/store/customers/me/payment-methods"),
    ],
    ("POST", "/store/customers/me"): [
        *posts("/store/customers/me", ["{}"], CLAIMING),
        # This excludes the body that would change the e-mail address.
        *posts(
            "/store/customers/me", [body for body in ODD_BODIES if body != '{"email": "nobody@example.com"}'], CLAIMING
        ),
        *logins("POST", "/store/customers/me"),
    ],
    ("POST", "/store/customers/me/addresses"): [
        post("/store/customers/me/addresses", {"address": WHOLE}, CLAIMING),
        *posts("/store/customers/me/addresses", ODD_BODIES, CLAIMING),
        *logins("POST", "/store/customers/me/addresses"),
    ],
    ("DELETE", "/store/customers/me/addresses/{address_id}"): [
        delete("/store/customers/me/addresses/addr_nope", BEARER),
        *logins("DELETE", "/store/customers/me/addresses/addr_nope"),
        delete("/store/customers/me/addresses/%", BEARER),
    ],
}

STORIES: dict[str, list[Case]] = {
    "a guest and an account of the same e-mail address": [
        *(
            post("/store/customers", {"email": "twice-{run}@example.com", "password": password})
            for password in ("", "", "x", "x", "")
        ),
        *(post("/store/auth", {"email": "twice-{run}@example.com", "password": each}) for each in ("x", "")),
    ],
    "new addresses": [
        *registered("addresses"),
        *(post(f"{ME}/addresses", body, COOKIE) for body in NEW_ADDRESSES),
        *AFTER,
    ],
    "an address that changes and goes": [
        *registered("moving"),
        post(f"{ME}/addresses", {"address": WHOLE}, COOKIE, address="customer.shipping_addresses.0.id"),
        *(post(f"{ME}/addresses/{{address}}", body, COOKIE) for body in CHANGES_OF_ADDRESS),
        *(post(f"{ME}/addresses/{id}", {"city": "Rome"}, COOKIE) for id in ("addr_nope", "%zz")),
        post(f"{ME}/addresses/{{address}}", {"city": "Stolen"}, CLAIMING),
        delete(f"{ME}/addresses/{{address}}", CLAIMING),
        post(ME, {"billing_address": "{address}"}, COOKIE),
        # This change must show in the billing address and in the shipping address, because both are the same row.
        post(ME, {"billing_address": {"city": "Boston"}}, COOKIE),
        *(delete(f"{ME}/addresses/{{address}}", COOKIE) for _ in range(2)),
        *AFTER,
    ],
    "the billing address": [
        *registered("billing"),
        *(post(ME, {"billing_address": address}, COOKIE) for address in BILLING_ADDRESSES),
        *AFTER,
    ],
    "a customer who changes": [
        *registered("changing"),
        *(post(ME, body, COOKIE) for body in CHANGES_OF_CUSTOMER),
        *AFTER,
        post("/store/auth", {"email": "changed-{run}@example.com", "password": "x"}),
        post(ME, {"password": "y", "first_name": "Ada"}, COOKIE),
        *(post("/store/auth/token", {"email": "changed-{run}@example.com", "password": each}) for each in ("x", "y")),
    ],
    "an order of a customer": [
        *registered("buying"),
        post("/store/carts", {"region_id": "{region.Europe}"}, COOKIE, cart="cart.id"),
        *(
            post("/store/carts/{cart}/line-items", {"variant_id": f"{{variant.{sku}}}", "quantity": 2}, COOKIE)
            for sku in ("CANDLE-CEDAR", "MUG-350")
        ),
        post("/store/carts/{cart}", {"shipping_address": GERMANY, "discounts": [{"code": "TENPERCENT"}]}, COOKIE),
        post("/store/carts/{cart}/shipping-methods", {"option_id": "{option.Europe.Post}"}, COOKIE),
        post("/store/carts/{cart}/payment-sessions", {}, COOKIE),
        post("/store/carts/{cart}/payment-session", {"provider_id": "manual"}, COOKIE),
        post("/store/carts/{cart}/complete", {}, COOKIE, order="data.id", item="data.items.title=Enamel Mug.id"),
        *AFTER,
        get("/store/customers/me/orders", COOKIE),
        post("/store/returns", RETURN),
        get("/store/orders/{order}"),
        *AFTER,
    ],
    "a new name on an order": [
        post(ME, {"first_name": "Amazing", "phone": "1"}, BEARER),
        *gets("/store/orders/{mine}", ["", "expand=customer"]),
        *gets("/store/customers/me/orders", ["", "q=amazing"], BEARER),
        post(ME, {"first_name": "Grace", "phone": None}, BEARER),
    ],
    "a forgotten password": [
        *posts("/store/customers/password-token", ['{"email": "absent-{run}@example.com"}', *ODD_BODIES]),
        post("/store/customers/password-token", {"email": "OTHER-{run}@example.com"}),
        *posts("/store/customers/password-reset", ODD_BODIES),
        *(
            post("/store/customers/password-reset", {"email": email, "token": token, "password": "x"})
            for email in ("{customer_email}", "absent-{run}@example.com")
            for token in ("x", "", "{customer_token}")
        ),
    ],
    "the reasons of a return": [*ITEMS, get("/store/return-reasons/{too_small}")],
    "returns": [*ITEMS, *(post("/store/returns", body) for body in RETURNS), *gets("/store/orders/{order}", [""])],
    "a return that is sent twice": [
        *ITEMS,
        post("/store/returns", RETURN, {"Idempotency-Key": "mine"}, key="return.idempotency_key"),
        post("/store/returns", RETURN, KEY),
        post("/store/returns", {"order_id": "{order}", "items": []}, KEY),
        post("/store/returns", {"order_id": "order_nope", "items": []}, KEY),
        post("/store/returns", {"x": json.dumps(1)}, KEY),
    ],
}
