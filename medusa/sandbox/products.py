"""Products and variants with their prices, for the responses of the Store API."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .database import Database
from .entities import JSON
from .filters import has_words
from .prices import PriceContext, select_price
from .queries import at_times
from .relations import load, related
from .responses import failed
from .shapes import Selection, Shape

_DATES = ("created_at", "updated_at", "deleted_at")
_CUSTOMS = ("hs_code", "origin_country", "mid_code", "material")
_SIZES = ("weight", "length", "height", "width")

_PRODUCT_COLUMNS = (
    *("id", *_DATES, "title", "subtitle", "description", "handle", "is_giftcard", "status", "thumbnail"),
    *(*_SIZES, *_CUSTOMS, "collection_id", "type_id", "discountable", "external_id", "metadata"),
)
_PRODUCT_RELATIONS = (
    *("variants", "variants.prices", "variants.options", "options", "options.values"),
    *("images", "tags", "collection", "type", "profiles"),
)

PRODUCT = Shape(
    "product",
    columns=_PRODUCT_COLUMNS,
    relations=_PRODUCT_RELATIONS,
    allowed_fields=(*_PRODUCT_COLUMNS, "profile_id", "variants.title", "variants.prices.amount"),
    allowed_relations=(*_PRODUCT_RELATIONS, "variants.inventory_items", "sales_channels", "categories"),
)
VARIANT = Shape(
    "product_variant",
    columns=(
        *("id", *_DATES, "title", "product_id", "sku", "barcode", "ean", "upc", "variant_rank", "inventory_quantity"),
        *("allow_backorder", "manage_inventory", *_CUSTOMS, *_SIZES, "metadata"),
    ),
    relations=("prices", "options", "product"),
    allowed_relations=("prices", "options", "product", "inventory_items"),
)
INDEXED = ("categories", *(name for name in _PRODUCT_RELATIONS if name not in ("options.values", "profiles")))
"""The relations of a product in search results."""


def has_prices(relations: Iterable[str]) -> bool:
    """Return whether products with these relations are sent with prices."""
    return {"variants", "variants.prices"} <= {*relations}


def product_json(
    database: Database, row: JSON, selection: Selection, context: PriceContext, properties: Iterable[str]
) -> JSON:
    """Return the fields of a product that are sent. `properties` are the names that the route allows."""
    product = loaded_product(database, row, selection.relations)
    if has_prices(selection.relations):
        rates = context.tax_rates(database, row)
        for variant in product["variants"]:
            selected = select_price(database, variant["id"], context)
            variant.update(selected.fields(rates) if selected else {})
    sent = {*selection.fields, *(name for name in product if name not in row)}
    names = {name.partition(".")[0] for name in properties}
    if len(top := {name.partition(".")[0] for name in selection.relations}) == 1:
        names -= {f"{name}_id" for name in top}  # Medusa omits the column of a collection or type in this case.
    return {name: value for name, value in product.items() if name in sent and name in names}


def loaded_product(database: Database, row: JSON, relations: Iterable[str]) -> JSON:
    """Return a product with these relations, without calculated prices."""
    product = load(database, "product", row, relations)
    if "variants" in product:
        variants: list[JSON] = product["variants"]
        variants.sort(key=lambda variant: variant.get("variant_rank") or 0)
        for variant in variants:
            without_variant_ids(variant)
    if "categories" in product:
        product["categories"] = [category for category in product["categories"] if is_public(category)]
    return product


def variants_json(database: Database, rows: list[JSON], selection: Selection, context: PriceContext) -> list[JSON]:
    """Return the fields of variants that are sent. Medusa uses the tax rates of the first variant's product for all."""
    rates = context.tax_rates(database, database.get("product", rows[0]["product_id"])) if rows else None
    return [_variant_json(database, row, selection, context, rates) for row in rows]


def _variant_json(
    database: Database, row: JSON, selection: Selection, context: PriceContext, rates: list[JSON] | None
) -> JSON:
    variant = without_variant_ids(selection.of(database, row))
    selected = select_price(database, row["id"], context)
    return {
        **variant,
        **(selected.fields(rates) if selected else {}),
    }  # These prices replace the prices of the relation.


