"""The shop of django_shop.py in Flask. `wsgi` is its application."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, cast

from cachelib import FileSystemCache
from flask import Flask, jsonify, render_template_string, request, session, stream_with_context
from flask.typing import ResponseReturnValue
from flask_session import Session

from medusa.contrib.flask import (
    CartError,
    FlaskMedusa,
    complete_cart,
    current_medusa,
    forget_cart,
    get_cart,
    get_or_create_cart,
    get_order_or_404,
    login,
    logout,
    region_of,
)

from .store import cart_as_json, seen_while_switching

medusa = FlaskMedusa()


def email() -> str:
    return str(current_medusa.request("GET", "/store/whoami")["email"])


def log_in() -> str:
    return login(request.args["email"], request.args["password"]).email


def log_out() -> str:
    logout()
    return "bye"


def me() -> str:
    return current_medusa.auth.get_session().customer.email


def order(id: str = "") -> str:
    template = (
        "{{ order.id }}: {{ order.total|format_amount(order.currency_code, 'en') }}{{ none|format_amount('eur') }}"
    )
    return render_template_string(template, order=get_order_or_404(id))


def my_order(id: str) -> str:
    return get_order_or_404(id, customer_only=True, fields=request.args.get("fields")).id


def by_hand() -> str:
    current_medusa.auth.get_token({"email": request.args["email"], "password": request.args["password"]})
    return email()


def leave_traces() -> str:
    of_medusa = current_medusa.session
    of_medusa.headers["X-Left"] = "header"
    of_medusa.params["left"] = "param"
    of_medusa.hooks["response"].append(lambda response, **_: response.__dict__.update(status_code=418))
    of_medusa.proxies["http"] = "http://127.0.0.1:9"
    of_medusa.auth = ("left", "auth")
    of_medusa.cookies.set("left", "cookie")
    current_medusa.set_publishable_key("pk_left")
    return "left"


def all_in_one() -> ResponseReturnValue:
    held = current_medusa.orders

    def seen() -> list[str]:
        held_by = held._transport.send("GET", "/store/whoami", route="/store/whoami").json()
        return [email(), str(held_by["email"])]

    steps = [seen()]
    login("ada@example.com", "correct-horse")
    steps.append(seen())
    current_medusa.auth.get_token({"email": "eve@example.com", "password": "correct-horse"})
    steps.append(seen())
    login("bob@example.com", "correct-horse")
    steps.append(seen())
    current_medusa.auth.get_token({"email": "eve@example.com", "password": "correct-horse"})
    logout()
    steps.append(seen())
    return jsonify(steps)


def switching() -> ResponseReturnValue:
    held = cast(Any, current_medusa)._get_current_object()
    of_request = cast(Any, session)._get_current_object()
    return jsonify(seen_while_switching(held, of_request, request.args.getlist("token")))


def claim(id: str) -> str:
    current_medusa.orders.request_customer_orders({"order_ids": [id]})
    return "claimed"


def stream() -> ResponseReturnValue:
    def parts() -> Iterator[str]:
        for _ in range(3):
            yield email() + "\n"

    return stream_with_context(parts())


def public() -> str:
    return "hello"


def keep(word: str) -> str:
    session[request.args.get("key", "kept")] = word
    return word


def keep_slowly(word: str) -> str:
    session.get("kept")
    email()
    return keep(word)


def kept() -> str:
    return str(session.get("kept"))


def boom() -> str:
    raise RuntimeError(email())


def not_found() -> str:
    return current_medusa.orders.retrieve("order_nope").order.id


def bad_proxy() -> str:
    current_medusa.session.proxies["http"] = "http://127.0.0.1:no-port"
    return email()


def admin() -> str:
    options: Any = request.args.to_dict()
    return str(current_medusa.with_options(**options).admin.custom.get("orders"))


def on_both_sides() -> ResponseReturnValue:
    if "email" in request.args:
        current_medusa.admin.auth.get_token({"email": request.args["email"], "password": request.args["password"]})
    return jsonify([current_medusa.request("GET", f"/{side}/whoami") for side in ("store", "admin")])


def cart() -> ResponseReturnValue:
    found = get_cart(fields=request.args.get("fields"))
    return jsonify(found and cart_as_json(found))


def add(variant_id: str) -> ResponseReturnValue:
    found = get_or_create_cart()
    added = current_medusa.carts.line_items.create(found.id, {"variant_id": variant_id, "quantity": 1})
    return jsonify(cart_as_json(added.cart))


def check_out() -> ResponseReturnValue:
    found = get_or_create_cart()
    current_medusa.carts.update(found.id, {"email": request.args["email"]})
    current_medusa.carts.create_payment_sessions(found.id)
    return jsonify(id=found.id)


def complete() -> ResponseReturnValue:
    try:
        return complete_cart().id
    except CartError as error:
        return error.text, 409


def forget() -> str:
    forget_cart()
    return "forgotten"


def price() -> str:
    found = get_or_create_cart()
    region = region_of(found, default=current_medusa.regions.list().regions[0])
    template = "{{ product|price(region, 'en') }} {{ product.variants[0]|price(region, 'en') }}"
    products = current_medusa.products.list({"handle": "enamel-mug", "region_id": region.id}).products
    return render_template_string(template, product=products[0], region=region)


def create_app(base_url: str, **config: Any) -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="for-tests-" * 6, MEDUSA={"base_url": base_url, "pool_maxsize": 4, "timeout": 30.0})
    app.config.update(config)
    medusa.init_app(app)
    views: dict[str, Callable[..., ResponseReturnValue]] = {
        "/whoami": email,
        "/login": log_in,
        "/logout": log_out,
        "/me": me,
        "/orders/<path:id>": order,
        "/orders/": order,
        "/my-orders/<path:id>": my_order,
        "/by-hand": by_hand,
        "/leave-traces": leave_traces,
        "/all-in-one": all_in_one,
        "/switching": switching,
        "/stream": stream,
        "/public": public,
        "/keep/<word>": keep,
        "/keep-slowly/<word>": keep_slowly,
        "/kept": kept,
        "/boom": boom,
        "/not-found": not_found,
        "/bad-proxy": bad_proxy,
        "/admin": admin,
        "/on-both-sides": on_both_sides,
        "/cart": cart,
        "/add/<variant_id>": add,
        "/check-out": check_out,
        "/complete": complete,
        "/forget": forget,
        "/price": price,
    }
    for rule, view in views.items():
        app.add_url_rule(rule, view.__name__, view)
    app.add_url_rule("/claim/<id>", view_func=claim, methods=["POST"])
    return app


if "STORE_URL" in os.environ:
    wsgi = create_app(os.environ["STORE_URL"])
    if "FLASK_SESSIONS" in os.environ:
        wsgi.config.update(SESSION_TYPE="cachelib", SESSION_CACHELIB=FileSystemCache(os.environ["FLASK_SESSIONS"]))
        Session(wsgi)
    if "CONNECT_BEFORE_FORK" in os.environ:
        with wsgi.app_context():
            current_medusa.request("GET", "/store/whoami")
