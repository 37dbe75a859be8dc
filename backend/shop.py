"""Add data to the shop through the Admin API that `medusa seed` cannot create.

The products and regions of `seed.json` do not change. An additional region, Testland, has the payment provider and the
delivery service of `plugins/test-providers`. Tests find nearly all data by handle, name or code in the Store API.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any


class ShopError(Exception):
    """The backend refused a request or did not respond. The message says which request."""


def stock_shop(url: str, profile: str) -> dict[str, Any]:
    """Add the data. Return the data that tests need and cannot find in the Store API."""
    admin = _Admin(url)
    admin.post("store", currencies=["eur", "usd", "gbp"])
    regions = {region["name"]: region["id"] for region in admin.get("regions")["regions"]}
    regions["Testland"] = _testland(admin, includes_tax=profile == "flags")
    _discounts(admin, regions)
    _place_order(admin, "USEDUP", regions["Europe"])
    _shipping_options(admin, regions)
    wholesale = _wholesale_channel(admin)
    products = _products(admin, wholesale["sales_channel"])
    if profile == "flags":
        _categories(admin, products)
        # A region's own `includes_tax` applies only to prices that are set for this region.
        admin.post("currencies/gbp", includes_tax=True)
    _sale(admin, products)
    _return_reasons(admin)
    gift_cards = _gift_cards(admin, regions)
    location = {"stock_location": _stock(admin)} if profile == "inventory" else {}
    _wait(
        lambda: admin.get("discounts/code/USEDUP")["discount"]["usage_count"],
        "count the use of the discount USEDUP",
    )
    if profile == "flags":
        _wait(lambda: _found(admin) >= products.keys(), "index the products for the search")
    keys = admin.get("publishable-api-keys")["publishable_api_keys"]
    return {
        "publishable_api_key": next(key["id"] for key in keys if key["title"] == "Storefront"),
        "wholesale_api_key": wholesale["api_key"],
        "wholesale_channel": wholesale["sales_channel"],
        **gift_cards,
        **location,
    }


class _Admin:
    """A client of the Admin API, which also sends a few requests to the Store API."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._headers = {"Content-Type": "application/json"}
        token = self.post("auth/token", email="admin@example.com", password="supersecret")["access_token"]  # noqa: S106
        self._headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str) -> Any:
        return self._send("GET", f"/admin/{path}")

    def post(self, path: str, **body: Any) -> Any:
        return self._send("POST", f"/admin/{path}", body)

    def post_to_store(self, path: str, **body: Any) -> Any:
        return self._send("POST", f"/store/{path}", body)

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, self._headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise ShopError(f"{method} {path} answered {error.code}: {error.read()[:500]!r}") from error
        except OSError as error:
            raise ShopError(f"{method} {path}: {error}") from error


def _testland(admin: _Admin, includes_tax: bool) -> str:
    region: dict[str, Any] = {"name": "Testland", "currency_code": "gbp", "tax_rate": 20, "countries": ["gb"]}
    if includes_tax:  # Without the feature flag, the backend refuses this name.
        region["includes_tax"] = True
    providers = {"payment_providers": ["manual", "test-pay"], "fulfillment_providers": ["manual", "calc"]}
    return str(admin.post("regions", **region, **providers)["region"]["id"])


def _shipping_options(admin: _Admin, regions: dict[str, str]) -> None:
    post, post_back = {"id": "manual-fulfillment"}, {"id": "manual-fulfillment-return"}
    for region in ("Europe", "Testland"):
        by_hand = {"region_id": regions[region], "provider_id": "manual", "price_type": "flat_rate"}
        admin.post("shipping-options", **by_hand, name="Return by post", data=post_back, amount=300, is_return=True)
        admin.post("shipping-options", **by_hand, name="Staff only", data=post, amount=0, admin_only=True)
    admin.post("shipping-options", **by_hand, name="Parcel", data=post, amount=500)
    over_100 = [{"type": "min_subtotal", "amount": 10_000}]
    admin.post("shipping-options", **by_hand, name="Free over 100", data=post, amount=0, requirements=over_100)
    calculated = {"region_id": regions["Testland"], "provider_id": "calc", "price_type": "calculated"}
    admin.post("shipping-options", **calculated, name="Calculated", data={"id": "calc-standard"})
    admin.post("shipping-options", **calculated, name="Calculated return", data={"id": "calc-return"}, is_return=True)


