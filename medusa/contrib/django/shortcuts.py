"""Functions for views: log a customer in and out, and get an order or a 404."""

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


@sensitive_variables()  # Django also hides the variables of the functions that this function calls.
def login(request: HttpRequest, email: str, password: str) -> Customer:
    """Log in a customer: store their token in the session, and let `request.medusa` act as this customer from now on.

    The session gets a new key and keeps its cart. If another customer was logged in before, the session is flushed
    first, including the cart and a login to Django itself.

    Raises `MedusaAuthenticationError` if the credentials are wrong, and `MedusaInvalidRequestError` if `email` is not
    an e-mail address. The session does not change then.
    """
    medusa = cast(MedusaHttpRequest, request).medusa
    token, customer = customers.authenticate(medusa, email, password)
    if customers.is_another(request.session, customer):
        request.session.flush()
    else:
        # The cart's ID may be saved only in the store, under the old key. Reading it copies it into the session.
        session_cart(request).id()
        request.session.cycle_key()
    customers.remember(medusa, request.session, token, customer)
    rotate_token(request)
    return customer


def logout(request: HttpRequest) -> None:
    """Log out the customer: flush the session and make `request.medusa` anonymous.

    This sends no request, because the backend cannot revoke a token. A token expires after 30 days.
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
    """Return the order with this ID. `expand` and `fields` mean the same as in `medusa.orders.retrieve`.

    The backend returns an order to anyone who knows its ID. With `customer_only=True`, the order must belong to the
    logged-in customer. This sends one more request, which retrieves the logged-in customer.

    Raises `Http404` if the order does not exist, if the ID is not valid, or if the order belongs to another customer.
    Raises `MedusaAuthenticationError` if `customer_only` is True and no customer is logged in. Raises
    `MedusaNotFoundError` if the backend does not have this route because `base_url` is wrong.
    """
    medusa = cast(MedusaHttpRequest, request).medusa
    order = customers.find_order(medusa, id, customer_only=customer_only, expand=expand, fields=fields)
    if order is None:
        raise Http404("There is no such order.")
    return order
