"""Copy the catalogue of a real Medusa into a sandbox: everything that the merchant set up, with the same IDs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import medusa as models
from medusa import Medusa, Model
from medusa.sandbox import SandboxStore

from .merchant import Admin

JSON = dict[str, Any]

# The lists of the Admin API, each with its model. If a list omits fields of a row, a later list sends them.
_LISTS: dict[str, type[Model]] = {
    "sales-channels?limit=1000": models.SalesChannel,
    "shipping-profiles": models.ShippingProfile,
    "currencies?limit=1000": models.Currency,
    "regions?limit=1000": models.Region,
    "collections?limit=1000": models.ProductCollection,
    "product-types?limit=1000": models.ProductType,
    "product-tags?limit=1000": models.ProductTag,
    "products?limit=1000&expand=images,options,options.values,tags,type,collection,profiles,sales_channels,variants,"
    "variants.options": models.Product,
    "variants?limit=1000&expand=prices": models.ProductVariant,
    "tax-rates?limit=1000&expand[]=products&expand[]=product_types&expand[]=shipping_options": models.TaxRate,
    "price-lists?limit=1000&expand=customer_groups": models.PriceList,
    "shipping-options?expand=requirements,profile,provider": models.ShippingOption,
    "discounts?limit=1000&expand=rule,rule.conditions,regions": models.Discount,
    "gift-cards?limit=1000": models.GiftCard,
    "return-reasons": models.ReturnReason,
    "publishable-api-keys?limit=1000": models.PublishableApiKey,
}
_CATEGORIES: dict[str, type[Model]] = {
    "product-categories?limit=1000": models.ProductCategory,
    "products?limit=1000&expand=categories": models.Product,
}


class Catalogue:
    """The rows that the sandbox and the real Medusa have in common."""

    def __init__(self, medusa: Medusa, store: SandboxStore) -> None:
        """Copy the catalogue of the real Medusa into the sandbox."""
        admin = Admin(medusa)
        flags = {flag["key"] for flag in admin.get("store")["store"]["feature_flags"] if flag["value"]}
        lists = _LISTS | (_CATEGORIES if "product_categories" in flags else {})
        self.names: dict[str, str] = {}
        """The IDs, by the names that requests use for them: `region.Europe`, `variant.MUG-350`, `product.candle`,
        `option.Europe.Post`, `channel.Wholesale`, `key.Storefront`, `reason.other`, `discount.TENPERCENT`, ..."""
        self.texts: set[str] = set()
        """All texts in the catalogue, including IDs and times."""
        for path, model in lists.items():
            rows: list[JSON] = admin.get(path)[path.partition("?")[0].replace("-", "_")]
            for row in sorted(rows, key=lambda row: (row.get("created_at", ""), str(row.get("id")))):
                if model is models.PublishableApiKey:
                    row |= admin.get(f"publishable-api-keys/{row['id']}/sales-channels")
                store.add(model.from_dict(row))
                self.names |= self._names(model, row)
                self.texts.update(texts(row))

    def _names(self, model: type[Model], row: JSON) -> dict[str, str]:
        kind, column = _NAMES.get(model, ("", ""))
        if not kind or not row.get(column):
            return {}
        name = str(row[column])
        if model is models.ShippingOption:
            regions = {id: known for known, id in self.names.items() if known.startswith("region.")}
            name = f"{regions[row['region_id']].removeprefix('region.')}.{name}"
        return {f"{kind}.{name}": row["id"]}


# For each model, the first part of its names, and the column that contains the second part.
_NAMES: dict[type[Model], tuple[str, str]] = {
    models.Discount: ("discount", "code"),
    models.Product: ("product", "handle"),
    models.ProductCategory: ("category", "handle"),
    models.ProductCollection: ("collection", "handle"),
    models.ProductTag: ("tag", "value"),
    models.ProductType: ("type", "value"),
    models.ProductVariant: ("variant", "sku"),
    models.PublishableApiKey: ("key", "title"),
    models.Region: ("region", "name"),
    models.ReturnReason: ("reason", "value"),
    models.SalesChannel: ("channel", "name"),
    models.ShippingOption: ("option", "name"),
}


def texts(value: Any) -> Iterator[str]:
    """Yield all texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
