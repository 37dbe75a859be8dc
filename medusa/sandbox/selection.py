"""Select the fields of an order that each route sends, exactly like Medusa 1.20.11, including its oddities."""

from __future__ import annotations

import re
from enum import Enum

from .entities import JSON, ORDER_FIELDS
from .validation import NotInSandboxError


class Route(Enum):
    """The routes that select from an order by `expand` and `fields`."""

    RETRIEVE = "retrieve"
    LOOKUP = "lookup"
    CART = "cart"
    MINE = "mine"


class InvalidSelectionError(Exception):
    """The route does not allow the requested name. The response is 400."""


class FailedSelectionError(Exception):
    """The backend uses the requested name as a column or relation of the database, and fails with 500."""


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
# These are loaded only on request. The others are always loaded, because the totals need them.
_OPTIONAL_RELATIONS = {"shipping_address", "billing_address", "fulfillments", "customer"}
_RELATIONS_OF_CART_ROUTE = {"claims", "gift_cards", "gift_card_transactions", "refunds", "swaps"}
# The customer's own orders can be expanded by any relation in Medusa. An order in the sandbox has only these.
_STORED_RELATIONS = {
    *_ALLOWED_RELATIONS,
    *_RELATIONS_OF_CART_ROUTE,
    *(f"{owner}.additional_items" for owner in ("claims", "swaps")),
    *(f"{owner}.additional_items.{lines}" for owner in ("claims", "swaps") for lines in ("adjustments", "tax_lines")),
    "fulfillments.items",
    "gift_card_transactions.gift_card",
    "items.adjustments",
    "items.tax_lines",
    "items.variant.product",
    "items.variant.product.profiles",
    "shipping_methods.tax_lines",
}
_STORED_TOPS = {name.partition(".")[0] for name in _STORED_RELATIONS}
_OTHER_TOPS = {"cart", "currency", "draft_order", "edits", "returns", "sales_channel"}
# For the customer's own orders, the older computation of the totals loads these too.
_RELATIONS_OF_OLD_TOTALS = {
    "gift_card_transactions.gift_card",
    "items.variant.product",
    "items.variant.product.profiles",
}

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
_COLUMNS = (
    "id",
    "created_at",
    "updated_at",
    "status",
    "fulfillment_status",
    "payment_status",
    "display_id",
    "cart_id",
    "customer_id",
    "email",
    "billing_address_id",
    "shipping_address_id",
    "region_id",
    "currency_code",
    "tax_rate",
    "draft_order_id",
    "canceled_at",
    "metadata",
    "no_notification",
    "idempotency_key",
    "external_id",
    "sales_channel_id",
)
# If a request names one of these, Medusa uses an older computation of the totals.
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
    "swaps.additional_items.refundable",
    "claims.additional_items.refundable",
)
_ALLOWED_FIELDS = (*_DEFAULT_FIELDS, "object", "gift_card_tax_total", *_SWITCHING_TOTALS[:10])
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
_NO_COLUMNS_OF_ITEM = {
    *_ITEM_TOTALS,
    *("adjustments", "cart", "claim_order", "gift_card_total", "order", "order_edit"),
    *("refundable", "swap", "tax_lines", "variant"),
}


def row(order: JSON) -> JSON:
    """Return the order for the auth routes: the columns of the order and its items, without totals and relations."""
    whole = with_all_columns(order)
    own = {name: value for name, value in whole.items() if name not in ORDER_FIELDS}
    items = [_without(item, _NO_COLUMNS_OF_ITEM) for item in order["items"]]
    return {"object": "order", **{name: whole[name] for name in _COLUMNS if name in whole}, **own, "items": items}


def completed_order(order: JSON) -> JSON:
    """Return the order for the completion of a cart: more columns and fewer relations than the order routes send."""
    sent = _without(order, {"billing_address", "customer", "fulfillments"})
    sent["items"] = [
        {**item, "variant": item["variant"] and _without(item["variant"], {"product"})} for item in order["items"]
    ]
    sent["shipping_methods"] = [_without(method, {"shipping_option"}) for method in order["shipping_methods"]]
    return sent


