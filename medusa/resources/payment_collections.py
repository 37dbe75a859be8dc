"""Payment collections: pay the difference of an order edit in one or more payment sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ..models.base import entity
from .base import Headers, Names, Resource, Result, selection

if TYPE_CHECKING:
    from ..models.payment import PaymentSession
    from ..models.payment_collection import PaymentCollection

__all__ = [
    "PaymentCollectionsResource",
    "StoreGetPaymentCollectionsParams",
    "StorePaymentCollectionSessionsReq",
    "StorePaymentCollectionsRes",
    "StorePaymentCollectionsSessionRes",
    "StorePostPaymentCollectionsBatchSessionsAuthorizeReq",
    "StorePostPaymentCollectionsBatchSessionsReq",
    "StorePostPaymentCollectionsSessionsReq",
]


@entity
class StorePaymentCollectionsRes(Result):
    """Response with one payment collection."""

    payment_collection: PaymentCollection


@entity
class StorePaymentCollectionsSessionRes(Result):
    """Response with one payment session of a payment collection."""

    payment_session: PaymentSession


class StoreGetPaymentCollectionsParams(TypedDict, total=False):
    """Options of `payment_collections.retrieve`."""

    expand: str
    """Relations to return instead of the default ones, separated by commas."""
    fields: str
    """Fields to return instead of the default ones, separated by commas."""


class StorePaymentCollectionSessionsReq(TypedDict):
    """Payload of `payment_collections.manage_payment_session`."""

    provider_id: str
    """The ID of the payment provider."""


class StorePostPaymentCollectionsSessionsReq(TypedDict):
    """One of several payment sessions of a payment collection."""

    provider_id: str
    """The ID of the payment provider."""
    amount: int
    """The amount to pay in this session, in the smallest currency unit."""
    session_id: NotRequired[str]
    """The ID of the payment session to change. If it is not set, the backend creates a payment session."""


class StorePostPaymentCollectionsBatchSessionsReq(TypedDict):
    """Payload of `payment_collections.manage_payment_sessions_batch`."""

    sessions: list[StorePostPaymentCollectionsSessionsReq]
    """All payment sessions. The backend removes existing sessions that are not in this list."""


class StorePostPaymentCollectionsBatchSessionsAuthorizeReq(TypedDict):
    """Payload of `payment_collections.authorize_payment_sessions_batch`."""

    session_ids: list[str]
    """The IDs of the payment sessions to authorize."""


class PaymentCollectionsResource(Resource):
    """Payment collections.

    Amounts are integers in the smallest unit of `payment_collection.currency_code`. No login is required.

    The SDK does not retry calls that create, replace or authorize payment sessions. If two such calls overlap, the
    backend may create several sessions or record the same payment several times. After an error with
    `may_have_happened`, call `retrieve` to see whether the backend carried out the call. It is safe to authorize a
    session again later.
    """

    def retrieve(
        self,
        id: str,
        query: StoreGetPaymentCollectionsParams | None = None,
        custom_headers: Headers = None,
        *,
        expand: Names = None,
        fields: Names = None,
    ) -> StorePaymentCollectionsRes:
        """Return the payment collection with this ID as `.payment_collection`.

        `GET /store/payment-collections/{id}`

        Without `fields`, the response has no `authorized_amount`, `region_id`, `created_at` and `updated_at`. Pass
        `expand` and `fields` either as keys of `query` or as keyword arguments.

        Raises `ValueError` if `expand` or `fields` is given in both ways. Raises `MedusaNotFoundError` if no payment
        collection has this ID. Raises `MedusaInvalidRequestError` if `query` contains an unknown key. Raises
        `MedusaServerError` if `expand` or `fields` contains an unknown name.
        """
        return self._get(
            StorePaymentCollectionsRes,
            "/store/payment-collections/{id}",
            id,
            query=selection(query, expand=expand, fields=fields),
            headers=custom_headers,
            causes_of_500="expand or fields has an unknown name",
        )

    def authorize_payment_session(
        self, id: str, session_id: str, custom_headers: Headers = None
    ) -> StorePaymentCollectionsSessionRes:
        """Authorize a payment session and return it as `.payment_session`.

        `POST /store/payment-collections/{id}/sessions/{session_id}/authorize`

        The published type of the response is a payment collection, but the backend returns the payment session.
        Authorizing an authorized session again changes nothing.

        Raises `MedusaNotFoundError` if no payment collection has this ID. Raises `MedusaInvalidRequestError` if the
        payment provider declines the payment (400); `.code` is then the code of the provider, such as "card_declined".
        Raises `MedusaInvalidRequestError` with the type "payment_authorization_error" if the session does not exist,
        has failed, or requires another step of the customer (422).
        """
        return self._post(
            StorePaymentCollectionsSessionRes,
            "/store/payment-collections/{id}/sessions/{session_id}/authorize",
            id,
            session_id,
            headers=custom_headers,
        )

    def authorize_payment_sessions_batch(
        self, id: str, payload: StorePostPaymentCollectionsBatchSessionsAuthorizeReq, custom_headers: Headers = None
    ) -> StorePaymentCollectionsRes:
        """Authorize payment sessions. Return the payment collection as `.payment_collection`.

        `POST /store/payment-collections/{id}/sessions/batch/authorize`

        The response includes the `payments` of the collection. The call raises no error if a session does not exist or
        is not authorized. Always check `payment_collection.status`: it is "authorized" if everything is authorized,
        "partially_authorized" if a part is, and "awaiting" if nothing is.

        Raises `MedusaInvalidRequestError` if a payment provider declines a payment; `.code` is then the code of the
        provider, and no session of this call is authorized. Raises `MedusaNotFoundError` if no payment collection has
        this ID.
        """
        return self._post(
            StorePaymentCollectionsRes,
            "/store/payment-collections/{id}/sessions/batch/authorize",
            id,
            json=payload,
            headers=custom_headers,
        )

    def manage_payment_sessions_batch(
        self, id: str, payload: StorePostPaymentCollectionsBatchSessionsReq, custom_headers: Headers = None
    ) -> StorePaymentCollectionsRes:
        """Set all payment sessions. Return the payment collection as `.payment_collection`.

        `POST /store/payment-collections/{id}/sessions/batch`

        The response includes `payment_sessions`. The sum of the amounts must equal `payment_collection.amount`. The
        backend ignores sessions of a payment provider that the region does not have.

        Raises `MedusaNotFoundError` if no payment collection has this ID. Raises `MedusaInvalidRequestError` if the
        payment collection is authorized, partially authorized or canceled. Raises `MedusaServerError` if the sum of the
        amounts is wrong, or if a `provider_id` or an `amount` is missing or malformed.
        """
        return self._post(
            StorePaymentCollectionsRes,
            "/store/payment-collections/{id}/sessions/batch",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the sum of the amounts is not the amount of the collection, or a provider_id or an amount is"
            " missing or malformed",
        )

    def manage_payment_session(
        self, id: str, payload: StorePaymentCollectionSessionsReq, custom_headers: Headers = None
    ) -> StorePaymentCollectionsRes:
        """Pay the whole amount in one payment session. Return the payment collection as `.payment_collection`.

        `POST /store/payment-collections/{id}/sessions`

        The backend removes the sessions of other payment providers, and updates an existing session of this provider.

        Raises `MedusaNotFoundError` if no payment collection has this ID. Raises `MedusaInvalidRequestError` if the
        region does not have the payment provider, or if the payment collection is authorized, partially authorized or
        canceled.
        """
        route = "/store/payment-collections/{id}/sessions"
        return self._post(StorePaymentCollectionsRes, route, id, json=payload, headers=custom_headers)

    def refresh_payment_session(
        self, id: str, session_id: str, custom_headers: Headers = None
    ) -> StorePaymentCollectionsSessionRes:
        """Replace a payment session, for example after a failure. Return the new session as `.payment_session`.

        `POST /store/payment-collections/{id}/sessions/{session_id}`

        The new session has another ID, and the old session no longer exists. The backend also removes all other
        sessions of the payment collection. Set them again with `manage_payment_sessions_batch`. If the old session was
        authorized, the new session is not.

        Raises `MedusaNotFoundError` if no payment session has this ID. Raises `MedusaInvalidRequestError` if the
        session belongs to another payment collection.
        """
        return self._post(
            StorePaymentCollectionsSessionRes,
            "/store/payment-collections/{id}/sessions/{session_id}",
            id,
            session_id,
            headers=custom_headers,
        )
