"""The product routes: lists, single products, and the search."""

from __future__ import annotations

from ..entities import JSON
from ..filters import TIMES
from ..prices import PriceContext
from ..products import PRODUCT, has_prices, product_filter, product_json, search
from ..queries import Page, not_found, ordered, query_number, texts
from ..responses import Refused, Response, failed, json_response, refuse_data
from ..shapes import Selection
from ..validation import NotInSandboxError, Rule, anything, array, complaints, optional, string
from .call import Call, Routes

_PRICING: dict[str, Rule] = {
    name: optional(string) for name in ("expand", "fields", "cart_id", "region_id", "currency_code")
}
_LIST: dict[str, Rule] = {
    **_PRICING,
    **{"offset": optional(query_number), "limit": optional(query_number), "order": optional(string)},
    **{"id": optional(texts), "q": optional(string), "collection_id": optional(array), "tags": optional(array)},
    **{"title": optional(string), "description": optional(string), "handle": optional(string)},
    **{"is_giftcard": anything, "type_id": optional(array), "sales_channel_id": optional(array)},
    **{"category_id": optional(array), "include_category_children": anything},
    **{"created_at": optional(TIMES), "updated_at": optional(TIMES)},
}


def list_(call: Call) -> Response:
    """Return a page of the published products. The newest is first."""
    query = call.query
    refuse_data(complaints(query, _LIST))
    selection = PRODUCT.select(query, is_list=True)
    page = Page.of(query, 100)
    channels = call.channels(query.get("sales_channel_id"))
    channels.refuse_others()
    if channels.of_key:  # With a publishable key, Medusa sends the channels.
        selection.relations.append("sales_channels")
    is_met = product_filter(call.database, query, channels.listed)
    products = [product for product in call.database.find("product") if is_met(product)]
    shown = page.cut(ordered(products, query, PRODUCT.columns, allowed=PRODUCT.allowed_fields))
    context = price_context(call, query, is_priced=has_prices(selection.relations), of_no_cart=failed())
    bodies = [_body(call, product, selection, context, query) for product in shown]
    # Without relations, Medusa counts only the products on the page.
    count = len(products) if selection.relations else len(shown)
    return json_response({"products": bodies, **page.numbers(count)})


def retrieve(call: Call, id: str) -> Response:
    """Return the product with this ID, even if it is not published."""
    query = call.query
    refuse_data(complaints(query, {**_PRICING, "sales_channel_id": optional(string)}))
    selection = PRODUCT.select(query, is_list=False)
    product = call.database.get("product", id)
    if product is None:
        raise not_found(f"Product with id: {id} was not found")
    call.channels(query.get("sales_channel_id")).refuse_others("Product", id, product)
    context = price_context(call, query, is_priced=has_prices(selection.relations))
    return json_response({"product": _body(call, product, selection, context, query)})


def price_context(
    call: Call, query: JSON, *, is_priced: bool = True, of_no_cart: Refused | None = None
) -> PriceContext:
    """Return the context for the prices in a query. `of_no_cart` is raised for an unknown cart."""
    region_id = query.get("region_id")
    if cart_id := query.get("cart_id"):
        cart = call.database.get("cart", cart_id)
        if cart is None:
            raise of_no_cart or not_found(f"Cart with {cart_id} was not found")
        region_id = cart["region_id"]
    if not is_priced:  # Without prices, an unknown region is not an error.
        return PriceContext()
    currency_code = query.get("currency_code")
    return PriceContext.of(
        call.database, region_id=region_id, currency_code=currency_code, customer_id=call.customer_id
    )


def _body(call: Call, product: JSON, selection: Selection, context: PriceContext, query: JSON) -> JSON:
    fields = selection.fields if query.get("fields") else PRODUCT.allowed_fields
    relations = query["expand"].split(",") if "expand" in query else PRODUCT.allowed_relations
    return product_json(call.database, product, selection, context, [*fields, *relations])


def search_(call: Call) -> Response:
    """Respond like a search service with Meilisearch's format. It finds products whose texts contain all words."""
    if call.channels(None).key:  # With a key, Medusa reads "search" as the ID of a product.
        raise not_found("Product with id: search was not found")
    body = call.json_object()
    numbers = {"offset": optional(query_number), "limit": optional(query_number)}
    known = complaints({name: body.get(name) for name in ("q", *numbers)}, {"q": optional(string), **numbers})
    refuse_data(known)
    if more := [name for name in body if name not in ("q", *numbers)]:
        raise NotInSandboxError(f"The sandbox's search accepts only q, limit and offset, not {more[0]}.")
    page = Page.of({name: value for name, value in body.items() if value}, 20)
    words = body.get("q") or ""
    found = search(call.database, words)
    numbers_of_page = {"limit": page.limit, "offset": page.offset, "estimatedTotalHits": len(found)}
    return json_response({"hits": page.cut(found), "query": words, "processingTimeMs": 1, **numbers_of_page})


ROUTES: Routes = {
    ("GET", "/store/products"): list_,
    ("GET", "/store/products/{id}"): retrieve,
    ("POST", "/store/products/search"): search_,
}
