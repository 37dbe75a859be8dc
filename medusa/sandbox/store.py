"""SandboxStore: a Store API on this machine."""

from __future__ import annotations

import errno
import json
import os
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self, cast

import attrs

from .. import Customer, Medusa, Model, Order, ShippingOption
from .adding import check_route, known_row, refuse_all_but_columns, refuse_taken
from .addresses import add_address, build_address
from .answers import Answer, failure_answer, json_answer
from .api import StoreApi
from .catalogue import add_defaults, add_shipping_option
from .database import Database
from .entities import CLAIM, PASSWORD_RESET, new_customer, new_id
from .json_text import dumps, now
from .logins import hashed
from .orders import build_order, find_orders
from .payments import PaymentOutcome, choose_outcomes
from .received import ReceivedRequest
from .relations import load, store as store_rows
from .server import Server
from .shelves import Shelves
from .shop import open_shop
from .validation import is_email
from .vouchers import Vouchers


@attrs.frozen
class ClaimEvent:
    """What the backend emits for a claim, one for each e-mail address, and a shop mails there."""

    old_email: str = attrs.field(repr=False)
    new_customer_id: str
    orders: list[str]
    """The ids of the orders."""
    token: str = attrs.field(repr=False)
    """For `confirm_request`, for 900 seconds."""


@attrs.frozen
class PasswordResetEvent:
    """What the backend emits for a customer who has forgotten the password, and a shop mails to them."""

    id: str
    """That of the customer."""
    email: str = attrs.field(repr=False)
    first_name: str | None = attrs.field(repr=False)
    last_name: str | None = attrs.field(repr=False)
    token: str = attrs.field(repr=False)
    """For `reset_password`, for 900 seconds and until the password changes."""


