"""Replay the recorded exchanges of the Store on a sandbox: `python -m tests.sandbox.replay [CASE or ROUTE ...]`.

The arguments are parts of the names of cases or routes, such as `cart_create` or `"GET /store/products"`. For these
cases and routes, the command prints the differences between the sandbox's responses and the recorded responses. Without
arguments, it prints only the number of equal responses of each route.

The requests are sent in the recorded order, and the catalogue is the recorded merchant's. A new ID of the sandbox is
paired with the recorded ID at the same place of the response. The recording omits many exchanges, so some carts and
orders were created or changed by unrecorded requests. If a response differs, the carts, orders, customers and stock of
the request are therefore restored from the recording, without the changes of the request itself, and the request is
sent again.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import jwt

from medusa.sandbox import SandboxStore
from medusa.sandbox.database import Database
from medusa.sandbox.relations import store as store_rows

from ..recordings import exchanges
from .pairing import ID, JWT, TIME, Pairing
from .recorded_shop import CHANGED, DELETED, JSON, Catalogue
from .recorded_state import USES, States, changing_rows, latest_time, orders, token_payload
from .sending import send

PROFILES = ("default", "flags")
NOT_IN_SANDBOX = r"\w+ /store/(swaps|order-edits|payment-collections)\b"
"""The routes that return 501 on purpose."""
_MOST_LINES = 8
_PASSWORD = "pw-secret-1"
_RECORDED_AT = 1795838026
_SETUP_DONE = "2026-11-28T03:53:46.400Z"
"""The time at which the recording began. The shop was complete then, except for the return reasons."""


@attrs.frozen
class Outcome:
    """The result of comparing the sandbox's response with the recorded response."""

    case: str
    route: str
    is_absent: bool = False
    """Whether the sandbox lacks the route on purpose."""
    is_restored: bool = False
    """Whether the state before the request was restored from the recording."""
    differences: tuple[str, ...] = ()
    """The differences between the responses. For an absent route, the response if its status is not 501."""


