"""Views of Django REST framework, whose own handler gets an exception before Django's middleware does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.cache import never_cache
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from medusa.contrib.django import get_order_or_404, login, logout
from medusa.contrib.django.test import override_medusa

from .store import PASSWORD, Store

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}  # A browser sends this when it opens the API.


class Me(APIView):  # type: ignore[misc]  # The framework has no types.
    def get(self, request: Any) -> Response:
        return Response({"email": request.medusa.auth.get_session().customer.email})

    def post(self, request: Any) -> Response:
        return Response({"email": login(request, request.data["email"], request.data["password"]).email})

    def delete(self, request: Any) -> Response:
        logout(request)
        return Response({})


class Orders(ViewSet):  # type: ignore[misc]  # The framework has no types.
    def retrieve(self, request: Any, id: str) -> Response:
        return Response(request.medusa.orders.retrieve(id).order.to_dict())


@api_view(["GET", "POST"])  # type: ignore[untyped-decorator]
def my_order(request: Any, id: str) -> Response:
    return Response({"id": get_order_or_404(request, id, customer_only=True).id})


urlpatterns = [
    path("api/me", Me.as_view()),
    path("api/decorated", never_cache(Me.as_view())),
    path("api/orders/<id>", Orders.as_view({"get": "retrieve"})),
    path("api/my-orders/<id>", my_order),
]


@pytest.fixture(autouse=True)
def settings(store: Store, session_files: str) -> Iterator[None]:
    framework = {
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    }
    with (
        override_medusa(base_url=store.url),
        override_settings(ROOT_URLCONF=__name__, SESSION_FILE_PATH=session_files, REST_FRAMEWORK=framework),
        override_settings(MEDUSA_LOGIN_URL="/enter", MEDUSA_NOT_FOUND_AS_404=True),
    ):
        yield


@pytest.mark.parametrize("headers", [{}, PAGE, {"Accept": "application/json"}], ids=["none", "page", "json"])
@pytest.mark.parametrize("url", ["/api/me", "/api/decorated", "/api/my-orders/order_of_ada"])
def test_nobody_is_logged_in(url: str, headers: dict[str, str]) -> None:
    answer = Client().get(url, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/json")
    assert answer.json() == {"detail": "Not logged in."}


def test_wrong_credentials() -> None:
    ada = json.dumps({"email": "ada@example.com", "password": "wrong"})
    answer = Client().post("/api/me", ada, content_type="application/json", headers=PAGE)
    assert (answer.status_code, answer.json()) == (401, {"detail": "Not logged in."})


def test_a_customer() -> None:
    browser = Client()
    ada = {"email": "ada@example.com", "password": PASSWORD}
    assert browser.post("/api/me", ada).json() == {"email": "ada@example.com"}
    assert browser.get("/api/me").json() == {"email": "ada@example.com"}
    assert browser.get("/api/my-orders/order_of_ada").json() == {"id": "order_of_ada"}
    assert browser.get("/api/my-orders/order_of_bob").status_code == 404
    assert browser.delete("/api/me").status_code == 200
    assert browser.get("/api/me").status_code == 401


def test_an_expired_token_is_dropped(store: Store) -> None:
    browser = Client()
    browser.post("/api/me", {"email": "ada@example.com", "password": PASSWORD})
    store.expire()
    for is_sent in (True, False):
        assert browser.get("/api/me").status_code == 401
        assert (store.tokens_sent[-1] is not None) is is_sent


@pytest.mark.parametrize("headers", [{}, PAGE], ids=["none", "page"])
def test_a_missing_order(headers: dict[str, str]) -> None:
    answer = Client().get("/api/orders/order_nope", headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
    assert answer.json() == {"detail": "Not found."}


def test_a_missing_order_is_an_error_without_the_setting() -> None:
    with override_settings(MEDUSA_NOT_FOUND_AS_404=False):
        assert Client(raise_request_exception=False).get("/api/orders/order_nope").status_code == 500


def test_a_missing_route_is_an_error(store: Store) -> None:
    with override_medusa(base_url=f"{store.url}/store"):
        for url in ("/api/orders/order_of_ada", "/api/my-orders/order_of_ada"):
            assert Client(raise_request_exception=False).get(url).status_code == 500
