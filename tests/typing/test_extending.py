"""A user's own entities for a type checker: what it must accept, and what it must report on the lines with `ignore`."""

from __future__ import annotations

from typing import assert_type

from medusa import LineItem, Medusa, Model, Order, Resource, Result, StoreOrdersRes, entity, field


@entity
class MyLineItem(LineItem):
    engraving: str | None = field()


@entity
class MyOrder(Order):
    loyalty_points: int = field()


@entity
class MyOrderOfMyItems(MyOrder):
    # Code that takes an Order could add a plain LineItem to this list, so a type checker rightly rejects this type.
    items: list[MyLineItem] = field()  # type: ignore[assignment]  # pyright: ignore[reportIncompatibleVariableOverride]


class PlainOrder(Order):
    @property
    def is_big(self) -> bool:
        return self.total > 100_000


@entity
class StoreWishlistsRes(Result):
    wishlist: MyOrder


class WishlistsResource(Resource):
    def retrieve(self, id: str) -> StoreWishlistsRes:
        return self._get(StoreWishlistsRes, "/store/wishlists/{id}", id)


MODELS = {Order: MyOrder, LineItem: MyLineItem}
ANNOTATED: dict[type[Model], type[Model]] = {Order: PlainOrder}


def use(medusa: Medusa) -> None:
    extended = Medusa(models={Order: MyOrderOfMyItems, LineItem: MyLineItem})
    Medusa(models=MODELS).with_options(models=ANNOTATED).with_options(models=None)
    result = extended.orders.retrieve("order_1")
    assert_type(result, StoreOrdersRes)
    assert_type(result.order, Order)
    order = result.order
    assert isinstance(order, MyOrderOfMyItems)
    assert_type(order.loyalty_points, int)
    assert_type(order.items, list[MyLineItem])
    assert_type(order.items[0].engraving, str | None)
    assert_type(order.customer_id, str)
    for item in result.order.items:
        assert isinstance(item, MyLineItem)
        assert_type(item.engraving, str | None)
    for claim in order.claims:
        if isinstance(claim.order, MyOrder):
            assert_type(claim.order.loyalty_points, int)
    assert_type(MyOrder.from_dict({}), MyOrder)
    assert_type(MyOrder(id="order_1", loyalty_points=1).loyalty_points, int)
    assert_type(PlainOrder.from_dict({}).is_big, bool)
    assert_type(WishlistsResource(medusa).retrieve("wish_1").wishlist, MyOrder)


def misuse(order: Order) -> None:
    print(order.loyalty_points)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    MyOrder(loyalty_points="1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    MyOrder(loyalty=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Medusa(models={"Order": MyOrder})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    Medusa(models={Order: str})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    Medusa(models=[MyOrder])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
