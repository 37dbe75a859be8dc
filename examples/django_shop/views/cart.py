"""The cart page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from examples.checkout import count_of, has_discount, quantity_of
from medusa import Cart, StorePostCartsCartReqDiscount
from medusa.contrib.django import CartError, MedusaHttpRequest, cart_errors, get_cart

from ..forms import DiscountForm


def count_items(request: HttpRequest, cart: Cart | None) -> None:
    """Store the number of pieces in the session. Each page shows it, and most pages need no other data of the cart."""
    count = count_of(cart)
    if request.session.get("cart_count", 0) != count:
        request.session["cart_count"] = count


@require_safe
def cart(request: MedusaHttpRequest) -> HttpResponse:
    cart = get_cart(request)
    count_items(request, cart)
    return render(request, "cart.html", {"cart": cart, "form": DiscountForm()})


@require_POST
def change_item(request: MedusaHttpRequest, id: str) -> HttpResponse:
    """Set how many of an item the customer wants, or remove it."""
    cart = get_cart(request)
    quantity = 0 if "remove" in request.POST else quantity_of(request.POST.get("quantity", ""))
    if quantity is None:
        messages.error(request, "Enter a quantity from 0 to 99.")
    elif cart and any(item.id == id for item in cart.items):
        try:
            with cart_errors():
                cart = request.medusa.carts.line_items.update(cart.id, id, {"quantity": quantity}).cart
        except CartError as error:
            messages.error(request, error.text)
        else:
            count_items(request, cart)
            messages.success(request, "Your cart has been updated.")
    return redirect("cart")


@require_POST
def add_discount(request: MedusaHttpRequest) -> HttpResponse:
    cart, form = get_cart(request), DiscountForm(request.POST)
    if cart is None:
        return redirect("cart")
    if form.is_valid():
        code = form.cleaned_data["code"]
        discounts: list[StorePostCartsCartReqDiscount] = [{"code": each.code} for each in cart.discounts]
        try:
            with cart_errors():
                cart = request.medusa.carts.update(cart.id, {"discounts": [*discounts, {"code": code}]}).cart
        except CartError as error:
            form.add_error("code", error.text)
        else:
            if has_discount(cart, code):
                messages.success(request, "The discount has been applied.")
                return redirect("cart")
            form.add_error("code", "This code cannot be combined with your other code.")
    return render(request, "cart.html", {"cart": cart, "form": form})


@require_POST
def remove_discount(request: MedusaHttpRequest) -> HttpResponse:
    cart = get_cart(request)
    code = request.POST.get("code", "")
    if cart and has_discount(cart, code):
        request.medusa.carts.delete_discount(cart.id, code)
        messages.success(request, "The discount has been removed.")
    return redirect("cart")
