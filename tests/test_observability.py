"""The code of docs/observability.md. Each section runs in its own process, because these tools change global state."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import indent
from typing import Any
from urllib.parse import quote

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "observability.md"

# Tracebacks quote source lines, so every secret is made at run time.
STORE = """
import json
import uuid

from medusa import MedusaError, Medusa, RetryPolicy
from medusa.sandbox import SandboxStore


class NoWait(RetryPolicy):
    def get_backoff_time(self) -> float:
        return 0


secrets = {name: name + uuid.uuid4().hex for name in ("token", "api_key", "publishable", "password", "claim", "user")}
email = secrets["user"] + "@example.com"
"""

CALLS = """
medusa = store.client(
    max_retries=NoWait.of(2),
    token=secrets["token"],
    api_key=secrets["api_key"],
    publishable_api_key=secrets["publishable"],
)
hasty = medusa.with_options(timeout=(5, 0.2))
look_up = {"display_id": 1, "email": email}


def refused():
    medusa.with_options(base_url="http://127.0.0.1:1").orders.lookup_order(look_up)


def after(fault, *arguments, times=3, call=lambda: medusa.orders.lookup_order(look_up)):
    fault(*arguments, times=times)
    call()


CALLS = {
    "not found": lambda: medusa.orders.lookup_order(look_up),
    "failed": lambda: after(store.fail_next, 503),
    "dropped": lambda: after(store.drop_connection),
    "silent": lambda: after(store.delay, 3, call=lambda: hasty.orders.lookup_order(look_up)),
    "refused": refused,
    "exists": lambda: after(store.fail_next, 500, times=1, call=lambda: medusa.auth.exists(email)),
    "login": lambda: medusa.with_options().auth.get_token({"email": email, "password": secrets["password"]}),
    "claim": lambda: medusa.orders.confirm_request({"token": secrets["claim"]}),
    "admin": lambda: medusa.with_options(max_retries=0).request("GET", "/admin/orders"),
}
"""


def run(headings: list[str], before: str, then: str, changed: dict[str, str] | None = None, **environment: str) -> Any:
    """Run `before`, the page's code under these headings and `then` in a new process.

    Return the JSON object that the process prints, and what it writes to stderr under the key `stderr`.
    """
    sections = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.MULTILINE | re.DOTALL))
    code = "\n".join(
        block for heading in headings for block in re.findall(r"^```python\n(.*?)^```$", sections[heading], re.M | re.S)
    )
    for written, meant in {'"http://localhost:9000"': "store.url", **(changed or {})}.items():
        assert written in code or written.startswith('"http')
        code = code.replace(written, meant)
    with_store = "with SandboxStore() as store:\n" + indent(code + then, "    ")
    done = subprocess.run(
        [sys.executable, "-c", STORE + before + with_store],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return {**result, "stderr": done.stderr}


def test_the_log_and_the_metrics() -> None:
    told = run(
        ["Logging", "Errors", "Metrics"],
        "",
        """
medusa = medusa.with_options(max_retries=NoWait.of(2))
store.fail_next(503, times=1, retry_after=0)
store.drop_connection()
order = medusa.orders.retrieve(store.orders[0].id).order
try:
    medusa.orders.lookup_order({"display_id": 1, "email": email})
except MedusaError:
    pass
try:
    medusa.request("GET", f"/store/orders/{order.id}/{email}?email={email}")
except MedusaError:
    pass
print(json.dumps({
    "attempts": [[*key, count] for key, count in attempts.items()],
    "calls": [status for status, seconds in calls],
    "id": order.id,
    "sent": [store.requests[0].headers["X-Request-Id"], request_id],
    "secrets": secrets,
}))
""",
    )
    custom = f"GET /store/orders/{told['id']}/[hidden]"
    assert told["attempts"] == [
        ["GET /store/orders/{id}", "503", "first", 1],
        ["GET /store/orders/{id}", "ConnectionError", "retry", 1],
        ["GET /store/orders/{id}", "200", "retry", 1],
        ["GET /store/orders", "404", "first", 1],
        [custom, "404", "first", 1],
    ]
    assert told["calls"] == [200, 404, 404]
    sent, made = told["sent"]
    assert sent == made
    first, warning, *lines = told["stderr"].splitlines()
    assert re.search(r" DEBUG medusa GET /store/orders/\{id\}: 404 in 0\.\d{3} s \(attempt 1\)$", first)
    assert warning.endswith(f"Order with id order_none was not found (request ID sent: {made}, received: None)")
    assert [re.sub(r"^.* DEBUG medusa (.*) in \d\.\d{3} s", r"\1", line) for line in lines] == [
        "GET /store/orders/{id}: 503 (attempt 1)",
        "GET /store/orders/{id}: ConnectionError (attempt 2)",
        "GET /store/orders/{id}: 200 (attempt 3)",
        "GET /store/orders: 404 (attempt 1)",
        f"{custom}: 404 (attempt 1)",
    ]
    assert told["secrets"]["user"] not in told["stderr"]


TRACING = """
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
"""

TRACED = """
spans = {}
for name, call in CALLS.items():
    exporter.clear()
    try:
        call()
    except MedusaError:
        pass
    spans[name] = [json.loads(span.to_json()) for span in exporter.get_finished_spans()]
