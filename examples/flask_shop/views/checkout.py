"""The checkout pages: address, delivery, payment."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from examples.checkout import (
    address_fields,
    address_payload,
    countries_of,
    missing_step,
    payments_of,
    prepare_payment,
    saved_addresses,
)
from medusa import AddressPayload, Cart, MedusaInvalidRequestError, StorePostCartsCartReq
from medusa.contrib.flask import CartError, cart_errors, complete_cart, current_medusa, get_cart

from ..forms import AddressForm, GuestAddressForm
from .blueprint import shop
from .cart import count_items
from .orders import remember_order


@shop.get("/checkout")
def checkout() -> ResponseReturnValue:
    """Redirect to the first step that is not complete."""
    return redirect(url_for(f"shop.{missing_step(get_cart()) or 'checkout_payment'}"))


@shop.route("/checkout/address", methods=["GET", "POST"])
def checkout_address() -> ResponseReturnValue:
    cart = get_cart()
    if cart is None or not cart.items or cart.region is None:
        return redirect(url_for("shop.cart"))
    customer = current_medusa.customers.retrieve().customer if "medusa_token" in session else None
    saved = saved_addresses(customer, cart.region)
    chosen = saved.get(request.form.get("saved", ""))
    if customer and chosen:
        return set_address(cart, customer.email, address_payload(address_fields(chosen)))
    form_class = AddressForm if customer else GuestAddressForm
    form = form_class(
        request.form,
        countries=countries_of(cart.region),
        data={**address_fields(cart.shipping_address), "email": cart.email},
    )
    if request.method == "POST" and form.validate():
        email = customer.email if customer else form.data["email"]
        return set_address(cart, email, address_payload(form.data))
    return render_template("checkout_address.html", cart=cart, form=form, saved=saved.values())


def set_address(cart: Cart, email: str, address: AddressPayload) -> ResponseReturnValue:
    """Set the shipping and billing address of the cart, and go to the next step."""
    try:
        payload: StorePostCartsCartReq = {"email": email, "shipping_address": address, "billing_address": address}
        current_medusa.carts.update(cart.id, payload)
    except MedusaInvalidRequestError:  # The forms check all other fields, but the backend is stricter about e-mail.
        flash("We cannot send e-mail to this address. Please enter another e-mail address.", "error")
        return redirect(url_for("shop.checkout_address"))
    return redirect(url_for("shop.checkout_shipping"))


@shop.route("/checkout/delivery", methods=["GET", "POST"])
def checkout_shipping() -> ResponseReturnValue:
    cart = get_cart()
    step = missing_step(cart)
    if cart is None or step in ("cart", "checkout_address"):
        return redirect(url_for(f"shop.{step}"))
    options = current_medusa.shipping_options.list_cart_options(cart.id).shipping_options
    chosen = request.form.get("option_id", "")
    if chosen in {option.id for option in options}:  # The backend also accepts options for returns and for staff.
        current_medusa.carts.add_shipping_method(cart.id, {"option_id": chosen})
        return redirect(url_for("shop.checkout_payment"))
    chosen = cart.shipping_methods[0].shipping_option_id if cart.shipping_methods else ""
    return render_template("checkout_shipping.html", cart=cart, options=options, chosen=chosen)


@shop.route("/checkout/payment", methods=["GET", "POST"])
def checkout_payment() -> ResponseReturnValue:
    """Show a summary before the payment. The button places the order."""
    cart = get_cart()
    if cart and (step := missing_step(cart)):
        return redirect(url_for(f"shop.{step}"))
    if request.method == "POST":
        return place_order(cart)
    if cart is None:
        return redirect(url_for("shop.cart"))
    return render_template("checkout_payment.html", cart=cart, payments=payments_of(cart))


def place_order(cart: Cart | None) -> ResponseReturnValue:
    """Complete the cart. After a double click, both requests show the same order."""
    try:
        with cart_errors():
            if cart:
                prepare_payment(current_medusa, cart, request.form.get("provider_id", ""))
            order = complete_cart()
    except CartError as error:
        flash(error.text, "error")
        return redirect(url_for("shop.checkout_payment"))
    count_items(None)
    remember_order(order)
    return redirect(url_for("shop.thanks", id=order.id))
