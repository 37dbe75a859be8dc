"""Amounts as text and as decimals. The package determines the digits and the sign, and Babel the rest of the text."""

from __future__ import annotations

import decimal
import os
import re
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol, get_decimal_symbol, parse_decimal
from hypothesis import given, strategies as st

from medusa.contrib.money import format_amount, from_decimal, to_decimal

from ..amounts import written
from ..conftest import CORPUS

_, *ROWS = (line.split("\t") for line in (CORPUS / "currencies.tsv").read_text().splitlines())
ADMIN = {code: int(digits) for code, digits in ROWS}
"""The currencies of Medusa's admin dashboard, and the number of digits with which it shows them."""
CURRENCIES = {**ADMIN, "xyz": 2, "xau": 2, "clf": 2}
LOCALES = ["en", "en_IN", "de", "de_CH", "fr", "es", "sv", "bg", "hu", "ja", "hi", "ar", "ar_EG", "fa", "he", "pt_BR"]
WRONG_DIGITS = [
    ([("huf", 0)], "must be a dict"),
    (None, "must be a dict"),
    ({"forint": 0}, "currency must be a three-letter code, for example 'eur'"),
    ({1: 0}, "currency must be a string, not int"),
    ({"huf": "0"}, "digits must be an integer, not str"),
    ({"huf": True}, "digits must be an integer, not bool"),
    ({"huf": None}, "digits must be an integer, not NoneType"),
    ({"huf": -1}, "digits must be from 0 to 9, not -1"),
    ({"huf": 100}, "digits must be from 0 to 9, not 100"),
]
"""Values of the setting MEDUSA_CURRENCY_DIGITS that Django and Flask reject."""


def test_the_digits_are_those_of_the_admin() -> None:
    assert len(ADMIN) > 100
    assert {code: -to_decimal(1, code).as_tuple().exponent for code in ADMIN} == ADMIN  # type: ignore[operator]
    assert to_decimal(1, "xyz") == Decimal("0.01")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_digits_of_every_currency_are_those_of_the_amount(locale: str) -> None:
    point = get_decimal_symbol(locale)
    for currency, digits in CURRENCIES.items():
        symbol = get_currency_symbol(currency.upper(), Locale.parse(locale))
        for amount in (0, 5, 1230, 499_000, 123_456_789, 9_007_199_254_740_993, 10**40 + 7):
            text = format_amount(amount, currency, locale)
            assert symbol in text
            number = re.sub(r"^\D+|\D+$", "", text.replace(symbol, ""))
            assert re.sub(r"\D", "", number) == str(amount).zfill(digits + 1), (currency, text)
            assert len(number.rpartition(point)[2]) == digits or (digits == 0 and point not in number)
            assert parse_decimal(number, locale=locale) == to_decimal(amount, currency)
            negative = format_amount(-amount, currency, locale)
            assert re.sub(r"\D", "", negative) == re.sub(r"\D", "", text)
            assert bool(amount) == ("-" in negative or "\N{MINUS SIGN}" in negative)


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "number"),
    [
        # Since Babel 2.19, Babel's own digits for this currency would show a hundred times this amount.
        (499_000, "huf", "en", "4990.00"),
        (1230, "eur", "de", "12.30"),
        (1230, "EUR", "en", "12.30"),
        (-1230, "eur", "en", "-12.30"),
        (0, "usd", "en", "0.00"),
        (5, "usd", "en_US", "0.05"),
        (123456789, "eur", "de-CH", "1234567.89"),
        (1230, "jpy", "ja", "1230"),
        (1234, "kwd", "de", "1.234"),
        (5, "tnd", "fr", "0.005"),
        (1230, "xyz", "de", "12.30"),
        (1230, "brl", "pt-BR", "12.30"),
        (1230, "eur", "zh_Hans", "12.30"),
    ],
)
def test_babel_writes_the_text(amount: int, currency: str, locale: str, number: str) -> None:
    assert format_amount(amount, currency, locale) == written(number, currency, locale.replace("-", "_"))


