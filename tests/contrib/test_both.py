"""Features that Django and Flask share, with a store on a real socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ..amounts import written
from .conftest import Browser, Shop
from .store import Store

LogIn = Callable[[Browser, str], None]
Browsers = Callable[[], Browser]


def test_each_browser_has_its_customer(browsers: Browsers, log_in: LogIn) -> None:
    ada, bob, nobody = browsers(), browsers(), browsers()
    log_in(ada, "ada")
    log_in(bob, "bob")
    for _ in range(2):
        assert [browser("/whoami").text for browser in (ada, nobody, bob)] == [
            "ada@example.com",
            "None",
            "bob@example.com",
        ]


def test_logging_out_forgets_everything(browsers: Browsers, log_in: LogIn) -> None:
    ada = browsers()
    log_in(ada, "ada")
    ada("/keep/basket")
    assert ada("/logout").status == 200
    assert ada("/whoami").text == "None"
    assert ada("/kept").text == "None"
    assert ada("/logout").status == 200


def test_within_one_request_the_client_follows_login_and_logout(browsers: Browsers) -> None:
    ada, eve, bob, nobody = (["ada@example.com"] * 2, ["eve@example.com"] * 2, ["bob@example.com"] * 2, ["None"] * 2)
    browser = browsers()
    assert json.loads(browser("/all-in-one").text) == [nobody, ada, eve, bob, nobody]
    assert browser("/whoami").text == "None"


def test_a_login_by_hand_lasts_for_one_request(browsers: Browsers, log_in: LogIn) -> None:
    ada = browsers()
    log_in(ada, "ada")
    assert ada("/by-hand", email="eve@example.com", password="correct-horse").text == "eve@example.com"
    assert ada("/whoami").text == "ada@example.com"
    assert browsers()("/whoami").text == "None"


def test_what_a_view_sets_on_its_client_ends_with_the_request(browsers: Browsers, store: Store) -> None:
    browser = browsers()
    assert browser("/whoami").text == "None"
    assert browser("/leave-traces").text == "left"
    assert browser("/whoami").text == "None"
    before, after = store.peer.requests
    assert (before.head, before.headers) == (after.head, after.headers)


def test_session_data_survives_a_login_but_not_that_of_another_customer(browsers: Browsers, log_in: LogIn) -> None:
    browser = browsers()
    browser("/keep/basket")
    log_in(browser, "ada")
    assert browser("/kept").text == "basket"
    log_in(browser, "ada")
    assert browser("/kept").text == "basket"
    log_in(browser, "bob")
    assert browser("/kept").text == "None"
    assert browser("/whoami").text == "bob@example.com"


def test_an_expired_token_is_dropped_with_a_401(browsers: Browsers, log_in: LogIn, store: Store) -> None:
    ada = browsers()
    log_in(ada, "ada")
    ada("/keep/basket")
    store.expire()
    assert ada("/me").status == 401
    assert store.tokens_sent[-1] is not None
    assert ada("/me").status == 401
    assert store.tokens_sent[-1] is None
    log_in(ada, "bob")  # The session still has ada's basket, which bob must not get.
    assert ada("/kept").text == "None"


def test_an_expired_token_leads_to_the_login(shop: Shop, log_in: LogIn, store: Store) -> None:
    ada = shop(MEDUSA_LOGIN_URL="/enter")()
    log_in(ada, "ada")
    store.expire()
    answer = ada("/my-orders/order_of_ada", fields="id")
    assert answer.status == 302
    assert answer.headers["Location"] == "/enter?next=%2Fmy-orders%2Forder_of_ada%3Ffields%3Did"
    assert store.tokens_sent[-1] is not None
    assert ada("/whoami").text == "None"
    assert store.tokens_sent[-1] is None


def test_wrong_credentials_leave_the_login_as_it_was(browsers: Browsers, log_in: LogIn) -> None:
    ada = browsers()
    log_in(ada, "ada")
    assert ada("/login", email="bob@example.com", password="wrong").status == 401
    assert ada("/whoami").text == "ada@example.com"


@pytest.mark.parametrize("options", [{"api_key": "wrong"}, {"admin_token": "wrong"}, {}], ids=str)
def test_a_refused_login_on_the_admin_is_an_error_of_the_shop(shop: Shop, log_in: LogIn, options: Any) -> None:
    ada = shop(MEDUSA_LOGIN_URL="/enter")()
    log_in(ada, "ada")
    assert ada("/admin", **options).status == 500
    assert ada("/whoami").text == "ada@example.com"


def test_a_path_of_the_store_below_a_base_url_like_the_admins(shop: Shop) -> None:
    answer = shop("/admin", MEDUSA_LOGIN_URL="/enter")()("/me")
    assert (answer.status, answer.headers["Location"]) == (302, "/enter?next=%2Fme")


def test_a_login_on_the_admin_lasts_for_one_request(browsers: Browsers, log_in: LogIn, store: Store) -> None:
    ada, nobody = browsers(), browsers()
    log_in(ada, "ada")
    as_ada, as_eve, as_nobody = ({"email": email} for email in ("ada@example.com", "eve@example.com", None))
    for browser, customer in ((ada, as_ada), (nobody, as_nobody)):
        there = browser("/on-both-sides", email="eve@example.com", password="correct-horse")
        assert json.loads(there.text) == [customer, as_eve]
        assert json.loads(browser("/on-both-sides").text) == [customer, as_nobody]
    for request in store.peer.requests:
        name = request.headers.get("authorization", "").removeprefix("Bearer ").partition(".")[0]
        assert name in ("", "ada" if request.path.startswith("/store/") else "eve")


def test_an_error_of_the_shop_leaves_nothing_behind(browsers: Browsers, log_in: LogIn) -> None:
    ada, nobody = browsers(), browsers()
    log_in(ada, "ada")
    assert ada("/boom").status == 500
    assert nobody("/whoami").text == "None"
    assert ada("/whoami").text == "ada@example.com"


def test_a_stream_shows_the_customers_data_and_varies(browsers: Browsers, log_in: LogIn) -> None:
    ada, bob = browsers(), browsers()
    log_in(ada, "ada")
    log_in(bob, "bob")
    for browser, name in ((ada, "ada"), (bob, "bob"), (browsers(), None)):
        answer = browser("/stream")
        assert answer.text == 3 * (f"{name}@example.com\n" if name else "None\n")
        assert answer.headers["Vary"] == "Cookie"


def test_what_depends_on_the_customer_varies_by_cookie(browsers: Browsers) -> None:
    assert browsers()("/whoami").headers["Vary"] == "Cookie"
    assert "Vary" not in browsers()("/public").headers


def test_an_order(browsers: Browsers) -> None:
    assert browsers()("/orders/order_of_ada").text.strip() == f"order_of_ada: {written('49.00', 'eur')}"


@pytest.mark.parametrize(
    "id", ["", ".", "..", "order_nope", "../auth", "%00", "a%00b", "a/b", "%", "%25", "x" * 300, "%ED%A0%80", "é", " "]
)
def test_an_unknown_or_invalid_id_is_a_404(browsers: Browsers, log_in: LogIn, id: str) -> None:
    ada = browsers()
    log_in(ada, "ada")
    assert ada(f"/orders/{id}").status == 404
    assert id == "" or ada(f"/my-orders/{id}").status == 404


def test_another_customers_order_is_a_404(browsers: Browsers, log_in: LogIn) -> None:
    ada, bob = browsers(), browsers()
    log_in(ada, "ada")
    log_in(bob, "bob")
    assert ada("/my-orders/order_of_ada").text == "order_of_ada"
    assert ada("/my-orders/order_of_ada", fields="id").text == "order_of_ada"
    assert bob("/my-orders/order_of_ada").status == 404
    assert bob("/my-orders/order_of_ada", fields="id").status == 404
    assert browsers()("/my-orders/order_of_ada").status == 401


@pytest.mark.usefixtures("eager_threads")
def test_threads_of_a_request_act_as_one_of_the_sessions_customers(browsers: Browsers, store: Store) -> None:
    browser = browsers()
    tokens = [store.token("ada"), store.token("bob")]
    seen = json.loads(browser("/switching?" + "&".join(f"token={token}" for token in tokens)).text)
    assert seen == ["ada@example.com", "bob@example.com"]
    assert set(store.tokens_sent) == {f"Bearer {token}" for token in tokens}


def test_a_base_url_that_is_wrong_is_no_missing_order(shop: Shop) -> None:
    """With the wrong base URL `https://shop.example/store`, a page of an order fails with 500 and not with 404."""
    browser = shop(path_of_store="/store", MEDUSA_NOT_FOUND_AS_404=True)()
    for path in ("/orders/order_of_ada", "/my-orders/order_of_ada", "/not-found"):
        assert browser(path).status == 500
        assert browser(path, headers={"Accept": "application/json"}).status == 500
    assert browser("/orders/..").status == 404


def test_not_found_is_an_error_without_the_setting(shop: Shop) -> None:
    assert shop()()("/not-found").status == 500
    assert shop(MEDUSA_NOT_FOUND_AS_404=True)()("/not-found").status == 404


def test_one_pool_for_all(browsers: Browsers, log_in: LogIn, store: Store) -> None:
    names = [f"customer{number}" for number in range(12)]
    shoppers = {name: browsers() for name in names}
    for name, browser in shoppers.items():
        log_in(browser, name)

    def visit(name: str) -> None:
        for _ in range(15):
            assert shoppers[name]("/whoami").text == f"{name}@example.com"
            assert shoppers[name](f"/my-orders/order_of_{name}").text == f"order_of_{name}"

    with ThreadPoolExecutor(12) as pool:
        for visited in [pool.submit(visit, name) for name in names]:
            visited.result()
    assert store.peer.most_open <= 4
