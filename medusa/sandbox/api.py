"""The Store API of Medusa 1.20.11 as a WSGI application: its routes, checks, sessions and answers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, unquote, unquote_to_bytes

import attrs
import jwt
import qs_codec
from requests.structures import CaseInsensitiveDict

from ..codec.json_text import dumps
from ..http.redaction import mask
from . import filters, selection
from .database import Database, now
from .filters import FailedFilterError
from .orders import new_customer
from .selection import FailedSelectionError, InvalidSelectionError, Route
from .totals import round_half_up
from .validation import (
    NotInSandboxError,
    UnreadableQueryError,
    is_email,
    js_number,
    nested,
    normalized,
    not_strings,
    unknown,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

logger = logging.getLogger("medusa.sandbox")

CLAIM_TOKEN_SECONDS = 900
_LOGIN_TOKEN_DAYS = 30
_SESSION_HOURS = 10
_LARGEST_BODY = 100 * 1024
_LARGEST_INTEGER = 2**31 - 1
_LARGEST_LIMIT = 2**63 - 1


@attrs.frozen
class ReceivedRequest:
    """A request that the store received."""

    method: str
    target: str = attrs.field(repr=mask)
    """The path with its query, as they were sent."""
    headers: CaseInsensitiveDict[str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)

    @property
    def path(self) -> str:
        """The path alone."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, Any]:
        """The query, parsed as Medusa parses it."""
        return dict(qs_codec.decode(self.target.partition("?")[2]))

    def json(self) -> Any:
        """The body, parsed. Raises `ValueError` if it is no JSON."""
        return json.loads(self.body)


@attrs.frozen
class Answer:
    """What a route answers."""

    status: int
    body: bytes = attrs.field(default=b"", repr=False)
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_early: bool = False
    """Whether it is given before the request comes to the Store's routes and their headers."""


