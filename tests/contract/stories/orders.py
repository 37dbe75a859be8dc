"""Requests about orders, logins and lists of orders. The first request of each route succeeds."""

from __future__ import annotations

import json

from ..mirror import JSON_TYPE, Case, gets, posts
from ..twins import COLUMNS, RELATIONS

BEARER = {"Authorization": "Bearer {customer_token}"}
CLAIMING = {"Authorization": "Bearer {other_token}"}


TOTALS = ["shipping_total", "discount_total", "tax_total", "refunded_total", "total", "subtotal", "paid_total"]
TOTALS += ["refundable_amount", "gift_card_total", "gift_card_tax_total"]

SELECTIONS = [
    "",
    *[f"expand={relation}" for relation in RELATIONS.split(",")],
    *["expand=", "expand=,", "expand=items,", "expand=customer,items", "expand=nope", "expand=%20items"],
    *["expand=items&expand=region", "expand[]=items", "expand[a]=items", "expand=nope&fields=nope"],
    *["expand[][a]=items", "fields[][a]=items", "expand=nope&fields=object", "fields=object&expand=items"],
    *["fields=", "fields=,", "fields=id", "fields=id,email", "fields=email,-id", "fields=object", "fields=created_at"],
    *["fields=tax_rate", "fields=currency_code,subtotal", "fields=id,total&expand=items", "fields=total&expand="],
    *["fields=email&expand=customer", "fields=items", "fields=items.refundable", "fields=items.refundablex"],
    *["fields=items.refundable.x", "fields=total,items.refundable", "fields=items.refundable,subtotal&expand=items"],
    *["fields=-email", "fields=%2Btotal", "fields=%2Bitems.refundable", "fields=*id", "fields=-nope", "fields=%2Bnope"],
    *["fields=*id&expand=items", "fields=idempotency_key", "fields=idx", "fields=totalx", "fields=metadata"],
    *["fields=a,b,id", "fields=id,%20email", "fields=shipping_total,paid_total", "fields=-total", "fields[]=id"],
    *[f"fields={name}" for name in TOTALS],
    *["limit=1", "foo=bar", "order=created_at", "foo=1&bar=2&expand[]=x"],
]

LOOKUPS = [
    "display_id=1",
    "email=a@b.co",
    "display_id=x&email=x&expand[]=y&shipping_address=z",
    "display_id=0x1&email=a%40b.co",
    "display_id=1e400&email=a%40b.co",
    "display_id=99999999999&email=a%40b.co",
    "display_id=-0&email=a%40b.co",
    "display_id=+7&email=a@b",
    "display_id[x]=1&email[]=a@b.co",
    "display_id=999999&email=a@b.co&shipping_address[postal_code]=1&shipping_address[x]=2",
    "display_id=999999&email=a@b.co&shipping_address[]=1",
    "display_id=999999&email=a@b.co&shipping_address[]=1&shipping_address[]=2",
    "display_id=999999&email=a@b.co&shipping_address[0][postal_code]=1",
    "display_id=999999&email=a@b.co&shipping_address[0][postal_code]=1&shipping_address[1][x]=1",
    "display_id=999999&email=a@b.co&shipping_address[postal_code][x]=1",
    "display_id=999999&email=a.b@sub-domain.example.museum",
    "display_id=999999&email=.a@example.com",
    "display_id=999999&email=a..b@example.com",
    "display_id=999999&email=a@example.c",
    "display_id=999999&email=a@-example.com",
    "display_id=999999&email=a@localhost",
]

