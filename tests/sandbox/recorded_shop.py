"""The shop of the recorded exchanges: what its merchant had set up before the first customer came.

It is read from what was recorded: the merchant's own requests in corpus/store-merchant.jsonl.gz, and the answers of
the Store. Of each value the earliest counts, because orders changed stock, balances and uses later.
"""

from __future__ import annotations

import gzip
import json
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
"""What the merchant makes, by the prefix of its ids."""

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
"""What Medusa computes for one answer, or an Admin's answer alone has."""


def merchant() -> list[JSON]:
    """What the merchant sent, with the answers, in order; at the end, what they looked at later."""
    lines = gzip.decompress((CORPUS / "store-merchant.jsonl.gz").read_bytes()).splitlines()
    return [json.loads(line) for line in lines]


class Catalogue:
    """The rows of a shop: its entities by kind and id, without their relations to other entities."""

    def __init__(self, profile: str) -> None:
        self.rows: dict[str, dict[str, JSON]] = {}
        sent = merchant() if profile == "default" else []
        for exchange in [each for each in sent if each["method"] == "POST"]:
            self._read_merchant(exchange)
        for exchange in exchanges().values():
            if exchange["profile"] == profile and exchange["status"] == 200:
                self._read(exchange["body"])
        for exchange in [each for each in sent if each["method"] == "GET"]:
            self._read_merchant(exchange)
        for row in self.rows.get("money_amount", {}).values():
            for variant in row.pop("variants", []):
                row.setdefault("variant_id", variant["id"])

    def __iter__(self) -> Iterator[tuple[str, JSON]]:
        """Each kind with each of its entities, the oldest first."""
        for kind, rows in self.rows.items():
            for row in sorted(rows.values(), key=lambda row: (row.get("created_at", ""), str(row.get("id")))):
                if kind == "gift_card" and row.get("order_id"):  # bought later
                    continue
                yield kind, {name: value for name, value in row.items() if name not in COMPUTED.get(kind, ())}

    def _read_merchant(self, exchange: JSON) -> None:
        """The answer, and what only the request says: to what it links."""
        body = exchange["body"]
        asked = json.loads(exchange["request_body"] or "{}") if exchange["method"] == "POST" else {}
        self._read(body)
        if "tax_rate" in body:
            linked = {name: asked.get(name, []) for name in ("products", "product_types", "shipping_options")}
            links = {name: [{"id": id} for id in ids] for name, ids in linked.items()}
            self.rows["tax_rate"][body["tax_rate"]["id"]].update(links)
        if "sales_channel_ids" in asked:
            key = self.rows["publishable_api_key"][body["publishable_api_key"]["id"]]
            key["sales_channels"] = [{"id": each["id"]} for each in asked["sales_channel_ids"]]

    def _read(self, value: Any, name: str = "", owner: JSON | None = None) -> None:
        if isinstance(value, list):
            for each in value:
                self._read(each, name, owner)
        if not isinstance(value, dict):
            return
        kind = self._kind(value, name)
        row = self._row(kind, value) if kind else {}
        for key, each in value.items():
            relation = RELATIONS.get(kind, {}).get(key)
            if kind and not (relation or (isinstance(each, dict | list) and self._is_entity(each, key))):
                row.setdefault(key, each)
            if kind and isinstance(relation, One) and isinstance(each, dict):
                row.setdefault(relation.key, each.get("id", each.get("code")))
            if kind and isinstance(relation, Linked) and isinstance(each, list):
                row.setdefault(key, [{"id": other["id"]} for other in each])
            if kind and isinstance(relation, Many) and isinstance(each, list):
                for other in each:
                    other.setdefault(relation.key, row["id"])
            if key != "metadata":
                self._read(each, key, row)

    def _kind(self, value: JSON, name: str) -> str:
        id = value.get("id")
        if isinstance(id, str) and "_" in id and "created_at" in value:
            return KINDS.get(id.partition("_")[0], "")
        return _WITHOUT_ID.get(name, "") if "id" in value or "code" in value else ""

    def _row(self, kind: str, value: JSON) -> JSON:
        id = str(value["id"] if "id" in value else value["code"])
        return self.rows.setdefault(kind, {}).setdefault(id, {})

    def _is_entity(self, value: Any, name: str) -> bool:
        first = value[0] if isinstance(value, list) and value else value
        return isinstance(first, dict) and self._kind(first, name) != ""
