"""A real Medusa holds exactly what a thousand calls account for that went through a proxy which loses some of them."""

from __future__ import annotations

import http.client
import random
import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

from medusa import (
    Medusa,
    MedusaError,
    Order,
    StorePostCartReqItem,
    StorePostCartsCartLineItemsReq,
    StorePostSwapsReq,
)

from ..contract.merchant import Admin
from ..contract.shop import GERMANY
from .peer import Peer, Request, http as as_http

CARTS, ITEMS = 35, 20
ORDERS, RETURNS, SWAPS = 6, 25, 25

# What becomes of a request, how often: those that reach the backend, and those that don't.
PASSED_ON = {
    "answered": 50,
    "the answer is cut": 6,
    "reset after it": 5,
    "closed after it": 4,
    "502 after it": 4,
    "503 after it": 4,
    "HTML after it": 2,
}
KEPT = {
    "reset": 4,
    "closed": 4,
    "502": 4,
    "503": 4,
    "503 with Retry-After": 6,
    "429": 5,
    "goes away": 2,
}
FATES = PASSED_ON | KEPT
PASSED_HEADERS = ("content-type", "accept", "authorization", "idempotency-key", "x-medusa-access-token")


def reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


class Proxy(Peer):
    """Passes requests on to a backend, or not, and loses answers. Each request has a mark in a header or its body."""

    def __init__(self, backend: str) -> None:
        self._backend = urlsplit(backend).netloc
        self._attempts = Counter[str]()
        self.fates = Counter[str]()
        self.answers_of_backend: dict[str, list[int]] = {}
        """The statuses with which the backend answered a request, by its mark."""
        super().__init__(self._play)

    def _play(self, sock: socket.socket, request: Request) -> bool:
        mark = self._mark(request)
        with self._lock:
            self._attempts[mark] += 1
            fate = self._fate(mark, self._attempts[mark])
            self.fates[fate] += 1
        answer = self._pass_on(mark, request) if fate in PASSED_ON else b""
        match fate.removesuffix(" after it"):
            case "answered":
                sock.sendall(answer)
            case "the answer is cut":
                sock.sendall(answer[: len(answer) * 2 // 3])
                return False
            case "reset":
                reset(sock)
                return False
            case "closed":
                return False
            case "goes away":
                self._refuse_connections()
                return False
            case "HTML":
                sock.sendall(as_http("<html>", 200, Content_Type="text/html"))
            case "429":
                sock.sendall(as_http("", 429))
            case "503 with Retry-After":
                sock.sendall(as_http("", 503, Retry_After="0"))
            case number:
                sock.sendall(as_http("", int(number)))
        return True

    def _mark(self, request: Request) -> str:
        return request.headers.get("x-mark") or marks_in(request.body.decode())[0]

    def _fate(self, mark: str, attempt: int) -> str:
        """The same in each run, whatever the order in which threads call. Some calls are refused each time."""
        if random.Random(mark).random() < 0.05:
            return "503 with Retry-After"
        return random.Random(f"{mark}, attempt {attempt}").choices([*FATES], [*FATES.values()])[0]

    def _pass_on(self, mark: str, request: Request) -> bytes:
        connection = http.client.HTTPConnection(self._backend, timeout=60)
        try:
            method, target, _ = request.head.split(" ")
            headers = {name: request.headers[name] for name in PASSED_HEADERS if name in request.headers}
            connection.request(method, target, request.body, headers)
            response = connection.getresponse()
            with self._lock:
                self.answers_of_backend.setdefault(mark, []).append(response.status)
            content_type = response.headers.get("Content-Type", "text/plain")
            return as_http(response.read(), response.status, Content_Type=content_type)
        finally:
            connection.close()

    def _refuse_connections(self) -> None:
        """Stop listening for a moment."""
        with self._lock:
            address = self._listener.getsockname()
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            time.sleep(0.03)
            self._listener = socket.create_server(address, backlog=128)
        threading.Thread(target=self._accept, daemon=True).start()


def marks_in(text: str) -> list[str]:
    return re.findall(r"mark-\w+-\d+", text)


class Shop:
    """The real backend, without the proxy: makes carts and orders, and reads what they hold."""

    def __init__(self, medusa: Medusa) -> None:
        self._medusa, self._admin = medusa, Admin(medusa)
        self._region = next(region.id for region in medusa.regions.list().regions if region.name == "Europe")
        self.variant = medusa.products.list({"handle": "enamel-mug"}).products[0].variants[0].id

    def new_cart(self, items: list[StorePostCartReqItem] | None = None) -> str:
        return self._medusa.carts.create({"region_id": self._region, "items": items or []}).cart.id

    def new_shipped_order(self) -> tuple[str, str]:
        """The ids of an order and of its item."""
        carts, cart = self._medusa.carts, self.new_cart([{"variant_id": self.variant, "quantity": 100}])
        carts.update(cart, {"email": f"{cart}@example.com", "shipping_address": GERMANY})
        options = self._medusa.shipping_options.list_cart_options(cart).shipping_options
        carts.add_shipping_method(cart, {"option_id": options[0].id})
        carts.create_payment_sessions(cart)
        order = carts.complete(cart).data
        assert isinstance(order, Order)
        self._admin.ship(order.id)
        return order.id, order.items[0].id

    def marks_of_cart(self, id: str) -> list[str]:
        items = self._medusa.carts.retrieve(id).cart.items
        return [item.metadata["mark"] for item in items for _ in range(item.quantity)]

    def marks_of_order(self, id: str) -> list[str]:
        relations = "returns,returns.items,swaps,swaps.return_order,swaps.return_order.items"
        order = self._admin.get(f"orders/{id}?expand={relations}")["order"]
        returns = [*order["returns"], *(swap["return_order"] for swap in order["swaps"])]
        return [item["note"] for each in returns for item in each["items"]]


Calls = dict[str, Callable[[Medusa], object]]


def calls_on_cart(shop: Shop, cart: str, name: str) -> Calls:
    def call(mark: str) -> Callable[[Medusa], object]:
        payload: StorePostCartsCartLineItemsReq = {
            "variant_id": shop.variant,
            "quantity": 1,
            "metadata": {"mark": mark},
        }
        return lambda medusa: medusa.carts.line_items.create(cart, payload)

    return {mark: call(mark) for mark in (f"mark-{name}-{number}" for number in range(ITEMS))}


def calls_on_order(shop: Shop, order: str, item: str, name: str) -> Calls:
    def call(mark: str, is_swap: bool) -> Callable[[Medusa], object]:
        returned: Any = [{"item_id": item, "quantity": 1, "note": mark}]
        if is_swap:
            new: Any = [{"variant_id": shop.variant, "quantity": 1}]
            swap: StorePostSwapsReq = {"order_id": order, "return_items": returned, "additional_items": new}
            return lambda medusa: medusa.swaps.create(swap)
        return lambda medusa: medusa.returns.create({"order_id": order, "items": returned})

    marks = [f"mark-{name}-{number}" for number in range(RETURNS + SWAPS)]
    return {mark: call(mark, is_swap=number < SWAPS) for number, mark in enumerate(marks)}


def outcomes_of(calls: Calls, medusa: Medusa) -> dict[str, MedusaError | None]:
    """The error of each call, or None if it was successful."""
    outcomes: dict[str, MedusaError | None] = dict.fromkeys(calls)
    for mark, call in calls.items():
        try:
            call(medusa)
        except MedusaError as error:
            outcomes[mark] = error
    return outcomes


def accounted(proxy: Proxy, outcomes: dict[str, MedusaError | None], held: Counter[str]) -> set[str]:
    """Which kinds of outcomes there are, each with how often the backend holds what the call was to do."""
    assert held.keys() <= outcomes.keys()
    kinds: set[str] = set()
    for mark, error in outcomes.items():
        answers = proxy.answers_of_backend.get(mark, [])
        assert len(answers) <= 1, mark  # No call reached the backend twice.
        if answers in ([], [200], [201]):
            assert held[mark] == len(answers), mark
        else:  # The backend failed by itself: halfway, now and then.
            assert held[mark] <= 1, mark
            assert isinstance(error, MedusaError)
            assert error.may_have_happened, error
        if error is None:
            assert held[mark] == 1, mark
        elif not error.may_have_happened:
            assert held[mark] == 0, (mark, error)
        name = "successful" if error is None else f"may have happened: {error.may_have_happened}"
        kinds.add(f"{name}, held: {held[mark]}")
    return kinds


def test_a_thousand_calls(backend: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda least, most: least)  # No waits between attempts.
    with Medusa(backend["url"], timeout=60) as direct, Proxy(backend["url"]) as proxy, ThreadPoolExecutor(6) as pool:
        shop = Shop(direct)
        carts = [shop.new_cart() for _ in range(CARTS)]
        orders = [shop.new_shipped_order() for _ in range(ORDERS)]
        with Medusa(proxy.url, timeout=60, max_retries=3) as medusa:
            on_orders = [calls_on_order(shop, *order, f"order{number}") for number, order in enumerate(orders)]
            on_carts = [calls_on_cart(shop, cart, f"cart{number}") for number, cart in enumerate(carts)]
            # Medusa answers 409 to many calls on orders at the same time, so two threads have them.
            lanes = (on_orders[::2], on_orders[1::2])
            work = [{mark: call for calls in lane for mark, call in calls.items()} for lane in lanes]
            work += on_carts
            outcomes: dict[str, MedusaError | None] = {}
            for part in pool.map(lambda calls: outcomes_of(calls, medusa), work):
                outcomes |= part
        held = Counter[str]()
        for marks in pool.map(shop.marks_of_cart, carts):
            held.update(marks)
        for marks in pool.map(shop.marks_of_order, [order for order, _ in orders]):
            held.update(marks)

    assert len(outcomes) == CARTS * ITEMS + ORDERS * (RETURNS + SWAPS) == 1000
    kinds = accounted(proxy, outcomes, held)
    assert proxy.fates.keys() == FATES.keys()
    assert kinds == {
        "successful, held: 1",
        "may have happened: True, held: 1",
        "may have happened: True, held: 0",
        "may have happened: False, held: 0",
    }
