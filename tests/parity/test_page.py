"""The JS code of docs/js-client.md runs in Node, on the real Medusa of the page's Python code."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

from medusa import Medusa

from ..pages import blocks
from .comparison import HERE, install


def test_its_js_runs_and_prints_what_it_should(
    backend: dict[str, Any], stand_ins: dict[str, Callable[[], str]]
) -> None:
    install()
    client, *others = [code for language, code in blocks("js-client.md") if language == "js"]
    script = client + "".join(f'{{\n{code}}}\nconsole.log("end of {n}")\n' for n, code in enumerate(others))
    made = {written: make() for written, make in stand_ins.items() if written in script}
    for written, meant in made.items():
        script = script.replace(written, meant)
    node = ["node", "--input-type=module"]
    done = subprocess.run(node, input=script, cwd=HERE, capture_output=True, text=True, timeout=120)
    assert done.stderr == ""

    with Medusa(base_url=backend["url"]) as medusa:
        order = medusa.orders.retrieve(made["order_01G..."]).to_dict()["order"]
    first, *rest = done.stdout.splitlines()
    assert first.startswith(f"{order['display_id']} {order['created_at']} 200 ")
    error = "not_found Order with id order_none was not found"
    assert rest == ["end of 0", "end of 1", error, *(f"end of {n}" for n in range(2, len(others)))]
