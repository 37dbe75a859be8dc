"""Without a login, a browser is redirected to the login page, and a client of an API gets a 401."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Blueprint

from medusa.contrib.flask import current_medusa

from .conftest import Answer, Browser, Shop
from .flask_shop import create_app
from .store import Store

LogIn = Callable[[Browser, str], None]
BROWSERS = [
    {},
    {"Accept": "*/*"},  # curl, requests
    {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"},
    {"Accept": "text/html"},
    {"Accept": "text/*"},
    {"Accept": "text/html;q=0.9, application/json;q=0.8"},
    {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"},
    {"Accept": "text/html", "X-Requested-With": "com.example.browser"},  # Android's WebView
]
APIS = [
    {"Accept": "application/json"},
    {"Accept": "application/json, text/plain, */*"},  # axios
    {"Accept": "application/json; version=1"},
    {"Accept": "application/vnd.api+json"},
    {"Accept": "text/html;q=0.5, application/json"},
    {"Accept": "text/event-stream"},
    {"X-Requested-With": "XMLHttpRequest"},
    {"Accept": "text/html, */*; q=0.01", "X-Requested-With": "XMLHttpRequest"},
    {"Content-Type": "application/json"},
    {"Content-Type": "application/json; charset=utf-8", "Accept": "*/*"},
    {"Content-Type": "application/merge-patch+json", "Accept": "text/html"},
]


def next_of(answer: Answer) -> str | None:
    """Return the `next` of a redirect to /enter."""
    location = urlsplit(answer.headers["Location"])
    assert (location.scheme, location.netloc, location.path) == ("", "", "/enter")
    query = parse_qs(location.query, strict_parsing=bool(location.query))
    assert set(query) <= {"next"}
    return query["next"][0] if query else None


@pytest.mark.parametrize("headers", BROWSERS, ids=str)
def test_browsers_are_sent_to_the_login(shop: Shop, headers: dict[str, str]) -> None:
    answer = shop(MEDUSA_LOGIN_URL="/enter")()("/me", headers=headers)
    assert (answer.status, next_of(answer)) == (302, "/me")


@pytest.mark.parametrize("headers", APIS, ids=str)
def test_clients_of_an_api_get_a_401(shop: Shop, headers: dict[str, str]) -> None:
    browser = shop(MEDUSA_LOGIN_URL="/enter")()
    for answer in (browser("/me", headers=headers), browser("/claim/order_1", method="POST", headers=headers)):
        assert answer.status == 401
        assert answer.headers["Content-Type"] == "application/json"
        assert json.loads(answer.text) == {"detail": "Not logged in."}
        assert "Location" not in answer.headers


def test_without_a_login_page_there_is_a_401_for_all(shop: Shop) -> None:
    browser = shop()()
    assert (browser("/me").status, browser("/me").headers["Content-Type"].partition(";")[0]) in [
        (401, "text/plain"),  # Django
        (401, "text/html"),  # Flask
    ]
    answer = browser("/me", headers={"Accept": "application/json"})
    assert (answer.status, json.loads(answer.text)) == (401, {"detail": "Not logged in."})


def test_a_401_drops_the_refused_token(shop: Shop, log_in: LogIn, store: Store) -> None:
    ada = shop(MEDUSA_LOGIN_URL="/enter")()
    log_in(ada, "ada")
    store.expire()
    for is_sent in (True, False):
        assert ada("/me", headers={"Accept": "application/json"}).status == 401
        assert (store.tokens_sent[-1] is not None) is is_sent


def test_a_missing_thing_is_a_404_in_json_too(shop: Shop) -> None:
    browser = shop(MEDUSA_NOT_FOUND_AS_404=True)()
    answer = browser("/not-found", headers={"Accept": "application/json"})
    assert (answer.status, json.loads(answer.text)) == (404, {"detail": "Not found."})
    assert browser("/not-found").headers["Content-Type"].startswith("text/html")


# The page after the login


@pytest.mark.parametrize("path", ["/me", "/me?a=1&b=%2F%3F", "/my-orders/a%3Fb", "/my-orders/%C3%A9", "/my-orders/a b"])
def test_after_a_get_the_same_page(shop: Shop, path: str) -> None:
    answer = shop(MEDUSA_LOGIN_URL="/enter")()(path, headers={"Referer": "http://testserver/orders/order_1"})
    assert (answer.status, next_of(answer)) == (302, path.replace(" ", "%20"))


@pytest.fixture
def claim(shop: Shop) -> Callable[..., Answer]:
    """Return a function that sends a POST from the page `referrer` to a route that accepts only POST."""
    browser = shop(MEDUSA_LOGIN_URL="/enter")()

    def claim(referrer: str | None) -> Answer:
        headers = {"Host": "shop.example:8000"} | ({} if referrer is None else {"Referer": referrer})
        return browser("/claim/order_1", method="POST", headers=headers)

    return claim


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://shop.example:8000/orders/order_1?from=mail", "/orders/order_1?from=mail"),
        ("https://shop.example:8000/orders/order_1", "/orders/order_1"),
        ("http://shop.example:8000/", "/"),
        ("http://shop.example:8000", "/"),
        ("http://shop.example:8000/orders/a%2Fb%3F#items", "/orders/a%2Fb%3F"),
        ("http://shop.example:8000/enter?next=%2F", None),  # This is the login page.
        (None, None),
        ("", None),
        ("about:blank", None),
        ("http://evil.example/orders/order_1", None),
        ("http://shop.example/orders/order_1", None),
        ("http://shop.example:8000@evil.example/", None),
        ("http://shop.example:8000//evil.example/", None),
        ("http://shop.example:8000/\\evil.example/", None),
        ("javascript://shop.example:8000/%0aalert(1)", None),
        ("//shop.example:8000/orders/order_1", None),
        ("/orders/order_1", None),
        ("http://[", None),
    ],
)
def test_after_a_post_the_page_that_it_came_from(
    claim: Callable[..., Answer], referrer: str | None, back: str | None
) -> None:
    answer = claim(referrer)
    assert (answer.status, next_of(answer)) == (303, back)


def test_the_login_page_may_have_a_query(shop: Shop) -> None:
    browser = shop(MEDUSA_LOGIN_URL="/enter?from=shop#form")()
    assert browser("/me?a=1").headers["Location"] == "/enter?from=shop&next=%2Fme%3Fa%3D1#form"
    assert browser("/claim/1", method="POST").headers["Location"] == "/enter?from=shop#form"


def test_the_login_page_of_another_host(shop: Shop) -> None:
    browser = shop(MEDUSA_LOGIN_URL="https://accounts.example.com/")()
    assert browser("/me").headers["Location"] == "https://accounts.example.com/?next=%2Fme"
    headers = {"Host": "shop.example", "Referer": "http://shop.example/"}
    answer = browser("/claim/1", method="POST", headers=headers)
    assert answer.headers["Location"] == "https://accounts.example.com/?next=%2F"


# Flask only


@pytest.fixture
def blueprint() -> Blueprint:
    blueprint = Blueprint("api", __name__, url_prefix="/api")
    blueprint.add_url_rule("/me", "me", lambda: current_medusa.auth.get_session().customer.id)
    blueprint.add_url_rule("/not-found", "not_found", lambda: current_medusa.orders.retrieve("order_nope").order.id)
    return blueprint


def test_the_views_of_a_blueprint(store: Store, blueprint: Blueprint) -> None:
    app = create_app(store.url, MEDUSA_LOGIN_URL="log_in", MEDUSA_NOT_FOUND_AS_404=True)
    app.register_blueprint(blueprint)
    browser = app.test_client()
    assert browser.get("/api/me").headers["Location"] == "/login?next=%2Fapi%2Fme"
    for path, status, detail in (("me", 401, "Not logged in."), ("not-found", 404, "Not found.")):
        answer = browser.get(f"/api/{path}", headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json) == (status, {"detail": detail})
    app.extensions["medusa"].close()


def test_error_handlers_of_your_own_go_before(store: Store, blueprint: Blueprint) -> None:
    blueprint.register_error_handler(401, lambda error: ({"mine": error.code}, error.code))
    blueprint.register_error_handler(404, lambda error: ({"mine": error.code}, error.code))
    app = create_app(store.url, MEDUSA_LOGIN_URL="log_in", MEDUSA_NOT_FOUND_AS_404=True)
    app.register_blueprint(blueprint)
    for path, status in (("me", 401), ("not-found", 404)):
        answer = app.test_client().get(f"/api/{path}", headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json) == (status, {"mine": status})
    app.extensions["medusa"].close()
