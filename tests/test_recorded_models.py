"""Every entity in the recorded responses of all Store and Admin routes is decoded to its model and encoded again."""

from __future__ import annotations

from typing import Any

import pytest

from medusa import Model, Product

from .recorded_entities import ENTITIES, check, entities, inner_entities, successes
from .recordings import admin_exchanges, exchanges

BODIES = {"Store": successes(exchanges()), "Admin": successes(admin_exchanges())}
RECORDED = {api: inner_entities(bodies.values()) for api, bodies in BODIES.items()}
"""One recorded entity for each class and each combination of keys and nulls, by the API that returned the entity."""

NEVER_SENT = {
    "Store": {
        *("ClaimImage", "ClaimItem", "ClaimTag"),
        *("CustomerGroup", "DiscountCondition", "DraftOrder", "PublishableApiKey", "SalesChannelLocation"),
        *("BatchJob", "BatchJobResult", "BatchJobResultStatDescriptor", "FeatureFlag", "FulfillmentOption", "Invite"),
        *("InventoryItem", "InventoryLevel", "Note", "Notification", "NotificationProvider", "ReservationItem"),
        *("SalesChannelAvailability", "StockLocation", "StockLocationAddress", "Store", "StoreModule", "TaxProvider"),
        *("Upload", "User", "VariantInventory"),
    },
    "Admin": {"ClaimTag", "NotificationProvider", "PaymentMethod", "ProductVariantInventoryItem", "TaxProvider"},
}
"""The entities that no recorded response of an API contains.

The API does not return them, or returns them only in relations that were empty or not expanded.
"""


@pytest.mark.parametrize(
    "body",
    [pytest.param(body, id=f"{api}-{case}") for api, bodies in BODIES.items() for case, body in bodies.items()],
)
def test_each_entity_of_a_body_comes_back_as_it_was(body: dict[str, Any]) -> None:
    for cls, data in entities(body):
        check(cls, data)


@pytest.mark.parametrize("api", RECORDED)
@pytest.mark.parametrize("cls", ENTITIES.values(), ids=ENTITIES)
def test_an_entity_comes_back_as_it_was_also_by_itself(cls: type[Model], api: str) -> None:
    for (found, _, _), data in RECORDED[api].items():
        if found is cls:
            check(cls, data)


@pytest.mark.parametrize("api", RECORDED)
def test_all_other_entities_are_recorded(api: str) -> None:
    """Each entity is recorded for each API, except those in `NEVER_SENT`."""
    found = {cls for cls, _, _ in RECORDED[api]}
    assert {name for name, cls in ENTITIES.items() if cls not in found} == NEVER_SENT[api]


def test_a_product_of_a_deleted_collection() -> None:
    """A product whose collection was deleted has a collection in which all columns except the ID are null.

    The data is as recorded from the Admin API, which lists products with the same service as the Store API.
    """
    columns = ("created_at", "updated_at", "deleted_at", "title", "handle", "metadata")
    collection = {"id": "pcol_01M8G6WEHKBPSE2FHNX9K8FA2Q", **dict.fromkeys(columns)}
    check(Product, {"id": "prod_01M8G6VHP8RB0V4MZJ3TA4H6KY", "collection": collection})
