"""Find problems and secrets in the proxy and TLS settings of a session and its environment."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from requests.utils import get_auth_from_url, prepend_scheme_if_needed, select_proxy
from urllib3.util import parse_url

_PROXY_SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")


def problem_with(settings: Mapping[str, Any], url: str) -> str | None:
    """Return why no request to this URL can be sent with these settings, without a secret. Return None if it can."""
    proxy: Any = select_proxy(url, settings["proxies"])
    if proxy and (problem := _proxy_problem(proxy)):
        return f"the URL of the proxy {problem}; check http_proxy, https_proxy, all_proxy and session.proxies"
    if url.startswith("https:"):
        cert = settings["cert"]
        certs = cast("tuple[Any, ...]", cert) if isinstance(cert, tuple) else (cert,)
        for name, paths in (("session.verify or REQUESTS_CA_BUNDLE", (settings["verify"],)), ("session.cert", certs)):
            for path in paths:
                if isinstance(path, str) and path and not os.path.exists(path):
                    return f"{name} names a file that does not exist: {path}"
    return None


def _proxy_problem(proxy: Any) -> str | None:
    if not isinstance(proxy, str):
        return "must be a string"
    scheme, separator, rest = proxy.partition("://")
    if not separator:
        scheme, rest = "http", proxy
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" in rest[len(authority) :] or re.search(r"[\[\]\\\s].*@", authority, re.DOTALL):
        return "must have its user and password percent-encoded"
    if scheme.lower() not in _PROXY_SCHEMES:
        return f"must begin with one of {', '.join(f'{each}://' for each in _PROXY_SCHEMES)}"
    host_and_port = authority.rpartition("@")[2]
    if not host_and_port.partition(":")[0]:
        return "has no host"
    if re.search(r"[\x00-\x20\x7f]", host_and_port):
        return "is not valid"
    try:  # The adapter of requests makes the same checks, but its error messages contain the password.
        complete = prepend_scheme_if_needed(proxy, "http")
        ":".join(get_auth_from_url(complete)).encode("latin-1")
        urlsplit(proxy)
        return None if parse_url(complete).host else "is not valid"
    except (ValueError, TypeError, AttributeError):
        return "is not valid"


def proxy_secrets(settings: Mapping[str, Any]) -> list[str]:
    """Return the user names and passwords of all proxies, both as they are written and as they are sent."""
    secrets: list[str] = []
    for proxy in settings.get("proxies", {}).values():
        userinfo = proxy.rpartition("@")[0].rpartition("://")[2] if isinstance(proxy, str) else ""
        plain = unquote(userinfo)
        secrets += [userinfo, *userinfo.split(":", 1), *plain.split(":", 1)]
        secrets.append(base64.b64encode(plain.encode("latin-1", "replace")).decode())
    return [secret for secret in secrets if secret]
