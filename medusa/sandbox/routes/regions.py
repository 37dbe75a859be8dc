"""The region routes."""

from __future__ import annotations

from ..entities import JSON
from ..filters import TIMES
from ..queries import Page, at_times, not_found, ordered, query_number
from ..responses import Response, json_response, refuse_data
from ..shapes import Shape
from ..validation import complaints, optional, string
from .call import Call, Routes

_RELATIONS = ("countries", "payment_providers", "fulfillment_providers", "currency")
_REGION = Shape(
    "region",
    columns=(
        *("id", "created_at", "updated_at", "deleted_at", "name", "currency_code", "tax_rate", "tax_code"),
        *("gift_cards_taxable", "automatic_taxes", "tax_provider_id", "metadata"),
    ),
    relations=_RELATIONS,
    allowed_relations=_RELATIONS,
)


def list_(call: Call) -> Response:
    """Return a page of the regions. The newest is first."""
    query = _checked(call)
    selection = _REGION.select(query, is_list=True)
    page = Page.of(query, 100)
    is_met = at_times(query)
    regions = [region for region in call.database.find("region") if is_met(region)]
    shown = page.cut(ordered(regions, query, _REGION.columns))
    body = {"regions": [selection.of(call.database, region) for region in shown], **page.numbers(len(regions))}
    return json_response(body)


def retrieve(call: Call, id: str) -> Response:
    """Return the region with this ID."""
    selection = _REGION.select(_checked(call), is_list=False)
    region = call.database.get("region", id)
    if region is None:
        raise not_found(f"Region with {id} was not found")
    return json_response({"region": selection.of(call.database, region)})


def _checked(call: Call) -> JSON:
    query = call.query
    numbers = {"offset": optional(query_number), "limit": optional(query_number)}
    words = {name: optional(string) for name in ("order", "expand", "fields")}
    dates = {name: optional(TIMES) for name in ("created_at", "updated_at")}
    refuse_data(complaints(query, {**words, **numbers, **dates}))
    return query


ROUTES: Routes = {
    ("GET", "/store/regions"): list_,
    ("GET", "/store/regions/{id}"): retrieve,
}