class Replay:
    """A sandbox that receives the requests of the recorded backend."""

    def __init__(self, profile: str, folder: Path) -> None:
        self._profile = profile
        self.store = SandboxStore(orders=False, database=folder / "sandbox.sqlite")
        self._file = str(folder / "sandbox.sqlite")
        self._database = Database(self._file)
        self._states = States(profile)
        self._catalogue = list(Catalogue(profile))
        self._clock = ""
        self._ids: dict[str, str] = {}
        """The sandbox's IDs by the recorded IDs, if they are different."""
        self._known: set[str] = set()
        """The recorded IDs of rows that the sandbox has, with the same ID or another one."""
        self._times = {found for exchange in exchanges().values() for found in _times(exchange["body"])}
        self._cookie = ""
        self._reset_tokens: dict[str, str] = {}
        self._customers()
        # The numbers of new orders in the sandbox follow this one, so that they differ from the recorded numbers.
        self.store.add_order(display_id=100_000, email="last@example.com")

    def close(self) -> None:
        self._database.close()
        self.store.close()

    def exchange(self, recorded: JSON) -> Outcome:
        """Send the request of an exchange, and compare the responses."""
        self._advance(recorded)
        was_restored = self._restore_missing(recorded)
        is_read = recorded["method"] == "GET" and "Authorization" not in recorded["request_headers"]
        before = None if is_read else self._snapshot()
        outcome = self._tried(recorded, was_restored)
        if outcome.differences and not outcome.is_absent and not was_restored:
            if before:
                self._return_to(before)
            if self._restore(recorded):
                outcome = self._tried(recorded, is_restored=True)
        if outcome.differences:
            self._adopt(recorded)
        else:
            self._date_orders(recorded)
        return outcome

    def _tried(self, recorded: JSON, is_restored: bool) -> Outcome:
        ours = self._sent(recorded)
        case = recorded["case"]
        route = recorded["route"] or f"{recorded['method']} {re.sub(ID, '{id}', recorded['target'].partition('?')[0])}"
        if re.match(NOT_IN_SANDBOX, route):
            is_refused = ours["status"] == 501 and ours["body"]["type"] == "not_in_sandbox"
            return Outcome(case, route, is_absent=True, differences=() if is_refused else (str(ours),))
        pairing = Pairing(self._ids, self._known, self._times)
        real = {**recorded, "headers": _without_volatile(recorded["response_headers"])}
        real = {name: real[name] for name in ours}
        if self._profile == "flags":
            ours, real = _without_includes_tax(ours), _without_includes_tax(real)
        lines = pairing.differences(ours, real, _has_order(recorded))
        if not lines:
            self._ids, self._known = pairing.ids, pairing.known
        return Outcome(case, route, is_restored=is_restored, differences=tuple(lines))

    # The request

    def _sent(self, recorded: JSON) -> JSON:
        headers = {name: self._header(name, value) for name, value in recorded["request_headers"].items()}
        target, body = self._of_sandbox(recorded["target"]), self._body(recorded["request_body"])
        if "If-None-Match" in headers:
            first, _ = send(self.store.url, "GET", target, {"Accept": "*/*"}, b"")
            headers["If-None-Match"] = first.headers["ETag"]
        response, raw = send(self.store.url, recorded["method"], target, headers, body.encode())
        if recorded["route"] == "POST /store/auth" and response.headers["Set-Cookie"]:
            self._cookie = response.headers["Set-Cookie"].partition(";")[0]
        text = raw.decode()
        is_json = response.headers.get("Content-Type", "").startswith("application/json") and text != ""
        return {
            "status": response.status,
            "sets_cookie": "Set-Cookie" in response.headers,
            "headers": _without_volatile(dict(response.headers)),
            "body": json.loads(text) if is_json else text,
        }

    def _header(self, name: str, value: str) -> str:
        if name == "Cookie" and "nope" not in value:
            return self._cookie
        return re.sub(JWT, lambda found: self._token(found[0]), self._of_sandbox(value))

    def _token(self, recorded: str) -> str:
        """Return the token, signed with the sandbox's secret. Its times are moved by the time since the recording."""
        payload = json.loads(self._of_sandbox(json.dumps(token_payload(recorded))))
        for name in ("iat", "exp"):
            if name in payload:
                payload[name] += int(time.time()) - _RECORDED_AT
        return jwt.encode(payload, self.store.jwt_secret, "HS256")

    def _body(self, text: str) -> str:
        return re.sub(JWT, lambda found: self._token_in_body(found[0]), self._of_sandbox(text))

    def _token_in_body(self, recorded: str) -> str:
        """Return the token of a claim, or the token of a password reset from the sandbox's latest event."""
        payload = token_payload(recorded)
        if "claimingCustomerId" in payload:
            return self._token(recorded)
        if recorded not in self._reset_tokens:
            id = self._of_sandbox(payload["customer_id"])
            customer = self._database.get("customer", id) or {}
            body = json.dumps({"email": customer.get("email")}).encode()
            send(self.store.url, "POST", "/store/customers/password-token", {"Content-Type": "application/json"}, body)
            tokens = [each["token"] for each in self._database.events("customer.password_reset") if each["id"] == id]
            self._reset_tokens[recorded] = tokens[-1] if tokens else recorded
        return self._reset_tokens[recorded]

    def _of_sandbox(self, text: str) -> str:
        """Replace the recorded IDs by the sandbox's IDs, and the recorded order numbers in a query by its numbers."""
        text = re.sub(ID, lambda found: self._ids.get(found[0], found[0]), text)
        number = r"(?<=display_id=)\d+|(?<=[?&]q=)\d+(?=&|$)"
        return re.sub(number, lambda found: self._ids.get(f"display_id {found[0]}", found[0]), text)

    # The state

    def _customers(self) -> None:
        """Add the customers whose registration was not recorded."""
        for customer in self._states.customers_from_elsewhere():
            names: dict[str, Any] = {name: customer.get(name) for name in ("first_name", "last_name")}
            made = self.store.add_customer(customer["email"], _PASSWORD, **names)
            self._ids[customer["id"]] = made.id
            self._put("customer", customer)
        self._known |= set(self._ids)

    def _advance(self, recorded: JSON) -> None:
        """Apply the changes that the merchant made up to this exchange."""
        self._clock = max(self._clock, latest_time(recorded["body"]), _SETUP_DONE)
        remaining: list[tuple[str, JSON]] = []
        for kind, row in self._catalogue:
            if row.get("created_at", "") <= self._clock or self._profile != "default":
                self._put(kind, row)
            else:
                remaining.append((kind, row))
        self._catalogue = remaining
        if recorded["case"] in CHANGED:
            self._put(*CHANGED[recorded["case"]])
        if recorded["case"] in DELETED:
            kind, id = DELETED[recorded["case"]]
            id = self._of_sandbox(id)
            self._database.delete(kind, id)
            for value in self._database.find("product_option_value", variant_id=id):
                self._database.delete("product_option_value", value["id"])

    def _restore_missing(self, recorded: JSON) -> bool:
        """Restore the state if the sandbox lacks a cart or order of the request. Return whether any was restored."""
        asked = recorded["target"] + recorded["request_body"]
        named = re.findall(r"\b(?:cart|order)_[0-9A-Z]{26}", asked)
        return any(id not in self._known for id in named) and self._restore(recorded)

    def _restore(self, recorded: JSON) -> bool:
        """Restore the state of all rows of the exchange before the request. Return whether anything was restored."""
        ids = re.findall(r"\b(?:cart|order)_[0-9A-Z]{26}", recorded["target"] + recorded["request_body"])
        order_ids = self._states.order_ids(recorded["body"])
        is_completion = "/complete" in recorded["target"]
        ids += [id for id in order_ids if not is_completion or self._states.is_completed(recorded, id)]
        if login := re.search(JWT, recorded["request_headers"].get("Authorization", "")):
            customer_id = token_payload(login[0]).get("customer_id") or ""
            ids += [customer_id, *self._states.orders_of(customer_id, self._clock)]
        if guest := self._states.guest(recorded):
            self._put("customer", guest)
        is_restored = self._restore_all(ids, recorded)
        changing = list(changing_rows(recorded))
        for kind, row in changing:
            self._put(kind, row)
        return is_restored or bool(changing)

    def _restore_all(self, ids: list[str], recorded: JSON) -> bool:
        """Restore the rows with these IDs. Return whether any of them could be restored."""
        states = {id: state for id in ids if (state := self._states.before(id, recorded))}
        for id, state in states.items():
            self._replace(id, self._with_own_uses(state))
        return bool(states)

    def _with_own_uses(self, state: Any) -> Any:
        """Return the state with the sandbox's own usage counts of discounts and balances of gift cards."""
        if isinstance(state, list):
            return [self._with_own_uses(each) for each in state]
        if not isinstance(state, dict):
            return state
        id = str(state.get("id"))
        kind, names = USES.get(id.partition("_")[0], ("", ()))
        own = (self._database.get(kind, self._of_sandbox(id)) or {}) if kind else {}
        kept = {name: self._with_own_uses(each) for name, each in state.items() if name not in names}
        return kept | {name: own[name] for name in names if name in own and name in state}

    def _adopt(self, recorded: JSON) -> None:
        """After a different response, continue with the recorded state."""
        for id, state in self._states.after(recorded):
            self._replace(id, state)

    def _date_orders(self, recorded: JSON) -> None:
        """Set the recorded creation time of new orders, because lists of orders are sorted by this time."""
        for order in orders(recorded["body"]):
            if row := self._database.get("order", self._of_sandbox(order["id"])):
                self._database.put("order", {**row, "created_at": order.get("created_at", row["created_at"])})

    def _replace(self, id: str, state: JSON) -> None:
        if id.startswith("order_"):
            number = self._ids.get(f"display_id {state['display_id']}") or state["display_id"]
            self.store.add_order({**json.loads(self._of_sandbox(json.dumps(state))), "display_id": int(number)})
            self._know(state)
            return
        if id.startswith("cus_"):
            of_customer = state.get("orders", [])
            self._clear(id, "customer_id", "address")
            self._put("customer", {name: value for name, value in state.items() if name != "orders"})
            for order in of_customer:
                if whole := self._database.get("order", self._of_sandbox(order["id"])):
                    self._database.put("order", {**whole, **json.loads(self._of_sandbox(json.dumps(order)))})
            return
        self._clear(id, "cart_id", "line_item", "shipping_method", "payment_session")
        self._put("cart", state)

    def _clear(self, id: str, key: str, *kinds: str) -> None:
        for kind in kinds:
            for row in self._database.find(kind, **{key: self._of_sandbox(id)}):
                self._database.delete(kind, row["id"])

    def _put(self, kind: str, row: JSON) -> None:
        with self._database.transaction():
            store_rows(self._database, kind, json.loads(self._of_sandbox(json.dumps(row))))
        self._know(row)

    def _know(self, row: Any) -> None:
        self._known.update(re.findall(ID, json.dumps(row)))

    def _snapshot(self) -> tuple[bytes, dict[str, str], set[str]]:
        with closing(sqlite3.connect(self._file)) as file:
            return file.serialize(), dict(self._ids), set(self._known)

    def _return_to(self, snapshot: tuple[bytes, dict[str, str], set[str]]) -> None:
        content, ids, known = snapshot
        self._ids, self._known = dict(ids), set(known)
        with closing(sqlite3.connect(":memory:")) as memory, closing(sqlite3.connect(self._file)) as file:
            memory.deserialize(content)
            memory.backup(file)


