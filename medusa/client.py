"""The client, which has the resources as attributes."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from .http.transport import Transport
from .options import ClientOptions, CopyOptions, takes
from .resources.lazy import Lazy, lazy
from .suggestions import no_attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    import medusa

__all__ = ["Medusa"]


class Medusa:
    """A client for a Medusa v1 backend. Any number of threads can share one client.

    Each resource is an attribute::

        medusa = Medusa("http://localhost:9000", max_retries=3, timeout=(3, 10))
        order = medusa.orders.retrieve("order_1").order

    All options are optional. `ClientOptions` describes them in full:

    - `base_url`: the URL of the backend
    - `max_retries`: the number of retries after the first attempt, or a urllib3 `Retry`
    - `api_key`: the API key of an admin user, sent to `/admin` paths only
    - `publishable_api_key`: a publishable API key, sent with every request
    - `token`, `admin_token`: the JWT of a customer or of an admin user, or a function that returns it
    - `custom_headers`: headers to send with every request
    - `timeout`: seconds to connect and for each read, as one number or as two
    - `deadline`: seconds for a whole call, including its retries
    - `max_response_bytes`: the maximum size of a decompressed response
    - `repeat_posts`: whether to retry calls that must not be repeated, as the JS client does
    - `models`: your subclasses of entities and results
    - `pool_maxsize`: the maximum number of open connections
    - `session`: your own `requests.Session`

    Raises `TypeError` or `ValueError` if an option is not valid.

    A client is a context manager, which closes its connections at the end. A client can be pickled: the copy has the
    same options and credentials, but no cookies. If `token` or `admin_token` is a function, the pickled client has the
    token that the function returns at that time.

    A subclass may add attributes and resources. `with_options`, `copy` and `pickle` keep them::

        class Shop(Medusa):
            wishlists = lazy(WishlistsResource)
    """

    admin: Lazy[medusa.AdminResource] = lazy("medusa.resources.admin.group:AdminResource")
    auth: Lazy[medusa.AuthResource] = lazy("medusa.resources.auth:AuthResource")
    carts: Lazy[medusa.CartsResource] = lazy("medusa.resources.carts:CartsResource")
    collections: Lazy[medusa.CollectionsResource] = lazy("medusa.resources.collections:CollectionsResource")
    customers: Lazy[medusa.CustomersResource] = lazy("medusa.resources.customers:CustomersResource")
    gift_cards: Lazy[medusa.GiftCardsResource] = lazy("medusa.resources.gift_cards:GiftCardsResource")
    order_edits: Lazy[medusa.OrderEditsResource] = lazy("medusa.resources.order_edits:OrderEditsResource")
    orders: Lazy[medusa.OrdersResource] = lazy("medusa.resources.orders:OrdersResource")
    payment_collections: Lazy[medusa.PaymentCollectionsResource] = lazy(
        "medusa.resources.payment_collections:PaymentCollectionsResource"
    )
    payment_methods: Lazy[medusa.PaymentMethodsResource] = lazy(
        "medusa.resources.payment_methods:PaymentMethodsResource"
    )
    product_categories: Lazy[medusa.ProductCategoriesResource] = lazy(
        "medusa.resources.product_categories:ProductCategoriesResource"
    )
    product_tags: Lazy[medusa.ProductTagsResource] = lazy("medusa.resources.product_tags:ProductTagsResource")
    product_types: Lazy[medusa.ProductTypesResource] = lazy("medusa.resources.product_types:ProductTypesResource")
    products: Lazy[medusa.ProductsResource] = lazy("medusa.resources.products:ProductsResource")
    regions: Lazy[medusa.RegionsResource] = lazy("medusa.resources.regions:RegionsResource")
    return_reasons: Lazy[medusa.ReturnReasonsResource] = lazy("medusa.resources.return_reasons:ReturnReasonsResource")
    returns: Lazy[medusa.ReturnsResource] = lazy("medusa.resources.returns:ReturnsResource")
    shipping_options: Lazy[medusa.ShippingOptionsResource] = lazy(
        "medusa.resources.shipping_options:ShippingOptionsResource"
    )
    swaps: Lazy[medusa.SwapsResource] = lazy("medusa.resources.swaps:SwapsResource")
    _custom: Lazy[medusa.CustomResource] = lazy("medusa.resources.custom:CustomResource")

    @takes(ClientOptions)
    def __init__(self, *base_url: Any, **options: Any) -> None:
        self._transport = Transport(ClientOptions(*base_url, **options))
        self._owns_pool = not self._transport.given_session

    @property
    def session(self) -> requests.Session:
        """The `requests.Session` that sends the requests."""
        return self._transport.session

    @property
    def base_url(self) -> str:
        """The URL of the backend, without a slash at the end."""
        return self._transport.options.base_url

    @property
    def token(self) -> str | None:
        """The customer's JWT that the next call will send, or None.

        Set this property to log in with an existing JWT, or set it to None to log out. Both replace the previous login
        and its cookie, as `auth.get_token` does. If the option `token` is a function, the new login is valid until the
        function returns a different token. Raises `TypeError` or `ValueError` if the token is not valid in a header.
        """
        return self._transport.customer.token

    @token.setter
    def token(self, token: str | None) -> None:
        self._transport.customer.log_in_by_token(token)

    @property
    def admin_token(self) -> str | None:
        """The admin user's JWT that the next call to the Admin API will send, or None.

        Set this property to log in with an existing JWT, or set it to None to log out, as with `token`. The client
        still sends its `api_key` after a logout.
        """
        return self._transport.admin.token

    @admin_token.setter
    def admin_token(self, token: str | None) -> None:
        self._transport.admin.log_in_by_token(token)

    if not TYPE_CHECKING:  # Otherwise a type checker takes every name for an attribute.

        def __getattr__(self, name: str) -> Any:
            if hasattr(type(self), name):  # A property raised an AttributeError: raise that one.
                return object.__getattribute__(self, name)
            raise no_attribute(self, name)

    @takes(CopyOptions)
    def with_options(self, **changed: Any) -> Self:
        """Return a copy of this client with other options.

        The copy shares the connection pool of this client, and has no cookies. Creating a copy is cheap: you can create
        one for each web request. Calling `close` on the copy does nothing.

        Raises `ValueError` for `session` and `pool_maxsize`, which a copy can't change. Raises `TypeError` or
        `ValueError` if another option is not valid.
        """
        for name in ("session", "pool_maxsize"):
            if name in changed:
                raise ValueError(f"with_options() cannot change {name}")
        return self._copy(self._transport.copy(changed), owns_pool=False)

    def set_publishable_key(self, key: str) -> None:
        """Send this publishable API key with every request from now on."""
        self._transport.change(publishable_api_key=key)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        files: Mapping[str, medusa.UploadFiles] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
    ) -> Any:
        """Call any route, for example a custom route, and return the content of the response.

        Returns the parsed JSON, a `str` for plain text, and `None` for an empty body.

        `path` must begin with one `/` and may contain a query. Percent-escapes in `path` are kept, and other characters
        are encoded if necessary. `json` is sent as JSON. A POST or DELETE without `json` sends `{}`, as in the JS
        client. `files` maps the names of form fields to files, as for `admin.uploads.create`. The files are sent as
        multipart/form-data.

        `repeatable` says whether the call is safe to repeat. By default it is False for POST, PATCH and methods that
        HTTP does not define. Such a call is retried only if the backend can't have carried it out.

        Raises the same errors as the methods of a resource, `MedusaDecodeError` if the body is neither JSON nor plain
        text, and `ValueError` if both `json` and `files` are given.
        """
        return self._custom.request(
            method, path, params=params, json=json, files=files, custom_headers=custom_headers, repeatable=repeatable
        )

    def close(self) -> None:
        """Close the connections.

        This does nothing for a copy that `with_options` returned, or if you passed your own `session`.
        """
        if self._owns_pool:
            self.session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def _copy(self, transport: Transport, *, owns_pool: bool) -> Self:
        """Return a client with the same attributes and another transport."""
        other = object.__new__(type(self))
        state: dict[str, Any] = {**self._state(), "_transport": transport, "_owns_pool": owns_pool}
        for name, value in state.items():
            is_resource_of_ours = getattr(value, "_transport", None) is self._transport
            other.__dict__[name] = value._copy(transport) if is_resource_of_ours else value
        return other

    def _state(self) -> dict[str, Any]:
        """Return all attributes except for resources and others that the client creates when they are first used."""
        return {
            name: value
            for name, value in self.__dict__.items()
            if not isinstance(getattr(type(self), name, None), (Lazy, cached_property))
        }

    def __copy__(self) -> Self:
        return self._copy(copy(self._transport), owns_pool=not self._transport.given_session)

    def __getstate__(self) -> dict[str, Any]:
        return {**self._state(), "_owns_pool": not self._transport.given_session}
