"""The command `medusa`: a customer claims and exports a guest's order, and calls the Store API and the Admin API."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from medusa import Medusa

from ..cli.command import Cli
from .conftest import PlaceOrder
from .shop import PASSWORD, Shop, mailed_token, new_email
from .test_orders import register


def test_the_whole_way(medusa: Medusa, url: str, place_order: PlaceOrder, tmp_path: Path) -> None:
    cli = Cli(tmp_path, url)
    guest = new_email()
    order = medusa.orders.retrieve(place_order(guest)).order
    number = str(order.display_id)

    shown = cli("orders", "lookup", "--display-id", number, "--email", guest)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == cli("orders", "retrieve", order.id).stdout
    assert cli("orders", "lookup", "--display-id", number, "--email", new_email()).returncode == 3
    for title in (item.title for item in order.items):
        assert title in shown.stdout
    assert json.loads(cli("orders", "by-cart", str(order.cart_id), "--json").stdout)["claims"] == []
    assert cli("orders", "retrieve", order.id, "--expand", "nope").returncode == 6
    selected = cli("orders", "retrieve", order.id, "--expand", "billing_address", "--fields", "id,email")
    assert (selected.returncode, order.id in selected.stdout) == (0, True)

    email = register(medusa)
    assert cli("auth", "whoami").returncode == 4
    assert cli("orders", "claim", order.id).returncode == 4
    assert cli("auth", "login", email, MEDUSA_PASSWORD="wrong").returncode == 4
    assert cli("auth", "login", email, "--password-stdin", stdin=PASSWORD).returncode == 0
    assert f"<{email}>" in cli("auth", "whoami").stdout
    assert cli("orders", "claim", order.id).returncode == 0
    assert cli("orders", "confirm", stdin=mailed_token(medusa, "/claim-tokens", old_email=guest)).returncode == 0
    assert cli("orders", "confirm", stdin="no token").returncode == 6
    assert medusa.orders.retrieve(order.id).order.email == email
    assert cli("orders", "lookup", "--display-id", number, "--email", guest).returncode == 3
    mine = json.loads(cli("request", "GET", "/store/customers/me/orders", "--param", "limit=5").stdout)
    assert [found["id"] for found in mine["orders"]] == [order.id]

    output = tmp_path / "orders.jsonl"
    command = ("orders", "export", "--ids-from", "-", "--output", str(output), "--fields", "email")
    assert cli(*command, stdin=f"order_nope\n{order.id}\n").returncode == 3
    assert cli(*command, stdin=f"{order.id}\n").returncode == 0
    assert [json.loads(line)["id"] for line in output.read_text().splitlines()] == [order.id]

    assert cli("auth", "logout").returncode == 0
    assert cli("auth", "whoami").returncode == 4


def test_calls_of_a_customer_and_of_an_admin(shop: Shop, tmp_path: Path) -> None:
    cli = Cli(tmp_path, shop.url)

    def called(*arguments: str, stdin: str = "") -> Any:
        done = cli("call", *arguments, stdin=stdin)
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    email = register(shop.plain)
    assert cli("auth", "login", email, MEDUSA_PASSWORD=PASSWORD).returncode == 0
    customer = called("auth.get_session")["customer"]
    assert customer["email"] == email
    cart = called("carts.create", "--data", json.dumps({"region_id": shop.regions["Europe"]}))["cart"]
    item = json.dumps({"variant_id": shop.variants["MUG-350"], "quantity": 2})
    cart = called("carts.line_items.create", cart["id"], "--data", "@-", stdin=item)["cart"]
    assert [item["quantity"] for item in cart["items"]] == [2]
    found = called("products.list", "--query", "handle=linen-shirt", "--query", "expand=variants")["products"]
    assert [product["handle"] for product in found] == ["linen-shirt"]
    assert cli("call", "products.list", "--query", f"created_at[gt]={found[0]['created_at']}").returncode == 0

    assert cli("call", "admin.gift_cards.list").returncode == 4
    assert cli("admin", "login", "admin@example.com", MEDUSA_ADMIN_PASSWORD="wrong").returncode == 4
    assert cli("admin", "login", "admin@example.com", MEDUSA_ADMIN_PASSWORD="supersecret").returncode == 0
    assert called("auth.get_session")["customer"]["id"] == customer["id"]
    gift_card = json.dumps({"region_id": shop.regions["Europe"], "value": 2500})
    made = [called("admin.gift_cards.create", "--data", gift_card)["gift_card"]["id"] for _ in range(3)]
    output = tmp_path / "gift_cards.jsonl"
    export = ("call", "admin.gift_cards.list", "--all", "--page-size", "2", "--output", str(output))
    assert cli(*export).returncode == 0
    written = [json.loads(line)["id"] for line in output.read_text().splitlines()]
    assert {*made} <= {*written}
    made.append(called("admin.gift_cards.create", "--data", gift_card)["gift_card"]["id"])
    assert f"{len(written)} already in the file" in cli(*export).stderr
    written = [json.loads(line)["id"] for line in output.read_text().splitlines()]
    assert (len(written), {*made} <= {*written}) == (len({*written}), True)
    orders = cli("call", "admin.orders.list", "--all", "--query", "fields=id", "--query", "expand=")
    ids = [json.loads(line)["id"] for line in orders.stdout.splitlines()]
    assert (orders.returncode, len(ids)) == (0, len({*ids}))
    key = uuid.uuid4().hex
    login = {"email": new_email("staff-"), "password": PASSWORD}
    user = called("admin.users.create", "--data", "-", stdin=json.dumps(login))["user"]["id"]
    assert called("admin.users.update", user, "--data", "-", stdin=json.dumps({"api_token": key}))["user"]["id"] == user

    assert cli("admin", "logout").returncode == 0
    assert cli("call", "admin.gift_cards.list").returncode == 4
    assert cli("call", "admin.gift_cards.list", MEDUSA_API_KEY=key).returncode == 0
    assert cli("call", "admin.users.delete", user, MEDUSA_API_KEY=key).returncode == 0
    assert cli("call", "admin.gift_cards.list", MEDUSA_API_KEY="no-such-key").returncode == 4
