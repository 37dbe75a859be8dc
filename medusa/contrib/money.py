"""Amounts as text and as decimals, with the digits that Medusa's Admin shows.

See https://medusa-sdk.readthedocs.io/en/latest/amounts.html.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from copy import copy
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from ..extras import explain_missing

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["format_amount", "from_decimal", "to_decimal"]

# Medusa's Admin shows and enters prices with these digits after the decimal separator, and with two for every other
# currency. ISO 4217 and Unicode's CLDR disagree with it on some currencies, and CLDR changes from year to year. But the
# Admin's digits are those that the merchant meant.
ADMIN_DIGITS = {
    **dict.fromkeys(["afn", "bif", "clp", "djf", "gnf", "iqd", "irr", "jpy", "kmf", "krw", "mga", "pkr", "pyg"], 0),
    **dict.fromkeys(["rsd", "rwf", "sos", "syp", "vnd", "xaf", "xof", "zmw", "zwl"], 0),
    **dict.fromkeys(["bhd", "jod", "kwd", "lyd", "omr", "tnd"], 3),
}
MOST_DIGITS = 9


def format_amount(amount: int, currency: str, locale: str | None = None, digits: int | None = None) -> str:
    """Return an amount in the currency's smallest unit, such as `order.total`, as text: `12,30 €`.

    1230 are 12.30 euros, 12.30 forints, 1.230 Kuwaiti dinars and 1230 yen, as in Medusa's Admin. Babel, which must be
    installed, chooses the symbol and the separators, but never the digits.

    `currency`: an ISO 4217 code in upper or lower case, such as `order.currency_code`. `locale`: a name such as `de`,
    `de_CH` or `pt-BR`; without it, that of the environment (`LC_ALL`, `LC_MONETARY`, `LANG`), or English if the
    environment sets none, `C`, `POSIX` or one that Babel does not know. `digits`: the number of digits after the
    decimal separator, in place of the Admin's.

    Raises `TypeError` if the amount or `digits` is not an integer, `ValueError` if the currency is not a code of three
    letters or `digits` is not from 0 to 9, and Babel's `UnknownLocaleError` or `ValueError` for an unknown `locale`.
    """
    number = to_decimal(amount, currency, digits)

    try:
        from babel import Locale
        from babel.numbers import format_currency
    except ModuleNotFoundError as error:
        explain_missing(error, "format_amount", "babel")

    written_in = Locale.parse(locale.replace("-", "_")) if locale else _environment_locale()
    pattern = copy(written_in.currency_formats["standard"])
    pattern.frac_prec = (_digits(currency, digits),) * 2
    # Babel calculates in the current decimal context, whose precision could round the amount.
    exact = Context(prec=max(28, len(number.as_tuple().digits)))
    with localcontext(exact):
        return format_currency(number, currency.upper(), pattern, locale=written_in, currency_digits=False)


def to_decimal(amount: int, currency: str, digits: int | None = None) -> Decimal:
    """Convert an amount in the currency's smallest unit to a decimal: 1230 in `eur` to `Decimal("12.30")`.

    The decimal is exact and has the digits with which Medusa's Admin shows the currency, or `digits` if given.

    Raises `TypeError` if the amount or `digits` is not an integer, and `ValueError` if the currency is not a code of
    three letters or `digits` is not from 0 to 9.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"amount must be an integer, not {type(amount).__name__}")
    return Decimal(f"{amount:d}e-{_digits(currency, digits)}")


def from_decimal(value: Decimal | int, currency: str, digits: int | None = None) -> int:
    """Convert a decimal to an amount in the currency's smallest unit: `Decimal("12.30")` in `eur` to 1230.

    The currency has the digits with which Medusa's Admin shows it, or `digits` if given. Nothing is rounded.

    Raises `TypeError` if the value is neither a `Decimal` nor an integer, such as a float, or `digits` is not an
    integer. Raises `ValueError` if the value is not a whole number of the smallest unit, the currency is not a code of
    three letters, or `digits` is not from 0 to 9.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"value must be a Decimal, such as Decimal('12.30'), or an integer, not {type(value).__name__}")
    places = _digits(currency, digits)
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("value must be a finite number")
    amount: Fraction = Fraction(value) * 10**places
    if amount.denominator != 1:
        raise ValueError(
            f"value must be a whole number of the smallest unit: {currency.upper()} has {places} digits after the "
            f"decimal separator, and {value} has more; round it first"
        )
    return amount.numerator


def digits_by_currency(setting: Any) -> dict[str, int]:
    """Check the setting `MEDUSA_CURRENCY_DIGITS` of Django and Flask, and return it with its codes in lower case.

    Raises `TypeError` and `ValueError` if it is not a dict from codes of currencies to numbers of digits.
    """
    if not isinstance(setting, Mapping):
        raise TypeError(f"must be a dict such as {{'huf': 0}}, not {type(setting).__name__}")
    given = cast("Mapping[Any, Any]", setting)
    return {_code(currency): _checked(digits) for currency, digits in given.items()}


def _digits(currency: str, digits: int | None) -> int:
    code = _code(currency)
    return ADMIN_DIGITS.get(code, 2) if digits is None else _checked(digits)


def _code(currency: str) -> str:
    if not isinstance(currency, str):
        raise TypeError(f"currency must be a string, not {type(currency).__name__}")
    if not re.fullmatch(r"[A-Za-z]{3}", currency):
        raise ValueError("currency must be a code of three letters")
    return currency.lower()


def _checked(digits: int) -> int:
    if isinstance(digits, bool) or not isinstance(digits, int):
        raise TypeError(f"digits must be an integer, not {type(digits).__name__}")
    if not 0 <= digits <= MOST_DIGITS:
        raise ValueError(f"digits must be from 0 to {MOST_DIGITS}, not {digits}")
    return digits


def _environment_locale() -> Locale:
    # Babel's own default has another order of the variables, includes LC_CTYPE, which Python itself sets, and writes
    # amounts differently in C and POSIX from one release to the next.
    from babel import Locale, UnknownLocaleError

    variables = ("LC_ALL", "LC_MONETARY", "LANG")
    name = next(filter(None, map(os.environ.get, variables)), "C").partition(".")[0]
    if name not in ("C", "POSIX"):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            pass
    return Locale("en")
