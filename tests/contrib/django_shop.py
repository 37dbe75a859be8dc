"""A Django project in one file, for the tests. `wsgi` and `asgi` are its applications."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template import Context, Template
from django.urls import path
from django.views.decorators.cache import cache_page
from django.views.decorators.http import require_POST

from medusa import StorePostCartsCartLineItemsReq
from medusa.contrib.django import (
    CartError,
    MedusaHttpRequest,
    complete_cart,
    forget_cart,
    get_cart,
    get_client,
    get_or_create_cart,
    get_order_or_404,
    login,
    logout,
    region_of,
)

from .store import cart_as_json, seen_while_switching

if not settings.configured:
    settings.configure(
        SECRET_KEY="for-tests-" * 6,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["medusa.contrib.django", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "medusa.contrib.django.MedusaMiddleware",
        ],
        SESSION_ENGINE=os.environ.get("SESSION_ENGINE", "django.contrib.sessions.backends.file"),
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"]}}
        if "DATABASE" in os.environ
        else {},
        SESSION_FILE_PATH=os.environ.get("SESSION_FILE_PATH"),
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [os.path.join(os.path.dirname(__file__), "templates")],
                "APP_DIRS": True,
            }
        ],
        MEDUSA={"base_url": os.environ.get("STORE_URL", "http://127.0.0.1:9"), "pool_maxsize": 4, "timeout": 30.0},
    )
    django.setup()


def email(request: MedusaHttpRequest) -> str:
    return str(request.medusa.request("GET", "/store/whoami")["email"])


def whoami(request: MedusaHttpRequest) -> HttpResponse:
    return HttpResponse(email(request))


def log_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse(login(request, request.GET["email"], request.GET["password"]).email)


def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponse("bye")


def me(request: MedusaHttpRequest) -> HttpResponse:
    return HttpResponse(request.medusa.auth.get_session().customer.email)


def order(request: HttpRequest, id: str) -> HttpResponse:
    return render(request, "django_order.html", {"order": get_order_or_404(request, id)})


def my_order(request: HttpRequest, id: str) -> HttpResponse:
    fields = request.GET.get("fields")
    return HttpResponse(get_order_or_404(request, id, customer_only=True, fields=fields).id)


def by_hand(request: MedusaHttpRequest) -> HttpResponse:
    """Log in only this request's client, not the web session."""
    request.medusa.auth.get_token({"email": request.GET["email"], "password": request.GET["password"]})
    return whoami(request)


def leave_traces(request: MedusaHttpRequest) -> HttpResponse:
    """Set everything that a view may set on its client."""
    session = request.medusa.session
    session.headers["X-Left"] = "header"
    session.params["left"] = "param"
    session.hooks["response"].append(lambda response, **_: response.__dict__.update(status_code=418))
    session.proxies["http"] = "http://127.0.0.1:9"
    session.auth = ("left", "auth")
    session.cookies.set("left", "cookie")
    request.medusa.set_publishable_key("pk_left")
    return HttpResponse("left")


def all_in_one(request: MedusaHttpRequest) -> JsonResponse:
    """Log customers in and out within one request.

    Return who `request.medusa` acts as after each step, and who a client from the start of the request acts as.
    """
    held = request.medusa

    def seen() -> list[str]:
        return [email(request), str(held.request("GET", "/store/whoami")["email"])]

    steps = [seen()]
    login(request, "ada@example.com", "correct-horse")
    steps.append(seen())
    request.medusa.auth.get_token({"email": "eve@example.com", "password": "correct-horse"})
    steps.append(seen())
    login(request, "bob@example.com", "correct-horse")
    steps.append(seen())
    request.medusa.auth.get_token({"email": "eve@example.com", "password": "correct-horse"})
    logout(request)
    steps.append(seen())
    return JsonResponse(steps, safe=False)


def switching(request: MedusaHttpRequest) -> JsonResponse:
    tokens = request.GET.getlist("token")
    return JsonResponse(seen_while_switching(request.medusa, request.session, tokens), safe=False)


@require_POST
def claim(request: MedusaHttpRequest, id: str) -> HttpResponse:
    request.medusa.orders.request_customer_orders({"order_ids": [id]})
    return HttpResponse("claimed")