class Refused(Exception):
    """A request that ends with an error; its only argument is the answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


def json_answer(data: Any, status: int = 200) -> Answer:
    """JSON as Express sends it."""
    return Answer(status, dumps(data), "application/json; charset=utf-8")


def status_answer(status: int) -> Answer:
    """A status whose body is its name."""
    return Answer(status, HTTPStatus(status).phrase.encode(), "text/plain; charset=utf-8")


def error_answer(status: int, type: str, message: str, code: str | None = None) -> Answer:
    """An error as Medusa words it."""
    return json_answer({**({"code": code} if code else {}), "type": type, "message": message}, status)


def failure_answer(status: int = 500) -> Answer:
    """What the backend says of its own failures, and of input that it could not make sense of."""
    return error_answer(status, "unknown_error", "An unknown error occurred.", "unknown_error")


def _page_answer(status: int, text: str) -> Answer:
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n'
        f"<pre>{text}</pre>\n</body>\n</html>\n"
    )
    headers = (("Content-Security-Policy", "default-src 'none'"), ("X-Content-Type-Options", "nosniff"))
    return Answer(status, page.encode(), "text/html; charset=utf-8", headers)


_FOR_THIS_MACHINE_ALONE = b"The sandbox only answers requests whose Host is 127.0.0.1, localhost or [::1].\n"

# No Content-Type, unlike the 401 for a wrong password.
_UNAUTHORIZED = Answer(401, b"Unauthorized")


def _refuse_data(problems: Iterable[str]) -> None:
    if text := ", ".join(problems):
        raise Refused(error_answer(400, "invalid_data", text))


@attrs.define
class Session:
    """The session of one request: that of its cookie, or a new one."""

    id: str
    is_new: bool
    customer_id: str | None = None
    is_changed: bool = False
    is_ended: bool = False


class StoreApi:
    """The WSGI application."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.requests: list[ReceivedRequest] = []
        self.next_answer: Callable[[], Answer | None] = lambda: None
        """Asked before each request; what it gives is answered in place of the route."""
        self.routes: dict[tuple[str, str], Callable[..., Answer]] = {
            ("GET", "/health"): lambda *_: Answer(200, b"OK", "text/html; charset=utf-8"),
            ("GET", "/claim-tokens"): lambda *_: json_answer(self.database.events()),
            ("GET", "/store/orders"): self._look_up_order,
            ("GET", "/store/orders/{id}"): self._retrieve_order,
            ("GET", "/store/orders/cart/{cart_id}"): self._retrieve_order_by_cart,
            ("POST", "/store/orders/batch/customer/token"): self._request_claim,
            ("POST", "/store/orders/customer/confirm"): self._confirm_claim,
            ("GET", "/store/auth"): self._get_session,
            ("POST", "/store/auth"): self._create_session,
            ("DELETE", "/store/auth"): self._delete_session,
            ("POST", "/store/auth/token"): self._create_token,
            ("GET", "/store/auth/{email}"): self._email_exists,
            ("POST", "/store/customers"): self._create_customer,
            ("GET", "/store/customers/me"): self._retrieve_customer,
            ("GET", "/store/customers/me/orders"): self._list_customers_orders,
        }
        # As in Express, the case of a path and a slash at its end don't matter.
        self._patterns = [
            (method, re.compile(re.sub(r"{\w+}", "([^/]+)", path) + "/?", re.IGNORECASE), route)
            for (method, path), route in self.routes.items()
        ]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_for_this_machine(environ):
            headers = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]
            start_response("403 Forbidden", headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [_FOR_THIS_MACHINE_ALONE]
        request = _received(environ)
        self.requests.append(request)
        answer = self.next_answer()
        headers = [("X-Powered-By", "Express")]
        if answer is None:
            session = self._session(request)
            try:
                answer = self._answer(request, session)
            except Exception:  # as the backend answers what it was not written for
                logger.exception("%r", request)
                answer = failure_answer()
            if _is_under("/store", request) and not answer.is_early:
                varies = "Origin, Access-Control-Request-Headers" if request.method == "OPTIONS" else "Origin"
                headers += [("Vary", varies), ("Access-Control-Allow-Credentials", "true")]
            if (session.is_new or session.is_changed) and not session.is_ended:
                headers.append(("Set-Cookie", self._cookie(session)))
        headers += answer.headers
        status, body = answer.status, answer.body
        if answer.content_type:
            tag = _entity_tag(body)
            if not answer.content_type.startswith("text/html") or status == 200:  # error pages have none
                headers.append(("ETag", tag))
            if status == 200 and request.method in ("GET", "HEAD") and request.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            else:
                headers += [("Content-Type", answer.content_type), ("Content-Length", str(len(body)))]
        elif status == 204:
            headers.append(("Content-Length", "0"))
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [] if request.method == "HEAD" else [body]

    def _answer(self, request: ReceivedRequest, session: Session) -> Answer:
        if request.method == "OPTIONS" and _is_under("/store", request):
            allowed = ("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
            return Answer(204, headers=(allowed,))
        try:
            body = _parsed_body(request)
            method = "GET" if request.method == "HEAD" else request.method
            registers = method == "POST" and request.path.strip("/").lower() == "store/customers"
            if _is_under("/store/customers", request) and not registers:
                self._customer(request, session)  # even where there is no route, nobody else is told so
            for route_method, pattern, route in self._patterns:
                found = pattern.fullmatch(request.path)
                if found and method == route_method:
                    return route(request, session, body, *map(_decoded, found.groups()))
        except Refused as refused:
            return refused.answer
        except InvalidSelectionError as error:
            return error_answer(400, "invalid_data", str(error))
        except (FailedSelectionError, FailedFilterError, UnreadableQueryError):
            return failure_answer()
        except NotInSandboxError as error:
            return error_answer(501, "not_in_sandbox", str(error))
        return _page_answer(404, html.escape(f"Cannot {request.method} {quote(request.path, safe='/%:@!$&()*+,;=~')}"))

    # Orders

    def _retrieve_order(self, request: ReceivedRequest, _: Session, __: Any, id: str) -> Answer:
        return self._order(request, Route.RETRIEVE, f"Order with id {id} was not found", id=id)

    def _retrieve_order_by_cart(self, request: ReceivedRequest, _: Session, __: Any, cart_id: str) -> Answer:
        return self._order(request, Route.CART, f"Order with cart id {cart_id} was not found", cart_id=cart_id)

    def _order(self, request: ReceivedRequest, route: Route, not_found: str, **where: str) -> Answer:
        query = normalized(request.query)
        problems = unknown(query, {"expand", "fields"})
        _refuse_data([*problems, *not_strings(query, ["expand", "fields"])])
        orders = self.database.orders(**where)
        selected = _selected(orders[0] if orders else {"items": []}, route, query)  # refused even where there is none
        if not orders:
            return error_answer(404, "not_found", not_found)
        return json_answer({"order": selected})

    def _look_up_order(self, request: ReceivedRequest, _: Session, __: Any) -> Answer:
        query = normalized(request.query)
        problems = unknown(query, {"display_id", "email", "shipping_address", "expand", "fields"})
        display_id = js_number(query.get("display_id"))
        if display_id is None:
            problems.append("display_id must be a number conforming to the specified constraints")
        if not is_email(query.get("email")):
            problems.append("email must be an email")
        problems += nested(query, "shipping_address", _address_problems)
        _refuse_data([*problems, *not_strings(query, ["expand", "fields"])])
        assert display_id is not None
        is_integer = display_id == int(display_id) and abs(display_id) <= _LARGEST_INTEGER
        orders = self.database.orders(display_id=int(display_id), email=query["email"]) if is_integer else []
        is_one = len(orders) == 1
        selected = _selected(orders[0] if is_one else {"items": []}, Route.LOOKUP, query)  # refused in any case
        if not is_integer:
            return failure_answer()
        return json_answer({"order": selected}) if is_one else status_answer(404)

    def _request_claim(self, request: ReceivedRequest, session: Session, body: Any) -> Answer:
        customer = self._customer(request, session)
        if body == []:  # without a condition on the id, Medusa claims all orders
            body = {"order_ids": [order["id"] for order in self.database.orders()]}
        body = _claim_object(body)
        ids = body.get("order_ids")
        values = cast("list[Any]", ids) if isinstance(ids, list) else [ids]
        problems = unknown(body, {"order_ids"})
        if not all(isinstance(value, str) for value in values):
            problems.append("each value in order_ids must be a string")
        if not all(value not in (None, "") for value in values):
            problems.append("each value in order_ids should not be empty")
        _refuse_data(problems)
        by_email: dict[str, list[str]] = {}
        for id in dict.fromkeys(values):
            for order in self.database.orders(id=id):
                by_email.setdefault(order["email"], []).append(id)
        for email, order_ids in by_email.items():
            token = self._sign({"claimingCustomerId": customer["id"], "orders": order_ids}, CLAIM_TOKEN_SECONDS)
            self.database.put_event(
                {"old_email": email, "new_customer_id": customer["id"], "orders": order_ids, "token": token}
            )
        return status_answer(200)

    def _confirm_claim(self, _: ReceivedRequest, __: Session, body: Any) -> Answer:
        body = _claim_object(body)
        token = body.get("token")
        problems = unknown(body, {"token"})
        if not isinstance(token, str) or not re.fullmatch(r"[\w-]*\.[\w-]*\.[\w-]*", token, re.ASCII):
            problems.append("token must be a jwt string")
        if token in (None, ""):
            problems.append("token should not be empty")
        _refuse_data(problems)
        claim = self._verified(str(token))
        if claim is None or not _is_fresh(claim):
            return failure_answer()
        if "claimingCustomerId" not in claim:
            return error_answer(404, "not_found", '"customerId" must be defined')
        customer = self._existing_customer(claim["claimingCustomerId"])
        order_ids: list[str] = claim.get("orders") or []
        for id in order_ids:
            for order in self.database.orders(id=id):
                order.update(customer_id=customer["id"], email=customer["email"], customer=customer, updated_at=now())
                self.database.put_order(order)
        return status_answer(200)

    # Customers

    def _get_session(self, request: ReceivedRequest, session: Session, _: Any) -> Answer:
        return self._logged_in(self._customer(request, session))

    def _create_session(self, _: ReceivedRequest, session: Session, body: Any) -> Answer:
        customer = self._by_credentials(body)
        if customer is None:
            return status_answer(401)
        self._log_in(session, customer)
        return self._logged_in(customer)

    def _delete_session(self, _: ReceivedRequest, session: Session, __: Any) -> Answer:
        session.is_ended = True
        self.database.end_session(session.id)
        return status_answer(200)

    def _create_token(self, _: ReceivedRequest, __: Session, body: Any) -> Answer:
        customer = self._by_credentials(body)
        if customer is None:
            return status_answer(401)
        seconds = _LOGIN_TOKEN_DAYS * 24 * 3600
        return json_answer({"access_token": self._sign({"customer_id": customer["id"], "domain": "store"}, seconds)})

    def _email_exists(self, _: ReceivedRequest, __: Session, ___: Any, email: str) -> Answer:
        return json_answer({"exists": self.database.account(email.lower()) is not None})

    def _create_customer(self, _: ReceivedRequest, session: Session, body: Any) -> Answer:
        body = _object(body)
        problems = unknown(body, {"first_name", "last_name", "email", "password", "phone"})
        problems += not_strings(body, ["first_name", "last_name"])
        if not is_email(body.get("email")):
            problems.append("email must be an email")
        if not isinstance(body.get("password"), str):
            problems.append("password must be a string")
        _refuse_data([*problems, *not_strings(body, ["phone"])])
        email = body["email"].lower()
        if self.database.account(email):
            text = "A customer with the given email already has an account. Log in instead"
            return error_answer(422, "duplicate_error", text, "invalid_request_error")
        names = {name: body.get(name) for name in ("first_name", "last_name", "phone")}
        has_account = bool(body["password"])
        customer = new_customer(email, created_at=now(), has_account=has_account, **names)
        self.database.put_customer(customer, hashed(body["password"]) if has_account else None)
        self._log_in(session, customer)
        return json_answer({"customer": _with_addresses(customer)})

    def _retrieve_customer(self, request: ReceivedRequest, session: Session, _: Any) -> Answer:
        return json_answer({"customer": _with_addresses(self._customer(request, session))})

    def _list_customers_orders(self, request: ReceivedRequest, session: Session, _: Any) -> Answer:
        customer = self._customer(request, session)
        query = normalized(request.query)
        problems = unknown(query, {"limit", "offset", "expand", "fields", *filters.NAMES}) + filters.problems(query)
        limit, offset = (js_number(query.get(name, default)) for name, default in (("limit", 10), ("offset", 0)))
        for name, number in (("limit", limit), ("offset", offset)):
            if number is None:
                problems.append(f"{name} must be a number conforming to the specified constraints")
        _refuse_data([*problems, *not_strings(query, ["fields", "expand"])])
        assert limit is not None
        assert offset is not None
        if query.get("q") and "expand" in query:
            query["expand"] += ",shipping_address,customer"
        conditions = filters.conditions(query)
        _selected({"items": []}, Route.MINE, query)  # refused even where there is none
        if not (0 <= limit <= _LARGEST_LIMIT and 0 <= offset <= _LARGEST_LIMIT):
            return failure_answer()
        orders = [selection.with_all_columns(order) for order in self.database.orders(customer_id=customer["id"])]
        found = [order for order in orders if all(is_met(order) for is_met in conditions)]
        found.sort(key=lambda order: str(order["created_at"]), reverse=True)
        page = found[round_half_up(offset) :][: round_half_up(limit) if limit else None]
        selected = [_selected(order, Route.MINE, query) for order in page]
        return json_answer({"orders": selected, "count": len(found), "offset": _plain(offset), "limit": _plain(limit)})

    def _logged_in(self, customer: dict[str, Any]) -> Answer:
        orders = [selection.row(order) for order in self.database.orders(customer_id=customer["id"])]
        return json_answer({"customer": {**customer, "orders": orders, "shipping_addresses": []}})

    def _by_credentials(self, body: Any) -> dict[str, Any] | None:
        body = _object(body)
        problems = unknown(body, {"email", "password"})
        if not is_email(body.get("email")):
            problems.append("email must be an email")
        if body.get("password") in (None, ""):
            problems.append("password should not be empty")
        _refuse_data(problems)
        account = self.database.account(body["email"].lower())
        if account and matches(str(body["password"]), account[1]):
            return account[0]
        return None

    def _customer(self, request: ReceivedRequest, session: Session) -> dict[str, Any]:
        """Who asks: the customer of the session, or else of the bearer token."""
        customer_id = session.customer_id
        if not customer_id:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            payload = self._verified(token) if scheme.lower() == "bearer" else None
            if payload and payload.get("domain") == "store":
                customer_id = payload.get("customer_id")
        if not customer_id:
            raise Refused(_UNAUTHORIZED)
        return self._existing_customer(customer_id)

    def _existing_customer(self, id: str) -> dict[str, Any]:
        customer = self.database.customer(id)
        if customer is None:
            raise Refused(error_answer(404, "not_found", f"Customer with id: {id} was not found"))
        return customer

    # Tokens and sessions

    def _sign(self, payload: dict[str, Any], seconds: int) -> str:
        issued = int(time.time())
        return jwt.encode({**payload, "iat": issued, "exp": issued + seconds}, self.database.secret, "HS256")

    def _verified(self, token: str) -> dict[str, Any] | None:
        try:
            payload: dict[str, Any] = jwt.decode(
                token, self.database.secret, ["HS256"], options={"verify_iat": False, "verify_sub": False}
            )
        except jwt.InvalidTokenError:
            return None
        return payload

    def _log_in(self, session: Session, customer: dict[str, Any]) -> None:
        session.is_changed = session.customer_id != customer["id"]
        session.customer_id = customer["id"]
        self.database.log_in(session.id, customer["id"])

    def _session(self, request: ReceivedRequest) -> Session:
        cookie = re.search(r"(?:^|;\s*)connect\.sid=([^;]*)", request.headers.get("Cookie", ""))
        signed = unquote(cookie[1]) if cookie else ""
        id, _, signature = signed.removeprefix("s:").partition(".")
        if not signed.startswith("s:") or not hmac.compare_digest(signature.encode(), self._signature(id).encode()):
            return Session(secrets.token_urlsafe(24), is_new=True)
        customer_id, has_ended = self.database.session(id)
        if has_ended:
            return Session(secrets.token_urlsafe(24), is_new=True)
        return Session(id, is_new=False, customer_id=customer_id)

    def _cookie(self, session: Session) -> str:
        value = quote(f"s:{session.id}.{self._signature(session.id)}", safe="")
        expires = format_datetime(datetime.now(UTC) + timedelta(hours=_SESSION_HOURS), usegmt=True)
        return f"connect.sid={value}; Path=/; Expires={expires}; HttpOnly"

    def _signature(self, id: str) -> str:
        digest = hmac.digest(self.database.secret.encode(), id.encode(), "sha256")
        return base64.b64encode(digest).decode().rstrip("=")


def hashed(password: str, salt: bytes | None = None) -> str:
    """A hash of a password: a quick one, for a store of made-up customers."""
    salt = salt or secrets.token_bytes(8)
    return f"{salt.hex()}:{hashlib.pbkdf2_hmac('sha256', password.encode('utf-8', 'replace'), salt, 1000).hex()}"


def matches(password: str, hash: str) -> bool:
    """Whether this is the hash of the password."""
    return hmac.compare_digest(hashed(password, bytes.fromhex(hash.partition(":")[0])), hash)


def _received(environ: WSGIEnvironment) -> ReceivedRequest:
    headers: CaseInsensitiveDict[str] = CaseInsensitiveDict(
        (name[5:].replace("_", "-").title(), value) for name, value in environ.items() if name.startswith("HTTP_")
    )
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            headers[name.replace("_", "-").title()] = environ[name]
    is_chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
    length = None if is_chunked else int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(length) if length != 0 else b""
    return ReceivedRequest(environ["REQUEST_METHOD"], environ["REQUEST_URI"], headers, body)


def _is_for_this_machine(environ: WSGIEnvironment) -> bool:
    """Whether the request was sent to a name of this machine.

    A web page on another host can have its own name resolve to 127.0.0.1. The browser would then let the page read the
    claim tokens and whatever else the store answers, but sends the page's name in the Host header.
    """
    return (
        re.fullmatch(r"(127\.0\.0\.1|localhost|\[::1\])(:\d*)?", environ.get("HTTP_HOST", ""), re.IGNORECASE)
        is not None
    )


def _is_under(path: str, request: ReceivedRequest) -> bool:
    return re.match(rf"{path}(/|$)", request.path, re.IGNORECASE) is not None


def _parsed_body(request: ReceivedRequest) -> Any:
    """The JSON of a body that says it is, `{}` of any other. Raises `Refused`, with an error page."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or not request.body:
        return {}
    if len(request.body) > _LARGEST_BODY:
        raise _early_error(413, "PayloadTooLargeError: request entity too large")
    text = request.body.decode("utf-8", "replace")
    try:
        if text.strip()[:1] not in ("{", "["):
            raise _unexpected(text, 0)
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _early_error(400, f"SyntaxError: {_as_v8_says(error, text)}") from None


def _early_error(status: int, problem: str) -> Refused:
    """A page with the beginning of a stack."""
    text = html.escape(problem).replace("&#x27;", "&#39;")
    return Refused(attrs.evolve(_page_answer(status, f"{text}<br> &nbsp; &nbsp;at ..."), is_early=True))


def _unexpected(text: str, position: int) -> json.JSONDecodeError:
    return json.JSONDecodeError("Unexpected token", text, position)


def _as_v8_says(error: json.JSONDecodeError, text: str) -> str:
    if error.msg.startswith("Expecting property name"):
        return f"Expected property name or '}}' in JSON at position {error.pos}"
    if error.pos >= len(text):
        return "Unexpected end of JSON input"
    quoted = f'"{text[:10]}"' + ("..." if len(text) > 10 else "")
    return f"Unexpected token '{text[error.pos]}', {quoted} is not valid JSON"


def _decoded(segment: str) -> str:
    """A path's segment as Express decodes it. Raises `Refused` for one that it, or PostgreSQL, can't read."""
    try:
        if re.search(r"%(?![0-9A-Fa-f]{2})", segment):
            raise ValueError
        text = unquote_to_bytes(segment).decode()
    except ValueError:
        raise Refused(failure_answer()) from None
    if "\0" in text:
        raise Refused(failure_answer())
    return text


def _entity_tag(body: bytes) -> str:
    """The weak ETag that Express gives a body."""
    digest = base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()[:27]
    return f'W/"{len(body):x}-{digest}"'


def _selected(order: dict[str, Any], route: Route, query: dict[str, Any]) -> dict[str, Any]:
    return selection.select(order, route, query.get("fields"), query.get("expand"))


def _object(body: Any) -> dict[str, Any]:
    """A parsed body as the object that the auth and customer routes expect."""
    if isinstance(body, list):
        _refuse_data(["an unknown value was passed to the validate function"])
    return cast("dict[str, Any]", body)


def _claim_object(body: Any) -> dict[str, Any]:
    """A parsed body as the object that the claim routes expect."""
    if isinstance(body, list):
        _refuse_data(f"property {index} should not exist" for index in range(len(cast("list[Any]", body))))
        raise Refused(failure_answer())
    return cast("dict[str, Any]", body)


def _address_problems(address: dict[str, Any]) -> list[str]:
    return [*unknown(address, {"postal_code"}), *not_strings(address, ["postal_code"])]


def _plain(number: float) -> float:
    """A number as JSON writes one of JS: without a fraction where it has none."""
    return int(number) if number == int(number) else number


def _is_fresh(claim: dict[str, Any]) -> bool:
    """Whether a claim token was made less than 15 minutes ago, as one must that has an `iat`."""
    issued = claim.get("iat")
    return isinstance(issued, (int, float)) and time.time() < issued + CLAIM_TOKEN_SECONDS


def _with_addresses(customer: dict[str, Any]) -> dict[str, Any]:
    return {**customer, "billing_address": None, "shipping_addresses": []}
