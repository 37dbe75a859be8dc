"""Both frameworks reject the same settings: Django in its checks, Flask during setup or at the first request."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from django.urls import reverse_lazy
from flask import Flask

from medusa.contrib.django.test import override_medusa
from medusa.contrib.flask import FlaskMedusa

from .flask_shop import create_app
from .store import Store

URL = "http://127.0.0.1:9"
WRONG: list[dict[str, Any]] = [
    {"MEDUSA": None},
    {"MEDUSA": URL},
    {"MEDUSA": [("base_url", URL)]},
    {"MEDUSA": {"base_ulr": URL}},
    {"MEDUSA": {"base_url": "shop.example"}},
    {"MEDUSA": {"base_url": URL, "token": "a.b.c"}},
    {"MEDUSA": {"base_url": URL, "token": lambda: "a.b.c"}},
    {"MEDUSA": {"base_url": URL, "custom_headers": {"Cookie": "a=b"}}},
    {"MEDUSA": {"base_url": URL, "custom_headers": [("authorization", "Bearer a.b.c")]}},
    {"MEDUSA": {"base_url": URL, "timeout": "5"}},
    {"MEDUSA": {"base_url": URL, "deadline": 5, "session": requests.Session()}},
    {"MEDUSA_LOGIN_URL": 5},
    {"MEDUSA_LOGIN_URL": True},
    {"MEDUSA_LOGIN_URL": ""},
    {"MEDUSA_LOGIN_URL": "no-such-name"},
    {"MEDUSA_LOGIN_URL": "no.such.name"},
    {"MEDUSA_LOGIN_URL": "login/"},
    {"MEDUSA_LOGIN_URL": "./login"},
    {"MEDUSA_LOGIN_URL": "javascript:alert(1)//"},
    {"MEDUSA_NOT_FOUND_AS_404": "False"},
    {"MEDUSA_NOT_FOUND_AS_404": ""},
    {"MEDUSA_NOT_FOUND_AS_404": 1},
    {"MEDUSA_DOWN_AS_503": "True"},
    {"MEDUSA_DOWN_AS_503": 503},
    {"MEDUSA_CURRENCY_DIGITS": None},
    {"MEDUSA_CURRENCY_DIGITS": {"huf": "0"}},
]
RIGHT: list[dict[str, Any]] = [
    {},
    {"MEDUSA": {}},
    {"MEDUSA": {"base_url": URL, "custom_headers": {"X-Shop": "1"}}},
    {"MEDUSA": {"base_url": URL, "custom_headers": None}},
    {"MEDUSA_LOGIN_URL": None},
    {"MEDUSA_LOGIN_URL": "/login"},
    {"MEDUSA_LOGIN_URL": "https://accounts.example.com/login"},
    {"MEDUSA_LOGIN_URL": "login"},
    {"MEDUSA_NOT_FOUND_AS_404": None},
    {"MEDUSA_NOT_FOUND_AS_404": True},
    {"MEDUSA_NOT_FOUND_AS_404": False},
    {"MEDUSA_DOWN_AS_503": None},
    {"MEDUSA_DOWN_AS_503": True},
    {"MEDUSA_DOWN_AS_503": False},
    {"MEDUSA_CURRENCY_DIGITS": {"huf": 0}},
]


def name_of(settings: dict[str, Any]) -> str:
    return next(iter(settings), "MEDUSA")


def shop_in_flask(settings: dict[str, Any]) -> Flask:
    app = Flask(__name__)
    app.testing = True
    app.config.update({"MEDUSA": {"base_url": URL}, **settings})
    FlaskMedusa(app)
    app.add_url_rule("/public", view_func=lambda: "hello")
    app.add_url_rule("/enter", "login", lambda: "log in")  # The extension was set up before.
    return app


@pytest.mark.parametrize("settings", WRONG, ids=name_of)
def test_django_finds_what_is_wrong(settings: dict[str, Any]) -> None:
    with override_settings(**settings):
        (message,) = run_checks()
        assert str(message.id).startswith("medusa.E")
        assert f"setting {name_of(settings)} " in message.msg
        assert "a.b.c" not in message.msg


@pytest.mark.parametrize("settings", WRONG, ids=name_of)
def test_flask_finds_what_is_wrong(settings: dict[str, Any]) -> None:
    with pytest.raises(RuntimeError) as caught:
        shop_in_flask(settings).test_client().get("/public")
    assert f"app.config['{name_of(settings)}']" in str(caught.value)
    assert "a.b.c" not in str(caught.value)


@pytest.mark.parametrize("settings", RIGHT, ids=name_of)
def test_both_take_what_is_right(settings: dict[str, Any]) -> None:
    with override_settings(**settings):
        assert run_checks() == []
    assert shop_in_flask(settings).test_client().get("/public").text == "hello"


@pytest.mark.parametrize("login_url", [reverse_lazy("login"), "django.contrib:no-such-name"])
def test_a_login_url_that_is_found_when_it_is_needed(login_url: Any) -> None:
    with override_settings(MEDUSA_LOGIN_URL=login_url):
        assert len(run_checks()) == (login_url == "django.contrib:no-such-name")


# Flask's endpoints


def app_with(rule: str, **options: Any) -> Flask:
    app = Flask(__name__)
    app.testing = True
    app.config.update(MEDUSA={"base_url": URL}, MEDUSA_LOGIN_URL="log_in")
    FlaskMedusa(app)
    app.add_url_rule("/public", view_func=lambda: "hello")
    app.add_url_rule(rule, "log_in", lambda **_: "log in", **options)
    return app


@pytest.mark.parametrize(("rule", "options"), [("/login", {"methods": ["POST"]}), ("/<language>/login", {})])
def test_an_endpoint_that_is_no_page(rule: str, options: dict[str, Any]) -> None:
    app = app_with(rule, **options)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="no endpoint 'log_in' that accepts GET and needs no arguments; set the"):
            app.test_client().get("/public")


@pytest.mark.parametrize(
    ("rule", "options"),
    [
        ("/login", {"methods": ["GET", "POST"]}),
        ("/<language>/login", {"defaults": {"language": "en"}}),
    ],
)
def test_an_endpoint_that_is_a_page(rule: str, options: dict[str, Any]) -> None:
    assert app_with(rule, **options).test_client().get("/public").text == "hello"


def test_an_endpoint_whose_arguments_the_app_knows() -> None:
    app = app_with("/<language>/login")
    app.url_defaults(lambda endpoint, values: values.setdefault("language", "en"))
    assert app.test_client().get("/public").text == "hello"


# Settings that change later


def test_a_setting_that_goes_wrong_later(store: Store) -> None:
    app = create_app(store.url)
    app.testing = True
    app.config["MEDUSA_NOT_FOUND_AS_404"] = "False"
    with pytest.raises(RuntimeError, match=r"app\.config\['MEDUSA_NOT_FOUND_AS_404'\] must be True or False, not str"):
        app.test_client().get("/not-found")
    app.extensions["medusa"].close()
    with override_medusa(base_url=store.url), override_settings(MEDUSA_NOT_FOUND_AS_404="False"):
        with pytest.raises(ImproperlyConfigured, match="MEDUSA_NOT_FOUND_AS_404 must be True or False, not str"):
            Client().get("/not-found")
