"""The shop of the recorded exchanges, as the merchant set it up before the first customer's request.

The shop is read from two recordings: the merchant's requests in corpus/store-merchant.jsonl.gz, and the responses of
the Store API. The earliest value of each field is used, because orders later changed stock, balances and usage counts.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

from medusa.sandbox.relations import RELATIONS, Linked, Many, One

from ..conftest import CORPUS
from ..recordings import exchanges

JSON = dict[str, Any]

KINDS = {
    "cgrp": "customer_group",
    "disc": "discount",
    "discon": "discount_condition",
    "dru": "discount_rule",
    "gift": "gift_card",
    "img": "image",
    "ma": "money_amount",
    "opt": "product_option",
    "optval": "product_option_value",
    "pcat": "product_category",
    "pcol": "product_collection",
    "pk": "publishable_api_key",
    "pl": "price_list",
    "prod": "product",
    "ptag": "product_tag",
    "ptyp": "product_type",
    "reg": "region",
    "rr": "return_reason",
    "sc": "sales_channel",
    "so": "shipping_option",
    "sor": "shipping_option_requirement",
    "sp": "shipping_profile",
    "txr": "tax_rate",
    "variant": "product_variant",
}
"""The kinds of rows that the merchant creates, by the prefix of their IDs."""

_WITHOUT_ID = {"countries": "country", "currency": "currency", "currencies": "currency"}
_WITHOUT_ID |= {"fulfillment_providers": "fulfillment_provider", "payment_providers": "payment_provider"}
_WITHOUT_ID |= {"provider": "fulfillment_provider"}

COMPUTED = {
    "product_variant": (
        *("calculated_price", "calculated_price_incl_tax", "calculated_price_type", "calculated_tax", "original_price"),
        *("original_price_incl_tax", "original_tax", "tax_rates", "purchasable", "price_type"),
        *("original_price_includes_tax", "calculated_price_includes_tax"),
    ),
    "shipping_option": ("price_incl_tax", "tax_amount", "tax_rates"),
    "product": ("profile",),
    "gift_card": ("order",),
}
"""The fields that Medusa computes for a response, or that only the Admin API sends."""


def merchant() -> list[JSON]:
    """Return the merchant's requests with their responses, in order. Later reads are at the end."""
    lines = gzip.decompress((CORPUS / "store-merchant.jsonl.gz").read_bytes()).splitlines()
    return [json.loads(line) for line in lines]


_LINKS = {
    "discount_condition": ("customer_groups", "product_collections", "product_tags", "product_types", "products"),
    "price_list": ("customer_groups",),
    "publishable_api_key": ("sales_channels",),
    "tax_rate": ("product_types", "products", "shipping_options"),
}
"""The relations that link a row to other entities by their IDs."""

DELETED: dict[str, tuple[str, str]] = {
    "cart_update_channel_back": ("line_item", "item_01M8G4KBNAA2PJN1780TTC671Y"),
    "co_gone_cart": ("product_variant", "variant_01M8G4K81S6ZK86MMC7AGC379B"),
    "co_gone2_cart": ("product_variant", "variant_01M8G4K81T8NSN8W4J799ZNB5D"),
    "flags_variant_retrieve_deleted": ("product_variant", "variant_01M8G4ND3AVZ5NPVMPWFC6B7KV"),
    "product_retrieve_deleted": ("product", "prod_01M8G4K81JRQCDQAPHTWDMSRDR"),
}
"""The rows that the merchant or an unrecorded request deleted before the exchange."""

_VIP = {"id": "cgrp_00000000000000000000000000", "name": "VIP"}
"""The customer group in the shop of the profile `flags`. No recorded response contains the group's ID."""

CHANGED: dict[str, tuple[str, JSON]] = {
    "cart_update_channel_back": (
        "cart",
        {"id": "cart_01M8G4KBMV97Z9JN82RYBN3QRS", "sales_channel_id": "sc_01M8G4K7N0M04X4VXPEX0NJKKK"},
    ),
    "products_list": (
        "customer",
        {"id": "cus_01M8G4K8PS83VWE23G0E9XNZNK", "groups": [{"id": "cgrp_01M8G4K7MNBRH5YNXQRFHQVTV3"}]},
    ),
    "flags_variants_list_customer_group": ("customer", {"id": "cus_01M8G4NDT89JREF4HYYBNBNM6R", "groups": [_VIP]}),
    "cart_gift_card_past": (
        "gift_card",
        {"id": "gift_01M8G4K8MPD62PT21K8HE49EYR", "ends_at": "2020-01-01T00:00:00.000Z"},
    ),
}
"""The rows that the merchant or an unrecorded request changed before the exchange."""

DEFAULT_CHANNEL = "sc_01M8G4K4GND2HK284EZHY5WD7S"
# The channels of the publishable keys were not recorded, but the recorded responses show them.
_KEYS = {"Storefront": [DEFAULT_CHANNEL], "Closed": ["sc_01M8G4K7N4E620V0RPD732FQGZ"]}
_KEYS["Both"] = [DEFAULT_CHANNEL, "sc_01M8G4K7N0M04X4VXPEX0NJKKK"]


