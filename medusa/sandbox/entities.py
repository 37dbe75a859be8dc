"""Common code for all entities of the sandbox: IDs, timestamps and the names of their fields."""

from __future__ import annotations

import secrets
import time
from typing import Any, cast

import attrs

from .. import Address, LineItem, Model, Order
from .json_text import now

JSON = dict[str, Any]

CLAIM = "order-update-token.created"
PASSWORD_RESET = "customer.password_reset"  # noqa: S105
"""The events with tokens that a shop sends by e-mail."""


def _field_names(entity: type[Model]) -> frozenset[str]:
    return frozenset(attrs.fields_dict(cast("Any", entity)))


ORDER_FIELDS = _field_names(Order)
ITEM_FIELDS = _field_names(LineItem)
ADDRESS_FIELDS = _field_names(Address)


def new_id(prefix: str) -> str:
    """Return a new ID like in Medusa: a prefix and a ULID."""
    number = (int(time.time() * 1000) << 80) | secrets.randbits(80)
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return f"{prefix}_" + "".join(digits[number >> 5 * place & 31] for place in range(25, -1, -1))


def new_entity(prefix: str, created_at: str, **values: Any) -> JSON:
    """Return an entity with a new ID and these values."""
    return {"id": new_id(prefix), "created_at": created_at, "updated_at": created_at, **values}


def updated(row: JSON, changes: JSON) -> JSON:
    """Return a row with these values. The time of its last update changes only if one of the values does."""
    changed = {**row, **changes}
    return row if changed == row else {**changed, "updated_at": now()}


def new_customer(
    email: str,
    *,
    created_at: str,
    has_account: bool,
    first_name: str | None = None,
    last_name: str | None = None,
    phone: str | None = None,
) -> JSON:
    """Return a customer without addresses and orders."""
    return new_entity(
        "cus",
        created_at,
        deleted_at=None,
        email=email,
        first_name=first_name,
        last_name=last_name,
        billing_address_id=None,
        phone=phone,
        has_account=has_account,
        metadata=None,
    )
