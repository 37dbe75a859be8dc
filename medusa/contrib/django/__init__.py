"""The Django integration: `request.medusa`, customer login, the session's cart, `get_order_or_404`, template filters.

To set it up, add `"medusa.contrib.django"` to `INSTALLED_APPS`, add `"medusa.contrib.django.MedusaMiddleware"` to
`MIDDLEWARE` after the `SessionMiddleware`, and set `MEDUSA` to a dict of the parameters of `medusa.Medusa`.

See https://medusa-sdk.readthedocs.io/en/latest/django.html.
"""

from ...extras import explain_missing

try:
    from ..carts import (
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
    from .carts import complete_cart, forget_cart, get_cart, get_or_create_cart
    from .client import get_client
    from .middleware import MedusaHttpRequest, MedusaMiddleware
    from .shortcuts import get_order_or_404, login, logout
except ModuleNotFoundError as error:
    explain_missing(error, "medusa.contrib.django", "medusa-sdk[django]")

__all__ = [
    "AddressNotValidError",
    "CartError",
    "DiscountNotValidError",
    "EmailMissingError",
    "EmptyCartError",
    "GiftCardNotValidError",
    "MedusaHttpRequest",
    "MedusaMiddleware",
    "NotForSaleError",
    "OutOfStockError",
    "PaymentDeclinedError",
    "PaymentMissingError",
    "PaymentRequiresMoreError",
    "cart_errors",
    "complete_cart",
    "forget_cart",
    "get_cart",
    "get_client",
    "get_or_create_cart",
    "get_order_or_404",
    "login",
    "logout",
    "price_of",
    "region_of",
]
