"""Customers and guests in both example shops, in a real browser, mostly on a real Medusa."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import jwt
import pytest
import requests
from playwright.sync_api import expect

from examples.receipt import place_order
from medusa import Medusa, Order
from medusa.sandbox import SandboxStore

from ..amounts import written
from ..contrib.test_live import PASSWORD, register
from ..contrib.test_workers import ROOT
from .conftest import Serve, chromium
from .steps import Visitor, check_page, expect_error, expect_heading, go, log_in, look_up, sign_up

pytestmark = pytest.mark.server


@pytest.fixture
def medusa(backend_as_seeded: dict[str, Any]) -> Iterator[Medusa]:
    with Medusa(backend_as_seeded["url"], max_retries=2) as client:
        yield client


@pytest.fixture
def guests_order(medusa: Medusa) -> Order:
    return medusa.orders.retrieve(place_order(medusa, f"guest-{uuid.uuid4().hex[:10]}@example.com")).order


def test_from_a_guests_lookup_to_a_customers_history(shop: str, visitor: Visitor, guests_order: Order) -> None:
    page, other = visitor(), visitor()
    number, email = guests_order.display_id, guests_order.email
    order_page = f"{shop}/orders/{guests_order.id}"

    for wrong in (f"wrong-{email}", email.upper(), "nobody@nowhere"):
        look_up(page, shop, number, wrong)
        expect_error(page, "E-mail address", "We found no order|Enter a valid e-mail")
    look_up(page, shop, "many", email)
    expect_error(page, "Order number", ".")
    for each in (page, other):
        look_up(each, shop, number, email)
        expect(each).to_have_url(order_page)
        expect_heading(each, f"Order {number}")
    expect(page.locator(".sums .total")).to_contain_text(written("216.37", "eur"))
    expect(page.get_by_role("row", name="Enamel Mug")).to_contain_text(written("69.60", "eur"))
    expect(page.get_by_role("button", name="Add it to my account")).to_have_count(0)

    page.get_by_role("main").get_by_role("link", name="Log in").click()
    log_in(page, email)
    expect_error(page, "Password", "Wrong e-mail address or password")
    page.get_by_role("link", name="Register").click()
    customer = f"emmy-{uuid.uuid4().hex[:10]}@example.com"
    sign_up(page, customer)
    expect(page).to_have_url(order_page)

    page.get_by_role("button", name="Add it to my account").click()
    expect_heading(page, "Check your e-mail")
    mail = page.get_by_role("complementary")
    expect(mail).to_contain_text("A real shop would send this e-mail")
    expect(mail).to_contain_text(email)
    link = mail.get_by_role("link", name="this link").get_attribute("href")
    go(other, f"{shop}{link}")  # The link works without a login.
    expect_heading(other, "Add the order to the account")
    go(page, f"{shop}/orders")
    expect(page.get_by_role("main")).to_contain_text("There are no orders in your account yet.")
    other.get_by_role("button", name="Yes, add it").click()
    expect(other.get_by_role("status")).to_have_text("The order is now in the account that claimed it.")
    expect_heading(other, "Log in")
    page.reload()
    row = page.get_by_role("row", name=f"Order {number}")
    expect(row).to_contain_text(written("216.37", "eur"))
    row.get_by_role("link").click()
    expect_heading(page, f"Order {number}")
    expect(page.get_by_role("main")).to_contain_text(customer)
    expect(page.get_by_role("button", name="Add it to my account")).to_have_count(0)

    go(other, order_page)  # The order no longer belongs to the guest.
    expect_heading(other, "Log in")
    look_up(other, shop, number, email)
    expect_error(other, "E-mail address", "We found no order")

    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("status")).to_have_text("You are logged out.")
    page.go_back()
    expect_heading(page, "Log in")
    for path in (f"/orders/{guests_order.id}", "/orders"):
        go(page, shop + path)
        expect_heading(page, "Log in")
    log_in(page, customer)
    expect_heading(page, "Your orders")
    expect(page.get_by_role("row", name=f"Order {number}")).to_have_count(1)


def test_an_account_is_made_once(shop: str, visitor: Visitor, medusa: Medusa) -> None:
    email, order = register(medusa)
    page = visitor()
    go(page, f"{shop}/register")
    sign_up(page, email)
    expect_error(page, "E-mail address", "There is an account with this address")
    go(page, f"{shop}/register")
    sign_up(page, "nobody@nowhere")
    expect_error(page, "E-mail address", "Enter a valid e-mail address")
    for elsewhere in ("https://example.com/", "//example.com/", "/\\example.com/", "/%09/example.com/"):
        go(page, f"{shop}/login?next={elsewhere}")
        log_in(page, email)
        expect_heading(page, "Your orders")
        assert page.url == f"{shop}/orders"
    assert go(page, f"{shop}/orders/{order}").status == 200


def test_a_history_of_several_pages(serve: Serve, visitor: Visitor) -> None:
    with SandboxStore(orders=False) as store, serve(store.url) as shop:
        customer = store.add_customer("ada@example.com", PASSWORD)
        for number in range(1, 12):
            created_at = f"2026-11-{number:02}T12:00:00.000Z"
            store.add_order(customer_id=customer.id, display_id=number, created_at=created_at)
        page = visitor()
        go(page, f"{shop}/orders")
        log_in(page, customer.email)
        expect(page.get_by_role("rowheader")).to_have_text([f"Order {number}" for number in range(11, 1, -1)])
        page.get_by_role("link", name="Older orders").click()
        expect(page.get_by_role("rowheader")).to_have_text(["Order 1"])
        expect(page.get_by_role("link", name="Older orders")).to_have_count(0)
        page.get_by_role("link", name="Newer orders").click()
        expect(page.get_by_role("rowheader")).to_have_count(10)
        for odd in ("0", "-1", "x", "9" * 30, "²", "99999"):
            assert go(page, f"{shop}/orders?page={odd}").status == 200


def test_links_of_a_claim_that_do_not_work(
    shop: str, visitor: Visitor, medusa: Medusa, guests_order: Order, backend_as_seeded: dict[str, Any]
) -> None:
    _, order = register(medusa)
    now = int(time.time())
    claim = {
        "claimingCustomerId": medusa.orders.retrieve(order).order.customer_id,
        "orders": [guests_order.id],
        "iat": now - 1000,
    }
    expired = jwt.encode({**claim, "exp": now - 100}, backend_as_seeded["jwt_secret"], "HS256")
    forged = jwt.encode({**claim, "exp": now + 100}, "not the secret of this backend at all", "HS256")
    page = visitor()
    for token in (expired, forged, expired[:-9], "no-token"):
        assert go(page, f"{shop}/claims/confirm?token={token}").status == 200
        with page.expect_navigation() as answer:
            page.get_by_role("button", name="Yes, add it").click()
        assert answer.value.status == 400
        expect_heading(page, "This link does not work")
    assert go(page, f"{shop}/claims/confirm").status == 400
    expect_heading(page, "This link does not work")
    assert medusa.orders.retrieve(guests_order.id).order.email == guests_order.email


def test_posts_without_a_csrf_token_are_refused(
    shop: str, visitor: Visitor, medusa: Medusa, guests_order: Order
) -> None:
    email, order = register(medusa)
    page = visitor()
    look_up(page, shop, guests_order.display_id, guests_order.email)
    expect_heading(page, f"Order {guests_order.display_id}")
    go(page, f"{shop}/login")
    log_in(page, email)
    expect_heading(page, "Your orders")
    fields = {"email": email, "password": PASSWORD, "number": "1", "token": "a.b.c"}
    claim = f"/orders/{guests_order.id}/claim"
    for path in ("/lookup", "/register", "/login", "/logout", "/claims/confirm", claim):
        for token in ({}, {"csrf_token": "x" * 64, "csrfmiddlewaretoken": "x" * 64}):
            answer = page.request.post(shop + path, form={**fields, **token})
            assert answer.status in (400, 403), path
            assert "This form was open for too long" in answer.text()
    assert go(page, f"{shop}/orders/{order}").status == 200  # The customer is still logged in.


def test_two_customers_at_once(shop: str, medusa: Medusa) -> None:
    """Each customer requests forty pages, of both orders in turn, and sees only their own order.

    The browser shows the first ten pages. It requests the others with the same cookies, but does not render them.
    """
    (ada, adas), (bob, bobs) = register(medusa), register(medusa)
    start = Barrier(2)

    def visit(email: str, own: str, others: str, other: str) -> list[int]:
        statuses: list[int] = []
        number = medusa.orders.retrieve(own).order.display_id
        with chromium() as browser:
            page = browser.new_page()
            go(page, f"{shop}/login")
            log_in(page, email)
            expect_heading(page, "Your orders")
            start.wait(60)
            for turn in range(20):
                for order, heading in ((others, "There is nothing here"), (own, f"Order {number}")):
                    if turn < 5:
                        statuses.append(go(page, f"{shop}/orders/{order}").status)
                        content = page.content()
                    else:
                        answer = page.request.get(f"{shop}/orders/{order}")
                        statuses.append(answer.status)
                        content = answer.text()
                    assert f"<h1>{heading}</h1>" in content
                    assert (email in content) == (order == own)
                    assert other not in content
            go(page, f"{shop}/orders")
            expect(page.get_by_role("rowheader")).to_have_text([f"Order {number}"])
        return statuses

    with ThreadPoolExecutor(2) as pool:
        visits = [pool.submit(visit, ada, adas, bobs, bob), pool.submit(visit, bob, bobs, adas, ada)]
        assert [each.result() for each in visits] == [[404, 200] * 20] * 2


@pytest.mark.parametrize("serve", ["flask"], indirect=True)  # Both shops have the same templates.
def test_all_pages_are_accessible(shop: str, visitor: Visitor, guests_order: Order) -> None:
    page = visitor()
    for path in ("/", "/lookup", "/login", "/register", "/claims/confirm", "/claims/confirm?token=a.b.c", "/nowhere"):
        go(page, shop + path)
        check_page(page)
    for path in ("/lookup", "/login", "/register"):
        go(page, shop + path)
        page.get_by_role("main").get_by_role("button").click()
        expect(page).to_have_title(re.compile("^Error: "))
        check_page(page)
    look_up(page, shop, guests_order.display_id, guests_order.email)
    expect_heading(page, f"Order {guests_order.display_id}")
    check_page(page)
    page.get_by_role("main").get_by_role("link", name="register").click()
    sign_up(page, f"emmy-{uuid.uuid4().hex[:10]}@example.com")
    expect(page.get_by_role("button", name="Add it to my account")).to_be_visible()
    check_page(page)
    go(page, f"{shop}/orders")
    expect(page.get_by_role("main")).to_contain_text("There are no orders in your account yet.")
    check_page(page)
    page.go_back()
    page.get_by_role("button", name="Add it to my account").click()
    expect_heading(page, "Check your e-mail")
    check_page(page)
    page.get_by_role("link", name="this link").click()
    page.get_by_role("button", name="Yes, add it").click()
    expect_heading(page, "Your orders")
    check_page(page)
    page.evaluate("document.querySelector('header form input[type=hidden]').value = 'wrong'")
    page.get_by_role("button", name="Log out").click()
    expect_heading(page, "Please try again")
    check_page(page)


def test_the_keyboard_finds_the_content(shop: str, visitor: Visitor) -> None:
    page = visitor()
    go(page, f"{shop}/lookup")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Order number")).to_be_focused()


def test_headers(shop: str, visitor: Visitor) -> None:
    answer = go(visitor(), f"{shop}/login")
    headers = answer.headers
    assert headers["content-security-policy"].startswith("default-src 'none';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_when_the_store_fails(serve: Serve, visitor: Visitor) -> None:
    with SandboxStore() as store, serve(store.url) as shop:
        page = visitor()
        look_up(page, shop, store.orders[0].display_id, store.orders[0].email)
        expect_heading(page, f"Order {store.orders[0].display_id}")
        store.fail_next(500)
        assert page.reload().status == 500  # type: ignore[union-attr]
        expect_heading(page, "Something went wrong")
        check_page(page)
        store.close()
        answer = page.reload()
        assert answer
        assert (answer.status, answer.headers["retry-after"]) == (503, "30")
        expect_heading(page, "Back in a moment")
        check_page(page)


@pytest.mark.parametrize(("name", "store"), [("django", "medusa"), ("flask", "sandbox")])
def test_the_command_that_runs_a_shop(request: pytest.FixtureRequest, visitor: Visitor, name: str, store: str) -> None:
    url = [] if store == "sandbox" else [request.getfixturevalue("backend_as_seeded")["url"]]
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "examples.serve", name, *url, "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        said = "".join(next(server.stdout) for _ in range(6))
        found = re.search(
            r"running at (http://\S+) with.*number (\d+), e-mail (\S+).*Log in +(\S+), password (\S+)", said, re.DOTALL
        )
        assert found, said
        shop, number, guest, customer, password = found.groups()
        page = visitor()
        look_up(page, shop, number, guest)
        expect_heading(page, f"Order {number}")
        go(page, f"{shop}/login")
        log_in(page, customer, password)
        expect(page.get_by_role("rowheader")).not_to_have_count(0)
        again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        advice = f"Choose another port: make {name}-shop PORT={port + 1}"
        assert (again.returncode, again.stderr) == (1, f"Port {port} is in use. {advice}\n")
        server.terminate()  # A process that a shell starts in the background ignores the signal of Ctrl-C.
        assert server.wait(30) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(shop, timeout=5)
