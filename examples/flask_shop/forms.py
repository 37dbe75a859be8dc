"""The forms. Flask-WTF's CSRFProtect guards all of the app, so these are plain forms of WTForms."""

from __future__ import annotations

from wtforms import EmailField, Form, IntegerField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp
from wtforms.widgets import TextInput

REQUIRED = InputRequired("This field is required.")


def stripped(text: str | None) -> str | None:
    return text and text.replace("\0", "").strip()


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
        description="In the subject of our mail to you, for example 1024.",
        widget=TextInput(),
        validators=[REQUIRED, NumberRange(1, 2**31 - 1)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    email = _email()


class LoginForm(Form):
    email = _email()
    password = PasswordField("Password", validators=[REQUIRED], render_kw={"autocomplete": "current-password"})


class RegisterForm(Form):
    first_name = StringField(
        "First name",
        filters=[stripped],
        validators=[REQUIRED, Length(max=100)],
        render_kw={"autocomplete": "given-name"},
    )
    last_name = StringField(
        "Last name",
        filters=[stripped],
        validators=[REQUIRED, Length(max=100)],
        render_kw={"autocomplete": "family-name"},
    )
    email = _email()
    password = PasswordField(
        "Password",
        description="At least 8 characters.",
        validators=[REQUIRED, Length(8, 200)],
        render_kw={"autocomplete": "new-password"},
    )
