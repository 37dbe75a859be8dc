"""The account pages: registration, login, addresses."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from examples.catalogue import all_regions
from examples.checkout import address_fields, address_payload, countries_of
from medusa import (
    AddressCreatePayload,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    StorePostCustomersReq,
)
from medusa.contrib.django import MedusaHttpRequest, login, logout

from ..forms import AddressForm, LoginForm, RegisterForm

NEWEST_ORDERS = 3


def register(request: MedusaHttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None)
    if form.is_valid():
        try:
            request.medusa.customers.create(cast("StorePostCustomersReq", form.cleaned_data))
        except MedusaInvalidRequestError as error:
            form.add_error("email", email_problem(error))
        else:
            login(request, form.cleaned_data["email"], form.cleaned_data["password"])
            return after_login(request)
    return render(request, "register.html", {"form": form})


def email_problem(error: MedusaInvalidRequestError) -> str:
    if error.type == "duplicate_error":
        return "There is an account with this address. Log in instead."
    return "Enter a valid e-mail address."


def log_in(request: HttpRequest) -> HttpResponse:
    form = LoginForm(request.POST or None)
    if form.is_valid():
        try:
            login(request, form.cleaned_data["email"], form.cleaned_data["password"])
        except (MedusaAuthenticationError, MedusaInvalidRequestError):
            form.add_error("password", "Wrong e-mail address or password.")
        else:
            return after_login(request)
    return render(request, "login.html", {"form": form})


def after_login(request: HttpRequest) -> HttpResponse:
    """Redirect to the page in `next`, if the page is on this site."""
    target = request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_here else "orders")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "You are logged out.")
    return redirect("home")


@require_safe
def account(request: MedusaHttpRequest) -> HttpResponse:
    customer = request.medusa.customers.retrieve().customer
    newest = request.medusa.customers.list_orders({"limit": NEWEST_ORDERS}).orders
    return render(request, "account.html", {"customer": customer, "orders": newest})


def new_address(request: MedusaHttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None, countries=countries_of(*all_regions(request.medusa)))
    if form.is_valid():
        address = cast(AddressCreatePayload, address_payload(form.cleaned_data))
        request.medusa.customers.addresses.add_address({"address": address})
        messages.success(request, "The address has been saved.")
        return redirect("account")
    return render(request, "address.html", {"form": form, "title": "Add an address"})


def address(request: MedusaHttpRequest, id: str) -> HttpResponse:
    """Change an address of the customer."""
    addresses = request.medusa.customers.retrieve().customer.shipping_addresses
    address = next((address for address in addresses if address.id == id), None)
    if address is None:
        raise Http404("The customer has no such address.")
    countries = countries_of(*all_regions(request.medusa))
    form = AddressForm(request.POST or None, countries=countries, initial=address_fields(address))
    if form.is_valid():
        request.medusa.customers.addresses.update_address(id, address_payload(form.cleaned_data))
        messages.success(request, "The address has been saved.")
        return redirect("account")
    return render(request, "address.html", {"form": form, "title": "Change the address"})


@require_POST
def delete_address(request: MedusaHttpRequest, id: str) -> HttpResponse:
    request.medusa.customers.addresses.delete_address(id)
    messages.success(request, "The address has been deleted.")
    return redirect("account")
