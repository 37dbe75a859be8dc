"""Passwords, tokens and sessions, which identify the customer of a request."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, unquote

import attrs
import jwt

from .database import Database
from .received import ReceivedRequest

_SESSION_HOURS = 10


def hashed(password: str, salt: bytes | None = None) -> str:
    """Return a hash of a password. It is fast instead of secure, because all customers are made up."""
    salt = salt or secrets.token_bytes(8)
    return f"{salt.hex()}:{hashlib.pbkdf2_hmac('sha256', password.encode('utf-8', 'replace'), salt, 1000).hex()}"


def matches(password: str, hash: str) -> bool:
    """Return whether this is the hash of the password."""
    return hmac.compare_digest(hashed(password, bytes.fromhex(hash.partition(":")[0])), hash)


def sign(payload: dict[str, Any], seconds: int, secret: str) -> str:
    """Return a JWT that is valid for this number of seconds."""
    issued = int(time.time())
    return jwt.encode({**payload, "iat": issued, "exp": issued + seconds}, secret, "HS256")


def verified(token: str, secret: str) -> dict[str, Any] | None:
    """Return the payload of a JWT, if it is signed with this secret and has not expired."""
    try:
        payload: dict[str, Any] = jwt.decode(
            token, secret, ["HS256"], options={"verify_iat": False, "verify_sub": False}
        )
    except jwt.InvalidTokenError:
        return None
    return payload


@attrs.define
class Session:
    """The session of a request: the session of its cookie, or a new one."""

    id: str
    is_new: bool
    customer_id: str | None = None
    is_changed: bool = False
    is_ended: bool = False


def session_of(request: ReceivedRequest, database: Database) -> Session:
    """Return the session that the request's cookie names. Without a valid cookie, return a new one."""
    cookie = re.search(r"(?:^|;\s*)connect\.sid=([^;]*)", request.headers.get("Cookie", ""))
    signed = unquote(cookie[1]) if cookie else ""
    id, _, signature = signed.removeprefix("s:").partition(".")
    expected = _signature(id, database.secret)
    if not signed.startswith("s:") or not hmac.compare_digest(signature.encode(), expected.encode()):
        return Session(secrets.token_urlsafe(24), is_new=True)
    known = database.get("session", id) or {"customer_id": None, "has_ended": False}
    if known["has_ended"]:
        return Session(secrets.token_urlsafe(24), is_new=True)
    return Session(id, is_new=False, customer_id=known["customer_id"])


def session_cookie(session: Session, secret: str) -> str:
    """Return the value of the `Set-Cookie` header."""
    value = quote(f"s:{session.id}.{_signature(session.id, secret)}", safe="")
    expires = format_datetime(datetime.now(UTC) + timedelta(hours=_SESSION_HOURS), usegmt=True)
    return f"connect.sid={value}; Path=/; Expires={expires}; HttpOnly"


def _signature(id: str, secret: str) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), id.encode(), "sha256")).decode().rstrip("=")