LISTS = [
    "",
    # The selection of relations and fields.
    *[f"expand={relation}" for relation in RELATIONS.split(",")],
    *["expand=", "expand=,", "expand=items,", "expand=customer,items", "expand=nope", "expand=%20items", "expand=."],
    *["expand=items&expand=region", "expand[]=items", "expand[a]=items", "expand=nope&fields=nope", "expand[][a]=x"],
    *["expand=claims,swaps", "expand=claims.additional_items.tax_lines", "expand=refunds,gift_cards", "expand=Items"],
    *["expand=gift_card_transactions.gift_card", "expand=items.variant.product", "expand=fulfillments.items"],
    *["expand=items.variant.product.profiles", "expand=items.tax_lines,items.adjustments,shipping_methods.tax_lines"],
    f"expand={RELATIONS}&fields={COLUMNS}",
    f"fields={COLUMNS}",
    *["fields=", "fields=,", "fields=id", "fields=id,email", "fields=email,-id", "fields=object", "fields=ID"],
    *["fields=metadata,updated_at,canceled_at", "fields=%2Bsales_channel_id,-email", "fields=-nope", "fields=nope"],
    *["fields=items", "fields=items.title", "fields=items.nope", "fields=items.", "fields=nope.title", "fields=."],
    *["fields=billing_address.city", "fields=billing_address.city&expand=", "fields=returns", "fields=id,%20email"],
    *["fields=*items", "fields=*billing_address", "fields=*billing_address&expand=", "fields=*nope", "fields=*,id"],
    *["fields=*items,%2Btotal", "fields=**items", "fields[]=id", "fields=raw_discount_total", "fields=item_tax_total"],
    *[f"fields={name}" for name in TOTALS],
    *["fields=id,total&expand=customer", "fields=total&expand=", "fields=subtotal,items.refundable&expand=items"],
    *["fields=total,nope", "fields=%2Btotal", "fields=items.refundable", "fields=discount_total,items.refundable"],
    *["fields=swaps.additional_items.refundable", "fields=claims.additional_items.refundable,total"],
    *["fields=total&expand=items.variant.product", "fields=total&expand=shipping_methods.shipping_option"],
    # The pages and filters.
    *[f"limit={number}" for number in ("0", "1", "-1", "1.5", "1.4", "0.5", "", "99999999999", "1e20", "1e2", "0x2")],
    *["limit[]=2", "limit=2&limit=1", "limit[a]=1", "limit=x", "limit=1e400", "limit=null", "limit=-0"],
    *[f"offset={number}" for number in ("0", "1", "-1", "1.5", "0.5", "", "5", "x", "1e20")],
    *["limit=1&offset=1", "limit=2&offset=2", "limit=1&offset=1&status=pending", "limit=0&offset=1"],
    *["id={mine}", "id={order}", "id[]={mine}", "id={mine}&id=x", "id=", "id[x]=1", "id=nope"],
    *["status=pending", "status[]=pending", "status[]=pending,canceled", "status[0]=pending&status[1]=canceled"],
    *[
        "status=pending&status=canceled",
        "status=nope",
        "status[a]=pending",
        "status=",
        "status[]=",
        "status[]=a&status[]=b",
    ],
    *["status[][a]=pending", "fulfillment_status=shipped", "fulfillment_status=nope", "payment_status[]=canceled"],
    *["payment_status=nope", "payment_status[]=partially_refunded&fulfillment_status[]=shipped"],
    *["display_id={my_display_id}", "display_id=%20{my_display_id}", "display_id=%2B{my_display_id}", "display_id=abc"],
    *["display_id=", "display_id={my_display_id}.0", "display_id=99999999999", "display_id[]={my_display_id}"],
    *["cart_id={my_cart}", "cart_id=x", "email={customer_email}", "email={email}", "region_id={my_region}"],
    *[
        "currency_code=eur",
        "currency_code=EUR",
        "tax_rate=20",
        "tax_rate=x",
        "tax_rate=",
        "tax_rate=1e400",
        "tax_rate=NaN",
    ],
    *["created_at=2020", "created_at=", "created_at[]=2020", "created_at[]=a&created_at[]=b", "created_at[][gt]=2020"],
    *[
        f"created_at[gt]={text}"
        for text in ("2020", "2020-01", "2020-01-01", "2020-01-01T10:00", "x", "", "1700000000")
    ],
    *["created_at[gt]=2020-01-01T10:00:00%2B02:00", "created_at[gt]=1700000000000", "created_at[gt]=9999-12-31"],
    # `gt` and `lte` are not compared for `my_created_at`: PostgreSQL stores microseconds, which responses omit.
    *["created_at[lt]=2020-01-01", "created_at[gte]={my_created_at}", "created_at[lt]={my_created_at}"],
    *["created_at[lte]=2100", "created_at[gt]=2020&created_at[lt]=2100"],
    *["created_at[x]=1", "created_at[gt][a]=1", "updated_at[gte]={my_created_at}", "canceled_at[gt]=2020"],
    *["canceled_at[lt]=2020", "created_at[gt]=x&created_at[lt]=y&created_at[nope]=1&updated_at[gt]=z&limit=x"],
    *[
        "q=grace",
        "q=GRACE",
        "q=hopper",
        "q={run}",
        "q={my_display_id}",
        "q=nobody",
        "q=%25",
        "q=_",
        "q=gr%25e",
        "q=gr%5C%25e",
    ],
    *["q=", "q[]=x", "q=grace&display_id={my_display_id}", "q=grace&display_id=x", "q=grace&email=x", "q=lovelace"],
    *["q=grace&status=canceled", "q=grace&fields=id&expand=", "q=grace&expand=items", "q=grace&fields=total"],
    *["order=id", "nope=1", "fields=nope&limit=x", "limit=x&nope=1&fields[]=a&expand[]=b&id[]=1"],
    "limit=x&offset=y&id[]=1&q[]=1&status=z&fulfillment_status=z&payment_status=z&display_id[]=1&cart_id[]=1&email[]=1"
    "&region_id[]=1&currency_code[]=1&tax_rate[]=1&created_at=1&updated_at=1&canceled_at=1&expand[]=1&fields[]=1&z=1",
]

