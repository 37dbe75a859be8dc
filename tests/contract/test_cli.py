"""The command `medusa`: a guest's order, claimed and exported by a customer."""

from __future__ import annotations

import json
from pathlib import Path

from medusa import Medusa

from ..cli.command import Cli
from .conftest import PlaceOrder
from .shop import PASSWORD, mailed_token, new_email
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
