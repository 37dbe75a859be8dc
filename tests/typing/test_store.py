"""From products to an order for a type checker: what it must accept, and what it must report on lines with `ignore`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import assert_type

from medusa import (
    Cart,
    LineItem,
    Medusa,
    MedusaError,
    MoneyAmount,
    NoContent,
    Order,
    PaymentMethodsResource,
    Product,
    ProductCategory,
    ProductCollection,
    ProductTag,
    ProductType,
    ProductVariant,
    Region,
    Return,
    StoreCartsRes,
    StoreCompleteCartRes,
    StoreGetProductsParams,
    StorePostCartReq,
    Swap,
)


def narrow(completed: StoreCompleteCartRes) -> str:
    assert_type(completed.data, Order | Cart | Swap)
    if isinstance(completed.data, Order):
        assert_type(completed.data, Order)
        return str(completed.data.display_id)
    if isinstance(completed.data, Cart):
        assert_type(completed.data, Cart)
        return str(completed.payment_status)
    assert_type(completed.data, Swap)
    return completed.data.id


def match(completed: StoreCompleteCartRes) -> str:
    match completed.data:
        case Order(display_id=number):
            assert_type(number, int)
            return str(number)
        case Cart() as cart:
            return cart.id
        case Swap() as swap:
            return swap.id


def go_through_pages(medusa: Medusa) -> None:
    assert_type(medusa.products.iterate(), Iterator[Product])
    assert_type(medusa.products.variants.iterate(page_size=10), Iterator[ProductVariant])
    assert_type(medusa.collections.iterate(start=5), Iterator[ProductCollection])
    assert_type(medusa.product_categories.iterate(read_ahead=True), Iterator[ProductCategory])
    assert_type(medusa.product_tags.iterate(), Iterator[ProductTag])
    assert_type(medusa.product_types.iterate(), Iterator[ProductType])
    assert_type(medusa.regions.iterate(), Iterator[Region])
    assert_type(medusa.customers.iterate_orders({"status": ["pending"]}), Iterator[Order])
    for product in medusa.products.iterate({"q": "shirt", "created_at": {"gte": datetime.now(UTC)}}):
        assert_type(product.variants[0].prices[0], MoneyAmount)
    medusa.products.iterate({"q": "shirt"}, {"X-Shop": "one"}, page_size=20, start=40, read_ahead=True)


def sell(medusa: Medusa) -> None:
    assert_type(medusa.carts.create(), StoreCartsRes)
    cart = medusa.carts.create({"items": [{"variant_id": "variant_1", "quantity": 2}]}).cart
    medusa.carts.create(StorePostCartReq(region_id="reg_1", items=[{"variant_id": "variant_1", "quantity": 1}]))
    assert_type(cart.items, list[LineItem])
    medusa.carts.update(cart.id, {"email": "ada@example.com", "shipping_address": {"first_name": "Ada"}})
    medusa.carts.update(cart.id, {"shipping_address": "addr_1", "discounts": [{"code": "SALE"}]})
    assert_type(medusa.carts.line_items.create(cart.id, {"variant_id": "variant_1", "quantity": 1}).cart, Cart)
    assert_type(medusa.returns.create({"order_id": "order_1", "items": []}).return_, Return)
    assert_type(medusa.customers.generate_password_token({"email": "ada@example.com"}), NoContent)
    assert_type(medusa.products.list().products, list[Product])
    assert_type(medusa.products.list().count, int)
    assert_type(medusa.products.retrieve("prod_1", expand=["variants"], region_id="reg_1").product, Product)
    assert_type(medusa.payment_methods, PaymentMethodsResource)
    assert_type(medusa.customers.payment_methods, PaymentMethodsResource)
    assert_type(MedusaError().may_have_happened, bool)
    assert_type(medusa.with_options(repeat_posts=True), Medusa)


def misuse(medusa: Medusa, completed: StoreCompleteCartRes, query: StoreGetProductsParams) -> None:
    print(completed.data.display_id)  # type: ignore[union-attr]  # pyright: ignore
    medusa.carts.create({"items": [{"variant": "variant_1", "quantity": 2}]})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    medusa.carts.create({"items": [{"variant_id": "variant_1"}]})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    medusa.carts.create({"items": {"variant_id": "variant_1", "quantity": 2}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    medusa.carts.update("cart_1", {"shipping_address": {"frist_name": "Ada"}})  # type: ignore[typeddict-item]  # pyright: ignore[reportArgumentType]
    medusa.carts.update("cart_1", {"discounts": [{"cod": "SALE"}]})  # type: ignore[typeddict-item, typeddict-unknown-key]  # pyright: ignore[reportArgumentType]
    medusa.products.list({"created_at": {"gt_": datetime.now(UTC)}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    medusa.products.list({"tags": "sale"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    medusa.products.iterate(limit=10)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    medusa.products.iterate(page_size="10")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    medusa.products.retrieve("prod_1", region="reg_1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    medusa.carts.line_items.create("cart_1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    medusa.swaps.create({"order_id": "order_1", "return_items": [], "additional_items": [{"quantity": 1}]})  # type: ignore[typeddict-item]  # pyright: ignore[reportArgumentType]
    print(medusa.carts.create().card)  # type: ignore[attr-defined]  # pyright: ignore
    query["tag"] = ["sale"]  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportGeneralTypeIssues]
    for product in medusa.products.iterate():
        print(product.titel)  # type: ignore[attr-defined]  # pyright: ignore
