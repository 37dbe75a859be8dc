"""Amounts as texts."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision

__all__ = ["format_amount"]


def format_amount(amount: int, currency: str, locale: str | None = None) -> str:
    """An amount in the currency's smallest unit, such as `order.total`, as a text: `12,30 €`.

    1230 are 12.30 euros, 1.230 Kuwaiti dinars and 1230 yen; how many digits a currency has is what Unicode's CLDR
    says. `currency`: an ISO 4217 code in upper or lower case, such as `order.currency_code`. `locale`: such as `de`,
    `de_CH` or `pt-BR`; without one, that of the environment (`LC_ALL`, `LC_NUMERIC`, `LANG`).

    Raises `TypeError` for an amount that is no integer, `ValueError` for what is no currency's code, and babel's
    `UnknownLocaleError` or `ValueError` for a locale that it does not know.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"amount must be an integer, not {type(amount).__name__}")
    if not re.fullmatch(r"[A-Za-z]{3}", currency):
        raise ValueError("currency must be a code of three letters")
    code = currency.upper()
    units = Decimal(amount).scaleb(-get_currency_precision(code))
    return format_currency(units, code, locale=locale.replace("-", "_") if locale else None)
