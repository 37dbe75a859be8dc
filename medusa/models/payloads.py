"""What the resources' methods take, as an alternative to a plain mapping. What is not given is not sent."""

from __future__ import annotations

from .base import JSONObject, Model, entity, field

_NOT_GIVEN = "it was not given"


@entity
class StoreGetOrdersParams(Model):
    """What to look an order up by: `GET /store/orders`."""

    display_id: int
    """The number that the customer knows the order by."""
    email: str
    """The e-mail address of the order; its case counts."""
    shipping_address: JSONObject = field(_NOT_GIVEN)
    """`{"postal_code": …}`, which the backend accepts and ignores."""
    expand: str | list[str] = field(_NOT_GIVEN)
    """Relations to send instead of the default ones."""
    fields: str | list[str] = field(_NOT_GIVEN)
    """Fields to send instead of all."""


@entity
class StorePostCustomersCustomerOrderClaimReq(Model):
    """The orders a customer claims: `POST /store/orders/batch/customer/token`."""

    order_ids: list[str]


@entity
class StorePostCustomersCustomerAcceptClaimReq(Model):
    """The token that confirms a claim: `POST /store/orders/customer/confirm`."""

    token: str


@entity
class StorePostAuthReq(Model):
    """A customer's credentials: `POST /store/auth` and `POST /store/auth/token`."""

    email: str
    password: str
