"""A store, and browsers on a shop that uses this store: in Django with each kind of session, and in Flask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import pytest
from django.test import Client, override_settings

from medusa.contrib.django.test import override_medusa

from .flask_shop import create_app
from .store import PASSWORD, Store

import_module(".django_shop", __package__)  # This configures Django.


@dataclass
class Answer:
    status: int
    text: str
    headers: dict[str, str]


class Browser(Protocol):
    """A client with its own cookies."""

    def __call__(
        self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, **query: str
    ) -> Answer: ...


Shop = Callable[..., Callable[[], Browser]]
"""Opens a shop with these settings, and returns a function that creates browsers."""


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store()
    yield store
    store.peer.close()


def open_django(url: str, exits: ExitStack, **settings: Any) -> Callable[[], Browser]:
    exits.enter_context(override_settings(**settings))
    exits.enter_context(override_medusa(base_url=url))

    def browser() -> Browser:
        client = Client(raise_request_exception=False)

        def ask(path: str, *, method: str = "GET", headers: dict[str, str] | None = None, **query: str) -> Answer:
            response = client.generic(method, path, headers=headers, query_params=query)
            body = b"".join(response) if response.streaming else response.content
            return Answer(response.status_code, body.decode(), dict(response.headers))

        return ask

    return browser


def open_flask(url: str, exits: ExitStack, **config: Any) -> Callable[[], Browser]:
    app = create_app(url, **config)
    exits.callback(app.extensions["medusa"].close)

    def browser() -> Browser:
        client = app.test_client()

        def ask(path: str, *, method: str = "GET", headers: dict[str, str] | None = None, **query: str) -> Answer:
            response = client.open(path, method=method, headers=headers, query_string=query or None)
            return Answer(response.status_code, response.text, dict(response.headers))

        return ask

    return browser


@pytest.fixture(scope="session")
def session_files(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder for the sessions of all tests. Django keeps the first folder that it was given."""
    return str(tmp_path_factory.mktemp("sessions"))


@pytest.fixture(params=["django, file", "django, signed_cookies", "django, cache", "flask"])
def shop(request: pytest.FixtureRequest, store: Store, session_files: str) -> Iterator[Shop]:
    framework, _, sessions = request.param.partition(", ")
    with ExitStack() as exits:

        def open_shop(path_of_store: str = "", **settings: Any) -> Callable[[], Browser]:
            url = store.url + path_of_store
            if framework == "flask":
                return open_flask(url, exits, **settings)
            engine = f"django.contrib.sessions.backends.{sessions}"
            return open_django(url, exits, SESSION_ENGINE=engine, SESSION_FILE_PATH=session_files, **settings)

        yield open_shop


@pytest.fixture
def browsers(shop: Shop) -> Callable[[], Browser]:
    return shop()


@pytest.fixture
def log_in() -> Callable[[Browser, str], None]:
    def log_in(browser: Browser, name: str) -> None:
        answer = browser("/login", email=f"{name}@example.com", password=PASSWORD)
        assert (answer.status, answer.text) == (200, f"{name}@example.com")

    return log_in
