"""The relations between the rows of the sandbox: their definitions, and loading and storing entities with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

import attrs

from .database import Database
from .entities import JSON


@attrs.frozen
class One:
    """A row of another kind, whose ID is in a column of this row."""

    kind: str
    key: str
    """The column, in this row."""


@attrs.frozen
class Many:
    """The rows of another kind that have this row's ID in a column."""

    kind: str
    key: str
    """The column, in the other rows."""
    are_parts: bool = True
    """Whether a row is deleted when it is removed from this relation. Otherwise its column becomes null."""


@attrs.frozen
class Linked:
    """Rows of a many-to-many relation. Their IDs are in a column with the relation's name and `_` before it."""

    kind: str


@attrs.frozen
class Linking:
    """The other side of `Linked`: the rows of another kind whose relation of this name contains this row."""

    kind: str
    name: str


Relation = One | Many | Linked | Linking

RELATIONS: dict[str, dict[str, Relation]] = {
    "cart": {
        "billing_address": One("address", "billing_address_id"),
        "customer": One("customer", "customer_id"),
        "discounts": Linked("discount"),
        "gift_cards": Linked("gift_card"),
        "items": Many("line_item", "cart_id"),
        "payment": One("payment", "payment_id"),
        "payment_sessions": Many("payment_session", "cart_id"),
        "region": One("region", "region_id"),
        "sales_channel": One("sales_channel", "sales_channel_id"),
        "shipping_address": One("address", "shipping_address_id"),
        "shipping_methods": Many("shipping_method", "cart_id"),
    },
    "customer": {
        "billing_address": One("address", "billing_address_id"),
        "groups": Linked("customer_group"),
        "shipping_addresses": Many("address", "customer_id"),
    },
    "discount": {
        "parent_discount": One("discount", "parent_discount_id"),
        "regions": Linked("region"),
        "rule": One("discount_rule", "rule_id"),
    },
    "discount_rule": {"conditions": Many("discount_condition", "discount_rule_id")},
    "gift_card": {"order": One("order", "order_id"), "region": One("region", "region_id")},
    "line_item": {
        "adjustments": Many("line_item_adjustment", "item_id"),
        "tax_lines": Many("line_item_tax_line", "item_id"),
        "variant": One("product_variant", "variant_id"),
    },
    "line_item_adjustment": {"discount": One("discount", "discount_id")},
    "money_amount": {
        "currency": One("currency", "currency_code"),
        "price_list": One("price_list", "price_list_id"),
        "region": One("region", "region_id"),
    },
    "price_list": {"customer_groups": Linked("customer_group")},
    "product": {
        "categories": Linked("product_category"),
        "collection": One("product_collection", "collection_id"),
        "images": Linked("image"),
        "options": Many("product_option", "product_id"),
        "profiles": Linked("shipping_profile"),
        "sales_channels": Linked("sales_channel"),
        "tags": Linked("product_tag"),
        "type": One("product_type", "type_id"),
        "variants": Many("product_variant", "product_id"),
    },
    "product_category": {
        "category_children": Many("product_category", "parent_category_id", are_parts=False),
        "parent_category": One("product_category", "parent_category_id"),
        "products": Linking("product", "categories"),
    },
    "product_collection": {"products": Many("product", "collection_id", are_parts=False)},
    "product_option": {"values": Many("product_option_value", "option_id")},
    "product_variant": {
        "options": Many("product_option_value", "variant_id"),
        "prices": Many("money_amount", "variant_id"),
        "product": One("product", "product_id"),
    },
    "publishable_api_key": {"sales_channels": Linked("sales_channel")},
    "region": {
        "countries": Many("country", "region_id"),
        "currency": One("currency", "currency_code"),
        "fulfillment_providers": Linked("fulfillment_provider"),
        "payment_providers": Linked("payment_provider"),
        "tax_rates": Many("tax_rate", "region_id"),
    },
    "return_reason": {
        "parent_return_reason": One("return_reason", "parent_return_reason_id"),
        "return_reason_children": Many("return_reason", "parent_return_reason_id", are_parts=False),
    },
    "shipping_method": {
        "shipping_option": One("shipping_option", "shipping_option_id"),
        "tax_lines": Many("shipping_method_tax_line", "shipping_method_id"),
    },
    "shipping_option": {
        "profile": One("shipping_profile", "profile_id"),
        "provider": One("fulfillment_provider", "provider_id"),
        "region": One("region", "region_id"),
        "requirements": Many("shipping_option_requirement", "shipping_option_id"),
    },
    "tax_rate": {
        "product_types": Linked("product_type"),
        "products": Linked("product"),
        "shipping_options": Linked("shipping_option"),
    },
}
"""The relations of each kind of row. A kind is the name of the model in `snake_case`."""


_TOTALS = frozenset({"original_tax_total", "original_total", "subtotal", "tax_total", "total"})

