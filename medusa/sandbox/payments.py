"""The payment providers of the sandbox: `manual`, and `test-pay`, whose outcome a test chooses.

A provider stores the data of a payment in `data`.
"""

from __future__ import annotations

import re
import secrets
from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from .database import Database
from .entities import JSON, new_id
from .responses import Refused, error_response, failed

PaymentOutcome = Literal["authorized", "requires_more", "declined", "error"]


class PaymentProvider(ABC):
    """The methods that Medusa calls on a provider. A method that refuses the call raises `Refused`."""

    customer_metadata: ClassVar[JSON] = {}
    """The data that a new payment adds to the metadata of the customer."""

    @abstractmethod
    def begin(self, cart: JSON, amount: int, currency_code: str) -> JSON:
        """Return the data of a new payment."""

    def update(self, data: JSON, amount: int) -> JSON:
        """Return the data of a payment whose amount changed."""
        return data

    @abstractmethod
    def add_data(self, session: JSON, given: JSON) -> JSON:
        """Return the data of a session, including the data that the shop sent."""

    @abstractmethod
    def authorize(self, data: JSON, mode: str | None) -> tuple[str, JSON]:
        """Return the status and the data of a payment. `mode` is the outcome that a test chose."""

    def cancel(self, data: JSON) -> JSON:
        """Return the data of a canceled payment."""
        return data


class ManualPayment(PaymentProvider):
    """Medusa's provider `manual`: it authorizes everything."""

    def begin(self, cart: JSON, amount: int, currency_code: str) -> JSON:
        """Return the data of a new payment."""
        return {"status": "pending"}

    def add_data(self, session: JSON, given: JSON) -> JSON:
        """Return the data of a session, including the `data` in the object that the shop sent."""
        inner = given.get("data")
        return {**session["data"], **(inner if isinstance(inner, dict) else {})}

    def authorize(self, data: JSON, mode: str | None) -> tuple[str, JSON]:
        """Return the status and the data of a payment."""
        status = _outcome(mode or "authorized")
        return status, {"status": status}

    def cancel(self, data: JSON) -> JSON:
        """Return the data of a canceled payment."""
        return {"status": "canceled"}


class ScriptedPayment(PaymentProvider):
    """A provider without a network. The `mode` in the data of its session chooses the outcome.

    `authorized`, `requires_more`, `pending`, `error` and `canceled` become the status of the session. `fail`
    declines the card, `throw` makes the provider crash, `update_error` and `data_error` refuse that one step. With
    the e-mail address mode-NAME@example.com, a payment starts with this mode. The payment of no-session@example.com is
    refused.
    """

    customer_metadata: ClassVar[JSON] = {"test_pay_customer": "tp_1"}

    def begin(self, cart: JSON, amount: int, currency_code: str) -> JSON:
        """Return the data of a new payment."""
        email = cart["email"] or ""
        if email == "no-session@example.com":
            raise _refused("The provider refused the session:\n[object Object]", "session_refused")
        chosen = re.match(r"mode-(\w+)@", email, re.ASCII)
        # A counter would start again with the next process, but a store in a file would still have the old IDs.
        id = f"pi_{secrets.randbelow(10**12)}"
        return {
            "id": id,
            "client_secret": f"{id}_secret_test",
            "amount": amount,
            "currency": currency_code,
            "mode": chosen[1] if chosen else "authorized",
            "resource_id": cart["id"],
            "email": cart["email"],
            "context": cart["context"],
            "nested": {"float": 1.5, "big": 9007199254740992, "none": None, "list": [1, "a", True]},
        }

    def update(self, data: JSON, amount: int) -> JSON:
        """Return the data of a payment whose amount changed."""
        if data.get("mode") == "update_error":
            raise _refused("The provider refused the update", "update_refused")
        return {**data, "amount": amount, "updated": True}

    def add_data(self, session: JSON, given: JSON) -> JSON:
        """Return the data of a session, including the data that the shop sent."""
        if given.get("mode") == "data_error":
            raise _refused("The provider refused the data", "data_refused")
        return {**session["data"], "id": session["id"], **given}

    def authorize(self, data: JSON, mode: str | None) -> tuple[str, JSON]:
        """Return the status and the data of a payment."""
        status = _outcome(mode or data.get("mode") or "authorized")
        redirect = {"type": "redirect_to_url", "redirect_to_url": {"url": "https://example.com/3ds"}}
        return status, {**data, "status": status, "next_action": redirect if status == "requires_more" else None}


def payment_provider(id: str) -> PaymentProvider:
    """Return the provider with this ID. An unknown provider behaves like `test-pay`."""
    return ManualPayment() if id == "manual" else ScriptedPayment()


def _outcome(mode: str) -> str:
    """Return the status that a mode gives to a payment."""
    if mode == "fail":
        raise _refused("Your card was declined.:\ninsufficient_funds", "card_declined")
    if mode not in ("authorized", "requires_more", "pending", "error", "canceled"):
        raise failed()
    return mode


def _refused(message: str, code: str) -> Refused:
    return Refused(error_response(400, "invalid_data", message, code))


_MODES = {"authorized": "authorized", "requires_more": "requires_more", "declined": "fail", "error": "error"}
"""The mode for each outcome that a test can choose."""


def choose_outcomes(database: Database, outcome: str, times: int) -> None:
    """Set the outcome of the next payments that are authorized. Raises `ValueError`."""
    if outcome not in _MODES:
        raise ValueError(f"outcome must be one of {', '.join(_MODES)}, not {outcome!r}")
    if times < 1:
        raise ValueError("times must be at least 1")
    for _ in range(times):
        database.put("payment_outcome", {"id": new_id("outcome"), "mode": _MODES[outcome]})


def next_mode(database: Database) -> str | None:
    """Return the mode that a test chose for the next payment, or None."""
    with database.transaction():
        for outcome in database.find("payment_outcome")[:1]:
            database.delete("payment_outcome", outcome["id"])
            return str(outcome["mode"])
    return None
