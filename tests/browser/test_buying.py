"""Buying in both example shops in a real browser, from the list of products to the receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from playwright.sync_api import expect

from examples.catalogue import can_be_bought
from medusa import Medusa, Product, ProductVariant, Region, StoreGetProductsParams
from medusa.contrib.carts import price_of
from medusa.contrib.money import format_amount
from medusa.sandbox import SandboxStore

from .conftest import BLANKET, Serve, chromium
from .steps import (
    Visitor,
    add_to_cart,
    an_email,
    check_page,
    check_title,
    choose_delivery,
    expect_error,
    expect_heading,
    fill_address,
    go,
    look_up,
    order_now,
    sign_up,
    variants,
)

pytestmark = pytest.mark.server

# Tests that also depend on the store run in one shop on a real Medusa, because the sandbox responds as Medusa does.
ONCE_ON_MEDUSA = pytest.mark.parametrize(
    ("serve", "store_url"), [("flask", "sandbox"), ("django", "medusa")], indirect=True
)
# Tests that depend only on the shop run on the sandbox.
ON_SANDBOX = pytest.mark.parametrize("store_url", ["sandbox"], indirect=True)


@pytest.fixture(params=["medusa", "sandbox"], scope="module")
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a real Medusa, and of a sandbox store."""
    if request.param == "medusa":
        yield request.getfixturevalue("backend_as_seeded")["url"]
    else:
        with SandboxStore() as store:
            yield store.url


@pytest.fixture(scope="module")
def shop(serve: Serve, store_url: str) -> Iterator[str]:
    with serve(store_url) as url:
        yield url


@pytest.fixture
def medusa(store_url: str) -> Iterator[Medusa]:
    with Medusa(store_url, max_retries=2) as client:
        yield client


def written(amount: int | None, region: Region) -> str:
    assert amount is not None
    return format_amount(amount, region.currency_code, "en")


@ON_SANDBOX
def test_a_page_that_sells_starts_the_session(shop: str, visitor: Visitor) -> None:
    """A session that exists before the first item lets two tabs add their first items to one cart at the same time."""
    page = visitor()
    go(page, f"{shop}/products/{BLANKET}")
    assert {cookie["name"] for cookie in page.context.cookies()} & {"session", "sessionid"}


def test_a_guest_from_the_shelf_to_the_receipt(
    shop: str, visitor: Visitor, medusa: Medusa, europe: Region, blanket: Product
) -> None:
    page, other = visitor(), visitor()
    go(page, shop)
    page.get_by_role("link", name="See all products").click()
    page.get_by_label("Search the shop").fill("nothing like that")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("main")).to_contain_text("We found nothing")
    page.get_by_label("Search the shop").fill("BLANKET")
    page.get_by_role("button", name="Search").click()
    expect_heading(page, "Search: BLANKET")
    page.get_by_role("link", name=blanket.title).click()
    expect_heading(page, blanket.title)
    price = price_of(blanket.variants[0])
    assert price
    choice = page.get_by_role("radio", name=blanket.variants[0].title)
    expect(choice).to_have_accessible_name(re.compile(re.escape(written(price, europe))))
    page.get_by_label("Quantity").fill("many")
    choice.check()
    page.get_by_role("button", name="Add to the cart").click()
    expect(page.get_by_role("alert")).to_contain_text("a quantity from 1 to 99")
    expect(choice).to_be_checked()
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name="Add to the cart").click()
    expect(page.get_by_role("status")).to_have_text(f"{blanket.title} is in your cart.")
    page.get_by_label(f"Quantity of {blanket.title}").fill("3")
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_role("link", name="Cart (3)")).to_be_visible()
    total = page.locator(".sums .total")
    expect(total).to_contain_text(written(3 * price, europe))

    page.get_by_label("Discount code").fill("NO-SUCH-CODE")
    page.get_by_role("button", name="Use the code").click()
    expect_error(page, "Discount code", "This discount code does not exist")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Discount code").fill("tenpercent")
    page.get_by_role("button", name="Use the code").click()
    expect(page.locator(".sums")).to_contain_text("Discount")
    page.get_by_role("button", name="Remove the discount TENPERCENT").click()
    expect(total).to_contain_text(written(3 * price, europe))

    page.get_by_role("link", name="Go to the checkout").click()
    page.get_by_role("button", name="Continue to the delivery").click()
    for label in ("E-mail address", "First name", "Country"):
        expect_error(page, label, "required")
    go(page, f"{shop}/checkout/payment")  # No step can be left out.
    expect_heading(page, "Delivery address")
    fill_address(page, "Continue to the delivery", "two..dots@example.com")
    expect(page.get_by_role("alert")).to_contain_text("e-mail address")
    email = an_email()
    fill_address(page, "Continue to the delivery", email)
    choose_delivery(page)
    expect(page.get_by_role("main")).to_contain_text(email)
    number = order_now(page, clicks=2)  # Many people click twice.
    expect(page.get_by_role("link", name="Cart (0)")).to_be_visible()

    order = medusa.orders.lookup_order({"display_id": int(number), "email": email}).order
    assert [(item.title, item.quantity) for item in order.items] == [(blanket.title, 3)]
    assert order.shipping_methods
    expect(page.get_by_role("row", name=blanket.title)).to_contain_text(written(3 * price, europe))
    expect(total).to_contain_text(written(order.total, europe))
    go(page, f"{shop}/cart")
    expect(page.get_by_role("main")).to_contain_text("Your cart is empty.")
    go(other, f"{shop}/orders/{order.id}/thanks")
    expect_heading(other, "Log in")
    look_up(other, shop, number, email)
    expect_heading(other, f"Order {number}")