COMPUTED: dict[str, frozenset[str]] = {
    "cart": frozenset(
        {
            *("object", "payment_session", "subtotal", "discount_total", "raw_discount_total", "item_tax_total"),
            *("shipping_total", "shipping_tax_total", "tax_total", "gift_card_total", "gift_card_tax_total", "total"),
        }
    ),
    "line_item": _TOTALS | {"discount_total", "raw_discount_total", "refundable", "tax_lines"},
    "product": frozenset({"profile", "profile_id"}),
    "product_variant": frozenset(
        f"{price}{part}"
        for price in ("original", "calculated")
        for part in ("_price", "_price_incl_tax", "_price_includes_tax", "_price_type", "_tax")
    )
    | {"purchasable", "tax_rates"},
    "shipping_method": _TOTALS | {"tax_lines"},
    "shipping_option": frozenset({"price_incl_tax", "tax_amount", "tax_rates"}),
}
"""The fields that a real backend computes and that are not stored in a row."""


class UnknownRelationError(Exception):
    """There is no relation with this name. The only argument is the name."""


def load(database: Database, kind: str, row: JSON, relations: Iterable[str] = ()) -> JSON:
    """Return the columns of a row with these relations, for example `items` and `items.variant`.

    Raises `UnknownRelationError`.
    """
    loaded = {name: value for name, value in row.items() if not name.startswith("_")}
    for name, deeper in _tree(relations).items():
        relation = RELATIONS.get(kind, {}).get(name)
        if relation is None:
            raise UnknownRelationError(name)
        found = [load(database, relation.kind, each, deeper) for each in related(database, kind, row, name)]
        loaded[name] = (found[0] if found else None) if isinstance(relation, One) else found
    if kind == "product" and loaded.get("profiles"):  # Medusa's model has a property for the first profile.
        loaded |= {"profile": loaded["profiles"][0], "profile_id": loaded["profiles"][0]["id"]}
    return loaded


def related(database: Database, kind: str, row: JSON, name: str) -> list[JSON]:
    """Return the rows of one relation."""
    relation = RELATIONS[kind][name]
    if isinstance(relation, Many):
        return database.find(relation.kind, **{relation.key: row["id"]})
    if isinstance(relation, Linking):
        rows = database.find(relation.kind)
        return [each for each in rows if row["id"] in each.get(f"_{relation.name}", [])]
    ids = [row.get(relation.key)] if isinstance(relation, One) else row.get(f"_{name}", [])
    found = (database.get(relation.kind, id) for id in ids if id is not None)
    return [each for each in found if each is not None]


def store(database: Database, kind: str, entity: Mapping[str, Any]) -> None:
    """Store an entity from a real backend with all rows of its relations. Missing fields do not change."""
    id = _id_of(entity)
    row: JSON = database.get(kind, str(id)) or {}
    relations = RELATIONS.get(kind, {})
    computed = COMPUTED.get(kind, ())
    row |= {name: value for name, value in entity.items() if name not in relations and name not in computed}
    for name, relation in relations.items():
        if name not in entity or name in computed:
            continue
        value = entity[name]
        others = cast("list[JSON]", value if isinstance(value, list) else [value] if value else [])
        # An order is stored as one row. The columns of an order in a relation must not replace this row.
        for other in others if relation.kind != "order" else ():
            owner = {relation.key: id} if isinstance(relation, Many) else {}
            store(database, relation.kind, {**other, **owner})
        if isinstance(relation, Many) and isinstance(value, list):
            _remove(database, relation, id, but={_id_of(other) for other in others})
        if (
            isinstance(relation, One) and relation.key not in entity
        ):  # For example, a gift card is sent without region_id.
            row[relation.key] = _id_of(others[0]) if others else None
        if isinstance(relation, Linked):
            row[f"_{name}"] = [_id_of(other) for other in others]
    database.put(kind, row)


def _remove(database: Database, relation: Many, id: Any, *, but: Collection[Any] = ()) -> None:
    """Remove all rows from a relation of the row with this ID, except the rows with these IDs."""
    for row in database.find(relation.kind, **{relation.key: id}):
        if row["id"] in but:
            continue
        if not relation.are_parts:
            database.put(relation.kind, {**row, relation.key: None})
            continue
        for parts in RELATIONS.get(relation.kind, {}).values():
            if isinstance(parts, Many):
                _remove(database, parts, row["id"])
        database.delete(relation.kind, row["id"])


def _id_of(entity: Mapping[str, Any]) -> Any:
    return entity["id"] if "id" in entity else entity["code"]  # A currency has a code instead of an ID.


def _tree(relations: Iterable[str]) -> dict[str, list[str]]:
    """Return the names at the top level, each with its nested names."""
    tree: dict[str, list[str]] = {}
    for relation in relations:
        name, _, deeper = relation.partition(".")
        tree.setdefault(name, []).extend([deeper] if deeper else [])
    return tree
