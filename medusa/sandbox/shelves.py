"""The methods of `SandboxStore` for products, regions, collections and categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .. import Product, ProductCategory, ProductCollection, Region
from .adding import known_row, refuse_all_but_columns, refuse_taken
from .catalogue import build_product, build_region, entity, slug
from .database import Database
from .entities import JSON, new_id
from .json_text import now
from .products import PRODUCT, loaded_product
from .relations import load, store

_UNIQUE = {"id": "id", "sku": "SKU", "barcode": "barcode", "ean": "EAN", "upc": "UPC"}
"""The columns that must be unique among variants, and their names in error messages."""


class Shelves:
    """The part of `SandboxStore` for products, regions, collections and categories."""

    _database: Database

    @property
    def products(self) -> list[Product]:
        """All products with their variants and prices. The oldest product is first."""
        return [self._product(row) for row in self._database.find("product")]

    @property
    def regions(self) -> list[Region]:
        """All regions with their countries, currency and providers."""
        return [self._region(row) for row in self._database.find("region")]

    def add_product(
        self,
        title: str,
        *,
        price: int | None = None,
        currency_code: str = "eur",
        prices: Mapping[str, int] | None = None,
        options: Mapping[str, Iterable[str]] | None = None,
        variants: Iterable[Mapping[str, Any]] = (),
        stock: int = 100,
        tags: Iterable[str] = (),
        type: str | None = None,
        category_ids: Iterable[str] = (),
        **fields: Any,
    ) -> Product:
        """Add a published product, and return it with its variants and prices.

        - `price` (in `currency_code`) or `prices` (by currency): the price of each variant without tax, in the smallest
          currency unit.
        - `options`: the values of each option, for example `{"Size": ["S", "L"]}`. Each combination is a variant.
        - `variants`: instead of all combinations, the variants with their `options`, for example `{"Size": "S"}`.
          `prices`, `stock` and other fields of a `ProductVariant`, for example `sku`, are optional.
        - `stock`: the quantity of each variant. `tags`, `type`: the values of the tags and the type.
        - `fields`: any other fields of a `Product`, for example `handle` or `collection_id`.

        Raises `TypeError` for an unknown field, or if an amount is not an integer. Raises `ValueError` if there is no
        price, if the currency, a category or the collection does not exist, or if an ID, handle, SKU or barcode already
        exists.
        """
        if price is not None and prices is not None:
            raise TypeError("pass either price or prices, not both")
        amounts = dict(prices or {}) if price is None else {currency_code: price}
        specs = [dict(spec) for spec in variants]
        if not amounts and not (specs and all(spec.get("prices") for spec in specs)):
            raise ValueError("a product must have a price, or prices by currency")
        if isinstance(tags, str) or isinstance(category_ids, str):
            raise TypeError("tags and category_ids must be lists of strings")
        refuse_all_but_columns("product", fields, Product)
        created_at = now()
        product = build_product(
            title, prices=amounts, stock=stock, options=options or {}, variants=specs, created_at=created_at, **fields
        )
        with self._database.transaction():
            self._refuse_twins(product)
            product["categories"] = [known_row(self._database, "product_category", id) for id in category_ids]
            if product["collection_id"]:
                known_row(self._database, "product_collection", product["collection_id"])
            product["tags"] = [self._valued("product_tag", "ptag", value, created_at) for value in tags]
            if type is not None:
                product["type_id"] = self._valued("product_type", "ptyp", type, created_at)["id"]
            store(self._database, "product", product)
            return self._product(known_row(self._database, "product", product["id"]))

    def add_region(
        self, name: str, *, currency_code: str, countries: Iterable[str], tax_rate: float = 0, **fields: Any
    ) -> Region:
        """Add a region, and return it with its countries, currency and providers.

        `countries`: the codes of the countries, for example "de". A country can be in only one region. `tax_rate`:
        percent. `fields`: any other columns of a `Region`. To sell in the region, products need prices in its currency,
        and the region needs a shipping option.

        Raises `TypeError` for an unknown field. Raises `ValueError` if the currency or a country does not exist, if a
        country is in another region, if the tax rate is not from 0 to 100, or if the ID already exists.
        """
        refuse_all_but_columns("region", fields, Region)
        id = fields.pop("id", new_id("reg"))
        region = build_region(
            name, currency_code=currency_code, countries=countries, tax_rate=tax_rate, id=id, created_at=now(), **fields
        )
        with self._database.transaction():
            refuse_taken(self._database, "region", id=id)
            for country in region["countries"]:
                if self._database.get("country", str(country["id"])):
                    raise ValueError(f"the country {country['iso_2']!r} is already in another region")
            store(self._database, "region", region)
            return self._region(known_row(self._database, "region", id))

    def add_collection(self, title: str, *, handle: str | None = None) -> ProductCollection:
        """Add a collection, and return it. Use its `id` as the `collection_id` of products.

        Raises `ValueError` if the handle already exists.
        """
        row = entity(new_id("pcol"), now(), title=title, handle=handle or slug(title), metadata=None)
        with self._database.transaction():
            refuse_taken(self._database, "product_collection", handle=row["handle"])
            self._database.put("product_collection", row)
        return ProductCollection.from_dict(row)

    def add_category(
        self, name: str, *, handle: str | None = None, description: str = "", parent_id: str | None = None
    ) -> ProductCategory:
        """Add a public category, and return it.

        Raises `ValueError` if the parent category does not exist, or if the handle already exists.
        """
        with self._database.transaction():
            if parent_id is not None:
                known_row(self._database, "product_category", parent_id)
            siblings = self._database.find("product_category", parent_category_id=parent_id)
            refuse_taken(self._database, "product_category", handle=handle or slug(name))
            row = entity(new_id("pcat"), now(), name=name, description=description, handle=handle or slug(name))
            del row["deleted_at"]
            row |= {"is_active": True, "is_internal": False, "parent_category_id": parent_id}
            row |= {"rank": len(siblings), "metadata": None}
            self._database.put("product_category", row)
        return ProductCategory.from_dict(row)

    def _product(self, row: JSON) -> Product:
        return Product.from_dict(loaded_product(self._database, row, PRODUCT.relations))

    def _region(self, row: JSON) -> Region:
        relations = ("countries", "currency", "payment_providers", "fulfillment_providers")
        return Region.from_dict(load(self._database, "region", row, relations))

    def _refuse_twins(self, product: JSON) -> None:
        for column in ("id", "handle"):
            refuse_taken(self._database, "product", **{column: product[column]})
        known = self._database.find("product_variant")
        for column, name in _UNIQUE.items():
            taken = {variant.get(column) for variant in known}
            for variant in product["variants"]:
                if variant[column] and variant[column] in taken:
                    raise ValueError(f"there already is a variant with the {name} {variant[column]!r}")
                taken.add(variant[column])

    def _valued(self, kind: str, prefix: str, value: str, created_at: str) -> JSON:
        """Return the tag or type with this value. If there is none, create it."""
        if found := self._database.find(kind, value=value):
            return found[0]
        row = entity(new_id(prefix), created_at, value=value, metadata=None)
        self._database.put(kind, row)
        return row
