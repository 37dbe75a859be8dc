"""Publishable API keys: they limit a storefront to the products of some sales channels."""

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
    """Response with one publishable API key."""

    publishable_api_key: PublishableApiKey


@entity
class AdminPublishableApiKeysListRes(Result):
    """Response with a page of publishable API keys."""

    publishable_api_keys: list[PublishableApiKey]
    count: int
    """The number of matching keys on all pages."""
    offset: int
    limit: int


@entity
class AdminPublishableApiKeyDeleteRes(DeleteResponse):
    """Response with the ID of the deleted key."""


@entity
class AdminPublishableApiKeysListSalesChannelsRes(Result):
    """Response with the sales channels of a key."""

    sales_channels: list[SalesChannel]


class AdminPostPublishableApiKeysReq(TypedDict):
    """Payload of `admin.publishable_api_keys.create`."""

    title: str


class AdminPostPublishableApiKeysPublishableApiKeyReq(TypedDict, total=False):
    """Payload of `admin.publishable_api_keys.update`."""

    title: str


class GetPublishableApiKeysParams(TypedDict, total=False):
    """Options of `admin.publishable_api_keys.list`. A key must match all filters."""

    limit: int
    """The maximum number of keys to return. The default is 20; 0 returns all."""
    offset: int
    """The number of keys to skip."""
    q: str
    """Text to find in the title, ignoring case."""
    created_at: DateComparisonOperator
    updated_at: DateComparisonOperator
    revoked_at: DateComparisonOperator
    order: str
    """The field to sort by. Put `-` before the field for descending order. The default is `-created_at`."""
    expand: str
    """A key has no relations, so any name is unknown."""
    fields: str
    """Fields to return instead of all fields, separated by commas."""


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
    """Options of `admin.publishable_api_keys.list_sales_channels`."""

    q: str
    """Text to find in the name and the description, ignoring case."""


class AdminPublishableApiKeyResource(Resource):
    """Publishable API keys and their sales channels.

    A storefront sends the ID of a key, which is the `publishable_api_key` of a client.
    """

    def retrieve(self, id: str, custom_headers: Headers = None) -> AdminPublishableApiKeysRes:
        """Return the key with this ID as `.publishable_api_key`.

        `GET /admin/publishable-api-keys/{id}`

        Raises `MedusaNotFoundError` if no key has this ID.
        """
        return self._get(AdminPublishableApiKeysRes, "/admin/publishable-api-keys/{id}", id, headers=custom_headers)

    def list(
        self, query: GetPublishableApiKeysParams | None = None, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysListRes:
        """Return a page of keys, including revoked keys, as `.publishable_api_keys`, newest first.

        `GET /admin/publishable-api-keys`

        A page has 20 keys by default. `.count` is the number of all keys that match.

        Raises `MedusaInvalidRequestError` if `query` contains an unknown key or a malformed value. Raises
        `MedusaServerError` if `expand`, `fields` or `order` contains an unknown name, or if `limit` or `offset` is
        negative.
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
        """Return an iterator over all keys. Each page is fetched when it is needed.

        `GET /admin/publishable-api-keys`

        The keys are sorted by ID unless `query` has an `order`.

        Each request fetches `page_size` items, and the first one skips `start` items. With `read_ahead`, another thread
        fetches the next page while your code works on the current page. Raises the same errors as `list`.
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
        """Create a key and return it as `.publishable_api_key`.

        `POST /admin/publishable-api-keys`

        A new key has no sales channels. Call `add_sales_channels_batch` to add them.

        Raises `MedusaInvalidRequestError` if the title is missing or malformed.
        """
        return self._post(
            AdminPublishableApiKeysRes, "/admin/publishable-api-keys", json=payload, headers=custom_headers
        )

    def update(
        self, id: str, payload: AdminPostPublishableApiKeysPublishableApiKeyReq, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysRes:
        """Change the title of a key and return the key as `.publishable_api_key`.

        `POST /admin/publishable-api-keys/{id}`

        Raises `MedusaInvalidRequestError` if the title is malformed. Raises `MedusaNotFoundError` if no key has this
        ID.
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

        A storefront that still sends the key continues to see the products of its sales channels, unless
        `delete_sales_channels_batch` removed them before.

        Raises `MedusaNotFoundError` if no key has this ID. This also happens if the call was retried after the first
        attempt had deleted the key.
        """
        return self._delete(
            AdminPublishableApiKeyDeleteRes, "/admin/publishable-api-keys/{id}", id, headers=custom_headers
        )

    def revoke(self, id: str, custom_headers: Headers = None) -> AdminPublishableApiKeysRes:
        """Revoke a key permanently and return it as `.publishable_api_key`.

        `POST /admin/publishable-api-keys/{id}/revoke`

        The Store API ignores the revocation: a storefront that still sends the key continues to see the products of its
        sales channels.

        Raises `MedusaInvalidRequestError` if the key is already revoked. Raises `MedusaNotFoundError` if no key has
        this ID.
        """
        return self._post(
            AdminPublishableApiKeysRes, "/admin/publishable-api-keys/{id}/revoke", id, headers=custom_headers
        )

    def add_sales_channels_batch(
        self, id: str, payload: AdminPostPublishableApiKeySalesChannelsBatchReq, custom_headers: Headers = None
    ) -> AdminPublishableApiKeysRes:
        """Add sales channels to a key and return the key as `.publishable_api_key`.

        `POST /admin/publishable-api-keys/{id}/sales-channels/batch`

        Sales channels that the key already has are not changed, and unknown sales channels are ignored.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed. Raises `MedusaNotFoundError` if no key
        has this ID.
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
        """Remove sales channels from a key and return the key as `.publishable_api_key`.

        `DELETE /admin/publishable-api-keys/{id}/sales-channels/batch`

        The backend ignores sales channels that the key does not have.

        Raises `MedusaInvalidRequestError` if a value is missing or malformed. Raises `MedusaNotFoundError` if no key
        has this ID.
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
        """Return all sales channels of a key as `.sales_channels`.

        `GET /admin/publishable-api-keys/{id}/sales-channels`

        The list has no pages, and is empty if no key has this ID.

        Raises `MedusaInvalidRequestError` if `query` contains any key except `q`.
        """
        return self._get(
            AdminPublishableApiKeysListSalesChannelsRes,
            "/admin/publishable-api-keys/{id}/sales-channels",
            id,
            query={} if query is None else query,
            headers=custom_headers,
        )
