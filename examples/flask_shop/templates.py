"""Flask's functions and filters for the templates, which both shops share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from flask import Flask, get_flashed_messages, request, session, url_for
from flask_wtf import csrf
from markupsafe import Markup
from werkzeug.local import LocalProxy
from wtforms import Field, Form

from examples.templating import FILTERS, FormField
from medusa.contrib.flask import format_amount


def equip_templates(app: Flask) -> None:
    """Add the filters and functions for the templates."""
    filters: dict[str, Callable[..., Any]] = {**FILTERS, "money": money}
    app.jinja_env.filters.update(filters)
    for function in (url, static, fields):
        app.add_template_global(function)
    app.context_processor(page)


def money(amount: int | None, currency: str) -> str:
    """Format an amount in the shop's language."""
    return format_amount(amount, currency, "en")


def url(name: str, query: dict[str, Any] | None = None, **path: str) -> str:
    """Return the URL of a page."""
    values: dict[str, Any] = {**path, **(query or {})}
    return url_for(f"shop.{name}", **values)


def static(name: str) -> str:
    """Return the URL of a file in shop_static/."""
    return url_for("static", filename=name)


def csrf_input() -> Markup:
    """Return the hidden input with the CSRF token, for each form that changes data."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(cast(Any, csrf).generate_csrf())


def fields(form: Form) -> Iterator[FormField]:
    """Yield the fields of a form in order."""
    for field in form:
        yield FormField(field.id, field.label.text, field.description, [*field.errors], _control(field))


def _control(field: Field) -> Markup:
    described_by = [f"{field.id}_helptext"] if field.description else []
    if field.errors:
        described_by.append(f"{field.id}_error")
    attributes: dict[str, Any] = {"aria_describedby": " ".join(described_by)} if described_by else {}
    return field(**attributes, aria_invalid="true") if field.errors else field(**attributes)


def page() -> dict[str, Any]:
    """Return the data that every page shows. This is a context processor."""
    return {
        # This is a proxy because creating the token starts a session, and not every page has a form.
        "csrf_input": LocalProxy(csrf_input),
        "path": request.path,
        "next": request.args.get("next", ""),
        "is_logged_in": "medusa_token" in session,
        "cart_count": session.get("cart_count", 0),
        "messages": get_flashed_messages(with_categories=True),
    }
