"""The pytest plugin, loaded by its entry point as in the tests of users."""

from __future__ import annotations

import subprocess
import sys

import pytest


def test_fixtures_and_marker(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        from medusa import MedusaNotFoundError

        def test_the_shop(medusa, medusa_store):
            assert medusa.orders.retrieve(medusa_store.orders[0].id).order.display_id == 1
            medusa_store.add_order()

        def test_a_store_of_its_own(medusa_store):
            assert len(medusa_store.orders) == 6
            assert medusa_store.requests == []

        @pytest.mark.medusa_orders(
            {"items": [{"title": "Lamp", "unit_price": 100}], "email": "a@example.com", "display_id": 7},
            {"email": "b@example.com"},
        )
        def test_its_orders(medusa, medusa_store):
            assert [order.email for order in medusa_store.orders] == ["a@example.com", "b@example.com"]
            found = medusa.orders.lookup_order({"display_id": 7, "email": "a@example.com"}).order
            assert found.items[0].title == "Lamp"
            medusa_store.fail_next(404)
            with pytest.raises(MedusaNotFoundError):
                medusa.orders.retrieve(found.id)

        @pytest.mark.medusa_orders()
        def test_empty(medusa_store):
            assert medusa_store.orders == []
        """
    )
    for options in ([], ["-n2"]):
        result = pytester.runpytest_subprocess("--strict-markers", "-W", "error", *options)
        result.assert_outcomes(passed=4)


def test_a_recorded_order(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        from medusa import Order

        RECORDED = {"id": "order_1", "display_id": 3, "email": "a@example.com", "customer_id": "cus_1", "items": []}

        @pytest.mark.medusa_orders(
            RECORDED,
            {"order": {**RECORDED, "id": "order_2"}},
            Order(**{**RECORDED, "id": "order_3"}),
            {"id": "order_4"},
        )
        def test_it(medusa):
            for id in ("order_1", "order_2", "order_3"):
                assert medusa.orders.retrieve(id).order.items == []
            assert medusa.orders.retrieve("order_4").order.items[0].title == "Stoneware mug"

        @pytest.mark.medusa_orders(id="order_1")
        def test_no_keywords(medusa):
            pass
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1, errors=1)


def test_stores_of_a_wider_scope(pytester: pytest.Pytester) -> None:
    """A test can use a store of its own, of its module and of the session together, each with its client."""
    module = """
        import pytest

        pytestmark = pytest.mark.medusa_orders({"email": "a@example.com"}, {"email": "b@example.com"})
        stores = set()

        def emails(store):
            return [order.email for order in store.orders]

        @pytest.mark.medusa_orders({"email": "c@example.com"})
        def test_first(medusa_store, medusa_store_module, medusa_store_session, medusa, medusa_module, medusa_session):
            assert emails(medusa_store) == ["c@example.com"]
            assert emails(medusa_store_module) == ["a@example.com", "b@example.com"]
            assert len(medusa_store_session.orders) >= 6
            for client, store in (
                (medusa, medusa_store), (medusa_module, medusa_store_module), (medusa_session, medusa_store_session)
            ):
                assert client.base_url == store.url
                assert client.orders.retrieve(store.orders[0].id).order.email == store.orders[0].email
            stores.update([medusa_store_module, medusa_store_session])
            medusa_store_module.add_order(email="d@example.com")
            medusa_store_session.add_order(email=__name__)

        def test_second(medusa_store, medusa_store_module, medusa_store_session):
            assert {medusa_store_module, medusa_store_session} == stores
            assert emails(medusa_store) == ["a@example.com", "b@example.com"]
            assert emails(medusa_store_module)[2:] == ["d@example.com"]
            assert __name__ in emails(medusa_store_session)
    """
    pytester.makepyfile(test_one=module, test_two=module)
    for options in ([], ["-n2", "--dist=loadfile"]):
        result = pytester.runpytest_subprocess("--strict-markers", "-W", "error", "-p", "no:randomly", *options)
        result.assert_outcomes(passed=4)


def test_the_client_of_a_test_on_a_shared_store(pytester: pytest.Pytester) -> None:
    """A fixture that overrides `medusa_store` with a shared store also changes the store of the client."""
    pytester.makepyfile(
        """
        import pytest
        from medusa.sandbox import SandboxStore

        @pytest.fixture(scope="session")
        def medusa_store_session(tmp_path_factory):
            file = tmp_path_factory.mktemp("store") / "store.sqlite"
            with SandboxStore(orders=False, database=file) as store:
                yield store

        @pytest.fixture
        def medusa_store(medusa_store_session):
            return medusa_store_session

        @pytest.mark.parametrize("turn", range(3))
        def test_it(medusa, medusa_session, medusa_store, turn):
            order = medusa_store.add_order()
            for client in (medusa, medusa_session):
                assert client.orders.retrieve(order.id).order.display_id == turn + 1
        """
    )
    pytester.runpytest_subprocess("-W", "error", "-p", "no:randomly").assert_outcomes(passed=3)


def test_stores_are_closed(pytester: pytest.Pytester) -> None:
    """Each store is closed at the end of its scope."""
    pytester.makeconftest(
        """
        import pytest
        import requests

        urls = []

        def is_open(url):
            try:
                return requests.get(f"{url}/health", timeout=10).ok
            except requests.ConnectionError:
                return False

        @pytest.fixture(scope="session", autouse=True)
        def after():
            yield
            assert list(map(is_open, urls)) == [False, False, False]
        """
    )
    pytester.makepyfile(
        test_one="""
        from conftest import is_open, urls

        def test_of_each(medusa_store, medusa_store_module, medusa_store_session):
            urls.extend([medusa_store.url, medusa_store_module.url, medusa_store_session.url])
            assert all(map(is_open, urls))

        def test_later():
            assert list(map(is_open, urls)) == [False, True, True]
        """,
        test_two="""
        from conftest import is_open, urls

        def test_in_another_module():
            assert list(map(is_open, urls)) == [False, False, True]
        """,
    )
    pytester.runpytest_subprocess("-W", "error", "-p", "no:randomly").assert_outcomes(passed=3)


def test_it_imports_nothing_until_it_is_used() -> None:
    code = (
        "import sys, medusa.pytest_plugin;"
        "assert not {'cheroot', 'jwt', 'requests', 'attrs', 'medusa.sandbox'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_with_pytest_django(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        shop_settings="""
        SECRET_KEY = "x"
        ROOT_URLCONF = "shop_urls"
        ALLOWED_HOSTS = ["*"]
        INSTALLED_APPS = ["django.contrib.sessions", "medusa.contrib.django"]
        SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
        MIDDLEWARE = [
            "django.contrib.sessions.middleware.SessionMiddleware",
            "medusa.contrib.django.MedusaMiddleware",
        ]
        MEDUSA = {"base_url": "http://localhost:9000"}
        """,
        shop_urls="""
        from django.http import HttpResponse
        from django.urls import path
        from medusa.contrib.django import get_order_or_404, login

        def order(request, id):
            return HttpResponse(get_order_or_404(request, id).email)

        def log_in(request):
            return HttpResponse(login(request, request.POST["email"], request.POST["password"]).first_name)

        urlpatterns = [path("orders/<id>", order), path("login", log_in)]
        """,
        test_shop="""
        import pytest

        @pytest.fixture(autouse=True)
        def store(medusa_store, settings):
            settings.MEDUSA = {"base_url": medusa_store.url}
            return medusa_store

        @pytest.mark.parametrize("turn", range(2))
        def test_an_order(client, store, turn):
            order = store.add_order(email=f"guest-{turn}@example.com")
            assert client.get(f"/orders/{order.id}").content.decode() == f"guest-{turn}@example.com"
            assert client.get("/orders/order_none").status_code == 404

        def test_a_login(client):
            response = client.post("/login", {"email": "grace@example.com", "password": "correct-horse"})
            assert response.content == b"Grace"
        """,
    )
    for options in ([], ["-n2"]):
        result = pytester.runpytest_subprocess("--ds=shop_settings", "-p", "pytest_django", *options)
        result.assert_outcomes(passed=3)
