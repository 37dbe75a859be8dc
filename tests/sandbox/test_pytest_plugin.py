"""The pytest plugin, as a user's tests load it: by its entry point."""

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
    """One for a module, one for the session, and those of the tests, side by side."""
    pytester.makeconftest(
        """
        import pytest

        @pytest.fixture(scope="session")
        def session_store(medusa_store_factory):
            return medusa_store_factory()

        @pytest.fixture(scope="module")
        def module_store(medusa_store_factory):
            with medusa_store_factory([{"email": "a@example.com"}, {"email": "b@example.com"}]) as store:
                yield store

        @pytest.fixture(scope="module")
        def module_client(module_store):
            with module_store.client() as client:
                yield client
        """
    )
    module = """
        stores = set()

        def test_first(module_store, module_client, session_store, medusa_store, medusa):
            assert [order.email for order in module_store.orders] == ["a@example.com", "b@example.com"]
            assert len(session_store.orders) >= 6
            assert len(medusa_store.orders) == 6
            assert len({module_store.url, session_store.url, medusa_store.url}) == 3
            assert module_client.orders.retrieve(module_store.orders[0].id).order.email == "a@example.com"
            stores.update([module_store, session_store])
            session_store.add_order(email=__name__)

        def test_second(module_store, session_store, medusa_store):
            assert {module_store, session_store} == stores
            assert __name__ in [order.email for order in session_store.orders]
    """
    pytester.makepyfile(test_one=module, test_two=module)
    for options in ([], ["-n2", "--dist=loadfile"]):
        result = pytester.runpytest_subprocess("-W", "error", "-p", "no:randomly", *options)
        result.assert_outcomes(passed=4)


def test_one_store_for_all_tests(pytester: pytest.Pytester) -> None:
    """By a fixture of the same name: `medusa` is a client on it."""
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture(scope="session")
        def medusa_store(medusa_store_factory, tmp_path_factory):
            return medusa_store_factory([], database=tmp_path_factory.mktemp("store") / "store.sqlite")

        @pytest.mark.parametrize("turn", range(3))
        def test_it(medusa, medusa_store, turn):
            order = medusa_store.add_order()
            assert medusa.orders.retrieve(order.id).order.display_id == turn + 1

        def test_a_dict_for_a_list(medusa_store_factory):
            with pytest.raises(TypeError, match="must be a list"):
                medusa_store_factory({"email": "a@example.com"})
        """
    )
    pytester.runpytest_subprocess("-W", "error", "-p", "no:randomly").assert_outcomes(passed=4)


def test_stores_are_closed(pytester: pytest.Pytester) -> None:
    """With the fixture that uses it as a context manager, at the end of the session otherwise."""
    pytester.makepyfile(
        """
        import pytest
        import requests

        urls = []

        @pytest.fixture(scope="module")
        def left(medusa_store_factory):
            with medusa_store_factory() as store:
                urls.append(store.url)
                yield store

        class TestOf:
            def test_it(self, left, medusa_store, medusa_store_factory):
                urls.extend([medusa_store.url, medusa_store_factory().url])

        @pytest.fixture(scope="session", autouse=True)
        def after():
            yield
            for url in urls:
                with pytest.raises(requests.ConnectionError):
                    requests.get(url, timeout=10)
        """
    )
    pytester.runpytest_subprocess("-W", "error").assert_outcomes(passed=1)


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
            answer = client.post("/login", {"email": "grace@example.com", "password": "correct-horse"})
            assert answer.content == b"Grace"
        """,
    )
    for options in ([], ["-n2"]):
        result = pytester.runpytest_subprocess("--ds=shop_settings", "-p", "pytest_django", *options)
        result.assert_outcomes(passed=3)
