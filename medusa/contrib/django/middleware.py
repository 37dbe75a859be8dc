"""`request.medusa`, and errors of the Store as answers."""

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
    """A request as `MedusaMiddleware` leaves it, for annotations."""

    medusa: Medusa
    """The client that acts as the customer of this request. Without a login it is anonymous."""


class MedusaMiddleware:
    """Gives each request its `request.medusa`, and answers for a customer who is not logged in.

    A `MedusaAuthenticationError` that a view did not catch becomes a redirect to `MEDUSA_LOGIN_URL` (a path, a URL or
    the name of a URL pattern) with `?next=`, or an answer of status 401 where that is not set. Clients that do not ask
    for a page, such as those of an API, get a 401 in any case. A token that the backend refused is dropped from the
    session. With `MEDUSA_NOT_FOUND_AS_404 = True` an uncaught `MedusaNotFoundError` becomes the 404 page, unless it is
    the route that is missing. With `MEDUSA_DOWN_AS_503 = True` an uncaught error of a backend that is down becomes the
    page `503.html`, or a plain text where there is no such template.
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
    # Without the request, as Django renders 500.html: a context processor may itself ask the backend that is down.
    return HttpResponse(template.render(), status=503)


def _flag(name: str) -> bool:
    try:
        return checked_flag(getattr(settings, name, None))
    except TypeError as error:
        raise ImproperlyConfigured(f"{name} {error}") from None


def _asks_for_page(request: HttpRequest) -> bool:
    """Whether this is a browser that shows what it gets, or a client that asks for nothing in particular."""
    view = getattr(request.resolver_match, "func", None)
    if hasattr(getattr(view, "cls", None), "renderer_classes"):  # a view of Django REST framework
        return False
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return False
    if request.content_type == "application/json" or (request.content_type or "").endswith("+json"):
        return False
    return not request.accepted_types or request.get_preferred_type(["text/html", "application/json"]) == "text/html"


def _client_of(request: HttpRequest) -> Medusa:
    if not hasattr(request, "session"):
        raise ImproperlyConfigured("request.medusa needs the SessionMiddleware before MedusaMiddleware in MIDDLEWARE")

    def token_in_session() -> str | None:
        token = cast("str | None", request.session.get(TOKEN))
        if token is not None:
            # Tells Django's cache not to keep this answer: `cache_page` would not see yet that it varies by cookie.
            cast(Any, request)._cache_update_cache = False
        return token

    return shared_client().with_options(token=token_in_session)


async def _awaited(response: Awaitable[HttpResponseBase]) -> HttpResponseBase:
    return _varied(await response)


def _varied(response: HttpResponseBase) -> HttpResponseBase:
    # A stream may look into the session after the SessionMiddleware has looked whether anybody did.
    if response.streaming and not isinstance(response, FileResponse):
        patch_vary_headers(cast(Any, response), ("Cookie",))
    return response
