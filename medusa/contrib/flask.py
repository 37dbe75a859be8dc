"""The Flask integration: `current_medusa`, customer login, the session's cart, `get_order_or_404`, template filters.

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
    """The Flask extension. Use `FlaskMedusa(app)`, or `FlaskMedusa()` and `init_app(app)`. Each app has its own client.

    `app.config["MEDUSA"]` must be a dict of the parameters of `medusa.Medusa`. These settings are optional:

    - `MEDUSA_LOGIN_URL`: a path, a URL or the name of an endpoint. If a view does not catch a
      `MedusaAuthenticationError`, the browser is redirected there with `?next=`. Without this setting it gets the app's
      401 page. API clients always get a 401. If the backend rejected the session's token, the session drops the token.
    - `MEDUSA_NOT_FOUND_AS_404 = True`: an uncaught `MedusaNotFoundError` becomes the app's 404 page, unless the backend
      does not have the route at all.
    - `MEDUSA_DOWN_AS_503 = True`: an uncaught error becomes the app's 503 page if the backend is down.
    - `MEDUSA_CURRENCY_DIGITS`, for example `{"huf": 0}`: replaces the dashboard's digits for these currencies.

    Error handlers that the app registers later take precedence. Templates get the filters `format_amount` and `price`.
    """

    def __init__(self, app: Flask | None = None) -> None:
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Set up an app. Raises `RuntimeError` if its configuration is missing or not valid.

        The endpoint in `MEDUSA_LOGIN_URL` may be registered later. If it does not exist when a request arrives, the
        request raises `RuntimeError`.
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
    # During a request, `g` is not used: if a test sends requests inside an app context, they share its `g`.
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
        raise RuntimeError("FlaskMedusa is not set up for this app: call FlaskMedusa(app) or init_app(app)") from None


current_medusa: Medusa = cast(Medusa, LocalProxy(_client_of_request))
"""The client of this request. It acts as the logged-in customer; without a login or a request it is anonymous."""


def login(email: str, password: str) -> Customer:
    """Log in a customer: store their token in the session, and let `current_medusa` act as this customer from now on.

    The session keeps its cart. If another customer was logged in before, the session is cleared first, including the
    cart. A server-side session (Flask-Session) gets a new ID.

    Raises `MedusaAuthenticationError` if the credentials are wrong, and `MedusaInvalidRequestError` if `email` is not
    an e-mail address. The session does not change then.
    """
    token, customer = customers.authenticate(current_medusa, email, password)
    if customers.is_another(session, customer):
        session.clear()
    customers.remember(current_medusa, session, token, customer)
    regenerate = getattr(current_app.session_interface, "regenerate", None)
    if regenerate is not None:  # Only Flask-Session has `regenerate`. It does nothing if the session is empty.
        regenerate(session)
    return customer


def logout() -> None:
    """Log out the customer: clear the session and make `current_medusa` anonymous.

    This sends no request, because the backend cannot revoke a token. A token expires after 30 days.
    """
    session.clear()
    current_medusa.token = None


def get_cart(*, expand: str | Iterable[str] | None = None, fields: str | Iterable[str] | None = None) -> Cart | None:
    """Return the session's cart, or None if the session has no cart.

    `expand` and `fields` mean the same as in `medusa.carts.retrieve`. If a customer is logged in, the backend assigns
    the cart to this customer and updates its prices.

    The session forgets a cart if it was completed, if the backend does not have it, or if the backend can no longer
    read it because one of its variants was deleted.

    Raises `MedusaNotFoundError` if the backend does not have this route because `base_url` is wrong.
    """
    return _session_cart().get(expand=expand, fields=fields)


def get_or_create_cart(payload: StorePostCartReq | None = None) -> Cart:
    """Return the session's cart. If there is no cart, create one with `payload`.

    `payload` is the payload of `medusa.carts.create`, for example `{"region_id": region.id}`. Simultaneous requests of
    one session get the same cart: see https://medusa-sdk.readthedocs.io/en/latest/flask.html.

    Raises `ValueError` if the payload has `items`, and every error that `medusa.carts.create` raises.
    """
    return _session_cart().get_or_create(payload)


def complete_cart() -> Order:
    """Complete the session's cart, forget the cart, and return its order.

    If the cart was already completed, for example by a double click, this returns the same order again.

    Raises a `CartError` and keeps the cart if the customer must act: `EmptyCartError`, `EmailMissingError`,
    `OutOfStockError`, `PaymentMissingError`, `PaymentDeclinedError`, or `PaymentRequiresMoreError` if the payment needs
    another step. Show its `.text` to the customer. Also raises the other errors of `medusa.carts.complete`.
    """
    return _session_cart().complete()


def forget_cart() -> None:
    """Remove the cart from the session. The backend keeps the cart."""
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
    """Return the order with this ID. `expand` and `fields` mean the same as in `medusa.orders.retrieve`.

    The backend returns an order to anyone who knows its ID. With `customer_only=True`, the order must belong to the
    logged-in customer. This sends one more request, which retrieves the logged-in customer.

    Aborts with 404 if the order does not exist, if the ID is not valid, or if the order belongs to another customer.
    Raises `MedusaAuthenticationError` if `customer_only` is True and no customer is logged in. Raises
    `MedusaNotFoundError` if the backend does not have this route because `base_url` is wrong.
    """
    order = customers.find_order(current_medusa, id, customer_only=customer_only, expand=expand, fields=fields)
    return abort(404) if order is None else order


def format_amount(amount: int | None, currency: str, locale: str | None = None, digits: int | None = None) -> str:
    """Format an amount in the smallest currency unit, like `medusa.contrib.money.format_amount`.

    `app.config["MEDUSA_CURRENCY_DIGITS"]` replaces the dashboard's digits, unless `digits` is given. Returns an empty
    string if the amount is None. In templates this is a filter: `order.total|format_amount(order.currency_code, "de")`.

    Raises the same errors as that function, and `RuntimeError` outside of an app context.
    """
    if amount is None:
        return ""
    if digits is None:
        digits = _digits_by_currency(current_app).get(currency.lower())
    return money.format_amount(amount, currency, locale, digits)


def price(item: Product | ProductVariant, region: Region, locale: str | None = None) -> str:
    """Format the price of a variant, or the lowest price of a product, with taxes, like `format_amount`.

    Returns an empty string if there is no price in the region's currency. Request the products with the region's
    `region_id`. In templates this is a filter: `variant|price(cart.region, "de")`.
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
    """Return the response of the app's own error handler. Without a handler, API clients get JSON."""
    if _asks_for_page():
        return current_app.handle_user_exception(error())
    response = jsonify(detail=detail)
    response.status_code = error.code or 500
    return current_app.handle_user_exception(error(response=response))


