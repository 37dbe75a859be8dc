"""Flask: `current_medusa`, logging customers in and out, orders or 404, amounts in templates. See docs/flask.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from ..extras import explain_missing

try:
    import flask  # noqa: F401  # pyright: ignore[reportUnusedImport]
except ModuleNotFoundError as error:
    explain_missing(error, "medusa.contrib.flask", "medusa-sdk[flask]")

from flask import Flask, abort, current_app, g, has_request_context, redirect, request, session, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound, Unauthorized
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from .. import Medusa, MedusaAuthenticationError, MedusaNotFoundError
from ..models import Customer, Order
from . import customers, money

__all__ = ["FlaskMedusa", "current_medusa", "format_amount", "get_order_or_404", "login", "logout"]


class FlaskMedusa:
    """The extension: `FlaskMedusa(app)`, or `init_app` of one made without an app; each app has its own client.

    `app.config["MEDUSA"]` is a dict of the parameters of `medusa.Medusa`. A `MedusaAuthenticationError` that a view
    did not catch becomes a redirect to `app.config["MEDUSA_LOGIN_URL"]` (a path, or the name of an endpoint) with
    `?next=`, or, where that is not set, the app's 401 page; a token that the backend refused is dropped from the
    session. With `app.config["MEDUSA_NOT_FOUND_AS_404"] = True` an uncaught `MedusaNotFoundError` becomes the app's
    404 page. Your own error handlers for these go before, if registered later. Templates get the filter
    `format_amount`. `app.config["MEDUSA_CURRENCY_DIGITS"]`, such as `{"huf": 0}`, replaces the digits of the Admin.
    """

    def __init__(self, app: Flask | None = None) -> None:
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Set an app up. Raises `RuntimeError` where its configuration is missing or can't be right."""
        try:
            _digits_by_currency(app)
        except (TypeError, ValueError) as error:
            raise RuntimeError(f"app.config['MEDUSA_CURRENCY_DIGITS']: {error}") from None
        try:
            app.extensions["medusa"] = customers.make_client(_setting(app, "MEDUSA"))
        except (TypeError, ValueError) as error:
            raise RuntimeError(f"app.config['MEDUSA']: {error}") from None
        app.register_error_handler(MedusaAuthenticationError, _not_logged_in)
        app.register_error_handler(MedusaNotFoundError, _not_found)
        app.after_request(_varied)
        app.add_template_filter(format_amount)


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
        holder["medusa"] = customers.customers_client(_shared_client(), lambda: of_request.get(customers.TOKEN))
    return cast(Medusa, holder["medusa"])


def _shared_client() -> Medusa:
    try:
        return cast(Medusa, current_app.extensions["medusa"])
    except KeyError:
        raise RuntimeError("FlaskMedusa was not set up for this app: call its init_app") from None


current_medusa: Medusa = cast(Medusa, LocalProxy(_client_of_request))
"""The client that acts as the customer of this request, or as nobody. Outside of a request it is nobody's."""


def login(email: str, password: str) -> Customer:
    """Log a customer in: their token is kept in the session, `current_medusa` acts as them from now on.

    A session that was another customer's is cleared first. A session on the server (Flask-Session) gets a new id.
    Raises `MedusaAuthenticationError` for wrong credentials and `MedusaInvalidRequestError` for what is no e-mail
    address; the session is then left as it was.
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
    """Log the customer out: the session is cleared, `current_medusa` is nobody's from now on.

    The backend is not asked: it can't revoke a token, which ends by itself (after 30 days).
    """
    session.clear()
    customers.forget(current_medusa)


def get_order_or_404(
    id: str,
    *,
    customer_only: bool = False,
    expand: str | Iterable[str] | None = None,
    fields: str | Iterable[str] | None = None,
) -> Order:
    """The order with this id; `expand` and `fields` are those of `medusa.orders.retrieve`.

    To the backend, whoever knows an order's id may see it. With `customer_only` the order must be the logged-in
    customer's own, of which the backend is asked: `MedusaAuthenticationError` where nobody is logged in.

    Aborts with 404 where there is no such order, where the id can't be one, and where it is somebody else's.
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


def _not_logged_in(error: MedusaAuthenticationError) -> ResponseReturnValue:
    if not customers.concerns_customer(error):
        raise error
    customers.drop_refused(session, error)
    login_url = _setting(current_app, "MEDUSA_LOGIN_URL")
    if login_url is None:
        return current_app.handle_user_exception(Unauthorized())
    target: str = login_url if login_url.startswith("/") else url_for(login_url)
    here = request.script_root + request.full_path.removesuffix("?")
    return redirect(f"{target}?{urlencode({'next': here})}")


def _not_found(error: MedusaNotFoundError) -> ResponseReturnValue:
    if not _setting(current_app, "MEDUSA_NOT_FOUND_AS_404"):
        raise error
    return current_app.handle_user_exception(NotFound())


def _setting(app: Flask, name: str) -> Any:
    return cast("dict[str, Any]", app.config).get(name)


def _varied(response: Response) -> Response:
    # A stream may look into the session after Flask has looked whether anybody did.
    if response.is_streamed and not response.direct_passthrough:
        response.vary.add("Cookie")
    return response


def _digits_by_currency(app: Flask) -> dict[str, int]:
    return money.digits_by_currency(cast("dict[str, Any]", app.config).get("MEDUSA_CURRENCY_DIGITS", {}))
