"""The shops of docs/django.md and docs/flask.md, built as the pages say and run on a real Medusa."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests

from examples.claim_mail import claim_mail
from medusa import Medusa
from medusa.sandbox import SandboxStore

from ..amounts import written
from ..pages import ROOT, blocks, write
from .test_live import PASSWORD, register
from .test_workers import served


def build(page: str, folder: Path, base_url: str) -> tuple[str, dict[str, str]]:
    """Write the files of the page and run its commands. Return the last command that serves, and its environment."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    shown = blocks(page)
    assert {language for language, _ in shown} <= {"sh", "python", "html", "ini"}
    serves = ""
    for language, code in shown:
        if language != "sh":
            write(code.replace("http://localhost:9000", base_url), folder)
            continue
        for command in code.splitlines():
            if command.startswith("pip install"):  # All packages are installed.
                continue
            if command.startswith("export"):
                name, value = command.removeprefix("export ").split("=", 1)
                environment[name] = subprocess.check_output(
                    ["bash", "-c", f"echo {value}"], env=environment, text=True
                ).strip()
            elif command.startswith("gunicorn"):
                serves = command
            else:
                done = subprocess.run(
                    shlex.split(command), cwd=folder, env=environment, capture_output=True, text=True, timeout=120
                )
                assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert serves
    return serves, environment


def test_the_pytest_test_of_the_django_shop(backend_as_seeded: dict[str, Any], tmp_path: Path) -> None:
    _, environment = build("django.md", tmp_path, backend_as_seeded["url"])
    for _, code in blocks("testing.md"):
        if code.startswith(("# shop/", "# pytest.ini")):
            write(code, tmp_path)
    command = [sys.executable, "-m", "pytest", "shop/test_pages.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.parametrize(("page", "slash"), [("django.md", "/"), ("flask.md", "")])
def test_the_shop_of_the_page(backend_as_seeded: dict[str, Any], tmp_path: Path, page: str, slash: str) -> None:
    with Medusa(backend_as_seeded["url"]) as medusa:
        (email, own), (_, others) = register(medusa), register(medusa)
        number = medusa.orders.retrieve(own).order.display_id
    folder = tmp_path / "project"
    folder.mkdir()
    command, environment = build(page, folder, backend_as_seeded["url"])
    options = shlex.split(command.replace(" --bind 127.0.0.1:8000", ""))[1:]
    with served(*options, log=tmp_path / "log", folder=folder, environment=environment) as url:
        with requests.Session() as browser:
            assert browser.get(f"{url}/").url == f"{url}/login{slash}?next=%2F"
            login = browser.get(f"{url}/orders/{own}{slash}")
            assert login.status_code == 200
            hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login.text)
            fields = {"email": email, "csrfmiddlewaretoken": hidden[1] if hidden else ""}
            assert "Wrong e-mail" in browser.post(login.url, {**fields, "password": "wrong"}).text
            page_of_order = browser.post(login.url, {**fields, "password": PASSWORD})
            assert page_of_order.url == f"{url}/orders/{own}{slash}"
            assert f"Order #{number}" in page_of_order.text
            assert "4 × Enamel Mug" in page_of_order.text
            assert f"Total {written('216.37', 'eur')}" in page_of_order.text
            assert browser.get(f"{url}/orders/{others}{slash}").status_code == 404
            account = browser.get(f"{url}/")
            assert "Hello Grace" in account.text
            assert f"Order #{number}" in account.text
            gone = post(browser, account, f"{url}/logout{slash}")
            assert gone.url == f"{url}/login{slash}"
            assert browser.get(f"{url}/orders/{own}{slash}").url.startswith(f"{url}/login{slash}?next=")
        buy_on(backend_as_seeded["url"], url, slash, email)
    with SandboxStore() as store:
        for file in folder.rglob("*.py"):
            file.write_text(file.read_text().replace(backend_as_seeded["url"], store.url))
        with served(*options, log=tmp_path / "log", folder=folder, environment=environment) as url:
            refuse_a_gift_card_alone(url, slash)


def post(
    browser: requests.Session, page: requests.Response, url: str = "", fields: dict[str, str] | None = None
) -> requests.Response:
    """Submit a form of this page."""
    hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    token = {"csrfmiddlewaretoken": hidden[1]} if hidden else {}
    return browser.post(url or page.url, {**token, **(fields or {})}, timeout=60)


def adds_up(page: str) -> None:
    """Check that the subtotal, discount, shipping and tax of a cart or an order add up to its total."""
    shown = re.findall(r"<p>(?:Subtotal|Discount|Shipping|Tax|Total)\D*?(−?)\D?([\d.]+)", page)
    *lines, total = [Decimal(amount) * (-1 if sign else 1) for sign, amount in shown]
    assert len(lines) == 4
    assert sum(lines) == total


