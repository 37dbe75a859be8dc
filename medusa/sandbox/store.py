"""`SandboxStore`, a Medusa Store API on this machine."""

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
from .responses import Response, failure_response, json_response
from .server import Server
from .shelves import Shelves
from .shop import open_shop
from .validation import is_email
from .vouchers import Vouchers


@attrs.frozen
class ClaimEvent:
    """The event of a claim. The backend emits one for each e-mail address, and a shop sends its token there."""

    old_email: str = attrs.field(repr=False)
    new_customer_id: str
    orders: list[str]
    """The IDs of the orders."""
    token: str = attrs.field(repr=False)
    """The token for `confirm_request`. It is valid for 900 seconds."""


@attrs.frozen
class PasswordResetEvent:
    """The event of a forgotten password. A shop sends its token to the customer."""

    id: str
    """The ID of the customer."""
    email: str = attrs.field(repr=False)
    first_name: str | None = attrs.field(repr=False)
    last_name: str | None = attrs.field(repr=False)
    token: str = attrs.field(repr=False)
    """The token for `reset_password`. It is valid for 900 seconds, or until the password changes."""


class SandboxStore(Shelves, Vouchers):
    """A local Store API that responds like Medusa 1.20.11. It has its own data and a real socket on 127.0.0.1.

    - `orders`: whether a new store starts with a made-up shop, including its products, customers and orders.
    - `database`: a file for the store's data. Without a file, the data is lost when the store is closed.
    - `port`: 0 chooses a free port.

    Use the store as a context manager, or call `close()`. In a forked child process, `close()` does nothing. The store
    responds with 501 to routes that it does not have, and with 403 if the `Host` header is not 127.0.0.1, localhost or
    [::1]. Raises `OSError` if the port or the file cannot be used.
    """

    def __init__(self, *, orders: bool = True, database: str | Path | None = None, port: int = 0) -> None:
        self._process = os.getpid()
        self._faults: deque[Callable[[], Response | None]] = deque()
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
            self._api.next_response = self._next_fault
            self._server = Server(self._api, port)
        except BaseException:
            self._database.close()
            raise
        self.url = f"http://127.0.0.1:{self._server.port}"
        """The `base_url` for clients of this store."""

    def close(self) -> None:
        """Stop the server. Data in a file is kept. Closing a closed store does nothing."""
        if os.getpid() == self._process and not self._closing.is_set():
            self._closing.set()
            self._server.close()
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def client(self, **options: Any) -> Medusa:
        """Return a client of this store. The options are the parameters of `medusa.Medusa`."""
        return Medusa(self.url, **options)

    # Contents of the store

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
        """Add an order, and return it with all of its fields and relations.

        Pass either a recorded order, as a model or as the JSON from a backend (with or without `{"order": ...}` around
        it, custom columns are allowed), or these arguments. Amounts are in the smallest currency unit.

        - `items`: the fields of each `LineItem`. `title` and `unit_price` are required.
        - `email`: the e-mail address. A customer's account has the order only after a claim or with `customer_id`.
        - `tax_rate`: percent, added to the prices.
        - `shipping`: the price of the shipping method, or None for no shipping method.
        - `discounts`: for each, a `code`, a `type` ("percentage", "fixed" or "free_shipping") and a `value` (percent or
          an amount).
        - `gift_card`: the amount that is paid by gift card. `refunds`: the amounts of refunds.
        - `tracking_numbers`: the tracking numbers of one shipment with all items.
        - `fields`: any other fields of an `Order`, for example `status` or `display_id`.

        The store computes all totals like Medusa. Raises `TypeError` for an unknown field, `ValueError` if an item has
        no title or price, if a discount has no code or an unknown type, or if the customer does not exist, and
        `MedusaDecodeError` if a value has the wrong type.
        """
        if recorded is not None:
            body = recorded.to_dict() if isinstance(recorded, Order) else dict(recorded)
            order = body.get("order", body)
            if missing := [name for name in ("id", "display_id", "email", "customer_id") if name not in order]:
                raise ValueError(f"a recorded order must have the field {missing[0]!r}")
            return self._put(order)
        with self._database.transaction():  # Otherwise two orders could get the same number.
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
        """Add an entity from a real backend with all loaded relations, for example a product with its variants.

        `for product in medusa.products.iterate(): store.add(product)` copies a catalog. If the store already has the
        entity, the loaded fields replace the existing ones. Use `add_order` for orders.
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
        """Add a customer with an account, and return the customer with the addresses.

        `addresses`: the fields of each `Address`, for example `city` and `country_code`.

        Raises `ValueError` if the e-mail address is not valid, if the password is empty, if the account already exists,
        or if a country does not exist. Raises `TypeError` for an unknown field of an address.
        """
        if not is_email(email):
            raise ValueError("email must be an e-mail address")
        if not password:
            raise ValueError("password must not be empty")
        with self._database.transaction():
            if self._database.account(email.lower()):
                raise ValueError("there already is an account with this e-mail address")
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
        """All customers with their addresses, including guests. The oldest customer is first."""
        return [self._customer(row) for row in self._database.find("customer")]

    @property
    def orders(self) -> list[Order]:
        """All orders, with all of their fields and relations."""
        return [Order.from_dict(order) for order in find_orders(self._database)]

    @property
    def mailbox(self) -> list[ClaimEvent]:
        """The events `order-update-token.created`, whose tokens a shop would send by e-mail. The oldest is first.

        `GET /claim-tokens` returns the same events as JSON.
        """
        return [ClaimEvent(**event) for event in self._database.events(CLAIM)]

    @property
    def password_resets(self) -> list[PasswordResetEvent]:
        """The events `customer.password_reset`, whose tokens a shop would send by e-mail. The oldest is first.

        `GET /password-tokens` returns the same events as JSON.
        """
        return [PasswordResetEvent(**event) for event in self._database.events(PASSWORD_RESET)]

    @property
    def jwt_secret(self) -> str:
        """The secret for the store's tokens (HS256). Use it to create a token, for example an expired one."""
        return self._database.secret

    @property
    def requests(self) -> list[ReceivedRequest]:
        """All requests that the store received, including requests that were made to fail."""
        return list(self._api.requests)

    # Custom routes

    def on(self, method: str, path: str, answer: Any, *, status: int = 200) -> None:
        """Add a custom route, or replace the response of one of Medusa's routes.

        `path` may have placeholders: `/store/wishlists/{id}`. `answer` is the response: JSON, a `str` for plain text,
        or None for an empty body. It can also be a function that returns one of these, or a tuple of a status and one
        of these. The store calls the function for each request with the `ReceivedRequest` as the argument and the
        placeholders as keyword arguments. If a route is added several times, the last one is used.

        The response to a `HEAD` request is the response to `GET` without the body.

        Raises `TypeError` or `ValueError` if the method, path or status is not valid, if the response is not valid
        JSON, or if the function does not accept these arguments.
        """
        check_route(method, path, answer)
        _own_response(status, None if callable(answer) else answer)  # Raises an error now instead of during a request.

        def route(request: ReceivedRequest, **placeholders: str) -> Response:
            given = answer(request, **placeholders) if callable(answer) else answer
            own_status, body = cast("tuple[int, Any]", given) if isinstance(given, tuple) else (status, given)
            return _own_response(own_status, body)

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
        """Add a shipping option to a region, and return it.

        `amount`: the price without tax, in the smallest currency unit. `min_subtotal`, `max_subtotal`: the option is
        for carts with at least the first and less than the second subtotal. `is_return`: whether the option is for
        returns. `fields`: any other columns of a `ShippingOption`.

        Raises `TypeError` for an unknown field, and `ValueError` if the region does not exist or the ID already exists.
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
        """Choose the outcome of the next payments, for any payment provider and payment session.

        - "authorized": completing the cart creates an order.
        - "requires_more": completing the cart returns the cart, because the customer must confirm the payment.
          Completing it again creates an order.
        - "declined": the card is declined. The response is 400 with the code `card_declined`.
        - "error": the payment fails. The response is 400, "Cart payment not authorized".

        Raises `ValueError` for an unknown outcome, or if `times` is less than 1.
        """
        choose_outcomes(self._database, outcome, times)

    # Failures

    def fail_next(self, status: int, times: int = 1, *, retry_after: float | str | None = None) -> None:
        """Respond to the next requests with this status. `retry_after` is sent as the header `Retry-After`.

        Raises `ValueError` if the status is not from 300 to 599, or if `retry_after` is not valid in a header.
        """
        if not isinstance(status, int) or not 300 <= status <= 599:
            raise ValueError("status must be an integer from 300 to 599")
        headers = () if retry_after is None else (("Retry-After", _header_value("Retry-After", f"{retry_after}")),)
        failure = Response(304) if status == 304 else failure_response(status)
        response = attrs.evolve(failure, headers=headers)
        self._add_fault(lambda: response, times)

    def drop_connection(self, times: int = 1) -> None:
        """Close the connections of the next requests without a response."""

        def drop() -> None:
            raise ConnectionResetError(errno.ECONNRESET, "dropped")  # This makes cheroot close the connection silently.

        self._add_fault(drop, times)

    def delay(self, seconds: float, times: int = 1) -> None:
        """Delay the responses to the next requests by this number of seconds, or until the store is closed."""
        if seconds < 0:
            raise ValueError("seconds must not be negative")

        def wait() -> None:
            self._closing.wait(seconds)

        self._add_fault(wait, times)

    def _add_fault(self, fault: Callable[[], Response | None], times: int) -> None:
        if times < 1:
            raise ValueError("times must be at least 1")
        with self._lock:
            self._faults.extend([fault] * times)

    def _next_fault(self) -> Response | None:
        with self._lock:
            fault = self._faults.popleft() if self._faults else None
        return fault() if fault else None


def _own_response(status: int, body: Any) -> Response:
    if not isinstance(status, int) or not 200 <= status <= 599:
        raise ValueError("status must be an integer from 200 to 599")
    if body is None:
        return Response(status)
    if isinstance(body, str):
        return Response(status, body.encode(), "text/plain; charset=utf-8")
    return json_response(body, status)


def _header_value(name: str, value: str) -> str:
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"{name} must contain only printable ASCII characters")
    return value