print(json.dumps({"spans": spans, "secrets": secrets}))
"""

ONE_EACH = dict.fromkeys(
    ["not found", "failed", "dropped", "silent", "refused", "exists", "login", "claim", "admin"], 1
)
ONE_FOR_EACH_ATTEMPT = {**ONE_EACH, "failed": 3, "dropped": 3, "silent": 3, "refused": 3}
BY_REQUESTS = "RequestsInstrumentor().instrument(request_hook=hide_addresses)"
BY_URLLIB3 = "URLLib3Instrumentor().instrument(url_filter=without_addresses)"


@pytest.mark.parametrize(
    ("switched_off", "spans", "conventions"),
    [
        pytest.param(BY_URLLIB3, ONE_EACH, "", id="requests"),
        pytest.param(BY_URLLIB3, ONE_EACH, "http", id="requests, new names"),
        pytest.param(BY_REQUESTS, ONE_FOR_EACH_ATTEMPT, "", id="urllib3"),
        pytest.param(BY_REQUESTS, ONE_FOR_EACH_ATTEMPT, "http", id="urllib3, new names"),
        pytest.param("", ONE_EACH, "", id="both"),
    ],
)
def test_opentelemetry(switched_off: str, spans: dict[str, int], conventions: str) -> None:
    changed = {switched_off: ""} if switched_off else {}
    traced = run(["OpenTelemetry"], TRACING, CALLS + TRACED, changed, OTEL_SEMCONV_STABILITY_OPT_IN=conventions)
    assert {name: len(of_call) for name, of_call in traced["spans"].items()} == spans
    url = "url.full" if conventions else "http.url"
    assert {span["attributes"][url].partition("/store")[2] for span in traced["spans"]["failed"]} == {
        "/orders?display_id=1&email=[hidden]"
    }
    assert traced["spans"]["exists"][0]["attributes"][url].endswith("/store/auth/[hidden]")
    assert leaks(traced["spans"], traced["secrets"]) == {}


@pytest.mark.parametrize("switched_off", [BY_URLLIB3, BY_REQUESTS], ids=["requests", "urllib3"])
def test_opentelemetry_without_a_hook(switched_off: str) -> None:
    hook = "request_hook=hide_addresses" if switched_off == BY_URLLIB3 else "url_filter=without_addresses"
    traced = run(["OpenTelemetry"], TRACING, CALLS + TRACED, {switched_off: "", hook: ""})
    assert leaks(traced["spans"], traced["secrets"]) == {"user": {"http.url"}}


KEPT = """
from sentry_sdk.transport import Transport


class Kept(Transport):
    events = []

    def capture_envelope(self, envelope):
        self.events += [item.payload.json for item in envelope.items]
"""

REPORTED = """
for name, call in CALLS.items():
    with sentry_sdk.start_transaction(name=name):
        try:
            call()
        except MedusaError as error:
            sentry_sdk.capture_exception(error)
print(json.dumps({"events": Kept.events, "secrets": secrets}))
"""

DSN = 'dsn="https://key@sentry.example.com/1"'
CONFIGURED = """    include_local_variables=False,
    before_send=scrub,
    before_send_transaction=scrub,
"""


def reported(*, sample_rate: float, scrubbed: str) -> Any:
    changed = {
        DSN: f"{DSN}, transport=Kept, traces_sample_rate={sample_rate}",
        CONFIGURED: scrubbed,
        BY_REQUESTS: "",
        BY_URLLIB3: "",
    }
    return run(["OpenTelemetry", "Sentry"], KEPT, CALLS + REPORTED, changed)


@pytest.mark.parametrize("sample_rate", [0, 1])
def test_sentry(sample_rate: float) -> None:
    told = reported(sample_rate=sample_rate, scrubbed=CONFIGURED)
    assert sum("exception" in event for event in told["events"]) == len(ONE_EACH)
    assert len(told["events"]) == len(ONE_EACH) * (2 if sample_rate else 1)
    assert leaks(told["events"], told["secrets"]) == {}


def test_sentry_with_the_variables_of_ones_own_frames() -> None:
    scrubbed = "before_send=lambda event, hint: drop_variables(event) or scrub(event, hint),"
    told = reported(sample_rate=0, scrubbed=scrubbed)
    assert len(told["events"]) == len(ONE_EACH)
    frames = [
        frame
        for event in told["events"]
        for exception in event["exception"]["values"]
        for frame in exception["stacktrace"]["frames"]
    ]
    own = [frame for frame in frames if frame["module"] == "__main__"]
    assert sum(bool(frame.pop("vars")) for frame in own) > 0
    assert not any("vars" in frame for frame in frames)
    assert leaks(told["events"], told["secrets"]) == {}


def test_sentry_without_these_lines() -> None:
    told = reported(sample_rate=1, scrubbed="")
    assert leaks(told["events"], told["secrets"]) == {
        "password": {"body", "password"},
        "claim": {"body", "token"},
        "user": {"body", "description", "email", "http.query", "ids", "path", "query", "url"},
    }


def leaks(told: Any, secrets: dict[str, str]) -> dict[str, set[str]]:
    """Return the secrets that `told` contains, each with the keys of the values that contain it."""
    found: dict[str, set[str]] = {}

    def look(value: Any, key: str) -> None:
        if isinstance(value, dict):
            for inner_key, inner_value in value.items():
                look(inner_value, inner_key)
        elif isinstance(value, list):
            for item in value:
                look(item, key)
        else:
            for name, secret in secrets.items():
                if secret in str(value) or quote(secret) in str(value):
                    found.setdefault(name, set()).add(key)

    look(told, "")
    return found
