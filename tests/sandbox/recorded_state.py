"""The known states of carts, orders and customers before and after each recorded exchange."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jwt

from ..recordings import exchange as recorded_exchange, exchanges
from .recorded_shop import merchant

JSON = dict[str, Any]

_OF_CUSTOMER = ("orders", "shipping_addresses", "billing_address", "groups")
USES = {"disc": ("discount", ("usage_count",)), "gift": ("gift_card", ("balance", "is_disabled"))}
"""The kind and the columns of a discount or gift card that an order changes, by the prefix of the ID."""
_DECIDING = {"region_id", "country_code", "sales_channel_id", "context", "customer_id"}
"""The values of a cart that a request sets and whose previous values no response contains."""
_TOTALS = ("total", "subtotal", "refundable", "raw_discount_total", "tax_lines", "object", "payment_session")


class States:
    """The carts, orders and customers of one profile in each response, with the number of the exchange."""

    def __init__(self, profile: str) -> None:
        self._exchanges = [each for each in exchanges().values() if each["profile"] == profile]
        self._numbers = {each["case"]: number for number, each in enumerate(self._exchanges)}
        self._carts: dict[str, list[tuple[int, JSON]]] = {}
        self._orders: dict[str, list[tuple[int, JSON]]] = {}
        self._customers: dict[str, list[tuple[int, JSON]]] = {}
        self._first_seen: dict[str, int] = {}
        self._registered: set[str] = set()
        for number, exchange in enumerate(self._exchanges):
            for cart in carts(exchange["body"]):
                self._carts.setdefault(cart["id"], []).append((number, cart))
            for order in orders(exchange["body"]):
                self._orders.setdefault(order["id"], []).append((number, order))
            for customer in entities(exchange["body"], "cus_"):
                if "shipping_addresses" in customer:
                    self._customers.setdefault(customer["id"], []).append((number, customer))
            self._registered |= {each["id"] for each in entities(exchange["body"], "cus_") if each.get("has_account")}
            self._registered.add(_login(exchange)[0])
            for id in re.findall(r"\bcus_[0-9A-Z]{26}", json.dumps(exchange["body"])):
                self._first_seen.setdefault(id, number)
        if profile == "default":
            self._add_what_the_merchant_did()

    def _add_what_the_merchant_did(self) -> None:
        """Add the orders as they were after the merchant's requests. Each is added at the next exchange."""
        latest = ""
        clock = [latest := max(latest, latest_time(exchange["body"])) for exchange in self._exchanges]
        for exchange in merchant():
            if "/orders/" in exchange["target"]:
                order = exchange["body"]["order"]
                number = next(number for number, time in enumerate(clock) if time > order["updated_at"])
                columns = {name: order[name] for name in order if name.endswith(("_at", "status")) or name == "id"}
                self._orders[order["id"]].append((number, columns))
                self._orders[order["id"]].sort(key=lambda sent: sent[0])

    def customers_from_elsewhere(self) -> list[JSON]:
        """Return the accounts whose registration was not recorded, as they were first sent."""
        registered: set[str] = set()
        customers: dict[str, JSON] = {}
        for exchange in self._exchanges:
            for customer in entities(exchange["body"], "cus_"):
                if customer.get("has_account"):
                    row = {name: value for name, value in customer.items() if name not in _OF_CUSTOMER}
                    customers.setdefault(customer["id"], row)
            id, email = _login(exchange)
            if email:
                customers.setdefault(id, {"id": id, "email": email.lower()})
            if exchange["route"] == "POST /store/customers" and exchange["status"] == 200:
                registered.add(exchange["body"]["customer"]["id"])
        return [customer for id, customer in customers.items() if id not in registered]

    def guest(self, recorded: JSON) -> JSON | None:
        """Return the guest that an earlier, unrecorded request created for the cart's e-mail address."""
        number = self._numbers[recorded["case"]]
        for cart in carts(recorded["body"]):
            if self._first_seen.get(cart["customer_id"], number) == number:
                continue
            for exchange in self._exchanges:
                for customer in entities(exchange["body"], cart["customer_id"]):
                    if customer.get("has_account") is False:
                        return {name: value for name, value in customer.items() if name not in _OF_CUSTOMER}
        return None

    def order_ids(self, body: Any) -> list[str]:
        """Return the IDs of the orders in a response."""
        return [order["id"] for order in orders(body)]

    def before(self, id: str, recorded: JSON) -> JSON | None:
        """Return the known state of a cart, an order or a customer before an exchange, or None."""
        number = self._numbers[recorded["case"]]
        if id.startswith("cus_"):
            return self._customer_before(id, recorded, number)
        if id.startswith("order_"):
            sent = self._orders.get(id, [])
            order = _merged([order for at, order in sent if at <= number] or [order for _, order in sent[:1]])
            return order if {"id", "display_id", "email", "customer_id"} <= order.keys() else None
        known = self._carts.get(id, [])
        earlier = [cart for at, cart in known if at < number]
        now_or_later = [cart for at, cart in known if at >= number]
        own_order = next((order for each in self._orders.values() for at, order in each if at == number), {})
        if "/complete" in recorded["target"] and own_order.get("cart_id") == id:
            return self._undone(recorded, _merged([*map(_bare, earlier), _cart_of(own_order)]))
        is_own = bool(known) and any(at == number for at, _ in known)
        if earlier and (not is_own or _decides(recorded)):
            return _bare(_merged(earlier))
        if is_own and _decides(recorded):
            return None
        if now_or_later and "items" in _merged([*earlier, now_or_later[0]]):
            return self._undone(recorded, _bare(_merged([*earlier, now_or_later[0]])))
        if not known and not any(order.get("cart_id") == id for each in self._orders.values() for _, order in each):
            return _new_cart(id)
        ordered = [order for each in self._orders.values() for at, order in each if order.get("cart_id") == id]
        return self._undone(recorded, _cart_of(ordered[0])) if ordered and "items" in ordered[0] else None

    def _undone(self, recorded: JSON, cart: JSON) -> JSON:
        return _undone(recorded, cart, is_registered=cart["customer_id"] in self._registered)

    def orders_of(self, customer_id: str, time: str) -> list[str]:
        """Return the IDs of the customer's orders that were created up to this time."""
        found = ((id, _merged([order for _, order in sent])) for id, sent in self._orders.items())
        return [id for id, order in found if order.get("customer_id") == customer_id and order["created_at"] <= time]

    def is_completed(self, recorded: JSON, order_id: str) -> bool:
        """Return whether the order was created before the exchange."""
        return min(at for at, _ in self._orders[order_id]) < self._numbers[recorded["case"]]

    def _customer_before(self, id: str, recorded: JSON, number: int) -> JSON | None:
        sent = self._customers.get(id, [])
        earlier = [customer for at, customer in sent if at < number]
        now = [customer for at, customer in sent if at == number]
        if now and recorded["method"] != "DELETE":
            return {**_merged(earlier), **_without_new_address(recorded, now[0])}
        return _merged(earlier) if earlier else None

    def after(self, recorded: JSON) -> Iterator[tuple[str, JSON]]:
        """Yield the state of each cart, order and customer after an exchange."""
        number = self._numbers[recorded["case"]]
        for cart in carts(recorded["body"]):
            yield cart["id"], _bare(_merged([each for at, each in self._carts[cart["id"]] if at <= number]))
        for order in orders(recorded["body"]):
            if state := self.before(order["id"], recorded):
                yield order["id"], state
        for id, sent in self._customers.items():
            if any(at == number for at, _ in sent):
                yield id, _merged([customer for at, customer in sent if at <= number])


