"""The lifetime and the stored state of a sandbox store: files, threads, processes and the command line."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from medusa import GiftCard, Medusa, MedusaNotFoundError
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD


def test_a_new_file_is_filled_once_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    code = f"from medusa.sandbox import SandboxStore\nwith SandboxStore(database={str(file)!r}): pass"
    children = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    assert [child.wait() for child in children] == [0] * 4
    with SandboxStore(database=file, orders=False) as store:
        assert [order.display_id for order in store.orders] == [1, 2, 3, 4, 5, 6]
    empty = tmp_path / "empty.sqlite"
    for orders in (False, True):
        with SandboxStore(database=empty, orders=orders) as store:
            assert store.orders == []


def test_a_file_or_a_port_that_cannot_be_used(tmp_path: Path, store: SandboxStore) -> None:
    text = tmp_path / "text"
    text.write_text("no database, but a text of some length\n" * 100)
    os.mkfifo(tmp_path / "fifo")
    for file in (text, tmp_path / "nowhere" / "store.sqlite", tmp_path, tmp_path / "fifo", Path(os.devnull)):
        with pytest.raises(OSError, match="database"):
            SandboxStore(database=file)
    for port in (int(store.url.rpartition(":")[2]), 99_999):
        with pytest.raises(OSError, match=f"port {port} cannot be used"):
            SandboxStore(port=port)
    for option in (["--database", str(text)], ["--database", os.devnull], ["--port", "99999"]):
        done = subprocess.run([sys.executable, "-m", "medusa.sandbox", *option], capture_output=True, text=True)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_a_file_of_another_version(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    for statement in ("create table secret (value text)", "create table rows (number integer primary key)"):
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(statement)
        with pytest.raises(OSError, match=r"store\.sqlite cannot be used: another version of medusa-sdk"):
            SandboxStore(database=file)


def test_a_store_that_is_not_closed_holds_nobody_up() -> None:
    code = "from medusa.sandbox import SandboxStore; s = SandboxStore(); s.client().orders.retrieve(s.orders[0].id)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=20)


def test_a_forked_child_leaves_the_store_alone(store: SandboxStore, medusa: Medusa) -> None:
    medusa.orders.retrieve(store.orders[0].id)
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        store.close()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert medusa.orders.retrieve(store.orders[0].id).order.display_id == 1


def test_two_stores_share_nothing(store: SandboxStore) -> None:
    with SandboxStore(orders=False) as other, other.client() as medusa:
        assert other.orders == []
        with pytest.raises(MedusaNotFoundError):
            medusa.orders.retrieve(store.orders[0].id)


def test_a_file_keeps_the_state(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with SandboxStore(database=file) as store, store.client() as medusa:
        id = store.add_order(email="kept@example.com").id
        token = medusa.auth.get_token({"email": "ada@example.com", "password": PASSWORD}).access_token
    with SandboxStore(database=file) as store, store.client(token=token) as medusa:
        assert len(store.orders) == 7
        assert medusa.orders.retrieve(id).order.email == "kept@example.com"
        assert medusa.auth.get_session().customer.email == "ada@example.com"


def test_many_threads(store: SandboxStore, medusa: Medusa) -> None:
    problems: list[str] = []

    def work(number: int) -> None:
        for turn in range(20):
            email = f"c{number}-{turn}@example.com"
            id = store.add_order(email=email).id
            if medusa.orders.retrieve(id).order.email != email:
                problems.append(email)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len({order.display_id for order in store.orders}) == 6 + 16 * 20


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("module", [["medusa.sandbox"], ["medusa", "sandbox"]])
def test_from_the_command_line(module: list[str], end: signal.Signals) -> None:
    command = [sys.executable, "-m", *module, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().split()[4]
        text = process.stdout.readline()
        while "balance" not in text:
            text += process.stdout.readline()
        lines = [line.split() for line in text.splitlines()]
        after = {lines[i][-1]: lines[i + 1][0] for i in range(len(lines) - 1)}
        email, password = lines[0][5], lines[0][-1].rstrip(".")
        with Medusa(url) as medusa:
            assert medusa.auth.authenticate({"email": email, "password": password}).customer.email == email
            assert medusa.orders.retrieve(after["Orders:"]).order.display_id == 1
            variant: Any = {"variant_id": after["product:"], "quantity": 1}
            cart = medusa.carts.create({"region_id": "reg_eur", "items": [variant]}).cart
            codes: Any = {"discounts": [{"code": after["codes:"]}], "gift_cards": [{"code": after["cards:"]}]}
            cart = medusa.carts.update(cart.id, codes).cart
            assert (len(cart.discounts), len(cart.gift_cards)) == (1, 1)
        process.send_signal(end)
        assert process.wait(10) == 0


@pytest.mark.parametrize("module", [["medusa.sandbox"], ["medusa", "sandbox"]])
def test_an_empty_one_from_the_command_line(module: list[str]) -> None:
    command = [sys.executable, "-m", *module, "--port", "0", "--empty"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        with Medusa(process.stdout.readline().split()[4]) as medusa, pytest.raises(MedusaNotFoundError):
            medusa.orders.lookup_order({"display_id": 1, "email": "ada@example.com"})
        process.terminate()
        assert process.wait(10) == 0


def test_a_gift_card_keeps_the_order_that_it_was_bought_with(store: SandboxStore) -> None:
    """Adding a gift card whose order has no items does not change the stored order."""
    orders = store.orders
    bare = {name: value for name, value in orders[0].to_dict().items() if name not in ("items", "customer")}
    moment = "2026-11-28T12:00:00.000Z"
    card = {"id": "gift_1", "created_at": moment, "updated_at": moment, "code": "BOUGHT", "value": 900, "balance": 900}
    store.add(GiftCard.from_dict({**card, "region_id": "reg_eur", "order": bare}))
    assert [order.to_dict() for order in store.orders] == [order.to_dict() for order in orders]
    with store.client() as medusa:
        assert medusa.gift_cards.retrieve("BOUGHT").gift_card.balance == 900