class Catalogue:
    """The rows of a shop: the entities by kind and ID, without their relations to other entities."""

    def __init__(self, profile: str) -> None:
        self.rows: dict[str, dict[str, JSON]] = {}
        self._is_setup = True
        """Whether later values replace earlier values."""
        sent = merchant() if profile == "default" else []
        for exchange in [each for each in sent if each["method"] == "POST" and "/orders/" not in each["target"]]:
            self._read_merchant(exchange)
        self._is_setup = False
        for exchange in exchanges().values():
            if exchange["profile"] == profile and exchange["status"] == 200:
                self._read(exchange["body"])
        for exchange in [each for each in sent if each["method"] == "GET"]:
            self._read_merchant(exchange)
        for row in self.rows.get("money_amount", {}).values():
            for variant in row.pop("variants", []):
                row.setdefault("variant_id", variant["id"])
        self._link_tax_rates(profile)
        if profile == "default":
            self._add_unrecorded_links()
        else:
            for price_list in self.rows["price_list"].values():
                price_list["customer_groups"] = [_VIP] if price_list["name"] == "VIP prices" else []

    def __iter__(self) -> Iterator[tuple[str, JSON]]:
        """Yield the kind and the row of each entity. The oldest entity of a kind is first."""
        for kind, rows in self.rows.items():
            for row in sorted(rows.values(), key=lambda row: (row.get("created_at", ""), str(row.get("id")))):
                # A gift card with an order was bought by a customer later.
                if kind == "gift_card" and (row.get("order") or row.get("order_id")):
                    continue
                yield kind, {name: value for name, value in row.items() if name not in COMPUTED.get(kind, ())}

    def _add_unrecorded_links(self) -> None:
        for product in self.rows["product"].values():
            product.setdefault("sales_channels", [{"id": DEFAULT_CHANNEL}])
        for key in self.rows["publishable_api_key"].values():
            if key["title"] in _KEYS:
                key["sales_channels"] = [{"id": id} for id in _KEYS[key["title"]]]
        everywhere = [{"id": id} for id in self.rows["region"]]
        for discount in self.rows["discount"].values():
            discount.setdefault("regions", everywhere)

    def _link_tax_rates(self, profile: str) -> None:
        """Link tax rates to products and shipping options, according to the tax lines and options in the responses."""
        rates = self.rows.get("tax_rate", {})
        for id, option in self.rows.get("shipping_option", {}).items():
            for shown in option.get("tax_rates") or []:
                for rate in rates.values():
                    if rate["code"] == shown["code"]:
                        rate["shipping_options"] = [{"id": id}]
        for rate in rates.values():
            sold = [each for each in exchanges().values() if each["profile"] == profile]
            taxed = {variant for each in sold for variant in _variants_at(rate["code"], each["body"])}
            variants = [self.rows["product_variant"][id] for id in taxed if id in self.rows["product_variant"]]
            rate.setdefault("products", [{"id": id} for id in sorted({each["product_id"] for each in variants})])

    def _read_merchant(self, exchange: JSON) -> None:
        """Read the response, and the links that only the request contains."""
        body = exchange["body"]
        asked = json.loads(exchange["request_body"] or "{}") if exchange["method"] == "POST" else {}
        self._read(body)
        if "tax_rate" in body:
            self._link("tax_rate", body["tax_rate"]["id"], asked)
        if "sales_channel_ids" in asked:
            ids = [each["id"] for each in asked["sales_channel_ids"]]
            self._link("publishable_api_key", body["publishable_api_key"]["id"], {"sales_channels": ids})
        for given in asked.get("rule", {}).get("conditions", []):
            for condition in self.rows["discount_condition"].values():
                if condition["discount_rule_id"] == body["discount"]["rule_id"]:
                    self._link("discount_condition", condition["id"], given)

    def _link(self, kind: str, id: str, ids: JSON) -> None:
        row = self.rows[kind][id]
        row |= {name: [{"id": each} for each in ids[name]] for name in _LINKS[kind] if name in ids}

    def _read(self, value: Any, name: str = "") -> None:
        if isinstance(value, list):
            for each in value:
                self._read(each, name)
        if not isinstance(value, dict):
            return
        kind = self._kind(value, name)
        if kind:
            self._keep(kind, value)
        for key, each in value.items():
            relation = RELATIONS.get(kind, {}).get(key)
            if isinstance(relation, Many):
                self._read([{relation.key: value["id"], **other} for other in each], key)
            elif key != "metadata":
                self._read(each, key)

    def _keep(self, kind: str, value: JSON) -> None:
        id = str(value["id"] if "id" in value else value["code"])
        row: JSON = {}
        for key, each in value.items():
            relation = RELATIONS.get(kind, {}).get(key)
            if isinstance(relation, Linked) or key in _LINKS.get(kind, ()):
                row[key] = [{"id": other["id"]} for other in each]
            elif isinstance(relation, One) and isinstance(each, dict):
                row.setdefault(relation.key, each.get("id", each.get("code")))
            elif not relation and not self._is_entity(each, key):
                row[key] = each
        known = self.rows.setdefault(kind, {}).setdefault(id, {})
        known |= row if self._is_setup else {key: each for key, each in row.items() if key not in known}

    def _kind(self, value: JSON, name: str) -> str:
        id = value.get("id")
        if isinstance(id, str) and re.fullmatch(r"[a-z]+_[0-9A-Z]{26}", id):
            return KINDS.get(id.partition("_")[0], "")
        return _WITHOUT_ID.get(name, "") if "id" in value or "code" in value else ""

    def _is_entity(self, value: Any, name: str) -> bool:
        first = value[0] if isinstance(value, list) and value else value
        return isinstance(first, dict) and self._kind(first, name) != ""


def _variants_at(code: str, value: Any) -> Iterator[str]:
    """Yield the variants of items that were taxed at the rate with this code."""
    if isinstance(value, list):
        for each in value:
            yield from _variants_at(code, each)
    elif isinstance(value, dict):
        if value.get("variant_id") and any(line["code"] == code for line in value.get("tax_lines") or []):
            yield value["variant_id"]
        for each in value.values():
            yield from _variants_at(code, each)