def with_all_columns(order: JSON) -> JSON:
    """Return the order with the columns that the order routes do not send. A recorded order may lack them."""
    unsent: JSON = dict.fromkeys(name for name in _COLUMNS if name not in _DEFAULT_FIELDS)
    unsent |= {"updated_at": order.get("created_at"), "metadata": {}}
    for name in ("billing_address", "shipping_address"):
        address: JSON = order.get(name) or {}
        unsent[f"{name}_id"] = address.get("id")
    return {**order, **{name: value for name, value in unsent.items() if name not in order}}


def select(order: JSON, route: Route, fields: str | None, expand: str | None) -> JSON:
    """Return the fields of an order that the route sends.

    Custom columns are sent as if the backend named them in `defaultStoreOrdersFields` and
    `allowedStoreOrdersFields`. Raises `InvalidSelectionError`, `FailedSelectionError` and `NotInSandboxError`.
    """
    own = order.keys() - ORDER_FIELDS
    chosen, relations = _requested(route, fields, expand, own)
    switches = chosen.intersection(_SWITCHING_TOTALS)
    has_old_totals = bool(switches) and route in (Route.LOOKUP, Route.MINE)
    if route is Route.CART and switches - {"items.refundable"}:
        raise FailedSelectionError
    if route is Route.MINE and switches:
        relations |= _RELATIONS_OF_OLD_TOTALS

    shown = _scalars(route, fields, chosen, own) | _relations(route, expand, relations, chosen, fields)
    shown |= _old_totals(switches) if has_old_totals else _TOTALS
    selected = {key: value for key, value in with_all_columns(order).items() if key in shown}
    _cut_relations(selected, order, relations, has_old_totals)
    _cut_items(selected, route, relations, switches, has_old_totals)
    if route is Route.MINE and not has_old_totals:
        raw_discount_total = sum(item.get("raw_discount_total", 0) for item in order["items"])
        selected |= {"raw_discount_total": raw_discount_total, "total": selected.pop("total", None)}
    return selected


def _requested(route: Route, fields: str | None, expand: str | None, own: set[str]) -> tuple[set[str], set[str]]:
    """Return the fields and relations in a query, or the default ones without a query."""
    chosen = _chosen_fields(route, fields, own)
    whole = [name[1:] for name in chosen if name.startswith("*")]
    chosen = [name for name in chosen if not name.startswith("*")]
    relations = [*_DEFAULT_RELATIONS, *whole, *(name.rpartition(".")[0] for name in chosen if "." in name)]
    if expand is not None:
        relations = expand.split(",")
    relations = [name for name in relations if name]
    if route is not Route.MINE:
        unknown = [name for name in chosen if not name.startswith((*_ALLOWED_FIELDS, *own))]
        _refuse([*unknown, *(name for name in whole if name not in _ALLOWED_FIELDS)])
        _refuse([name for name in relations if name not in _ALLOWED_RELATIONS] if expand else [])
    columns = {*_COLUMNS, *own, *_STORED_TOPS, *_OTHER_TOPS, *_SWITCHING_TOTALS}
    if any(name not in columns and name.partition(".")[0] not in columns - {name} for name in chosen):
        raise FailedSelectionError
    for name in relations:
        _check_relation(name, route)
    return set(chosen), set(relations)


def _chosen_fields(route: Route, fields: str | None, own: set[str]) -> list[str]:
    chosen = [*_DEFAULT_FIELDS, *own]
    if fields is None:
        return chosen
    given = [name for name in fields.split(",") if name]
    if not given or any(name[0] not in "+-*" for name in given):
        chosen = [re.sub(r"^[+-]", "", name) for name in given]
    else:
        gone = {name[1:] for name in given if name[0] == "-"}
        added = [name.removeprefix("+") for name in given if name[0] != "-"]
        chosen = [name for name in (*chosen, *added) if name not in gone]
    return [*chosen, "id", *(["created_at"] if route in (Route.LOOKUP, Route.MINE) else [])]


def _check_relation(name: str, route: Route) -> None:
    top = name.partition(".")[0]
    if name not in _STORED_RELATIONS:
        if route is Route.MINE and (top in _OTHER_TOPS or (top in _STORED_TOPS and top != name)):
            raise NotInSandboxError(f"The sandbox does not have the relation {name!r} of an order.")
        raise FailedSelectionError


def _refuse(names: list[str]) -> None:
    if names:
        raise InvalidSelectionError(f"Requested fields [{', '.join(dict.fromkeys(names))}] are not valid")


