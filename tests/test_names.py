"""The public names: each is imported when it is first used, with what it needs and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

import medusa


def imported_by(code: str) -> set[str]:
    """The modules that a new process has imported after this code."""
    code = f"import sys, medusa; {code}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split())


def models_imported_by(code: str) -> set[str]:
    return {name.removeprefix("medusa.models.") for name in imported_by(code) if name.startswith("medusa.models.")}


def test_importing_the_package_imports_nothing_else() -> None:
    imported = imported_by("dir(medusa)")
    assert {name for name in imported if name.partition(".")[0] == "medusa"} == {"medusa", "medusa._names"}
    assert not imported & {"attrs", "cattrs", "requests", "urllib3"}


def test_a_client_imports_no_models_and_no_converter() -> None:
    imported = imported_by('medusa.Medusa("http://localhost:9000")')
    assert not [name for name in imported if name.startswith(("medusa.models.", "medusa.codec."))]
    assert {name for name in imported if name.startswith("medusa.resources.")} == {"medusa.resources.lazy"}
    assert not imported & {"attrs", "cattrs"}


def test_a_class_imports_its_own_module_alone() -> None:
    assert models_imported_by("medusa.Region") == {"base", "introspection", "region"}
    assert models_imported_by("medusa.ClaimOrder") == {"base", "introspection", "claim"}
    assert not models_imported_by("medusa.NotLoadedError, medusa.RetryPolicy")
    assert "cattrs" not in imported_by("medusa.Order")


def test_decoding_imports_what_the_class_can_hold() -> None:
    region = models_imported_by('medusa.Region.from_dict({"id": "reg_1"})')
    assert region & {"order", "customer", "line_item", "claim"} == set()
    order = imported_by('medusa.Order.from_dict({"id": "order_1"})')
    assert "medusa.models.line_item" in order
    assert not [name for name in order if name.startswith(("medusa.resources.", "medusa.client"))]


def test_all_names_are_listed_once_and_can_be_imported() -> None:
    for name in medusa.__all__:
        assert getattr(medusa, name) is not None
    assert dir(medusa) == sorted(medusa.__all__)
    assert len(set(medusa.__all__)) == len(medusa.__all__)
    assert {"Medusa", "Order", "OrderStatus", "StoreOrdersRes", "entity", "MedusaNotFoundError"} <= {*medusa.__all__}


@pytest.mark.parametrize("name", ["Ordr", "Orders", "_Order", "HOMES", "Path"])
def test_a_name_that_there_is_not(name: str) -> None:
    with pytest.raises(AttributeError, match=rf"^module 'medusa' has no attribute {name!r}$") as caught:
        getattr(medusa, name)
    assert (caught.value.name, caught.value.obj) == (name, medusa)
    assert not hasattr(medusa, name)
