"""All currencies that Medusa knows."""

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
    """Response with a page of currencies."""

    currencies: list[Currency]
    count: int
    """The number of matching currencies on all pages."""
    offset: int
    limit: int


@entity
class AdminCurrenciesRes(Result):
    """Response with one currency."""

    currency: Currency


class AdminGetCurrenciesParams(TypedDict, total=False):
    """Options of `admin.currencies.list`. A currency must match all filters."""

    q: str
    """Text to find in the code and in the name, ignoring case."""
    code: str
    """ISO 4217 code in lower case."""
    order: str
    """The field to sort by: `code` or `name`. Put `-` before the field for descending order."""
    limit: int
    """The maximum number of currencies to return. The default is 20; 0 returns all."""
    offset: int
    """The number of currencies to skip."""


class AdminPostCurrenciesCurrencyReq(TypedDict, total=False):
    """Payload of `admin.currencies.update`."""

    includes_tax: bool
    """Whether prices in the currency include tax. Only a backend with tax-inclusive pricing accepts this key."""


class AdminCurrenciesResource(Resource):
    """All currencies that Medusa knows. `medusa.admin.store.retrieve()` returns the currencies of the store."""

    def list(
        self, query: AdminGetCurrenciesParams | None = None, custom_headers: Headers = None
    ) -> AdminCurrenciesListRes:
        """Return a page of currencies as `.currencies`.

        `GET /admin/currencies`

        A page has 20 currencies by default. Without `order`, the order is not defined. `.count` is the number of all
        currencies that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `order` names an unknown field (including `id`, which currencies do not have), or if
        `limit` or `offset` is negative.
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
        """Return an iterator over all currencies. Each page is fetched when it is needed.

        `GET /admin/currencies`

        The currencies are sorted by code unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
        """Change a currency and return it as `.currency`.

        `POST /admin/currencies/{code}`

        `code` is the ISO 4217 code in any case. This route requires a backend with tax-inclusive pricing. On other
        backends, this method raises `MedusaInvalidRequestError` if the payload contains `includes_tax`, and
        `MedusaNotFoundError` if the payload is empty.

        Raises `MedusaNotFoundError` if no currency has this code. Raises `MedusaInvalidRequestError` if a value is
        malformed.
        """
        return self._post(
            AdminCurrenciesRes, "/admin/currencies/{code}", code, json=payload, headers=custom_headers, repeatable=True
        )