def without_variant_ids(variant: JSON) -> JSON:
    """Remove `variant_id` from the prices. The sandbox stores it there, but Medusa in another table."""
    for price in variant.get("prices", []):
        price.pop("variant_id", None)
    return variant


def is_public(category: JSON) -> bool:
    """Return whether the Store API shows a category."""
    return category.get("is_active") is not False and category.get("is_internal") is not True


def product_filter(database: Database, query: JSON, channel_ids: list[str] | None) -> Callable[[JSON], bool]:
    """Return a function that checks a product against the filters of a query and the channels. Raises `Refused`."""
    is_at_times = at_times(query)
    equal = {name: query[name] for name in ("handle", "title", "description") if name in query}
    if query.get("q"):  # Medusa ignores these filters in a search.
        equal.pop("title", None)
        equal.pop("description", None)
    if isinstance(query.get("is_giftcard"), list) or isinstance(query.get("include_category_children"), list):
        raise failed()
    is_giftcard = {"true": True, "false": False}.get(str(query.get("is_giftcard")).lower())
    ids = query.get("id")
    among = {name: set(query[name]) for name in ("collection_id", "type_id") if name in query}
    linked = {f"_{name}": set(query[name]) for name in ("tags",) if name in query}
    if "category_id" in query:
        with_children = str(query.get("include_category_children")).lower() == "true"
        linked["_categories"] = _categories(database, query["category_id"], with_children)

    def is_met(product: JSON) -> bool:
        return (
            product.get("status") == "published"
            and product.get("deleted_at") is None
            and is_at_times(product)
            and all(product.get(name) == value for name, value in equal.items())
            and is_giftcard in (None, product.get("is_giftcard"))
            and (ids is None or product["id"] in (ids if isinstance(ids, list) else [ids]))
            and all(product.get(name) in values for name, values in among.items())
            and all(values & {*product.get(name, [])} for name, values in linked.items())
            # A product that was copied from the Store API does not have its sales channels.
            and (channel_ids is None or bool({*channel_ids} & {*product.get("_sales_channels", channel_ids)}))
            and (not query.get("q") or _is_found(database, product, query["q"]))
        )

    return is_met


def _categories(database: Database, ids: list[str], with_children: bool) -> set[str]:
    """Return the categories that the Store API shows, with their descendants."""
    rows = [row for id in ids if (row := database.get("product_category", id)) is not None]
    found = [*rows]
    while with_children and rows:
        rows = [child for row in rows for child in related(database, "product_category", row, "category_children")]
        found += rows
    return {row["id"] for row in found if is_public(row)}


def _is_found(database: Database, product: JSON, words: str) -> bool:
    collection = related(database, "product", product, "collection")
    variants = related(database, "product", product, "variants")
    values: list[Any] = [product.get("description"), product.get("title"), *(each["title"] for each in collection)]
    values += [variant.get(name) for variant in variants for name in ("title", "sku")]
    return any(has_words(f"%{words}%", value) for value in values)


def search(database: Database, words: str) -> list[JSON]:
    """Return the published products whose texts contain all words, like a search service. The oldest is first."""
    products = [row for row in database.find("product") if row.get("status") == "published"]
    documents = [loaded_product(database, row, INDEXED) for row in products]
    wanted = words.lower().split()
    return [each for each in documents if all(word in _text_of(each) for word in wanted)]


def _text_of(document: JSON) -> str:
    collection: JSON = document["collection"] or {}
    kind: JSON = document["type"] or {}
    values = [document.get(name) for name in ("title", "subtitle", "description", "handle")]
    values += [collection.get("title"), kind.get("value"), *(tag["value"] for tag in document["tags"])]
    values += [category["name"] for category in document["categories"]]
    values += [variant.get(name) for variant in document["variants"] for name in ("title", "sku")]
    return "\n".join(value for value in values if value).lower()
