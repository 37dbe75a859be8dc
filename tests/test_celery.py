"""The tasks of docs/celery.md, with a real worker that has two prefork processes, and a real Redis server."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from kombu.exceptions import EncodeError

from medusa import (
    MedusaAuthenticationError,
    MedusaNotFoundError,
    MedusaRateLimitError,
    MedusaServerError,
    NotLoadedError,
    Order,
)
from medusa.sandbox import SandboxStore

from .celery_worker import SECRETS, logged, redis_server, shop, worker, write_files
from .conftest import not_loaded
from .faults.peer import Peer, Request, http

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        not shutil.which("redis-server") and not os.environ.get("CI"), reason="needs redis-server, Debian's package"
    ),
]


@pytest.fixture(scope="module")
def store() -> Iterator[SandboxStore]:
    with SandboxStore() as store:
        yield store


MORE_TASKS = """
import os

from medusa import Order


@app.task(base=MedusaTask)
def whole_order(id: str) -> Order:
    return medusa.orders.retrieve(id).order


@app.task(base=MedusaTask)
def order_as_dict(id: str) -> dict:
    return medusa.orders.retrieve(id).order.to_dict()


@app.task(base=MedusaTask)
def claims(id: str) -> list:
    return medusa.orders.retrieve(id).order.claims


@app.task(base=MedusaTask)
def look_up() -> None:
    customer = medusa.with_options(token=os.environ["TOKEN"], publishable_api_key=os.environ["KEY"])
    customer.orders.lookup_order({"display_id": 1, "email": os.environ["EMAIL"]})


@app.task(base=MedusaTask)
def log_in() -> None:
    medusa.with_options().auth.get_token({"email": os.environ["EMAIL"], "password": os.environ["PASSWORD"]})
