"""Flask: `current_medusa`, logging customers in and out, the session's cart, orders or 404, amounts in templates.

See https://medusa-sdk.readthedocs.io/en/latest/flask.html.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import quote

from ..extras import explain_missing

try:
    import flask  # noqa: F401  # pyright: ignore[reportUnusedImport]
except ModuleNotFoundError as error:
    explain_missing(error, "medusa.contrib.flask", "medusa-sdk[flask]")

from flask import (
    Flask,
    abort,
    current_app,
    g,
    has_request_context,
    jsonify,
    redirect,
    request,
    session,
    url_for,
)
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable, Unauthorized
from werkzeug.local import LocalProxy
from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from .. import (
    Cart,
    Customer,
    Medusa,
    MedusaAuthenticationError,
    MedusaError,
    MedusaNotFoundError,
    Order,
    Product,
    ProductVariant,
    Region,
    StorePostCartReq,
)
from . import customers, money
from .carts import (
    AddressNotValidError,
    CartError,
    DiscountNotValidError,
    EmailMissingError,
    EmptyCartError,
    GiftCardNotValidError,
    NotForSaleError,
    OutOfStockError,
    PaymentDeclinedError,
    PaymentMissingError,
    PaymentRequiresMoreError,
    cart_errors,
    price_of,
    region_of,
)
from .machine_carts import MachineCarts
from .session_cart import SessionCart, nonce

__all__ = [
    "AddressNotValidError",
    "CartError",
    "DiscountNotValidError",
    "EmailMissingError",
    "EmptyCartError",
    "FlaskMedusa",
    "GiftCardNotValidError",
    "NotForSaleError",
    "OutOfStockError",
    "PaymentDeclinedError",
    "PaymentMissingError",
    "PaymentRequiresMoreError",
    "cart_errors",
    "complete_cart",
    "current_medusa",
    "forget_cart",
    "format_amount",
    "get_cart",
    "get_or_create_cart",
    "get_order_or_404",
    "login",
    "logout",
    "price",
    "price_of",
    "region_of",
]


class FlaskMedusa:
    """The extension: `FlaskMedusa(app)`, or `init_app` of one made without an app; each app has its own client.

    `app.config["MEDUSA"]` is a dict of the parameters of `medusa.Medusa`. A `MedusaAuthenticationError` that a view
    did not catch becomes a redirect to `app.config["MEDUSA_LOGIN_URL"]` (a path, a URL or the name of an endpoint) with
    `?next=`, or the app's 401 page where that is not set. Clients that do not ask for a page, such as those of an API,
    get a 401 in any case. A token that the backend refused is dropped from the session. With
    `app.config["MEDUSA_NOT_FOUND_AS_404"] = True` an uncaught `MedusaNotFoundError` becomes the app's 404 page, unless
    it is the route that is missing. With `app.config["MEDUSA_DOWN_AS_503"] = True` an uncaught error of a backend that
    is down becomes the app's 503 page. Your own error handlers for these take precedence if they are registered
    later. Templates get the filters `format_amount` and `price`. `app.config["MEDUSA_CURRENCY_DIGITS"]`, such as
    `{"huf": 0}`, replaces the digits of the Admin.
    """

    def __init__(self, app: Flask | None = None) -> None:
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Set an app up. Raises `RuntimeError` where its configuration is missing or can't be right.

        The endpoint in `MEDUSA_LOGIN_URL` may be registered later, so that requests raise `RuntimeError` where there is
        none, from the first one on.
        """
        try:
            _digits_by_currency(app)
        except (TypeError, ValueError) as error:
            raise RuntimeError(f"app.config['MEDUSA_CURRENCY_DIGITS']: {error}") from None
        try:
            app.extensions["medusa"] = customers.make_client(_setting(app, "MEDUSA"))
        except (TypeError, ValueError) as error:
            raise RuntimeError(f"app.config['MEDUSA']: {error}") from None
        _login_url(app)
        _flag(app, "MEDUSA_NOT_FOUND_AS_404")
        app.before_request(_check_login_endpoint)
        app.register_error_handler(MedusaAuthenticationError, _not_logged_in)
        app.register_error_handler(MedusaNotFoundError, _not_found)
        if _flag(app, "MEDUSA_DOWN_AS_503"):
            app.register_error_handler(MedusaError, _down)  # The app's own handlers of it take precedence.
        app.after_request(_varied)
        app.add_template_filter(format_amount)
        app.add_template_filter(price)


