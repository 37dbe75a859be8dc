"""Django's functions and filters for the templates, which both shops share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment
from markupsafe import Markup

from examples.templating import FILTERS, FormField
from medusa.contrib.django.templatetags.medusa import format_amount


def environment(**options: Any) -> Environment:
    """Return the Jinja2 environment. The settings name this function."""
    environment = Environment(**options)  # noqa: S701  # Django's options include autoescape=True.
    filters: dict[str, Callable[..., Any]] = {**FILTERS, "money": format_amount}
    environment.filters.update(filters)
    functions: dict[str, Any] = {"url": url, "static": static, "fields": fields}
    environment.globals.update(functions)
    return environment


def url(name: str, query: dict[str, Any] | None = None, **path: str) -> str:
    """Return the URL of a page."""
    return reverse(name, kwargs=path, query=query)


def fields(form: BaseForm) -> Iterator[FormField]:
    """Yield the fields of a form in order."""
    for field in form:
        control, errors = Markup(str(field)), list(map(str, field.errors))  # noqa: S704  # Django has escaped it.
        yield FormField(field.auto_id, str(field.label), str(field.help_text), errors, control)


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the data that every page shows. This is a context processor."""
    return {
        "path": request.path,
        "next": request.GET.get("next", ""),
        "is_logged_in": "medusa_token" in request.session,
        "cart_count": request.session.get("cart_count", 0),
        "messages": [(message.level_tag, message.message) for message in get_messages(request)],
    }