def _without_volatile(headers: dict[str, str]) -> dict[str, str]:
    """Remove headers that the recording lacks, or whose values depend on IDs and times."""
    volatile = {"Connection", "Content-Length", "Date", "Etag", "Keep-Alive", "Server", "Set-Cookie"}
    return {name.title(): value for name, value in sorted(headers.items()) if name.title() not in volatile}


def _without_includes_tax(value: Any) -> Any:
    """Remove the columns that the feature flag for prices with included tax adds."""
    if isinstance(value, list):
        return [_without_includes_tax(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: _without_includes_tax(each) for name, each in value.items() if not name.endswith("includes_tax")}


def _has_order(recorded: JSON) -> bool:
    return any(text in recorded["target"] for text in ("order=", "/me/orders", "/store/product-categories"))


def _times(value: Any) -> Iterator[str]:
    yield from re.findall(TIME, json.dumps(value))


def replay(profile: str) -> Iterator[Outcome]:
    """Yield the outcome of each exchange of a profile, in the recorded order."""
    with tempfile.TemporaryDirectory() as folder, closing(Replay(profile, Path(folder))) as replaying:
        for recorded in exchanges().values():
            if recorded["profile"] == profile and recorded["status"] is not None:
                yield replaying.exchange(recorded)


def main(wanted: list[str]) -> None:
    counts: dict[str, Counter[str]] = {}
    for profile in PROFILES:
        for outcome in replay(profile):
            result = "differ" if outcome.differences else "absent" if outcome.is_absent else "agree"
            counts.setdefault(f"{profile} {outcome.route}", Counter())[result] += 1
            if result == "differ" and any(text in outcome.case or text in outcome.route for text in wanted):
                print(f"{outcome.case} ({outcome.route}){' from a restored state' if outcome.is_restored else ''}")
                print("".join(f"    {line}\n" for line in outcome.differences[:_MOST_LINES]), end="")
    for route, count in sorted(counts.items()):
        if count["agree"] + count["differ"] and (not wanted or any(text in route for text in wanted)):
            print(f"{count['agree']:4} of {count['agree'] + count['differ']:4} agree: {route}")
    total = sum(counts.values(), Counter[str]())
    print(f"{total['agree']} of {total['agree'] + total['differ']} agree; the sandbox lacks {total['absent']}")


if __name__ == "__main__":
    main(sys.argv[1:])