class SandboxStore(Shelves, Vouchers):
    """A Store API on 127.0.0.1 that answers as Medusa 1.20.11 does, over a real socket, with state of its own.

    `orders`: whether a new store begins with the orders and customers of a made-up shop (`medusa.sandbox.shop`), or
    empty. `database`: a file that keeps its state; without one it is gone when the store is closed. `port`: 0 is a
    free one. Raises `OSError` for a port or a file that can't be used.

    Use it as a context manager, or close it; closing it in a forked child leaves it to the parent. A route that it does
    not have is answered with 501, a request whose `Host` is not 127.0.0.1, localhost or [::1] with 403.
    """

    def __init__(self, *, orders: bool = True, database: str | Path | None = None, port: int = 0) -> None:
        self._process = os.getpid()
        self._faults: deque[Callable[[], Answer | None]] = deque()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._database = Database(database)
        try:
            with self._database.transaction():
                if self._database.create():
                    add_defaults(self._database)
                    if orders:
                        open_shop(self, self._database)
            self._api = StoreApi(self._database)
            self._api.next_answer = self._next_fault
            self._server = Server(self._api, port)
        except BaseException:
            self._database.close()
            raise
        self.url = f"http://127.0.0.1:{self._server.port}"
        """The `base_url` for a client."""

    def close(self) -> None:
        """Stop serving; state in a file stays there. Closing a closed store does nothing."""
        if os.getpid() == self._process and not self._closing.is_set():
            self._closing.set()
            self._server.close()
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def client(self, **options: Any) -> Medusa:
        """A client on this store; the options are those of `Medusa`."""
        return Medusa(self.url, **options)

    # What is in the store

    def add_order(
        self,
        recorded: Mapping[str, Any] | Order | None = None,
        *,
        items: Iterable[Mapping[str, Any]] = ({"title": "Stoneware mug", "unit_price": 1250},),
        email: str = "ada@example.com",
        currency_code: str = "eur",
        tax_rate: float = 0,
        shipping: int | None = 490,
        discounts: Iterable[Mapping[str, Any]] = (),
        gift_card: int = 0,
        refunds: Iterable[int] = (),
        shipping_address: Mapping[str, Any] | None = None,
        tracking_numbers: Iterable[str] = (),
        **fields: Any,
    ) -> Order:
        """Add an order and return it whole, with all that any route could send of it.

        Either a recorded one, as a model or as the JSON that a backend sent, with or without the `{"order": ...}`
        around it, which may have columns of your own; or one made of these:

        `items`: for each the fields of a `LineItem`, `title` and `unit_price` at least. `email`: whose order it is; of
        the customer who has an account under it only after a claim, or if `customer_id` names them. `tax_rate`:
        percent, on top of the prices. `shipping`: what it costs, None without a shipping method. `discounts`: for each
        a `code`, a `type` ("percentage", "fixed" or "free_shipping") and a `value` (percent, or smallest currency
        unit). `gift_card`: what one pays. `refunds`: amounts. `tracking_numbers`: those of one shipment of everything.
        `fields`: any other field of an `Order`, such as `status` or `display_id`.

        Amounts are in the smallest currency unit; all totals are computed as Medusa does. Raises `TypeError` for a name
        that an order, item or address does not have, `ValueError` for an item without title or price, for a discount
        without a code or of an unknown type, and for a customer who is not there, and `MedusaDecodeError` for a value
        of the wrong type.
        """
        if recorded is not None:
            body = recorded.to_dict() if isinstance(recorded, Order) else dict(recorded)
            order = body.get("order", body)
            if missing := [name for name in ("id", "display_id", "email", "customer_id") if name not in order]:
                raise ValueError(f"a recorded order needs its {missing[0]}")
            return self._put(order)
        with self._database.transaction():  # no two get the same number
            order = build_order(
                self._database,
                items,
                email=email,
                currency_code=currency_code,
                tax_rate=tax_rate,
                shipping=shipping,
                discounts=discounts,
                gift_card=gift_card,
                refunds=refunds,
                shipping_address=shipping_address,
                tracking_numbers=tracking_numbers,
                fields=fields,
            )
            return self._put(order)

    def add(self, entity: Model) -> None:
        """Add what a real backend sent, with all that was loaded with it: a product with its variants and prices, say.

        `for product in medusa.products.iterate(): store.add(product)` copies a catalogue. An entity that is there
        already is replaced, but for what was not loaded. An order is added by `add_order`.
        """
        kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(entity).__name__).lower()
        with self._database.transaction():
            store_rows(self._database, kind, json.loads(dumps(entity.to_dict())))

    def _put(self, order: Mapping[str, Any]) -> Order:
        as_json: dict[str, Any] = json.loads(dumps(order))
        model = Order.from_dict(as_json)
        self._database.put("order", as_json)
        return model

    def add_customer(
        self,
        email: str,
        password: str,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        addresses: Iterable[Mapping[str, Any]] = (),
    ) -> Customer:
        """Add a customer with an account, and return them with their addresses.

        `addresses`: for each the fields of an `Address`, such as `city` and `country_code`.

        Raises `ValueError` for what is no e-mail address, for an empty password, if the account is there already, and
        for a country that does not exist. Raises `TypeError` for a field that an address does not have.
        """
        if not is_email(email):
            raise ValueError("email must be an e-mail address")
        if not password:
            raise ValueError("the password must not be empty")
        with self._database.transaction():
            if self._database.account(email.lower()):
                raise ValueError("there is an account with this e-mail address")
            names = {"first_name": first_name, "last_name": last_name}
            customer = new_customer(email.lower(), created_at=now(), has_account=True, **names)
            self._database.put("customer", customer)
            self._database.put("password", {"id": customer["id"], "hash": hashed(password)})
            for address in addresses:
                add_address(self._database, build_address(address), customer["id"])
            return self._customer(customer)

    def _customer(self, row: dict[str, Any]) -> Customer:
        return Customer.from_dict(load(self._database, "customer", row, ["shipping_addresses"]))

    @property
    def customers(self) -> list[Customer]:
        """All customers, with their addresses, the oldest first: also those who ordered without an account."""
        return [self._customer(row) for row in self._database.find("customer")]

    @property
    def orders(self) -> list[Order]:
        """All orders, whole."""
        return [Order.from_dict(order) for order in find_orders(self._database)]

    @property
    def mailbox(self) -> list[ClaimEvent]:
        """What a shop would mail: the events `order-update-token.created`, the oldest first.

        Also, as JSON, at `GET /claim-tokens`.
        """
        return [ClaimEvent(**event) for event in self._database.events(CLAIM)]

    @property
    def password_resets(self) -> list[PasswordResetEvent]:
        """What a shop would mail to customers who forgot their passwords: `customer.password_reset`, the oldest first.

        Also, as JSON, at `GET /password-tokens`.
        """
        return [PasswordResetEvent(**event) for event in self._database.events(PASSWORD_RESET)]

    @property
    def jwt_secret(self) -> str:
        """What the store signs its tokens with, as HS256: to make one that has expired, say."""
        return self._database.secret

    @property
    def requests(self) -> list[ReceivedRequest]:
        """The requests that came, those that were made to fail included."""
        return list(self._api.requests)

    # Routes of your own

    def on(self, method: str, path: str, answer: Any, *, status: int = 200) -> None:
        """Answer a route of your own, or one of Medusa's in another way.

        `path` may have placeholders, as in `/store/wishlists/{id}`. `answer` is JSON, a `str` for plain text, or None
        for an empty body. It may also be a function that returns one of these, or a tuple of a status and one of these.
        The store calls it for each request, with the `ReceivedRequest` and with the placeholders as keywords. Of
        several answers for a route, the latest one counts.

        A `HEAD` request gets what its `GET` would get, without the body.

        Raises `TypeError` or `ValueError` for a method, a path or a status that can't be one, for an answer that JSON
        can't hold, and for a function that can't be called so.
        """
        check_route(method, path, answer)
        _own_answer(status, None if callable(answer) else answer)  # It raises here rather than when it is asked for.

        def route(request: ReceivedRequest, **placeholders: str) -> Answer:
            given = answer(request, **placeholders) if callable(answer) else answer
            own_status, body = cast("tuple[int, Any]", given) if isinstance(given, tuple) else (status, given)
            return _own_answer(own_status, body)

        self._api.add(method, path, route)

    # Checkout

    def add_shipping_option(
        self,
        region_id: str,
        name: str,
        amount: int,
        *,
        min_subtotal: int | None = None,
        max_subtotal: int | None = None,
        is_return: bool = False,
        **fields: Any,
    ) -> ShippingOption:
        """Add a way of shipping to a region, and return it.

        `amount`: what it costs without tax, in the smallest currency unit. `min_subtotal`, `max_subtotal`: a cart can
        have it from this subtotal on, or below this one. `is_return`: whether it is for what customers send back.
        `fields`: any other column of a `ShippingOption`.

        Raises `TypeError` for a name that an option does not have, and `ValueError` for a region that is not there
        and for an id that is there already.
        """
        refuse_all_but_columns("shipping_option", fields, ShippingOption)
        id = fields.pop("id", new_id("so"))
        requirements = [
            {"id": new_id("sor"), "type": kind, "amount": bound, "deleted_at": None}
            for kind, bound in (("min_subtotal", min_subtotal), ("max_subtotal", max_subtotal))
            if bound is not None
        ]
        values = {"region_id": region_id, "name": name, "amount": amount, "requirements": requirements, **fields}
        with self._database.transaction():
            known_row(self._database, "region", region_id)
            refuse_taken(self._database, "shipping_option", id=id)
            add_shipping_option(self._database, id, now(), is_return=is_return, **values)
            (row,) = self._database.find("shipping_option", id=id)
            return ShippingOption.from_dict(load(self._database, "shipping_option", row, ["requirements"]))

    def next_payment(self, outcome: PaymentOutcome, times: int = 1) -> None:
        """Choose the outcome of the next payments, whatever their provider and their session say.

        "authorized": completing the cart makes an order. "requires_more": it answers with the cart, as for a customer
        who has to confirm the payment; completing it again makes an order. "declined": the card is declined, 400 with
        the code `card_declined`. "error": the payment fails, 400 "Cart payment not authorized".

        Raises `ValueError` for another outcome, and for `times` below 1.
        """
        choose_outcomes(self._database, outcome, times)

    # Misbehaviour

    def fail_next(self, status: int, times: int = 1, *, retry_after: float | str | None = None) -> None:
        """Answer the next requests with this status; `retry_after` is sent as the header `Retry-After`.

        Raises `ValueError` for a status that is not from 300 to 599, and for a `retry_after` that no header can hold.
        """
        if not isinstance(status, int) or not 300 <= status <= 599:
            raise ValueError("status must be an integer from 300 to 599")
        headers = () if retry_after is None else (("Retry-After", _header_value("Retry-After", f"{retry_after}")),)
        failure = Answer(304) if status == 304 else failure_answer(status)
        answer = attrs.evolve(failure, headers=headers)
        self._add_fault(lambda: answer, times)

    def drop_connection(self, times: int = 1) -> None:
        """Close the connection of the next requests without an answer."""

        def drop() -> None:
            raise ConnectionResetError(errno.ECONNRESET, "dropped")  # by which cheroot closes it without a word

        self._add_fault(drop, times)

    def delay(self, seconds: float, times: int = 1) -> None:
        """Let the next requests wait so long before they are answered, or until the store is closed."""
        if seconds < 0:
            raise ValueError("seconds must not be negative")

        def wait() -> None:
            self._closing.wait(seconds)

        self._add_fault(wait, times)

    def _add_fault(self, fault: Callable[[], Answer | None], times: int) -> None:
        if times < 1:
            raise ValueError("times must be at least 1")
        with self._lock:
            self._faults.extend([fault] * times)

    def _next_fault(self) -> Answer | None:
        with self._lock:
            fault = self._faults.popleft() if self._faults else None
        return fault() if fault else None


def _own_answer(status: int, body: Any) -> Answer:
    if not isinstance(status, int) or not 200 <= status <= 599:
        raise ValueError("status must be an integer from 200 to 599")
    if body is None:
        return Answer(status)
    if isinstance(body, str):
        return Answer(status, body.encode(), "text/plain; charset=utf-8")
    return json_answer(body, status)


def _header_value(name: str, value: str) -> str:
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"{name} must hold only printable ASCII characters")
    return value
