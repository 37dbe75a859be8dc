"""The pages."""

from __future__ import annotations

import re
from typing import Any, cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from examples.claim_mail import claim_mail
from medusa import (
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    StoreGetOrdersParams,
    StorePostCustomersReq,
)
from medusa.contrib.flask import current_medusa, get_order_or_404, login, logout

from .forms import LoginForm, LookupForm, RegisterForm

ORDERS_PER_PAGE = 10

shop = Blueprint("shop", __name__)


@shop.get("/")
def home() -> ResponseReturnValue:
    return render_template("home.html")


# Orders


@shop.route("/lookup", methods=["GET", "POST"])
def lookup() -> ResponseReturnValue:
    """A guest's way to an order: its number and the e-mail address together."""
    form = LookupForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            payload = StoreGetOrdersParams(display_id=form.number.data or 0, email=form.email.data or "")
            found = current_medusa.orders.lookup_order(payload).order
        except (MedusaNotFoundError, MedusaInvalidRequestError):
            form.email.errors = [
                "We found no order with this number and this address. Check both, and write the address exactly as"
                " you did when you ordered, capitals included."
            ]
        else:
            session["looked_up"] = {**session.get("looked_up", {}), found.id: found.email}
            return redirect(url_for("shop.order", id=found.id))
    return render_template("lookup.html", form=form)


def looked_up_order(id: str) -> Order | None:
    """The order, if it was looked up in this session and has not changed hands since."""
    email = session.get("looked_up", {}).get(id)
    if email is None:
        return None
    order = get_order_or_404(id)
    return order if order.email == email else None


@shop.get("/orders/<id>")
def order(id: str) -> ResponseReturnValue:
    order = looked_up_order(id) or get_order_or_404(id, customer_only=True)
    return render_template("order.html", order=order, is_own=order.customer_id == session.get("medusa_customer_id"))


@shop.get("/orders")
def orders() -> ResponseReturnValue:
    """The customer's history, the newest first."""
    page = request.args.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    offset = max(number - 1, 0) * ORDERS_PER_PAGE
    found = current_medusa.customers.list_orders({"limit": ORDERS_PER_PAGE, "offset": offset})
    return render_template(
        "orders.html",
        orders=found.orders,
        newer=number - 1 if number > 1 else None,
        older=number + 1 if found.count > offset + ORDERS_PER_PAGE else None,
    )


# Claims


@shop.post("/orders/<id>/claim")
def claim(id: str) -> ResponseReturnValue:
    """Ask to make an order that was placed as a guest the customer's own."""
    order = looked_up_order(id)
    if order is None:
        return redirect(url_for("shop.order", id=id))
    current_medusa.orders.request_customer_orders({"order_ids": [order.id]})
    session["claimed"] = order.id
    return redirect(url_for("shop.claim_sent"))


@shop.get("/claims/sent")
def claim_sent() -> ResponseReturnValue:
    claimed = session.get("claimed")
    if claimed is None:
        return redirect(url_for("shop.orders"))
    demo = cast("dict[str, Any]", current_app.config)["DEMO"]
    mail = claim_mail(current_medusa, claimed) if demo else None
    return render_template("claim_sent.html", mail=mail, demo=demo)


@shop.route("/claims/confirm", methods=["GET", "POST"])
def confirm_claim() -> ResponseReturnValue:
    """Where the mail's link leads. A look at the page changes nothing: mail programs open links too."""
    token = request.values.get("token", "")
    if not token:
        return render_template("claim_failed.html"), 400
    if request.method != "POST":
        return render_template("confirm_claim.html", token=token)
    try:
        current_medusa.orders.confirm_request({"token": token})
    except (MedusaInvalidRequestError, MedusaNotFoundError):
        return render_template("claim_failed.html"), 400
    except MedusaServerError as error:
        if error.status != 500:  # which is what Medusa answers for a token that is expired or forged
            raise
        return render_template("claim_failed.html"), 400
    flash("Done. The order is in the account that asked for it.")
    return redirect(url_for("shop.orders"))


# Accounts


@shop.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    form = RegisterForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            current_medusa.customers.create(cast("StorePostCustomersReq", form.data))
        except MedusaInvalidRequestError as error:
            form.email.errors = [email_problem(error)]
        else:
            login(form.data["email"], form.data["password"])
            return after_login()
    return render_template("register.html", form=form)


def email_problem(error: MedusaInvalidRequestError) -> str:
    if error.type == "duplicate_error":
        return "There is an account with this address. Log in instead."
    return "Enter a valid e-mail address."


@shop.route("/login", methods=["GET", "POST"])
def log_in() -> ResponseReturnValue:
    form = LoginForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            login(form.data["email"], form.data["password"])
        except (MedusaAuthenticationError, MedusaInvalidRequestError):
            form.password.errors = ["Wrong e-mail address or password."]
        else:
            return after_login()
    return render_template("login.html", form=form)


def after_login() -> ResponseReturnValue:
    """To where the customer wanted to go, on this site alone."""
    target = request.args.get("next", "")
    is_here = re.fullmatch(r"/(?![/\\])\S*", target)  # browsers and urllib skip tabs: /<tab>/example.com is elsewhere
    return redirect(target if is_here else url_for("shop.orders"))


@shop.post("/logout")
def log_out() -> ResponseReturnValue:
    logout()
    flash("You are logged out.")
    return redirect(url_for("shop.home"))