"""


@pytest.fixture(scope="module")
def pickling(tmp_path_factory: pytest.TempPathFactory, store: SandboxStore) -> Iterator[tuple[Any, Path]]:
    with shop(tmp_path_factory.mktemp("pickling"), store.url, MORE_TASKS) as running:
        yield running


@pytest.fixture(scope="module")
def with_json(tmp_path_factory: pytest.TempPathFactory, store: SandboxStore) -> Iterator[Any]:
    with shop(tmp_path_factory.mktemp("json"), store.url, MORE_TASKS, json_results=True) as (tasks, _):
        yield tasks


def sent(store: SandboxStore, before: int) -> list[str]:
    return [request.path for request in store.requests[before:]]


def test_a_failure_that_may_pass_is_retried(pickling: tuple[Any, Path], store: SandboxStore) -> None:
    tasks, log = pickling
    order, before = store.orders[0], len(store.requests)
    store.fail_next(503, times=2, retry_after=0)
    result = tasks.order_total.delay(order.id)
    assert result.get(timeout=60) == order.total
    assert sent(store, before) == [f"/store/orders/{order.id}"] * 3
    assert logged(log, rf"\[{result.id}\] retry: Retry in 0\.0s: MedusaServerError\(", times=2)


def test_the_waits_without_a_retry_after(pickling: tuple[Any, Path], store: SandboxStore) -> None:
    tasks, _ = pickling
    order, before = store.orders[0], len(store.requests)
    store.drop_connection()
    assert tasks.order_total.delay(order.id).get(timeout=60) == order.total
    assert len(sent(store, before)) == 2


def test_no_such_order(pickling: tuple[Any, Path], store: SandboxStore) -> None:
    tasks, log = pickling
    before = len(store.requests)
    result = tasks.order_total.delay("order_none")
    with pytest.raises(MedusaNotFoundError, match="Order with id order_none was not found") as caught:
        result.get(timeout=60)
    error = caught.value
    assert sent(store, before) == ["/store/orders/order_none"]
    assert type(error) is MedusaNotFoundError
    assert (error.status, error.type, error.message) == (404, "not_found", "Order with id order_none was not found")
    assert error.response is not None
    assert error.response.json()["type"] == "not_found"
    assert logged(log, rf"INFO/\S+ Task tasks\.order_total\[{result.id}\] raised expected: ")


def test_the_last_error_is_the_result(pickling: tuple[Any, Path], store: SandboxStore) -> None:
    tasks, _ = pickling
    before = len(store.requests)
    store.fail_next(503, times=6, retry_after=0)
    with pytest.raises(MedusaServerError) as caught:
        tasks.order_total.delay(store.orders[0].id).get(timeout=60)
    assert (caught.value.status, caught.value.retryable, caught.value.retry_after) == (503, True, 0)
    assert len(sent(store, before)) == 6


def test_results_with_pickle(pickling: tuple[Any, Path], store: SandboxStore) -> None:
    tasks, _ = pickling
    id = store.orders[0].id
    order = tasks.whole_order.delay(id).get(timeout=60)
    assert isinstance(order, Order)
    assert order.to_dict() == tasks.order_as_dict.delay(id).get(timeout=60)
    with pytest.raises(NotLoadedError, match=not_loaded("Order.claims")) as caught:
        tasks.claims.delay(id).get(timeout=60)
    assert caught.value.field == "claims"


def test_results_with_json(with_json: Any, store: SandboxStore) -> None:
    """If results are JSON, a task cannot return a model, and errors arrive without their attributes."""
    tasks, id = with_json, store.orders[0].id
    assert tasks.order_total.delay(id).get(timeout=60) == store.orders[0].total
    assert tasks.order_as_dict.delay(id).get(timeout=60)["id"] == id
    with pytest.raises(EncodeError):
        tasks.whole_order.delay(id).get(timeout=60)
    with pytest.raises(MedusaNotFoundError, match="Order with id order_none was not found") as missing:
        tasks.order_total.delay("order_none").get(timeout=60)
    assert (missing.value.status, missing.value.response) == (0, None)
    store.fail_next(503, times=6, retry_after=0)
    with pytest.raises(MedusaServerError) as caught:
        tasks.order_total.delay(id).get(timeout=60)
    assert not caught.value.retryable
    with pytest.raises(NotLoadedError, match=not_loaded("Order.claims")) as absent:
        tasks.claims.delay(id).get(timeout=60)
    assert absent.value.field == ""


def test_the_key_of_a_task(pickling: tuple[Any, Path], store: SandboxStore) -> None:
    """All attempts of a task send the ID of the task as the idempotency key."""
    tasks, _ = pickling
    before = len(store.requests)
    store.fail_next(503, times=2, retry_after=0)
    store.fail_next(404)
    result = tasks.award_points.delay(store.orders[0].id)
    with pytest.raises(MedusaNotFoundError):  # The third request returns 404, which is not retried.
        result.get(timeout=60)
    assert [request.headers["Idempotency-Key"] for request in store.requests[before:]] == [result.id] * 3


def test_claims_made_twice(store: SandboxStore) -> None:
    """A claim that is made twice sends two mails, and confirming the first one twice changes nothing."""
    with store.client() as medusa:
        customer = medusa.with_options()
        customer.auth.get_token({"email": "grace@example.com", "password": "correct-horse"})
        order, before = store.add_order(email="guest@example.com"), len(store.mailbox)
        for _ in range(2):
            customer.orders.request_customer_orders({"order_ids": [order.id]})
        mails = store.mailbox[before:]
        assert [mail.old_email for mail in mails] == ["guest@example.com"] * 2
        medusa.orders.confirm_request({"token": mails[0].token})
        once = medusa.orders.retrieve(order.id).order
        medusa.orders.confirm_request({"token": mails[0].token})
        assert medusa.orders.retrieve(order.id).order == once


def test_nothing_secret_in_the_workers_log(pickling: tuple[Any, Path], store: SandboxStore) -> None:
    tasks, log = pickling
    store.fail_next(503, retry_after=0)
    store.drop_connection()
    with pytest.raises(MedusaNotFoundError):
        tasks.look_up.delay().get(timeout=60)
    store.fail_next(429, times=6, retry_after=0)
    with pytest.raises(MedusaRateLimitError):
        tasks.look_up.delay().get(timeout=60)
    with pytest.raises(MedusaAuthenticationError):
        tasks.log_in.delay().get(timeout=60)
    for line in ("/store/orders: 503 in ", "/store/orders: ConnectionError in ", "/store/auth/token: 401 in "):
        assert logged(log, line)
    assert logged(log, r"Task tasks\.log_in\[.*MedusaAuthenticationError")
    told = log.read_text()
    shown = [*SECRETS.values(), SECRETS["EMAIL"].partition("@")[0]]
    assert [secret for secret in shown if secret in told] == []


CALLED_BEFORE_THE_FORK = """
import os

