"""Payment collections: pay the difference of an order edit, in one or more payment sessions."""

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
    """A payment collection."""

    payment_collection: PaymentCollection


@entity
class StorePaymentCollectionsSessionRes(Result):
    """A payment session of a payment collection."""

    payment_session: PaymentSession


class StoreGetPaymentCollectionsParams(TypedDict, total=False):
    """What to return of a payment collection."""

    expand: str
    """Relations to send instead of the default ones, separated by commas."""
    fields: str
    """Fields to send instead of the default ones, separated by commas."""


class StorePaymentCollectionSessionsReq(TypedDict):
    """With which payment provider to pay."""

    provider_id: str


class StorePostPaymentCollectionsSessionsReq(TypedDict):
    """One of several payment sessions."""

    provider_id: str
    amount: int
    """Smallest currency unit."""
    session_id: NotRequired[str]
    """The payment session to change. Without it, the backend creates one."""


class StorePostPaymentCollectionsBatchSessionsReq(TypedDict):
    """The payment sessions to pay with."""

    sessions: list[StorePostPaymentCollectionsSessionsReq]
    """All of them: sessions that are not in the list are removed."""


class StorePostPaymentCollectionsBatchSessionsAuthorizeReq(TypedDict):
    """Which payment sessions to authorize."""

    session_ids: list[str]


class PaymentCollectionsResource(Resource):
    """Payment collections.

    Amounts are integers in the smallest unit of `payment_collection.currency_code`. No login is needed.

    A call that creates, replaces or authorizes payment sessions is not retried: if two calls overlap, the backend may
    create several sessions, or record the same payment several times. After an error with `may_have_happened`, call
    `retrieve` to see what became of it. Authorizing again later does no harm.
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
        """Return the payment collection with this ID, as `.payment_collection`.

        `GET /store/payment-collections/{id}`

        Without `fields`, the response has no `authorized_amount`, `region_id`, `created_at` and `updated_at`. `query`
        takes `expand` and `fields` as the JS client does. Raises `ValueError` if one is given in both ways,
        `MedusaNotFoundError` for an unknown ID, `MedusaInvalidRequestError` for an unknown key in `query`, and
        `MedusaServerError` for an unknown name in `expand` or `fields`.
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
        """Authorize a payment session. Return it, as `.payment_session`.

        `POST /store/payment-collections/{id}/sessions/{session_id}/authorize`

        The published type promises a payment collection, but the backend sends the payment session. Authorizing an
        authorized session changes nothing. Raises `MedusaNotFoundError` for an unknown payment collection.

        Raises `MedusaInvalidRequestError` with the payment provider's own `.code`, such as "card_declined", if the
        provider refuses the payment (400), and with the type `payment_authorization_error` if the session does not
        become authorized (422): it is unknown, failed, or the customer has something to do first.
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
        """Authorize payment sessions. Return the payment collection, as `.payment_collection`, with its `payments`.

        `POST /store/payment-collections/{id}/sessions/batch/authorize`

        A session that does not become authorized, or is unknown, is no error. So compare
        `payment_collection.status`: it is `authorized` if all is paid, `partially_authorized` if a part is, and
        `awaiting` if nothing is.

        Raises `MedusaInvalidRequestError` with the payment provider's own `.code` if a provider refuses a payment; then
        no session of this call is authorized. Raises `MedusaNotFoundError` for an unknown payment collection.
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
        """Set all payment sessions. Return the payment collection, as `.payment_collection`, with `payment_sessions`.

        `POST /store/payment-collections/{id}/sessions/batch`

        The amounts must add up to `payment_collection.amount`. The backend ignores sessions of a payment provider that
        the region does not have. Raises `MedusaServerError` if the sum is wrong or a session is malformed,
        `MedusaInvalidRequestError` if the payment collection is authorized in part or in full or canceled, and
        `MedusaNotFoundError` for an unknown payment collection.
        """
        return self._post(
            StorePaymentCollectionsRes,
            "/store/payment-collections/{id}/sessions/batch",
            id,
            json=payload,
            headers=custom_headers,
            causes_of_500="the amounts don't add up to that of the collection, or a provider_id or an amount is missing"
            " or malformed",
        )

    def manage_payment_session(
        self, id: str, payload: StorePaymentCollectionSessionsReq, custom_headers: Headers = None
    ) -> StorePaymentCollectionsRes:
        """Pay everything in one payment session. Return the payment collection, as `.payment_collection`.

        `POST /store/payment-collections/{id}/sessions`

        Sessions of other payment providers are removed. A session of the same provider is updated. Raises
        `MedusaInvalidRequestError` for a payment provider that the region does not have and if the payment collection
        is authorized in part or in full or canceled, and `MedusaNotFoundError` for an unknown payment collection.
        """
        route = "/store/payment-collections/{id}/sessions"
        return self._post(StorePaymentCollectionsRes, route, id, json=payload, headers=custom_headers)

    def refresh_payment_session(
        self, id: str, session_id: str, custom_headers: Headers = None
    ) -> StorePaymentCollectionsSessionRes:
        """Replace a payment session by a new one, such as after a failure. Return that, as `.payment_session`.

        `POST /store/payment-collections/{id}/sessions/{session_id}`

        The new session has another ID, and the old one is gone. The backend also drops all other sessions of the
        payment collection: set them again with `manage_payment_sessions_batch`. An authorized session is replaced too,
        by one that is not. Raises `MedusaNotFoundError` for an unknown session, and `MedusaInvalidRequestError` for one
        of another payment collection.
        """
        return self._post(
            StorePaymentCollectionsSessionRes,
            "/store/payment-collections/{id}/sessions/{session_id}",
            id,
            session_id,
            headers=custom_headers,
        )