def _client_of_request() -> Medusa:
    # Not in `g` where there is a request: requests made by a test share the `g` of an app context around them.
    app = cast(Any, current_app)._get_current_object()
    if not has_request_context() or request_ctx.app is not app:
        if "medusa" not in g:
            g.medusa = _shared_client().with_options()
        return cast(Medusa, g.medusa)
    holder = cast(Any, request)._get_current_object().__dict__
    if "medusa" not in holder:
        of_request = cast(Any, session)._get_current_object()
        holder["medusa"] = _shared_client().with_options(token=lambda: of_request.get(customers.TOKEN))
    return cast(Medusa, holder["medusa"])


def _shared_client() -> Medusa:
    try:
        return cast(Medusa, current_app.extensions["medusa"])
    except KeyError:
        raise RuntimeError("FlaskMedusa was not set up for this app: call its init_app") from None


current_medusa: Medusa = cast(Medusa, LocalProxy(_client_of_request))
"""The client that acts as the customer of this request. Without a login, and outside of a request, it is anonymous."""


def login(email: str, password: str) -> Customer:
    """Log a customer in: their token is kept in the session, `current_medusa` acts as them from now on.

    The session keeps its cart. If it was another customer's, it is cleared first, the cart included. A session on the
    server (Flask-Session) gets a new id. Raises `MedusaAuthenticationError` for wrong credentials and
    `MedusaInvalidRequestError` for what is no e-mail address; the session is then left as it was.
    """
    token, customer = customers.authenticate(current_medusa, email, password)
    if customers.is_another(session, customer):
        session.clear()
    customers.remember(current_medusa, session, token, customer)
    regenerate = getattr(current_app.session_interface, "regenerate", None)
    if regenerate is not None:  # Flask-Session's, which does nothing for an empty session
        regenerate(session)
    return customer


def logout() -> None:
    """Log the customer out: clear the session and make `current_medusa` anonymous.

    Nothing is sent. The backend can't revoke a token; it expires after 30 days.
    """
    session.clear()
    current_medusa.token = None


def get_cart(*, expand: str | Iterable[str] | None = None, fields: str | Iterable[str] | None = None) -> Cart | None:
    """Return the session's cart, or None if there is none; `expand` and `fields` are those of `medusa.carts.retrieve`.

    A cart that was completed or that the backend does not have is forgotten, and so is one that the backend can't read
    any more because a variant in it was deleted. If a customer is logged in, the backend makes the cart theirs and
    updates its prices. Raises `MedusaNotFoundError` if the backend has no such route, because `base_url` is wrong.
    """
    return _session_cart().get(expand=expand, fields=fields)


def get_or_create_cart(payload: StorePostCartReq | None = None) -> Cart:
    """Return the session's cart, or create one; `payload` is that of `medusa.carts.create`, such as a `region_id`.

    The payload is not used if there is a cart. Requests of one session that arrive together get the same cart; see
    https://medusa-sdk.readthedocs.io/en/latest/flask.html.

    Raises `ValueError` for a payload with `items`, and what `medusa.carts.create` raises.
    """
    return _session_cart().get_or_create(payload)


def complete_cart() -> Order:
    """Complete the session's cart, forget it, and return its order.

    If the session's cart was completed already, as by a double click, its order is returned again.

    Raises a `CartError`, whose `.text` is for the customer, and keeps the cart: `EmptyCartError`, `EmailMissingError`,
    `OutOfStockError`, `PaymentMissingError`, `PaymentDeclinedError`, and `PaymentRequiresMoreError` if the payment
    needs another step. Raises what else `medusa.carts.complete` raises.
    """
    return _session_cart().complete()


def forget_cart() -> None:
    """Let the session have no cart. The backend keeps it."""
    _session_cart().forget()


def _session_cart() -> SessionCart:
    return SessionCart(current_medusa, session, MachineCarts(nonce(session)))


def get_order_or_404(
    id: str,
    *,
    customer_only: bool = False,
    expand: str | Iterable[str] | None = None,
    fields: str | Iterable[str] | None = None,
) -> Order:
    """Return the order with this id; `expand` and `fields` are those of `medusa.orders.retrieve`.

    The backend shows an order to everyone who knows its id. With `customer_only` the order must belong to the logged-in
    customer. The backend is asked who that is, and `MedusaAuthenticationError` is raised if nobody is logged in.

    Aborts with 404 if there is no such order, if the id can't be one, and if the order belongs to somebody else. Raises
    `MedusaNotFoundError` if the backend has no such route, because `base_url` is wrong.
    """
    order = customers.find_order(current_medusa, id, customer_only=customer_only, expand=expand, fields=fields)
    return abort(404) if order is None else order


def format_amount(amount: int | None, currency: str, locale: str | None = None, digits: int | None = None) -> str:
    """Return an amount in the currency's smallest unit as text, as `medusa.contrib.money.format_amount` does.

    `app.config["MEDUSA_CURRENCY_DIGITS"]` replaces the digits of the Admin, unless `digits` is given. The text is empty
    for an amount that is None. Templates call it as a filter: `order.total|format_amount(order.currency_code, "de")`.

    Raises the same errors, and `RuntimeError` outside of an app's context.
    """
    if amount is None:
        return ""
    if digits is None:
        digits = _digits_by_currency(current_app).get(currency.lower())
    return money.format_amount(amount, currency, locale, digits)


