"""Each row of the table in docs/loading.md shows correctly which relations the order routes send."""

from __future__ import annotations

import re

import pytest

from medusa import Medusa, MedusaInvalidRequestError, Order, is_loaded
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import ORDER_OF_A_GUEST

from ..pages import ROOT
from .conftest import PlaceOrder
from .shop import Shop

ROWS = re.findall(
    r"^\| (`.*) \| (yes|only with `expand`|never) \| (yes|only with `expand`|never) \|$",
    (ROOT / "docs" / "loading.md").read_text(),
    re.MULTILINE,
)


@pytest.fixture
def order(request: pytest.FixtureRequest, medusa: Medusa, place_order: PlaceOrder) -> Order:
    """An order with items, a shipping method, a discount and a fulfillment, so that no list in the table is empty."""
    sandbox: SandboxStore | None = getattr(request.node, "sandbox", None)
    if sandbox is not None:
        id = sandbox.add_order(**ORDER_OF_A_GUEST, tracking_numbers=["1Z999AA10123456784"]).id
    else:
        id = place_order("guest@example.com")
        shop: Shop = request.getfixturevalue("shop")
        ordered = medusa.orders.retrieve(id).order.items
        shop.merchant.admin.orders.create_fulfillment(
            id, {"items": [{"item_id": item.id, "quantity": item.quantity} for item in ordered]}
        )
    return medusa.orders.retrieve(id).order


def includes(order: Order, relation: str) -> bool:
    """Return whether the order has the relation. For a relation in a list, check the first row of the list."""
    name, _, inner = relation.partition(".")
    if not inner or not is_loaded(order, name):
        return is_loaded(order, name)
    return is_loaded(getattr(order, name)[0], inner)


def test_what_comes_by_default_and_what_expand_can_name(medusa: Medusa, order: Order) -> None:
    assert len(ROWS) == 11
    assert order.cart_id
    by_lookup = medusa.orders.lookup_order({"display_id": order.display_id, "email": order.email}).order
    by_cart = medusa.orders.retrieve_by_cart_id(order.cart_id).order
    for names, of_order, of_cart in ROWS:
        for relation in re.findall(r"`([\w.]+)`", names):
            comes = (includes(order, relation), includes(by_lookup, relation), includes(by_cart, relation))
            assert (relation, comes) == (relation, (of_order == "yes", of_order == "yes", of_cart == "yes"))
            if of_order == "never":
                with pytest.raises(MedusaInvalidRequestError, match=relation):
                    medusa.orders.retrieve(order.id, expand=[relation])
            else:
                assert includes(medusa.orders.retrieve(order.id, expand=[relation]).order, relation)
