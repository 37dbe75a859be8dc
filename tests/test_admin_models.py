"""Every entity in the recorded answers of all Admin routes, through its model and back; and the secrets in them."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import Model

from .recorded_entities import ENTITIES, check, entities, inner_entities, successes
from .recordings import admin_exchanges

BODIES = successes(admin_exchanges())
INNER = inner_entities(BODIES.values())

NEVER_SENT = {"ClaimTag", "NotificationProvider", "PaymentMethod", "ProductVariantInventoryItem", "TaxProvider"}
"""The entities that no recorded answer holds: they are of the Store, or in relations that were empty or left out."""


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_each_entity_of_a_body_comes_back_as_it_was(body: dict[str, Any]) -> None:
    for cls, data in entities(body):
        check(cls, data)


@pytest.mark.parametrize("cls", ENTITIES.values(), ids=ENTITIES)
def test_an_entity_comes_back_as_it_was_also_by_itself(cls: type[Model]) -> None:
    for (found, _, _), data in INNER.items():
        if found is cls:
            check(cls, data)


def test_all_other_entities_are_recorded() -> None:
    found = {cls for cls, _, _ in INNER}
    assert {name for name, cls in ENTITIES.items() if cls not in found} == NEVER_SENT
