"""What `expand` and `fields` leave of an order on each route, as Medusa 1.20.11 does it, oddities included."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

from ..models import Order


class Route(Enum):
    """The routes that send orders."""

    RETRIEVE = "retrieve"
    LOOKUP = "lookup"
    CART = "cart"
    MINE = "mine"


class InvalidSelectionError(Exception):
    """The route doesn't allow what was asked for: 400."""


class FailedSelectionError(Exception):
    """The backend takes what was asked for as a column of the database, and fails: 500."""


_DEFAULT_RELATIONS = (
    "shipping_address",
    "fulfillments",
    "fulfillments.tracking_links",
    "items",
    "items.variant",
    "shipping_methods",
    "shipping_methods.shipping_option",
    "discounts",
    "discounts.rule",
    "customer",
    "payments",
    "region",
)
_ALLOWED_RELATIONS = (*_DEFAULT_RELATIONS, "billing_address")
# Loaded only when asked for. The others are loaded to compute the totals, whatever was asked for.
_OPTIONAL_RELATIONS = {"shipping_address", "billing_address", "fulfillments", "customer"}
_RELATIONS_OF_CART_ROUTE = {"claims", "gift_cards", "gift_card_transactions", "refunds", "swaps"}

_DEFAULT_FIELDS = (
    "id",
    "status",
    "fulfillment_status",
    "payment_status",
    "display_id",
    "cart_id",
    "customer_id",
    "email",
    "region_id",
    "currency_code",
    "tax_rate",
    "created_at",
)
# Naming one of these switches to an older computation of the totals.
_SWITCHING_TOTALS = (
    "shipping_total",
    "discount_total",
    "tax_total",
    "refunded_total",
    "total",
    "subtotal",
    "paid_total",
    "refundable_amount",
    "gift_card_total",
    "items.refundable",
)
_ALLOWED_FIELDS = (*_DEFAULT_FIELDS, "object", "gift_card_tax_total", *_SWITCHING_TOTALS)
_COLUMNS = {*_DEFAULT_FIELDS, "idempotency_key"}  # the last is let through, because it begins with `id`
_TOTALS = {*_SWITCHING_TOTALS, "gift_card_tax_total", "item_tax_total", "shipping_tax_total"}
_ITEM_TOTALS = {
    "subtotal",
    "total",
    "original_total",
    "original_tax_total",
    "tax_total",
    "discount_total",
    "raw_discount_total",
}
_METHOD_TOTALS = {"original_tax_total", "original_total", "subtotal", "tax_total", "total"}


def select(order: dict[str, Any], route: Route, fields: str | None, expand: str | None) -> dict[str, Any]:
    """What the route sends of a whole order. Raises `InvalidSelectionError` and `FailedSelectionError`.

    Columns that Medusa does not have are sent as if the backend named them in `defaultStoreOrdersFields` and
    `allowedStoreOrdersFields`.
    """
    own = order.keys() - Order._hints.keys()
    chosen = _chosen_fields(route, fields, own)
    relations = _chosen_relations(route, expand)
    switches = chosen.intersection(_SWITCHING_TOTALS)
    old_totals = switches if route is Route.LOOKUP else set[str]()
    if route is Route.CART and switches - {"items.refundable"}:
        raise FailedSelectionError

    shown = _scalars(route, fields, chosen, own) | _relations(route, expand, relations, chosen, fields)
    shown |= _old_totals(old_totals) if old_totals else _TOTALS
    selected = {key: value for key, value in order.items() if key in shown}
    if "idempotency_key" in chosen and "idempotency_key" not in selected:
        selected["idempotency_key"] = None
    if route is Route.MINE:
        selected["raw_discount_total"] = sum(item.get("raw_discount_total", 0) for item in order["items"])

    if "fulfillments" in selected and "fulfillments.tracking_links" not in relations:
        selected["fulfillments"] = [_without(each, {"tracking_links"}) for each in selected["fulfillments"]]
    if "shipping_methods" in selected:
        hidden = set(_METHOD_TOTALS) if old_totals else set[str]()
        if "shipping_methods.shipping_option" not in relations:
            hidden.add("shipping_option")
        selected["shipping_methods"] = [_without(each, hidden) for each in selected["shipping_methods"]]
    if "items" in selected:
        hidden = _hidden_of_items(route, switches)
        shows_product = bool(switches) and route in (Route.RETRIEVE, Route.LOOKUP)
        selected["items"] = [_item(item, hidden, shows_product) for item in selected["items"]]
        if old_totals:  # which leave a custom item the tax lines that it does not have
            selected["items"] = [{"tax_lines": [], **item} for item in selected["items"]]
    return selected


