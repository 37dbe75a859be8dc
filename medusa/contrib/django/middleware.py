"""`request.medusa`, and errors of the Store as answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlencode

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from ... import Medusa, MedusaAuthenticationError, MedusaNotFoundError
from ..customers import TOKEN, concerns_customer, customers_client, drop_refused
from .client import shared_client


class MedusaHttpRequest(HttpRequest):
    """A request as `MedusaMiddleware` leaves it, for annotations."""

    medusa: Medusa
    """The client that acts as the customer of this request, or as nobody."""


class MedusaMiddleware:
    """Gives each request its `request.medusa`, and answers for a customer who is not logged in.

    A `MedusaAuthenticationError` that a view did not catch becomes a redirect to `MEDUSA_LOGIN_URL` (a path, or the
    name of a URL) with `?next=`, or, where that is not set, an answer of status 401; a token that the backend refused
    is dropped from the session. With `MEDUSA_NOT_FOUND_AS_404 = True` an uncaught `MedusaNotFoundError` becomes the
    404 page.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):  # pyright: ignore[reportDeprecated]  # inspect's from 3.12 on
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        cast(MedusaHttpRequest, request).medusa = cast(Medusa, SimpleLazyObject(lambda: _client_of(request)))
        response = self.get_response(request)
        return _awaited(response) if isinstance(response, Awaitable) else _varied(response)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer for an error that a view did not catch."""
        if isinstance(exception, MedusaAuthenticationError) and concerns_customer(exception):
            drop_refused(request.session, exception)
            login_url = getattr(settings, "MEDUSA_LOGIN_URL", None)
            if login_url is None:
                return HttpResponse("Not logged in.", status=401, content_type="text/plain")
            return HttpResponseRedirect(f"{resolve_url(login_url)}?{urlencode({'next': request.get_full_path()})}")
        if isinstance(exception, MedusaNotFoundError) and getattr(settings, "MEDUSA_NOT_FOUND_AS_404", False):
            raise Http404(str(exception)) from exception
        return None


def _client_of(request: HttpRequest) -> Medusa:
    if not hasattr(request, "session"):
        raise ImproperlyConfigured("request.medusa needs the SessionMiddleware before MedusaMiddleware in MIDDLEWARE")

    def token_in_session() -> str | None:
        token = cast("str | None", request.session.get(TOKEN))
        if token is not None:
            # Tells Django's cache not to keep this answer: `cache_page` would not see yet that it varies by cookie.
            cast(Any, request)._cache_update_cache = False
        return token

    return customers_client(shared_client(), token_in_session)


async def _awaited(response: Awaitable[HttpResponseBase]) -> HttpResponseBase:
    return _varied(await response)


def _varied(response: HttpResponseBase) -> HttpResponseBase:
    # A stream may look into the session after the SessionMiddleware has looked whether anybody did.
    if response.streaming and not isinstance(response, FileResponse):
        patch_vary_headers(cast(Any, response), ("Cookie",))
    return response
