"""The catalog pages: products and regions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from examples.catalogue import all_regions, find_product, find_products, region_of
from examples.checkout import quantity_of
from medusa import Product, Region, StorePostCartsCartLineItemsReq
from medusa.contrib.django import CartError, MedusaHttpRequest, cart_errors, get_cart, get_or_create_cart

from .cart import count_items


def current_region(request: MedusaHttpRequest) -> Region:
    """Return the region of the cart, or the region that the visitor chose if there is no cart."""
    cart = get_cart(request)
    return (cart and cart.region) or region_of(request.medusa, request.session.get("region_id"))


@require_safe
def home(request: MedusaHttpRequest) -> HttpResponse:
    region = current_region(request)
    return render(request, "home.html", {"region": region, "catalogue": find_products(request.medusa, region, {})})


@require_safe
def products(request: MedusaHttpRequest) -> HttpResponse:
    region = current_region(request)
    found = find_products(request.medusa, region, request.GET.dict())
    return render(request, "products.html", {"region": region, "catalogue": found})


def product(request: MedusaHttpRequest, handle: str) -> HttpResponse:
    region = current_region(request)
    found = find_product(request.medusa, region, handle)
    if found is None:
        raise Http404("There is no such product.")
    if request.method == "POST" and add_to_cart(request, region, found):
        return redirect("cart")
    context = {"region": region, "product": found, "chosen": request.POST.get("variant_id")}
    return render(request, "product.html", context)


def add_to_cart(request: MedusaHttpRequest, region: Region, product: Product) -> bool:
    """Add the chosen variant to the cart. If this is not possible, return False after adding a message for the page."""
    chosen, quantity = request.POST.get("variant_id"), quantity_of(request.POST.get("quantity", ""))
    if not quantity or chosen not in {variant.id for variant in product.variants}:
        messages.error(request, "Choose a variant and a quantity from 1 to 99.")
        return False
    try:
        with cart_errors():
            cart = get_or_create_cart(request, {"region_id": region.id})
            item: StorePostCartsCartLineItemsReq = {"variant_id": chosen, "quantity": quantity}
            cart = request.medusa.carts.line_items.create(cart.id, item).cart
    except CartError as error:
        messages.error(request, error.text)
        return False
    count_items(request, cart)
    messages.success(request, f"{product.title} is in your cart.")
    return True


def region(request: MedusaHttpRequest) -> HttpResponse:
    """Choose the region for deliveries. The region determines all prices, including the prices in the cart."""
    regions = {region.id: region for region in all_regions(request.medusa)}
    chosen = request.POST.get("region_id")
    if chosen not in regions:
        return render(request, "region.html", {"regions": regions.values(), "region": current_region(request)})
    request.session["region_id"] = chosen
    cart = get_cart(request)
    if cart:
        count_items(request, request.medusa.carts.update(cart.id, {"region_id": chosen}).cart)
    messages.success(request, f"We deliver to {regions[chosen].name}, and show prices for it.")
    return redirect("products")
