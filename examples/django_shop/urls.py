"""Where the pages are."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("lookup", views.lookup, name="lookup"),
    path("orders", views.orders, name="orders"),
    path("orders/<id>", views.order, name="order"),
    path("orders/<id>/claim", views.claim, name="claim"),
    path("claims/sent", views.claim_sent, name="claim_sent"),
    path("claims/confirm", views.confirm_claim, name="confirm_claim"),
    path("register", views.register, name="register"),
    path("login", views.log_in, name="login"),
    path("logout", views.log_out, name="logout"),
]
