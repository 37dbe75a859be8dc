"""System checks of the settings, for `manage.py check`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.checks import CheckMessage, Error
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch
from django.utils.module_loading import import_string

from ..customers import checked_flag, make_client
from ..money import digits_by_currency
from .middleware import MedusaMiddleware


def check_setting(**_: Any) -> list[CheckMessage]:
    """E001: the setting MEDUSA is missing. E002: the setting MEDUSA is not valid."""
    if not hasattr(settings, "MEDUSA"):
        hint = 'Set it to a dict of the parameters of medusa.Medusa, for example MEDUSA = {"base_url": "https://..."}.'
        return [Error("The setting MEDUSA is missing.", hint=hint, id="medusa.E001")]
    try:
        make_client(settings.MEDUSA)
    except (TypeError, ValueError) as error:
        return [Error(f"The setting MEDUSA is not valid: {error}", id="medusa.E002")]
    return []


def check_middleware(**_: Any) -> list[CheckMessage]:
    """E003: MedusaMiddleware is missing. E004: there is no SessionMiddleware before it."""
    ours, sessions = _first(MedusaMiddleware), _first(SessionMiddleware)
    if ours is None:
        hint = "Add 'medusa.contrib.django.MedusaMiddleware' to MIDDLEWARE, after the SessionMiddleware."
        return [Error("request.medusa requires MedusaMiddleware.", hint=hint, id="medusa.E003")]
    if sessions is None or sessions > ours:
        hint = "Put 'django.contrib.sessions.middleware.SessionMiddleware' before MedusaMiddleware in MIDDLEWARE."
        return [Error("MedusaMiddleware requires the SessionMiddleware.", hint=hint, id="medusa.E004")]
    return []


def check_login_url(**_: Any) -> list[CheckMessage]:
    """E005: the page in MEDUSA_LOGIN_URL does not exist."""
    login_url = getattr(settings, "MEDUSA_LOGIN_URL", None)
    if login_url is None or not hasattr(settings, "ROOT_URLCONF"):
        return []
    try:
        leads_somewhere = resolve_url(login_url).startswith(("/", "http://", "https://"))
    except (NoReverseMatch, TypeError):
        leads_somewhere = False
    if leads_somewhere:
        return []
    hint = "Set it to a path that begins with /, a URL, or the name of a URL pattern without arguments."
    return [Error("The setting MEDUSA_LOGIN_URL is not the address of a page.", hint=hint, id="medusa.E005")]


def check_flags(**_: Any) -> list[CheckMessage]:
    """E007, E008: MEDUSA_NOT_FOUND_AS_404 or MEDUSA_DOWN_AS_503 is neither True nor False."""
    messages: list[CheckMessage] = []
    for name, id in (("MEDUSA_NOT_FOUND_AS_404", "medusa.E007"), ("MEDUSA_DOWN_AS_503", "medusa.E008")):
        try:
            checked_flag(getattr(settings, name, None))
        except TypeError as error:
            messages.append(Error(f"The setting {name} {error}.", id=id))
    return messages


def check_currency_digits(**_: Any) -> list[CheckMessage]:
    """E006: the setting MEDUSA_CURRENCY_DIGITS is not valid."""
    try:
        digits_by_currency(getattr(settings, "MEDUSA_CURRENCY_DIGITS", {}))
    except (TypeError, ValueError) as error:
        hint = 'Set it to a dict of digits after the decimal separator by currency, for example {"huf": 0}.'
        return [Error(f"The setting MEDUSA_CURRENCY_DIGITS is not valid: {error}", hint=hint, id="medusa.E006")]
    return []


def _first(middleware: type[Any]) -> int | None:
    """Return the position in MIDDLEWARE of this class or a subclass, or None."""
    for position, path in enumerate(settings.MIDDLEWARE):
        found = import_string(path)
        if isinstance(found, type) and issubclass(found, middleware):
            return position
    return None
