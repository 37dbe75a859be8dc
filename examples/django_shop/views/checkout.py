"""The checkout pages: address, delivery, payment."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

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
from medusa.contrib.django import CartError, MedusaHttpRequest, cart_errors, complete_cart, get_cart

from ..forms import AddressForm, GuestAddressForm
from .cart import count_items
from .orders import remember_order


@require_safe
def checkout(request: MedusaHttpRequest) -> HttpResponse:
    """Redirect to the first step that is not complete."""
    return redirect(missing_step(get_cart(request)) or "checkout_payment")


def address(request: MedusaHttpRequest) -> HttpResponse:
    cart = get_cart(request)
    if cart is None or not cart.items or cart.region is None:
        return redirect("cart")
    customer = request.medusa.customers.retrieve().customer if "medusa_token" in request.session else None
    saved = saved_addresses(customer, cart.region)
    chosen = saved.get(request.POST.get("saved", ""))
    if customer and chosen:
        return set_address(request, cart, customer.email, address_payload(address_fields(chosen)))
    form_class = AddressForm if customer else GuestAddressForm
    form = form_class(
        request.POST or None,
        countries=countries_of(cart.region),
        initial={**address_fields(cart.shipping_address), "email": cart.email},
    )
    if form.is_valid():
        email = customer.email if customer else form.cleaned_data["email"]
        return set_address(request, cart, email, address_payload(form.cleaned_data))
    return render(request, "checkout_address.html", {"cart": cart, "form": form, "saved": saved.values()})


def set_address(request: MedusaHttpRequest, cart: Cart, email: str, address: AddressPayload) -> HttpResponse:
    """Set the shipping and billing address of the cart, and go to the next step."""
    try:
        payload: StorePostCartsCartReq = {"email": email, "shipping_address": address, "billing_address": address}
        request.medusa.carts.update(cart.id, payload)
    except MedusaInvalidRequestError:  # The forms check all other fields, but the backend is stricter about e-mail.
        messages.error(request, "We cannot send e-mail to this address. Please enter another e-mail address.")
        return redirect("checkout_address")
    return redirect("checkout_shipping")


def shipping(request: MedusaHttpRequest) -> HttpResponse:
    cart = get_cart(request)
    step = missing_step(cart)
    if cart is None or step in ("cart", "checkout_address"):
        return redirect(step or "cart")
    options = request.medusa.shipping_options.list_cart_options(cart.id).shipping_options
    chosen = request.POST.get("option_id", "")
    if chosen in {option.id for option in options}:  # The backend also accepts options for returns and for staff.
        request.medusa.carts.add_shipping_method(cart.id, {"option_id": chosen})
        return redirect("checkout_payment")
    chosen = cart.shipping_methods[0].shipping_option_id if cart.shipping_methods else ""
    return render(request, "checkout_shipping.html", {"cart": cart, "options": options, "chosen": chosen})


def payment(request: MedusaHttpRequest) -> HttpResponse:
    """Show a summary before the payment. The button places the order."""
    cart = get_cart(request)
    if cart and (step := missing_step(cart)):
        return redirect(step)
    if request.method == "POST":
        return place_order(request, cart)
    if cart is None:
        return redirect("cart")
    return render(request, "checkout_payment.html", {"cart": cart, "payments": payments_of(cart)})


def place_order(request: MedusaHttpRequest, cart: Cart | None) -> HttpResponse:
    """Complete the cart. After a double click, both requests show the same order."""
    try:
        with cart_errors():
            if cart:
                prepare_payment(request.medusa, cart, request.POST.get("provider_id", ""))
            order = complete_cart(request)
    except CartError as error:
        messages.error(request, error.text)
        return redirect("checkout_payment")
    count_items(request, None)
    remember_order(request, order)
    return redirect("thanks", id=order.id)
