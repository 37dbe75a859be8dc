"""Currencies: all that Medusa knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate

if TYPE_CHECKING:
    from ...models.price import Currency

__all__ = [
    "AdminCurrenciesListRes",
    "AdminCurrenciesRes",
    "AdminCurrenciesResource",
    "AdminGetCurrenciesParams",
    "AdminPostCurrenciesCurrencyReq",
]


@entity
class AdminCurrenciesListRes(Result):
    """A page of currencies."""

    currencies: list[Currency]
    count: int
    """How many currencies match in all."""
    offset: int
    limit: int


@entity
class AdminCurrenciesRes(Result):
    """A currency."""

    currency: Currency


class AdminGetCurrenciesParams(TypedDict, total=False):
    """Which currencies to list. All filters that are given must hold."""

    q: str
    """A text to find in the code and in the name, in any case."""
    code: str
    """ISO 4217, lower case."""
    order: str
    """The field to sort by, `code` or `name`, with `-` before it for the reverse order."""
    limit: int
    """The size of the page, 20 by default; 0 for all currencies."""
    offset: int
    """How many currencies to skip."""


class AdminPostCurrenciesCurrencyReq(TypedDict, total=False):
    """What to change of a currency."""

    includes_tax: bool
    """Whether prices in the currency include tax. Only a backend with tax-inclusive pricing takes it."""


class AdminCurrenciesResource(Resource):
    """All currencies that Medusa knows. `medusa.admin.store.retrieve()` returns those of the store."""

    def list(
        self, query: AdminGetCurrenciesParams | None = None, custom_headers: Headers = None
    ) -> AdminCurrenciesListRes:
        """Return a page of currencies, as `.currencies`. A page has 20 currencies by default.

        `GET /admin/currencies`

        Without `order` they come in any order. `.count` is the number of all currencies that match. Raises
        `MedusaInvalidRequestError` for an unknown key or a malformed value in `query`, and `MedusaServerError` for an
        unknown name in `order`, such as `id`: currencies have none.
        """
        return self._get(
            AdminCurrenciesListRes,
            "/admin/currencies",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: AdminGetCurrenciesParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[Currency]:
        """Return an iterator over all currencies, which fetches a page when it is needed.

        `GET /admin/currencies`

        The currencies are sorted by code unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "currencies",
            query,
            custom_headers,
            order="code",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def update(
        self, code: str, payload: AdminPostCurrenciesCurrencyReq, custom_headers: Headers = None
    ) -> AdminCurrenciesRes:
        """Change a currency. Return it, as `.currency`.

        `POST /admin/currencies/{code}`

        `code` is the ISO 4217 code, in any case. Only a backend with tax-inclusive pricing has the route. Raises
        `MedusaNotFoundError` for an unknown currency, and `MedusaInvalidRequestError` for a malformed value. On a
        backend without the feature, it raises `MedusaInvalidRequestError` for a payload with `includes_tax` and
        `MedusaNotFoundError` for an empty one.
        """
        return self._post(
            AdminCurrenciesRes, "/admin/currencies/{code}", code, json=payload, headers=custom_headers, repeatable=True
        )
