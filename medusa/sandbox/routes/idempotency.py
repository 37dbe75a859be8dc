"""Idempotency keys: Medusa answers a key of its own, and a request with that key gets the same answer again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import attrs

from ..answers import Answer, Refused, json_answer
from ..json_text import jsonb
from .call import Call


def answered_once(call: Call, work: Callable[[str], Answer]) -> Answer:
    """Return what `work` answers, which gets the key of the request, all or nothing of whose writes are done.

    A request with the key of an earlier one that succeeded gets its answer. As in Medusa, a key that the store has not
    made is not used: the header of the answer holds another one.
    """
    database = call.database
    known = database.get("idempotency_key", call.request.headers.get("Idempotency-Key", ""))
    row = known or {"id": str(uuid.uuid4()), "body": None}
    key = row["id"]
    headers = (("Access-Control-Expose-Headers", "Idempotency-Key"), ("Idempotency-Key", key))
    if row["body"] is not None:
        return attrs.evolve(json_answer(row["body"], row["status"]), headers=headers)
    database.put("idempotency_key", row)
    try:
        with database.transaction():
            answer = work(key)
            stored = jsonb(json.loads(answer.body))
            database.put("idempotency_key", {"id": key, "status": answer.status, "body": stored})
    except Refused as refused:
        raise Refused(attrs.evolve(refused.answer, headers=headers)) from None
    return attrs.evolve(answer, headers=headers)
