"""The order pages for customers and guests, and claiming an order for an account."""

from __future__ import annotations

from typing import Any, cast

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from examples.catalogue import page_number
from examples.claim_mail import claim_mail
from medusa import MedusaInvalidRequestError, MedusaNotFoundError, MedusaServerError, Order, StoreGetOrdersParams
from medusa.contrib.flask import current_medusa, get_order_or_404

from ..forms import LookupForm
from .blueprint import shop

ORDERS_PER_PAGE = 10


@shop.route("/lookup", methods=["GET", "POST"])
def lookup() -> ResponseReturnValue:
    """Let a guest find an order by its number and e-mail address."""
    form = LookupForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            payload = StoreGetOrdersParams(display_id=form.number.data or 0, email=form.email.data or "")
            found = current_medusa.orders.lookup_order(payload).order
        except (MedusaNotFoundError, MedusaInvalidRequestError):
            form.email.errors = [
                "We found no order with this number and this address. Check both, and enter the address exactly as"
                " you did when you ordered, including capital letters."
            ]
        else:
            remember_order(found)
            return redirect(url_for("shop.order", id=found.id))
    return render_template("lookup.html", form=form)


def remember_order(order: Order) -> None:
    """Allow this browser session to see an order that was placed or found in it."""
    session["looked_up"] = {**session.get("looked_up", {}), order.id: order.email}


def looked_up_order(id: str) -> Order | None:
    """Return the order if it was placed or found in this session and its e-mail address has not changed since."""
    email = session.get("looked_up", {}).get(id)
    if email is None:
        return None
    order = get_order_or_404(id)
    return order if order.email == email else None


@shop.get("/orders/<id>")
def order(id: str, is_new: bool = False) -> ResponseReturnValue:
    """Show an order. After the checkout, the page also thanks the customer."""
    order = looked_up_order(id) or get_order_or_404(id, customer_only=True)
    is_own = order.customer_id == session.get("medusa_customer_id")
    return render_template("order.html", order=order, is_own=is_own, is_new=is_new)


@shop.get("/orders/<id>/thanks")
def thanks(id: str) -> ResponseReturnValue:
    return order(id, is_new=True)


@shop.get("/orders")
def orders() -> ResponseReturnValue:
    """List the customer's orders, the newest first."""
    number = page_number(request.args.get("page", ""))
    offset = (number - 1) * ORDERS_PER_PAGE
    found = current_medusa.customers.list_orders({"limit": ORDERS_PER_PAGE, "offset": offset})
    return render_template(
        "orders.html",
        orders=found.orders,
        newer=number - 1 if number > 1 else None,
        older=number + 1 if found.count > offset + ORDERS_PER_PAGE else None,
    )


@shop.post("/orders/<id>/claim")
def claim(id: str) -> ResponseReturnValue:
    """Claim an order that the customer placed as a guest."""
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
    """Show the page of the link in the e-mail. Opening it changes nothing, because mail programs open links too."""
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
        if error.status != 500:  # Medusa responds with 500 if the token is expired or forged.
            raise
        return render_template("claim_failed.html"), 400
    flash("The order is now in the account that claimed it.")
    return redirect(url_for("shop.orders"))