def _login(exchange: JSON) -> tuple[str, str]:
    """Return the ID and the e-mail address of the customer of an exchange, or empty texts."""
    body = exchange["body"]
    if exchange["route"] == "POST /store/auth/token" and exchange["status"] == 200:
        return token_payload(body["access_token"])["customer_id"], json.loads(exchange["request_body"])["email"]
    bearer = exchange["request_headers"].get("Authorization", "").removeprefix("Bearer ")
    if bearer.startswith("eyJ") and exchange["status"] == 200 and isinstance(body, dict) and "cart" in body:
        return token_payload(bearer).get("customer_id", ""), body["cart"].get("email") or ""
    return "", ""


def changing_rows(recorded: JSON) -> Iterator[tuple[str, JSON]]:
    """Yield the rows of the catalogue that orders change: the kind, and the columns before the exchange."""
    body = recorded["body"]
    sold: Counter[str] = Counter()
    if "/complete" in recorded["target"] and isinstance(body, dict) and body.get("type") == "order":
        for item in body["data"]["items"]:
            sold[item["variant_id"]] += item["quantity"]
    for prefix, kind, column in (
        ("variant_", "product_variant", "inventory_quantity"),
        ("gift_", "gift_card", "updated_at"),
        ("disc_", "discount", "updated_at"),
        ("prod_", "product", "updated_at"),
    ):
        for row in entities(body, prefix, deep=True):
            if column in row and "updated_at" in row:
                was = {column: row[column] + sold[row["id"]]} if row["id"] in sold else {}
                yield kind, {name: row[name] for name in ("id", column, "updated_at")} | was


