"""The category routes."""

from __future__ import annotations

from typing import Any

from ..database import Database
from ..entities import JSON
from ..filters import has_words
from ..products import is_public
from ..queries import Page, not_found, ordered, query_number
from ..relations import related
from ..responses import Response, failed, json_response, refuse_data
from ..shapes import Selection, Shape
from ..validation import NotInSandboxError, Rule, anything, complaints, optional, string
from .call import Call, Routes

_FIELDS = ("id", "created_at", "updated_at", "name", "description", "handle", "parent_category_id", "rank", "metadata")
_CATEGORY = Shape(
    "product_category",
    columns=_FIELDS,
    relations=("parent_category", "category_children"),
    allowed_fields=_FIELDS,
)
_RETRIEVE: dict[str, Rule] = {"expand": optional(string), "fields": optional(string)}
_LIST: dict[str, Rule] = {
    **_RETRIEVE,
    **{"offset": optional(query_number), "limit": optional(query_number), "order": optional(string)},
    **{"q": optional(string), "handle": optional(string), "parent_category_id": optional(string)},
    "include_descendants_tree": anything,
}


def list_(call: Call) -> Response:
    """Return a page of the public categories of all levels in order, each with its children."""
    query = call.query
    refuse_data(complaints(query, _LIST))
    selection = _selection(query, is_list=True)
    if not {"rank", "handle"} <= {*selection.fields}:  # Medusa sorts by these columns.
        raise failed()
    page = Page.of(query, 100)
    found = [row for row in call.database.find("product_category") if _is_met(row, query)]
    ordered(found, query, _FIELDS, allowed=_FIELDS)  # Medusa checks the parameter `order`, but does not use it.
    found.sort(key=lambda row: (row["rank"], row["handle"]))
    as_tree = query.get("include_descendants_tree") == "true"
    shown = [_category(call.database, row, selection, as_tree=as_tree) for row in page.cut(found)]
    return json_response({**page.numbers(len(found)), "product_categories": shown})


def _is_met(row: JSON, query: JSON) -> bool:
    words = query.get("q")
    if words and not any(has_words(f"%{words}%", row[name]) for name in ("name", "handle")):
        return False
    if not words and query.get("handle", row["handle"]) != row["handle"]:
        return False
    parent_id = query.get("parent_category_id", row["parent_category_id"])
    return is_public(row) and (None if parent_id == "null" else parent_id) == row["parent_category_id"]


def retrieve(call: Call, id: str) -> Response:
    """Return the public category with this ID and all of its descendants."""
    query = call.query
    refuse_data(complaints(query, _RETRIEVE))
    selection = _selection(query, is_list=False)
    row = call.database.get("product_category", id)
    if row is None or not is_public(row):
        raise not_found(f"ProductCategory with id: {id}, is_internal: false, is_active: true was not found")
    category = _category(call.database, row, selection)
    if "category_children" in category:
        category["category_children"] = _tree(call.database, row, selection.fields)
    return json_response({"product_category": category})


def _selection(query: JSON, *, is_list: bool) -> Selection:
    selection = _CATEGORY.select(query, is_list=is_list)
    if deeper := [name for name in selection.relations if "." in name]:
        raise NotInSandboxError(f"The sandbox cannot expand {deeper[0]} of a category.")
    return selection


def _category(database: Database, row: JSON, selection: Selection, *, as_tree: bool = False) -> JSON:
    category = selection.of(database, row)
    fields = [*selection.fields]
    if parent := category.get("parent_category"):
        category["parent_category"] = _columns(parent, fields) if is_public(parent) else None
    if "category_children" in category or as_tree:
        children = _children(database, row)
        category["category_children"] = [_columns(child, fields) for child in children]
        if as_tree:
            category["category_children"] = _tree(database, row, [*_FIELDS, "is_active", "is_internal"])
    return category


def _children(database: Database, row: JSON) -> list[JSON]:
    children = related(database, "product_category", row, "category_children")
    return sorted(filter(is_public, children), key=lambda child: int(child["rank"]))


def _tree(database: Database, row: JSON, fields: list[str]) -> list[JSON]:
    """Return the descendants of a category at all levels."""
    return [
        {**_columns(child, fields), "category_children": _tree(database, child, fields)}
        for child in _children(database, row)
    ]


def _columns(row: JSON, fields: list[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in fields}


ROUTES: Routes = {
    ("GET", "/store/product-categories"): list_,
    ("GET", "/store/product-categories/{id}"): retrieve,
}