def _wholesale_channel(admin: _Admin) -> dict[str, str]:
    """Add a sales channel with its own publishable key."""
    channel = admin.post("sales-channels", name="Wholesale")["sales_channel"]["id"]
    key = admin.post("publishable-api-keys", title="Wholesale")["publishable_api_key"]["id"]
    admin.post(f"publishable-api-keys/{key}/sales-channels/batch", sales_channel_ids=[{"id": channel}])
    return {"sales_channel": channel, "api_key": key}


def _products(admin: _Admin, wholesale: str) -> dict[str, Any]:
    summer = admin.post("collections", title="Summer", handle="summer")["collection"]["id"]
    admin.post("collections", title="Empty", handle="empty")
    image = "https://cdn.example.com/shirt.png"
    shirt: dict[str, Any] = {
        "title": "Linen Shirt",
        "handle": "linen-shirt",
        "subtitle": "For warm days",
        "description": "A shirt in several sizes and colours.",
        "thumbnail": image,
        "images": [image],
        "collection_id": summer,
        "type": {"value": "Shirt"},
        "tags": [{"value": "linen"}, {"value": "summer"}],
        "metadata": {"season": "summer"},
        "options": [{"title": "Size"}, {"title": "Colour"}],
        "variants": [
            _variant("S / White", "SHIRT-S-WHITE", 4000, "S", "White"),
            _variant("M / White", "SHIRT-M-WHITE", 4000, "M", "White"),
            _variant("L / White", "SHIRT-L-WHITE", 4000, "L", "White", inventory_quantity=0),
            _variant("M / Blue", "SHIRT-M-BLUE", 4200, "M", "Blue", inventory_quantity=0, allow_backorder=True),
            _variant("L / Blue", "SHIRT-L-BLUE", 4200, "L", "Blue", manage_inventory=False),
        ],
    }
    gift_card: dict[str, Any] = {
        "title": "Gift Card",
        "handle": "gift-card",
        "is_giftcard": True,
        "discountable": False,
        "options": [{"title": "Denomination"}],
        "variants": [_variant("25", "GIFT-25", 2500, "25"), _variant("50", "GIFT-50", 5000, "50")],
    }
    hat: dict[str, Any] = {
        "title": "Straw Hat",
        "handle": "straw-hat",
        "collection_id": summer,
        "tags": [{"value": "summer"}],
        "options": [{"title": "Size"}],
        "variants": [_variant("One size", "HAT", 3000, "One size")],
    }
    crate: dict[str, Any] = {
        "title": "Crate of Mugs",
        "handle": "crate-of-mugs",
        "sales_channels": [{"id": wholesale}],
        "options": [{"title": "Pieces"}],
        "variants": [_variant("24", "CRATE-24", 20_000, "24")],
    }
    draft: dict[str, Any] = {
        "title": "Draft",
        "handle": "draft",
        "status": "draft",
        "options": [{"title": "Size"}],
        "variants": [_variant("One size", "DRAFT", 1000, "One size")],
    }
    published = {"status": "published"}
    products = (admin.post("products", **published | product) for product in (shirt, gift_card, hat, crate, draft))
    return {made["product"]["handle"]: made["product"] for made in products}


def _variant(title: str, sku: str, amount: int, *values: str, **more: Any) -> dict[str, Any]:
    """Return a variant with the same amount in all currencies."""
    prices = [{"currency_code": currency, "amount": amount} for currency in ("eur", "usd", "gbp")]
    options = [{"value": value} for value in values]
    texts = {"title": title, "sku": sku}
    return {**texts, "inventory_quantity": 100_000, "prices": prices, "options": options, **more}


def _categories(admin: _Admin, products: dict[str, Any]) -> None:
    def add(name: str, parent: str | None = None, **more: bool) -> str:
        category = {"name": name, "handle": name.lower(), "parent_category_id": parent, "is_active": True, **more}
        return str(admin.post("product-categories", **category)["product_category"]["id"])

    clothes = add("Clothes")
    shirts, hats = add("Shirts", clothes), add("Hats", clothes)
    add("Inactive", is_active=False)
    add("Internal", is_internal=True)
    for category, handle in ((shirts, "linen-shirt"), (hats, "straw-hat")):
        admin.post(f"product-categories/{category}/products/batch", product_ids=[{"id": products[handle]["id"]}])


