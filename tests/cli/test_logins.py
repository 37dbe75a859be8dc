"""Logins that the command stores, and secrets that it does not reveal."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import pytest

from .command import Cli, one_line, redirected, wait_for
from .store import Store, token


def token_files(home: Path) -> list[Path]:
    return [path for path in (home / "config").rglob("*") if path.is_file()]


def test_login_whoami_logout(shop: Cli, store: Store, tmp_path: Path) -> None:
    done = shop("auth", "whoami")
    assert done.returncode == 4
    assert one_line(done) == "medusa: no customer is logged in: run `medusa auth login EMAIL`"
    done = shop("auth", "login", "ada@example.com", "--password-stdin", stdin="wrong\n")
    assert (done.returncode, one_line(done)) == (4, "medusa: wrong e-mail address or password")
    assert token_files(tmp_path) == []

    done = shop("auth", "login", "ada@example.com", "--password-stdin", stdin=f"{store.password}\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"Logged in at {store.url}.\n")
    (file,) = token_files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().strip() == store.token

    assert shop("auth", "whoami").stdout == "Ada Lovelace <ada@example.com> cus_01G...\n"
    assert json.loads(shop("auth", "whoami", "--json").stdout) == store.customer
    assert shop("orders", "claim", "order_1", "order_2").returncode == 0
    assert store.server.log[-1][0].json == {"order_ids": ["order_1", "order_2"]}

    other = shop("auth", "whoami", MEDUSA_BASE_URL=f"{store.url}/other")
    assert other.returncode == 3
    assert "Authorization" not in store.server.log[-1][0].headers

    assert shop("auth", "logout").stderr == f"Logged out at {store.url}.\n"
    assert token_files(tmp_path) == []
    assert shop("auth", "logout").stderr == f"You were not logged in at {store.url}.\n"
    assert shop("auth", "whoami").returncode == 4


def test_the_token_file_is_private(shop: Cli, store: Store, tmp_path: Path) -> None:
    """The file and its folder are private even if the umask permits everything."""
    command = [*shop.command, "auth", "login", "ada@example.com"]
    environment = {**shop.environment, "MEDUSA_PASSWORD": store.password}
    for _ in range(2):  # The second login replaces the first one.
        subprocess.run(command, env=environment, check=True, umask=0, timeout=60, capture_output=True)
        (file,) = token_files(tmp_path)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_an_expired_login(shop: Cli, store: Store) -> None:
    shop("auth", "login", "ada@example.com", MEDUSA_PASSWORD=store.password)
    store.token = token()[:-1] + "x"  # The store no longer accepts the stored token.
    done = shop("auth", "whoami")
    assert (done.returncode, "returned 401" in one_line(done)) == (4, True)
    store.token, expired = token(), token(expires_in=-60)
    for arguments in (["auth", "whoami"], ["orders", "claim", "order_1"]):
        done = shop(*arguments, MEDUSA_TOKEN=expired)
        assert done.returncode == 4
        assert one_line(done) == "medusa: the login has expired: set another MEDUSA_TOKEN"


def test_a_damaged_login_is_replaced_by_the_next(shop: Cli, store: Store, tmp_path: Path) -> None:
    shop("auth", "login", "ada@example.com", MEDUSA_PASSWORD=store.password)
    (file,) = token_files(tmp_path)
    for damaged in (b"a b", b"\xff\xfe"):
        file.write_bytes(damaged)
        done = shop("orders", "retrieve", "order_1")
        assert (done.returncode, "is damaged" in one_line(done)) == (4, True)
    assert shop("auth", "login", "ada@example.com", MEDUSA_PASSWORD=store.password).returncode == 0
    assert shop("auth", "whoami").returncode == 0
    done = shop("auth", "whoami", MEDUSA_TOKEN="a b")
    assert (done.returncode, "MEDUSA_TOKEN: " in one_line(done)) == (2, True)


def test_secrets_are_typed_without_echo(shop: Cli, store: Store) -> None:
    code, shown = shop.at_a_terminal("auth", "login", "ada@example.com", typed=store.password)
    assert (code, f"Logged in at {store.url}." in shown) == (0, True)
    assert "Password: " in shown
    assert store.password not in shown
    code, shown = shop.at_a_terminal("orders", "confirm", typed="claim.to.ken")
    assert (code, "claim.to.ken" in shown) == (0, False)
    assert store.server.log[-1][0].json == {"token": "claim.to.ken"}


def test_login_takes_the_password_from_stdin_or_the_environment(shop: Cli, store: Store) -> None:
    right, wrong = store.password, "wrong"
    for arguments, stdin, variable in (
        ([], f"{right}\n", ""),
        ([], right, ""),
        ([], f"{right}\r\n", ""),
        ([], wrong, right),  # The environment takes precedence,
        (["--password-stdin"], right, wrong),  # unless the option is passed.
    ):
        shop("auth", "logout")
        done = shop("auth", "login", "ada@example.com", *arguments, stdin=stdin, MEDUSA_PASSWORD=variable)
        assert (done.returncode, done.stdout) == (0, "")
    assert shop("auth", "login", "ada@example.com", stdin=wrong).returncode == 4


@pytest.mark.parametrize("arguments", [["auth", "login", "ada@example.com"], ["orders", "confirm"]])
def test_a_missing_secret(shop: Cli, store: Store, arguments: list[str]) -> None:
    said = "is missing: enter it at a terminal, pipe it to standard input, or set MEDUSA_"
    for redirection in ("< /dev/null", "<&-"):
        done = redirected(shop, redirection, *arguments)
        assert (done.returncode, said in one_line(done)) == (2, True)
    piped = subprocess.run([*shop.command, *arguments], input=b"\xff\xfe", env=shop.environment, capture_output=True)
    assert (piped.returncode, b"must be UTF-8" in piped.stderr, piped.stderr.count(b"\n")) == (2, True, 1)
    assert store.server.log == []


def test_confirm_takes_the_token_from_stdin_or_the_environment(shop: Cli, store: Store) -> None:
    for stdin, variables in (("from.stdin.x\n", {}), ("", {"MEDUSA_CLAIM_TOKEN": "from.the.environment"})):
        assert shop("orders", "confirm", stdin=stdin, **variables).returncode == 0
        assert store.server.log[-1][0].json == {"token": stdin.strip() or "from.the.environment"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["orders", "confirm", "hunter-two"],
        ["orders", "confirm", "--token", "hunter-two"],
        ["orders", "confirm", "--token=hunter-two"],
        ["auth", "login", "ada@example.com", "hunter-two"],
        ["auth", "login", "ada@example.com", "--password=hunter-two"],
        ["--token=hunter-two", "auth", "whoami"],
        ["--api-key", "hunter-two", "auth", "whoami"],
    ],
)
def test_a_secret_is_no_argument_and_is_not_repeated(cli: Cli, arguments: list[str]) -> None:
    done = cli(*arguments)
    assert done.returncode == 2
    assert "hunter-two" not in one_line(done)


def test_no_secret_in_ps(shop: Cli, store: Store) -> None:
    store.delay = 30
    shop.environment |= {"MEDUSA_TOKEN": store.token}
    process = shop.start("orders", "retrieve", "order_1")
    try:
        wait_for(lambda: store.asked["order_1"] == 1)
        listed = subprocess.run(["ps", "-o", "args=", "-p", str(process.pid)], capture_output=True, text=True).stdout
        assert "orders retrieve order_1" in listed
        assert store.token not in listed
        assert store.server.log == []
    finally:
        process.kill()
        process.communicate()
