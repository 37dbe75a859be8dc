"""The routes of collections, tags and types of products."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, cast

from ..entities import JSON
from ..filters import TIMES, has_words
from ..queries import (
    Page,
    at_times,
    meets,
    not_found,
    ordered,
    query_integer,
    query_number,
    text_comparison,
)
from ..responses import Refused, Response, error_response, failed, json_response, refuse_data
from ..validation import Rule, array, complaints, optional, string
from .call import Call, Routes

_COLLECTIONS: dict[str, Rule] = {
    **{"handle": optional(array), "limit": optional(query_integer), "offset": optional(query_integer)},
    **{"created_at": optional(TIMES), "updated_at": optional(TIMES)},
}


def list_collections(call: Call) -> Response:
    """Return a page of the collections. The newest is first."""
    query = call.query
    refuse_data(complaints(query, _COLLECTIONS))
    page = Page.of(query, 10)
    is_at_times = at_times(query)
    handles = query.get("handle")
    rows = call.database.find("product_collection")
    found = [row for row in rows if is_at_times(row) and (handles is None or row["handle"] in handles)]
    shown = [_collection(row) for row in page.cut(ordered(found, {}, ["created_at"]))]
    return json_response({"collections": shown, **page.numbers(len(found))})


def retrieve_collection(call: Call, id: str) -> Response:
    """Return the collection with this ID. Medusa ignores the query."""
    collection = call.database.get("product_collection", id)
    if collection is None:
        raise not_found(f"Product collection with id: {id} was not found")
    return json_response({"collection": _collection(collection)})


def _collection(row: JSON) -> JSON:
    """Return all columns. A catalog may be copied from the Admin API, and that sends only some of them."""
    columns = ("id", "created_at", "updated_at", "deleted_at", "title", "handle", "metadata")
    return {column: row.get(column) for column in columns}


_COLUMNS = ("id", "created_at", "updated_at", "value")


def _dates(name: str, value: Any) -> list[str]:
    """Accept dates like `times`. Medusa's messages are different for tags and types."""
    problems = ["an unknown value was passed to the validate function"]
    if isinstance(value, dict):
        problems = TIMES(name, value)
        if not problems and not all(re.match(r"\d{4}-\d\d-\d\d", str(each)) for each in cast("JSON", value).values()):
            raise failed()  # PostgreSQL reads this date, and does not accept a year without a month.
    if problems:
        operator = "DateComparisonOperator"
        reason = {"message": f"{name} must be one of: {operator}", "details": {operator: problems}}
        raise Refused(error_response(400, "invalid_data", json.dumps(reason, separators=(",", ":"))))
    return []


_VALUES: dict[str, Rule] = {
    **{"offset": optional(query_number), "limit": optional(query_number), "order": optional(string)},
    **{"q": optional(string), "discount_condition_id": optional(string)},
    **{"id": optional(text_comparison), "value": optional(text_comparison)},
    **{"created_at": optional(_dates), "updated_at": optional(_dates)},
}


def _list_values(kind: str, name: str, allowed: tuple[str, ...]) -> Callable[[Call], Response]:
    def list_values(call: Call) -> Response:
        query = call.query
        refuse_data(complaints(query, _VALUES))
        page = Page.of(query, 20)
        is_at_times = at_times(query)
        rows = [] if query.get("discount_condition_id") else call.database.find(kind)
        found = [row for row in rows if is_at_times(row) and _has_values(row, query)]
        shown = page.cut(ordered(found, query, (*_COLUMNS, "deleted_at", "metadata"), allowed=allowed))
        values = [{column: row[column] for column in _COLUMNS} for row in shown]
        return json_response({name: values, **page.numbers(len(found))})

    return list_values


def _has_values(row: JSON, query: JSON) -> bool:
    is_found = not query.get("q") or has_words(f"%{query['q']}%", row["value"])
    return is_found and all(meets(row[name], query[name]) for name in ("id", "value") if name in query)


ROUTES: Routes = {
    ("GET", "/store/collections"): list_collections,
    ("GET", "/store/collections/{id}"): retrieve_collection,
    ("GET", "/store/product-tags"): _list_values("product_tag", "product_tags", _COLUMNS),
    ("GET", "/store/product-types"): _list_values("product_type", "product_types", ()),
}
