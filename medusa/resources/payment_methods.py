"""Payment methods that payment providers have saved for a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.base import entity
from .base import Headers, Resource, Result

if TYPE_CHECKING:
    from ..models.payment import PaymentMethod

__all__ = ["PaymentMethodsResource", "StoreCustomersListPaymentMethodsRes"]


@entity
class StoreCustomersListPaymentMethodsRes(Result):
    """Response with the saved payment methods of a customer."""

    payment_methods: list[PaymentMethod]


class PaymentMethodsResource(Resource):
    """The saved payment methods of the logged-in customer."""

    def list(self, custom_headers: Headers = None) -> StoreCustomersListPaymentMethodsRes:
        """Return the saved payment methods of the logged-in customer as `.payment_methods`.

        `GET /store/customers/me/payment-methods`

        The `data` of a payment method is in the format of the payment provider.

        Raises `MedusaServerError` if a payment provider of the shop can't list saved payment methods. A provider that
        extends Medusa's `AbstractPaymentProcessor` can list them only if it implements a method for this purpose.
        Raises `MedusaAuthenticationError` if no customer is logged in.
        """
        return self._get(
            StoreCustomersListPaymentMethodsRes,
            "/store/customers/me/payment-methods",
            headers=custom_headers,
            causes_of_500="a payment provider of the shop cannot list saved methods",
        )
