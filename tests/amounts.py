"""Amounts as the installed Babel writes them: symbols, spaces and separators change from one release to the next."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext

from babel import Locale
from babel.numbers import format_currency

SYMBOLS_OF_THE_PAGES = {"€": "eur", "¥": "jpy"}


def written(number: str, currency: str, locale: str = "en") -> str:
    """What Babel makes of a number, with the digits that stand in it: `12.30` has two."""
    digits = number.partition(".")[2]
    standard = Locale.parse(locale).currency_formats["standard"].pattern
    pattern = re.sub(r"0(\.0+)?(?![#0])", f"0.{'0' * len(digits)}".rstrip("."), standard)
    with localcontext(Context(prec=100)):
        return format_currency(Decimal(number), currency.upper(), pattern, locale=locale, currency_digits=False)


def squeezed(text: str) -> str:
    """The text with one space for several: how many there are depends on how long the amounts are."""
    return re.sub(r"[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+", " ", text)


def as_babel_writes(text: str) -> str:
    """A text that shows amounts in English, such as `-€12.30`, as the installed Babel writes them, and squeezed."""

    def amount(found: re.Match[str]) -> str:
        sign, symbol, number = found.groups()
        return written(sign + number.replace(",", ""), SYMBOLS_OF_THE_PAGES[symbol])

    return squeezed(re.sub(r"(-?)([€¥])(\d[\d,]*(?:\.\d+)?)", amount, text))