def refuse_a_gift_card_alone(url: str, slash: str) -> None:
    """Check that the shop refuses to send a gift card.

    Unlike the real backend, the sandbox has no shipping option for gift cards.
    """
    with requests.Session() as browser:
        card = {"variant_id": "variant_gift-card-25", "quantity": "1"}
        post(browser, browser.get(f"{url}/shelf{slash}"), f"{url}/cart/add{slash}", card)
        address = {"first_name": "Ada", "last_name": "Lovelace", "address_1": "Am Markt 1", "city": "Berlin"}
        fields = {**address, "postal_code": "10117", "country_code": "de", "email": "ada@example.com"}
        refused = post(browser, browser.get(f"{url}/checkout{slash}"), fields=fields)
        assert refused.status_code == 200
        assert re.search("We can('|&#x27;|&#39;)t send this cart.", refused.text)


def buy_on(backend_url: str, url: str, slash: str, email: str) -> None:
    """Buy products as a guest, and then claim the order as the customer with this e-mail address."""
    address = {"first_name": "Ada", "last_name": "Lovelace", "address_1": "Unter den Linden 1", "city": "Berlin"}
    guest = f"guest-{uuid.uuid4().hex[:8]}@example.com"
    with requests.Session() as browser:
        shelf = browser.get(f"{url}/shelf{slash}")
        assert f"Enamel Mug, from {written('17.40', 'eur')}" in shelf.text
        mug = shelf.text.partition("Enamel Mug")[2].partition('name="variant_id" value="')[2].partition('"')[0]
        add = f"{url}/cart/add{slash}"
        line = f"1 × Enamel Mug, 350 ml: {written('17.40', 'eur')}"
        assert line in post(browser, shelf, add, {"variant_id": mug, "quantity": "1"}).text
        odd = post(browser, shelf, add, {"variant_id": "", "quantity": "abc"})
        assert odd.status_code == 200
        assert odd.text.count(" × ") == 1
        too_many = post(browser, shelf, add, {"variant_id": "variant_nope", "quantity": "1"})
        assert "This item is no longer available, or not available in your region." in too_many.text
        cart = browser.get(f"{url}/cart{slash}")
        assert "Buy now" not in cart.text
        redeem = f"{url}/cart/redeem{slash}"
        assert "This discount has expired." in post(browser, cart, redeem, {"code": "EXPIRED"}).text
        assert "Please enter your e-mail address." in post(browser, cart, f"{url}/buy{slash}").text
        assert 'role="alert"' not in post(browser, cart, redeem, {"code": "TENPERCENT"}).text
        checkout = browser.get(f"{url}/checkout{slash}")
        filled = {**address, "postal_code": "10117", "country_code": "de", "email": guest}
        for odd_field in ({"email": "a@b"}, {"country_code": "us"}, {"country_code": "FR"}, {"country_code": ""}):
            refused = post(browser, checkout, fields={**filled, **odd_field})
            assert (refused.status_code, refused.url) == (200, checkout.url)
            assert any(text in refused.text for text in ("Please check your address", "errorlist"))
        cart = post(browser, checkout, fields=filled)
        assert cart.url == f"{url}/cart{slash}"
        adds_up(cart.text)
        receipt = post(browser, cart, f"{url}/buy{slash}")
        adds_up(receipt.text)
        assert line.replace("17.40", "15.66") in receipt.text  # This is the price after the discount.
        assert receipt.url.startswith(f"{url}/receipt/order_")
        assert post(browser, cart, f"{url}/buy{slash}").url == receipt.url
        assert "Your cart is empty." in browser.get(f"{url}/cart{slash}").text
        number = receipt.text.partition("Order #")[2].partition("<")[0]

    with requests.Session() as browser:
        form = browser.get(f"{url}/look-up{slash}")
        assert "There is no order" in post(browser, form, fields={"number": "999999", "email": guest}).text
        assert "<form" in post(browser, form, fields={"number": "9" * 20, "email": guest}).text
        found = post(browser, form, fields={"number": number, "email": guest})
        assert f"Order #{number}" in found.text
        browser.headers["Referer"] = found.url
        login = post(browser, found, f"{url}/claim{slash}")
        assert login.url.startswith(f"{url}/login{slash}?next=")
        back = post(browser, login, fields={"email": email, "password": PASSWORD})
        assert back.url == found.url
        assert "We sent an e-mail" in post(browser, back, f"{url}/claim{slash}").text
        assert f"Order #{number}<" not in browser.get(f"{url}/history{slash}").text
        with Medusa(backend_url) as medusa:
            medusa.auth.get_token({"email": email, "password": PASSWORD})
            mail = claim_mail(medusa, receipt.url.strip("/").rpartition("/")[2])
        assert mail
        token = mail["token"]
        confirmed = browser.get(f"{url}/confirm{slash}?token={token}")
        assert f"Order #{number}<" in post(browser, confirmed, fields={"token": token}).text
        invalid = browser.get(f"{url}/confirm{slash}?token=nope")
        assert "This link is no longer valid." in post(browser, invalid, fields={"token": "nope"}).text
