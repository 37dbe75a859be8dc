"""The header `Idempotency-Key`, handled like in Medusa."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import attrs

from .answers import Answer, Refused
from .routes.call import Call


def idempotent(call: Call, route: Callable[[], Answer]) -> Answer:
    """Respond with a key from the store. A later request with this key gets the same response.

    A key from the client itself has no effect. A request that was refused is executed again.
    """
    key = call.request.headers.get("Idempotency-Key", "")
    known = call.database.get("idempotency_key", key)
    if known is None:
        key = str(uuid.uuid4())
        call.database.put("idempotency_key", {"id": key, "status": None})
    elif known["status"]:
        return _with_key(key, Answer(known["status"], known["body"].encode(), known["content_type"]))
    call.idempotency_key = key
    try:
        answer = route()
    except Refused as refused:
        raise Refused(_with_key(key, refused.answer)) from None
    kept = {"status": answer.status, "body": answer.body.decode(), "content_type": answer.content_type}
    call.database.put("idempotency_key", {"id": key, **kept})
    return _with_key(key, answer)


def _with_key(key: str, answer: Answer) -> Answer:
    headers = (("Access-Control-Expose-Headers", "Idempotency-Key"), ("Idempotency-Key", key))
    return attrs.evolve(answer, headers=(*answer.headers, *headers))
