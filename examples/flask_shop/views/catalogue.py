"""The catalog pages: products and regions."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from examples.catalogue import all_regions, find_product, find_products, region_of
from examples.checkout import quantity_of
from medusa import Product, Region, StorePostCartsCartLineItemsReq
from medusa.contrib.flask import CartError, cart_errors, current_medusa, get_cart, get_or_create_cart

from .blueprint import shop
from .cart import count_items


def current_region() -> Region:
    """Return the region of the cart, or the region that the visitor chose if there is no cart."""
    cart = get_cart()
    return (cart and cart.region) or region_of(current_medusa, session.get("region_id"))


@shop.get("/")
def home() -> ResponseReturnValue:
    region = current_region()
    return render_template("home.html", region=region, catalogue=find_products(current_medusa, region, {}))


@shop.get("/products")
def products() -> ResponseReturnValue:
    region = current_region()
    found = find_products(current_medusa, region, request.args)
    return render_template("products.html", region=region, catalogue=found)


@shop.route("/products/<handle>", methods=["GET", "POST"])
def product(handle: str) -> ResponseReturnValue:
    region = current_region()
    found = find_product(current_medusa, region, handle)
    if found is None:
        abort(404)
    if request.method == "POST" and add_to_cart(region, found):
        return redirect(url_for("shop.cart"))
    return render_template("product.html", region=region, product=found, chosen=request.form.get("variant_id"))


def add_to_cart(region: Region, product: Product) -> bool:
    """Add the chosen variant to the cart. If this is not possible, return False after adding a message for the page."""
    chosen, quantity = request.form.get("variant_id"), quantity_of(request.form.get("quantity", ""))
    if not quantity or chosen not in {variant.id for variant in product.variants}:
        flash("Choose a variant and a quantity from 1 to 99.", "error")
        return False
    try:
        with cart_errors():
            cart = get_or_create_cart({"region_id": region.id})
            item: StorePostCartsCartLineItemsReq = {"variant_id": chosen, "quantity": quantity}
            cart = current_medusa.carts.line_items.create(cart.id, item).cart
    except CartError as error:
        flash(error.text, "error")
        return False
    count_items(cart)
    flash(f"{product.title} is in your cart.")
    return True


@shop.route("/region", methods=["GET", "POST"])
def region() -> ResponseReturnValue:
    """Choose the region for deliveries. The region determines all prices, including the prices in the cart."""
    regions = {region.id: region for region in all_regions(current_medusa)}
    chosen = request.form.get("region_id")
    if chosen not in regions:
        return render_template("region.html", regions=regions.values(), region=current_region())
    session["region_id"] = chosen
    cart = get_cart()
    if cart:
        count_items(current_medusa.carts.update(cart.id, {"region_id": chosen}).cart)
    flash(f"We deliver to {regions[chosen].name}, and show prices for it.")
    return redirect(url_for("shop.products"))
