"""The cart page."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from examples.checkout import count_of, has_discount, quantity_of
from medusa import Cart, StorePostCartsCartReqDiscount
from medusa.contrib.flask import CartError, cart_errors, current_medusa, get_cart

from ..forms import DiscountForm
from .blueprint import shop


def count_items(cart: Cart | None) -> None:
    """Store the number of pieces in the session. Each page shows it, and most pages need no other data of the cart."""
    count = count_of(cart)
    if session.get("cart_count", 0) != count:
        session["cart_count"] = count


@shop.get("/cart")
def cart() -> ResponseReturnValue:
    cart = get_cart()
    count_items(cart)
    return render_template("cart.html", cart=cart, form=DiscountForm())


@shop.post("/cart/items/<id>")
def change_item(id: str) -> ResponseReturnValue:
    """Set how many of an item the customer wants, or remove it."""
    cart = get_cart()
    quantity = 0 if "remove" in request.form else quantity_of(request.form.get("quantity", ""))
    if quantity is None:
        flash("Enter a quantity from 0 to 99.", "error")
    elif cart and any(item.id == id for item in cart.items):
        try:
            with cart_errors():
                cart = current_medusa.carts.line_items.update(cart.id, id, {"quantity": quantity}).cart
        except CartError as error:
            flash(error.text, "error")
        else:
            count_items(cart)
            flash("Your cart has been updated.")
    return redirect(url_for("shop.cart"))


@shop.post("/cart/discounts")
def add_discount() -> ResponseReturnValue:
    cart, form = get_cart(), DiscountForm(request.form)
    if cart is None:
        return redirect(url_for("shop.cart"))
    if form.validate():
        code = form.code.data or ""
        discounts: list[StorePostCartsCartReqDiscount] = [{"code": each.code} for each in cart.discounts]
        try:
            with cart_errors():
                cart = current_medusa.carts.update(cart.id, {"discounts": [*discounts, {"code": code}]}).cart
        except CartError as error:
            form.code.errors = [error.text]
        else:
            if has_discount(cart, code):
                flash("The discount has been applied.")
                return redirect(url_for("shop.cart"))
            form.code.errors = ["This code cannot be combined with your other code."]
    return render_template("cart.html", cart=cart, form=form)


@shop.post("/cart/discounts/remove")
def remove_discount() -> ResponseReturnValue:
    cart = get_cart()
    code = request.form.get("code", "")
    if cart and has_discount(cart, code):
        current_medusa.carts.delete_discount(cart.id, code)
        flash("The discount has been removed.")
    return redirect(url_for("shop.cart"))
