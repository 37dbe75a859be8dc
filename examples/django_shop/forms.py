"""The forms."""

from __future__ import annotations

from django import forms


def _email() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Enter a valid e-mail address."},
    )


class LookupForm(forms.Form):
    number = forms.IntegerField(
        label="Order number",
        help_text="In the subject of our mail to you, for example 1024.",
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Enter the number alone, for example 1024."},
    )
    email = _email()


class LoginForm(forms.Form):
    email = _email()
    password = forms.CharField(strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"}))


class RegisterForm(forms.Form):
    first_name = forms.CharField(max_length=100, widget=forms.TextInput({"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=100, widget=forms.TextInput({"autocomplete": "family-name"}))
    email = _email()
    password = forms.CharField(
        help_text="At least 8 characters.",
        min_length=8,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
