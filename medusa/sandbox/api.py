"""The Store API of Medusa 1.20.11 as a WSGI application. The routes are in `routes/`."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from .database import Database
from .filters import FailedFilterError
from .logins import Session, session_cookie, session_of
from .received import ReceivedRequest, decoded, is_for_this_machine, is_under, parsed_body, received
from .responses import Refused, Response, error_response, failure_response, page_response
from .routes import ROUTES, WHOLE_AREAS
from .routes.call import Call
from .selection import FailedSelectionError, InvalidSelectionError
from .validation import NotInSandboxError, UnreadableQueryError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

logger = logging.getLogger("medusa.sandbox")

_CUSTOMER_ROUTES_WITHOUT_LOGIN = (
    "store/customers",
    "store/customers/password-reset",
    "store/customers/password-token",
)

_WRONG_HOST = b"The sandbox only responds to requests whose Host is 127.0.0.1, localhost or [::1].\n"


def _pattern(path: str) -> re.Pattern[str]:
    """Return a pattern for a path. Like in Express, case and a slash at the end are ignored."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)) + "/?", re.IGNORECASE)


_PATTERNS = [(method, _pattern(path), route) for (method, path), route in ROUTES.items()]


class StoreApi:
    """The WSGI application."""

    routes = ROUTES

    def __init__(self, database: Database) -> None:
        self.database = database
        self.requests: list[ReceivedRequest] = []
        self.next_response: Callable[[], Response | None] = lambda: None
        """Called before each request. If it returns a response, the store sends this instead of the route's."""
        self._added: list[tuple[str, re.Pattern[str], Callable[..., Response]]] = []

    def add(self, method: str, path: str, route: Callable[..., Response]) -> None:
        """Add a function for a path. It gets the request and the placeholders by name. The last function wins."""
        self._added.insert(0, (method, _pattern(path), route))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not is_for_this_machine(environ):
            headers = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]
            start_response("403 Forbidden", headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [_WRONG_HOST]
        request = received(environ)
        self.requests.append(request)
        response = self.next_response()
        headers = [("X-Powered-By", "Express")]
        if response is None:
            session = session_of(request, self.database)
            response = self._response(request, session)
            headers += self._headers_of_store(request, session, response)
        return _send(request, response, headers, start_response)

    def _headers_of_store(
        self, request: ReceivedRequest, session: Session, response: Response
    ) -> Iterable[tuple[str, str]]:
        if is_under("/store", request) and not response.is_early:
            varies = "Origin, Access-Control-Request-Headers" if request.method == "OPTIONS" else "Origin"
            yield "Vary", varies
            yield "Access-Control-Allow-Credentials", "true"
        if (session.is_new or session.is_changed) and not session.is_ended:
            yield "Set-Cookie", session_cookie(session, self.database.secret)

    def _response(self, request: ReceivedRequest, session: Session) -> Response:
        if request.method == "OPTIONS" and is_under("/store", request):
            allowed = ("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
            return Response(204, headers=(allowed,))
        try:
            return self._route_response(Call(self.database, request, session, parsed_body(request)))
        except Refused as refused:  # Medusa cannot read the body or the path.
            return refused.response
        except InvalidSelectionError as error:
            return error_response(400, "invalid_data", str(error))
        except (FailedSelectionError, FailedFilterError, UnreadableQueryError):
            return failure_response()
        except NotInSandboxError as error:
            return error_response(501, "not_in_sandbox", str(error))
        except Exception:  # Medusa responds with 500 to input that it does not expect. The log has the traceback.
            logger.exception("%r", request)
            return failure_response()

    def _route_response(self, call: Call) -> Response:
        request = call.request
        method = "GET" if request.method == "HEAD" else request.method
        for added_method, pattern, added in self._added:
            found = pattern.fullmatch(request.path)
            if found and method == added_method:
                return added(request, **{name: decoded(text) for name, text in found.groupdict().items()})
        with call.database.transaction():  # No other request can write between the reads and writes of a route.
            try:
                return self._medusas_response(call, method)
            except Refused as refused:  # Only the transactions in which it was raised are rolled back.
                return refused.response

    def _medusas_response(self, call: Call, method: str) -> Response:
        request = call.request
        needs_no_login = method == "POST" and request.path.strip("/").lower() in _CUSTOMER_ROUTES_WITHOUT_LOGIN
        if is_under("/store/customers", request) and not needs_no_login:
            call.customer()  # Medusa checks the login before it checks whether the route exists.
        for route_method, pattern, route in _PATTERNS:
            found = pattern.fullmatch(request.path)
            if found and method == route_method:
                return route(call, *map(decoded, found.groups()))
        path = quote(request.path, safe="/%:@!$&()*+,;=~'")
        if request.path.startswith("//") or any(is_under(area, request) for area in WHOLE_AREAS):
            return page_response(404, html.escape(f"Cannot {request.method} {path}"))
        raise NotInSandboxError(
            f"The sandbox does not have the route {request.method} {path}. It has the Store API without swaps, order"
            " edits and payment collections. SandboxStore.on() can add it to a store."
        )


def _send(
    request: ReceivedRequest, response: Response, headers: list[tuple[str, str]], start_response: StartResponse
) -> Iterable[bytes]:
    headers += response.headers
    status, body = response.status, response.body
    if response.content_type:
        tag = response.entity_tag
        if not response.content_type.startswith("text/html") or status == 200:  # Error pages have no ETag.
            headers.append(("ETag", tag))
        if status == 200 and request.method in ("GET", "HEAD") and request.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        elif status == 204:  # Express creates the ETag before it drops the body.
            body = b""
        else:
            headers += [("Content-Type", response.content_type), ("Content-Length", str(len(body)))]
    elif status == 204:
        headers.append(("Content-Length", "0"))
    start_response(f"{status} {HTTPStatus(status).phrase}", headers)
    return [] if request.method == "HEAD" else [body]
