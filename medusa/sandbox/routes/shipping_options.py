"""The routes of shipping options for orders and returns."""

from __future__ import annotations

from ..relations import load
from ..responses import Response, json_response, refuse_data
from ..shipping import priced_options
from ..validation import boolean_string, complaints, optional, string
from .call import Call, Routes


def list_options(call: Call) -> Response:
    """Return the shipping options of all regions, or of one region."""
    query = call.query
    refuse_data(
        complaints(
            query,
            {"product_ids": optional(string), "region_id": optional(string), "is_return": optional(boolean_string)},
        )
    )
    where = {"region_id": query["region_id"]} if query.get("region_id") else {}
    if query.get("is_return") is not None:
        where["is_return"] = query["is_return"] == "true"
    rows = call.database.find("shipping_option", admin_only=False, **where)
    if query.get("product_ids"):  # Medusa then reads a profile that it has not loaded.
        rows = []
    options = [load(call.database, "shipping_option", row, ["requirements"]) for row in rows]
    return json_response({"shipping_options": priced_options(call.database, options)})


ROUTES: Routes = {
    ("GET", "/store/shipping-options"): list_options,
}