def _scalars(route: Route, fields: str | None, chosen: set[str], own: set[str]) -> set[str]:
    loaded = {name for name in chosen if name not in _STORED_TOPS} | {"object"}
    if route is Route.CART:
        return loaded
    if route in (Route.LOOKUP, Route.MINE):
        loaded.add("tax_rate")
    if route is Route.MINE:
        return loaded
    return loaded & (chosen if fields else {*_ALLOWED_FIELDS, "idempotency_key", *own})


def _relations(route: Route, expand: str | None, relations: set[str], chosen: set[str], fields: str | None) -> set[str]:
    tops = {name.partition(".")[0] for name in relations}
    always = {name.partition(".")[0] for name in _ALLOWED_RELATIONS} - _OPTIONAL_RELATIONS
    if route in (Route.CART, Route.MINE):
        return always | _RELATIONS_OF_CART_ROUTE | tops
    if not expand:
        return always | tops
    # The items are sent without a request too, because items.refundable is among the allowed fields.
    return tops | ({"items"} if not fields or "items.refundable" in chosen else set())


def _old_totals(totals: set[str]) -> set[str]:
    return totals | ({"gift_card_tax_total"} if "gift_card_total" in totals else set())


def _cut_relations(selected: JSON, order: JSON, relations: set[str], has_old_totals: bool) -> None:
    """Remove fields that were not loaded from all relations except the items."""
    if "fulfillments" in selected and "fulfillments.tracking_links" not in relations:
        selected["fulfillments"] = [_without(each, {"tracking_links"}) for each in selected["fulfillments"]]
    if "shipping_methods" in selected:
        hidden = set(_METHOD_TOTALS) if has_old_totals else set[str]()
        if "shipping_methods.shipping_option" not in relations:
            hidden.add("shipping_option")
        selected["shipping_methods"] = [_without(each, hidden) for each in selected["shipping_methods"]]
    if "gift_card_transactions" in selected and "gift_card_transactions.gift_card" in relations:
        cards = {card["id"]: card for card in order["gift_cards"]}
        selected["gift_card_transactions"] = [
            {**each, "gift_card": cards.get(each["gift_card_id"])} for each in selected["gift_card_transactions"]
        ]


def _cut_items(selected: JSON, route: Route, relations: set[str], switches: set[str], has_old_totals: bool) -> None:
    """Remove fields that were not loaded or computed from the items, and from the items of claims and swaps."""
    hidden = _hidden_of_items(route, switches, has_old_totals)
    hides_product = not switches or route is Route.CART
    if route is Route.MINE:
        hides_product = not any(name.startswith("items.variant.product") for name in relations)
    hidden_of_product = set[str]()
    if route is Route.MINE and "items.variant.product.profiles" not in relations:
        hidden_of_product = {"profiles", "profile", "profile_id"}
    items: list[JSON] = [_without(item, hidden) for item in selected.get("items", ())]
    for item in items:
        if variant := item.get("variant"):
            product = variant.get("product")
            item["variant"] = variant = _without(variant, {"product"})
            if product and not hides_product:
                variant["product"] = _without(product, hidden_of_product)
    if "items" in selected:
        selected["items"] = items
    if has_old_totals:  # The older totals add no tax lines to a custom item.
        selected["items"] = [{"tax_lines": [], **item} for item in items]
    for owner in ("claims", "swaps"):
        if has_old_totals and owner in selected:
            shown = {"refundable"} & {name.rpartition(".")[2] for name in switches if name.startswith(owner)}
            gone = {*_ITEM_TOTALS, "refundable"} - shown
            selected[owner] = [
                {**each, "additional_items": [_without(item, gone) for item in each["additional_items"]]}
                for each in selected[owner]
            ]


def _hidden_of_items(route: Route, switches: set[str], has_old_totals: bool) -> set[str]:
    hidden: set[str] = set()
    if has_old_totals:
        if not switches & {"subtotal", "total"}:
            hidden |= _ITEM_TOTALS
        if "items.refundable" not in switches:
            hidden.add("refundable")
    if route in (Route.RETRIEVE, Route.LOOKUP) and "items.refundable" in switches:
        hidden.add("raw_discount_total")
    return hidden


def _without(data: JSON, names: set[str]) -> JSON:
    return {key: value for key, value in data.items() if key not in names}
