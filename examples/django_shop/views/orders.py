"""The order pages for customers and guests, and claiming an order for an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from examples.catalogue import page_number
from examples.claim_mail import claim_mail
from medusa import MedusaInvalidRequestError, MedusaNotFoundError, MedusaServerError, Order
from medusa.contrib.django import MedusaHttpRequest, get_order_or_404

from ..forms import LookupForm

ORDERS_PER_PAGE = 10


def lookup(request: MedusaHttpRequest) -> HttpResponse:
    """Let a guest find an order by its number and e-mail address."""
    form = LookupForm(request.POST or None)
    if form.is_valid():
        number, email = form.cleaned_data["number"], form.cleaned_data["email"]
        try:
            found = request.medusa.orders.lookup_order({"display_id": number, "email": email}).order
        except (MedusaNotFoundError, MedusaInvalidRequestError):
            form.add_error(
                "email",
                "We found no order with this number and this address. Check both, and enter the address exactly as"
                " you did when you ordered, including capital letters.",
            )
        else:
            remember_order(request, found)
            return redirect("order", found.id)
    return render(request, "lookup.html", {"form": form})


def remember_order(request: HttpRequest, order: Order) -> None:
    """Allow this browser session to see an order that was placed or found in it."""
    request.session["looked_up"] = {**request.session.get("looked_up", {}), order.id: order.email}


def looked_up_order(request: HttpRequest, id: str) -> Order | None:
    """Return the order if it was placed or found in this session and its e-mail address has not changed since."""
    email = request.session.get("looked_up", {}).get(id)
    if email is None:
        return None
    order = get_order_or_404(request, id)
    return order if order.email == email else None


@require_safe
def order(request: HttpRequest, id: str, is_new: bool = False) -> HttpResponse:
    """Show an order. After the checkout, the page also thanks the customer."""
    order = looked_up_order(request, id) or get_order_or_404(request, id, customer_only=True)
    is_own = order.customer_id == request.session.get("medusa_customer_id")
    return render(request, "order.html", {"order": order, "is_own": is_own, "is_new": is_new})


@require_safe
def orders(request: MedusaHttpRequest) -> HttpResponse:
    """List the customer's orders, the newest first."""
    number = page_number(request.GET.get("page", ""))
    offset = (number - 1) * ORDERS_PER_PAGE
    found = request.medusa.customers.list_orders({"limit": ORDERS_PER_PAGE, "offset": offset})
    context = {
        "orders": found.orders,
        "newer": number - 1 if number > 1 else None,
        "older": number + 1 if found.count > offset + ORDERS_PER_PAGE else None,
    }
    return render(request, "orders.html", context)


@require_POST
def claim(request: MedusaHttpRequest, id: str) -> HttpResponse:
    """Claim an order that the customer placed as a guest."""
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
    """Show the page of the link in the e-mail. Opening it changes nothing, because mail programs open links too."""
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
        if error.status != 500:  # Medusa responds with 500 if the token is expired or forged.
            raise
        return render(request, "claim_failed.html", status=400)
    messages.success(request, "The order is now in the account that claimed it.")
    return redirect("orders")
