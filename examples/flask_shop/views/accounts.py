"""The account pages: registration, login, addresses."""

from __future__ import annotations

import re
from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from examples.catalogue import all_regions
from examples.checkout import address_fields, address_payload, countries_of
from medusa import (
    AddressCreatePayload,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    StorePostCustomersReq,
)
from medusa.contrib.flask import current_medusa, login, logout

from ..forms import AddressForm, LoginForm, RegisterForm
from .blueprint import shop

NEWEST_ORDERS = 3


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
    """Redirect to the page in `next`, if the page is on this site."""
    target = request.args.get("next", "")
    # No whitespace is allowed, because browsers ignore tabs: /<tab>/example.com would be a URL of another site.
    is_here = re.fullmatch(r"/(?![/\\])\S*", target)
    return redirect(target if is_here else url_for("shop.orders"))


@shop.post("/logout")
def log_out() -> ResponseReturnValue:
    logout()
    flash("You are logged out.")
    return redirect(url_for("shop.home"))


@shop.get("/account")
def account() -> ResponseReturnValue:
    customer = current_medusa.customers.retrieve().customer
    newest = current_medusa.customers.list_orders({"limit": NEWEST_ORDERS}).orders
    return render_template("account.html", customer=customer, orders=newest)


@shop.route("/account/addresses", methods=["GET", "POST"])
def new_address() -> ResponseReturnValue:
    form = AddressForm(request.form, countries=countries_of(*all_regions(current_medusa)))
    if request.method == "POST" and form.validate():
        address = cast(AddressCreatePayload, address_payload(form.data))
        current_medusa.customers.addresses.add_address({"address": address})
        flash("The address has been saved.")
        return redirect(url_for("shop.account"))
    return render_template("address.html", form=form, title="Add an address")


@shop.route("/account/addresses/<id>", methods=["GET", "POST"])
def address(id: str) -> ResponseReturnValue:
    """Change an address of the customer."""
    addresses = current_medusa.customers.retrieve().customer.shipping_addresses
    address = next((address for address in addresses if address.id == id), None)
    if address is None:
        abort(404)
    countries = countries_of(*all_regions(current_medusa))
    form = AddressForm(request.form, countries=countries, data=address_fields(address))
    if request.method == "POST" and form.validate():
        current_medusa.customers.addresses.update_address(id, address_payload(form.data))
        flash("The address has been saved.")
        return redirect(url_for("shop.account"))
    return render_template("address.html", form=form, title="Change the address")


@shop.post("/account/addresses/<id>/delete")
def delete_address(id: str) -> ResponseReturnValue:
    current_medusa.customers.addresses.delete_address(id)
    flash("The address has been deleted.")
    return redirect(url_for("shop.account"))