def _sale(admin: _Admin, products: dict[str, Any]) -> None:
    """Add a sale: the hat costs 20.00 instead of 30.00."""
    hat = products["straw-hat"]["variants"][0]["id"]
    prices = [{"variant_id": hat, "currency_code": currency, "amount": 2000} for currency in ("eur", "usd", "gbp")]
    admin.post("price-lists", name="Summer sale", description="Hats", type="sale", status="active", prices=prices)


def _discounts(admin: _Admin, regions: dict[str, str]) -> None:
    ten_percent = {"type": "percentage", "value": 10, "allocation": "total"}
    five_off = {"type": "fixed", "value": 500, "allocation": "total"}
    free_shipping = {"type": "free_shipping", "value": 0, "allocation": "total"}
    yesterday, tomorrow = ((datetime.now(UTC) + timedelta(days)).isoformat() for days in (-1, 1))
    long_ago = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    for code, rule, more in (
        ("TENPERCENT", ten_percent, {}),
        ("FIVEOFF", five_off, {"regions": [regions["Europe"]]}),  # A fixed amount is in one currency.
        ("FREESHIPPING", free_shipping, {}),
        ("EXPIRED", ten_percent, {"starts_at": long_ago, "ends_at": yesterday}),
        ("FUTURE", ten_percent, {"starts_at": tomorrow}),
        ("DISABLED", ten_percent, {"is_disabled": True}),
        ("USEDUP", ten_percent, {"usage_limit": 1}),
    ):
        everywhere = {"is_dynamic": False, "is_disabled": False, "regions": list(regions.values())}
        admin.post("discounts", code=code, rule=rule, **{**everywhere, **more})


def _place_order(admin: _Admin, code: str, region: str) -> None:
    """Place an order with this discount, which can be used once."""
    variants = admin.get("variants")["variants"]
    mug = next(variant["id"] for variant in variants if variant["sku"] == "MUG-350")
    cart = f"carts/{admin.post_to_store('carts', region_id=region)['cart']['id']}"
    admin.post_to_store(f"{cart}/line-items", variant_id=mug, quantity=1)
    admin.post_to_store(cart, email="bargain-hunter@example.com", discounts=[{"code": code}])
    admin.post_to_store(f"{cart}/payment-sessions")
    admin.post_to_store(f"{cart}/complete")


def _found(admin: _Admin) -> set[str]:
    """Return the handles of the products that a search finds."""
    return {hit["handle"] for hit in admin.post_to_store("products/search", limit=100)["hits"]}


def _wait(is_done: Callable[[], object], what: str) -> None:
    """Wait for a change that Medusa makes up to three seconds after its event."""
    end = time.monotonic() + 60
    while not is_done():
        if time.monotonic() > end:
            raise ShopError(f"the backend did not {what}")
        time.sleep(0.1)


def _gift_cards(admin: _Admin, regions: dict[str, str]) -> dict[str, str]:
    """Add gift cards. Return their codes, which Medusa chooses."""

    def code(region: str, value: int, **more: Any) -> str:
        card = admin.post("gift-cards", region_id=regions[region], value=value, **more)["gift_card"]
        return str(card["code"])

    return {
        "gift_card": code("Europe", 1_000_000),
        "gift_card_in_testland": code("Testland", 1_000_000),
        "empty_gift_card": code("Europe", 0),
        "disabled_gift_card": code("Europe", 1000, is_disabled=True),
    }


def _return_reasons(admin: _Admin) -> None:
    wrong_size = {"value": "wrong_size", "label": "Wrong size", "description": "Does not fit"}
    parent = admin.post("return-reasons", **wrong_size)["return_reason"]["id"]
    admin.post("return-reasons", value="too_small", label="Too small", parent_return_reason_id=parent)
    admin.post("return-reasons", value="other", label="Other")


def _stock(admin: _Admin) -> str:
    """Add a stock location for all sales channels, with the stock of each variant."""
    location = admin.post("stock-locations", name="Warehouse")["stock_location"]["id"]
    for channel in admin.get("sales-channels")["sales_channels"]:
        admin.post(f"sales-channels/{channel['id']}/stock-locations", location_id=location)
    quantities = {"SHIRT-L-WHITE": 0, "SHIRT-M-BLUE": 0}
    for item in admin.get("inventory-items?limit=100")["inventory_items"]:
        quantity = quantities.get(item["sku"], 100_000)
        path = f"inventory-items/{item['id']}/location-levels"
        admin.post(path, location_id=location, stocked_quantity=quantity)
    return str(location)
