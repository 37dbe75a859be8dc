"""freezegun may replace `datetime` by its own class at any time: decoding and encoding still work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import CORPUS

PROGRAM = """
import datetime, http.server, json, sys, threading
from freezegun import freeze_time

class Real:  # freezegun would replace the class in a variable of the module.
    datetime = datetime.datetime

body = json.loads(sys.stdin.read())
{before}

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()

def check():
    for _ in range(3):
        order = medusa.StoreOrdersRes.from_dict(body).order
        assert order.to_dict() == body["order"]
        assert type(order.created_at) is Real.datetime
        assert isinstance(order.created_at, datetime.datetime)
    now = datetime.datetime.now(datetime.UTC)
    written = json_text.dumps({{"at": now}}), query_string.encode({{"at": now}})
    today, standing = {{"on": now.date()}}, {{"on": datetime.date.today()}}
    for on in (today, standing):
        assert json_text.dumps(on) == b'{{"on":"%s"}}' % str(on["on"]).encode()
        assert query_string.encode(on) == f"on={{on['on']}}"
    assert written[0].startswith(b'{{"at":"20') and written[1].startswith("at=20")
    order.created_at = datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    assert order.to_dict()["created_at"] == "2023-12-31T23:00:00.000Z"
    with medusa.Medusa(f"http://127.0.0.1:{{server.server_port}}", max_retries=1, deadline=30) as client:
        assert client.orders.retrieve("order_1").order.to_dict() == body["order"]
        extended = client.with_options(models={{medusa.Order: declare()}})
        assert extended.orders.retrieve("order_1").order.to_dict() == body["order"]

def declare():
    @medusa.entity
    class MyOrder(medusa.Order):
        created_at: datetime.datetime
        delivered_at: datetime.datetime | None = medusa.field()
    return MyOrder

with freeze_time("2026-01-01 12:00:00"):
    import medusa
    from medusa.codec import json_text; from medusa.http import query_string
    check()
    mine_while_frozen = declare()
check()
assert mine_while_frozen.from_dict(body["order"]).to_dict() == body["order"]
with freeze_time("2026-01-01 12:00:00", tz_offset=-4):
    check()
check()
"""


@pytest.mark.parametrize(
    "before",
    [
        "",
        "import medusa",
        "import medusa.codec.converter",
        "import medusa; medusa.Order.from_dict(body['order'])",
        "import medusa; [medusa.Order.from_dict(body['order']).to_dict() for _ in range(3)]",
    ],
    ids=["nothing", "imported", "converter imported", "decoded", "compiled"],
)
def test_decoding_while_time_stands_still_and_after_it(before: str) -> None:
    body = json.loads((CORPUS / "orders" / "plain.json").read_text())["get"]["body"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(before=before)],
        input=json.dumps(body),
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == 0, done.stderr
