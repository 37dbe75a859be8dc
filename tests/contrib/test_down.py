"""If the backend is down, a shop returns 500. With MEDUSA_DOWN_AS_503 it returns 503, with a page that says so."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import path
from rest_framework.views import APIView

from medusa import MedusaError, MedusaServerError
from medusa.contrib.django.test import override_medusa

from ..faults.peer import Answer, Peer, Request, http
from .conftest import Browser, Shop
from .flask_shop import create_app

DOWN = "The shop is not available at the moment. Please try again later."
JSON = {"Accept": "application/json"}


def answers(status: int, body: str = "<h1>Bad gateway</h1>", **headers: str) -> Answer:
    def answer(sock: socket.socket, request: Request) -> bool:
        sock.sendall(http(body, status, Content_Type="text/html", **headers))
        return True

    return answer


def hangs_up(sock: socket.socket, request: Request) -> bool:
    return False


def never_answers(sock: socket.socket, request: Request) -> bool:
    sock.recv(1)  # This returns when the shop gives up.
    return False


class Script:
    """A backend that responds to all requests in the same way."""

    def __init__(self, answer: Answer) -> None:
        self.peer = Peer(answer)
        self.url = self.peer.url


@pytest.fixture(params=["hangs up"])
def store(request: pytest.FixtureRequest) -> Iterator[Script]:
    store = Script(ANSWERS[request.param])
    yield store
    store.peer.close()


def browser_of(shop: Shop, store: Script, **settings: Any) -> Browser:
    return shop(MEDUSA={"base_url": store.url, "timeout": 1.0}, **settings)()


ANSWERS: dict[str, Answer] = {"hangs up": hangs_up, "never answers": never_answers}
ANSWERS |= {str(status): answers(status) for status in (200, 302, 429, 500, 501, 502, 503, 504)}
ANSWERS |= {"503 for 120 s": answers(503, Retry_After="120"), "429 for 0.5 s": answers(429, Retry_After="0.5")}
IS_DOWN = ["hangs up", "never answers", "502", "503", "504", "429"]


@pytest.mark.parametrize("store", IS_DOWN, indirect=True)
def test_a_backend_that_is_down(shop: Shop, store: Script) -> None:
    browser = browser_of(shop, store, MEDUSA_DOWN_AS_503=True)
    # A login is not retryable, and its error says that it may have happened. Such errors lead to a 503, too.
    for answer in (browser("/whoami"), browser("/login", email="ada@example.com", password="secret")):
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "30"
        assert "secret" not in answer.text
    answer = browser("/whoami", headers=JSON)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.text) == {"detail": DOWN}


@pytest.mark.parametrize("store", ["hangs up", "503"], indirect=True)
def test_a_backend_that_is_down_is_an_error_without_the_setting(shop: Shop, store: Script) -> None:
    for flag in (None, False):
        assert browser_of(shop, store, MEDUSA_DOWN_AS_503=flag)("/whoami").status == 500


@pytest.mark.parametrize("store", ["500", "501", "200", "302"], indirect=True)
def test_other_errors_are_still_errors(shop: Shop, store: Script) -> None:
    assert browser_of(shop, store, MEDUSA_DOWN_AS_503=True)("/me").status == 500


def test_a_request_that_cant_be_sent_is_an_error(shop: Shop, store: Script) -> None:
    """A request that can never be sent fails with 500, because trying again later does not help."""
    assert browser_of(shop, store, MEDUSA_DOWN_AS_503=True)("/bad-proxy").status == 500


@pytest.mark.parametrize(
    ("store", "seconds"),
    [("503 for 120 s", "120"), ("429 for 0.5 s", "1"), ("502", "30")],
    indirect=["store"],
)
def test_the_backends_own_retry_after(shop: Shop, store: Script, seconds: str) -> None:
    assert browser_of(shop, store, MEDUSA_DOWN_AS_503=True)("/whoami").headers["Retry-After"] == seconds


def test_the_log_says_what_was_down(shop: Shop, store: Script, caplog: pytest.LogCaptureFixture) -> None:
    browser_of(shop, store, MEDUSA_DOWN_AS_503=True)("/whoami")
    assert any(
        record.levelname == "WARNING" and record.getMessage().startswith("GET /store/whoami")
        for record in caplog.records
    )


# Django's template


@pytest.fixture
def django_shop(store: Script) -> Iterator[None]:
    with override_medusa(base_url=store.url), override_settings(MEDUSA_DOWN_AS_503=True):
        yield


@pytest.mark.usefixtures("django_shop")
def test_a_template_of_your_own_in_django(tmp_path: Path) -> None:
    (tmp_path / "503.html").write_text("<h1>Back soon</h1>")
    browser = Client()
    assert browser.get("/whoami").content.decode() == DOWN
    assert browser.get("/whoami").headers["Content-Type"] == "text/plain"
    with override_settings(TEMPLATES=[{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]):
        answer = browser.get("/whoami")
        assert (answer.status_code, answer.content) == (503, b"<h1>Back soon</h1>")
        assert answer.headers["Content-Type"].startswith("text/html")
        assert answer.headers["Retry-After"] == "30"


def cart_of(request: Any) -> dict[str, Any]:
    return {"cart": request.medusa.request("GET", "/store/carts/cart_1")}


@pytest.mark.usefixtures("django_shop")
def test_context_processors_that_ask_the_backend_too(tmp_path: Path) -> None:
    (tmp_path / "503.html").write_text("Back soon {{ cart }}")
    templates = {
        **settings.TEMPLATES[0],
        "DIRS": [str(tmp_path)],
        "OPTIONS": {"context_processors": [f"{__name__}.cart_of"]},
    }
    with override_settings(TEMPLATES=[templates]):
        assert Client().get("/whoami").content == b"Back soon "


class Me(APIView):  # type: ignore[misc]  # The framework has no types.
    def get(self, request: Any) -> None:
        request.medusa.auth.get_session()


urlpatterns = [path("api/me", Me.as_view())]


@pytest.mark.usefixtures("django_shop")
def test_a_view_of_django_rest_framework() -> None:
    framework: dict[str, Any] = {"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None}
    with override_settings(ROOT_URLCONF=__name__, REST_FRAMEWORK=framework):
        answer = Client().get("/api/me", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.json()) == (503, {"detail": DOWN})
    assert answer.headers["Retry-After"] == "30"


# Flask's handlers


def test_a_handler_of_your_own_in_flask(store: Script) -> None:
    app = create_app(store.url, MEDUSA_DOWN_AS_503=True)
    app.register_error_handler(503, lambda error: ("<h1>Back soon</h1>", 503))
    for headers in ({}, JSON):
        answer = app.test_client().get("/whoami", headers=headers)
        assert (answer.status_code, answer.text) == (503, "<h1>Back soon</h1>")
        assert answer.headers["Retry-After"] == "30"
    app.extensions["medusa"].close()


@pytest.mark.parametrize("store", ["500", "503"], indirect=True)
@pytest.mark.parametrize("handled", [MedusaError, MedusaServerError])
def test_a_handler_of_your_own_for_errors_in_flask(store: Script, handled: type[MedusaError]) -> None:
    app = create_app(store.url, MEDUSA_DOWN_AS_503=True)
    app.register_error_handler(handled, lambda error: ("Sorry", 418))
    answer = app.test_client().get("/whoami")
    assert (answer.status_code, answer.text) == (418, "Sorry")