medusa.orders.retrieve("order_of_the_parent")


@app.task(base=MedusaTask)
def order_and_process(id: str) -> tuple[str, int]:
    return medusa.orders.retrieve(id, {"X-Process": str(os.getpid())}).order.id, os.getpid()
"""


def test_each_process_has_its_own_connections_and_retry_after_is_waited_for(tmp_path: Path) -> None:
    request_times: list[float] = []

    def answer(sock: socket.socket, request: Request) -> bool:
        id = request.path.rpartition("/")[2]
        if id == "order_of_many":
            request_times.append(time.monotonic())
        if len(request_times) == 1 and id == "order_of_many":
            sock.sendall(http("", 429, Retry_After="2"))
            return True
        time.sleep(0.02)  # Slow responses make both processes work.
        body = {"order": {"id": id, "total": 100}}
        sock.sendall(http(json.dumps(body), Content_Type="application/json"))
        return True

    with Peer(answer) as peer, shop(tmp_path, peer.url, CALLED_BEFORE_THE_FORK) as (tasks, _):
        results = {f"order_{number}": tasks.order_and_process.delay(f"order_{number}") for number in range(40)}
        limited = tasks.order_total.delay("order_of_many")
        values = {id: result.get(timeout=60) for id, result in results.items()}
        assert {id: value[0] for id, value in values.items()} == {id: id for id in results}
        processes = {str(process) for _, process in values.values()}
        assert len(processes) == 2

        of_connection: dict[int, set[str]] = {}
        for request in peer.requests:
            if "order_of_many" not in request.path:
                of_connection.setdefault(request.connection, set()).add(request.headers.get("x-process", "a parent"))
        assert all(len(processes) == 1 for processes in of_connection.values())
        assert set.union(*of_connection.values()) == {"a parent", *processes}

        assert limited.get(timeout=60) == 100
        first, second = request_times
        assert second - first >= 2


def test_the_tests_of_the_page(tmp_path: Path) -> None:
    write_files(tmp_path, "celery.md", "http://127.0.0.1:1", "redis://127.0.0.1:1")
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_tasks.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert "2 passed" in tested.stdout


# The files that Celery's guide for Django shows, in a minimal project.
DJANGO_PROJECT = {
    "settings.py": """
SECRET_KEY = "not one"
INSTALLED_APPS = ["medusa.contrib.django", "shop"]
MEDUSA = {"base_url": "STORE", "max_retries": 2}
CELERY_BROKER_URL = CELERY_RESULT_BACKEND = "REDIS/0"
""",
    "celery.py": """
import os
from celery import Celery
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
""",
    "__init__.py": "from .celery import app as celery_app\n",
}


@pytest.mark.parametrize(
    ("app", "databases", "name"),
    [("shop", "00", "shop.tasks.order_total"), ("shop_tasks", "01", "shop_tasks.order_total")],
    ids=["django", "flask"],
)
def test_a_framework(
    tmp_path: Path, store: SandboxStore, app: str, databases: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's files for Django and for Flask run their tasks, and retry them."""
    with redis_server(tmp_path) as redis:
        write_files(tmp_path, "celery.md", store.url, redis)
        if app == "shop":
            for file, text in DJANGO_PROJECT.items():
                (tmp_path / "shop" / file).write_text(text.replace("STORE", store.url).replace("REDIS", redis))
        else:
            shutil.rmtree(tmp_path / "shop")
            write_files(tmp_path, "flask.md", store.url, redis)
        monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        with worker(app, tmp_path, SECRET_KEY=uuid.uuid4().hex):
            broker, backend = (f"{redis}/{database}" for database in databases)
            with Celery(broker=broker, backend=backend, set_as_current=False) as sender:
                order, before = store.orders[1], len(store.requests)
                store.fail_next(503, retry_after=0)
                assert sender.send_task(name, [order.id]).get(timeout=60) == order.total
                assert sent(store, before) == [f"/store/orders/{order.id}"] * 2