def stream(request: MedusaHttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        for _ in range(3):
            yield email(request) + "\n"

    return StreamingHttpResponse(parts())


def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def keep(request: HttpRequest, word: str) -> HttpResponse:
    request.session[request.GET.get("key", "kept")] = word
    return HttpResponse(word)


def keep_slowly(request: MedusaHttpRequest, word: str) -> HttpResponse:
    """Load the session, wait for the backend, and save the loaded session with this word."""
    request.session.get("kept")
    email(request)
    return keep(request, word)


def kept(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.session.get("kept")))


def boom(request: MedusaHttpRequest) -> HttpResponse:
    raise RuntimeError(email(request))


def not_found(request: MedusaHttpRequest) -> HttpResponse:
    return HttpResponse(request.medusa.orders.retrieve("order_nope").order.id)


def bad_proxy(request: MedusaHttpRequest) -> HttpResponse:
    request.medusa.session.proxies["http"] = "http://127.0.0.1:no-port"
    return whoami(request)


def admin(request: MedusaHttpRequest) -> HttpResponse:
    """Call the Admin with these options. If they are wrong, a customer cannot fix them."""
    options: Any = request.GET.dict()
    return HttpResponse(request.medusa.with_options(**options).admin.custom.get("orders"))


def on_both_sides(request: MedusaHttpRequest) -> JsonResponse:
    """Return who this request's client acts as on the Store and on the Admin.

    If the query has an e-mail address, log in to the Admin first.
    """
    if "email" in request.GET:
        request.medusa.admin.auth.get_token({"email": request.GET["email"], "password": request.GET["password"]})
    return JsonResponse([request.medusa.request("GET", f"/{side}/whoami") for side in ("store", "admin")], safe=False)


def cart(request: MedusaHttpRequest) -> JsonResponse:
    found = get_cart(request, fields=request.GET.get("fields"))
    return JsonResponse(found and cart_as_json(found), safe=False)


def add(request: MedusaHttpRequest, variant_id: str) -> JsonResponse:
    found = get_or_create_cart(request)
    item: StorePostCartsCartLineItemsReq = {"variant_id": variant_id, "quantity": 1}
    return JsonResponse(cart_as_json(request.medusa.carts.line_items.create(found.id, item).cart))


def check_out(request: MedusaHttpRequest) -> JsonResponse:
    found = get_or_create_cart(request)
    request.medusa.carts.update(found.id, {"email": request.GET["email"]})
    request.medusa.carts.create_payment_sessions(found.id)
    return JsonResponse({"id": found.id})


def complete(request: MedusaHttpRequest) -> HttpResponse:
    try:
        return HttpResponse(complete_cart(request).id)
    except CartError as error:
        return HttpResponse(error.text, status=409)


def forget(request: MedusaHttpRequest) -> HttpResponse:
    forget_cart(request)
    return HttpResponse("forgotten")


def price(request: MedusaHttpRequest) -> HttpResponse:
    found = get_or_create_cart(request)
    region = region_of(found, default=request.medusa.regions.list().regions[0])
    products = request.medusa.products.list({"handle": "enamel-mug", "region_id": region.id}).products
    template = Template("{% load medusa %}{{ product|price:region }} {{ product.variants.0|price:region }}")
    return HttpResponse(template.render(Context({"product": products[0], "region": region})))


async def from_async(request: MedusaHttpRequest) -> HttpResponse:
    from asgiref.sync import sync_to_async

    return HttpResponse(await sync_to_async(email)(request))


urlpatterns = [
    path("whoami", whoami),
    path("login", log_in, name="login"),
    path("logout", log_out),
    path("me", me),
    path("orders/<path:id>", order),
    path("orders/", order, {"id": ""}),
    path("my-orders/<path:id>", my_order),
    path("by-hand", by_hand),
    path("leave-traces", leave_traces),
    path("all-in-one", all_in_one),
    path("switching", switching),
    path("claim/<id>", claim),
    path("stream", stream),
    path("public", public),
    path("cached", cache_page(60)(whoami)),
    path("keep/<word>", keep),
    path("keep-slowly/<word>", keep_slowly),
    path("kept", kept),
    path("boom", boom),
    path("not-found", not_found),
    path("bad-proxy", bad_proxy),
    path("admin", admin),
    path("on-both-sides", on_both_sides),
    path("async", from_async),
    path("cart", cart),
    path("cached-cart", cache_page(60)(cart)),
    path("add/<variant_id>", add),
    path("check-out", check_out),
    path("complete", complete),
    path("forget", forget),
    path("price", price),
]

if "CONNECT_BEFORE_FORK" in os.environ:
    get_client().request("GET", "/store/whoami")

wsgi = get_wsgi_application()
asgi = get_asgi_application()
