"""Headers for every page, and the page for when the Store is down."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medusa import MedusaError

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

logger = logging.getLogger(__name__)


class ShopMiddleware:
    """Django's own SecurityMiddleware sets the rest of the headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers.setdefault("Cache-Control", "no-store")  # "back" shows nothing after a logout
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, MedusaError) and exception.retryable:
            logger.warning("%s", exception)
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = "30"
            return response
        return None
