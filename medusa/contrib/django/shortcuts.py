"""What views call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.http import Http404, HttpRequest
from django.middleware.csrf import rotate_token
from django.views.decorators.debug import sensitive_variables

from ... import Customer, Order
from .. import customers
from .middleware import MedusaHttpRequest


@sensitive_variables()  # of all functions that this one calls too
def login(request: HttpRequest, email: str, password: str) -> Customer:
    """Log a customer in: their token is kept in the session, `request.medusa` acts as them from now on.

    The session gets a new key. If it was another customer's, all that it held is thrown away first, a login to Django
    itself included. Raises `MedusaAuthenticationError` for wrong credentials and `MedusaInvalidRequestError` for what
    is no e-mail address; the session is then left as it was.
    """
    medusa = cast(MedusaHttpRequest, request).medusa
    token, customer = customers.authenticate(medusa, email, password)
    if customers.is_another(request.session, customer):
        request.session.flush()
    else:
        request.session.cycle_key()
    customers.remember(medusa, request.session, token, customer)
    rotate_token(request)
    return customer


def logout(request: HttpRequest) -> None:
    """Log the customer out: all that the session held is thrown away, `request.medusa` is nobody's from now on.

    The backend is not asked: it can't revoke a token, which ends by itself (after 30 days).
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
    """The order with this id; `expand` and `fields` are those of `medusa.orders.retrieve`.

    To the backend, whoever knows an order's id may see it. With `customer_only` the order must be the logged-in
    customer's own, of which the backend is asked: `MedusaAuthenticationError` where nobody is logged in.

    Raises `Http404` where there is no such order, where the id can't be one, and where it is somebody else's. Raises
    `MedusaNotFoundError` where the backend has no such route: `base_url` is wrong.
    """
    medusa = cast(MedusaHttpRequest, request).medusa
    order = customers.find_order(medusa, id, customer_only=customer_only, expand=expand, fields=fields)
    if order is None:
        raise Http404("There is no such order.")
    return order
