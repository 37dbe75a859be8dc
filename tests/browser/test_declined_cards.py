"""A card that is declined at the checkout of both example shops, on a real Medusa with a provider for tests."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .steps import ADDRESS, Visitor, add_to_cart, choose_delivery, expect_heading, go, order_now

pytestmark = pytest.mark.server


def test_a_declined_card_and_another_way_to_pay(shop: str, visitor: Visitor) -> None:
    page = visitor()
    go(page, f"{shop}/region")
    page.get_by_role("radio", name="Testland").check()
    page.get_by_role("button", name="Choose this region").click()
    add_to_cart(page, shop, "linen-shirt", "S / White")
    go(page, f"{shop}/checkout")
    page.get_by_label("E-mail address").fill("mode-fail@example.com")
    for label, text in ADDRESS.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Country").select_option("gb")
    page.get_by_role("button", name="Continue to the delivery").click()
    choose_delivery(page)
    choices = page.locator("[name=provider_id]")
    choices.evaluate_all("choices => choices.forEach(choice => choice.disabled = true)")
    page.get_by_role("button", name="Order for").click()
    expect(page.get_by_role("alert")).to_have_text("Please choose how to pay.")
    page.get_by_role("radio", name="Test card").check()
    page.get_by_role("button", name="Order for").click()
    expect(page.get_by_role("alert")).to_have_text("Your payment was declined. Please try another way to pay.")
    expect_heading(page, "Payment")
    page.get_by_role("radio", name="Invoice").check()
    order_now(page)
