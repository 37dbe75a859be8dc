"""The merchant registers customers and puts them into groups."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from medusa import (
    Customer,
    CustomerGroup,
    MedusaAuthenticationError,
    MedusaInvalidRequestError,
    MedusaNotFoundError,
    MedusaServerError,
    is_loaded,
)

from ..shop import PASSWORD, Shop, new_email
from .methods import methods_of

pytestmark = pytest.mark.server

METHODS = methods_of("customers", "customer_groups")


@pytest.fixture(scope="module")
def customer(shop: Shop) -> Customer:
    return new_customer(shop)


@pytest.fixture
def group(shop: Shop) -> CustomerGroup:
    return new_group(shop)


def new_customer(shop: Shop, last_name: str = "Lovelace") -> Customer:
    email = new_email("Ada-")
    made = shop.merchant.admin.customers.create(
        {"email": email, "first_name": "Ada", "last_name": last_name, "password": PASSWORD, "metadata": {"level": 1}}
    ).customer
    assert (made.email, made.has_account, made.metadata) == (email.lower(), True, {"level": 1})
    return made


def new_group(shop: Shop, name: str = "Group") -> CustomerGroup:
    name = f"{name} {uuid.uuid4().hex}"
    made = shop.merchant.admin.customer_groups.create({"name": name, "metadata": {"level": 1}}).customer_group
    assert (made.name, made.metadata) == (name, {"level": 1})
    return made


def test_every_method(shop: Shop) -> None:
    customer, groups = new_customer(shop), [new_group(shop), new_group(shop)]
    change(shop, customer, groups)
    put_into_groups(shop, customer, groups)
    for group in groups:
        for _ in range(2):
            deleted = shop.merchant.admin.customer_groups.delete(group.id)
            assert (deleted.id, deleted.object, deleted.deleted) == (group.id, "customer_group", True)
    assert METHODS - shop.returned == set()


def change(shop: Shop, customer: Customer, groups: list[CustomerGroup]) -> None:
    """Change a customer: metadata is merged, but groups are replaced."""
    customers, customer_groups = shop.merchant.admin.customers, shop.merchant.admin.customer_groups
    changed = customers.update(customer.id, {"first_name": "Augusta", "metadata": {"level": "", "vip": True}}).customer
    assert (changed.first_name, changed.last_name, changed.metadata) == ("Augusta", "Lovelace", {"vip": True})
    assert (changed.orders, changed.shipping_addresses) == ([], [])
    for wanted in ([groups[0]], [groups[1]], []):
        customers.update(customer.id, {"groups": [{"id": each.id} for each in wanted]})
        found = customers.retrieve(customer.id, expand=["groups"]).customer
        assert [each.id for each in found.groups] == [each.id for each in wanted]
    name = f"{groups[0].name}, changed"
    group = customer_groups.update(groups[0].id, {"name": name, "metadata": {"level": "", "a": None}}).customer_group
    assert (group.name, group.metadata) == (name, {"a": None})


def put_into_groups(shop: Shop, customer: Customer, groups: list[CustomerGroup]) -> None:
    """Add a customer to a group, and remove the customer. A second call changes nothing."""
    customers, customer_groups = shop.merchant.admin.customers, shop.merchant.admin.customer_groups
    group, other = groups
    batch: Any = {"customer_ids": [{"id": customer.id}]}
    for _ in range(2):
        assert customer_groups.add_customers(group.id, batch).customer_group.id == group.id
    page = customer_groups.list_customers(group.id, {"expand": "groups"})
    assert [(each.id, each.groups[0].id) for each in page.customers] == [(customer.id, group.id)]
    assert (page.count, page.offset, page.limit) == (1, 0, 50)
    assert [each.id for each in customer_groups.iterate_customers(group.id, page_size=1)] == [customer.id]
    assert customer_groups.list_customers(other.id).customers == []
    # A list of more than 20 IDs is included, because Medusa parses such a query as an object.
    for several in ([group.id], [other.id, group.id], [*[other.id] * 30, group.id]):
        assert [each.id for each in customers.list({"groups": several}).customers] == [customer.id]
    found = customer_groups.retrieve(group.id, {"expand": "customers"}, fields="name").customer_group
    assert (found.customers[0].id, is_loaded(found, "metadata")) == (customer.id, False)
    (listed,) = customer_groups.list({"name": [found.name, "none"], "expand": "customers"}).customer_groups
    assert listed.customers[0].id == customer.id
    for _ in range(2):
        assert customer_groups.remove_customers(group.id, batch).customer_group.id == group.id
    assert customer_groups.list_customers(group.id).count == 0


def test_the_hash_of_the_password_is_not_shown(shop: Shop, customer: Customer) -> None:
    secret = customer.to_dict()["password_hash"]
    assert secret
    assert customer.password_hash == secret
    assert secret not in repr(customer)


def test_pages_have_each_customer_once(shop: Shop) -> None:
    """Pages contain each customer once, although the backend does not sort customers by default."""
    last_name = f"Lovelace-{uuid.uuid4().hex}"
    made = {new_customer(shop, last_name).id for _ in range(5)}
    customers = shop.merchant.admin.customers
    for page_size in (1, 2, 100):
        found = [each.id for each in customers.iterate({"q": last_name.upper()}, page_size=page_size)]
        assert (sorted(found), len(found)) == (sorted(made), 5)
    assert customers.list({"q": last_name, "order": "-id", "limit": 2}).customers[0].id == max(made)
    assert customers.list({"q": last_name, "has_account": False}).count == 0


def test_groups_are_listed_newest_first(shop: Shop) -> None:
    groups, name = shop.merchant.admin.customer_groups, f"Group-{uuid.uuid4().hex}"
    made = [new_group(shop, name).id for _ in range(3)]
    page = groups.list({"q": name.upper(), "limit": 2})
    assert ([each.id for each in page.customer_groups], page.count) == (made[:0:-1], 3)
    assert [each.id for each in groups.iterate({"q": name}, page_size=1)] == sorted(made)


def test_without_a_login(shop: Shop, group: CustomerGroup) -> None:
    admin = shop.medusa.admin
    for call in (admin.customers.list, admin.customer_groups.list, lambda: admin.customer_groups.delete(group.id)):
        with pytest.raises(MedusaAuthenticationError):
            call()


def test_what_the_backend_refuses(shop: Shop, customer: Customer, group: CustomerGroup) -> None:
    admin = shop.merchant.admin
    new: Any = {"email": customer.email, "first_name": "A", "last_name": "B", "password": "x"}
    with pytest.raises(MedusaInvalidRequestError) as caught:
        admin.customers.create(new)
    assert (caught.value.status, caught.value.type) == (422, "duplicate_error")
    assert customer.email not in str(caught.value)
    with pytest.raises(MedusaInvalidRequestError, match="cannot be changed") as caught:
        admin.customers.update(customer.id, {"email": new_email()})
    assert caught.value.status == 400
    with pytest.raises(MedusaInvalidRequestError, match="already exists") as caught:
        admin.customer_groups.create({"name": group.name})
    assert caught.value.status == 422
    for id in (group.id, [group.id], {"contains": group.id}):
        by_id: Any = {"id": id}
        with pytest.raises(MedusaInvalidRequestError):
            admin.customer_groups.list(by_id)


def test_unknown_ids(shop: Shop, customer: Customer, group: CustomerGroup) -> None:
    admin = shop.merchant.admin
    for call in (
        lambda: admin.customers.retrieve("cus_none"),
        lambda: admin.customers.update("cus_none", {}),
        lambda: admin.customers.update(customer.id, {"groups": [{"id": "cgrp_none"}]}),
        lambda: admin.customer_groups.retrieve("cgrp_none"),
        lambda: admin.customer_groups.update("cgrp_none", {}),
        lambda: admin.customer_groups.add_customers(group.id, {"customer_ids": [{"id": "cus_none"}]}),
        lambda: admin.customer_groups.remove_customers("cgrp_none", {"customer_ids": [{"id": customer.id}]}),
    ):
        with pytest.raises(MedusaNotFoundError):
            call()
    assert admin.customer_groups.list_customers("cgrp_none").count == 0


def test_mistakes_that_are_answered_500(shop: Shop, customer: Customer, group: CustomerGroup) -> None:
    admin = shop.merchant.admin
    nothing: Any = {}
    no_metadata: Any = {"metadata": None}
    for call, cause in (
        (lambda: admin.customers.retrieve(customer.id, expand="nope"), "expand has an unknown name"),
        (lambda: admin.customers.list({"limit": -1}), "limit or offset is negative"),
        (lambda: admin.customer_groups.list({"order": "nope"}), "order has an unknown name"),
        (lambda: admin.customer_groups.retrieve(group.id, fields="nope"), "fields has an unknown name"),
        (lambda: admin.customer_groups.update(group.id, no_metadata), "metadata is null"),
        (lambda: admin.customer_groups.add_customers(group.id, nothing), "customer_ids is missing"),
        (lambda: admin.customer_groups.remove_customers(group.id, nothing), "customer_ids is missing"),
    ):
        with pytest.raises(MedusaServerError, match=cause):
            call()
