"""The header `Idempotency-Key`, handled like in Medusa."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import attrs

from .responses import Refused, Response
from .routes.call import Call


def idempotent(call: Call, route: Callable[[], Response]) -> Response:
    """Respond with a key from the store. A later request with this key gets the same response.

    A key from the client itself has no effect. A request that was refused is executed again.
    """
    key = call.request.headers.get("Idempotency-Key", "")
    known = call.database.get("idempotency_key", key)
    if known is None:
        key = str(uuid.uuid4())
        call.database.put("idempotency_key", {"id": key, "status": None})
    elif known["status"]:
        return _with_key(key, Response(known["status"], known["body"].encode(), known["content_type"]))
    call.idempotency_key = key
    try:
        response = route()
    except Refused as refused:
        raise Refused(_with_key(key, refused.response)) from None
    kept = {"status": response.status, "body": response.body.decode(), "content_type": response.content_type}
    call.database.put("idempotency_key", {"id": key, **kept})
    return _with_key(key, response)


def _with_key(key: str, response: Response) -> Response:
    headers = (("Access-Control-Expose-Headers", "Idempotency-Key"), ("Idempotency-Key", key))
    return attrs.evolve(response, headers=(*response.headers, *headers))