def _asks_for_page() -> bool:
    """Return whether the client is a browser that shows the response, or accepts any type of response."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" or request.is_json:
        return False
    accepted = request.accept_mimetypes
    return not accepted or accepted.best_match(["text/html", "application/json"]) == "text/html"


def _check_login_endpoint() -> None:
    """Raise `RuntimeError` if the login page does not exist. The app may register it after `init_app`."""
    login_url = _login_url(current_app)
    if login_url is None or _is_url(login_url):
        return
    try:
        rules = list(current_app.url_map.iter_rules(login_url))
    except KeyError:
        rules = []
    if not any(_is_page(rule) for rule in rules):
        raise RuntimeError(
            f"app.config['MEDUSA_LOGIN_URL']: the app has no endpoint {login_url!r} that accepts GET and needs no"
            " arguments; set the name of such an endpoint, a path that begins with /, or a URL"
        )


def _is_page(rule: Rule) -> bool:
    needed = cast("set[str]", cast(Any, rule).arguments) - set(rule.defaults or ())
    # The app's `url_defaults` functions may fill in the arguments, possibly only for some requests.
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
    # Flask adds `Vary: Cookie` if the session was read, but a stream may read it after Flask has checked.
    if response.is_streamed and not response.direct_passthrough:
        response.vary.add("Cookie")
    return response


def _digits_by_currency(app: Flask) -> dict[str, int]:
    return money.digits_by_currency(cast("dict[str, Any]", app.config).get("MEDUSA_CURRENCY_DIGITS", {}))
