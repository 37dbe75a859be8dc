"""What views call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.http import Http404, HttpRequest
from django.middleware.csrf import rotate_token
from django.views.decorators.debug import sensitive_variables

from ... import Customer, Order
from .. import customers
from .carts import session_cart
from .middleware import MedusaHttpRequest


@sensitive_variables()  # of all functions that this one calls too
def login(request: HttpRequest, email: str, password: str) -> Customer:
    """Log a customer in: their token is kept in the session, `request.medusa` acts as them from now on.

    The session gets a new key and keeps its cart. If it was another customer's, all that it held is thrown away first,
    the cart and a login to Django itself included. Raises `MedusaAuthenticationError` for wrong credentials and
    `MedusaInvalidRequestError` for what is no e-mail address; the session is then left as it was.
    """
    medusa = cast(MedusaHttpRequest, request).medusa
    token, customer = customers.authenticate(medusa, email, password)
    if customers.is_another(request.session, customer):
        request.session.flush()
    else:
        session_cart(request).id()  # which may be known under the old key alone
        request.session.cycle_key()
    customers.remember(medusa, request.session, token, customer)
    rotate_token(request)
    return customer


def logout(request: HttpRequest) -> None:
    """Log the customer out: delete everything in the session and make `request.medusa` anonymous.

    Nothing is sent. The backend can't revoke a token; it expires after 30 days.
    """
    request.session.flush()
    cast(MedusaHttpRequest, request).medusa.token = None


def get_order_or_404(
    request: HttpRequest,
    id: str,
    *,
    customer_only: bool = False,
    expand: str | Iterable[str] | None = None,
    fields: str | Iterable[str] | None = None,
) -> Order:
    """Return the order with this id; `expand` and `fields` are those of `medusa.orders.retrieve`.

    The backend shows an order to everyone who knows its id. With `customer_only` the order must belong to the logged-in
    customer. The backend is asked who that is, and `MedusaAuthenticationError` is raised if nobody is logged in.

    Raises `Http404` if there is no such order, if the id can't be one, and if the order belongs to somebody else.
    Raises `MedusaNotFoundError` if the backend has no such route, because `base_url` is wrong.
    """
    medusa = cast(MedusaHttpRequest, request).medusa
    order = customers.find_order(medusa, id, customer_only=customer_only, expand=expand, fields=fields)
    if order is None:
        raise Http404("There is no such order.")
    return order
