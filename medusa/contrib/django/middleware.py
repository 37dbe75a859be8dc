"""`MedusaMiddleware`, which adds `request.medusa` and converts uncaught errors to responses."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from ... import Medusa, MedusaAuthenticationError, MedusaError, MedusaNotFoundError
from ..customers import (
    DOWN,
    TOKEN,
    checked_flag,
    concerns_customer,
    drop_refused,
    is_down,
    login_redirect,
    seconds_to_wait,
)
from .client import shared_client

logger = logging.getLogger("medusa.contrib")


class MedusaHttpRequest(HttpRequest):
    """A request with the attribute `medusa`. Use this class to annotate the `request` of your views."""

    medusa: Medusa
    """The client of this request. It acts as the logged-in customer; without a login it is anonymous."""


class MedusaMiddleware:
    """Add `request.medusa` to each request, and convert uncaught errors of the SDK to responses.

    These settings are optional:

    - `MEDUSA_LOGIN_URL`: a path, a URL or the name of a URL pattern. If a view does not catch a
      `MedusaAuthenticationError`, the browser is redirected there with `?next=`. Without this setting, it gets a 401.
      API clients always get a 401. If the backend rejected the session's token, the session drops the token.
    - `MEDUSA_NOT_FOUND_AS_404 = True`: an uncaught `MedusaNotFoundError` becomes the 404 page, unless the backend does
      not have the route at all.
    - `MEDUSA_DOWN_AS_503 = True`: an uncaught error becomes a 503 response if the backend is down. The page is the
      template `503.html`, or plain text if there is no such template.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):  # pyright: ignore[reportDeprecated]  # Python 3.11 needs asgiref's.
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        cast(MedusaHttpRequest, request).medusa = cast(Medusa, SimpleLazyObject(lambda: _client_of(request)))
        response = self.get_response(request)
        return _awaited(response) if isinstance(response, Awaitable) else _varied(response)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the response for an error that a view did not catch, or None for all other errors."""
        if isinstance(exception, MedusaAuthenticationError) and concerns_customer(exception, shared_client()):
            drop_refused(request.session, exception)
            return _not_logged_in(request)
        if isinstance(exception, MedusaNotFoundError) and exception.route_exists and _flag("MEDUSA_NOT_FOUND_AS_404"):
            if not _asks_for_page(request):
                return JsonResponse({"detail": "Not found."}, status=404)
            raise Http404(str(exception)) from exception
        if isinstance(exception, MedusaError) and is_down(exception) and _flag("MEDUSA_DOWN_AS_503"):
            logger.warning("%s", exception)
            response = _down(request)
            response.headers["Retry-After"] = str(seconds_to_wait(exception))
            return response
        return None


def _not_logged_in(request: HttpRequest) -> HttpResponse:
    if not _asks_for_page(request):
        return JsonResponse({"detail": "Not logged in."}, status=401)
    login_url = getattr(settings, "MEDUSA_LOGIN_URL", None)
    if login_url is None:
        return HttpResponse("Not logged in.", status=401, content_type="text/plain")
    location, status = login_redirect(
        resolve_url(login_url),
        method=request.method or "",
        page=request.get_full_path(),
        referrer=request.headers.get("Referer"),
        host=request.get_host(),
    )
    return HttpResponseRedirect(location, status=status)


def _down(request: HttpRequest) -> HttpResponse:
    if not _asks_for_page(request):
        return JsonResponse({"detail": DOWN}, status=503)
    try:
        template = get_template("503.html")
    except TemplateDoesNotExist:
        return HttpResponse(DOWN, status=503, content_type="text/plain")
    # Like Django's 500.html, this is rendered without the request: a context processor may itself call the backend.
    return HttpResponse(template.render(), status=503)


def _flag(name: str) -> bool:
    try:
        return checked_flag(getattr(settings, name, None))
    except TypeError as error:
        raise ImproperlyConfigured(f"{name} {error}") from None


def _asks_for_page(request: HttpRequest) -> bool:
    """Return whether the client is a browser that shows the response, or accepts any type of response."""
    view = getattr(request.resolver_match, "func", None)
    if hasattr(getattr(view, "cls", None), "renderer_classes"):  # The view belongs to Django REST framework.
        return False
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return False
    if request.content_type == "application/json" or (request.content_type or "").endswith("+json"):
        return False
    return not request.accepted_types or request.get_preferred_type(["text/html", "application/json"]) == "text/html"


def _client_of(request: HttpRequest) -> Medusa:
    if not hasattr(request, "session"):
        raise ImproperlyConfigured(
            "request.medusa requires sessions:"
            " add 'django.contrib.sessions.middleware.SessionMiddleware' before MedusaMiddleware in MIDDLEWARE"
        )

    def token_in_session() -> str | None:
        token = cast("str | None", request.session.get(TOKEN))
        if token is not None:
            # The response depends on the session, so Django's cache must not store it. `cache_page` runs before the
            # SessionMiddleware adds `Vary: Cookie`.
            cast(Any, request)._cache_update_cache = False
        return token

    return shared_client().with_options(token=token_in_session)


async def _awaited(response: Awaitable[HttpResponseBase]) -> HttpResponseBase:
    return _varied(await response)


def _varied(response: HttpResponseBase) -> HttpResponseBase:
    # The SessionMiddleware adds `Vary: Cookie` if the session was read, but a stream may read it only after that.
    if response.streaming and not isinstance(response, FileResponse):
        patch_vary_headers(cast(Any, response), ("Cookie",))
    return response
