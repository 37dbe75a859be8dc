"""Actions of visitors on the pages of the shops, and checks of what the pages show."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from medusa import Medusa, Product, ProductVariant, Region

from ..contrib.test_live import PASSWORD
from .conftest import NARROW, WIDE

Visitor = Callable[[], Page]

ADDRESS = {
    "First name": "Emmy",
    "Last name": "Noether",
    "Street and number": "Unter den Linden 1",
    "Postal code": "10117",
    "City": "Berlin",
}


def go(page: Page, url: str) -> Response:
    response = page.goto(url, wait_until="domcontentloaded")
    assert response
    return response


def look_up(page: Page, shop: str, number: int | str, email: str) -> None:
    go(page, f"{shop}/lookup")
    page.get_by_label("Order number").fill(str(number))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Find the order").click()


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()


def sign_up(page: Page, email: str) -> None:
    page.get_by_label("First name").fill("Emmy")
    page.get_by_label("Last name").fill("Noether")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Register").click()


def expect_heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def expect_error(page: Page, label: str, text: str) -> None:
    """Check that the field is marked as wrong, and that this message describes it."""
    field = page.get_by_label(label)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(text))
    expect(page).to_have_title(re.compile("^Error: "))


def check_title(page: Page, title: str) -> None:
    expect(page).to_have_title(f"{title} · Moss & Wick")


def add_to_cart(page: Page, shop: str, handle: str, variant: str, quantity: int = 1) -> None:
    go(page, f"{shop}/products/{handle}")
    page.get_by_role("radio", name=variant).check()
    page.get_by_label("Quantity").fill(str(quantity))
    page.get_by_role("button", name="Add to the cart").click()
    expect_heading(page, "Your cart")


def fill_address(page: Page, button: str, email: str | None = None, country: str = "de") -> None:
    if email:
        page.get_by_label("E-mail address").fill(email)
    for label, text in ADDRESS.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Country").select_option(country)
    page.get_by_role("button", name=button).click()


def choose_delivery(page: Page) -> None:
    expect_heading(page, "Delivery")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Continue to the payment").click()
    expect_heading(page, "Payment")


def order_now(page: Page, clicks: int = 1) -> str:
    """Place the order, and return its number."""
    page.get_by_role("button", name="Order for").click(click_count=clicks)
    expect_heading(page, "Thank you for your order")
    found = re.search(r"Your order number is (\d+)", page.get_by_role("main").inner_text())
    assert found
    return found[1]


def check_page(page: Page) -> None:
    """Check that the page follows axe's rules in light and dark, and that it fits a small phone and a desktop."""
    found = Axe().run(page)
    assert not found.violations_count, (page.url, found.generate_report())
    page.emulate_media(color_scheme="dark")
    found = AxeResults(page.evaluate("axe.run({runOnly: ['color-contrast']})"))
    assert not found.violations_count, (page.url, "dark", found.generate_report())
    page.emulate_media(color_scheme="light")
    for viewport in (NARROW, WIDE):
        page.set_viewport_size(viewport)
        wide = page.evaluate("[...document.querySelectorAll('body *')].filter(e => e.scrollWidth > innerWidth).length")
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], page.url
        assert not wide, page.url


def an_email() -> str:
    return f"emmy-{uuid.uuid4().hex[:10]}@example.com"


def variants(medusa: Medusa, region: Region) -> Iterator[tuple[Product, ProductVariant]]:
    for product in medusa.products.iterate({"region_id": region.id, "is_giftcard": False}):
        for variant in product.variants:
            yield product, variant
