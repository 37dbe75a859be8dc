"""Template filters for amounts and prices: `{% load medusa %}`."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language, to_locale

from medusa import Product, ProductVariant, Region
from medusa.contrib import carts, money
from medusa.extras import explain_missing

try:
    from babel import UnknownLocaleError
except ModuleNotFoundError as error:
    explain_missing(error, "medusa.contrib.django", "medusa-sdk[django]")

register = template.Library()


@register.filter
def format_amount(amount: int | None, currency: str) -> str:
    """Format an amount in the active language: `{{ order.total|format_amount:order.currency_code }}` gives `12,30 €`.

    If Babel does not know the language, the text is in English. If the amount is None, the text is empty. The setting
    `MEDUSA_CURRENCY_DIGITS` replaces the dashboard's digits for the currencies that it lists.
    """
    if amount is None:
        return ""
    digits = _digits_by_currency().get(currency.lower())
    try:
        return money.format_amount(amount, currency, to_locale(get_language() or "en"), digits)
    except UnknownLocaleError:
        return money.format_amount(amount, currency, "en", digits)


@register.filter
def price(item: Product | ProductVariant, region: Region) -> str:
    """Format the price of a variant, or the lowest price of a product, with taxes: `{{ variant|price:cart.region }}`.

    The text looks like the text of `format_amount`. If there is no price in the region's currency, the text is empty.
    Request the products with the region's `region_id`.
    """
    return format_amount(carts.price_of(item), region.currency_code)


def _digits_by_currency() -> dict[str, int]:
    try:
        return money.digits_by_currency(getattr(settings, "MEDUSA_CURRENCY_DIGITS", {}))
    except (TypeError, ValueError) as error:
        raise ImproperlyConfigured(f"MEDUSA_CURRENCY_DIGITS: {error}") from None
