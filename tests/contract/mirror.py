"""Send the same requests to a sandbox and to a real Medusa, and compare the responses.

Both have the same catalogue with the same IDs. A row that a request creates has a different ID and different times on
each side. These values are replaced by names, numbered in the order in which they appear: the first new line item of a
story is `<item 1>` on both sides.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Mapping
from copy import copy
from typing import Any

import attrs
import requests

from ..differences import differences

JSON = dict[str, Any]
JSON_TYPE = {"Content-Type": "application/json"}

# The values of these headers depend on IDs, on times, or on the server software.
VOLATILE_HEADERS = {"Content-Length", "Date", "Etag", "Server", "Set-Cookie", "Transfer-Encoding"}
_NEW = re.compile(
    r"\b(?P<id>[a-z]+)_[0-9A-HJKMNP-TV-Z]{26}(?![0-9A-Za-z])"
    r"|(?P<time>\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"
    r"|(?P<jwt>\beyJ[\w-]+\.[\w-]+\.[\w-]+)"
    r"|(?P<uuid>\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
    r"|(?P<pi>\bpi_\d+(?![0-9A-Za-z]))"
)


@attrs.frozen
class Case:
    """A request. Each `{name}` in a request is replaced by a value of the store that receives the request."""

    method: str
    target: str
    body: str | None = None
    headers: dict[str, str] = attrs.field(factory=dict[str, str])
    keep: dict[str, str] = attrs.field(factory=dict[str, str])
    """The names for values of the response that later requests use, each with a path, such as `cart.items.0.id`.

    For a list, the path may have `title=Candle` instead of a number: the first row with this title."""

    def __str__(self) -> str:
        shown = f"{self.method} {self.target} {self.body or ''}"[:60].strip()
        return f"{shown} {' '.join(self.headers.values())[:20]}" if self.headers.keys() - JSON_TYPE else shown


def get(target: str, headers: Mapping[str, str] | None = None, **keep: str) -> Case:
    """Return a GET request. `keep`: the values to keep from the response."""
    return Case("GET", target, None, dict(headers or {}), keep)


def post(target: str, body: Any = None, headers: Mapping[str, str] | None = None, **keep: str) -> Case:
    """Return a POST request with JSON. `keep`: the values to keep from the response."""
    return Case("POST", target, json.dumps({} if body is None else body), {**JSON_TYPE, **(headers or {})}, keep)


def delete(target: str, headers: Mapping[str, str] | None = None, **keep: str) -> Case:
    """Return a DELETE request. `keep`: the values to keep from the response."""
    return Case("DELETE", target, None, dict(headers or {}), keep)


def gets(path: str, queries: list[str], headers: dict[str, str] | None = None) -> list[Case]:
    """Return one GET request for each query."""
    joint = "&" if "?" in path else "?"
    return [Case("GET", f"{path}{joint}{query}" if query else path, None, headers or {}) for query in queries]


def posts(path: str, bodies: list[str], headers: dict[str, str] | None = None) -> list[Case]:
    """Return one POST request for each body."""
    return [Case("POST", path, body, JSON_TYPE | (headers or {})) for body in bodies]


class Twin:
    """One of the two stores: its URL, and the values that replace each `{name}` in the requests."""

    def __init__(self, url: str, names: dict[str, str], common: set[str], run: str) -> None:
        self.url = url
        self.names = names
        self._common = common
        """The texts that both stores contain."""
        self._run = run
        """The suffix of the SKUs and codes that no other test changes."""
        self._new: dict[str, str] = {}
        self._body: Any = None
        self._customers: dict[str, tuple[Any, Any]] = {}
        self._changes = Counter[str]()
        """The number of times that the customer of each cart changed, by the ID of the cart."""

    def at_the_beginning(self) -> Twin:
        """Return a copy for another story. New names and new values of the copy do not change the original."""
        twin = copy(self)
        twin.names, twin._new = dict(self.names), {}
        twin._customers, twin._changes = {}, Counter()
        return twin

    def response(self, case: Case) -> dict[str, Any]:
        """Send the request, and return the parts of the response that can be compared."""
        headers = {name: self._filled(value) for name, value in case.headers.items()}
        data = None if case.body is None else self._filled(case.body).encode()
        url = self.url + self._filled(case.target)
        response = requests.request(case.method, url, data=data, headers=headers, timeout=60, allow_redirects=False)
        self.names |= {"cookie": response.headers["Set-Cookie"].partition(";")[0]} if response.cookies else {}
        is_json = response.headers.get("Content-Type", "").startswith("application/json") and case.method != "HEAD"
        body: Any = response.json() if is_json else response.text.partition("<br>")[0]  # The stack trace is removed.
        self._body = body
        self._note_customer(body)
        # The length and the ETag of an error page depend on its stack trace.
        ignored = {"Content-Length", "Etag"} if "<br>" in response.text else set[str]()
        given = {name.title(): value for name, value in response.headers.items()}
        return {
            "status": response.status_code,
            "header names": dict.fromkeys(sorted(given.keys() - {"Server", "Transfer-Encoding"} - ignored)),
            "headers": self._named({name: each for name, each in given.items() if name not in VOLATILE_HEADERS}),
            "cookie": re.sub(r"\b(connect\.sid|Expires)=[^;]*", r"\1", response.headers.get("Set-Cookie", "")),
            "body": self._named(self._sorted(self._without_others(body), _has_order(case))),
        }

    def _note_customer(self, body: Any) -> None:
        cart = body.get("cart") if isinstance(body, dict) else None
        if isinstance(cart, dict) and {"id", "email", "customer_id"} <= cart.keys():
            customer = (cart["email"], cart["customer_id"])
            self._changes[cart["id"]] += self._customers.setdefault(cart["id"], customer) != customer
            self._customers[cart["id"]] = customer

    def wait_for_events(self) -> None:
        """Wait until a real Medusa has handled the events about changed customers of carts.

        Medusa handles such an event up to three seconds after the change. If the cart has payment sessions by then,
        the handler updates them, which would make the responses differ.
        """
        end = time.monotonic() + 30
        while self._changes - Counter(requests.get(f"{self.url}/customer-changes", timeout=60).json()):
            assert time.monotonic() < end, f"no event told of {self._changes}"
            time.sleep(0.1)

    def keep(self, case: Case) -> None:
        """Keep the values of the last response that the case names. Raises `LookupError`."""
        self.names |= {name: str(_at(self._body, self._filled(path))) for name, path in case.keep.items()}

    def _filled(self, text: str) -> str:
        return re.sub(r"\{([\w. -]+)\}", lambda found: self.names.get(found[1], found[0]), text)

    # The parts of a response that can be compared

    def _without_others(self, value: Any) -> Any:
        """Return a body without values that purchases of other tests change, and without claims of other customers."""
        if isinstance(value, list):
            mine = self.names.values()
            others = [each for each in value if isinstance(each, dict) and each.get("new_customer_id", "") not in mine]
            is_claims = any(isinstance(each, dict) and "old_email" in each for each in value)
            return [self._without_others(each) for each in value if not (is_claims and each in others)]
        if not isinstance(value, dict):
            return value
        body = {name: self._without_others(each) for name, each in value.items()}
        for column, own in (("inventory_quantity", "sku"), ("usage_count", "code")):
            if isinstance(body.get(column), int) and not str(body.get(own)).endswith(self._run):
                body[column] = "<changing>"
                if body.get("updated_at") is not None:
                    body["updated_at"] = self._at_some_time(body["updated_at"])
        return body

    def _at_some_time(self, value: Any) -> Any:
        return "<time>" if isinstance(value, str) and _NEW.fullmatch(value) else value

    def _sorted(self, value: Any, keeps_order: bool) -> Any:
        """Return a body with sorted lists. The order of related rows, and of a list without `order`, is undefined."""
        if isinstance(value, dict):
            return {
                name: self._sorted(each, isinstance(each, list) and (keeps_order or _is_ranked(value, name, each)))
                for name, each in value.items()
            }
        if not isinstance(value, list):
            return value
        rows = [self._sorted(each, False) for each in value]
        if keeps_order or not all(isinstance(row, dict) for row in rows):
            return rows
        return sorted(rows, key=lambda row: (self._without_new(json.dumps(row, sort_keys=True)), str(row.get("id"))))

    def _without_new(self, text: str) -> str:
        return _NEW.sub(lambda found: found[0] if found[0] in self._common else f"<{found['id']}>", text)

    def _named(self, value: Any) -> Any:
        """Return a body in which each new ID, token and time is replaced by a name."""
        if isinstance(value, dict):
            named = {name: self._named(value[name]) for name in sorted(value)}
            number = named.get("display_id")
            if isinstance(number, int) and f"display_id {number}" not in self._common:
                named["display_id"] = self._name_of("display_id", str(number))
            return {self._text_named(name): each for name, each in named.items()}
        if isinstance(value, list):
            return [self._named(each) for each in value]
        return self._text_named(value) if isinstance(value, str) else value

    def _text_named(self, text: str) -> str:
        return _NEW.sub(self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        if found[0] in self._common:
            return found[0]
        kind = found.lastgroup or ""
        if kind == "time":
            return "<time>"
        return self._name_of(found["id"] or kind, found[0])

    def _name_of(self, kind: str, value: str) -> str:
        if value not in self._new:
            number = sum(name.startswith(f"<{kind} ") for name in self._new.values()) + 1
            self._new[value] = f"<{kind} {number}>"
        return self._new[value]


def _has_order(case: Case) -> bool:
    """Return whether the order of the requested list is defined."""
    return any(text in case.target for text in ("order=", "/me/orders", "/store/product-categories"))


def _is_ranked(owner: JSON, name: str, rows: list[Any]) -> bool:
    """Return whether Medusa sorts these rows of a relation by a rank. `owner` is the row or the body that has the list.

    Medusa sorts the rows of a relation, but not the list of variants, whose owner has no ID. Equal ranks have no order.
    """
    rank = {"variants": "variant_rank", "category_children": "rank"}.get(name)
    if rank is None or "id" not in owner or not all(isinstance(row, dict) and rank in row for row in rows):
        return False
    return len({row[rank] for row in rows}) == len(rows)


def _at(body: Any, path: str) -> Any:
    """Return the value at a path. Raises `LookupError`."""
    for name in path.split("."):
        try:
            if isinstance(body, list) and "=" in name:
                column, _, wanted = name.partition("=")
                body = next(row for row in body if str(row.get(column)) == wanted)
            else:
                body = body[int(name) if isinstance(body, list) else name]
        except (LookupError, TypeError, StopIteration):
            raise LookupError(f"the response has no {path}") from None
    return body


class Pair:
    """The sandbox and the real Medusa."""

    def __init__(self, sandbox: Twin, real: Twin) -> None:
        self.sandbox = sandbox
        self.real = real
        self.compared = 0
        """The number of compared responses."""
        self.status = 0
        """The status of the real Medusa's last response."""

    def differences(self, cases: list[Case]) -> list[str]:
        """Send the requests of a story to both stores, and return the differences between the responses.

        A story ends early if a response lacks a value that later requests need.
        """
        twins = [twin.at_the_beginning() for twin in (self.sandbox, self.real)]
        found: list[str] = []
        for number, case in enumerate(cases):
            if case.target.endswith("/payment-sessions"):
                twins[1].wait_for_events()
            sandbox, real = (twin.response(case) for twin in twins)
            self.compared += 1
            self.status = real["status"]
            if lines := differences(sandbox, real):
                found += [f"{number} {case}", *(f"    {line}" for line in lines)]
            try:
                for twin in twins:
                    twin.keep(case)
            except LookupError as error:
                return [*found, f"{number} {case}", f"    {error}: the story cannot continue"]
        return found
