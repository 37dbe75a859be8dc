"""Objects of every public class can be pickled and copied."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
import requests
from pytest_httpserver import HTTPServer

import medusa as package
from medusa import Medusa, MedusaError, Model, Order, Resource, Result, RetryAdapter, RetryPolicy

from .conftest import CORPUS, fields_of, recorded
from .examples import example_of

PUBLIC = {name: getattr(package, name) for name in package.__all__}
CLASSES = [cls for cls in PUBLIC.values() if isinstance(cls, type)]


def models(value: Any) -> Iterator[Model]:
    """Yield a model and all models inside it."""
    if isinstance(value, Model):
        yield value
        for name in dir(value):
            if name in fields_of(type(value)):
                yield from models(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from models(item)


def of_the_corpus() -> dict[type, Model]:
    """Return one model of each class that the recorded orders contain."""
    found: dict[type, Model] = {}
    for path in sorted((CORPUS / "orders").glob("*.json")):
        for model in models(Order.from_dict(recorded(path.stem)["order"])):
            found.setdefault(type(model), model)
    return found


FOUND = of_the_corpus()


def twins(thing: Any) -> list[Any]:
    pickled = [pickle.loads(pickle.dumps(thing, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    return [*pickled, copy.copy(thing), copy.deepcopy(thing)]


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if issubclass(cls, Model)])
def test_every_model_and_result(cls: type[Model]) -> None:
    model = FOUND.get(cls) or example_of(cls)
    assert twins(model) == [model] * 6
    assert [twin.to_dict() for twin in twins(model)] == [model.to_dict()] * 6


def test_a_deep_copy_shares_nothing() -> None:
    order = Order.from_dict(recorded("plain")["order"])
    twin = copy.deepcopy(order)
    twin.items[0].quantity += 1
    twin.extra["new"] = 1
    assert twin != order
    assert copy.copy(order).items is order.items


def test_every_status() -> None:
    for cls in CLASSES:
        if issubclass(cls, str) and cls is not str:
            for member in cast("Any", cls):
                assert [twin is member for twin in twins(member)] == [True] * 6


def test_no_class_is_forgotten() -> None:
    """A new public class fails this test until it is tested here, too. test_errors.py tests the errors."""
    others = {cls for cls in CLASSES if not issubclass(cls, (Model, str, MedusaError, dict, Resource))}
    protocols = {package.BinaryFile}
    assert others - protocols == {
        *(package.ClientOptions, package.Lazy, package.ToldApartBy, Medusa, RetryAdapter, RetryPolicy)
    }
    assert twins(package.ToldApartBy("type")) == [package.ToldApartBy("type")] * 6


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if issubclass(cls, Resource)])
def test_a_resource(cls: type[Resource]) -> None:
    with Medusa("http://shop.example/base") as medusa:
        resource = cls(medusa)
        for twin in twins(resource):
            assert type(twin) is cls
            assert repr(twin) == repr(resource) == f"<{cls.__name__} http://shop.example/base>"
            twin.session.close()


@pytest.mark.parametrize("twin_of", [lambda x: pickle.loads(pickle.dumps(x)), copy.deepcopy], ids=["pickle", "copy"])
def test_a_client(twin_of: Callable[[Any], Any], httpserver: HTTPServer) -> None:
    login = {"Set-Cookie": "connect.sid=ada; Path=/"}
    httpserver.expect_request("/store/auth").respond_with_json({"customer": {"id": "cus_1"}}, headers=login)
    options: dict[str, Any] = {"publishable_api_key": "pk", "custom_headers": {"X-Shop": "1"}, "deadline": 5}
    medusa = Medusa(httpserver.url_for(""), max_retries=2, **options)
    medusa.auth.authenticate({"email": "ada@example.com", "password": "secret"})
    assert len(medusa.session.cookies) == 1
    assert len(twin_of(medusa.auth).session.cookies) == 0
    for client in (twin_of(medusa), twin_of(medusa.with_options())):
        client.auth.get_session()
        headers = httpserver.log[-1][0].headers
        assert (headers["x-publishable-api-key"], headers["X-Shop"]) == ("pk", "1")
        assert "Cookie" not in headers
        client.request("POST", "/store/auth", json={})
        assert "Idempotency-Key" in httpserver.log[-1][0].headers
        client.close()
        client.close()


@pytest.mark.parametrize("twin_of", [lambda x: pickle.loads(pickle.dumps(x)), copy.deepcopy], ids=["pickle", "copy"])
def test_a_client_on_a_session_of_the_users_own(twin_of: Callable[[Any], Any], httpserver: HTTPServer) -> None:
    httpserver.expect_request("/store/auth").respond_with_json({"customer": {"id": "cus_1"}})
    session = requests.Session()
    session.mount("http://", RetryAdapter(RetryPolicy.of(2)))
    session.headers["X-Shop"] = "1"
    client = twin_of(Medusa(httpserver.url_for(""), session=session))
    client.auth.get_session()
    assert httpserver.log[-1][0].headers["X-Shop"] == "1"
    assert client.session.get_adapter("http://x").max_retries.total == 2


def test_an_adapter_and_a_policy() -> None:
    policy = RetryPolicy.of(2).increment("GET", "", error=OSError())
    for twin in twins(policy):
        assert (twin.total, twin.get_backoff_time() <= 0.5, len(twin.history)) == (1, True, 1)
    for adapter in (pickle.loads(pickle.dumps(RetryAdapter(3))), copy.deepcopy(RetryAdapter(3))):
        assert adapter.max_retries.total == 3


def test_a_result_keeps_what_came_back(medusa: Medusa, answer: Callable[..., None]) -> None:
    answer(recorded("plain"), headers={"Set-Cookie": "connect.sid=s3cret", "x-request-id": "req_1"})
    result = medusa.orders.lookup_order({"display_id": 1, "email": "ada@example.com"})
    assert isinstance(result, Result)
    twin = pickle.loads(pickle.dumps(result))
    assert twin == result
    assert twin.response.json() == result.response.json()
    assert twin.response.headers["x-request-id"] == "req_1"
    assert "Set-Cookie" not in twin.response.headers
    assert copy.deepcopy(result).response is result.response