@ONCE_ON_MEDUSA
def test_a_customer_with_a_saved_address(shop: str, visitor: Visitor, blanket: Product) -> None:
    page = visitor()
    email = an_email()
    add_to_cart(page, shop, BLANKET, blanket.variants[0].title)
    go(page, f"{shop}/register?next=/account")
    sign_up(page, email)
    expect_heading(page, "Your account")
    expect(page.get_by_role("link", name="Cart (1)")).to_be_visible()  # The login keeps the guest's cart.
    page.get_by_role("link", name="Add an address").click()
    page.get_by_role("button", name="Save the address").click()
    expect_error(page, "City", "required")
    fill_address(page, "Save the address")
    expect(page.get_by_role("main")).to_contain_text("10117 Berlin")
    page.get_by_role("link", name="Change Unter den Linden 1, Berlin").click()
    expect(page.get_by_label("City")).to_have_value("Berlin")
    page.get_by_label("City").fill("Potsdam")
    page.get_by_role("button", name="Save the address").click()
    expect(page.get_by_role("main")).to_contain_text("10117 Potsdam")
    assert go(page, f"{shop}/account/addresses/addr_of_nobody").status == 404

    go(page, f"{shop}/checkout")
    page.get_by_role("button", name="Deliver to Unter den Linden 1, Potsdam").click()
    choose_delivery(page)
    expect(page.get_by_role("main")).to_contain_text("10117 Potsdam")
    number = order_now(page)
    expect(page.get_by_role("main")).not_to_contain_text("Ordered as a guest?")
    go(page, f"{shop}/account")
    expect(page.get_by_role("row", name=f"Order {number}")).to_have_count(1)
    page.get_by_role("button", name="Delete Unter den Linden 1, Potsdam").click()
    expect(page.get_by_role("status")).to_have_text("The address has been deleted.")
    expect(page.get_by_role("main")).not_to_contain_text("Potsdam")


@ONCE_ON_MEDUSA
def test_prices_follow_the_region(shop: str, visitor: Visitor, medusa: Medusa, blanket: Product) -> None:
    page = visitor()
    add_to_cart(page, shop, BLANKET, blanket.variants[0].title)
    region = next(region for region in medusa.regions.list().regions if region.currency_code == "usd")
    go(page, f"{shop}/region")
    page.get_by_role("radio", name=region.name).check()
    page.get_by_role("button", name="Choose this region").click()
    expect(page.get_by_role("main")).to_contain_text(f"Prices are for {region.name}")
    there = medusa.products.list({"handle": BLANKET, "region_id": region.id}).products[0]
    expect(page.get_by_role("listitem").filter(has_text=blanket.title)).to_contain_text(
        written(price_of(there), region)
    )
    go(page, f"{shop}/cart")
    expect(page.locator(".sums .total")).to_contain_text(written(price_of(there.variants[0]), region))
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("main")).to_contain_text("Your cart is empty.")


