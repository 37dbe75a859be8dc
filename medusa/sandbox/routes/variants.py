"""The variant routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from ..entities import JSON
from ..products import VARIANT, variants_json
from ..queries import Page, not_found, ordered, query_integer, texts
from ..responses import Response, json_response, refuse_data
from ..validation import NotInSandboxError, Rule, complaints, js_number, optional, string
from .call import Call, Routes
from .products import price_context

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "lt": lambda quantity, other: quantity < other,
    "gt": lambda quantity, other: quantity > other,
    "lte": lambda quantity, other: quantity <= other,
    "gte": lambda quantity, other: quantity >= other,
}


def _quantity(name: str, value: Any) -> list[str]:
    compared = cast("dict[str, Any]", value) if isinstance(value, dict) else {"gte": value}
    if not compared.keys() <= _COMPARISONS.keys() or any(js_number(each) is None for each in compared.values()):
        raise NotInSandboxError(
            f"The sandbox compares {name} only with numbers, and only with {', '.join(_COMPARISONS)}."
        )
    return []


_RETRIEVE: dict[str, Rule] = {
    name: optional(string) for name in ("expand", "fields", "cart_id", "region_id", "currency_code", "sales_channel_id")
}
_LIST: dict[str, Rule] = {
    **_RETRIEVE,
    **{"limit": optional(query_integer), "offset": optional(query_integer), "ids": optional(string)},
    **{"id": optional(texts), "title": optional(texts), "inventory_quantity": optional(_quantity)},
}


def list_(call: Call) -> Response:
    """Return a page of the variants. The newest is first. Medusa does not send the count."""
    query = call.query
    refuse_data(complaints(query, _LIST))
    selection = VARIANT.select(query, is_list=True)
    if "prices" in selection.relations:  # A list contains only the prices of the context.
        selection.relations.remove("prices")
    call.channels(query.get("sales_channel_id")).refuse_others()
    variants = [variant for variant in call.database.find("product_variant") if _is_met(variant, query)]
    shown = Page.of(query, 100).cut(ordered(variants, {}, VARIANT.columns))
    context = price_context(call, query)
    return json_response({"variants": variants_json(call.database, shown, selection, context)})


def _is_met(variant: JSON, query: JSON) -> bool:
    ids = query["ids"].split(",") if query.get("ids") else query.get("id")
    wanted = {name: value for name, value in (("id", ids), ("title", query.get("title"))) if value is not None}
    quantity = query.get("inventory_quantity")
    if quantity is not None:
        compared = cast("JSON", quantity) if isinstance(quantity, dict) else {"lte": quantity, "gte": quantity}
        for name, value in compared.items():
            if not _COMPARISONS[name](variant["inventory_quantity"], js_number(value) or 0):
                return False
    return variant.get("deleted_at") is None and all(
        variant[name] in (value if isinstance(value, list) else [value]) for name, value in wanted.items()
    )


def retrieve(call: Call, id: str) -> Response:
    """Return the variant with this ID."""
    query = call.query
    refuse_data(complaints(query, _RETRIEVE))
    selection = VARIANT.select(query, is_list=False)
    variant = call.database.get("product_variant", id)
    if variant is None:
        raise not_found(f"Variant with id: {id} was not found")
    product = call.database.get("product", variant["product_id"])
    call.channels(query.get("sales_channel_id")).refuse_others("Variant", id, product)
    (body,) = variants_json(call.database, [variant], selection, price_context(call, query))
    return json_response({"variant": body})


ROUTES: Routes = {
    ("GET", "/store/variants"): list_,
    ("GET", "/store/variants/{id}"): retrieve,
}