def token_payload(token: str) -> JSON:
    """Return the payload of a recorded token."""
    payload: JSON = jwt.decode(token, options={"verify_signature": False})
    return payload


def latest_time(body: Any) -> str:
    """Return the latest time of creation or change in a response."""
    return max(re.findall(r'"(?:created|updated)_at": "([^"]+)"', json.dumps(body)), default="")


def carts(body: Any) -> list[JSON]:
    """Return the carts in a response that have their items or their payment sessions."""
    return [cart for cart in entities(body, "cart_") if "items" in cart or "payment_sessions" in cart]


def orders(body: Any) -> list[JSON]:
    """Return the orders in a response that have a number."""
    return [order for order in entities(body, "order_") if "display_id" in order]


def entities(value: Any, prefix: str, deep: bool = False) -> list[JSON]:
    """Return the entities whose ID has this prefix. `deep`: also search inside the found entities."""
    if isinstance(value, list):
        return [entity for each in value for entity in entities(each, prefix, deep)]
    if not isinstance(value, dict):
        return []
    found = [value] if str(value.get("id")).startswith(prefix) else []
    if found and not deep:
        return found
    return found + [entity for each in value.values() for entity in entities(each, prefix, deep)]


def _without_new_address(recorded: JSON, customer: JSON) -> JSON:
    """Return the customer without the address that the request added."""
    if recorded["route"] != "POST /store/customers/me/addresses":
        return customer
    addresses = sorted(customer["shipping_addresses"], key=lambda address: str(address["created_at"]))
    return {**customer, "shipping_addresses": addresses[:-1]}


def _merged(states: list[JSON]) -> JSON:
    """Return the latest value of each column. The rows of relations are merged with their earlier values."""
    merged: JSON = {}
    for state in states:
        merged |= {name: _with_earlier(merged.get(name), value) for name, value in state.items()}
    return merged


def _with_earlier(earlier: Any, value: Any) -> Any:
    if isinstance(value, list) and isinstance(earlier, list):
        rows = {row["id"]: row for row in earlier if isinstance(row, dict) and "id" in row}
        return [_with_earlier(rows.get(row.get("id")), row) if isinstance(row, dict) else row for row in value]
    if isinstance(value, dict) and isinstance(earlier, dict) and value.get("id") == earlier.get("id") is not None:
        return _merged([earlier, value])
    return value


def _bare(cart: JSON) -> JSON:
    """Return a cart without the fields that Medusa computes for a response."""

    def bare(row: JSON) -> JSON:
        return {name: each for name, each in row.items() if name not in _TOTALS and not name.endswith("_total")}

    kept = bare(cart)
    for name in {"items", "shipping_methods"} & cart.keys():
        kept[name] = [bare(row) for row in cart[name]]
    return kept


def _new_cart(id: str) -> JSON:
    """Return an empty cart, for a cart that was recorded only by its ID."""
    return {**_bare(recorded_exchange("cart_create_region")["body"]["cart"]), "id": id}


def _cart_of(order: JSON) -> JSON:
    """Return the cart of an order in the state before its completion."""
    address = order.get("shipping_address") or {}
    cart = {
        "id": order["cart_id"],
        "created_at": order["created_at"],
        "updated_at": order["updated_at"],
        "deleted_at": None,
        "email": order["email"],
        "billing_address_id": order.get("billing_address_id"),
        "shipping_address_id": address.get("id"),
        "region_id": order["region_id"],
        "customer_id": order["customer_id"],
        "payment_id": None,
        "type": "default",
        "completed_at": None,
        "payment_authorized_at": None,
        "idempotency_key": None,
        "context": {},
        "metadata": None,
        "sales_channel_id": order.get("sales_channel_id"),
        "payment_sessions": [_session_of(payment, order) for payment in order.get("payments", [])],
    }
    for name in ("region", "shipping_address", "billing_address", "discounts", "gift_cards", "sales_channel"):
        if name in order:
            cart[name] = order[name]
    items = [{**item, "order_id": None, "cart_id": order["cart_id"]} for item in order["items"]]
    methods = [{**each, "order_id": None, "cart_id": order["cart_id"]} for each in order["shipping_methods"]]
    return _bare({**cart, "items": items, "shipping_methods": methods})