@ONCE_ON_MEDUSA
def test_what_is_out_of_stock(shop: str, visitor: Visitor, medusa: Medusa, europe: Region) -> None:
    product, variant = next(
        (product, variant)
        for product, variant in variants(medusa, europe)
        if not can_be_bought(variant) and len(product.variants) > 1 and price_of(variant) is not None
    )
    page = visitor()
    go(page, f"{shop}/products/{product.handle}")
    choice = page.locator(f"[id='{variant.id}']")
    expect(choice).to_be_disabled()
    expect(choice).to_have_accessible_name(re.compile("Sold out"))
    # A page that was loaded before the variant sold out still offers it.
    choice.evaluate("radio => { radio.disabled = false; radio.checked = true }")
    page.get_by_role("button", name="Add to the cart").click()
    expect(page.get_by_role("alert")).to_have_text("There is not enough of this item in stock.")
    expect(page.get_by_role("link", name="Cart (0)")).to_be_visible()


@ONCE_ON_MEDUSA
@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("fail", "Your payment was declined. Please try another way to pay."),
        ("requires_more", "Your payment needs to be confirmed."),
    ],
)
def test_a_payment_that_fails_and_another_way_to_pay(
    shop: str, visitor: Visitor, medusa: Medusa, mode: str, text: str
) -> None:
    page = visitor()
    region = next(
        region
        for region in medusa.regions.list().regions
        if "test-pay" in {provider.id for provider in region.payment_providers}
    )
    product, variant = next(each for each in variants(medusa, region) if can_be_bought(each[1]))
    go(page, f"{shop}/region")
    page.get_by_role("radio", name=region.name).check()
    page.get_by_role("button", name="Choose this region").click()
    add_to_cart(page, shop, product.handle or "", variant.title)
    go(page, f"{shop}/checkout")
    fill_address(page, "Continue to the delivery", f"mode-{mode}@example.com", region.countries[0].iso_2)
    choose_delivery(page)
    choices = page.locator("[name=provider_id]")
    choices.evaluate_all("choices => choices.forEach(choice => choice.disabled = true)")
    page.get_by_role("button", name="Order for").click()
    expect(page.get_by_role("alert")).to_have_text("Please choose how to pay.")
    page.get_by_role("radio", name="Test card").check()
    page.get_by_role("button", name="Order for").click()
    expect(page.get_by_role("alert")).to_have_text(text)
    expect_heading(page, "Payment")
    page.get_by_role("radio", name="Invoice").check()
    order_now(page)


@ONCE_ON_MEDUSA
def test_the_departments(shop: str, visitor: Visitor, medusa: Medusa, europe: Region) -> None:
    """The page links all categories and collections, and each of them shows only its own products."""
    page = visitor()
    go(page, f"{shop}/products")
    departments = page.get_by_role("navigation", name="Departments")
    collections = medusa.collections.list({"limit": 100}).collections
    categories = medusa.product_categories.list().product_categories
    names = [category.name for category in categories] + [collection.title or "" for collection in collections]
    expect(departments.get_by_role("link")).to_have_text(["All", *names])
    products_of: dict[str, StoreGetProductsParams] = {
        **{each.name: {"category_id": [each.id], "include_category_children": True} for each in categories},
        **{each.title or "": {"collection_id": [each.id]} for each in collections},
    }
    for name, query in products_of.items():
        found = medusa.products.list({**query, "order": "title"}).products
        departments.get_by_role("link", name=name, exact=True).click()
        expect_heading(page, name)
        expect(page.locator(".wares h2")).to_have_text([product.title for product in found])


@ONCE_ON_MEDUSA
def test_two_customers_in_two_browsers_at_once(shop: str, medusa: Medusa, europe: Region) -> None:
    """Each customer fills a cart, sees only their own cart, and gets an order with its items."""
    sold = {
        product.title: (product, variant) for product, variant in variants(medusa, europe) if can_be_bought(variant)
    }
    (one, first), (two, second) = list(sold.values())[:2]
    start = Barrier(2)

    def buy(product: Product, variant: ProductVariant, others: Product) -> str:
        email = an_email()
        with chromium() as browser:
            page = browser.new_page()
            for quantity in range(1, 4):
                start.wait(60)
                add_to_cart(page, shop, product.handle or "", variant.title)
                expect(page.locator(".lines li")).to_have_count(1)
                expect(page.locator(".lines li")).to_contain_text(product.title)
                expect(page.get_by_role("link", name=f"Cart ({quantity})")).to_be_visible()
                assert others.title not in page.content()
            go(page, f"{shop}/checkout")
            start.wait(60)
            fill_address(page, "Continue to the delivery", email)
            choose_delivery(page)
            start.wait(60)
            number = order_now(page)
            assert others.title not in page.content()
            assert email in page.content()
        order = medusa.orders.lookup_order({"display_id": int(number), "email": email}).order
        assert [(item.title, item.quantity) for item in order.items] == [(product.title, 3)]
        return order.id

    with ThreadPoolExecutor(2) as pool:
        orders = [pool.submit(buy, one, first, two), pool.submit(buy, two, second, one)]
        assert len({order.result() for order in orders}) == 2


