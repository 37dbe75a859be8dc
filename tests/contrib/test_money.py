"""Amounts as texts, in the languages and currencies where one can go wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from babel import UnknownLocaleError

from medusa.contrib.money import format_amount


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        (1230, "eur", "de", "12,30\xa0€"),
        (1230, "EUR", "en", "€12.30"),
        (-1230, "eur", "en", "-€12.30"),
        (0, "usd", "en", "$0.00"),
        (5, "usd", "en_US", "$0.05"),
        (123456789, "eur", "de-CH", "EUR\xa01’234’567.89"),
        (1230, "jpy", "ja", "￥1,230"),
        (1230, "krw", "en", "₩1,230"),
        (1234, "kwd", "de", "1,234\xa0KWD"),
        (5, "tnd", "fr", "0,005\xa0TND"),
        (9_007_199_254_740_993, "usd", "en", "$90,071,992,547,409.93"),
        (1230, "xyz", "de", "12,30\xa0XYZ"),
        (1230, "brl", "pt-BR", "R$\xa012,30"),
        (1230, "eur", "zh_Hans", "€12.30"),
    ],
)
def test_text(amount: int, currency: str, locale: str, text: str) -> None:
    assert format_amount(amount, currency, locale) == text


@pytest.mark.parametrize(("locale", "text"), [("de_DE.UTF-8", "1.234,56\xa0€"), ("en_US.UTF-8", "€1,234.56")])
def test_without_a_locale_it_is_that_of_the_environment(locale: str, text: str) -> None:
    code = "from medusa.contrib.money import format_amount; print(ascii(format_amount(123456, 'eur')))"
    environment = {**os.environ, "LC_ALL": locale}
    printed = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert printed.stdout.strip() == ascii(text)


@pytest.mark.parametrize("amount", [12.3, "1230", True, None, ""])
def test_an_amount_is_an_integer(amount: Any) -> None:
    with pytest.raises(TypeError, match="amount must be an integer"):
        format_amount(amount, "eur")


@pytest.mark.parametrize("currency", ["", "e", "euro", "€", "eu1", "eur\n"])
def test_a_currency_is_a_code(currency: str) -> None:
    with pytest.raises(ValueError, match="three letters"):
        format_amount(1, currency)


def test_an_unknown_locale() -> None:
    with pytest.raises(UnknownLocaleError):
        format_amount(1, "eur", "xx")
