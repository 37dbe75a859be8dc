"""The client: the options, the login, and the resources as attributes."""

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
    """A client of a Medusa v1 backend, for any number of threads.

    `ClientOptions` describes the options; each may be left out::

        medusa = Medusa("http://localhost:9000", max_retries=3, timeout=(3, 10))

    Raises `TypeError` or `ValueError` for an option that is not valid.

    A client can be used as a context manager and can be pickled. A pickled client keeps its options, the credentials
    too, and has no cookies. A `token` or `admin_token` that is a function is pickled as what it returns at that moment.

    A subclass may have attributes and resources of its own, which `with_options`, `copy` and `pickle` keep::

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
        """The `requests.Session` that everything goes through."""
        return self._transport.session

    @property
    def base_url(self) -> str:
        """The URL of the backend, without a slash at its end."""
        return self._transport.options.base_url

    @property
    def token(self) -> str | None:
        """The customer's JWT that the next call will send, or None.

        Set it to log in by a JWT that you have, or to None to log out. As after `auth.get_token`, the login before is
        forgotten, its cookie included. If the option `token` is a function, this login counts until the function
        returns another token than now. Raises `TypeError` or `ValueError` for a token that a header can't hold.
        """
        return self._transport.customer.token

    @token.setter
    def token(self, token: str | None) -> None:
        self._transport.customer.log_in_by_token(token)

    @property
    def admin_token(self) -> str | None:
        """The admin user's JWT that the next call of the Admin will send, or None.

        Set it to log in by a JWT that you have, or to None to log out, as with `token`. An `api_key` is no
        login: the client sends it after a logout too.
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
        """Return a copy with other options, on the same connection pool and without cookies.

        A copy is cheap enough for every request. Takes what the constructor takes, except `session` and `pool_maxsize`,
        which raise `ValueError`. Closing a copy leaves the connections to its original.
        """
        for name in ("session", "pool_maxsize"):
            if name in changed:
                raise ValueError(f"with_options() cannot change {name}")
        return self._copy(self._transport.copy(changed), owns_pool=False)

    def set_publishable_key(self, key: str) -> None:
        """Send this publishable API key from now on."""
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
        """Call any route, such as a custom one. Return the parsed JSON, None for an empty body, a str for plain text.

        `path` begins with one `/` and may have a query; it is sent percent-encoded as it is. `json` is sent as JSON
        (a POST or DELETE without it sends `{}`, as the JS client does). `files` maps names of form fields to a file or
        a list of files, such as `admin.uploads.create` takes, and is sent as multipart/form-data. `repeatable` says
        whether doing it twice does no harm. If you don't set it, it is False for POST, PATCH and methods that HTTP does
        not define: such a call is retried only if the backend can't have carried it out. Raises what the resources'
        methods raise, `MedusaDecodeError` for any other kind of body, and `ValueError` for both `json` and `files`.
        """
        return self._custom.request(
            method, path, params=params, json=json, files=files, custom_headers=custom_headers, repeatable=repeatable
        )

    def close(self) -> None:
        """Close the connections. A copy, and a session of your own, are left open."""
        if self._owns_pool:
            self.session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def _copy(self, transport: Transport, *, owns_pool: bool) -> Self:
        """Return a client with this one's attributes, which sends through another transport."""
        other = object.__new__(type(self))
        state: dict[str, Any] = {**self._state(), "_transport": transport, "_owns_pool": owns_pool}
        for name, value in state.items():
            is_resource_of_ours = getattr(value, "_transport", None) is self._transport
            other.__dict__[name] = value._copy(transport) if is_resource_of_ours else value
        return other

    def _state(self) -> dict[str, Any]:
        """Return all attributes but those that the client makes when they are used, such as resources."""
        return {
            name: value
            for name, value in self.__dict__.items()
            if not isinstance(getattr(type(self), name, None), (Lazy, cached_property))
        }

    def __copy__(self) -> Self:
        return self._copy(copy(self._transport), owns_pool=not self._transport.given_session)

    def __getstate__(self) -> dict[str, Any]:
        return {**self._state(), "_owns_pool": not self._transport.given_session}