def _chosen_fields(route: Route, fields: str | None, own: set[str]) -> set[str]:
    chosen = [*_DEFAULT_FIELDS, *own]
    if fields is not None:
        given = [name for name in fields.split(",") if name]
        if not given or any(name[0] not in "+-*" for name in given):
            chosen = [re.sub(r"^[+-]", "", name) for name in given]
        else:
            gone = {name[1:] for name in given if name[0] == "-"}
            added = [name.removeprefix("+") for name in given if name[0] != "-"]
            chosen = [name for name in (*chosen, *added) if name not in gone]
        chosen += ["id", *(["created_at"] if route in (Route.LOOKUP, Route.MINE) else [])]
    whole_relations = [name[1:] for name in chosen if name.startswith("*")]
    chosen = [name for name in chosen if not name.startswith("*")]
    if route is not Route.MINE:
        unknown = [name for name in chosen if not name.startswith((*_ALLOWED_FIELDS, *own))]
        unknown += [name for name in whole_relations if name not in _ALLOWED_FIELDS]
        _refuse(unknown)
    columns = {name for name in chosen if name not in _SWITCHING_TOTALS}
    if whole_relations or any(name not in _COLUMNS | own and not re.fullmatch(r"items\.\w+", name) for name in columns):
        raise FailedSelectionError
    return set(chosen)


def _chosen_relations(route: Route, expand: str | None) -> set[str]:
    if expand is None:
        return set(_DEFAULT_RELATIONS)
    relations = [name for name in expand.split(",") if name]
    if route is not Route.MINE:
        _refuse([name for name in relations if name not in _ALLOWED_RELATIONS])
    return set(relations)


def _refuse(names: list[str]) -> None:
    if names:
        raise InvalidSelectionError(f"Requested fields [{', '.join(dict.fromkeys(names))}] are not valid")


def _scalars(route: Route, fields: str | None, chosen: set[str], own: set[str]) -> set[str]:
    loaded = chosen | {"object"}
    if route in (Route.CART, Route.MINE):
        return loaded
    if route is Route.LOOKUP:
        loaded.add("tax_rate")
    return loaded & (chosen if fields else {*_ALLOWED_FIELDS, "idempotency_key", *own})


def _relations(route: Route, expand: str | None, relations: set[str], chosen: set[str], fields: str | None) -> set[str]:
    tops = {name.partition(".")[0] for name in relations}
    always = {name.partition(".")[0] for name in _ALLOWED_RELATIONS} - _OPTIONAL_RELATIONS
    if route in (Route.CART, Route.MINE):
        return always | _RELATIONS_OF_CART_ROUTE | tops
    if not expand:
        return always | tops
    # The items come unasked too, because the allowed fields have items.refundable among them.
    return tops | ({"items"} if not fields or "items.refundable" in chosen else set())


def _old_totals(totals: set[str]) -> set[str]:
    return totals | ({"gift_card_tax_total"} if "gift_card_total" in totals else set())


def _hidden_of_items(route: Route, switches: set[str]) -> set[str]:
    hidden: set[str] = set()
    if route is Route.LOOKUP and switches:
        if not switches & {"subtotal", "total"}:
            hidden |= _ITEM_TOTALS
        if "items.refundable" not in switches:
            hidden.add("refundable")
    if route in (Route.RETRIEVE, Route.LOOKUP) and "items.refundable" in switches:
        hidden.add("raw_discount_total")
    return hidden


def _item(item: dict[str, Any], hidden: set[str], shows_product: bool) -> dict[str, Any]:
    item = _without(item, hidden)
    if not shows_product and item.get("variant"):
        item["variant"] = _without(item["variant"], {"product"})
    return item


def _without(data: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in names}