@ON_SANDBOX
def test_only_a_post_from_the_shops_own_page_changes_something(shop: str, visitor: Visitor, blanket: Product) -> None:
    page = visitor()
    add_to_cart(page, shop, BLANKET, blanket.variants[0].title)
    paths = ["cart/discounts", "cart/discounts/remove", "cart/items/item_1", "account/addresses/addr_1/delete"]
    for path in paths:
        assert page.request.get(f"{shop}/{path}").status == 405
    paths += [f"products/{BLANKET}", "region", "checkout/address", "checkout/delivery", "checkout/payment"]
    for path in [*paths, "account/addresses", "account/addresses/addr_1"]:
        answer = page.request.post(f"{shop}/{path}", form={"variant_id": blanket.variants[0].id, "quantity": "1"})
        assert answer.status in (400, 403), path
        assert "This form was open for too long" in answer.text()
    page.reload()
    expect(page.get_by_role("link", name="Cart (1)")).to_be_visible()


@ONCE_ON_MEDUSA
def test_odd_addresses_of_pages(shop: str, visitor: Visitor) -> None:
    page = visitor()
    for path in ("products/no-such-thing", "products/a%00b", "products/%F0%9F%92%A9", "cart/items"):
        assert go(page, f"{shop}/{path}").status == 404, path
        expect_heading(page, "There is nothing here")
    queries = ["page=-1", "page=x", "page=99999", "q=%00", "q=%25_'", "category=nope", "collection="]
    for query in [*queries, f"q={'x' * 3000}"]:
        assert go(page, f"{shop}/products?{query}").status == 200, query
    for path in ("checkout", "checkout/address", "checkout/delivery", "checkout/payment"):
        assert go(page, f"{shop}/{path}").status == 200
        expect_heading(page, "Your cart")


# Both shops have the same templates, so the pages of one shop are enough.
@pytest.mark.parametrize(("serve", "store_url"), [("django", "sandbox")], indirect=True)
def test_all_pages_are_accessible(shop: str, visitor: Visitor, blanket: Product) -> None:
    page = visitor()
    for path in ("", "/products", "/products?q=nothing+like+that", f"/products/{BLANKET}", "/region", "/cart"):
        go(page, shop + path)
        check_page(page)
    go(page, f"{shop}/products/{BLANKET}")
    page.get_by_label("Quantity").fill("0")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Add to the cart").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page)
    add_to_cart(page, shop, BLANKET, blanket.variants[0].title)
    check_page(page)
    for code in ("NO-SUCH-CODE", "TENPERCENT"):
        page.get_by_label("Discount code").fill(code)
        page.get_by_role("button", name="Use the code").click()
        expect(page.get_by_role("status" if code == "TENPERCENT" else "alert")).to_be_visible()
        check_page(page)
    page.get_by_role("link", name="Go to the checkout").click()
    check_page(page)
    page.get_by_role("button", name="Continue to the delivery").click()
    check_title(page, "Error: Delivery address")
    check_page(page)
    fill_address(page, "Continue to the delivery", an_email())
    expect_heading(page, "Delivery")
    check_page(page)
    choose_delivery(page)
    check_page(page)
    order_now(page)
    check_page(page)
    page.get_by_role("main").get_by_role("link", name="register").click()
    sign_up(page, an_email())
    go(page, f"{shop}/account")
    check_page(page)
    page.get_by_role("link", name="Add an address").click()
    check_page(page)
    fill_address(page, "Save the address")
    expect_heading(page, "Your account")
    check_page(page)
    add_to_cart(page, shop, BLANKET, blanket.variants[0].title)
    go(page, f"{shop}/checkout/address")
    expect(page.get_by_role("button", name="Deliver to")).to_be_visible()
    check_page(page)
