"""The calls of a merchant on a real Medusa, for steps that the Store API does not have."""

from __future__ import annotations

from typing import Any

from medusa import Medusa

from .checking import undisturbed


class Admin:
    """The Admin API of the backend that a client uses."""

    def __init__(self, medusa: Medusa) -> None:
        self._medusa = medusa.with_options(token=None)
        login = {"email": "admin@example.com", "password": "supersecret"}
        token = self._medusa.request("POST", "/admin/auth/token", json=login)["access_token"]
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return self._request("GET", path)

    def post(self, path: str, **json: Any) -> Any:
        return self._request("POST", path, json)

    def delete(self, path: str) -> Any:
        return self._request("DELETE", path)

    def _request(self, method: str, path: str, json: Any = None) -> Any:
        return undisturbed(
            lambda: self._medusa.request(method, f"/admin/{path}", json=json, custom_headers=self.headers)
        )

    def ship(self, order_id: str) -> None:
        """Capture the payment of an order, fulfill all of its items, and ship them."""
        items = self.post(f"orders/{order_id}/capture")["order"]["items"]
        quantities = [{"item_id": item["id"], "quantity": item["quantity"]} for item in items]
        order = self.post(f"orders/{order_id}/fulfillment", items=quantities)["order"]
        fulfillment = order["fulfillments"][0]["id"]
        tracking_numbers = ["1Z999AA10123456784"]
        self.post(f"orders/{order_id}/shipment", fulfillment_id=fulfillment, tracking_numbers=tracking_numbers)
