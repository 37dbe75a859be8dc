"""Format amounts and convert them to and from decimals, with the digits of Medusa's admin dashboard.

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

# Medusa's admin dashboard shows and accepts prices with this number of digits after the decimal separator, and with two
# digits for every other currency. ISO 4217 and Unicode's CLDR differ from it for some currencies, and CLDR changes from
# year to year. The merchant entered the prices in the dashboard, so its digits are the correct ones.
ADMIN_DIGITS = {
    **dict.fromkeys(["afn", "bif", "clp", "djf", "gnf", "iqd", "irr", "jpy", "kmf", "krw", "mga", "pkr", "pyg"], 0),
    **dict.fromkeys(["rsd", "rwf", "sos", "syp", "vnd", "xaf", "xof", "zmw", "zwl"], 0),
    **dict.fromkeys(["bhd", "jod", "kwd", "lyd", "omr", "tnd"], 3),
}
MOST_DIGITS = 9


def format_amount(amount: int, currency: str, locale: str | None = None, digits: int | None = None) -> str:
    """Format an amount in the smallest currency unit, for example `order.total`, as text like `12,30 €`.

    The amount 1230 means 12.30 euros, 12.30 forints, 1.230 Kuwaiti dinars or 1230 yen, as in Medusa's admin
    dashboard. Babel must be installed. Babel chooses the symbol and the separators, but not the number of digits.

    - `currency`: an ISO 4217 code in upper or lower case, for example `order.currency_code`.
    - `locale`: a name like `de`, `de_CH` or `pt-BR`. By default the locale of the environment (`LC_ALL`, `LC_MONETARY`,
      `LANG`) is used. If the environment sets no locale, `C`, `POSIX` or a locale that Babel does not know, the text is
      in English.
    - `digits`: the number of digits after the decimal separator, instead of the dashboard's.

    Raises `TypeError` if the amount or `digits` is not an integer. Raises `ValueError` if the currency is not a
    three-letter code or `digits` is not from 0 to 9. Raises Babel's `UnknownLocaleError`, or `ValueError`, if `locale`
    is unknown.
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
    # Babel calculates in the current decimal context. A low precision there would round the amount.
    exact = Context(prec=max(28, len(number.as_tuple().digits)))
    with localcontext(exact):
        return format_currency(number, currency.upper(), pattern, locale=written_in, currency_digits=False)


def to_decimal(amount: int, currency: str, digits: int | None = None) -> Decimal:
    """Convert an amount in the smallest currency unit to a decimal: 1230 in `eur` to `Decimal("12.30")`.

    The decimal is exact. It has as many digits after the decimal point as Medusa's admin dashboard shows for the
    currency, or `digits` if given.

    Raises `TypeError` if the amount or `digits` is not an integer. Raises `ValueError` if the currency is not a
    three-letter code or `digits` is not from 0 to 9.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"amount must be an integer, not {type(amount).__name__}")
    return Decimal(f"{amount:d}e-{_digits(currency, digits)}")


def from_decimal(value: Decimal | int, currency: str, digits: int | None = None) -> int:
    """Convert a decimal to an amount in the smallest currency unit: `Decimal("12.30")` in `eur` to 1230.

    The number of digits after the decimal point is the number that Medusa's admin dashboard shows for the currency,
    or `digits` if given. This never rounds.

    Raises `TypeError` if the value is neither a `Decimal` nor an integer (a float is not accepted), or if `digits` is
    not an integer. Raises `ValueError` if the value is not a whole number of the smallest currency unit, if the
    currency is not a three-letter code, or if `digits` is not from 0 to 9.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        kind = type(value).__name__
        raise TypeError(f"value must be a Decimal (for example Decimal('12.30')) or an integer, not {kind}")
    places = _digits(currency, digits)
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("value must be a finite number")
    amount: Fraction = Fraction(value) * 10**places
    if amount.denominator != 1:
        raise ValueError(
            f"value must be a whole number of the smallest currency unit: {currency.upper()} has {places} digits after "
            f"the decimal separator, and {value} has more; round it first"
        )
    return amount.numerator


def digits_by_currency(setting: Any) -> dict[str, int]:
    """Check the setting `MEDUSA_CURRENCY_DIGITS` of Django and Flask, and return it with lower-case currency codes.

    Raises `TypeError` or `ValueError` if the setting is not a dict that maps currency codes to numbers of digits.
    """
    if not isinstance(setting, Mapping):
        raise TypeError(f"must be a dict like {{'huf': 0}}, not {type(setting).__name__}")
    given = cast("Mapping[Any, Any]", setting)
    return {_code(currency): _checked(digits) for currency, digits in given.items()}


def _digits(currency: str, digits: int | None) -> int:
    code = _code(currency)
    return ADMIN_DIGITS.get(code, 2) if digits is None else _checked(digits)


def _code(currency: str) -> str:
    if not isinstance(currency, str):
        raise TypeError(f"currency must be a string, not {type(currency).__name__}")
    if not re.fullmatch(r"[A-Za-z]{3}", currency):
        raise ValueError("currency must be a three-letter code, for example 'eur'")
    return currency.lower()


def _checked(digits: int) -> int:
    if isinstance(digits, bool) or not isinstance(digits, int):
        raise TypeError(f"digits must be an integer, not {type(digits).__name__}")
    if not 0 <= digits <= MOST_DIGITS:
        raise ValueError(f"digits must be from 0 to {MOST_DIGITS}, not {digits}")
    return digits


def _environment_locale() -> Locale:
    # Babel's own default checks these variables in another order, and also LC_CTYPE, which Python itself sets. For C
    # and POSIX, Babel's formats differ between its releases.
    from babel import Locale, UnknownLocaleError

    variables = ("LC_ALL", "LC_MONETARY", "LANG")
    name = next(filter(None, map(os.environ.get, variables)), "C").partition(".")[0]
    if name not in ("C", "POSIX"):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            pass
    return Locale("en")
