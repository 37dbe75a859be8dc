"""The forms of the shop. They are plain WTForms, because Flask-WTF's CSRFProtect protects the whole app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import EmailField, Form, IntegerField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import TextInput

REQUIRED = InputRequired("This field is required.")


def stripped(text: str | None) -> str | None:
    return text and text.replace("\0", "").strip()


def _text(label: str, autocomplete: str, *, required: bool = True) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[REQUIRED if required else Optional(), Length(max=100)],
        render_kw={"autocomplete": autocomplete},
    )


def _email() -> EmailField:
    return EmailField(
        "E-mail address",
        filters=[stripped],
        validators=[REQUIRED, Regexp(r"[^@\s\0]+@[^@\s\0]+$", message="Enter a valid e-mail address.")],
        render_kw={"autocomplete": "email"},
    )


class LookupForm(Form):
    number = IntegerField(
        "Order number",
        description="You find it in the subject of our e-mail, for example 1024.",
        widget=TextInput(),
        validators=[REQUIRED, NumberRange(1, 2**31 - 1)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    email = _email()


class LoginForm(Form):
    email = _email()
    password = PasswordField("Password", validators=[REQUIRED], render_kw={"autocomplete": "current-password"})


class RegisterForm(Form):
    first_name = _text("First name", "given-name")
    last_name = _text("Last name", "family-name")
    email = _email()
    password = PasswordField(
        "Password",
        description="At least 8 characters.",
        validators=[REQUIRED, Length(8, 200)],
        render_kw={"autocomplete": "new-password"},
    )


class DiscountForm(Form):
    code = _text("Discount code", "off")


class _GuestForm(Form):
    email = _email()


class AddressForm(Form):
    first_name = _text("First name", "given-name")
    last_name = _text("Last name", "family-name")
    address_1 = _text("Street and number", "address-line1")
    address_2 = _text("Floor or flat (optional)", "address-line2", required=False)
    postal_code = _text("Postal code", "postal-code")
    city = _text("City", "address-level2")
    province = _text("State or province (optional)", "address-level1", required=False)
    country_code = SelectField("Country", validators=[REQUIRED], render_kw={"autocomplete": "country"})
    company = _text("Company (optional)", "organization", required=False)
    phone = _text("Phone (optional)", "tel", required=False)

    def __init__(self, *args: Any, countries: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country_code.choices = [("", "Choose a country"), *countries]


class GuestAddressForm(_GuestForm, AddressForm):
    """An address form with the e-mail address first. WTForms shows fields in the order of their creation."""
