"""Amounts as the installed Babel writes them. Symbols, spaces and separators differ between releases of Babel."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext

from babel import Locale
from babel.numbers import format_currency

SYMBOLS_OF_THE_PAGES = {"€": "eur", "¥": "jpy"}


def written(number: str, currency: str, locale: str = "en") -> str:
    """Format a number with Babel, with as many decimals as the text of the number has: `12.30` has two."""
    digits = number.partition(".")[2]
    standard = Locale.parse(locale).currency_formats["standard"].pattern
    pattern = re.sub(r"0(\.0+)?(?![#0])", f"0.{'0' * len(digits)}".rstrip("."), standard)
    with localcontext(Context(prec=100)):
        return format_currency(Decimal(number), currency.upper(), pattern, locale=locale, currency_digits=False)


def squeezed(text: str) -> str:
    """Replace each run of spaces by one space. The length of a run depends on the length of the amounts."""
    return re.sub(r"[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+", " ", text)


def as_babel_writes(text: str) -> str:
    """Rewrite the English amounts in a text, such as `-€12.30`, as the installed Babel writes them, and squeeze it."""

    def amount(found: re.Match[str]) -> str:
        sign, symbol, number = found.groups()
        return written(sign + number.replace(",", ""), SYMBOLS_OF_THE_PAGES[symbol])

    return squeezed(re.sub(r"(-?)([€¥])(\d[\d,]*(?:\.\d+)?)", amount, text))
