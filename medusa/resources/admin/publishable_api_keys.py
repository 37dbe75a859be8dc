"""Publishable API keys: what a storefront sends to see the products of some sales channels alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from ...models.base import entity
from ..base import Headers, Resource, Result
from ..pages import iterate
from .deletion import DeleteResponse

if TYPE_CHECKING:
    from ...models.sales_channel import PublishableApiKey, SalesChannel
    from ..comparisons import DateComparisonOperator

__all__ = [
    "AdminDeletePublishableApiKeySalesChannelsBatchReq",
    "AdminPostPublishableApiKeySalesChannelsBatchReq",
    "AdminPostPublishableApiKeysPublishableApiKeyReq",
    "AdminPostPublishableApiKeysReq",
    "AdminPublishableApiKeyDeleteRes",
    "AdminPublishableApiKeyResource",
    "AdminPublishableApiKeysListRes",
    "AdminPublishableApiKeysListSalesChannelsRes",
    "AdminPublishableApiKeysRes",
    "GetPublishableApiKeySalesChannelsParams",
    "GetPublishableApiKeysParams",
    "PublishableApiKeySalesChannelsBatch",
]


@entity
class AdminPublishableApiKeysRes(Result):
    """A publishable API key."""

    publishable_api_key: PublishableApiKey


@entity
class AdminPublishableApiKeysListRes(Result):
    """A page of publishable API keys."""

    publishable_api_keys: list[PublishableApiKey]
    count: int
    """How many keys match in all."""
    offset: int
    limit: int


@entity
class AdminPublishableApiKeyDeleteRes(DeleteResponse):
    """The ID of the deleted key."""


@entity
class AdminPublishableApiKeysListSalesChannelsRes(Result):
    """The sales channels of a key."""

    sales_channels: list[SalesChannel]


class AdminPostPublishableApiKeysReq(TypedDict):
    """A new key."""

    title: str


class AdminPostPublishableApiKeysPublishableApiKeyReq(TypedDict, total=False):
    """What to change of a key."""

    title: str


class GetPublishableApiKeysParams(TypedDict, total=False):
    """Which keys to list. All filters that are given must hold."""

    limit: int
    """The size of the page, 20 by default; 0 for all keys."""
    offset: int
    """How many keys to skip."""
    q: str
    """A text to find in the title, in any case."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    revoked_at: DateComparisonOperator
    order: str
    """The field to sort by, with `-` before it for the reverse order; `-created_at` by default."""
    expand: str
    """A key has no relations: any name is unknown."""
    fields: str
    """Fields to send instead of all, separated by commas."""


class PublishableApiKeySalesChannelsBatch(TypedDict):
    """A sales channel."""

    id: str


class AdminPostPublishableApiKeySalesChannelsBatchReq(TypedDict):
    """The sales channels to add to a key."""

    sales_channel_ids: list[PublishableApiKeySalesChannelsBatch]


class AdminDeletePublishableApiKeySalesChannelsBatchReq(TypedDict):
    """The sales channels to remove from a key."""

    sales_channel_ids: list[PublishableApiKeySalesChannelsBatch]


class GetPublishableApiKeySalesChannelsParams(TypedDict, total=False):
    """Which sales channels of a key to list."""

    q: str
    """A text to find in the name and the description, in any case."""


