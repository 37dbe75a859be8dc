"""The command with the Admin: an API key, or a login that is separate from the customer's."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from .command import Answer, Cli, one_line
from .store import token

PASSWORD = "supersecret"
API_KEY = "key-of-the-user"


@pytest.fixture
def admin_token(httpserver: HTTPServer) -> str:
    """The token with which the server logs an admin user in. The server accepts it or an API key, as Medusa does."""
    valid = token()

    def log_in(request: Request) -> Response:
        is_right = request.json == {"email": "admin@example.com", "password": PASSWORD}
        return Response(f'{{"access_token": "{valid}"}}', 200 if is_right else 401, content_type="application/json")

    def session(request: Request) -> Response:
        is_allowed = request.headers.get("Authorization") == f"Bearer {valid}"
        is_allowed = is_allowed or request.headers.get("x-medusa-access-token") == API_KEY
        return Response('{"user": {"id": "usr_1"}}' if is_allowed else "Unauthorized", 200 if is_allowed else 401,
                        content_type="application/json" if is_allowed else "text/plain")  # fmt: skip

    httpserver.expect_request("/admin/auth/token", method="POST").respond_with_handler(log_in)
    httpserver.expect_request("/admin/auth", method="GET").respond_with_handler(session)
    httpserver.expect_request("/store/auth", method="GET").respond_with_handler(
        lambda request: Response(str("Authorization" in request.headers), 401)
    )
    return valid


def test_login_and_logout(cli: Cli, admin_token: str, tmp_path: Path, sent: Callable[[], Request]) -> None:
    call = ("call", "admin.auth.get_session")
    done = cli(*call)
    assert done.returncode == 4
    said = "no admin user is logged in: run `medusa admin login EMAIL` or set MEDUSA_API_KEY"
    assert one_line(done) == f"medusa: {said}"
    login = ("admin", "login", "admin@example.com")
    done = cli(*login, MEDUSA_ADMIN_PASSWORD="wrong")
    assert (done.returncode, one_line(done)) == (4, "medusa: wrong e-mail address or password")
    done = cli(*login, "--password-stdin", stdin=f"{PASSWORD}\n")
    assert (done.returncode, done.stdout) == (0, "")
    (file,) = [path for path in (tmp_path / "config").rglob("*") if path.is_file()]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().strip() == admin_token

    assert cli(*call).returncode == 0
    assert cli("request", "GET", "/admin/auth").returncode == 0
    assert cli("auth", "whoami").returncode == 4  # The customer's login is separate.
    assert "Authorization" not in sent().headers  # The Store never gets the user's token.
    assert cli("auth", "logout").returncode == 0
    assert cli(*call).returncode == 0
    assert cli("admin", "logout").stderr.startswith("Logged out at ")
    assert cli("admin", "logout").stderr.startswith("You were not logged in at ")
    assert cli(*call).returncode == 4


def test_the_password_is_typed_without_echo(cli: Cli, admin_token: str) -> None:
    code, shown = cli.at_a_terminal("admin", "login", "admin@example.com", typed=PASSWORD)
    assert (code, "Logged in at " in shown, PASSWORD in shown) == (0, True, False)


def test_the_environment_wins_over_the_login_that_is_kept(
    cli: Cli, admin_token: str, sent: Callable[[], Request]
) -> None:
    call = ("call", "admin.auth.get_session")
    assert cli("admin", "login", "admin@example.com", MEDUSA_ADMIN_PASSWORD=PASSWORD).returncode == 0
    assert cli(*call, MEDUSA_API_KEY=API_KEY).returncode == 0
    assert "Authorization" not in sent().headers
    done = cli(*call, MEDUSA_API_KEY="no-such-key")
    assert done.returncode == 4
    assert one_line(done).endswith(": set another MEDUSA_API_KEY")
    assert "no-such-key" not in done.stderr
    done = cli(*call, MEDUSA_ADMIN_TOKEN=token(expires_in=-5))
    assert one_line(done) == "medusa: the login has expired: set another MEDUSA_ADMIN_TOKEN"
    assert cli(*call, MEDUSA_ADMIN_TOKEN=admin_token, MEDUSA_API_KEY="no-such-key").returncode == 0
    done = cli(*call, MEDUSA_ADMIN_TOKEN="a b")
    assert (done.returncode, "MEDUSA_ADMIN_TOKEN: " in one_line(done)) == (2, True)
    said = "MEDUSA_ADMIN_TOKEN is still set. Commands keep using its token.\n"
    assert cli("admin", "logout", MEDUSA_ADMIN_TOKEN=admin_token).stderr.endswith(said)


def test_a_list_of_the_admin_with_all(cli: Cli, answer: Answer, sent: Callable[[], Request]) -> None:
    answer({"gift_cards": [{"id": "gift_1", "code": "A"}], "count": 1, "offset": 0, "limit": 100})
    done = cli("call", "admin.gift_cards.list", "--all", MEDUSA_API_KEY=API_KEY)
    assert (done.returncode, done.stdout) == (0, '{"id":"gift_1","code":"A"}\n')
    assert sent().headers["x-medusa-access-token"] == API_KEY
