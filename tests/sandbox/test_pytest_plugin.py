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