class AdminPublishableApiKeyResource(Resource):
    """Publishable API keys and their sales channels.

    The ID of a key is what a storefront sends: the `publishable_api_key` of a client.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminPublishableApiKeysRes:
        """Return the key with this ID, as `.publishable_api_key`.

        `GET /admin/publishable-api-keys/{id}`

        Raises `MedusaNotFoundError` for an unknown ID.
        """
        return self._get(AdminPublishableApiKeysRes, "/admin/publishable-api-keys/{id}", id, headers=custom_headers)

    def list(
        self, query: GetPublishableApiKeysParams | None = None, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysListRes:
        """Return a page of keys, as `.publishable_api_keys`, the newest first. Revoked ones are among them.

        `GET /admin/publishable-api-keys`

        `.count` is the number of all keys that match. The default page has 20 keys. Raises `MedusaInvalidRequestError`
        for an unknown key or a malformed value in `query`.
        """
        return self._get(
            AdminPublishableApiKeysListRes,
            "/admin/publishable-api-keys",
            query={} if query is None else query,
            headers=custom_headers,
            causes_of_500="expand, fields or order has an unknown name, or limit or offset is negative",
        )

    def iterate(
        self,
        query: GetPublishableApiKeysParams | None = None,
        custom_headers: Headers = None,
        *,
        page_size: int = 100,
        start: int = 0,
        read_ahead: bool = False,
    ) -> Iterator[PublishableApiKey]:
        """Return an iterator over all keys, which fetches a page when it is needed.

        `GET /admin/publishable-api-keys`

        The keys are sorted by ID unless `query` has an `order`. Raises what `list` raises.
        """
        return iterate(
            self.list,
            "publishable_api_keys",
            query,
            custom_headers,
            order="id",
            page_size=page_size,
            start=start,
            read_ahead=read_ahead,
        )

    def create(
        self, payload: AdminPostPublishableApiKeysReq, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysRes:
        """Create a key. Return it, as `.publishable_api_key`.

        `POST /admin/publishable-api-keys`

        It has no sales channels yet: `add_sales_channels_batch` adds them. Raises `MedusaInvalidRequestError` if the
        title is missing or malformed.
        """
        return self._post(
            AdminPublishableApiKeysRes, "/admin/publishable-api-keys", json=payload, headers=custom_headers
        )

    def update(
        self, id: str, payload: AdminPostPublishableApiKeysPublishableApiKeyReq, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysRes:
        """Change the title of a key. Return the key, as `.publishable_api_key`.

        `POST /admin/publishable-api-keys/{id}`

        Raises `MedusaInvalidRequestError` for a malformed title, and `MedusaNotFoundError` for an unknown ID.
        """
        return self._post(
            AdminPublishableApiKeysRes,
            "/admin/publishable-api-keys/{id}",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete(self, id: str, custom_headers: Headers = None) -> AdminPublishableApiKeyDeleteRes:
        """Delete a key.

        `DELETE /admin/publishable-api-keys/{id}`

        A storefront that goes on sending the key still sees the products of its sales channels, unless
        `delete_sales_channels_batch` has removed them before.
        Raises `MedusaNotFoundError` for an unknown ID. A repeated call raises it, too, if the first one was carried
        out.
        """
        return self._delete(
            AdminPublishableApiKeyDeleteRes, "/admin/publishable-api-keys/{id}", id, headers=custom_headers
        )

    def revoke(self, id: str, custom_headers: Headers = None) -> AdminPublishableApiKeysRes:
        """Mark a key as revoked, for good. Return it, as `.publishable_api_key`.

        `POST /admin/publishable-api-keys/{id}/revoke`

        The Store API does not look at the mark: a storefront that goes on sending the key still sees the products of
        its sales channels. Raises `MedusaInvalidRequestError` if the key is revoked already, and `MedusaNotFoundError`
        for an unknown ID.
        """
        return self._post(
            AdminPublishableApiKeysRes, "/admin/publishable-api-keys/{id}/revoke", id, headers=custom_headers
        )

    def add_sales_channels_batch(
        self, id: str, payload: AdminPostPublishableApiKeySalesChannelsBatchReq, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysRes:
        """Add sales channels to a key. Return the key, as `.publishable_api_key`.

        `POST /admin/publishable-api-keys/{id}/sales-channels/batch`

        Channels that the key has already stay, and unknown channels are ignored. Raises `MedusaInvalidRequestError` if
        a value is missing or malformed, and `MedusaNotFoundError` for an unknown key.
        """
        return self._post(
            AdminPublishableApiKeysRes,
            "/admin/publishable-api-keys/{id}/sales-channels/batch",
            id,
            json=payload,
            headers=custom_headers,
            repeatable=True,
        )

    def delete_sales_channels_batch(
        self, id: str, payload: AdminDeletePublishableApiKeySalesChannelsBatchReq, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysRes:
        """Remove sales channels from a key. Return the key, as `.publishable_api_key`.

        `DELETE /admin/publishable-api-keys/{id}/sales-channels/batch`

        Channels that the key does not have are ignored. Raises `MedusaInvalidRequestError` if a value is missing or
        malformed, and `MedusaNotFoundError` for an unknown key.
        """
        return self._delete(
            AdminPublishableApiKeysRes,
            "/admin/publishable-api-keys/{id}/sales-channels/batch",
            id,
            json=payload,
            headers=custom_headers,
        )

    def list_sales_channels(
        self, id: str, query: GetPublishableApiKeySalesChannelsParams | None = None, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysListSalesChannelsRes:
        """Return all sales channels of a key, as `.sales_channels`. The list is empty for an unknown key.

        `GET /admin/publishable-api-keys/{id}/sales-channels`

        The route has no pages. Raises `MedusaInvalidRequestError` if `query` has another key than `q`.
        """
        return self._get(
            AdminPublishableApiKeysListSalesChannelsRes,
            "/admin/publishable-api-keys/{id}/sales-channels",
            id,
            query={} if query is None else query,
            headers=custom_headers,
        )