ODD_BODIES = [
    *["", "{}", "[]", "[1, 2]", '["a", {}]', "null", "{", "{]", "true"],
    *['{"a"', '{"a":', '{"a": 1', '{"a": 1,', "[1", "[[1], {}", '["a', '["\\x"]', "{}x", "\ufeff{}"],
    '{"email": "nobody", "password": ""}',
    '{"email": "nobody@example.com"}',
    '{"email": "nobody@example.com", "password": null, "x": 1}',
    '{"email": ["nobody@example.com"], "password": [1], "first_name": 1, "last_name": {}, "phone": 2}',
    '{"token": "a.b.c"}',
    '{"token": 1, "y": 2}',
]
RIGHT = '{"email": "{customer_email}", "password": "{password}"}'
WRONG = '{"email": "{customer_email}", "password": "wrong"}'
IN_CAPITALS = '{"email": "GRACE-{run}@EXAMPLE.COM", "password": "{password}"}'
OF_A_GUEST = '{"email": "{email}", "password": "{password}"}'
BAD_LOGINS = [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eA=="}, {"Cookie": "connect.sid=s%3Ax.y"}]
GOOD_LOGINS = [BEARER, {"Authorization": "bearer {customer_token}"}, {"Authorization": "Token {customer_token}"}]


def logins(method: str, path: str) -> list[Case]:
    """Return the same request with valid and with invalid logins."""
    return [Case(method, path, None, login) for login in (*GOOD_LOGINS, *BAD_LOGINS)]


CASES: dict[tuple[str, str], list[Case]] = {
    ("GET", "/health"): [Case("GET", "/health"), Case("HEAD", "/health/"), Case("GET", "/HEALTH?x=1")],
    ("GET", "/claim-tokens"): [Case("GET", "/claim-tokens")],
    ("GET", "/store/orders"): [
        *gets("/store/orders?display_id={display_id}&email={email}", SELECTIONS),
        *gets("/store/orders", LOOKUPS),
    ],
    ("GET", "/store/orders/{id}"): [
        *gets("/store/orders/{order}", SELECTIONS),
        *gets("/store/orders/{mine}", ["", f"expand={RELATIONS}", "fields=total"]),
        *gets("/store/orders/order_nope", ["", "expand=nope", "fields=object"]),
        *gets("/store/orders/%", [""]),
        *gets("/store/orders/%00", [""]),
    ],
    ("GET", "/store/orders/cart/{cart_id}"): [
        *gets("/store/orders/cart/{cart}", SELECTIONS),
        *gets("/store/orders/cart/{my_cart}", ["", f"expand={RELATIONS}", "fields=items.refundable"]),
        *gets("/store/orders/cart/cart_nope", ["", "expand=nope", "fields=total"]),
    ],
    ("POST", "/store/orders/batch/customer/token"): [
        *posts("/store/orders/batch/customer/token", ['{"order_ids": ["{order}", "order_nope"]}'], CLAIMING),
        *posts("/store/orders/batch/customer/token", ['{"order_ids": ["{order}"]}']),
        *posts(
            "/store/orders/batch/customer/token",
            [
                *['{"order_ids": []}', '{"order_ids": "order_nope"}', '{"order_ids": [1, "", null]}', '{"x": 1}'],
                *['{"order_ids": null}', '{"order_ids": {"a": "b"}}'],
                # An empty list would claim all orders, including the orders of other tests.
                *[body for body in ODD_BODIES if body != "[]"],
            ],
            CLAIMING,
        ),
    ],
    ("POST", "/store/orders/customer/confirm"): posts(
        "/store/orders/customer/confirm",
        ['{"token": "{claim_token}"}', '{"token": "{claim_token}x"}', '{"token": "{customer_token}"}', *ODD_BODIES],
    ),
    ("GET", "/store/auth"): [*logins("GET", "/store/auth"), *gets("/store/auth", ["fields=id&nope=1"], BEARER)],
    ("POST", "/store/auth"): [
        *posts("/store/auth", [RIGHT, IN_CAPITALS, WRONG, OF_A_GUEST, *ODD_BODIES]),
        Case("POST", "/store/auth", "email=a", {"Content-Type": "application/x-www-form-urlencoded"}),
        Case("POST", "/store/auth", RIGHT, {"Content-Type": "application/json; charset=utf-8"}),
        Case("POST", "/store/auth", json.dumps({"x": "y" * 110_000}), JSON_TYPE),
    ],
    ("DELETE", "/store/auth"): [*logins("DELETE", "/store/auth"), Case("DELETE", "/store/auth", "{", JSON_TYPE)],
    ("POST", "/store/auth/token"): posts("/store/auth/token", [RIGHT, IN_CAPITALS, WRONG, OF_A_GUEST, *ODD_BODIES]),
    ("GET", "/store/auth/{email}"): [
        *gets("/store/auth/{customer_email}", ["", "x=1"]),
        *gets("/store/auth/GRACE-{run}%40example.com", [""]),
        *gets("/store/auth/{email}", [""]),
        *gets("/store/auth/nobody@example.com", [""]),
        *gets("/store/auth/token", [""]),
        *gets("/store/auth/%zz", [""]),
    ],
    ("POST", "/store/customers"): posts(
        "/store/customers",
        [
            '{"email": "New-{run}@Example.com", "password": "{password}", "first_name": "Ada", "phone": "1"}',
            '{"email": "short-{run}@example.com", "password": "x"}',
            '{"email": "unnamed-{run}@example.com", "password": "x", "first_name": null, "last_name": ""}',
            '{"email": "{customer_email}", "password": "x"}',
            '{"email": "GRACE-{run}@example.com", "password": "x", "first_name": "Grace"}',
            *ODD_BODIES,
        ],
    ),
    ("GET", "/store/customers/me"): [
        *logins("GET", "/store/customers/me"),
        *gets("/store/customers/me", ["fields=id&expand=orders&nope=1"], BEARER),
    ],
    ("GET", "/store/customers/me/orders"): [
        *gets("/store/customers/me/orders", LISTS, BEARER),
        *logins("GET", "/store/customers/me/orders?limit=1"),
    ],
}

# The sandbox has all of Medusa's routes under these paths. Some of the requests have no route on either side.
OTHERS = [
    Case(method, path)
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
    for path in (
        "/store/orders/order_nope",
        "/store/orders/cart/cart_nope/",
        "/STORE/ORDERS/ORDER_NOPE?expand=nope",
        "/store/orders/customer/confirm",
        "/store/orders/a/b/c",
        "/store/auth/nobody%40example.com",
        "/store/customers/me",
        "/store/customers/me/orders",
    )
]

COOKIE = {"Cookie": "{cookie}"}
CLAIM = Case("POST", "/store/orders/customer/confirm", '{"token": "{claim_token}"}', JSON_TYPE)

STORIES: dict[str, list[Case]] = {
    # A login sets a cookie, and a logout ends the session of the cookie.
    "a session": [
        Case("POST", "/store/auth", RIGHT, JSON_TYPE),
        Case("GET", "/store/auth", None, COOKIE),
        Case("GET", "/store/customers/me", None, COOKIE),
        Case("GET", "/store/customers/me/orders?limit=1", None, COOKIE),
        Case("GET", "/store/auth", None, {**COOKIE, "Authorization": "Bearer x"}),
        Case("POST", "/store/auth", RIGHT, JSON_TYPE | COOKIE),
        Case("DELETE", "/store/auth", None, COOKIE),
        Case("GET", "/store/auth", None, COOKIE),
        Case("POST", "/store/customers", '{"email": "cookie-{run}@example.com", "password": "x"}', JSON_TYPE),
        Case("GET", "/store/auth", None, COOKIE),
    ],
    # The routes that send an order return the new customer after the claim.
    "a claim moves an order": [
        CLAIM,
        CLAIM,
        Case("GET", "/store/orders/{claimable}"),
        Case("GET", "/store/customers/me/orders", None, CLAIMING),
        Case("GET", "/store/customers/me/orders?q=twin-{run}", None, CLAIMING),
        Case("GET", "/store/customers/me/orders?q=other-{run}", None, CLAIMING),
        Case("GET", "/store/auth", None, CLAIMING),
        CLAIM,
    ],
}
