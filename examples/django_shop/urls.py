"""The URLs of the pages."""

from __future__ import annotations

from django.urls import path

from .views import accounts, cart, catalogue, checkout, orders

urlpatterns = [
    path("", catalogue.home, name="home"),
    path("products", catalogue.products, name="products"),
    path("products/<handle>", catalogue.product, name="product"),
    path("region", catalogue.region, name="region"),
    path("cart", cart.cart, name="cart"),
    path("cart/items/<id>", cart.change_item, name="change_item"),
    path("cart/discounts", cart.add_discount, name="add_discount"),
    path("cart/discounts/remove", cart.remove_discount, name="remove_discount"),
    path("checkout", checkout.checkout, name="checkout"),
    path("checkout/address", checkout.address, name="checkout_address"),
    path("checkout/delivery", checkout.shipping, name="checkout_shipping"),
    path("checkout/payment", checkout.payment, name="checkout_payment"),
    path("lookup", orders.lookup, name="lookup"),
    path("orders", orders.orders, name="orders"),
    path("orders/<id>", orders.order, name="order"),
    path("orders/<id>/thanks", orders.order, {"is_new": True}, name="thanks"),
    path("orders/<id>/claim", orders.claim, name="claim"),
    path("claims/sent", orders.claim_sent, name="claim_sent"),
    path("claims/confirm", orders.confirm_claim, name="confirm_claim"),
    path("register", accounts.register, name="register"),
    path("login", accounts.log_in, name="log_in"),
    path("logout", accounts.log_out, name="log_out"),
    path("account", accounts.account, name="account"),
    path("account/addresses", accounts.new_address, name="new_address"),
    path("account/addresses/<id>", accounts.address, name="address"),
    path("account/addresses/<id>/delete", accounts.delete_address, name="delete_address"),
]
