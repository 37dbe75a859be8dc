"""The forms of the shop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

_EMPTY: tuple[tuple[str, str], ...] = (("", "Choose a country"),)


def _text(label: str, autocomplete: str, *, required: bool = True) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=100, required=required, widget=widget)


def _email() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Enter a valid e-mail address."},
    )


class LookupForm(forms.Form):
    number = forms.IntegerField(
        label="Order number",
        help_text="You find it in the subject of our e-mail, for example 1024.",
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Enter only the number, for example 1024."},
    )
    email = _email()


class LoginForm(forms.Form):
    email = _email()
    password = forms.CharField(strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"}))


class RegisterForm(forms.Form):
    first_name = _text("First name", "given-name")
    last_name = _text("Last name", "family-name")
    email = _email()
    password = forms.CharField(
        help_text="At least 8 characters.",
        min_length=8,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class DiscountForm(forms.Form):
    code = forms.CharField(label="Discount code", max_length=100, widget=forms.TextInput({"autocomplete": "off"}))


class AddressForm(forms.Form):
    first_name = _text("First name", "given-name")
    last_name = _text("Last name", "family-name")
    address_1 = _text("Street and number", "address-line1")
    address_2 = _text("Floor or flat (optional)", "address-line2", required=False)
    postal_code = _text("Postal code", "postal-code")
    city = _text("City", "address-level2")
    province = _text("State or province (optional)", "address-level1", required=False)
    country_code = forms.ChoiceField(label="Country", widget=forms.Select({"autocomplete": "country"}))
    company = _text("Company (optional)", "organization", required=False)
    phone = _text("Phone (optional)", "tel", required=False)

    def __init__(self, *args: Any, countries: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["country_code"]
        choices.choices = [*_EMPTY, *countries]


class GuestAddressForm(AddressForm):
    email = _email()

    field_order = ("email",)
