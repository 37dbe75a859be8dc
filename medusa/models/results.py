"""What the resources' methods return: the data of an answer, and the raw exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from ..http.redaction import without_secrets
from .base import Model, entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

    from .customer import Customer
    from .order import Order


class Result(Model):
    """An answer. Pickled, its `response` has lost the request's headers, body and query, and the cookies."""

    __slots__: ClassVar[Any] = {"response": "`requests.Response`: the raw exchange."}

    response: requests.Response
    """The raw exchange."""

    def _state(self) -> dict[str, Any]:
        state = super()._state()
        if hasattr(self, "response"):
            state["response"] = self.response
        return state

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        if "response" in state:
            state["response"] = without_secrets(self.response)
        return state

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        if hasattr(self, "response"):
            memo[id(self.response)] = self.response  # which a copy shares
        return super().__deepcopy__(memo)

    def _shown(self) -> Iterator[tuple[str, Any]]:
        """The models in it, and numbers, but no text: it may be a secret."""
        state = self._state()
        for name in self._hints:
            value = state.get(name)
            if type(value) is list:
                yield name, len(cast("list[Any]", value))
            elif isinstance(value, (Model, bool, int)):
                yield name, value


@entity
class StoreOrdersRes(Result):
    """The answer that holds an order."""

    order: Order


@entity
class StoreAuthRes(Result):
    """The answer that holds the logged-in customer."""

    customer: Customer


@entity
class StoreGetAuthEmailRes(Result):
    """The answer that says whether an e-mail address belongs to a registered customer."""

    exists: bool


@entity
class StoreBearerAuthRes(Result):
    """The answer that holds a customer's JWT."""

    access_token: str
