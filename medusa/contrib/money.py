"""Amounts of money as texts. Needs babel."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision


def format_amount(amount: int, currency: str, locale: str | None = None) -> str:
    """An amount in the currency's smallest unit as a text: 1950 of `eur` is €19.50, of `jpy` ¥1,950.

    `currency` is an ISO 4217 code in any case. `locale` is a name such as `de` or `fr_CH`, English by default.
    Raises `babel.UnknownLocaleError` or `ValueError` for a locale that there is not.
    """
    code = currency.upper()
    value = Decimal(amount).scaleb(-get_currency_precision(code))
    return format_currency(value, code, locale=locale or "en")
