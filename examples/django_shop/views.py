"""The pages."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from examples.claim_mail import claim_mail
from medusa import (
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    Order,
    StorePostCustomersReq,
)
from medusa.contrib.django import MedusaHttpRequest, get_order_or_404, login, logout

from .forms import LoginForm, LookupForm, RegisterForm

ORDERS_PER_PAGE = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")


# Orders


def lookup(request: MedusaHttpRequest) -> HttpResponse:
    """A guest's way to an order: its number and the e-mail address together."""
    form = LookupForm(request.POST or None)
    if form.is_valid():
        number, email = form.cleaned_data["number"], form.cleaned_data["email"]
        try:
            found = request.medusa.orders.lookup_order({"display_id": number, "email": email}).order
        except (MedusaNotFoundError, MedusaInvalidRequestError):
            form.add_error(
                "email",
                "We found no order with this number and this address. Check both, and write the address exactly as"
                " you did when you ordered, capitals included.",
            )
        else:
            request.session["looked_up"] = {**request.session.get("looked_up", {}), found.id: found.email}
            return redirect("order", found.id)
    return render(request, "lookup.html", {"form": form})


def looked_up_order(request: HttpRequest, id: str) -> Order | None:
    """The order, if it was looked up in this session and has not changed hands since."""
    email = request.session.get("looked_up", {}).get(id)
    if email is None:
        return None
    order = get_order_or_404(request, id)
    return order if order.email == email else None


@require_safe
def order(request: HttpRequest, id: str) -> HttpResponse:
    order = looked_up_order(request, id) or get_order_or_404(request, id, customer_only=True)
    is_own = order.customer_id == request.session.get("medusa_customer_id")
    return render(request, "order.html", {"order": order, "is_own": is_own})


@require_safe
def orders(request: MedusaHttpRequest) -> HttpResponse:
    """The customer's history, the newest first."""
    page = request.GET.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    offset = max(number - 1, 0) * ORDERS_PER_PAGE
    found = request.medusa.customers.list_orders({"limit": ORDERS_PER_PAGE, "offset": offset})
    context = {
        "orders": found.orders,
        "newer": number - 1 if number > 1 else None,
        "older": number + 1 if found.count > offset + ORDERS_PER_PAGE else None,
    }
    return render(request, "orders.html", context)


# Claims


@require_POST
def claim(request: MedusaHttpRequest, id: str) -> HttpResponse:
    """Ask to make an order that was placed as a guest the customer's own."""
    order = looked_up_order(request, id)
    if order is None:
        return redirect("order", id)
    request.medusa.orders.request_customer_orders({"order_ids": [order.id]})
    request.session["claimed"] = order.id
    return redirect("claim_sent")


@require_safe
def claim_sent(request: MedusaHttpRequest) -> HttpResponse:
    claimed = request.session.get("claimed")
    if claimed is None:
        return redirect("orders")
    mail = claim_mail(request.medusa, claimed) if settings.DEMO else None
    return render(request, "claim_sent.html", {"mail": mail, "demo": settings.DEMO})


def confirm_claim(request: MedusaHttpRequest) -> HttpResponse:
    """Where the mail's link leads. A look at the page changes nothing: mail programs open links too."""
    token = request.POST.get("token", "") or request.GET.get("token", "")
    if not token:
        return render(request, "claim_failed.html", status=400)
    if request.method != "POST":
        return render(request, "confirm_claim.html", {"token": token})
    try:
        request.medusa.orders.confirm_request({"token": token})
    except (MedusaInvalidRequestError, MedusaNotFoundError):
        return render(request, "claim_failed.html", status=400)
    except MedusaServerError as error:
        if error.status != 500:  # which is what Medusa answers for a token that is expired or forged
            raise
        return render(request, "claim_failed.html", status=400)
    messages.success(request, "Done. The order is in the account that asked for it.")
    return redirect("orders")


# Accounts


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
    """To where the customer wanted to go, on this site alone."""
    target = request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_here else "orders")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "You are logged out.")
    return redirect("home")