def price(item: Product | ProductVariant, region: Region, locale: str | None = None) -> str:
    """Return the price of a variant, or the lowest one of a product, with taxes, as text like that of `format_amount`.

    The text is empty where it has no price in the region's currency. The products must be requested with the
    region's `region_id`. Templates call it as a filter: `variant|price(cart.region, "de")`.
    """
    return format_amount(price_of(item), region.currency_code, locale)


def _not_logged_in(error: MedusaAuthenticationError) -> ResponseReturnValue:
    if not customers.concerns_customer(error, _shared_client()):
        raise error
    customers.drop_refused(session, error)
    login_url = _login_url(current_app)
    if login_url is None or not _asks_for_page():
        return _error_page(Unauthorized, "Not logged in.")
    page = quote(request.script_root + request.path, safe="/:@!$&'()*+,;=~")
    query = request.query_string.decode(errors="replace")
    location, status = customers.login_redirect(
        login_url if _is_url(login_url) else url_for(login_url),
        method=request.method,
        page=f"{page}?{query}" if query else page,
        referrer=request.referrer,
        host=request.host,
    )
    return redirect(location, status)


def _not_found(error: MedusaNotFoundError) -> ResponseReturnValue:
    if not error.route_exists or not _flag(current_app, "MEDUSA_NOT_FOUND_AS_404"):
        raise error
    return _error_page(NotFound, "Not found.")


def _down(error: MedusaError) -> ResponseReturnValue:
    if not customers.is_down(error):
        raise error
    current_app.logger.warning("%s", error)
    response = current_app.make_response(_error_page(ServiceUnavailable, customers.DOWN))
    response.headers["Retry-After"] = str(customers.seconds_to_wait(error))
    return response


def _error_page(error: type[HTTPException], detail: str) -> ResponseReturnValue:
    """What the app's own handler answers, or, without one, JSON for clients that do not ask for a page."""
    if _asks_for_page():
        return current_app.handle_user_exception(error())
    answer = jsonify(detail=detail)
    answer.status_code = error.code or 500
    return current_app.handle_user_exception(error(response=answer))


def _asks_for_page() -> bool:
    """Whether this is a browser that shows what it gets, or a client that asks for nothing in particular."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" or request.is_json:
        return False
    accepted = request.accept_mimetypes
    return not accepted or accepted.best_match(["text/html", "application/json"]) == "text/html"


def _check_login_endpoint() -> None:
    """Raise `RuntimeError` if the login has no page. It may be registered after `init_app`, until the first request."""
    login_url = _login_url(current_app)
    if login_url is None or _is_url(login_url):
        return
    try:
        rules = list(current_app.url_map.iter_rules(login_url))
    except KeyError:
        rules = []
    if not any(_is_page(rule) for rule in rules):
        raise RuntimeError(
            "app.config['MEDUSA_LOGIN_URL'] must be a path that begins with /, a URL, or the name of an endpoint that"
            " takes GET and needs no arguments: the app has no such endpoint"
        )


def _is_page(rule: Rule) -> bool:
    needed = cast("set[str]", cast(Any, rule).arguments) - set(rule.defaults or ())
    # The app's `url_defaults` may give arguments, which they can know for some requests alone.
    return "GET" in (rule.methods or ("GET",)) and (not needed or bool(current_app.url_default_functions))


def _is_url(login_url: str) -> bool:
    return login_url.startswith(("/", "http://", "https://"))


def _login_url(app: Flask) -> str | None:
    login_url = _setting(app, "MEDUSA_LOGIN_URL")
    if login_url is not None and not isinstance(login_url, str):
        raise RuntimeError(f"app.config['MEDUSA_LOGIN_URL'] must be a string, not {type(login_url).__name__}")
    return login_url


def _flag(app: Flask, name: str) -> bool:
    try:
        return customers.checked_flag(_setting(app, name))
    except TypeError as error:
        raise RuntimeError(f"app.config[{name!r}] {error}") from None


def _setting(app: Flask, name: str) -> Any:
    return cast("dict[str, Any]", app.config).get(name)


def _varied(response: Response) -> Response:
    # A stream may look into the session after Flask has looked whether anybody did.
    if response.is_streamed and not response.direct_passthrough:
        response.vary.add("Cookie")
    return response


def _digits_by_currency(app: Flask) -> dict[str, int]:
    return money.digits_by_currency(cast("dict[str, Any]", app.config).get("MEDUSA_CURRENCY_DIGITS", {}))