def test_the_digits_can_be_passed() -> None:
    assert format_amount(1230, "huf", "en", digits=0) == written("1230", "huf")
    assert format_amount(1230, "jpy", "en", 4) == written("0.1230", "jpy")
    assert to_decimal(1230, "huf", digits=0) == from_decimal(Decimal(1230), "huf", digits=0) == 1230
    assert from_decimal(Decimal("1.2"), "jpy", 3) == 1200


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({"LC_ALL": "de_DE.UTF-8"}, "de_DE"),
        ({"LC_ALL": "en_US.UTF-8"}, "en_US"),
        ({"LC_ALL": "", "LC_MONETARY": "de_DE", "LANG": "fr_FR"}, "de_DE"),
        ({"LC_CTYPE": "de_DE.UTF-8", "LANGUAGE": "de", "LANG": "fr_FR"}, "fr_FR"),
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_ALL": "POSIX", "LC_MONETARY": "de_DE"}, "en"),
        ({"LANG": "xx_XX"}, "en"),
        ({"LANG": "../../etc/passwd"}, "en"),
    ],
)
def test_the_default_locale_is_that_of_the_environment_or_english(environment: dict[str, str], locale: str) -> None:
    code = "from medusa.contrib.money import format_amount; print(ascii(format_amount(123456, 'eur')))"
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), **environment}
    printed = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert printed.stdout.strip() == ascii(written("1234.56", "eur", locale))


def test_decimals() -> None:
    for amount, currency, text in [(1230, "eur", "12.30"), (-5, "KWD", "-0.005"), (0, "usd", "0.00"), (3, "jpy", "3")]:
        assert str(to_decimal(amount, currency)) == text
        assert from_decimal(Decimal(text), currency) == amount
    assert from_decimal(Decimal("1.23E+3"), "jpy") == 1230
    assert from_decimal(Decimal("12.3000"), "eur") == 1230
    assert from_decimal(12, "eur") == 1200
    assert type(from_decimal(Decimal(12), "jpy")) is int


@given(st.integers(-(10**60), 10**60), st.sampled_from(sorted(CURRENCIES)), st.none() | st.integers(0, 9))
def test_decimals_and_texts_are_exact_in_any_context(amount: int, currency: str, digits: int | None) -> None:
    text = format_amount(amount, currency, "en", digits)
    with decimal.localcontext(decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded])):
        assert from_decimal(to_decimal(amount, currency, digits), currency, digits) == amount
        assert format_amount(amount, currency, "en", digits) == text
    places = CURRENCIES[currency] if digits is None else digits
    assert text == written(f"{'-' if amount < 0 else ''}{_with_point(abs(amount), places)}", currency)


def _with_point(amount: int, places: int) -> str:
    figures = str(amount).zfill(places + 1)
    return f"{figures[:-places]}.{figures[-places:]}" if places else figures


@pytest.mark.parametrize(("value", "currency"), [("12.345", "eur"), ("0.5", "jpy"), ("1E-30", "kwd")])
def test_more_digits_than_the_currency_has_are_not_rounded(value: str, currency: str) -> None:
    with pytest.raises(ValueError, match=f"{currency.upper()} has .* and {value} has more; round it first"):
        from_decimal(Decimal(value), currency)


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_value_is_finite(value: str) -> None:
    with pytest.raises(ValueError, match="value must be a finite number"):
        from_decimal(Decimal(value), "eur")


@pytest.mark.parametrize("value", [12.3, "12.30", True, None, 12.0])
def test_a_value_is_a_decimal(value: Any) -> None:
    with pytest.raises(TypeError, match=f"value must be a Decimal .* or an integer, not {type(value).__name__}"):
        from_decimal(value, "eur")


def test_decimals_need_no_babel() -> None:
    code = (
        "import sys; sys.modules['babel'] = None; from decimal import Decimal\n"
        "from medusa.contrib.money import from_decimal, to_decimal\n"
        "print(to_decimal(1230, 'eur'), from_decimal(Decimal('1.230'), 'kwd'))"
    )
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert printed.stdout == "12.30 1230\n"


@pytest.mark.parametrize("amount", [12.3, "1230", True, None, ""])
def test_an_amount_is_an_integer(amount: Any) -> None:
    for convert in (format_amount, to_decimal):
        with pytest.raises(TypeError, match="amount must be an integer"):
            convert(amount, "eur")


@pytest.mark.parametrize("currency", ["", "e", "euro", "€", "eu1", "eur\n"])
def test_a_currency_is_a_code(currency: str) -> None:
    for convert in (format_amount, to_decimal, from_decimal):
        with pytest.raises(ValueError, match="currency must be a three-letter code"):
            convert(1, currency)
        with pytest.raises(TypeError, match="currency must be a string, not NoneType"):
            convert(1, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("digits", "error"), [(True, TypeError), ("2", TypeError), (-1, ValueError), (10, ValueError)])
def test_digits_that_cant_be_right(digits: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="digits must be"):
        format_amount(1, "eur", "en", digits)
    for convert in (to_decimal, from_decimal):
        with pytest.raises(error, match="digits must be"):
            convert(1, "eur", digits)


def test_an_unknown_locale() -> None:
    with pytest.raises(UnknownLocaleError):
        format_amount(1, "eur", "xx")
