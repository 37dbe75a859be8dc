"""Django: `request.medusa`, logging customers in and out, orders or 404, amounts in templates.

Add `"medusa.contrib.django"` to `INSTALLED_APPS`, `"medusa.contrib.django.MedusaMiddleware"` to `MIDDLEWARE` after
the `SessionMiddleware`, and set `MEDUSA`, a dict of the parameters of `medusa.Medusa`. See docs/django.md.
"""

from ...extras import explain_missing

try:
    from .client import get_client
    from .middleware import MedusaHttpRequest, MedusaMiddleware
    from .shortcuts import get_order_or_404, login, logout
except ModuleNotFoundError as error:
    explain_missing(error, "medusa.contrib.django", "medusa-sdk[django]")

__all__ = ["MedusaHttpRequest", "MedusaMiddleware", "get_client", "get_order_or_404", "login", "logout"]
