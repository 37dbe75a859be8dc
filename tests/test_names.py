"""Each public name is imported when it is first used, with only the modules that it needs."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, get_args

import pytest

import medusa

from .examples import annotations_of


def imported_by(code: str) -> set[str]:
    """Return the modules that a new process has imported after it ran this code."""
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


def test_decoding_what_was_stored_imports_no_http() -> None:
    for code in (
        'medusa.Order.from_json("{\\"id\\": \\"order_1\\"}").to_dict()',
        'medusa.StoreOrdersRes.from_dict({"order": {}})',
    ):
        imported = imported_by(code)
        assert "medusa.models.order" in imported
        assert not imported & {"requests", "urllib3"}


def test_decoding_imports_what_the_object_holds() -> None:
    for data, modules in (
        ({"id": "order_1", "total": 1}, set[str]()),
        ({"id": "order_1", "items": [{"id": "item_1"}]}, {"line_item"}),
        ({"id": "order_1", "items": [{"variant": {"product": {}}}]}, {"line_item", "product_variant", "product"}),
        ({"id": "order_1", "cart": {"region": {"countries": []}}}, {"cart", "region"}),
    ):
        for method in ("to_dict()", "extra", "__repr__()"):
            code = f"medusa.Order.from_dict({data}).{method}"
            assert models_imported_by(code) == {"base", "introspection", "order", *modules}
            assert not [name for name in imported_by(code) if name.startswith(("medusa.resources.", "medusa.client"))]


def test_what_an_entity_can_hold() -> None:
    assert medusa.LineItem in held_by(medusa.Order, set())
    assert medusa.Order in held_by(medusa.Region, set())
    assert medusa.Order not in held_by(medusa.Image, set())


def held_by(annotation: Any, found: set[type]) -> set[type]:
    """Return the classes of the package that an object of this type can contain at any depth, and its own class."""
    for argument in get_args(annotation):
        held_by(argument, found)
    if isinstance(annotation, type) and annotation.__module__.startswith("medusa.") and annotation not in found:
        found.add(annotation)
        for of_field in annotations_of(annotation).values():
            held_by(of_field, found)
    return found


def test_all_names_are_listed_once_and_can_be_imported() -> None:
    for name in medusa.__all__:
        assert getattr(medusa, name) is not None
    assert dir(medusa) == sorted(medusa.__all__)
    assert len(set(medusa.__all__)) == len(medusa.__all__)
    assert {"Medusa", "Order", "OrderStatus", "StoreOrdersRes", "entity", "MedusaNotFoundError"} <= {*medusa.__all__}


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Ordr", ". Did you mean: 'Order'?"),
        ("MedusaApiError", ". Did you mean: 'MedusaAPIError'?"),
        ("_Order", ""),
        ("HOMES", ""),
        ("Path", ""),
    ],
)
def test_a_name_that_there_is_not(name: str, suggestion: str) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(medusa, name)
    assert str(caught.value) == f"module 'medusa' has no attribute {name!r}{suggestion}"
    assert caught.value.name == name
    assert not hasattr(medusa, name)
