"""Check and store the addresses of customers and carts like Medusa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from .adding import refuse_unknown
from .countries import country
from .database import Database
from .entities import ADDRESS_FIELDS, JSON, new_entity, updated
from .json_text import dumps, jsonb, now
from .responses import Refused, error_response
from .validation import anything, complaints, json_object, optional, string

# Medusa checks the fields in this order.
ADDRESS = {
    "first_name": optional(string),
    "last_name": optional(string),
    "phone": optional(string),
    "metadata": optional(json_object),
    "company": optional(string),
    "address_1": optional(string),
    "address_2": optional(string),
    "city": optional(string),
    "country_code": optional(string),
    "province": optional(string),
    "postal_code": optional(string),
}
"""The rules of an address, or of the changes to an address."""

NEW_ADDRESS = {
    **ADDRESS,
    **dict.fromkeys(("first_name", "last_name", "address_1", "city", "country_code", "postal_code"), string),
    "metadata": anything,
}
"""The rules of a customer's new address."""

_COLUMNS = (
    *("company", "first_name", "last_name", "address_1", "address_2", "city", "country_code", "province"),
    *("postal_code", "phone", "metadata"),
)


def build_address(given: Mapping[str, Any]) -> JSON:
    """Check and return an address from a test. Raises `TypeError` and `ValueError`."""
    refuse_unknown("address", given, ADDRESS_FIELDS)
    address = with_country_lowered(dict(given))
    if "country_code" in address and country(address["country_code"]) is None:
        raise ValueError(f"there is no country {address['country_code']!r}")
    return address


def add_address(database: Database, given: JSON, customer_id: str | None = None) -> JSON:
    """Store an address and return it. Raises `Refused` for an unknown country."""
    _check_country(given)
    columns = {name: given.get(name) for name in _COLUMNS}
    columns["metadata"] = jsonb(columns["metadata"])
    address = new_entity("addr", now(), deleted_at=None, customer_id=customer_id, **columns)
    database.put("address", address)
    return address


def change_address(database: Database, address: JSON, given: JSON) -> JSON:
    """Store the changes to an address, and return it. Raises `Refused` for an unknown country."""
    _check_country(given)
    if "metadata" in given:
        given = {**given, "metadata": jsonb(given["metadata"])}
    address = updated(address, given)
    database.put("address", address)
    return address


def with_country_lowered(given: JSON) -> JSON:
    """Return an address with its country code in lower case. If the code is null, it is removed and changes nothing."""
    rest = {name: value for name, value in given.items() if name != "country_code"}
    code = given.get("country_code")
    return rest if code is None else {**rest, "country_code": code.lower()}


def _check_country(given: JSON) -> None:
    code = given.get("country_code")
    if code == "":
        raise Refused(error_response(404, "not_found", "null"))
    if code is not None and country(code) is None:
        raise Refused(error_response(404, "not_found", f"Country with country_code {code} does not exist."))


def refuse_unless_address(name: str, value: Any) -> None:
    """Raise `Refused` unless the value is null, the ID of an address, or an address."""
    if value is None or isinstance(value, str):
        return
    if isinstance(value, dict):
        problems = complaints(cast("JSON", value), ADDRESS)
    else:
        problems = ["an unknown value was passed to the validate function"]
    if problems:
        texts = {"String": f"String validation failed: {_js_text(value)} is not a string"}
        texts["AddressPayload"] = ", ".join(problems)
        details = {name: [part for part in text.split(",") if part] for name, text in texts.items()}
        message = dumps({"message": f"{name} must be one of: AddressPayload,String", "details": details})
        raise Refused(error_response(400, "invalid_data", message.decode()))


def _js_text(value: Any) -> str:
    """Convert a value to text like JS."""
    if isinstance(value, list):
        return ",".join("" if each is None else _js_text(each) for each in cast("list[Any]", value))
    if isinstance(value, dict):
        return "[object Object]"
    return value if isinstance(value, str) else dumps(value).decode()
