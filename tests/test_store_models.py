"""Every entity in the recorded responses of all Store routes is read into its model and written unchanged."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import Model, Product

from .recorded_entities import ENTITIES, check, entities, inner_entities, successes
from .recordings import exchanges

BODIES = successes(exchanges())
INNER = inner_entities(BODIES.values())

NEVER_SENT = {
    *("ClaimImage", "ClaimItem", "ClaimTag"),
    *("CustomerGroup", "DiscountCondition", "DraftOrder", "PublishableApiKey", "SalesChannelLocation", "TaxProvider"),
    *("BatchJob", "BatchJobResult", "BatchJobResultStatDescriptor", "FeatureFlag", "FulfillmentOption", "Invite"),
    *("InventoryItem", "InventoryLevel", "Note", "Notification", "NotificationProvider", "ReservationItem"),
    *("SalesChannelAvailability", "StockLocation", "StockLocationAddress", "Store", "StoreModule", "Upload", "User"),
    "VariantInventory",
}
"""The entities that no recorded response contains. Only expanded relations of an order and the Admin API have them."""


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


def test_a_product_of_a_deleted_collection() -> None:
    """A deleted collection of a product has null in every column except its ID, and comes back unchanged.

    This was recorded from the Admin API, which lists products with the same service as the Store API.
    """
    columns = ("created_at", "updated_at", "deleted_at", "title", "handle", "metadata")
    collection = {"id": "pcol_01M8G6WEHKBPSE2FHNX9K8FA2Q", **dict.fromkeys(columns)}
    check(Product, {"id": "prod_01M8G6VHP8RB0V4MZJ3TA4H6KY", "collection": collection})