_UNSELECTED: JSON = {"is_selected": None, "is_initiated": False, "data": {}}


def _data_before(data: JSON) -> JSON:
    """Return the data of a payment before it was authorized."""
    if data.keys() == {"status"}:
        return {"status": "pending"}
    return {name: value for name, value in data.items() if name not in ("status", "next_action")}


def _session_of(payment: JSON, order: JSON) -> JSON:
    return {
        "id": payment["id"].replace("pay_", "ps_"),
        "created_at": order["created_at"],
        "updated_at": order["created_at"],
        "cart_id": order["cart_id"],
        "provider_id": payment["provider_id"],
        "is_selected": True,
        "is_initiated": True,
        "status": "pending",
        "data": _data_before(payment["data"]),
        "idempotency_key": None,
        "amount": payment["amount"],
        "payment_authorized_at": None,
    }


def _decides(recorded: JSON) -> bool:
    """Return whether the request sets values that must not be restored from its own response."""
    asked = json.loads(recorded["request_body"] or "{}") if recorded["method"] == "POST" else {}
    return isinstance(asked, dict) and bool(_DECIDING & asked.keys())


def _undone(recorded: JSON, cart: JSON, is_registered: bool) -> JSON:
    """Return the cart without the changes that the request made, as far as the request describes them."""
    if recorded["method"] == "POST" and "without a payment session" in str(recorded["body"]):
        cart = {**cart, "payment_sessions": [{**each, **_UNSELECTED} for each in cart["payment_sessions"]]}
    if recorded["method"] != "POST" or recorded["status"] != 200:
        return cart
    asked = json.loads(recorded["request_body"] or "{}")
    action = recorded["target"].partition("?")[0].partition(cart["id"])[2].strip("/")
    cart = dict(cart)
    if action == "":
        _undo_update(asked, cart, is_registered)
    elif action == "shipping-methods":
        methods = cart["shipping_methods"]
        cart["shipping_methods"] = [each for each in methods if each["shipping_option_id"] != asked["option_id"]]
    elif action == "payment-sessions":
        cart["payment_sessions"] = []
    elif action == "payment-session" and len(cart["payment_sessions"]) > 1:
        cart["payment_sessions"] = [
            {**each, **_UNSELECTED} if each["provider_id"] == asked["provider_id"] else each
            for each in cart["payment_sessions"]
        ]
    elif action == "line-items":
        changed = max((item for item in cart["items"] if _is_asked(asked, item)), key=lambda item: item["updated_at"])
        before = {**changed, "quantity": changed["quantity"] - asked["quantity"]}
        cart["items"] = [before if item is changed else item for item in cart["items"]]
        cart["items"] = [item for item in cart["items"] if item["quantity"] > 0]
    elif action in ("complete", "complete-cart"):
        cart["completed_at"] = cart["payment_authorized_at"] = cart["payment_id"] = None
        cart.pop("payment", None)
        cart["payment_sessions"] = [
            {**each, "status": "pending", "data": _data_before(each["data"])} for each in cart["payment_sessions"]
        ]
    return cart


def _undo_update(asked: JSON, cart: JSON, is_registered: bool) -> None:
    if "email" in asked:
        cart["email"] = None
        if not is_registered:
            cart["customer_id"] = None
            cart.pop("customer", None)
    for name in ("shipping_address", "billing_address"):
        if isinstance(asked.get(name), dict) and "first_name" in asked[name]:
            cart[f"{name}_id"] = None
            cart.pop(name, None)
    for name in ("discounts", "gift_cards"):
        if asked.get(name):
            cart[name] = []
    if asked.get("discounts"):
        cart["items"] = [{**item, "adjustments": []} for item in cart["items"]]


def _is_asked(asked: JSON, item: JSON) -> bool:
    return bool(item["variant_id"] == asked["variant_id"] and (item["metadata"] or {}) == (asked.get("metadata") or {}))
