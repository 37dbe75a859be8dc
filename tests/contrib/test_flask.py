"""Features that only Flask has: several apps, app contexts, app factories, sessions on the server, error handlers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cachelib import FileSystemCache
from flask import Flask, render_template_string, session
from flask_session import Session

from medusa import Medusa, MedusaAuthenticationError, StorePostAuthReq
from medusa.contrib.flask import FlaskMedusa, current_medusa, format_amount, get_order_or_404, login

from ..amounts import written
from .flask_shop import create_app, email
from .store import PASSWORD, Store
from .test_money import WRONG_DIGITS

ADA = StorePostAuthReq(email="ada@example.com", password=PASSWORD)
BOB = {"email": "bob@example.com", "password": PASSWORD}
SECRET = "sk_" + "very-secret-" * 3


@pytest.fixture
def app(store: Store) -> Iterator[Flask]:
    app = create_app(store.url)
    yield app
    app.extensions["medusa"].close()


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({}, "must be a dict"),
        ({"MEDUSA": "https://example.com"}, "must be a dict"),
        ({"MEDUSA": {"base_ulr": "https://example.com"}}, "base_ulr"),
        ({"MEDUSA": {"base_url": f"https://user:{SECRET}@example.com"}}, "base_url must not contain a user"),
        ({"MEDUSA": {"api_key": f"{SECRET}\n"}}, "api_key"),
        ({"MEDUSA": {"token": SECRET}}, "token must not be set, because all requests would use it"),
        ({"MEDUSA": {"custom_headers": {"Cookie": SECRET}}}, "custom_headers must not include Cookie"),
    ],
)
def test_a_configuration_that_cant_be_right(config: dict[str, Any], said: str) -> None:
    app = Flask(__name__)
    app.config.update(config)
    with pytest.raises(RuntimeError) as caught:
        FlaskMedusa(app)
    assert said in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(("setting", "said"), WRONG_DIGITS)
def test_digits_of_currencies_that_cant_be_right(setting: Any, said: str) -> None:
    app = Flask(__name__)
    app.config.update(MEDUSA={}, MEDUSA_CURRENCY_DIGITS=setting)
    with pytest.raises(RuntimeError, match=rf"app.config\['MEDUSA_CURRENCY_DIGITS'\]: {said}"):
        FlaskMedusa(app)


def test_amounts_have_the_digits_of_the_admin_or_of_the_setting(app: Flask) -> None:
    with app.app_context():
        for setting, number in {"": "1230.00", "huf": "123000", "HUF": "123000"}.items():
            app.config["MEDUSA_CURRENCY_DIGITS"] = {setting: 0} if setting else {}
            for code in ("huf", "HUF"):
                assert format_amount(123000, code, "de") == written(number, "huf", "de")
                rendered = render_template_string(f"{{{{ 123000|format_amount('{code}', 'de') }}}}")
                assert rendered == written(number, "huf", "de")
            assert format_amount(1230, "eur", "de") == written("12.30", "eur", "de")
            assert format_amount(1230, "huf", "de", 1) == written("123.0", "huf", "de")
            assert render_template_string("{{ 1230|format_amount('huf', 'de', digits=1) }}") == written(
                "123.0", "huf", "de"
            )


def test_an_app_that_was_not_set_up() -> None:
    with Flask(__name__).app_context(), pytest.raises(RuntimeError, match="init_app"):
        print(current_medusa.session)


def test_the_extension_made_with_the_app(store: Store) -> None:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="x", MEDUSA={"base_url": store.url})
    FlaskMedusa(app)
    with app.test_request_context():
        assert get_order_or_404("order_of_ada").id == "order_of_ada"
        assert isinstance(current_medusa, Medusa)
    app.extensions["medusa"].close()


def test_apps_of_one_process_stay_apart(app: Flask, store: Store) -> None:
    elsewhere = Store()
    other = create_app(elsewhere.url)
    here, there = app.test_client(), other.test_client()
    here.get("/login", query_string=ADA)
    there.get("/login", query_string=BOB)
    assert [here.get("/whoami").text, there.get("/whoami").text] == ["ada@example.com", "bob@example.com"]
    assert {token for token in store.tokens_sent if token}.isdisjoint(elsewhere.tokens_sent)
    other.extensions["medusa"].close()
    elsewhere.peer.close()


def test_another_apps_context_within_a_request_is_anonymous(app: Flask) -> None:
    elsewhere = Store()
    other = create_app(elsewhere.url)

    @app.get("/nested")
    def nested() -> list[str]:
        with other.app_context():
            inner = email()
        with app.app_context():
            same = email()
        return [email(), inner, same, email()]

    browser = app.test_client()
    browser.get("/login", query_string=ADA)
    assert browser.get("/nested").json == ["ada@example.com", "None", "ada@example.com", "ada@example.com"]
    assert elsewhere.tokens_sent == [None]
    other.extensions["medusa"].close()
    elsewhere.peer.close()


def test_requests_within_one_app_context_stay_apart(app: Flask) -> None:
    with app.app_context():
        ada, bob, nobody = app.test_client(), app.test_client(), app.test_client()
        ada.get("/login", query_string=ADA)
        bob.get("/login", query_string=BOB)
        for _ in range(2):
            seen = [browser.get("/whoami").text for browser in (ada, nobody, bob)]
            assert seen == ["ada@example.com", "None", "bob@example.com"]
        assert email() == "None"


def test_a_login_in_an_app_context_alone_stays_in_it(app: Flask) -> None:
    with app.app_context():
        current_medusa.auth.get_token(ADA)
        assert email() == "ada@example.com"
        assert app.test_client().get("/whoami").text == "None"
    with app.app_context():
        assert email() == "None"


@pytest.mark.usefixtures("longest_idle")
def test_an_app_has_one_pool(app: Flask, store: Store) -> None:
    for _ in range(5):
        app.test_client().get("/whoami")
        with app.app_context():
            email()
    assert store.peer.connections == 1


def test_a_session_on_the_server_gets_a_new_id(store: Store, tmp_path: Path) -> None:
    app = Flask(__name__)
    app.config.update(SESSION_TYPE="cachelib", SESSION_CACHELIB=FileSystemCache(str(tmp_path)))
    app.config.update(SECRET_KEY="x", MEDUSA={"base_url": store.url})
    Session(app)
    FlaskMedusa(app)

    @app.get("/keep")
    def keep() -> str:
        session["kept"] = "basket"
        return ""

    @app.get("/login/<name>")
    def log_in(name: str) -> str:
        return login(f"{name}@example.com", PASSWORD).id

    app.add_url_rule("/whoami", view_func=email)

    browser, thief = app.test_client(), app.test_client()
    browser.get("/keep")
    keys = []
    for name in ("ada", "ada", "bob"):
        cookie = browser.get_cookie("session")
        assert cookie
        keys.append(cookie.value)
        assert browser.get(f"/login/{name}").text == f"cus_{name}"
        assert browser.get("/whoami").text == f"{name}@example.com"
        thief.set_cookie("session", keys[-1])
        assert thief.get("/whoami").text == "None"
    assert len(set(keys)) == 3
    app.extensions["medusa"].close()


def test_a_401_is_the_apps_own_page(app: Flask) -> None:
    app.register_error_handler(401, lambda error: ("Who are you?", 401))
    answer = app.test_client().get("/me")
    assert (answer.status_code, answer.text) == (401, "Who are you?")


def test_your_own_error_handler_goes_before(app: Flask) -> None:
    app.register_error_handler(MedusaAuthenticationError, lambda error: ("mine", 418))
    assert app.test_client().get("/me").status_code == 418


def test_the_login_by_the_name_of_its_endpoint(store: Store) -> None:
    app = create_app(store.url, MEDUSA_LOGIN_URL="log_in")
    answer = app.test_client().get("/me", environ_overrides={"SCRIPT_NAME": "/shop"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/shop/login?next=%2Fshop%2Fme")
    app.extensions["medusa"].close()
