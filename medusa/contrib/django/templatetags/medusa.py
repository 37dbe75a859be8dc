"""`{% load medusa %}`."""

from __future__ import annotations

from babel import UnknownLocaleError
from django import template
from django.utils.translation import get_language, to_locale

from medusa.contrib import money

register = template.Library()


@register.filter
def format_amount(amount: int | None, currency: str) -> str:
    """`{{ order.total|format_amount:order.currency_code }}`: `12,30 €`, as is usual in the active language.

    As in English for a language that babel does not know, and empty for an amount that is None.
    """
    if amount is None:
        return ""
    try:
        return money.format_amount(amount, currency, to_locale(get_language() or "en"))
    except UnknownLocaleError:
        return money.format_amount(amount, currency, "en")
