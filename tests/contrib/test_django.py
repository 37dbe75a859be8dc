"""Features that only Django has: system checks, session keys, overridden settings, languages, async."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import AsyncClient, Client, RequestFactory, override_settings
from django.utils import translation

import medusa
from medusa.contrib.django import MedusaMiddleware, get_client, get_order_or_404, login
from medusa.contrib.django.test import override_medusa

from ..amounts import written
from .cart_store import CartStore
from .store import PASSWORD, Store
from .test_money import WRONG_DIGITS

SECRET = "sk_" + "very-secret-" * 3


@pytest.fixture(autouse=True)
def settings(store: Store, session_files: str) -> Iterator[None]:
    with override_medusa(base_url=store.url), override_settings(SESSION_FILE_PATH=session_files):
        yield


def messages() -> dict[str, str]:
    return {str(message.id): message.msg + (message.hint or "") for message in run_checks() if message.id}


def test_the_checks_accept_right_settings() -> None:
    assert messages() == {}


def test_a_missing_setting() -> None:
    with override_settings():
        from django.conf import settings

        del settings.MEDUSA
        assert "MEDUSA is missing" in messages()["medusa.E001"]
        with pytest.raises(ImproperlyConfigured, match="MEDUSA"):
            get_client()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"base_ulr": "https://example.com"}, "base_ulr"),
        ({"base_url": f"https://user:{SECRET}@example.com"}, "base_url must not contain a user"),
        ({"base_url": "example.com"}, "base_url must begin with http:// or https://"),
        ({"base_url": None}, "base_url must be a string"),
        ({"max_retries": "3"}, "max_retries must be an integer"),
        ({"timeout": -1}, "timeout must be more than 0 and at most"),
        ({"deadline": "1"}, "deadline must be a number of seconds"),
        ({"api_key": f"{SECRET}\n"}, "api_key"),
        ({"publishable_api_key": 1}, "publishable_api_key must be a string"),
        ({"token": SECRET}, "token must not be set, because all requests would use it"),
        ({"custom_headers": {"authorization": SECRET}}, "custom_headers must not include authorization"),
        ({"custom_headers": {"X-Key": f"{SECRET}\n"}}, "X-Key"),
        ({1: 2}, "string"),
        ([("base_url", "https://example.com")], "must be a dict"),
        (None, "must be a dict"),
    ],
)
def test_a_setting_that_cant_be_right(setting: Any, said: str) -> None:
    with override_settings(MEDUSA=setting):
        found = messages()
        assert list(found) == ["medusa.E002"]
        assert said in found["medusa.E002"]
        assert SECRET not in str(found)
        with pytest.raises(ImproperlyConfigured) as caught:
            get_client()
        assert said in str(caught.value)
        assert SECRET not in str(caught.value)


def test_missing_middleware() -> None:
    sessions, ours = "django.contrib.sessions.middleware.SessionMiddleware", "medusa.contrib.django.MedusaMiddleware"
    for middleware, found in {
        (sessions, ours): [],
        (sessions,): ["medusa.E003"],
        (): ["medusa.E003"],
        (ours,): ["medusa.E004"],
        (ours, sessions): ["medusa.E004"],
    }.items():
        with override_settings(MIDDLEWARE=list(middleware)):
            assert list(messages()) == found


def test_a_login_url_that_leads_nowhere() -> None:
    for login_url in ("/login", "https://accounts.example.com/", "login"):
        with override_settings(MEDUSA_LOGIN_URL=login_url):
            assert messages() == {}
    for login_url in ("no-such-name", ""):
        with override_settings(MEDUSA_LOGIN_URL=login_url):
            assert "is not the address of a page" in messages()["medusa.E005"]


def test_a_request_without_a_session_says_what_is_missing() -> None:
    with override_settings(MIDDLEWARE=["medusa.contrib.django.MedusaMiddleware"]):
        with pytest.raises(ImproperlyConfigured, match="SessionMiddleware"):
            Client().get("/whoami")


def test_manage_py_check_fails_at_the_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "django", "check", "--settings", "bad_settings"]
    (tmp_path / "bad_settings.py").write_text(
        "SECRET_KEY = 'x'\n"
        "INSTALLED_APPS = ['medusa.contrib.django']\n"
        "MIDDLEWARE = ['django.contrib.sessions.middleware.SessionMiddleware',"
        " 'medusa.contrib.django.MedusaMiddleware']\n"
        f"MEDUSA = {{'base_url': 'https://user:{SECRET}@example.com'}}\n"
    )
    path = os.pathsep.join([str(tmp_path), str(Path(medusa.__file__).parent.parent)])
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "(medusa.E002) The setting MEDUSA is not valid: base_url must not contain a user" in done.stderr
    assert SECRET not in done.stderr + done.stdout


def test_a_login_gives_the_session_a_new_key() -> None:
    browser = Client()
    browser.get("/keep/basket")
    before = browser.cookies["sessionid"].value
    browser.get("/login", {"email": "ada@example.com", "password": PASSWORD})
    after = browser.cookies["sessionid"].value
    assert before != after
    assert browser.get("/whoami").content == b"ada@example.com"
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/whoami").content == b"None"
    browser.get("/login", {"email": "bob@example.com", "password": PASSWORD})
    thief.cookies["sessionid"] = after
    assert thief.get("/whoami").content == b"None"


@pytest.mark.parametrize("middleware", [["django.middleware.cache.UpdateCacheMiddleware"], []])
def test_a_cached_page_never_shows_another_customer(middleware: list[str]) -> None:
    from django.conf import settings
    from django.core.cache import cache

    cache.clear()
    if middleware:
        middleware = [*middleware, *settings.MIDDLEWARE, "django.middleware.cache.FetchFromCacheMiddleware"]
    with override_settings(MIDDLEWARE=middleware or settings.MIDDLEWARE):
        for path in ("/cached", "/whoami"):
            for name in ("ada", "bob"):
                browser = Client()
                browser.get("/login", {"email": f"{name}@example.com", "password": PASSWORD})
                assert browser.get(path).content.decode() == f"{name}@example.com"
        assert Client().get("/cached").content == b"None"
    cache.clear()


def test_a_cached_page_never_shows_another_customers_cart() -> None:
    from django.core.cache import cache

    cache.clear()
    store = CartStore()
    with override_medusa(base_url=store.url):
        ada, bob = Client(), Client()
        assert bob.get("/cached-cart").json() is None
        for browser, id in ((ada, "cart_0"), (bob, "cart_1")):
            browser.get("/add/variant_1")
            assert browser.get("/cached-cart").json()["id"] == id
        assert Client().get("/cached-cart").json() is None
    store.peer.close()
    cache.clear()


def test_overriding_the_setting_leads_elsewhere_and_back(store: Store) -> None:
    elsewhere = Store()
    browser = Client()
    browser.get("/whoami")
    with override_medusa(base_url=elsewhere.url):
        browser.get("/whoami")
        with override_medusa(publishable_api_key="pk_1"):
            browser.get("/whoami")
    with override_settings(MEDUSA={"base_url": elsewhere.url}):
        browser.get("/whoami")
    browser.get("/whoami")
    assert len(store.peer.requests) == 2
    assert [request.headers.get("x-publishable-api-key") for request in elsewhere.peer.requests] == [None, "pk_1", None]
    elsewhere.peer.close()


def test_overriding_as_a_decorator(store: Store) -> None:
    @override_medusa(publishable_api_key="pk_1")
    def visit() -> None:
        Client().get("/whoami")

    visit()
    Client().get("/whoami")
    assert [request.headers.get("x-publishable-api-key") for request in store.peer.requests] == ["pk_1", None]


def test_a_pickled_client_is_still_the_customers() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        login(request, "ada@example.com", PASSWORD)
        client = pickle.loads(pickle.dumps(request.medusa))  # type: ignore[attr-defined]
        return HttpResponse(client.request("GET", "/store/whoami")["email"])

    request = RequestFactory().get("/")
    request.session = Client().session
    assert MedusaMiddleware(view)(request).content == b"ada@example.com"  # type: ignore[union-attr]


@pytest.mark.usefixtures("longest_idle")
def test_the_process_has_one_pool(store: Store) -> None:
    assert get_client() is not get_client()
    for _ in range(5):
        get_client().request("GET", "/store/whoami")
        Client().get("/whoami")
    assert store.peer.connections == 1


def test_a_login_on_an_anonymous_client_is_not_shared(store: Store) -> None:
    get_client().auth.get_token({"email": "ada@example.com", "password": PASSWORD})
    assert get_client().request("GET", "/store/whoami") == {"email": None}
    assert Client().get("/whoami").content == b"None"


@pytest.mark.parametrize(
    ("language", "locale"),
    [("de", "de"), ("en-gb", "en_GB"), ("pt-br", "pt_BR"), ("zh-hans", "zh_Hans"), ("udm", "en"), (None, "en")],
)
def test_the_filter_speaks_the_active_language(language: str | None, locale: str) -> None:
    template = Template("{% load medusa %}{{ amount|format_amount:'eur' }}")
    with translation.override(language):
        assert template.render(Context({"amount": 1230})) == written("12.30", "eur", locale)
        assert template.render(Context({"amount": None})) == ""


def test_the_filter_has_the_digits_of_the_admin_or_of_the_setting() -> None:
    template = Template("{% load medusa %}{{ 123000|format_amount:'huf' }} {{ 123000|format_amount:'eur' }}")

    def rendered() -> str:
        return template.render(Context())

    assert rendered() == f"{written('1230.00', 'huf')} {written('1230.00', 'eur')}"
    for code in ("huf", "HUF"):
        with override_settings(MEDUSA_CURRENCY_DIGITS={code: 0}):
            assert rendered() == f"{written('123000', 'huf')} {written('1230.00', 'eur')}"


@pytest.mark.parametrize(("setting", "said"), WRONG_DIGITS)
def test_digits_of_currencies_that_cant_be_right(setting: Any, said: str) -> None:
    with override_settings(MEDUSA_CURRENCY_DIGITS=setting):
        found = messages()
        assert list(found) == ["medusa.E006"]
        assert said in found["medusa.E006"]
        with pytest.raises(ImproperlyConfigured, match=f"MEDUSA_CURRENCY_DIGITS: {said}"):
            Template("{% load medusa %}{{ 1230|format_amount:'eur' }}").render(Context())


def test_the_filter_refuses_what_is_no_amount() -> None:
    with pytest.raises(TypeError, match="amount must be an integer"):
        Template("{% load medusa %}{{ amount|format_amount:'eur' }}").render(Context({"amount": "1230"}))


def test_request_medusa_is_a_client() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        client = request.medusa  # type: ignore[attr-defined]
        assert isinstance(client, medusa.Medusa)
        assert medusa.OrdersResource(client).retrieve("order_of_ada").order.id == "order_of_ada"
        return HttpResponse()

    request = RequestFactory().get("/")
    request.session = Client().session
    MedusaMiddleware(view)(request)


def test_a_login_shows_no_password_in_an_error_report(store: Store) -> None:
    from django.views.debug import ExceptionReporter

    store.peer.close()
    request = RequestFactory().get("/")
    request.session = Client().session
    MedusaMiddleware(lambda request: HttpResponse())(request)
    password = "-".join(["correct", "battery", "staple"])
    try:
        login(request, "ada@example.com", password)
    except medusa.MedusaConnectionError:
        report = ExceptionReporter(request, *sys.exc_info()).get_traceback_data()
    frames = [frame for frame in report["frames"] if not frame["function"].startswith("test_")]
    assert {"login", "get_token"} <= {frame["function"] for frame in frames}
    assert password not in str([frame["vars"] for frame in frames])


def test_under_asgi() -> None:
    async def visit() -> None:
        browser = AsyncClient()
        await browser.get("/login", {"email": "ada@example.com", "password": PASSWORD})
        for path in ("/whoami", "/async", "/me"):
            response = await browser.get(path)
            assert response.content == b"ada@example.com"
            assert response.headers["Vary"] == "Cookie"
        response = await browser.get("/my-orders/order_of_bob")
        assert response.status_code == 404
        await browser.get("/logout")
        assert (await browser.get("/me")).status_code == 401
        assert (await browser.get("/async")).content == b"None"

    async_to_sync(visit)()


def test_an_id_must_be_a_string() -> None:
    request = RequestFactory().get("/")
    request.session = Client().session
    MedusaMiddleware(lambda request: HttpResponse())(request)
    with pytest.raises(TypeError, match="id must be a string"):
        get_order_or_404(request, 1)  # type: ignore[arg-type]
